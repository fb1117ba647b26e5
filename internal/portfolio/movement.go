package portfolio

import "cmp"

// movementOf returns the last milestone of a review up to Options.Since, or up to today if that is
// empty; nil if there is none. The changes are not set yet.
func (b *Builder) movementOf(row *Row) *ReviewMovement {
	last := cmp.Or(b.options.Since, b.options.Today)
	for i := len(row.Milestones) - 1; i >= 0; i-- {
		if m := row.Milestones[i]; m.Day <= min(last, b.options.Today) {
			return &ReviewMovement{Milestone: m, MilestoneCount: len(row.Milestones)}
		}
	}
	return nil
}

// setChanges sets the changes from the milestone to a review.
func (m *ReviewMovement) setChanges(now *Review) {
	if len(m.NotComparable) > 0 {
		return
	}
	m.HighChange, m.OpenChange = now.High-m.High, now.Open-m.Open
	score := 0.0
	if now.Score.Known && m.Score.Known {
		score = now.Score.Value - m.Score.Value
		m.ScoreChange = percentOf(score, true)
	}
	m.Better = m.HighChange < 0 || m.HighChange == 0 && score > 0
	m.Worse = m.HighChange > 0 || m.HighChange == 0 && score < 0
}

// addMovement groups the reviews by how they changed.
func (p *Portfolio) addMovement() {
	out := &p.Movement
	for i := range p.Reviews {
		r := &p.Reviews[i]
		switch m := r.Movement; {
		case m == nil:
			out.WithoutMilestone++
		case len(m.NotComparable) > 0:
			out.NotComparable = append(out.NotComparable, r.ID)
		default:
			out.HighChange += m.HighChange
			out.OpenChange += m.OpenChange
			switch {
			case m.Better:
				out.Better = append(out.Better, r.ID)
			case m.Worse:
				out.Worse = append(out.Worse, r.ID)
			default:
				out.Same = append(out.Same, r.ID)
			}
		}
	}
}
