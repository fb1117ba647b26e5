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
	m.open(pager{title: "Layers and pillars", key: "m", set: func(w int) []string { return m.heat(m.pen, w, m.height >= 24) }})
}

// heat is the map of layers and pillars: a cell says how much is answered and
// what was found there, in a sign, in numbers and in a colour. A lens without
// layers has one row for each pillar. An airy map has a blank line between rows.
func (s *Session) heat(p pen, w int, airy bool) []string {
	cells := s.Walk.Map()
	if len(cells) == 0 {
		return s.pillarRows(p, w)
	}
	pillars := s.pillarNames()
	name := 0
	for _, y := range s.Lens.Layers {
		name = max(name, p.width(safe(y.Name)))
	}
	long := p.words || w >= name+1+len(pillars)*10
	if !long {
		name = 0
		for _, n := range s.layerNames() {
			name = max(name, p.width(n))
		}
	}
	name = min(name+1, w/3)
	width := max(min((w-name)/max(len(pillars), 1), 16), 3)
	air := ""
	if long && !p.words {
		air = " "
	}

	var lines []string
	head := p.fit("", name)
	for _, title := range pillars {
		head += p.fit(p.strong.Render(p.method.Truncate(air+title, width-1, "")), width)
	}
	lines = append(lines, head)
	short := s.layerNames()
	for i, y := range s.Lens.Layers {
		label := short[i]
		if long {
			label = safe(y.Name)
		}
		line := p.fit(p.plain.Render(label), name)
		for j := range pillars {
			c := cells[i*len(pillars)+j]
			style := p.heatStyle(c.Progress)
			lead := air
			if c.Pillar == s.pillar() && c.Layer == s.layer() {
				style, lead = style.Bold(!p.words), strings.Replace(air, " ", ">", 1)
			}
			line += p.fitWith(style.Render(lead+p.heatWords(c.Progress, width-1-len(air))), width-1, style) + p.plain.Render(" ")
		}
		lines = append(lines, line)
		if airy {
			lines = append(lines, "")
		}
	}
	c := &sheet{pen: p, width: w}
	c.text(p.dim, "", fmt.Sprintf("Answered of all, then findings, with the highest severity: %s high, %s medium, %s low; ✓ all answered, nothing found; . nothing answered. A best practice counts in each of its layers.", p.sign(lens.High), p.sign(lens.Medium), p.sign(lens.Low)))
	return append(lines, c.lines...)
}

// pillarRows is the map of a lens without layers.
func (s *Session) pillarRows(p pen, w int) []string {
	var lines []string
	names := s.pillarNames()
	for i, part := range s.Walk.Pillars() {
		lines = append(lines, p.fit(p.heatStyle(part.Progress).Render(fmt.Sprintf("%-8s %s", names[i], p.heatWords(part.Progress, 20))), w))
	}
	return lines
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
	count := fmt.Sprintf("%d/%d", n.Answered, n.Stops)
	if len(count)+1+utf8.RuneCountInString(sign) > room {
		if sign == "" {
			return fmt.Sprint(n.Answered)
		}
		return sign
	}
	return strings.TrimSpace(count + " " + sign)
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
