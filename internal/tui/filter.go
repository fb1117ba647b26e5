package tui

import (
	"fmt"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"
	"github.com/iotlens/iotlens/internal/interview"
	"github.com/iotlens/iotlens/internal/lens"
	"github.com/iotlens/iotlens/internal/suggest"
	"github.com/iotlens/iotlens/internal/text"
)

// allWord is the filter that lets everything through.
const allWord = "all"

// A choice is one thing to which a walk can be narrowed.
type choice struct {
	group, id, name string
	has             func(interview.Filter) bool
	set             func(f *interview.Filter, on bool)
}

// choices lists what a walk over a lens can be narrowed to: besides the questions
// of the lens, of which only those that a filter names are listed.
func choices(l *lens.Lens, f interview.Filter) []choice {
	list := func(group, id, name string, at func(*interview.Filter) *[]string) choice {
		return choice{
			group, id, name,
			func(f interview.Filter) bool { return slices.Contains(*at(&f), id) },
			func(f *interview.Filter, on bool) {
				ids := slices.DeleteFunc(slices.Clone(*at(f)), func(other string) bool { return other == id })
				if on {
					ids = append(ids, id)
				}
				*at(f) = ids
			},
		}
	}
	var out []choice
	for _, w := range interview.Only("").Values() {
		out = append(out, choice{
			"Answers", w, w,
			func(f interview.Filter) bool { return string(f.Only) == w },
			func(f *interview.Filter, on bool) { f.Only = map[bool]interview.Only{true: interview.Only(w)}[on] },
		})
	}
	for _, w := range lens.Level("").Values() {
		out = append(out, choice{
			"Severity", w, w,
			func(f interview.Filter) bool { return string(f.Severity) == w },
			func(f *interview.Filter, on bool) { f.Severity = map[bool]lens.Level{true: lens.Level(w)}[on] },
		})
	}
	for _, p := range l.Pillars {
		out = append(out, list("Pillars", p.ID, p.Name, func(f *interview.Filter) *[]string { return &f.Scope.Pillars }))
	}
	for _, y := range l.Layers {
		out = append(out, list("Layers", y.ID, y.Name, func(f *interview.Filter) *[]string { return &f.Scope.Layers }))
	}
	for _, s := range l.Scenarios {
		out = append(out, list("Scenarios", s.ID, s.Name, func(f *interview.Filter) *[]string { return &f.Scope.Scenarios }))
	}
	for _, id := range f.Scope.Questions {
		out = append(out, list("Questions", id, id, func(f *interview.Filter) *[]string { return &f.Scope.Questions }))
	}
	return out
}

// openFilter shows what the walk can be narrowed to. Nothing changes before Enter.
func (m *model) openFilter() {
	f := m.Walk.Filter()
	all := choices(m.Lens, f)
	m.openList(&list{
		title: "Walk only through:", hints: []string{"Space choose", "Enter walk", "Esc as it was", "↑↓ move"},
		empty: "There is nothing to choose from.",
		rows: func(string) []row {
			rows := []row{m.choiceRow(allWord, allWord, "everything in scope", f.Empty())}
			group := ""
			for _, c := range all {
				if c.group != group {
					group = c.group
					rows = append(rows, row{text: []bit{{m.strong, group}}})
				}
				rows = append(rows, m.choiceRow(c.group, c.id, c.name, c.has(f)))
			}
			return rows
		},
		toggle: func(r row) {
			if r.kind == allWord {
				f = interview.Filter{}
			}
			for _, c := range all {
				if c.group == r.kind && c.id == r.id {
					c.set(&f, !c.has(f))
				}
			}
		},
		choose: func(row) tea.Cmd {
			if m.narrow(f) {
				m.view = viewQuestion
			}
			return nil
		},
	})
}

func (m *model) choiceRow(kind, id, name string, chosen bool) row {
	box, style := "[ ] ", m.plain
	if chosen {
		box, style = "[x] ", m.accent
	}
	return row{id: id, kind: kind, text: []bit{{style, box + safe(name)}}}
}

// narrow narrows the walk, unless nothing would be left of it; it tells whether it
// did.
func (s *Session) narrow(f interview.Filter) bool {
	before := s.Walk.Filter()
	s.Walk.Refilter(f)
	if len(s.Walk.Stops()) == 0 {
		s.Walk.Refilter(before)
		s.notify("Nothing matches that; the filter stays as it was.")
		return false
	}
	s.notify("%s to walk through: %s.", text.Count(len(s.Walk.Stops()), "best practice"), s.filterWords())
	return true
}

// filterWords say what the walk is narrowed to.
func (s *Session) filterWords() string {
	if words := s.Walk.Filter().Words(s.Lens); words != "" {
		return words
	}
	return "everything"
}

// parseFilter makes a filter of words, with blanks or commas between them.
func parseFilter(l *lens.Lens, words string) (interview.Filter, error) {
	var f interview.Filter
	all := choices(l, f)
	for _, w := range strings.FieldsFunc(strings.ToLower(words), func(r rune) bool { return r == ',' || r == ' ' }) {
		i := slices.IndexFunc(all, func(c choice) bool { return c.id == w })
		q, isQuestion := l.Question(w)
		switch {
		case w == allWord:
		case i >= 0:
			all[i].set(&f, true)
		case isQuestion:
			f.Scope.Questions = append(f.Scope.Questions, q.ID)
		default:
			return f, fmt.Errorf("unknown filter word %q%s", text.Clean(w, false), suggest.DidYouMean(w, append(choiceIDs(all), allWord)))
		}
	}
	return f, nil
}

func choiceIDs(all []choice) []string {
	ids := make([]string, len(all))
	for i, c := range all {
		ids[i] = c.id
	}
	return ids
}
