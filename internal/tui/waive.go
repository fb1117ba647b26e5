package tui

import (
	"errors"

	tea "charm.land/bubbletea/v2"
	"github.com/iotlens/iotlens/internal/interview"
	"github.com/iotlens/iotlens/internal/review"
)

// A waiverStep is one thing that a waiver needs.
type waiverStep struct {
	label    string
	at       *string
	optional bool
	person   bool
}

// waiverSteps lists what is asked for a waiver, in order.
func waiverSteps(v *review.Waiver) []waiverStep {
	return []waiverStep{
		{"waive 1 of 5: who carries the risk", &v.Owner, false, true},
		{"2 of 5: who approved it", &v.Approver, false, true},
		{"3 of 5: why it is accepted", &v.Reason, false, false},
		{"4 of 5: what compensates for it (Enter: nothing)", &v.Control, true, false},
		{"5 of 5: the day on which it ends (YYYY-MM-DD)", &v.Expires, false, false},
	}
}

// mayWaive tells whether the best practice at the cursor can be waived, and says
// why not.
func (s *Session) mayWaive() bool {
	if a, _ := s.Walk.Answer(); !a.Finding() {
		s.notify("Only a finding can be waived: partly, not implemented or don't know.")
		return false
	}
	return true
}

// accept waives the finding at the cursor, or takes its waiver away where v has no
// owner. The error says why nothing was changed.
func (s *Session) accept(v review.Waiver) error {
	if v.Owner == "" {
		if err := s.Walk.Unwaive(); err != nil {
			return err
		}
		s.notify("The waiver was removed.")
		return nil
	}
	if err := s.Walk.Waive(v); err != nil {
		return err
	}
	s.notify("Waived until %s; it stays in every report.", v.Expires)
	return nil
}

// waive asks for what a waiver needs, one thing after the other. Where the best
// practice has a waiver, that one is changed; no owner takes it away.
func (m *model) waive(stop interview.Stop) {
	if !m.mayWaive() {
		return
	}
	v, _, there := m.review.Waiver(stop.Practice.ID)
	steps := waiverSteps(&v)
	if there {
		steps[0].label, steps[0].optional = steps[0].label+" (empty: end the waiver)", true
	}
	var from func(i int)
	from = func(i int) {
		step := steps[i]
		ask := m.ask
		if step.person {
			ask = m.askName
		}
		ask(step.label, *step.at, func(text string) (tea.Cmd, error) {
			if text == "" && !step.optional {
				return nil, errors.New("a waiver needs this; Esc gives none")
			}
			*step.at = text
			if i+1 < len(steps) && v.Owner != "" {
				from(i + 1)
				return nil, nil
			}
			if err := m.accept(v); err != nil {
				return nil, err
			}
			return m.changed(), nil
		})
	}
	from(0)
}
