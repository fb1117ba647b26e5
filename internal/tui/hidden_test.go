package tui

import (
	"fmt"
	"image/color"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
	"github.com/iotlens/iotlens/internal/lens"
	"github.com/iotlens/iotlens/internal/review"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// sizes are window sizes, from the largest to the smallest.
var sizes = [][2]int{{200, 60}, {120, 40}, {100, 30}, {80, 24}, {60, 20}, {40, 10}, {30, 8}}

// manyOf returns a lens with one question of n best practices with long titles.
func manyOf(n int) *lens.Lens {
	q := lens.Question{ID: "HW1", Pillar: "hw", Title: "Which part of your board was chosen because somebody measured it, and which one came with the kit?", Ask: "Which part of your board was chosen because somebody measured it, and which one came with the kit?", FollowUps: []string{"Who measured it?"}}
	for i := range n {
		q.Practices = append(q.Practices, lens.Practice{
			ID: fmt.Sprintf("HW1-BP%02d", i+1), Question: "HW1", Pillar: "hw", Severity: lens.High, Effort: lens.Low,
			Title: "Source sustainable components to help reduce environmental harm and encourage eco-friendly products",
		})
	}
	return &lens.Lens{ID: "hw", Version: "1", Pillars: []lens.Pillar{{ID: "hw", Name: "Hardware"}}, Questions: []lens.Question{q}}
}

func hardware(n int) *bench {
	l := manyOf(n)
	return benchOf(l, &review.Review{Schema: 1, Lens: l.ID, LensVersion: l.Version, Workload: review.Workload{Name: "Board"}})
}

func (b *bench) resize(size [2]int) { b.send(tea.WindowSizeMsg{Width: size[0], Height: size[1]}) }

// The five answers and their keys are visible in every window.
func TestLegendAtEverySize(t *testing.T) {
	b := hardware(8)
	for _, size := range sizes {
		b.resize(size)
		require.NoError(t, b.fits())
		for _, words := range [][2]string{{"1 implemented", "1 yes"}, {"2 partly", "2 partly"}, {"3 not implemented", "3 no"}, {"4 not applicable", "4 n/a"}, {"5 don't know", "5 don't know"}} {
			assert.True(t, strings.Contains(b.screen(), words[0]) || strings.Contains(b.screen(), words[1]), "%v: %q\n%s", size, words, b.screen())
		}
	}
}

// The screen counts the best practices that are not fully visible, above and below.
func TestHiddenPracticesAreCounted(t *testing.T) {
	for _, n := range []int{1, 2, 5, 8} {
		for _, size := range sizes {
			b := hardware(n)
			b.resize(size)
			for at := range n {
				body := b.m.frame().body
				whole, seen := 0, map[int]int{}
				for _, target := range body.targets {
					seen[target]++
				}
				list, _ := b.m.practices(size[0], airy)
				if body.panel > 0 || size[0] < 40 {
					list = body // titles take more or fewer lines there
				}
				for i := range n {
					if lines := seen[i]; lines > 1 && lines >= min(list.lineCount(i), 3) {
						whole++
					}
				}
				hidden := body.hiddenAbove + body.hiddenBelow
				assert.LessOrEqual(t, whole, n, "%v", size)
				assert.GreaterOrEqual(t, whole+hidden, n, "%v at %d of %d: %d in full, %d hidden\n%s", size, at, n, whole, hidden, b.screen())
				for count, sign := range map[int]string{body.hiddenAbove: "↑", body.hiddenBelow: "↓"} {
					assert.Equal(t, count > 0, strings.Contains(b.screen(), sign), "%v: %d %s\n%s", size, count, sign, b.screen())
				}
				b.press("down")
			}
		}
	}
	b := hardware(8)
	b.resize([2]int{80, 24})
	assert.Contains(t, b.screen(), "4 more below ↓")
	b.resize([2]int{40, 10})
	assert.Contains(t, b.screen(), "7 more below ↓")
}

// A question that is cut names the key of the card, which begins with all of it.
func TestCutQuestionIsOnTheCard(t *testing.T) {
	b := hardware(8)
	for _, size := range sizes {
		b.resize(size)
		follow := strings.Contains(b.screen(), "Who measured it?")
		assert.Equal(t, !follow, strings.Contains(b.screen(), "[c: all]"), "%v\n%s", size, b.screen())
		if follow {
			continue
		}
		b.press("c")
		var read strings.Builder
		for range 20 {
			read.WriteString(b.screen())
			b.press("down")
		}
		for _, words := range []string{"came with", "kit?", "Who measured it?"} {
			assert.Contains(t, read.String(), words, "%v", size)
		}
		b.press("esc")
	}
}

// A list counts the rows above and below the visible ones.
func TestHiddenRowsAreCounted(t *testing.T) {
	b := newBench(plant())
	for _, size := range [][2]int{{80, 24}, {40, 10}} {
		b.resize(size)
		b.press("g")
		assert.Regexp(t, `\d+ more below ↓`, b.screen())
		b.press("pgdown", "pgdown")
		assert.Regexp(t, `\d+ (more )?(above )?↑`, b.screen())
		b.press("esc")
	}
}

// The message of a window that is too small fits into it.
func TestTooSmallWindow(t *testing.T) {
	b := newBench(plant())
	for w := 1; w <= 29; w++ {
		for h := 1; h <= 10; h++ {
			b.resize([2]int{w, h})
			require.NoError(t, b.fits())
			if w >= 4 {
				assert.Regexp(t, `(lost\.|30 by 8\.|needs 30 by 8|30x8)$`, strings.Join(strings.Fields(b.screen()), " "), "%d x %d", w, h)
			}
		}
	}
}

// The tabs show the total if the window is wide enough, and nothing that is out of scope.
func TestTabs(t *testing.T) {
	r := plant()
	b := newBench(r)
	for _, id := range b.m.Lens.PracticeIDs() {
		r.Answers = map[string]review.Answer{}
		r.Answers[id] = review.Answer{Status: review.NotImplemented}
	}
	for _, size := range [][2]int{{120, 40}, {100, 30}, {80, 24}, {60, 20}} {
		b.resize(size)
		lines := strings.Split(b.screen(), "\n")[2:4]
		if size[1] < 30 {
			lines = lines[:1]
		}
		for _, line := range lines {
			assert.Regexp(t, `^([ \[]*[A-Z]+ \d+/\d+( ?▲\d*)?[ \]]*)+$`, line, "%v", size)
		}
	}
	r.Scope.Pillars = []string{"security"}
	b = newBench(r)
	assert.Regexp(t, `(?m)^\[SEC \d+/\d+( ▲\d+)?\] *$`, b.screen())
	b.resize([2]int{120, 40})
	b.press("m")
	assert.Contains(t, b.screen(), "Out of scope: Operational excellence, Reliability")
	b.press("esc", "g")
	b.typed("labops01")
	assert.Contains(t, b.screen(), "LABOPS01 is not in the scope of this review.")
	b.press("esc", "/")
	b.typed("xyzzy")
	assert.Contains(t, b.screen(), `Nothing found for "xyzzy"`)
}

// Pillars get distinct short names even if the ids of their questions are alike.
func TestShortNamesAreDistinct(t *testing.T) {
	l := lensOf(t, "greenhouse")
	b := benchOf(l, &review.Review{Schema: 1, Lens: l.ID, LensVersion: l.Version, Workload: review.Workload{Name: "North house"}})
	assert.Contains(t, b.screen(), "[CLIMA 0/")
	assert.Contains(t, b.screen(), " YIELD 0/")
	full := func(i int) string { return []string{"Water supply", "Water surplus", "Soil", "Water supply"}[i] }
	assert.Equal(t, []string{"WATER1", "WATER2", "SOIL", "WATER4"}, distinctNames([]string{"W", "W", "SOIL", "W"}, full))
	assert.Equal(t, []string{"WATER SUP", "WATER SUR", "SOIL"}, distinctNames([]string{"W", "W", "SOIL"}, full))
}

// The arrows move over the map; Enter opens a cell, and then goes to a best practice.
func TestMap(t *testing.T) {
	b := newBench(plant())
	for _, size := range [][2]int{{120, 40}, {80, 24}, {40, 10}} {
		b.resize(size)
		b.press("m")
		for range 20 {
			b.press("up", "left")
		}
		first := b.screen()
		b.press("right")
		assert.NotEqual(t, first, b.screen(), "%v", size)
		for range 20 {
			b.press("down")
		}
		assert.Regexp(t, "Application, Security|APP, SEC", b.screen())
		b.press("enter")
		assert.Contains(t, b.screen(), "LAB")
		b.press("esc")
		assert.Contains(t, b.screen(), "Enter open the cell")
		b.press("enter", "enter")
		s, ok := b.m.Walk.Current()
		require.True(t, ok)
		assert.Equal(t, "security", s.Practice.Pillar)
		assert.Contains(t, s.Practice.Layers, "application")
		assert.Nil(t, b.m.pane)
	}
}

// The colours for an unknown background are readable on black and on white.
func TestUnknownBackground(t *testing.T) {
	p := unknownBackgroundPalette()
	coloured := 0
	for _, c := range []color.Color{p.accent, p.good, p.warn, p.bad, p.dim} {
		if c == nil {
			continue
		}
		coloured++
		for _, back := range []color.Color{color.Black, color.White} {
			assert.GreaterOrEqual(t, contrast(c, back), 3.0, "%v", c)
		}
	}
	assert.Equal(t, 2, coloured)
}
