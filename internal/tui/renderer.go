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

func (r renderer) textWidth(s string) int { return r.method.StringWidth(s) }

// wrap breaks text into lines of at most width columns, at blanks where possible. It
// returns at least one line.
func (r renderer) wrap(s string, width int) []string {
	width = max(width, 1)
	var lines []string
	for _, line := range text.Wrap(safe(s), width) {
		lines = append(lines, strings.Split(r.method.Hardwrap(line, width, true), "\n")...)
	}
	return lines
}

// paragraph wraps a text behind a prefix to lines of at most width columns; further lines
// are indented by the width of the prefix.
func (r renderer) paragraph(style lipgloss.Style, prefix, s string, width int) []string {
	var lines []string
	for _, line := range r.wrap(s, width-r.textWidth(prefix)) {
		lines = append(lines, style.Render(prefix+line))
		prefix = strings.Repeat(" ", r.textWidth(prefix))
	}
	return lines
}

// cutLines cuts wrapped text to at most so many lines; a last line that is cut ends in an
// ellipsis.
func (r renderer) cutLines(lines []string, most, width int) []string {
	if len(lines) <= most {
		return lines
	}
	return append(lines[:most-1], r.method.Truncate(lines[most-1], width-1, "")+"…")
}

// lineRenderer is the renderer of the line review: no colours, no signs.
var lineRenderer = renderer{method: ansi.WcWidth, noSigns: true}

// fit cuts a line with an ellipsis, or pads it, to a width.
func (r renderer) fit(line string, width int) string {
	return r.fitStyled(line, width, r.plain)
}

func (r renderer) fitStyled(line string, width int, fill lipgloss.Style) string {
	whole, n := line, r.textWidth(line)
	// Truncate takes some marks for zero columns wide that StringWidth counts.
	for to := width; n > width && to >= 0; to-- {
		line = r.method.Truncate(whole, to, "…")
		n = r.textWidth(line)
	}
	if n < width {
		line += fill.Render(strings.Repeat(" ", width-n))
	}
	return line
}

// justify puts one text at the left end and one at the right end of a line. Without room
// for both it drops the right one.
func (r renderer) justify(left, right string, width int, fill lipgloss.Style) string {
	gap := width - r.textWidth(left) - r.textWidth(right)
	if gap < 1 {
		return r.fitStyled(left, width, fill)
	}
	return left + fill.Render(strings.Repeat(" ", gap)) + right
}

// progressBar draws done of whole as a bar of a width.
func (r renderer) progressBar(done, whole, width int) string {
	if whole == 0 || width <= 0 {
		return ""
	}
	n := done * width / whole
	return r.good.Render(strings.Repeat("█", n)) + r.dim.Render(strings.Repeat("░", width-n))
}
