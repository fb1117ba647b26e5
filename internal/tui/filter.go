package tui

import (
	"fmt"
	"slices"
	"strings"

	"github.com/iotlens/iotlens/internal/interview"
	"github.com/iotlens/iotlens/internal/lens"
	"github.com/iotlens/iotlens/internal/review"
	"github.com/iotlens/iotlens/internal/suggest"
	"github.com/iotlens/iotlens/internal/text"
)

// allWord is the word for no filter.
const allWord = "all"

// ownerGroup is the group of the owners among the filter choices.
const ownerGroup = "Owner"

// A filterChoice is one value of a filter: of a field with one value, word, or of a list.
type filterChoice struct {
	group, id, name string
	word            func(*interview.Filter) *string
	list            func(*interview.Filter) *[]string
}

func (choice filterChoice) has(f interview.Filter) bool {
	if choice.word != nil {
		return *choice.word(&f) == choice.id
	}
	return slices.Contains(*choice.list(&f), choice.id)
}

// set adds the choice to a filter or removes it.
func (choice filterChoice) set(f *interview.Filter, chosen bool) {
	word := ""
	var list []string
	if chosen {
		word, list = choice.id, []string{choice.id}
	}
	if choice.word != nil {
		*choice.word(f) = word
		return
	}
	others := slices.DeleteFunc(slices.Clone(*choice.list(f)), func(id string) bool { return id == choice.id })
	*choice.list(f) = slices.Concat(others, list)
}

// filterChoices lists the values of a filter. Of dimensions without a flag, such as
// questions, it lists only those that the filter f has already.
func filterChoices(l *lens.Lens, r *review.Review, f interview.Filter) []filterChoice {
	var out []filterChoice
	add := func(group string, words []string, word func(*interview.Filter) *string) {
		for _, w := range words {
			out = append(out, filterChoice{group: group, id: w, name: w, word: word})
		}
	}
	add("Answers", interview.AnswerFilter("").Values(), func(f *interview.Filter) *string { return (*string)(&f.Only) })
	add("Severity", lens.Level("").Values(), func(f *interview.Filter) *string { return (*string)(&f.Severity) })
	add(ownerGroup, r.Owners(), func(f *interview.Filter) *string { return &f.Owner })
	for _, d := range review.Dimensions() {
		ids := d.KnownIDs(l)
		if !d.HasFlag {
			ids = d.IDs(f.Scope)
		}
		for _, id := range ids {
			out = append(out, filterChoice{
				group: capitalise(d.Key), id: id, name: d.Title(l, id),
				list: func(f *interview.Filter) *[]string { return d.Field(&f.Scope) },
			})
		}
	}
	return out
}

// openFilter opens the filter choices. Nothing changes before Enter.
func (m *model) openFilter() {
	f := m.Walk.Filter()
	all := filterChoices(m.Lens, m.Walk.Review(), f)
	m.open(&pane{
		title: "Walk only through:", hints: []string{"Space choose", "Enter walk", "Esc cancel", "↑↓ move"},
		emptyText: fixedText("There is nothing to choose from."),
		rows: func(int, string) []row {
			rows := []row{m.checkboxRow(allWord, allWord, "everything in scope", f.Empty())}
			group := ""
			for _, choice := range all {
				if choice.group != group {
					group = choice.group
					rows = append(rows, row{spans: []span{{m.strong, group}}})
				}
				rows = append(rows, m.checkboxRow(choice.group, choice.id, choice.name, choice.has(f)))
			}
			return rows
		},
		toggle: func(r row) {
			if r.kind == allWord {
				f = interview.Filter{}
			}
			for _, choice := range all {
				if choice.group == r.kind && choice.id == r.id {
					choice.set(&f, !choice.has(f))
				}
			}
		},
		choose: func(row) {
			if m.setFilter(f) {
				m.pane = nil
			}
		},
	})
}

func (m *model) checkboxRow(kind, id, name string, chosen bool) row {
	box, style := "[ ] ", m.plain
	if chosen {
		box, style = "[x] ", m.accent
	}
	return row{id: id, kind: kind, spans: []span{{style, box + safe(name)}}}
}

// setFilter narrows the walk, unless nothing would be left of it. It reports whether it
// did.
func (s *Session) setFilter(f interview.Filter) bool {
	before, planned := s.Walk.Filter(), s.Walk.FollowsPlan()
	if planned {
		s.Walk.LeavePlan()
	}
	s.Walk.SetFilter(f)
	empty := len(s.Walk.Stops()) == 0
	if empty {
		s.Walk.SetFilter(before)
		s.notify("Nothing matches that; the filter stays as it was.")
	}
	if planned {
		s.Walk.FollowAgenda(s.agenda())
	}
	if empty {
		return false
	}
	s.notify("%s to walk through: %s.", text.Count(len(s.Walk.Stops()), "best practice"), s.filterText())
	return true
}

// filterText names the filter of the walk.
func (s *Session) filterText() string {
	if words := s.Walk.Filter().Words(s.Lens); words != "" {
		return words
	}
	return "everything"
}

// parseFilter parses a filter of words that are separated by blanks or commas. The name of
// an owner may have blanks.
func parseFilter(l *lens.Lens, r *review.Review, words string) (interview.Filter, error) {
	var f interview.Filter
	all := filterChoices(l, r, f)
	spaced := func(s string) string { return " " + review.PersonKey(strings.ReplaceAll(s, ",", " ")) + " " }
	words = spaced(words)
	isWord := func(s string) bool {
		return slices.ContainsFunc(all, func(choice filterChoice) bool { return choice.group != ownerGroup && choice.id == s })
	}
	for _, choice := range all {
		if choice.group == ownerGroup && len(choice.id) > len(f.Owner) && strings.Contains(words, spaced(choice.id)) && !isWord(review.PersonKey(choice.id)) {
			f.Owner = choice.id // the longest match: Ana Ruiz rather than Ana
		}
	}
	if f.Owner != "" {
		words = strings.Replace(words, spaced(f.Owner), " ", 1)
	}
	for w := range strings.FieldsSeq(words) {
		i := slices.IndexFunc(all, func(choice filterChoice) bool { return choice.id == w && choice.group != ownerGroup })
		q, isQuestion := l.Question(w)
		switch {
		case w == allWord:
		case i >= 0:
			all[i].set(&f, true)
		case isQuestion:
			f.Scope.Questions = append(f.Scope.Questions, q.ID)
		default:
			return f, fmt.Errorf("unknown filter word %q%s", text.Clean(w, false), suggest.DidYouMean(w, append(filterChoiceIDs(all), allWord)))
		}
	}
	return f, nil
}

func filterChoiceIDs(all []filterChoice) []string {
	ids := make([]string, len(all))
	for i, choice := range all {
		ids[i] = choice.id
	}
	return ids
}
