package html

import (
	"cmp"
	"math"
	"slices"
	"testing"

	"github.com/iotlens/iotlens/internal/lens"
	"github.com/iotlens/iotlens/internal/scoring"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// Every finding has a dot in the column of its effort and within the plot. Dots do not touch,
// and neither do labels. The same findings give the same chart.
func TestPlotDotsDoNotCollide(t *testing.T) {
	levels := rapid.SampledFrom([]lens.Level{lens.High, lens.Medium, lens.Low})
	rapid.Check(t, func(t *rapid.T) {
		most := rapid.IntRange(1, 100).Draw(t, "most")
		priorities := rapid.OneOf(rapid.IntRange(0, most), rapid.Just(most/2), rapid.IntRange(34, 36))
		fs := make([]scoring.Finding, rapid.IntRange(0, 200).Draw(t, "n"))
		a := &scoring.Assessment{Findings: fs}
		for i := range fs {
			fs[i].Practice = &scoring.Practice{ID: "IOTPERF10-BP01", Effort: levels.Draw(t, "effort")}
			fs[i].Priority = float64(priorities.Draw(t, "priority"))
		}
		slices.SortFunc(fs, func(x, y scoring.Finding) int { return cmp.Compare(y.Priority, x.Priority) })
		p, dots := chart(a).place(fs)
		again, same := chart(a).place(fs)
		require.Equal(t, p, again)
		require.Equal(t, dots, same)
		require.Len(t, dots, len(fs))
		for i, d := range dots {
			column := slices.Index(efforts, fs[i].Effort)
			require.Equal(t, i, d.finding)
			require.GreaterOrEqual(t, d.x-p.radius, p.left+p.columnWidth*float64(column))
			require.LessOrEqual(t, d.x+p.radius, p.left+p.columnWidth*float64(column+1))
			require.GreaterOrEqual(t, d.y-p.radius, p.top-0.1)
			require.LessOrEqual(t, d.y+p.radius, p.top+p.height+0.1)
			for j := range dots[:i] {
				require.GreaterOrEqual(t, math.Hypot(d.x-dots[j].x, d.y-dots[j].y), 2*p.radius+1)
			}
			if !d.labelled {
				continue
			}
			b := p.labelBox(d, d.labelRight)
			for j, o := range dots {
				require.False(t, j != i && b.overlaps(box{o.x - p.radius, o.y - p.radius, o.x + p.radius, o.y + p.radius}), "a label lies on a dot")
				require.False(t, j < i && o.labelled && b.overlaps(p.labelBox(o, o.labelRight)), "a label lies on a label")
			}
		}
	})
}

// A few findings are exactly at the height of their priority, and all have labels.
func TestPlotPlacesFewDotsExactly(t *testing.T) {
	a := &scoring.Assessment{}
	for i, effort := range efforts {
		for _, priority := range []int{90 - i, 50, 20} {
			a.Findings = append(a.Findings, scoring.Finding{Practice: &scoring.Practice{Effort: effort}, Priority: float64(priority)})
		}
	}
	p, dots := chart(a).place(a.Findings)
	for i, d := range dots {
		require.InDelta(t, p.yOf(a.Findings[i].Priority), d.y, 0.1)
		require.True(t, d.labelled)
	}
}
