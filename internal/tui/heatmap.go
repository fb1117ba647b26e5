package tui

import (
	"fmt"
	"slices"
	"strings"

	"charm.land/lipgloss/v2"
	"github.com/iotlens/iotlens/internal/interview"
	"github.com/iotlens/iotlens/internal/lens"
)

// A cell is a place on the map.
type cell struct{ pillar, layer string }

// openMap shows the map. The arrows go from cell to cell; Enter lists what is in one.
func (m *model) openMap() {
	at := cell{m.pillar(), m.layer()}
	p := &pane{key: "m", hints: []string{"Enter open the cell", "Esc back", "←→↑↓ move"}}
	p.choose = func(row) { m.openCell(at, p) }
	p.more = func(key string) bool {
		to, line, ok := m.heatMove(at, key)
		switch {
		case ok && to == at: // at the edge, behind which the legend is
			p.from += map[string]int{"down": 1, "j": 1, "up": -1, "k": -1}[key]
		case ok:
			at = to
			p.from = max(min(p.from, line-1), line-p.room+1)
		}
		return ok
	}
	m.openText(p, func(w int) []string {
		p.title = m.longest(w-15, m.cellWords(at))
		return m.heat(m.pen, w, m.airyMap(), at)
	})
}

// airyMap tells whether the map has blank lines.
func (m *model) airyMap() bool { return m.height >= 30 }

// heatMove is the cell that an arrow leads to, and its line on the map; false for
// another key.
func (m *model) heatMove(at cell, key string) (to cell, line int, ok bool) {
	by, ok := map[string][2]int{"left": {-1, 0}, "h": {-1, 0}, "right": {1, 0}, "l": {1, 0}, "up": {0, -1}, "k": {0, -1}, "down": {0, 1}, "j": {0, 1}}[key]
	if !ok {
		return at, 0, false
	}
	pillars, layers := m.heatParts()
	step := func(areas []area, from cell, by int) (to cell, line int) {
		if len(areas) == 0 {
			return cell{}, 0
		}
		i := slices.IndexFunc(areas, func(a area) bool { return a.cell == from })
		i = min(max(i+by, 0), len(areas)-1)
		return areas[i].cell, i
	}
	if len(layers) == 0 { // one row for each pillar
		to, line = step(pillars, cell{pillar: at.pillar}, by[0]+by[1])
		return cell{to.pillar, at.layer}, line, true
	}
	column, _ := step(pillars, cell{pillar: at.pillar}, by[0])
	layer, line := step(layers, cell{layer: at.layer}, by[1])
	to = cell{column.pillar, layer.layer}
	if line++; m.airyMap() {
		line = 2*line - 1
	}
	return to, line, true
}

// cellWords are what is in a cell, as the title of the map, in fewer and fewer words.
func (m *model) cellWords(at cell) []string {
	const title = "Layers and pillars"
	if at.pillar == "" {
		return []string{title}
	}
	n := m.Walk.Part(at.pillar, at.layer)
	names := m.Lens.PillarName(at.pillar)
	if at.layer != "" {
		names = m.Lens.LayerName(at.layer) + ", " + names
	}
	short := fmt.Sprintf("%s: %d/%d", names, n.Answered, n.Stops)
	return []string{title + ": " + names + ": " + counted(n), title + ": " + short, short, m.shortCell(at)}
}

// shortCell is a cell in the short names of its row and column.
func (m *model) shortCell(at cell) string {
	pillars, layers := m.heatParts()
	var names []string
	for _, a := range slices.Concat(layers, pillars) {
		if a.cell == (cell{layer: at.layer}) || a.cell == (cell{pillar: at.pillar}) {
			names = append(names, a.name)
		}
	}
	return strings.Join(names, ", ")
}

// openCell lists the best practices of a cell; Enter goes to one, Esc back to the map.
func (m *model) openCell(at cell, back *pane) {
	m.open(&pane{
		title: m.longest(m.width-2, m.cellWords(at)), key: "m", back: back, hints: []string{"Enter go there", "Esc back to the map", "↑↓ choose"},
		empty: always("Nothing in scope is here."),
		rows: func(w int, _ string) []row {
			var rows []row
			for _, s := range m.Walk.PartStops(at.pillar, at.layer) {
				state, severity := m.look(m.pen, s), s.Practice.Severity
				word := fmt.Sprintf("%-22s ", state)
				if w < 60 {
					word = state.sign + " "
				}
				rows = append(rows, row{id: s.Practice.ID, text: []bit{
					{state.style, word},
					{m.level(severity), m.sign(severity) + " "},
					{m.strong, fmt.Sprintf("%-15s ", safe(s.Practice.ID))},
					{m.plain, safe(s.Practice.Title)},
				}})
			}
			return rows
		},
		choose: func(r row) {
			m.pane = nil
			m.jump(r.id)
		},
	})
}

// heatParts are the pillars and layers of the map: those in scope.
func (s *Session) heatParts() (pillars, layers []area) {
	return inScope(s.pillarAreas()), inScope(s.layerAreas())
}

// heat is the map of layers and pillars: a cell shows how much is answered and
// the findings, in a sign, in numbers and in a colour. A lens without layers has
// one row for each pillar. An airy map has a blank line between rows.
func (s *Session) heat(p pen, w int, airy bool, at cell) []string {
	pillars, layers := s.heatParts()
	var lines []string
	if len(pillars) == 0 || len(layers) == 0 {
		widest := 0
		for _, a := range pillars {
			widest = max(widest, p.width(a.name))
		}
		for _, a := range pillars {
			lead, style := "  ", p.heatStyle(a.Progress)
			if a.pillar == at.pillar && !p.words {
				lead, style = "> ", p.mark
			}
			lines = append(lines, p.fit(style.Render(lead+a.name+strings.Repeat(" ", widest-p.width(a.name)+2)+p.heatWords(a.Progress, 20)), w))
		}
		return lines
	}
	names := func(long bool) (names []string, widest int) {
		for _, y := range layers {
			if long {
				y.name = safe(y.title)
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
			n := s.Walk.Part(pillar.pillar, y.layer)
			style, lead := p.heatStyle(n), air
			if (cell{pillar.pillar, y.layer}) == at && !p.words {
				style, lead = p.mark, strings.Replace(air, " ", ">", 1)
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
	if out := s.outOfScope(); len(out) > 0 {
		c.text(p.dim, "", "Out of scope: "+strings.Join(out, ", ")+".")
	}
	return append(lines, c.lines...)
}

// outOfScope names the pillars and layers of which nothing is in scope.
func (s *Session) outOfScope() []string {
	var names []string
	for _, a := range slices.Concat(s.pillarAreas(), s.layerAreas()) {
		if a.Stops == 0 {
			names = append(names, a.title)
		}
	}
	return names
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
