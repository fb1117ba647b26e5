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

	"github.com/iotlens/iotlens/internal/ptytest"
	"github.com/iotlens/iotlens/internal/testlens"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// The pictures of the screen in the documentation, taken from the program as it
// runs: UPDATE_PICTURES=1 go test ./cmd/iotlens -run Pictures.
const pictures = "../../docs/img"

// A shot is one picture: how to come to what it shows.
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
	{"question", "A question with its best practices, their status, severity and effort", 80, 24, "dark", "90", []string{"glabsec02\r"}, "LABSEC02"},
	{"card", "The question with the card of the best practice at the cursor beside it", 132, 38, "dark", "90", []string{"glabsec02\r", "j"}, "Why it matters"},
	{"map", "The map of layers and pillars: what is answered and what was found", 100, 30, "dark", "", []string{"m"}, "Layers and pillars"},
	{"questions", "The list of all questions with their state", 100, 30, "light", "", []string{"g"}, "Go to:"},
	{"summary", "The summary at the end: verdict, what to do first, what is open, what is parked", 100, 34, "dark", "", []string{"s"}, "What to do first"},
	{"time", "What still fits into the time that is left, and what is left out", 100, 30, "dark", "60", []string{"t"}, "minutes left"},
	{"contrast", "The same question in the theme for high contrast", 80, 24, "contrast", "90", []string{"glabsec02\r"}, "LABSEC02"},
}

func TestPictures(t *testing.T) {
	for _, s := range shots {
		file := filepath.Join(pictures, "screen-"+s.name+".svg")
		if os.Getenv("UPDATE_PICTURES") != "" {
			require.NoError(t, os.WriteFile(file, take(t, s), 0o644))
		}
		data, err := os.ReadFile(file)
		require.NoError(t, err, "UPDATE_PICTURES=1 go test ./cmd/iotlens -run Pictures makes it")
		assert.Less(t, len(data), 150<<10, "%s is too heavy for a page of documentation", file)
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
	seat.press("<down><up>") // what was said at the start goes
	seat.sees(s.sees)
	seat.term.Settle(time.Second)
	cells := seat.term.Cells()
	paper := ptytest.Paper{Fore: color.Gray{0xe8}, Back: cells[s.rows-1][s.cols-1].Style.Bg} // of the theme
	require.NotNil(t, paper.Back)
	return ptytest.SVG(cells, paper, s.title)
}
