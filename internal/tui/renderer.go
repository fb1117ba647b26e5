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

// A renderer lays text out. It measures as the renderer does, which is as the
// terminal does: a Chinese character takes two columns, a combining mark none.
type renderer struct {
	theme
	method  ansi.Method
	noSigns bool // no signs, which a screen reader would spell out
}

func (p renderer) textWidth(s string) int { return p.method.StringWidth(s) }

// wrap breaks text at blanks into lines of at most width columns, and a longer
// word where it must. There is always one line.
func (p renderer) wrap(s string, width int) []string {
	width = max(width, 1)
	var lines []string
	for _, line := range text.Wrap(safe(s), width) {
		lines = append(lines, strings.Split(p.method.Hardwrap(line, width, true), "\n")...)
	}
	return lines
}

// paragraph sets a text behind a prefix, in lines of at most width columns; further lines
// are indented as far.
func (p renderer) paragraph(style lipgloss.Style, prefix, s string, width int) []string {
	var lines []string
	for _, line := range p.wrap(s, width-p.textWidth(prefix)) {
		lines = append(lines, style.Render(prefix+line))
		prefix = strings.Repeat(" ", p.textWidth(prefix))
	}
	return lines
}

// cutLines cuts wrapped text to a number of lines, the last of which then ends in an ellipsis.
func (p renderer) cutLines(lines []string, most, width int) []string {
	if len(lines) <= most {
		return lines
	}
	return append(lines[:most-1], p.method.Truncate(lines[most-1], width-1, "")+"…")
}

// lineRenderer is the pen of the line review: without colours and signs.
var lineRenderer = renderer{method: ansi.WcWidth, noSigns: true}

// fit makes a line just as wide as wanted: cut with an ellipsis or filled up.
func (p renderer) fit(line string, width int) string {
	return p.fitStyled(line, width, p.plain)
}

func (p renderer) fitStyled(line string, width int, fill lipgloss.Style) string {
	whole, n := line, p.textWidth(line)
	// Some marks are cut as if they took no column, and measured as if they did.
	for to := width; n > width && to >= 0; to-- {
		line = p.method.Truncate(whole, to, "…")
		n = p.textWidth(line)
	}
	if n < width {
		line += fill.Render(strings.Repeat(" ", width-n))
	}
	return line
}

// justify puts one text at the left and one at the right end of a line. The right
// one is what gives way where there is no room for both.
func (p renderer) justify(left, right string, width int, fill lipgloss.Style) string {
	gap := width - p.textWidth(left) - p.textWidth(right)
	if gap < 1 {
		return p.fitStyled(left, width, fill)
	}
	return left + fill.Render(strings.Repeat(" ", gap)) + right
}

// progressBar draws how much of a whole is done, as wide as wanted.
func (p renderer) progressBar(done, whole, width int) string {
	if whole == 0 || width <= 0 {
		return ""
	}
	n := done * width / whole
	return p.good.Render(strings.Repeat("█", n)) + p.dim.Render(strings.Repeat("░", width-n))
}
