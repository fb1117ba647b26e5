package tui

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"charm.land/lipgloss/v2"
	"github.com/iotlens/iotlens/internal/interview"
	"github.com/iotlens/iotlens/internal/lens"
)

func (m *model) openMap() {
	m.open(pager{title: "Layers and pillars", key: "m", set: m.heat})
}

// heat is the map of layers and pillars: a cell says how much is answered and
// what was found there, in a sign, in numbers and in a colour.
func (m *model) heat(w int) []string {
	cells := m.walk.Map()
	if len(cells) == 0 {
		return m.heatless(w)
	}
	pillars := m.pillarNames()
	name := 0
	for _, y := range m.Lens.Layers {
		name = max(name, m.pen.width(safe(y.Name)))
	}
	long := w >= name+1+len(pillars)*10
	if !long {
		name = 0
		for _, n := range m.layerNames() {
			name = max(name, m.pen.width(n))
		}
	}
	name = min(name+1, w/3)
	width := max(min((w-name)/max(len(pillars), 1), 16), 3)
	air := ""
	if long {
		air = " "
	}

	var lines []string
	head := m.fit("", name)
	for _, p := range pillars {
		head += m.fit(m.strong.Render(m.method.Truncate(air+p, width-1, "")), width)
	}
	lines = append(lines, head)
	short := m.layerNames()
	for i, y := range m.Lens.Layers {
		label := short[i]
		if long {
			label = safe(y.Name)
		}
		line := m.fit(m.plain.Render(label), name)
		for j := range pillars {
			c := cells[i*len(pillars)+j]
			style := m.heatStyle(c.Progress)
			lead := air
			if c.Pillar == m.hereIn() && c.Layer == m.hereLayer() {
				style, lead = style.Bold(true), strings.Replace(air, " ", ">", 1)
			}
			line += m.fitWith(style.Render(lead+heatWords(c.Progress, width-1-len(air))), width-1, style) + m.plain.Render(" ")
		}
		lines = append(lines, line)
		if m.height >= 24 {
			lines = append(lines, "")
		}
	}
	c := &sheet{pen: m.pen, width: w}
	c.text(m.dim, "", "Answered of all, then findings: ✗ some of high severity, ! of medium, ~ of low; ✓ all answered, nothing found; . nothing answered. A best practice counts in each of its layers.")
	return append(lines, c.lines...)
}

// heatless is the map of a lens without layers.
func (m *model) heatless(w int) []string {
	var lines []string
	names := m.pillarNames()
	for i, p := range m.walk.Pillars() {
		lines = append(lines, m.fit(m.heatStyle(p.Progress).Render(fmt.Sprintf("%-8s %s", names[i], heatWords(p.Progress, 20))), w))
	}
	return lines
}

func heatWords(p interview.Progress, room int) string {
	sign := "."
	switch {
	case p.Stops == 0:
		return ""
	case p.Findings > 0:
		sign = worstSign(p.Worst) + fmt.Sprint(p.Findings)
	case p.Done():
		sign = "✓"
	case p.Answered > 0:
		sign = ""
	}
	count := fmt.Sprintf("%d/%d", p.Answered, p.Stops)
	if len(count)+1+utf8.RuneCountInString(sign) > room {
		if sign == "" {
			return fmt.Sprint(p.Answered)
		}
		return sign
	}
	return strings.TrimSpace(count + " " + sign)
}

// worstSign stands for the highest severity of some findings.
func worstSign(l lens.Level) string {
	switch l {
	case lens.High:
		return "✗"
	case lens.Medium:
		return "!"
	}
	return "~"
}

func (m *model) heatStyle(p interview.Progress) lipgloss.Style {
	switch {
	case p.Stops == 0:
		return m.plain
	case p.Worst == lens.High:
		return m.heatHigh
	case p.Worst == lens.Medium:
		return m.heatMedium
	case p.Findings > 0:
		return m.heatLow
	case p.Done():
		return m.heatGood
	}
	return m.dim
}
