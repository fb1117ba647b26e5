package tui

import (
	"errors"
	"slices"

	tea "charm.land/bubbletea/v2"
	"github.com/iotlens/iotlens/internal/interview"
	"github.com/iotlens/iotlens/internal/review"
)

// answer gives the current best practice a status by set, which is Set or Amend of
// the walk. It stays there, so that the room sees what was recorded.
func (m *model) answer(set func(review.Answer) error, status review.Status, reason string) tea.Cmd {
	if err := m.setStatus(set, status, reason, ""); err != nil {
		m.tell("%v", err)
		return nil
	}
	return m.changed()
}

// cycle takes the next status that needs no words.
func (m *model) cycle() tea.Cmd {
	a, _ := m.Walk.Answer()
	order := []review.Status{review.Implemented, review.PartiallyImplemented, review.NotImplemented, review.CannotDetermine}
	return m.answer(m.Walk.Amend, order[(slices.Index(order, a.Status)+1)%len(order)], "")
}

// askReason asks why the best practice doesn't apply.
func (m *model) askReason(interview.Stop) {
	a, _ := m.Walk.Answer()
	m.ask("why does it not apply", a.Reason, func(text string) (tea.Cmd, error) {
		if text == "" {
			return nil, errors.New("not applicable needs a reason; Esc leaves it as it was")
		}
		return m.answer(m.Walk.Set, review.NotApplicable, text), nil
	})
}

// askDetail asks for a detail of the answer, or of the one to come.
func (m *model) askDetail(d detail) {
	_, a, _ := m.draft()
	done := func(text string) (tea.Cmd, error) {
		if d == detailEvidence && text == "" {
			return nil, nil
		}
		changed, err := m.setDetail(d, text)
		if err != nil {
			return nil, err
		}
		return m.changedIf(changed), nil
	}
	switch d {
	case detailNote:
		m.askText(string(d), a.Note, done)
	case detailOwner:
		m.askName(string(d), a.Owner, done)
	case detailDue:
		m.ask(string(d), a.Due, done)
	default:
		m.ask(string(d), "", done)
	}
}

// What is asked for a topic.
const (
	askTopic      = "topic to park"
	askTopicOwner = "who takes it up (Enter: nobody yet)"
)

// park asks for a topic to set aside, and for who takes it up.
func (m *model) park() {
	m.ask(askTopic, "", func(text string) (tea.Cmd, error) {
		if text == "" {
			m.tell("Nothing was parked.")
			return nil, nil
		}
		topic := review.Topic{Topic: text}
		if err := m.Walk.Park(topic); err != nil {
			return nil, err
		}
		m.askName(askTopicOwner, "", func(owner string) (tea.Cmd, error) {
			m.tell("Parked: %s", safe(text))
			if topic.Owner = owner; owner == "" {
				return nil, nil
			}
			if err := m.Walk.Repark(len(m.review.Parked)-1, topic); err != nil {
				return nil, err
			}
			return m.changed(), nil
		})
		return m.changed(), nil
	})
}
