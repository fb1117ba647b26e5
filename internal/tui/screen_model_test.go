package tui

import (
	"errors"
	"fmt"
	"os"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"
	"github.com/iotlens/iotlens/internal/interview"
	"github.com/iotlens/iotlens/internal/lens"
	"github.com/iotlens/iotlens/internal/review"
	"github.com/iotlens/iotlens/internal/scoring"
	"github.com/iotlens/iotlens/internal/testlens"
	"github.com/iotlens/iotlens/internal/wa/customlens"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// A bench runs a model without a terminal. The commands of the model are run by settle, at
// whatever time the test chooses.
type bench struct {
	m       *model
	onDisk  *review.Review // as of the last save that worked
	failing bool           // the disk is full
	late    []tea.Cmd      // under way
	quit    bool
}

func newBench(r *review.Review) *bench { return benchOf(testlens.Lens(), r) }

func benchOf(l *lens.Lens, r *review.Review) *bench {
	b := &bench{onDisk: r.Clone()}
	w := interview.New(l, r, interview.Filter{})
	w.Stamp = func() (string, string) { return "Ana", "2026-11-24" }
	minutes := 0
	b.m = newModel(&Screen{Session: &Session{
		Lens: l, Walk: w, Path: "plant.review.yaml", ReviewArgs: "plant.review.yaml",
		OnMove: func(interview.ResumePoint) {},
		Save: func(_, r *review.Review) (review.SyncResult, error) {
			if b.failing {
				return review.SyncResult{}, errors.New("plant.review.yaml: no space left on device")
			}
			b.onDisk = r.Clone()
			return review.SyncResult{Review: r}, nil
		},
		Elapsed: func() int { minutes++; return minutes / 50 },
		Assess: func(r *review.Review) Summary {
			return Summary{"Nothing is wrong.", scoring.Assess(l, r, scoring.Options{Today: "2026-11-24"})}
		},
		WriteReports: func(*review.Review, bool) ([]string, error) { return []string{"plant.report.md"}, nil },
	}, Terminal: Terminal{Theme: "dark", Env: []string{"EDITOR=true"}}, Clock: func() string { return "14:03" }})
	return b
}

func (b *bench) send(msg tea.Msg) {
	_, cmd := b.m.Update(msg)
	if cmd != nil {
		b.late = append(b.late, cmd)
	}
}

// settle runs one queued command and sends its message.
func (b *bench) settle(i int) {
	cmd := b.late[i]
	b.late = append(b.late[:i:i], b.late[i+1:]...)
	switch msg := cmd().(type) {
	case nil:
	case tea.QuitMsg:
		b.quit = true
	case tea.BatchMsg:
		for _, c := range msg {
			if c != nil {
				b.late = append(b.late, c)
			}
		}
	case savedMsg, reportsWrittenMsg:
		b.send(msg)
	}
}

func (b *bench) settleAll() {
	for len(b.late) > 0 {
		b.settle(0)
	}
}

// press sends keys by their names.
func (b *bench) press(keys ...string) {
	for _, k := range keys {
		b.send(keyOf(k))
	}
}

var named = map[string]tea.KeyPressMsg{
	"enter": {Code: tea.KeyEnter}, "esc": {Code: tea.KeyEscape}, "tab": {Code: tea.KeyTab}, "space": {Code: tea.KeySpace, Text: " "},
	"shift+tab": {Code: tea.KeyTab, Mod: tea.ModShift},
	"up":        {Code: tea.KeyUp}, "down": {Code: tea.KeyDown}, "left": {Code: tea.KeyLeft}, "right": {Code: tea.KeyRight},
	"home": {Code: tea.KeyHome}, "end": {Code: tea.KeyEnd}, "pgup": {Code: tea.KeyPgUp}, "pgdown": {Code: tea.KeyPgDown},
	"backspace": {Code: tea.KeyBackspace}, "delete": {Code: tea.KeyDelete}, "ctrl+u": {Code: 'u', Mod: tea.ModCtrl},
	"ctrl+a": {Code: 'a', Mod: tea.ModCtrl}, "ctrl+j": {Code: 'j', Mod: tea.ModCtrl}, "ctrl+k": {Code: 'k', Mod: tea.ModCtrl}, "ctrl+w": {Code: 'w', Mod: tea.ModCtrl},
}

func keyOf(name string) tea.KeyPressMsg {
	if k, ok := named[name]; ok {
		return k
	}
	return tea.KeyPressMsg{Code: []rune(name)[0], Text: name}
}

func (b *bench) typed(text string) {
	for _, r := range text {
		b.press(string(r))
	}
}

// screen is what a person sees, without colours.
func (b *bench) screen() string { return ansi.Strip(b.m.View().Content) }

// fits returns an error if a frame does not fit its window.
func (b *bench) fits() error {
	lines := strings.Split(b.m.View().Content, "\n")
	if len(lines) != b.m.height {
		return fmt.Errorf("%d lines in a window of %d", len(lines), b.m.height)
	}
	for i, line := range lines {
		if w := b.m.method.StringWidth(line); w != b.m.width {
			return fmt.Errorf("line %d is %d wide in a window of %d: %q", i, w, b.m.width, ansi.Strip(line))
		}
	}
	if c := b.m.View().Cursor; c != nil && (c.X < 0 || c.Y < 0 || c.X >= b.m.width || c.Y >= b.m.height) {
		return fmt.Errorf("the cursor is at %d, %d in a window of %d x %d", c.X, c.Y, b.m.width, b.m.height)
	}
	return nil
}

// lensOf imports a custom lens of testdata, which has no layers, scenarios and efforts.
func lensOf(t *testing.T, name string) *lens.Lens {
	data, err := os.ReadFile("../../testdata/lenses/" + name + ".json")
	require.NoError(t, err)
	doc, problems := customlens.Read(name+".json", data)
	require.NoError(t, problems.Err())
	l, problems := customlens.Import(doc, "", "")
	require.NoError(t, problems.Err())
	return l
}

// An imported lens is shown without the name of AWS, and its question only once.
func TestImportedLens(t *testing.T) {
	l := lensOf(t, "greenhouse")
	b := benchOf(l, &review.Review{Schema: 1, Lens: l.ID, LensVersion: l.Version, Workload: review.Workload{Name: "North house"}})
	b.send(tea.WindowSizeMsg{Width: 120, Height: 40})
	assert.Equal(t, 1, strings.Count(b.screen(), "Who notices that a valve is stuck?"))
	assert.NotContains(t, b.screen(), "AWS")
	b.press("m")
	require.NoError(t, b.fits())
}

func plant() *review.Review {
	l := testlens.Lens()
	return &review.Review{Schema: 1, Lens: l.ID, LensVersion: l.Version, Workload: review.Workload{Name: "Plant telemetry"}}
}

// TestAnyKeys presses any keys in any window, with saves that fail and that end at any time.
// Nothing panics, every frame fits its window, and once saving works again every answer is
// saved.
func TestAnyKeys(t *testing.T) {
	keys := []string{"a", "b", "5", "2", "1", "3", "4", "x", "Q", "-", "é", "漢", "\u0301", "👍", "0"}
	for name := range named {
		keys = append(keys, name)
	}
	for _, k := range screenKeys() {
		keys = append(keys, k.keys...)
	}
	greenhouse, ways, long := lensOf(t, "greenhouse"), lensOf(t, "alternatives"), testlens.Repeat(6)
	rapid.Check(t, func(t *rapid.T) {
		l := rapid.SampledFrom([]*lens.Lens{testlens.Lens(), long, greenhouse, ways}).Draw(t, "lens")
		b := benchOf(l, &review.Review{Schema: 1, Lens: l.ID, LensVersion: l.Version, Workload: review.Workload{Name: "Plant telemetry"}})
		for range rapid.IntRange(1, 60).Draw(t, "steps") {
			switch rapid.IntRange(0, 12).Draw(t, "what") {
			case 0:
				b.send(tea.WindowSizeMsg{Width: rapid.IntRange(1, 210).Draw(t, "width"), Height: rapid.IntRange(1, 70).Draw(t, "height")})
			case 1:
				if n := len(b.late); n > 0 {
					b.settle(rapid.IntRange(0, n-1).Draw(t, "which"))
				}
			case 2:
				b.failing = rapid.Bool().Draw(t, "full")
			case 3:
				at := tea.Mouse{X: rapid.IntRange(0, 200).Draw(t, "x"), Y: rapid.IntRange(0, 60).Draw(t, "y"), Button: tea.MouseLeft}
				b.send(tea.MouseClickMsg(at))
			case 4:
				at := tea.Mouse{X: rapid.IntRange(0, 200).Draw(t, "x"), Y: 9, Button: tea.MouseWheelDown}
				if rapid.Bool().Draw(t, "up") {
					at.Button = tea.MouseWheelUp
				}
				b.send(tea.MouseWheelMsg(at))
			case 5:
				b.send(tea.PasteMsg{Content: rapid.String().Draw(t, "pasted")})
			default:
				b.press(rapid.SampledFrom(keys).Draw(t, "key"))
			}
			if err := b.fits(); err != nil {
				t.Fatal(err)
			}
		}
		b.failing = false
		b.settleAll()
		if !b.m.saving.allSaved() && !b.m.abandoned {
			b.send(interruptMsg{})
			b.settleAll()
		}
		if !b.m.abandoned {
			require.Equal(t, b.m.review.Answers, b.onDisk.Answers)
			require.Equal(t, b.m.review.Parked, b.onDisk.Parked)
			require.True(t, b.m.saving.allSaved())
		}
	})
}

// One key goes through the words of an extent, as a single change.
func TestExtent(t *testing.T) {
	b := newBench(plant())
	id := func() review.Answer {
		s, _ := b.m.Walk.Current()
		return b.m.review.Answers[s.Practice.ID]
	}
	b.press("+")
	assert.Empty(t, b.m.review.Answers)
	b.press("2")
	assert.Contains(t, b.screen(), "+ how much of the fleet")
	for _, want := range []string{"few", "half", "most", "", "few"} {
		b.press("+")
		assert.Equal(t, want, id().Extent)
		assert.Empty(t, id().History)
	}
	b.press("1")
	assert.Empty(t, id().Extent)
	b.press("u")
	assert.Equal(t, "few", id().Extent)
}

// The profile can be changed within the review, which changes what is asked; what it sets
// aside is listed and can be opened.
func TestProfile(t *testing.T) {
	b := newBench(plant())
	all := len(b.m.Walk.Stops())
	b.press("A")
	assert.Contains(t, b.screen(), "The profile sets nothing aside")
	b.press("esc", "P")
	assert.Contains(t, b.screen(), "stage             open")
	for b.m.pane.selected().id != "stage" {
		b.press("down")
	}
	b.press("enter")
	assert.Contains(t, b.screen(), "[ ] design")
	b.press("space", "enter")
	assert.Equal(t, "design", b.m.review.Workload.Profile.Stage)
	assert.Contains(t, b.screen(), "Profile: 1 best practice set aside.")
	assert.Len(t, b.m.Walk.Stops(), all-1)
	for b.m.pane.selected().id != "personal-data" {
		b.press("down")
	}
	b.press("enter", "n", "o", "enter")
	assert.Equal(t, new(false), b.m.review.Workload.Profile.PersonalData)

	b.press("esc", "A")
	assert.Contains(t, b.screen(), "LABSEC05-BP01")
	assert.Contains(t, b.screen(), "No certificate is in the field yet.")
	b.press("enter")
	s, _ := b.m.Walk.Current()
	assert.Equal(t, "LABSEC05-BP01", s.Practice.ID)
	assert.Len(t, b.m.Walk.Stops(), all)
	b.press("u", "u")
	assert.Nil(t, b.m.review.Workload.Profile.PersonalData)
	assert.Empty(t, b.m.review.Workload.Profile.Stage)
	assert.Len(t, b.m.Walk.Stops(), all)

	b.m.ReadOnlyReason, b.m.Walk.ReadOnly = "it is a milestone", true
	b.press("P", "enter")
	assert.Contains(t, b.screen(), "Read only: it is a milestone.")
}
