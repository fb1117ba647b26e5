package html

import (
	"slices"

	"github.com/iotlens/iotlens/internal/lens"
	"github.com/iotlens/iotlens/internal/scoring"
)

// A dot is a finding on the chart of impact and effort.
type dot struct {
	finding    int     // index in the assessment; the chart shows it plus 1
	x, y       float64 // middle
	labelRight bool    // whether the label is to the right of the dot, not to its left
	labelled   bool    // whether there is room for the label
}

// A plot is the area of the chart: one column for each effort, with the highest priority at
// the top.
type plot struct {
	left, top, columnWidth, height float64
	maxPriority                    int // at the top
	radius                         float64
	labelWidth, labelHeight        float64
}

// yOf returns the y coordinate of a priority.
func (p plot) yOf(priority float64) float64 {
	return p.top + p.height*(1-priority/float64(p.maxPriority))
}

var efforts = []lens.Level{lens.Low, lens.Medium, lens.High}

// place puts a dot for each finding in the column of its effort, as close to its priority as
// possible without dots that touch. Findings of higher priority are placed first. Labels are
// placed in the same order where they touch no dot and no other label. If the plot is too
// small it grows; place returns the plot that has room. The result depends on the findings
// only.
func (p plot) place(fs []scoring.Finding) (plot, []dot) {
	for {
		if dots, ok := p.tryPlace(fs); ok {
			return p, dots
		}
		p.height = tenth(p.height * 1.2)
	}
}

func (p plot) tryPlace(fs []scoring.Finding) ([]dot, bool) {
	dots := make([]dot, len(fs))
	for column, effort := range efforts {
		var placed []int
		for i, f := range fs {
			if f.Effort != effort {
				continue
			}
			d, ok := p.freePlace(i, column, f.Priority, dots, placed)
			if !ok {
				return nil, false
			}
			dots[i] = d
			placed = append(placed, i)
		}
		p.placeLabels(column, dots, placed)
	}
	return dots, true
}

// freePlace returns the free place that is closest to a priority. It looks to the sides
// first and then up and down, because the height has a meaning.
func (p plot) freePlace(i, column int, priority float64, dots []dot, placed []int) (dot, bool) {
	middle := p.left + p.columnWidth*(float64(column)+0.5)
	top, bottom := p.top+p.radius, p.top+p.height-p.radius
	want := min(max(p.yOf(priority), top), bottom)
	step := p.radius / 2
	side := int((p.columnWidth/2 - p.radius - 1) / step)
	for n := range 2 * int(p.height/step) {
		y := tenth(want + float64(alternate(n))*step)
		if y < top-0.1 || y > bottom+0.1 {
			continue
		}
		for m := range 2*side + 1 {
			if x := tenth(middle + float64(alternate(m))*step); !p.touches(x, y, dots, placed) {
				return dot{finding: i, x: x, y: y}, true
			}
		}
	}
	return dot{}, false
}

// alternate returns 0, 1, -1, 2, -2 and so on for n = 0, 1, 2, 3, 4.
func alternate(n int) int {
	if n%2 == 1 {
		return (n + 1) / 2
	}
	return -n / 2
}

func (p plot) touches(x, y float64, dots []dot, placed []int) bool {
	reach := 2*p.radius + 1.5
	return slices.ContainsFunc(placed, func(j int) bool {
		dx, dy := dots[j].x-x, dots[j].y-y
		return dx*dx+dy*dy < reach*reach-1e-6
	})
}

// placeLabels places the labels of the dots of a column, those of the highest priority first.
func (p plot) placeLabels(column int, dots []dot, placed []int) {
	from, to := p.left+p.columnWidth*float64(column), p.left+p.columnWidth*float64(column+1)
	var taken []box
	for _, i := range placed {
		d := dots[i]
		taken = append(taken, box{d.x - p.radius, d.y - p.radius, d.x + p.radius, d.y + p.radius})
	}
	for _, i := range placed {
		for _, right := range []bool{true, false} {
			b := p.labelBox(dots[i], right)
			if b.left < from+2 || b.right > to-2 || slices.ContainsFunc(taken, b.overlaps) {
				continue
			}
			dots[i].labelled, dots[i].labelRight = true, right
			taken = append(taken, b)
			break
		}
	}
}

// labelBox returns the area of the label of a dot.
func (p plot) labelBox(d dot, right bool) box {
	x := d.x + p.radius + 1
	if !right {
		x = d.x - p.radius - 1 - p.labelWidth
	}
	return box{x, d.y - p.labelHeight/2, x + p.labelWidth, d.y + p.labelHeight/2}
}

type box struct{ left, top, right, bottom float64 }

func (b box) overlaps(o box) bool {
	return b.left < o.right && o.left < b.right && b.top < o.bottom && o.top < b.bottom
}
