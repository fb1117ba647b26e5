package tui

import (
	"fmt"
	"image/color"
	"math"
	"slices"
	"strings"
	"testing"
	"unicode"

	tea "charm.land/bubbletea/v2"
	"charm.land/lipgloss/v2"
	"github.com/charmbracelet/x/ansi"
	"github.com/iotlens/iotlens/internal/lens"
	"github.com/iotlens/iotlens/internal/review"
	"github.com/iotlens/iotlens/internal/testlens"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// luminance is the relative luminance of WCAG 2.2.
func luminance(c color.Color) float64 {
	part := func(v uint32) float64 {
		s := float64(v) / 0xffff
		if s <= 0.04045 {
			return s / 12.92
		}
		return math.Pow((s+0.055)/1.055, 2.4)
	}
	r, g, b, _ := c.RGBA()
	return 0.2126*part(r) + 0.7152*part(g) + 0.0722*part(b)
}

func contrast(a, b color.Color) float64 {
	x, y := luminance(a), luminance(b)
	return (max(x, y) + 0.05) / (min(x, y) + 0.05)
}

func TestContrastOfColours(t *testing.T) {
	for name, least := range map[string]float64{"dark": 4.5, "light": 4.5, "contrast": 7} {
		for _, colours := range []func(string) palette{paletteOf, palette16} {
			p := colours(name)
			if p.bad == lipgloss.BrightRed {
				least = 4.5 // no red of sixteen has more contrast
			}
			for i, pair := range [][2]color.Color{
				{p.fore, p.back},
				{p.dim, p.back},
				{p.accent, p.back},
				{p.good, p.back},
				{p.warn, p.back},
				{p.bad, p.back},
				{p.barFore, p.bar},
				{p.markFore, p.mark},
			} {
				assert.GreaterOrEqual(t, contrast(pair[0], pair[1]), least, "%s, pair %d", name, i)
			}
		}
	}
}

// Statuses differ in sign and word, not only in colour.
func TestStatusesDifferWithoutColour(t *testing.T) {
	p := renderer{theme: colourlessTheme(), method: ansi.WcWidth}
	signs, words := map[string]bool{}, map[string]bool{}
	for _, s := range append(review.Statuses(), review.Unanswered) {
		l := p.statusLabel(s)
		assert.Equal(t, 1, p.textWidth(l.sign), "%q", l.sign)
		signs[l.sign], words[l.word] = true, true
	}
	assert.Len(t, signs, 6)
	assert.Len(t, words, 6)
}

// No sign has two meanings. The line review, which a screen reader reads out, has words and
// letters instead.
func TestSignsAreUnambiguous(t *testing.T) {
	p := renderer{theme: colourlessTheme(), method: ansi.WcWidth}
	taken := map[string]bool{}
	for _, s := range append(review.Statuses(), review.Unanswered) {
		taken[p.statusLabel(s).sign] = true
		assert.Equal(t, s.Words(), lineRenderer.statusLabel(s).String())
	}
	for _, word := range lens.Level("").Values() {
		sign := p.severitySign(lens.Level(word))
		assert.Equal(t, 1, p.textWidth(sign), "%q", sign)
		assert.False(t, taken[sign], "%q has two meanings", sign)
		taken[sign] = true
		assert.Equal(t, strings.ToUpper(word[:1]), lineRenderer.severitySign(lens.Level(word)))
	}
}

// Every key has one meaning, is in the help, and has an equivalent in the line review.
func TestKeys(t *testing.T) {
	b := newBench(plant())
	b.send(tea.WindowSizeMsg{Width: 200, Height: 60})
	b.press("?")
	screen := b.screen()
	taken := map[string]bool{}
	lineMode := strings.Fields(lineHelp(func(lineKey) bool { return true }))
	for _, k := range screenKeys() {
		if b.m.usable(k) {
			assert.Contains(t, screen, k.help)
			assert.Contains(t, screen, k.label)
		}
		assert.True(t, slices.Contains(lineMode, k.lineKey) || strings.HasPrefix(k.lineKey, "--"), "%s: line mode knows no %q", k.help, k.lineKey)
		for _, key := range k.keys {
			assert.False(t, taken[key], "%s has two meanings", key)
			taken[key] = true
		}
	}
	// Keys that the README and the workshop cards name.
	for _, key := range strings.Fields("up down left right h j k l 1 2 3 4 5 space n o e d ? / g tab u r p x f t w q") {
		assert.True(t, taken[key], key)
	}
}

// A read-only session refuses every key that changes the review, and says why.
func TestReadOnly(t *testing.T) {
	for _, k := range screenKeys() {
		if !k.changes {
			continue
		}
		for _, key := range k.keys {
			b := newBench(plant())
			b.m.ReadOnlyReason, b.m.Walk.ReadOnly = "in use by Ana", true
			b.press(key)
			b.settleAll()
			assert.Contains(t, b.screen(), "Read only: in use by Ana.", key)
			assert.Empty(t, b.m.review.Answers, key)
			assert.Nil(t, b.m.prompt, key)
			assert.NotContains(t, b.screen(), "1-5 answer", "the keys at the foot are those that work")
			assert.Contains(t, b.screen(), "Enter next")
		}
	}
}

// The screen shows an answer as saved only once it is on disk.
func TestSaveStatus(t *testing.T) {
	b := newBench(plant())
	b.press("3")
	assert.Contains(t, b.screen(), "saving")
	assert.NotContains(t, b.screen(), "saved")
	b.press("down", "1")
	b.settle(0) // the first save; the second answer is not on disk
	assert.Contains(t, b.screen(), "saving")
	b.settleAll()
	assert.Contains(t, b.screen(), "2 answers saved 14:03")

	b.failing = true
	b.press("2")
	b.settleAll()
	assert.Contains(t, b.screen(), "NOT SAVED")
	assert.Contains(t, b.screen(), "no space left on device")
	b.press("q")
	b.settleAll()
	assert.False(t, b.quit)
	assert.Contains(t, b.screen(), "the review is still open")
	b.failing = false
	b.press("q")
	b.settleAll()
	assert.True(t, b.quit)
	assert.Equal(t, review.PartiallyImplemented, b.onDisk.Answers["LABOPS01-BP02"].Status)
}

// hostile is text with escape sequences and marks that change the direction of text, and
// with wide, combining and joined characters.
const hostile = "\x1b[2J\x1b]0;owned\x07\x9b31m \u202eevil\u2066 \u200b\u2028\u0085 漢字かな e\u0301\u0301\u0301 👩\u200d👩\u200d👧 ❤\ufe0f \t\r\n<b> \x00 ends"

// hostileReview has hostile text in every field. Reading such a file fails, but the screen
// must not rely on that.
func hostileReview() *review.Review {
	r := plant()
	r.Workload = review.Workload{Name: hostile, Description: hostile, ReviewOwner: hostile}
	r.Answers = map[string]review.Answer{}
	for i, id := range testlens.Lens().PracticeIDs() {
		if i%6 == 5 {
			continue
		}
		r.Answers[id] = review.Answer{
			Status: review.Statuses()[i%6], Reason: hostile, Note: hostile, Evidence: []string{hostile, hostile}, Owner: hostile, Due: hostile, By: hostile, At: hostile, Template: hostile, VouchedBy: hostile, VouchedUntil: hostile,
			History: []review.Answer{{Status: review.Implemented, By: hostile, At: hostile}},
		}
	}
	r.Parked = []review.Topic{{Topic: hostile, Owner: hostile, Practice: hostile}}
	r.Waivers = []review.Waiver{{Practice: "LABOPS01-BP02", Owner: hostile, Approver: hostile, Reason: hostile, Control: hostile, Expires: hostile}}
	return r
}

// No text of a file controls the terminal or breaks the layout, on any screen.
func TestHostileTextHasNoEffect(t *testing.T) {
	for _, method := range []ansi.Method{ansi.WcWidth, ansi.GraphemeWidth} {
		for _, size := range [][2]int{{40, 10}, {80, 24}, {120, 40}, {200, 60}} {
			b := newBench(hostileReview())
			b.m.method, b.m.Notice, b.m.Path = method, hostile, hostile
			b.m.report("%s", hostile)
			b.send(tea.WindowSizeMsg{Width: size[0], Height: size[1]})
			check := func(where string) {
				t.Helper()
				require.NoError(t, b.fits(), where)
				for _, r := range b.screen() {
					drives := unicode.IsControl(r) && r != '\n' || unicode.Is(unicode.Cf, r) || r == '\u2028' || r == '\u2029'
					require.False(t, drives, "%s, %v: %U gets through", where, size, r)
				}
				// Only colours may be sent.
				for _, seq := range strings.Split(b.m.View().Content, "\x1b")[1:] {
					require.Regexp(t, `^\[[0-9;:]*m`, seq, where)
				}
			}
			check("question")
			for range 12 {
				b.press("down")
				check("question")
			}
			b.m.Walk.GoTo(1)
			for _, key := range []string{"n", "o", "d", "4", "w", "p"} {
				b.press(key)
				check(key)
				b.m.prompt = nil
			}
			for _, key := range []string{"c", "a", "m", "s", "?", "g", "/", "f"} {
				b.press(key)
				check(key)
				if key == "/" {
					b.typed("evil")
					check("found")
				}
				for range 6 {
					b.press("pgdown")
					check(key)
				}
				b.press("esc")
			}
			b.m.saving.err = fmt.Errorf("%s", hostile)
			check("error")
			b.m.ReadOnlyReason = hostile
			b.press("1")
			check("busy")
		}
	}
}

// If the planned time is short, the screen says so once.
func TestShortTimeWarning(t *testing.T) {
	b := newBench(plant())
	b.m.Minutes = 30
	b.m.warnOfTime()
	assert.Contains(t, b.screen(), "Time is short: t shows what matters most.")
	b.press("j")
	b.m.Update(tickMsg{})
	assert.NotContains(t, b.screen(), "Time is short")

	b = newBench(plant())
	b.m.Minutes = 5000
	b.m.warnOfTime()
	assert.NotContains(t, b.screen(), "Time is short", "all of it fits")
	b.m.Minutes = 30
	b.press("n")
	b.m.Update(tickMsg{})
	assert.NotContains(t, b.screen(), "Time is short", "not while somebody types")
	b.press("esc")
	b.press("j")
	b.m.Update(tickMsg{})
	assert.Contains(t, b.screen(), "Time is short")
}

// The screen shows every field of an answer.
func TestScreenShowsEveryField(t *testing.T) {
	r := plant()
	first := testlens.Lens().PracticeIDs()[0]
	a := review.Answer{Status: review.NotImplemented}
	for _, f := range review.AnswerFields() {
		if f.Kind == review.KindText || f.Kind == review.KindList {
			f.Set(&a, "a value of "+f.Key)
		}
	}
	a.Due = "2031-05-17"
	r.Answers = map[string]review.Answer{first: a}
	b := newBench(r)
	b.send(tea.WindowSizeMsg{Width: 120, Height: 60})
	b.m.Walk.GoToID(first)
	for _, f := range review.AnswerFields() {
		if !f.Signature {
			assert.Contains(t, b.screen(), f.Text(a))
		}
	}
}
