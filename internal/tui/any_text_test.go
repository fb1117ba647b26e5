package tui

import (
	"testing"

	tea "charm.land/bubbletea/v2"
	"github.com/iotlens/iotlens/internal/review"
	"github.com/iotlens/iotlens/internal/testlens"
	"pgregory.net/rapid"
)

// Whatever is typed or pasted, every line is as wide as the window and the cursor
// is in it.
func TestAnyTextFitsTheScreen(t *testing.T) {
	l := testlens.Lens()
	rapid.Check(t, func(t *rapid.T) {
		pasted := rapid.String().Draw(t, "text")
		b := benchOf(l, &review.Review{Schema: 1, Lens: l.ID, LensVersion: l.Version, Workload: review.Workload{Name: "Plant telemetry"}})
		b.send(tea.WindowSizeMsg{Width: rapid.IntRange(12, 60).Draw(t, "width"), Height: rapid.IntRange(3, 30).Draw(t, "height")})
		b.press("3")
		b.press("n")
		b.send(tea.PasteMsg{Content: pasted})
		if err := b.fits(); err != nil {
			t.Fatalf("typing: %v", err)
		}
		b.press("enter")
		if err := b.fits(); err != nil {
			t.Fatalf("noted: %v", err)
		}
		for _, k := range []string{"u", "p", "w"} {
			b.press(k)
			b.send(tea.PasteMsg{Content: pasted})
			if err := b.fits(); err != nil {
				t.Fatalf("%s: %v", k, err)
			}
			b.press("enter")
			if err := b.fits(); err != nil {
				t.Fatalf("%s: %v", k, err)
			}
			b.press("esc")
		}
	})
}
