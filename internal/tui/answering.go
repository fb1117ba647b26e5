package tui

import (
	"errors"

	tea "charm.land/bubbletea/v2"
	"github.com/iotlens/iotlens/internal/review"
)

// statusKeys are the statuses that a key gives without asking.
var statusKeys = map[action]review.Status{
	actStatus1: review.Implemented, actStatus2: review.PartiallyImplemented, actStatus3: review.NotImplemented,
	actStatus5: review.CannotDetermine,
}

// answer gives the current best practice a status. It stays there, so that the
// room sees what was recorded.
func (m *model) answer(status review.Status, reason string) tea.Cmd {
	return m.put(m.walk.Set, status, reason)
}

// cycle takes the next status that needs no words.
func (m *model) cycle() tea.Cmd {
	a, _ := m.walk.Answer()
	next := review.Implemented
	switch a.Status {
	case review.Implemented:
		next = review.PartiallyImplemented
	case review.PartiallyImplemented:
		next = review.NotImplemented
	case review.NotImplemented:
		next = review.CannotDetermine
	}
	return m.put(m.walk.Amend, next, "")
}

func (m *model) put(set func(review.Answer) error, status review.Status, reason string) tea.Cmd {
	s, ok := m.walk.Current()
	if !ok {
		return nil
	}
	a, answered := m.walk.Answer()
	if !answered || a.By == review.ByProfile {
		a, _ = m.waiting.of(s.Practice.ID)
	}
	a.Status, a.Reason = status, reason
	if err := set(a); err != nil {
		m.tell("%v", err)
		return nil
	}
	m.waiting.drop(s.Practice.ID)
	return m.changed()
}

// excuse asks why the best practice doesn't apply.
func (m *model) excuse() tea.Cmd {
	if _, ok := m.walk.Current(); !ok {
		return nil
	}
	a, _ := m.walk.Answer()
	m.ask("why does it not apply", a.Reason, false, func(text string) (tea.Cmd, error) {
		if text == "" {
			return nil, errors.New("not applicable needs a reason; Esc leaves it as it was")
		}
		return m.answer(review.NotApplicable, text), nil
	})
	return nil
}

// field asks for note, owner, evidence or due: of the answer, or of the one to
// come.
func (m *model) field(act action) tea.Cmd {
	s, ok := m.walk.Current()
	if !ok {
		return nil
	}
	a, answered := m.walk.Answer()
	if !answered {
		a, _ = m.waiting.of(s.Practice.ID)
	}
	set := func(change func(*review.Answer)) (tea.Cmd, error) { return m.setField(s.Practice.ID, change) }
	switch act {
	case actNote:
		done := func(text string) (tea.Cmd, error) { return set(func(a *review.Answer) { a.Note = text }) }
		if !oneLine(a.Note) {
			return m.edit(a.Note, done)
		}
		m.ask("note", a.Note, true, done)
	case actOwner:
		m.ask("owner", a.Owner, false, func(text string) (tea.Cmd, error) {
			return set(func(a *review.Answer) { a.Owner = text })
		})
	case actEvidence:
		m.ask("evidence", "", false, func(text string) (tea.Cmd, error) {
			return set(func(a *review.Answer) {
				if text != "" {
					a.Evidence = append(append([]string(nil), a.Evidence...), text)
				}
			})
		})
	case actDue:
		m.ask("due (YYYY-MM-DD)", a.Due, false, func(text string) (tea.Cmd, error) {
			if text != "" {
				if err := review.CheckDate(text, false); err != nil {
					return nil, err
				}
			}
			return set(func(a *review.Answer) { a.Due = text })
		})
	}
	return nil
}

// setField changes the answer of the best practice at which the text was asked
// for; where it has no status yet, the text waits for one.
func (m *model) setField(id string, change func(*review.Answer)) (tea.Cmd, error) {
	a, answered := m.walk.Answer()
	if !answered {
		a, _ = m.waiting.of(id)
	}
	before := a
	change(&a)
	switch {
	case a.Same(before):
		m.tell("Left as it was.")
		return nil, nil
	case !answered:
		m.waiting.put(id, a)
		m.warned = false
		m.tell("Kept for this answer, and saved with it: 1 to 5.")
		return nil, nil
	}
	if err := m.walk.Set(a); err != nil {
		return nil, err
	}
	return m.changed(), nil
}

// park asks for a topic to set aside, and for who takes it up.
func (m *model) park() {
	m.ask("topic to park", "", false, func(text string) (tea.Cmd, error) {
		if text == "" {
			m.tell("Nothing was parked.")
			return nil, nil
		}
		topic := review.Topic{Topic: text}
		if err := m.walk.Park(topic); err != nil {
			return nil, err
		}
		m.ask("parked; who takes it up (Enter: nobody yet)", "", false, func(owner string) (tea.Cmd, error) {
			m.tell("Parked: %s", safe(text))
			if topic.Owner = owner; owner == "" {
				return nil, nil
			}
			if err := m.walk.Repark(len(m.review.Parked)-1, topic); err != nil {
				return nil, err
			}
			return m.changed(), nil
		})
		return m.changed(), nil
	})
}
