//go:build unix

package main

import (
	"bytes"
	"fmt"
	"html"
	"image/color"
	"strings"

	uv "github.com/charmbracelet/ultraviolet"
)

// The size of a cell in the picture, and the margin around the screen.
const (
	cellWidth  = 8.4
	cellHeight = 18
	fontSize   = 14
	margin     = 12
)

// defaultColours are the colours of a terminal where a program sets none.
type defaultColours struct{ fore, back color.Color }

// svg draws a screen as a picture that a browser shows at any size. title is for
// those who can't see it.
func svg(cells [][]uv.Cell, defaults defaultColours, title string) []byte {
	rows, cols := len(cells), 0
	for _, row := range cells {
		cols = max(cols, len(row))
	}
	w, h := float64(cols)*cellWidth+2*margin, float64(rows)*cellHeight+2*margin
	var b bytes.Buffer
	fmt.Fprintf(&b, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %.0f %.0f" width="%.0f" height="%.0f" role="img">`+"\n", w, h, w, h)
	fmt.Fprintf(&b, "<title>%s</title>\n", html.EscapeString(title))
	fmt.Fprintf(&b, "<rect width=\"100%%\" height=\"100%%\" rx=\"8\" fill=\"%s\"/>\n", hex(defaults.back))
	fmt.Fprintf(&b, "<g font-family=\"ui-monospace,'DejaVu Sans Mono',Menlo,Consolas,monospace\" font-size=\"%d\">\n", fontSize)
	for y, row := range cells {
		all := cellRuns(row, defaults)
		for i := 0; i < len(all); {
			back, from, cells := all[i].back, all[i].at, 0
			for ; i < len(all) && all[i].back == back; i++ {
				cells += all[i].cells
			}
			if back != hex(defaults.back) {
				fmt.Fprintf(&b, "<rect x=\"%.1f\" y=\"%d\" width=\"%.1f\" height=\"%d\" fill=\"%s\"/>\n", margin+float64(from)*cellWidth, margin+y*cellHeight, float64(cells)*cellWidth, cellHeight, back)
			}
		}
		for _, r := range all {
			r.draw(&b, margin+y*cellHeight+13)
		}
	}
	b.WriteString("</g>\n</svg>\n")
	return b.Bytes()
}

// A cellRun is neighbouring cells that look alike.
type cellRun struct {
	at, cells  int
	text       string
	fore, back string
	bold       bool
	faint      bool
}

func cellRuns(row []uv.Cell, defaults defaultColours) []cellRun {
	var out []cellRun
	for x, c := range row {
		if c.Width == 0 {
			continue // the second half of a wide character
		}
		fore, back := hex(or(c.Style.Fg, defaults.fore)), hex(or(c.Style.Bg, defaults.back))
		if c.Style.Attrs&uv.AttrReverse != 0 {
			fore, back = back, fore
		}
		r := cellRun{at: x, cells: c.Width, text: c.Content, fore: fore, back: back, bold: c.Style.Attrs&uv.AttrBold != 0, faint: c.Style.Attrs&uv.AttrFaint != 0}
		if n := len(out); n > 0 && out[n-1].fore == r.fore && out[n-1].back == r.back && out[n-1].bold == r.bold && out[n-1].faint == r.faint {
			out[n-1].text += r.text
			out[n-1].cells += r.cells
			continue
		}
		out = append(out, r)
	}
	return out
}

// draw sets the text of a run, stretched to its cells: fonts differ.
func (r cellRun) draw(b *bytes.Buffer, y int) {
	text := strings.TrimRight(r.text, " ")
	if strings.TrimSpace(text) == "" {
		return
	}
	lead := len(text) - len(strings.TrimLeft(text, " "))
	cells := r.cells - (len(r.text) - len(text)) - lead
	style := ""
	if r.bold {
		style += ` font-weight="bold"`
	}
	if r.faint {
		style += ` opacity="0.75"`
	}
	fmt.Fprintf(b, "<text x=\"%.1f\" y=\"%d\" fill=\"%s\"%s textLength=\"%.1f\" lengthAdjust=\"spacingAndGlyphs\">%s</text>\n",
		margin+float64(r.at+lead)*cellWidth, y, r.fore, style, float64(cells)*cellWidth, html.EscapeString(strings.ReplaceAll(text[lead:], " ", "\u00a0"))) // else several blanks count as one
}

func or(c, other color.Color) color.Color {
	if c == nil {
		return other
	}
	return c
}

func hex(c color.Color) string {
	r, g, b, _ := c.RGBA()
	return fmt.Sprintf("#%02x%02x%02x", r>>8, g>>8, b>>8)
}
