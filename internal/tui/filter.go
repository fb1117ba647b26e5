package tui

import (
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"
	"github.com/iotlens/iotlens/internal/interview"
	"github.com/iotlens/iotlens/internal/lens"
	"github.com/iotlens/iotlens/internal/review"
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
	rowSeverity = "severity" // the others are named as the dimensions of a scope
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
	for _, d := range review.Dimensions() {
		ids := d.Known(m.Lens)
		if !d.Flag { // too many to choose from: only what is chosen, to take it away
			ids = d.IDs(f.Scope)
		}
		head(strings.ToUpper(d.Key[:1])+d.Key[1:], len(ids))
		for _, id := range ids {
			rows = append(rows, m.choice(d.Name, id, d.Title(m.Lens, id), slices.Contains(d.IDs(f.Scope), id)))
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
	default:
		f.Scope = f.Scope.Clone()
		for _, d := range review.Dimensions() {
			if d.Name == r.kind {
				list := d.Of(&f.Scope)
				*list = flip(*list)
			}
		}
	}
	return f
}
