//go:build unix

package main

import (
	"bytes"
	"encoding/xml"
	"errors"
	"image/color"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/iotlens/iotlens/internal/testlens"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// The pictures of the screen in the documentation, taken from the program as it
// runs: UPDATE_PICTURES=1 go test ./cmd/iotlens -run Pictures.
const pictures = "../../docs/img"

// A shot is one picture, and the keys that lead to it.
type shot struct {
	name       string
	title      string
	cols, rows int
	theme      string
	minutes    string
	keys       []string
	sees       string
}

var shots = []shot{
	{
		name: "question", title: "A question with its best practices, their status, severity and effort",
		cols: 80, rows: 24, theme: "dark", minutes: "90", keys: []string{"glabsec02\r"}, sees: "LABSEC02",
	},
	{
		name: "card", title: "The question with the card of the best practice at the cursor beside it",
		cols: 132, rows: 38, theme: "dark", minutes: "90", keys: []string{"glabsec02\r", "j"}, sees: "Why it matters",
	},
	{
		name: "map", title: "The map of layers and pillars: what is answered and what was found",
		cols: 100, rows: 30, theme: "dark", keys: []string{"m"}, sees: "Layers and pillars",
	},
	{
		name: "questions", title: "The list of all questions with their state",
		cols: 100, rows: 30, theme: "light", keys: []string{"g"}, sees: "Go to:",
	},
	{
		name: "summary", title: "The summary at the end: verdict, what to do first, what is open, what is parked",
		cols: 100, rows: 34, theme: "dark", keys: []string{"s"}, sees: "What to do first",
	},
	{
		name: "time", title: "What still fits into the time that is left, and what is left out",
		cols: 100, rows: 30, theme: "dark", minutes: "60", keys: []string{"t"}, sees: "minutes are left",
	},
	{
		name: "contrast", title: "The same question in the theme for high contrast",
		cols: 80, rows: 24, theme: "contrast", minutes: "90", keys: []string{"glabsec02\r"}, sees: "LABSEC02",
	},
}

func TestPictures(t *testing.T) {
	for _, s := range shots {
		file := filepath.Join(pictures, "screen-"+s.name+".svg")
		if os.Getenv("UPDATE_PICTURES") != "" {
			require.NoError(t, os.WriteFile(file, take(t, s), 0o644))
		}
		data, err := os.ReadFile(file)
		require.NoError(t, err, "UPDATE_PICTURES=1 go test ./cmd/iotlens -run Pictures makes it")
		assert.Less(t, len(data), 150<<10, "%s is too large for a page of documentation", file)
		assert.Contains(t, string(data), strings.ReplaceAll(s.sees, " ", "\u00a0"))
		for d := xml.NewDecoder(bytes.NewReader(data)); ; {
			_, err := d.Token()
			if errors.Is(err, io.EOF) {
				break
			}
			require.NoError(t, err, file)
		}
	}
}

func take(t *testing.T, s shot) []byte {
	review, err := os.ReadFile(testlens.ReviewPath(testlens.Trackers))
	require.NoError(t, err)
	r := newRoom(t, string(review))
	args := []string{"review", "plant.review.yaml", "--by", "Ana", "--today", "2026-11-24", "--theme", s.theme}
	if s.minutes != "" {
		args = append(args, "--minutes", s.minutes)
	}
	seat := r.sit(s.cols, s.rows, []string{"COLORTERM=truecolor"}, args...)
	seat.sees("answers saved")
	for _, keys := range s.keys {
		seat.press(keys)
	}
	seat.press("<down><up>") // the message of the start goes
	seat.sees(s.sees)
	seat.term.Settle(time.Second)
	cells := seat.term.Cells()
	colours := defaultColours{fore: color.Gray{0xe8}, back: cells[s.rows-1][s.cols-1].Style.Bg} // of the theme
	require.NotNil(t, colours.back)
	return svg(cells, colours, s.title)
}
