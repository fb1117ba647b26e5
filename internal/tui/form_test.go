package tui

import (
	"fmt"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"
	"github.com/iotlens/iotlens/internal/lens"
	"github.com/iotlens/iotlens/internal/review"
	"github.com/iotlens/iotlens/internal/testlens"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// A formBench is a form without a terminal.
type formBench struct {
	m    *formModel
	kept int
}

func newFormBench(w review.Workload) *formBench {
	b := &formBench{}
	b.m = newFormModel(&Form{Lens: testlens.Lens(), Workload: &w, Terminal: Terminal{Theme: "none"}, OnChange: func() { b.kept++ }})
	return b
}

func (b *formBench) press(keys ...string) {
	for _, k := range keys {
		b.m.Update(keyOf(k))
	}
}

// line enters lines, each in place of the current text.
func (b *formBench) line(texts ...string) {
	for _, text := range texts {
		b.press("ctrl+u")
		for _, r := range text {
			b.press(string(r))
		}
		b.press("enter")
	}
}

func (b *formBench) screen() string { return ansi.Strip(b.m.View().Content) }

func (b *formBench) ended() bool { return b.m.cmd != nil }

func (b *formBench) fits() error {
	v := b.m.View()
	lines := strings.Split(v.Content, "\n")
	if len(lines) != b.m.height {
		return fmt.Errorf("%d lines in a window of %d", len(lines), b.m.height)
	}
	for i, line := range lines {
		if w := b.m.method.StringWidth(line); w != b.m.width {
			return fmt.Errorf("line %d is %d wide in a window of %d: %q", i, w, b.m.width, ansi.Strip(line))
		}
	}
	if c := v.Cursor; c != nil && (c.X < 0 || c.Y < 0 || c.X >= b.m.width || c.Y >= b.m.height) {
		return fmt.Errorf("the cursor is at %d, %d in a window of %d x %d", c.X, c.Y, b.m.width, b.m.height)
	}
	return nil
}

func TestForm(t *testing.T) {
	b := newFormBench(review.Workload{})
	golden(t, "form-name", b.screen())
	b.press("enter")
	assert.Contains(t, b.screen(), "a review needs a name of 3 to 100 characters")
	b.press("esc")
	assert.False(t, b.ended(), "nothing could be kept of a review without a name")
	b.line("Lamps", "", "")

	// A list of values: numbers, ranges and words choose.
	assert.Equal(t, "segment", b.m.field().Flag)
	b.line("2", "7-9")
	assert.Contains(t, b.screen(), "7-9 is not on the list of 1 to")
	b.press("ctrl+u")
	b.press("p", "i")
	assert.Contains(t, b.screen(), "Tab completes pilot")
	b.press("tab", "enter")
	assert.Equal(t, "pilot", b.m.Workload.Profile.Stage)
	golden(t, "form-values", b.screen())
	b.line("1 - 2")
	assert.Equal(t, []string{"mcu", "mpu"}, b.m.Workload.Profile.DeviceClasses)
	b.line("1 and 2", "all")

	// Going back, by key or by the command of Describe, shows the answers.
	b.press("up", "up")
	assert.Equal(t, "protocol", b.m.field().Flag)
	b.line("<", "<", "?")
	assert.Equal(t, "stage", b.m.field().Flag)
	assert.Contains(t, b.screen(), "> pilot")
	b.line("-")
	assert.Empty(t, b.m.Workload.Profile.Stage)

	// No is an answer, unlike nothing.
	for b.m.field().Flag != "safety-critical" {
		b.press("down")
	}
	b.line("perhaps")
	assert.Contains(t, b.screen(), `must be yes or no, not "perhaps"`)
	b.line("no")
	assert.Equal(t, new(false), b.m.Workload.Profile.SafetyCritical)

	// Ctrl+C keeps what was typed.
	b.press("y", "e", "s")
	b.m.Update(tea.KeyPressMsg{Code: 'c', Mod: tea.ModCtrl})
	assert.True(t, b.ended())
	assert.True(t, b.m.interrupted.Load())
	assert.Equal(t, new(true), b.m.Workload.Profile.PersonalData)
	b = newFormBench(*b.m.Workload)
	assert.Equal(t, "description", b.m.field().Flag, "the first that is open")
	b.press("esc")
	assert.True(t, b.ended())
	b = newFormBench(*b.m.Workload)
	for range len(b.m.fields) - b.m.index {
		assert.False(t, b.ended())
		b.press("enter")
	}
	assert.True(t, b.ended(), "after the last one")
}

// The form fits small windows, and any window with any text.
func TestFormInAnyWindow(t *testing.T) {
	b := newFormBench(review.Workload{Name: "Lamps"})
	b.m.Update(tea.WindowSizeMsg{Width: 40, Height: 10})
	b.press("down", "down")
	golden(t, "form-small", b.screen())
	b.press("pgdown")
	assert.NoError(t, b.fits())
	rapid.Check(t, func(t *rapid.T) {
		b := newFormBench(review.Workload{Name: hostile, Description: hostile})
		keys := []string{"a", "1", "<", "?", ".", "-", ",", "yes", "漢", "\u0301"}
		for name := range named {
			keys = append(keys, name)
		}
		for range rapid.IntRange(1, 40).Draw(t, "steps") {
			switch rapid.IntRange(0, 5).Draw(t, "what") {
			case 0:
				b.m.Update(tea.WindowSizeMsg{Width: rapid.IntRange(1, 210).Draw(t, "width"), Height: rapid.IntRange(1, 70).Draw(t, "height")})
			case 1:
				b.m.Update(tea.PasteMsg{Content: rapid.String().Draw(t, "pasted")})
			default:
				b.press(rapid.SampledFrom(keys).Draw(t, "key"))
			}
			require.NoError(t, b.fits())
		}
	})
}

func TestSplitList(t *testing.T) {
	for typed, want := range map[string]string{
		"1-4": "1-4", "1 - 4": "1-4", "1 to 4": "1-4", "1–4": "1-4", "1,3": "1 3", "1; 3 and 4": "1 3 4", "mcu, mpu & opc-ua": "mcu mpu opc-ua",
	} {
		assert.Equal(t, want, strings.Join(splitList(typed), " "), typed)
	}
}

// A date field accepts dates in many forms, and shows what they are taken for.
func TestDateInForm(t *testing.T) {
	l := *testlens.Lens()
	l.Markets = []lens.Term{{ID: "eu", Name: "European Union"}}
	w := review.Workload{Name: "Lamps"}
	b := &formBench{}
	b.m = newFormModel(&Form{Lens: &l, Workload: &w, Terminal: Terminal{Theme: "none"}, Today: "2026-11-24", OnChange: func() { b.kept++ }})
	for !b.m.field().IsDate() {
		b.press("down")
	}
	b.line("3/4/2027")
	assert.Contains(t, b.screen(), `"3/4/2027" can be read as`)
	b.press("ctrl+u")
	for _, r := range "end of Q2" {
		b.press(string(r))
	}
	assert.Contains(t, b.screen(), "= 2027-06-30 (Wednesday, in 218 days)")
	b.press("enter")
	assert.Equal(t, "2027-06-30", w.Profile.FirstMarket)
	for !b.m.field().IsDate() {
		b.press("up")
	}
	b.line("unknown")
	assert.Empty(t, w.Profile.FirstMarket)
}
