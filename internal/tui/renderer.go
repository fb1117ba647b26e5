package tui

import (
	"strings"

	"charm.land/lipgloss/v2"
	"github.com/charmbracelet/x/ansi"
	"github.com/iotlens/iotlens/internal/text"
)

// safe makes text from a file or a person safe to show on one line: control characters and
// marks that change the direction of text become visible.
func safe(s string) string {
	return strings.ReplaceAll(text.Clean(s, false), "\t", " ")
}

// A renderer lays text out and colours it. It measures text as Bubble Tea and the terminal
// do: a Chinese character takes two columns, a combining mark none.
type renderer struct {
	theme
	method  ansi.Method
	noSigns bool // words instead of signs, which a screen reader would spell out
}

func (p renderer) textWidth(s string) int { return p.method.StringWidth(s) }

// wrap breaks text into lines of at most width columns, at blanks where possible. It
// returns at least one line.
func (p renderer) wrap(s string, width int) []string {
	width = max(width, 1)
	var lines []string
	for _, line := range text.Wrap(safe(s), width) {
		lines = append(lines, strings.Split(p.method.Hardwrap(line, width, true), "\n")...)
	}
	return lines
}

// paragraph wraps a text behind a prefix to lines of at most width columns; further lines
// are indented by the width of the prefix.
func (p renderer) paragraph(style lipgloss.Style, prefix, s string, width int) []string {
	var lines []string
	for _, line := range p.wrap(s, width-p.textWidth(prefix)) {
		lines = append(lines, style.Render(prefix+line))
		prefix = strings.Repeat(" ", p.textWidth(prefix))
	}
	return lines
}

// cutLines cuts wrapped text to at most so many lines; a last line that is cut ends in an
// ellipsis.
func (p renderer) cutLines(lines []string, most, width int) []string {
	if len(lines) <= most {
		return lines
	}
	return append(lines[:most-1], p.method.Truncate(lines[most-1], width-1, "")+"…")
}

// lineRenderer is the renderer of the line review: no colours, no signs.
var lineRenderer = renderer{method: ansi.WcWidth, noSigns: true}

// fit cuts a line with an ellipsis, or pads it, to a width.
func (p renderer) fit(line string, width int) string {
	return p.fitStyled(line, width, p.plain)
}

func (p renderer) fitStyled(line string, width int, fill lipgloss.Style) string {
	whole, n := line, p.textWidth(line)
	// Truncate takes some marks for zero columns wide that StringWidth counts.
	for to := width; n > width && to >= 0; to-- {
		line = p.method.Truncate(whole, to, "…")
		n = p.textWidth(line)
	}
	if n < width {
		line += fill.Render(strings.Repeat(" ", width-n))
	}
	return line
}

// justify puts one text at the left end and one at the right end of a line. Without room
// for both it drops the right one.
func (p renderer) justify(left, right string, width int, fill lipgloss.Style) string {
	gap := width - p.textWidth(left) - p.textWidth(right)
	if gap < 1 {
		return p.fitStyled(left, width, fill)
	}
	return left + fill.Render(strings.Repeat(" ", gap)) + right
}

// progressBar draws done of whole as a bar of a width.
func (p renderer) progressBar(done, whole, width int) string {
	if whole == 0 || width <= 0 {
		return ""
	}
	n := done * width / whole
	return p.good.Render(strings.Repeat("█", n)) + p.dim.Render(strings.Repeat("░", width-n))
}
