package tui

import (
	"fmt"
	"strings"

	"charm.land/lipgloss/v2"
	"github.com/iotlens/iotlens/internal/interview"
	"github.com/iotlens/iotlens/internal/lens"
)

func (m *model) openMap() {
	m.openText(&pane{title: "Layers and pillars", key: "m"}, func(w int) []string { return m.heat(m.pen, w, m.height >= 24) })
}

// heat is the map of layers and pillars: a cell shows how much is answered and
// the findings, in a sign, in numbers and in a colour. A lens without layers has
// one row for each pillar. An airy map has a blank line between rows.
func (s *Session) heat(p pen, w int, airy bool) []string {
	pillars, layers := s.pillarParts(), s.layerParts()
	var lines []string
	if len(pillars) == 0 || len(layers) == 0 {
		for _, part := range pillars {
			lines = append(lines, p.fit(p.heatStyle(part.Progress).Render(fmt.Sprintf("%-8s %s", part.name, p.heatWords(part.Progress, 20))), w))
		}
		return lines
	}
	names := func(long bool) (names []string, widest int) {
		for i, y := range layers {
			if long {
				y.name = safe(s.Lens.Layers[i].Name)
			}
			names, widest = append(names, y.name), max(widest, p.width(y.name))
		}
		return names, widest
	}
	labels, widest := names(true)
	air := " "
	if w < widest+1+len(pillars)*10 && !p.words {
		air = ""
		labels, widest = names(false)
	}
	if p.words {
		air = ""
	}
	first := min(widest+1, w/3)
	width := max(min((w-first)/len(pillars), 16), 3)

	head := p.fit("", first)
	for _, pillar := range pillars {
		head += p.fit(p.strong.Render(p.method.Truncate(air+pillar.name, width-1, "")), width)
	}
	lines = append(lines, head)
	for i, y := range layers {
		line := p.fit(p.plain.Render(labels[i]), first)
		for _, pillar := range pillars {
			n := s.Walk.Part(pillar.id, y.id)
			style, lead := p.heatStyle(n), air
			if pillar.id == s.pillar() && y.id == s.layer() {
				style, lead = style.Bold(!p.words), strings.Replace(air, " ", ">", 1)
			}
			line += p.fitWith(style.Render(lead+p.heatWords(n, width-1-len(air))), width-1, style) + p.plain.Render(" ")
		}
		lines = append(lines, line)
		if airy {
			lines = append(lines, "")
		}
	}
	c := &sheet{pen: p, width: w}
	c.text(p.dim, "", fmt.Sprintf("Answered of all, then findings, with the highest severity: %s high, %s medium, %s low; ✓ all answered, no findings; . nothing answered. A best practice counts in each of its layers.", p.sign(lens.High), p.sign(lens.Medium), p.sign(lens.Low)))
	return append(lines, c.lines...)
}

func (p pen) heatWords(n interview.Progress, room int) string {
	sign := "."
	switch {
	case n.Stops == 0:
		return ""
	case n.Findings > 0:
		sign = p.sign(n.Worst) + fmt.Sprint(n.Findings)
	case n.Done():
		sign = "✓"
	case n.Answered > 0:
		sign = ""
	}
	words := fmt.Sprintf("%d/%d %s", n.Answered, n.Stops, sign)
	switch {
	case p.width(words) <= room:
		return strings.TrimSpace(words)
	case sign == "":
		return fmt.Sprint(n.Answered)
	}
	return sign
}

func (p pen) heatStyle(n interview.Progress) lipgloss.Style {
	switch {
	case n.Stops == 0:
		return p.plain
	case n.Worst == lens.High:
		return p.heatHigh
	case n.Worst == lens.Medium:
		return p.heatMedium
	case n.Findings > 0:
		return p.heatLow
	case n.Done():
		return p.heatGood
	}
	return p.dim
}
