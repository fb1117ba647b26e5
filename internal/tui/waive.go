package tui

import (
	"errors"

	tea "charm.land/bubbletea/v2"
	"github.com/iotlens/iotlens/internal/review"
)

// waive asks for what a waiver needs, one thing after the other. Where the best
// practice has a waiver, that one is changed; no owner takes it away.
func (m *model) waive() {
	s, ok := m.walk.Current()
	if !ok {
		return
	}
	if a, _ := m.walk.Answer(); !a.Finding() {
		m.tell("%s is no finding, so there is nothing to waive.", s.Practice.ID)
		return
	}
	v, _, there := m.review.Waiver(s.Practice.ID)
	first := "waive 1 of 5: who carries the risk"
	if there {
		first += " (empty: end the waiver)"
	}
	steps := []struct {
		label string
		at    *string
		may   bool // be empty
	}{
		{first, &v.Owner, there},
		{"2 of 5: who approved it", &v.Approver, false},
		{"3 of 5: why it is accepted", &v.Reason, false},
		{"4 of 5: what compensates for it (Enter: nothing)", &v.Control, true},
		{"5 of 5: the day on which it ends (YYYY-MM-DD)", &v.Expires, false},
	}
	var from func(i int)
	from = func(i int) {
		step := steps[i]
		m.ask(step.label, *step.at, false, func(text string) (tea.Cmd, error) {
			switch {
			case text == "" && there && i == 0:
				return m.unwaive()
			case text == "" && !step.may:
				return nil, errors.New("a waiver needs this; Esc gives none")
			}
			*step.at = text
			if i+1 < len(steps) {
				from(i + 1)
				return nil, nil
			}
			return m.accept(v)
		})
	}
	from(0)
}

func (m *model) accept(v review.Waiver) (tea.Cmd, error) {
	if err := m.walk.Waive(v); err != nil {
		return nil, err
	}
	m.tell("Waived until %s; the reports keep showing it.", safe(v.Expires))
	return m.changed(), nil
}

func (m *model) unwaive() (tea.Cmd, error) {
	if err := m.walk.Unwaive(); err != nil {
		return nil, err
	}
	m.tell("The waiver was taken away.")
	return m.changed(), nil
}
