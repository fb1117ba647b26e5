package portfolio

import "cmp"

// move is how a review changed since the last of its milestones up to the day that is asked
// for; nil where there is none.
func (s *Sum) move(row *Row) *Move {
	last := cmp.Or(s.o.Since, s.o.Today)
	for i := len(row.Milestones) - 1; i >= 0; i-- {
		if m := row.Milestones[i]; m.Day <= min(last, s.o.Today) {
			return &Move{Milestone: m, Of: len(row.Milestones)}
		}
	}
	return nil
}

// change sets what has changed up to now.
func (m *Move) change(now *Review) {
	if len(m.Differs) > 0 {
		return
	}
	m.HighBy, m.OpenBy = now.High-m.High, now.Open-m.Open
	score := 0.0
	if now.Score.Known && m.Score.Known {
		score = now.Score.Value - m.Score.Value
		m.ScoreBy = percentOf(score, true)
	}
	m.Better = m.HighBy < 0 || m.HighBy == 0 && score > 0
	m.Worse = m.HighBy > 0 || m.HighBy == 0 && score < 0
}

// move sorts the reviews by how they moved.
func (p *Portfolio) move() {
	out := &p.Movement
	for i := range p.Reviews {
		r := &p.Reviews[i]
		switch m := r.Move; {
		case m == nil:
			out.None++
		case len(m.Differs) > 0:
			out.Unlike = append(out.Unlike, r.ID)
		default:
			out.High += m.HighBy
			out.Open += m.OpenBy
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
