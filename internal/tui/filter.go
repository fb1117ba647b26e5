package tui

import (
	"slices"

	tea "charm.land/bubbletea/v2"
	"github.com/iotlens/iotlens/internal/interview"
	"github.com/iotlens/iotlens/internal/lens"
	"github.com/iotlens/iotlens/internal/text"
)

// openFilter shows what the walk can be narrowed to. Nothing changes before Enter.
func (m *model) openFilter() {
	f := m.walk.Filter()
	m.openList(&list{
		title: "Walk only through:", hints: []string{"Space choose", "Enter walk", "Esc as it was", "↑↓ move"},
		empty: "There is nothing to choose from.",
		rows:  func(string) []row { return m.filterRows(f) },
		toggle: func(r row) {
			f = toggled(f, r)
		},
		choose: func(row) tea.Cmd {
			m.refilter(f)
			return nil
		},
	})
}

// refilter narrows the walk, unless nothing would be left of it.
func (m *model) refilter(f interview.Filter) {
	before := m.walk.Filter()
	m.walk.Refilter(f)
	if len(m.walk.Stops()) == 0 {
		m.walk.Refilter(before)
		m.tell("No best practice matches this; the walk is as it was.")
		return
	}
	m.view = viewQuestion
	m.tell("%s to walk through: %s.", text.Count(len(m.walk.Stops()), "best practice"), filterText(f, m.Lens))
}

// The kinds of row of the filter.
const (
	rowAll      = "all"
	rowOnly     = "only"
	rowSeverity = "severity"
	rowPillar   = "pillar"
	rowLayer    = "layer"
	rowScenario = "scenario"
)

func (m *model) filterRows(f interview.Filter) []row {
	rows := []row{m.choice(rowAll, rowAll, "everything in scope", f.Empty())}
	head := func(title string, n int) {
		if n > 0 {
			rows = append(rows, row{text: []bit{{m.strong, title}}})
		}
	}
	head("Answers", 1)
	for _, only := range interview.Only("").Values() {
		rows = append(rows, m.choice(rowOnly, only, only, string(f.Only) == only))
	}
	head("Severity", 1)
	for _, level := range lens.Level("").Values() {
		rows = append(rows, m.choice(rowSeverity, level, level, string(f.Severity) == level))
	}
	head("Pillars", len(m.Lens.Pillars))
	for _, p := range m.Lens.Pillars {
		rows = append(rows, m.choice(rowPillar, p.ID, p.Name, slices.Contains(f.Scope.Pillars, p.ID)))
	}
	head("Layers", len(m.Lens.Layers))
	for _, y := range m.Lens.Layers {
		rows = append(rows, m.choice(rowLayer, y.ID, y.Name, slices.Contains(f.Scope.Layers, y.ID)))
	}
	head("Scenarios", len(m.Lens.Scenarios))
	for _, s := range m.Lens.Scenarios {
		rows = append(rows, m.choice(rowScenario, s.ID, s.Name, slices.Contains(f.Scope.Scenarios, s.ID)))
	}
	if n := len(f.Scope.Questions); n > 0 {
		head("Questions", n)
		for _, id := range f.Scope.Questions {
			rows = append(rows, m.choice("question", id, id, true))
		}
	}
	return rows
}

func (m *model) choice(kind, id, name string, chosen bool) row {
	box, style := "[ ] ", m.plain
	if chosen {
		box, style = "[x] ", m.accent
	}
	return row{id: id, kind: kind, text: []bit{{style, box + safe(name)}}}
}

// toggled is a filter with one row chosen, or no longer chosen.
func toggled(f interview.Filter, r row) interview.Filter {
	flip := func(list []string) []string {
		if i := slices.Index(list, r.id); i >= 0 {
			return slices.Delete(slices.Clone(list), i, i+1)
		}
		return append(slices.Clone(list), r.id)
	}
	switch r.kind {
	case rowAll:
		return interview.Filter{}
	case rowOnly:
		if f.Only == interview.Only(r.id) {
			f.Only = interview.Everything
		} else {
			f.Only = interview.Only(r.id)
		}
	case rowSeverity:
		if f.Severity == lens.Level(r.id) {
			f.Severity = ""
		} else {
			f.Severity = lens.Level(r.id)
		}
	case rowPillar:
		f.Scope.Pillars = flip(f.Scope.Pillars)
	case rowLayer:
		f.Scope.Layers = flip(f.Scope.Layers)
	case rowScenario:
		f.Scope.Scenarios = flip(f.Scope.Scenarios)
	default:
		f.Scope.Questions = flip(f.Scope.Questions)
	}
	return f
}
