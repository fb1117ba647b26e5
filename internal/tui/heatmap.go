package tui

import (
	"fmt"
	"slices"
	"strings"

	"charm.land/lipgloss/v2"
	"github.com/iotlens/iotlens/internal/interview"
	"github.com/iotlens/iotlens/internal/lens"
)

// A cell is a field of the map. Without a layer it stands for a pillar, and vice versa.
type cell struct{ pillar, layer string }

// openMap opens the map. The arrows move from cell to cell; Enter opens one.
func (m *model) openMap() {
	at := m.currentCell()
	p := &pane{key: "m", hints: []string{"Enter open the cell", "Esc back", "←→↑↓ move"}}
	p.choose = func(row) { m.openCell(at, p) }
	p.extraKey = func(key string) bool {
		to, line, ok := m.moveCell(at, key)
		switch {
		case ok && to == at: // at the edge: scroll to the legend
			p.top += map[string]int{"down": 1, "j": 1, "up": -1, "k": -1}[key]
		case ok:
			at = to
			p.top = max(min(p.top, line-1), line-p.height+1)
		}
		return ok
	}
	m.openText(p, func(w int) []string {
		p.title = m.firstFitting(w-15, m.cellTexts(at))
		return m.heatmapLines(m.renderer, w, m.spaciousMap(), at)
	})
}

// spaciousMap reports whether the map has room for blank lines.
func (m *model) spaciousMap() bool { return m.height >= 30 }

// moveCell returns the cell that an arrow key leads to, and its line on the map; false for
// other keys.
func (m *model) moveCell(at cell, key string) (to cell, line int, ok bool) {
	by, ok := map[string][2]int{"left": {-1, 0}, "h": {-1, 0}, "right": {1, 0}, "l": {1, 0}, "up": {0, -1}, "k": {0, -1}, "down": {0, 1}, "j": {0, 1}}[key]
	if !ok {
		return at, 0, false
	}
	pillars, layers := m.areasInScope()
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
	if line++; m.spaciousMap() {
		line = 2*line - 1
	}
	return to, line, true
}

// cellTexts describes a cell for the title of the map, the longest text first.
func (m *model) cellTexts(at cell) []string {
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
	return []string{title + ": " + names + ": " + progressText(n), title + ": " + short, short, m.cellShortName(at)}
}

// cellShortName is the short names of the layer and the pillar of a cell.
func (m *model) cellShortName(at cell) string {
	pillars, layers := m.areasInScope()
	var names []string
	for _, a := range slices.Concat(layers, pillars) {
		if a.cell == (cell{layer: at.layer}) || a.cell == (cell{pillar: at.pillar}) {
			names = append(names, a.name)
		}
	}
	return strings.Join(names, ", ")
}

// openCell opens the best practices of a cell; Enter goes to one, Esc back to the map.
func (m *model) openCell(at cell, back *pane) {
	m.open(&pane{
		title: m.firstFitting(m.width-2, m.cellTexts(at)), key: "m", parent: back, hints: []string{"Enter go there", "Esc back to the map", "↑↓ choose"},
		emptyText: fixedText("Nothing in scope is here."),
		rows: func(w int, _ string) []row {
			var rows []row
			for _, s := range m.Walk.PartStops(at.pillar, at.layer) {
				state, severity := m.stopLabel(m.renderer, s), s.Practice.Severity
				word := fmt.Sprintf("%-22s ", state)
				if w < 60 {
					word = state.sign + " "
				}
				rows = append(rows, row{id: s.Practice.ID, spans: []span{
					{state.style, word},
					{m.severityStyle(severity), m.severitySign(severity) + " "},
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

// areasInScope returns the pillars and layers that have something in scope.
func (s *Session) areasInScope() (pillars, layers []area) {
	return inScope(s.pillarAreas()), inScope(s.layerAreas())
}

// heatmapLines renders the map of layers and pillars. A cell shows how much is answered and
// the findings, as a sign, as numbers and as a colour. A lens without layers has one row for
// each pillar. An airy map has blank lines between rows.
func (s *Session) heatmapLines(r renderer, w int, airy bool, at cell) []string {
	pillars, layers := s.areasInScope()
	var lines []string
	if len(pillars) == 0 || len(layers) == 0 {
		widest := 0
		for _, a := range pillars {
			widest = max(widest, r.textWidth(a.name))
		}
		for _, a := range pillars {
			lead, style := "  ", r.cellStyle(a.Progress)
			if a.pillar == at.pillar && !r.noSigns {
				lead, style = "> ", r.mark
			}
			lines = append(lines, r.fit(style.Render(lead+a.name+strings.Repeat(" ", widest-r.textWidth(a.name)+2)+r.cellText(a.Progress, 20)), w))
		}
		return lines
	}
	names := func(long bool) (names []string, widest int) {
		for _, y := range layers {
			if long {
				y.name = safe(y.title)
			}
			names, widest = append(names, y.name), max(widest, r.textWidth(y.name))
		}
		return names, widest
	}
	labels, widest := names(true)
	air := " "
	if w < widest+1+len(pillars)*10 && !r.noSigns {
		air = ""
		labels, widest = names(false)
	}
	if r.noSigns {
		air = ""
	}
	first := min(widest+1, w/3)
	width := max(min((w-first)/len(pillars), 16), 3)

	head := r.fit("", first)
	for _, pillar := range pillars {
		head += r.fit(r.strong.Render(r.method.Truncate(air+pillar.name, width-1, "")), width)
	}
	lines = append(lines, head)
	for i, y := range layers {
		line := r.fit(r.plain.Render(labels[i]), first)
		for _, pillar := range pillars {
			n := s.Walk.Part(pillar.pillar, y.layer)
			style, lead := r.cellStyle(n), air
			if (cell{pillar.pillar, y.layer}) == at && !r.noSigns {
				style, lead = r.mark, strings.Replace(air, " ", ">", 1)
			}
			line += r.fitStyled(style.Render(lead+r.cellText(n, width-1-len(air))), width-1, style) + r.plain.Render(" ")
		}
		lines = append(lines, line)
		if airy {
			lines = append(lines, "")
		}
	}
	t := &styledText{renderer: r, width: w}
	t.text(r.dim, "", fmt.Sprintf("Answered of all, then findings, with the highest severity: %s high, %s medium, %s low; ✓ all answered, no findings; . nothing answered. A best practice counts in each of its layers.", r.severitySign(lens.High), r.severitySign(lens.Medium), r.severitySign(lens.Low)))
	if out := s.outOfScope(); len(out) > 0 {
		t.text(r.dim, "", "Out of scope: "+strings.Join(out, ", ")+".")
	}
	return append(lines, t.lines...)
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

func (r renderer) cellText(n interview.Progress, room int) string {
	sign := "."
	switch {
	case n.Stops == 0:
		return ""
	case n.Findings > 0:
		sign = r.severitySign(n.Worst) + fmt.Sprint(n.Findings)
	case n.Done():
		sign = "✓"
	case n.Answered > 0:
		sign = ""
	}
	words := fmt.Sprintf("%d/%d %s", n.Answered, n.Stops, sign)
	switch {
	case r.textWidth(words) <= room:
		return strings.TrimSpace(words)
	case sign == "":
		return fmt.Sprint(n.Answered)
	}
	return sign
}

func (r renderer) cellStyle(n interview.Progress) lipgloss.Style {
	switch {
	case n.Stops == 0:
		return r.plain
	case n.Worst == lens.High:
		return r.heatHigh
	case n.Worst == lens.Medium:
		return r.heatMedium
	case n.Findings > 0:
		return r.heatLow
	case n.Done():
		return r.heatGood
	}
	return r.dim
}
