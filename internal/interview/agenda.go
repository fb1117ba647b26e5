package interview

import (
	"cmp"
	"slices"
	"strings"

	"github.com/iotlens/iotlens/internal/choice"
	"github.com/iotlens/iotlens/internal/lens"
	"github.com/iotlens/iotlens/internal/priority"
	"github.com/iotlens/iotlens/internal/review"
)

// Agenda plans the open questions of the walk. docs/scoring.md has the rules.
func (w *Walk) Agenda(p Plan) Agenda {
	a := Agenda{Minutes: max(p.Minutes, 0)}
	asked := w.rankItems(p, &a)
	taken := map[string]bool{}
	take := func(when func(Item) bool) {
		for _, i := range asked {
			id := i.Question.ID
			if !taken[id] && when(i) && (i.Current || a.Planned+i.Minutes <= a.Minutes) {
				taken[id] = true
				a.Planned += i.Minutes
			}
		}
	}
	take(func(i Item) bool { return i.Current || i.Pinned })
	take(func(i Item) bool { return slices.Contains(p.Order, i.Question.ID) })
	rest := slices.DeleteFunc(slices.Clone(asked), func(i Item) bool { return taken[i.Question.ID] })
	core := pickCore(rest, a.Minutes-a.Planned)
	take(func(i Item) bool { return slices.Contains(core, i.Question.ID) })
	take(func(Item) bool { return true })
	for _, i := range asked {
		if taken[i.Question.ID] {
			a.Ask = append(a.Ask, i)
		} else {
			a.LeftOut = append(a.LeftOut, i)
		}
	}
	return a
}

// rankItems returns the questions that can be asked, in the order of a plan, and adds the
// other open ones to the agenda.
func (w *Walk) rankItems(p Plan, a *Agenda) []Item {
	var asked []Item
	for _, i := range w.planItems(p) {
		a.Needed += i.Minutes
		switch id := i.Question.ID; {
		case i.Open == 0:
			a.Skipped = append(a.Skipped, i)
		case slices.Contains(p.Dropped, id) && !i.Current:
			a.Dropped = append(a.Dropped, i)
		case i.Absent && !i.Core && !i.Pinned && !i.Current:
			a.Waiting = append(a.Waiting, i)
		default:
			asked = append(asked, i)
		}
	}
	slices.SortStableFunc(asked, func(x, y Item) int {
		return cmp.Or(cmp.Compare(y.Rate(), x.Rate()), cmp.Compare(y.Priority, x.Priority))
	})
	first := firstOfEachGroup(asked)
	slices.SortStableFunc(asked, func(x, y Item) int { return p.orderOf(x, first) - p.orderOf(y, first) })
	return asked
}

// firstOfEachGroup returns the first question of each group of core questions.
func firstOfEachGroup(items []Item) []string {
	var groups, first []string
	for _, i := range items {
		if g := i.Question.Core.OneOf; g != "" && !slices.Contains(groups, g) {
			groups, first = append(groups, g), append(first, i.Question.ID)
		}
	}
	return first
}

// orderOf returns the rank of a question in a plan; lower ranks come first. firstOfGroup
// has one core question of each group, which are asked before other core questions.
func (p Plan) orderOf(i Item, first []string) int {
	const unordered = 1 << 20
	id := i.Question.ID
	switch at := slices.Index(p.Order, id); {
	case i.Current:
		return -1
	case at >= 0:
		return 1 + at
	case i.Pinned:
		return 0
	case slices.Contains(first, id):
		return unordered
	case i.Core:
		return unordered + 1
	}
	return unordered + 2
}

// planItems returns the questions to plan, in lens order. Questions skipped on this walk
// have no open best practices.
func (w *Walk) planItems(p Plan) []Item {
	facts := review.FactsOf(w.lens, w.review.Workload.Profile)
	now := w.currentIfBegun()
	var items []Item
	var gaps [][]float64
	var skipped []int
	var reasons [][]string
	for q, b := range inScope(w.lens, w.review, w.setAside) {
		counted := choice.Of(q, b.ID, w.review.Answers)
		open := counted.Status == review.Unanswered || p.Again && counted.Status != review.NotApplicable
		if !open || !w.filter.includes(w.review, q, b) && !slices.Contains(w.route, q.ID) {
			continue
		}
		if n := len(items); n == 0 || items[n-1].Question != q {
			items = append(items, Item{
				Question: q, Current: now == q, Core: q.Core.Why != "", Pinned: slices.Contains(p.Pinned, q.ID), Absent: len(p.Present) > 0, Reason: q.Core.Why,
			})
			gaps, skipped, reasons = append(gaps, nil), append(skipped, 0), append(reasons, nil)
		}
		n := len(items) - 1
		i := &items[n]
		i.Absent = i.Absent && w.allAbsent(p, b)
		if w.skipped[b.ID] && !i.Current {
			skipped[n]++
			continue
		}
		rank := priority.Of(facts, b, gap(w.lens, counted.Answer))
		if i.Open++; rank.Priority > i.Priority || i.Open == 1 {
			i.Priority, reasons[n] = rank.Priority, append(rank.Reasons, worstHarm(w.lens, b))
		}
		gaps[n] = append(gaps[n], rank.Priority)
	}
	distinct := priority.DistinctReasons(reasons)
	for n := range items {
		i := &items[n]
		i.Risk, i.Minutes = openRisk(gaps[n]), MinutesFor(i.Question, cmp.Or(i.Open, skipped[n]))
		i.Reason = strings.TrimSuffix(cmp.Or(i.Reason, firstOrEmpty(distinct[n]), firstOrEmpty(reasons[n])), ".")
	}
	return items
}

// currentIfBegun returns the current question if it was begun: the walk follows a plan, or
// part of the question is answered. Otherwise it returns nil.
func (w *Walk) currentIfBegun() *lens.Question {
	s, ok := w.Current()
	if !ok {
		return nil
	}
	first, end := w.QuestionStops()
	if w.FollowsPlan() || slices.ContainsFunc(w.stops[first:end], w.answered) {
		return s.Question
	}
	return nil
}

func firstOrEmpty(list []string) string {
	if len(list) == 0 {
		return ""
	}
	return list[0]
}

// gap returns what an answer leaves open; without an answer, everything.
func gap(l *lens.Lens, a review.Answer) priority.Gap {
	if a.Status == review.Unanswered {
		return priority.Gap{Missing: 1}
	}
	a.Deadline = ""
	return priority.GapOf(l.Weights.Gap, a, 0)
}

// openRisk sums priorities, highest first, each with half the weight of the one before:
// discussing the worst gap of a question covers part of the others.
func openRisk(gaps []float64) float64 {
	slices.SortFunc(gaps, func(a, b float64) int { return cmp.Compare(b, a) })
	sum, share := 0.0, 1.0
	for _, g := range gaps {
		sum += share * g
		share /= 2
	}
	return sum
}

// worstHarm names what a gap in a best practice puts at stake, or else its severity.
func worstHarm(l *lens.Lens, p *lens.Practice) string {
	for _, s := range l.Stakes {
		if len(p.AtStake) > 0 && s.ID == p.AtStake[0] {
			return "at stake: " + s.Name
		}
	}
	return string(p.Rated()) + " severity"
}

// allAbsent reports whether nobody with a role for a best practice is in the room.
func (w *Walk) allAbsent(p Plan, b *lens.Practice) bool {
	roles := w.lens.RolesFor(b)
	return len(roles) > 0 && !slices.ContainsFunc(roles, func(r lens.Role) bool {
		return slices.ContainsFunc(p.Present, func(name string) bool { return strings.EqualFold(name, r.Role) })
	})
}
