package trend_test

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode"

	"github.com/iotlens/iotlens/internal/lens"
	"github.com/iotlens/iotlens/internal/review"
	"github.com/iotlens/iotlens/internal/scoring"
	"github.com/iotlens/iotlens/internal/testlens"
	"github.com/iotlens/iotlens/internal/text"
	"github.com/iotlens/iotlens/internal/trend"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func stateOf(l *lens.Lens, name, day string, r *review.Review) trend.State {
	return trend.StateOf(name, day, "", scoring.Assess(l, r, scoring.Options{Mode: scoring.Monotone, Today: day}), 0)
}

// A state whose numbers cannot be compared with those of the last state says why.
func TestNotComparable(t *testing.T) {
	l := *testlens.Lens()
	l.Revision = 3
	l.Questions = nil
	for _, q := range testlens.Lens().Questions {
		q.Practices = append([]lens.Practice{}, q.Practices...)
		q.Practices[0].Since = 2
		l.Questions = append(l.Questions, q)
	}
	now := &review.Review{LensVersion: l.Version, LensRevision: 3}
	old := &review.Review{LensVersion: l.Version, LensRevision: 1}
	narrow := &review.Review{LensVersion: l.Version, LensRevision: 3, Scope: review.Scope{Pillars: []string{"security"}}}
	letter := trend.StateOf("letter", "2026-02-04", "", scoring.Assess(&l, now, scoring.Options{Mode: scoring.AWS, Today: "2026-02-04"}), 0)
	other := stateOf(testlens.Lens(), "other", "2026-02-05", &review.Review{LensVersion: "1"})
	lost := trend.StateOf("lost", "2026-02-06", "", scoring.Assess(&l, old, scoring.Options{Mode: scoring.Monotone, Today: "2026-02-06"}), 2)
	s := trend.NewSeries("W", "", "lab-iot", "Lab", []trend.State{
		stateOf(&l, trend.StateNow, "2026-01-01", now), stateOf(&l, "old", "2026-02-01", old), stateOf(&l, "narrow", "2026-02-02", narrow),
		stateOf(&l, "same", "2026-02-03", now), letter, other, lost,
	})
	got := map[string]string{}
	var order []string
	for _, state := range s.States {
		got[state.Name] = strings.Join(state.NotComparable, " | ")
		order = append(order, state.Name)
	}
	assert.Equal(t, []string{"old", "narrow", "same", "letter", "other", "lost", trend.StateNow}, order, "the review as it is comes last")
	assert.Contains(t, got["old"], "revision 1 and scored by version "+l.Version+", revision 3")
	assert.Contains(t, got["old"], "16 best practices were not asked then and count as unanswered")
	assert.Contains(t, got["lost"], "2 answers to what is no longer asked count for nothing")
	assert.Equal(t, "had another scope", got["narrow"])
	assert.Equal(t, "was scored aws, the last state monotone", got["letter"])
	assert.Contains(t, got["other"], "scored by version")
	assert.Empty(t, got["same"])
	assert.Empty(t, got[trend.StateNow])
	assert.Empty(t, s.Summary(), "the first state cannot be compared")
	out := written(t, trend.Text, &trend.Trend{Series: []trend.Series{s}})
	assert.Contains(t, out, "  1~ ")
	assert.Contains(t, out, "  3   2026-02-03  same")
	assert.Contains(t, out, "    narrow: had another scope.\n")
	assert.Contains(t, written(t, trend.SVG, &trend.Trend{Series: []trend.Series{s}}), "Hollow marks")
}

// hostile is text that drives a terminal or a reader of XML, where a writer lets it.
const hostile = "\x1b[2J</title><script>alert(1)</script>]]>&amp; \u202eevil\u2028\x00\ufffe 工場テレメトリ ::error::x\nnext"

// Whatever the names contain, the SVG is well-formed and has no script and no external
// reference, and the text output has no control characters and is no wider than a terminal.
func TestHostileNames(t *testing.T) {
	r := testlens.Review(testlens.Waterworks)
	r.Workload.Name = hostile + strings.Repeat(" very long", 40)
	var states []trend.State
	for range 40 {
		states = append(states, stateOf(testlens.Lens(), hostile+strings.Repeat(" 工場工場", 40), "2026-02-03", r))
	}
	all := &trend.Trend{Series: []trend.Series{trend.NewSeries(r.Workload.Name, hostile, "x", hostile, states)}, Skipped: []trend.SkippedFile{{File: hostile, Reason: hostile}}}
	svg := written(t, trend.SVG, all)
	wellFormed(t, svg)
	for name, out := range map[string]string{"svg": svg, "text": written(t, trend.Text, all), "list": trend.MilestoneTable(states)} {
		for _, c := range out {
			require.False(t, unicode.IsControl(c) && c != '\n' || unicode.Is(unicode.Cf, c) || c == '\u2028', "%s lets %U through", name, c)
		}
		for line := range strings.Lines(out) {
			if name != "svg" && !strings.Contains(line, "<U+") {
				require.LessOrEqual(t, text.Columns(strings.TrimSuffix(line, "\n")), text.Width+8, line)
			}
			require.False(t, strings.HasPrefix(line, "::"), line)
		}
	}
}

// wellFormed wants XML of the elements of a plain drawing.
func wellFormed(t *testing.T, svg string) {
	t.Helper()
	d := xml.NewDecoder(strings.NewReader(svg))
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			return
		}
		require.NoError(t, err)
		if e, ok := token.(xml.StartElement); ok {
			require.Contains(t, []string{"svg", "title", "desc", "style", "rect", "g", "text", "path", "circle"}, e.Name.Local)
			for _, a := range e.Attr {
				require.NotContains(t, a.Value, "url(")
				require.False(t, strings.HasPrefix(a.Name.Local, "on") || a.Name.Local == "href")
			}
		}
	}
}

func written(t *testing.T, write func(io.Writer, *trend.Trend) error, of *trend.Trend) string {
	t.Helper()
	var b bytes.Buffer
	require.NoError(t, write(&b, of))
	return b.String()
}

// The drawing in the documentation is a made-up history of a review of the test lens.
// UPDATE_PICTURES=1 go test ./internal/trend draws it again.
func TestPicture(t *testing.T) {
	const file = "../../docs/img/trend.svg"
	l := testlens.Lens()
	then := testlens.Review(testlens.Waterworks)
	var states []trend.State
	done := l.PracticeIDs()
	for i, m := range []struct{ name, day string }{{"Kick-off", "2026-01-20"}, {"Pilot", "2026-04-14"}, {"Before launch", "2026-07-02"}, {"Audit", "2026-09-28"}} {
		r := testlens.Review(testlens.Waterworks)
		for n, id := range done {
			if n%7 > 2+i && r.Answers[id].Status == review.Implemented {
				r.Answers[id] = review.Answer{Status: []review.Status{review.NotImplemented, review.PartiallyImplemented}[n%2]}
			}
			if n%9 > 5+i {
				delete(r.Answers, id)
			}
		}
		states = append(states, stateOf(l, m.name, m.day, r))
	}
	states = append(states, stateOf(l, trend.StateNow, "2026-11-24", then))
	svg := written(t, trend.SVG, &trend.Trend{Series: []trend.Series{trend.NewSeries(then.Workload.Name, "waterworks.review.yaml", l.ID, l.Name, states)}})
	if os.Getenv("UPDATE_PICTURES") != "" {
		require.NoError(t, os.WriteFile(filepath.FromSlash(file), []byte(svg), 0o644))
	}
	want, err := os.ReadFile(filepath.FromSlash(file))
	require.NoError(t, err)
	assert.Equal(t, string(want), svg, "%s; if the change is meant: UPDATE_PICTURES=1 go test ./internal/trend", file)
	wellFormed(t, svg)
}
