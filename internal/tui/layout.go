package tui

import (
	"strings"

	"charm.land/lipgloss/v2"
	"github.com/charmbracelet/x/ansi"
	"github.com/iotlens/iotlens/internal/text"
)

// safe is text from a file or a person, fit to be shown on one line: what would
// drive the terminal or turn text around is visible.
func safe(s string) string {
	return strings.ReplaceAll(text.Clean(s, false), "\t", " ")
}

// A pen lays text out. It measures as the renderer does, which is as the
// terminal does: a Chinese character takes two columns, a combining mark none.
type pen struct {
	theme
	method ansi.Method
	words  bool // no signs, which a screen reader would spell out
}

func (p pen) width(s string) int { return p.method.StringWidth(s) }

// wrap breaks text at blanks into lines of at most width columns, and a longer
// word where it must. There is always one line.
func (p pen) wrap(s string, width int) []string {
	width = max(width, 1)
	var lines []string
	for _, line := range text.Wrap(safe(s), width) {
		lines = append(lines, strings.Split(p.method.Hardwrap(line, width, true), "\n")...)
	}
	return lines
}

// paragraph sets a text behind a prefix, in lines of at most width columns; further lines
// are indented as far.
func (p pen) paragraph(style lipgloss.Style, prefix, s string, width int) []string {
	var lines []string
	for _, line := range p.wrap(s, width-p.width(prefix)) {
		lines = append(lines, style.Render(prefix+line))
		prefix = strings.Repeat(" ", p.width(prefix))
	}
	return lines
}

// cut cuts wrapped text to a number of lines, the last of which then ends in an ellipsis.
func (p pen) cut(lines []string, most, width int) []string {
	if len(lines) <= most {
		return lines
	}
	return append(lines[:most-1], p.method.Truncate(lines[most-1], width-1, "")+"…")
}

// linePen is the pen of the line review: without colours and signs.
var linePen = pen{method: ansi.WcWidth, words: true}

// fit makes a line just as wide as wanted: cut with an ellipsis or filled up.
func (p pen) fit(line string, width int) string {
	return p.fitWith(line, width, p.plain)
}

func (p pen) fitWith(line string, width int, fill lipgloss.Style) string {
	whole, n := line, p.width(line)
	// Some marks are cut as if they took no column, and measured as if they did.
	for to := width; n > width && to >= 0; to-- {
		line = p.method.Truncate(whole, to, "…")
		n = p.width(line)
	}
	if n < width {
		line += fill.Render(strings.Repeat(" ", width-n))
	}
	return line
}

// ends puts one text at the left and one at the right end of a line. The right
// one is what gives way where there is no room for both.
func (p pen) ends(left, right string, width int, fill lipgloss.Style) string {
	gap := width - p.width(left) - p.width(right)
	if gap < 1 {
		return p.fitWith(left, width, fill)
	}
	return left + fill.Render(strings.Repeat(" ", gap)) + right
}

// gauge draws how much of a whole is done, as wide as wanted.
func (p pen) gauge(done, whole, width int) string {
	if whole == 0 || width <= 0 {
		return ""
	}
	n := done * width / whole
	return p.good.Render(strings.Repeat("█", n)) + p.dim.Render(strings.Repeat("░", width-n))
}
