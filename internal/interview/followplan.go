package interview

import (
	"slices"

	"github.com/iotlens/iotlens/internal/lens"
)

// Plan is what the room wants of its time. The caller doesn't change its lists.
func (w *Walk) Plan() Plan { return w.plan }

// SetPlan sets what the room wants of its time. The walk stays as it is: GoBy and Replan
// change it.
func (w *Walk) SetPlan(p Plan) {
	p.Active = w.FollowsPlan()
	w.plan = p
}

// FollowsPlan reports whether the walk goes by a plan.
func (w *Walk) FollowsPlan() bool { return w.route != nil }

// FollowAgenda makes the walk go through what an agenda asks, in its order; false where that is
// nothing. It stays where it is in a question that was begun, and is at the first open best
// practice of the agenda otherwise.
func (w *Walk) FollowAgenda(a Agenda) bool {
	if len(a.Ask) == 0 {
		return false
	}
	begun := w.currentIfBegun()
	w.plan.Active = true
	w.setRoute(ids(a.Ask))
	if s, _ := w.Current(); s.Question == nil || s.Question != begun {
		w.goToFirstOpen()
	}
	return true
}

// LeavePlan makes the walk go through everything again, in lens order; what the room wants of
// its time is kept.
func (w *Walk) LeavePlan() {
	w.route, w.plan.Active = nil, false
	w.SetFilter(w.filter)
}

// UpdateAgenda makes a walk by a plan go on with another agenda: behind the current question,
// and what was asked before it, come the questions of the agenda in its order.
func (w *Walk) UpdateAgenda(a Agenda) {
	if w.FollowsPlan() {
		w.continueRoute(ids(a.Ask))
	}
}

// FitInto makes a walk by a plan fit into the minutes that are left. Where they don't suffice,
// the last questions fall off, those that are pinned after the others; where there is time
// again, what was left out returns to its place. It returns both, in the order of the plan.
func (w *Walk) FitInto(minutes int) (off, back []*lens.Question) {
	if !w.FollowsPlan() {
		return nil, nil
	}
	p := w.plan
	p.Minutes = minutes
	need := w.Pace(minutes, 0).Needed
	var on, out []Item // what is to come, and what is left out
	for _, i := range w.rankItems(p, &Agenda{}) {
		switch {
		case i.Current:
		case slices.Contains(w.route, i.Question.ID):
			on = append(on, i)
		default:
			out = append(out, i)
		}
	}
	slices.SortStableFunc(on, func(x, y Item) int {
		return slices.Index(w.route, x.Question.ID) - slices.Index(w.route, y.Question.ID)
	})
	fell := map[string]bool{}
	for _, pinned := range []bool{false, true} {
		for _, i := range slices.Backward(on) {
			if need > minutes && i.Pinned == pinned {
				need -= i.Minutes
				fell[i.Question.ID] = true
			}
		}
	}
	asked := []string{}
	for _, i := range on {
		if fell[i.Question.ID] {
			off = append(off, i.Question)
		} else {
			asked = append(asked, i.Question.ID)
		}
	}
	ranks := ids(w.rankItems(p, &Agenda{}))
	for _, i := range out {
		if len(off) > 0 || need+i.Minutes > minutes {
			continue
		}
		need += i.Minutes
		back = append(back, i.Question)
		rank := slices.Index(ranks, i.Question.ID)
		at := slices.IndexFunc(asked, func(id string) bool { return slices.Index(ranks, id) > rank })
		if at < 0 {
			at = len(asked)
		}
		asked = slices.Insert(asked, at, i.Question.ID)
	}
	if len(off)+len(back) > 0 {
		w.continueRoute(asked)
	}
	return off, back
}

// continueRoute makes the route go on with questions: before them stays what is behind the walk and
// settled, and the current question.
func (w *Walk) continueRoute(asked []string) {
	passed, current := len(w.route), ""
	if s, ok := w.Current(); ok {
		passed, current = slices.Index(w.route, s.Question.ID)+1, s.Question.ID
	}
	var route []string
	for _, id := range w.route[:passed] {
		if id == current || slices.Contains(asked, id) || !w.hasOpen(id) {
			route = append(route, id)
		}
	}
	for _, id := range asked {
		if !slices.Contains(route, id) {
			route = append(route, id)
		}
	}
	w.setRoute(route)
}

// hasOpen reports whether a question on the walk has something to ask that was not skipped.
func (w *Walk) hasOpen(question string) bool {
	return slices.ContainsFunc(w.stops, func(s Stop) bool {
		return s.Question.ID == question && !w.answered(s) && !w.skipped[s.Practice.ID]
	})
}

// setRoute makes the walk go by a route. It stays at the same best practice, or at the end;
// where that is gone, it is at the first that is open.
func (w *Walk) setRoute(route []string, complete ...string) {
	here, ok := w.Current()
	w.route, w.stops = route, w.routeStops(route, w.stops, complete)
	switch i := slices.Index(w.stops, here); {
	case !ok:
		w.position = len(w.stops)
	case i >= 0:
		w.position = i
	default:
		w.goToFirstOpen()
	}
}

// routeStops are the stops of a route: those that there are, and of further questions, or
// those that are to be complete, what is in the scope of the review.
func (w *Walk) routeStops(route []string, stops []Stop, complete []string) []Stop {
	var out []Stop
	for _, id := range route {
		n := len(out)
		for _, s := range stops {
			if s.Question.ID == id && !slices.Contains(complete, id) {
				out = append(out, s)
			}
		}
		if len(out) > n {
			continue
		}
		for q, p := range inScope(w.lens, w.review, w.setAside) {
			if q.ID == id {
				out = insertStop(out, Stop{q, p})
			}
		}
	}
	return out
}

// insertQuestion puts a question that is not behind the walk before the current one, so that the
// walk goes on there after it. id is its own or that of one of its best practices. Nothing
// is taken in that is not in the scope of the review.
func (w *Walk) insertQuestion(id string) {
	q, ok := w.lens.Question(id)
	if p, of := w.lens.Practice(id); of {
		q, ok = w.lens.Question(p.Question)
	}
	var complete []string
	if !slices.ContainsFunc(w.stops, func(s Stop) bool { return lens.SameID(s.Practice.ID, id) || lens.SameID(s.Question.ID, id) }) {
		for scoped := range inScope(w.lens, w.review, w.setAside) {
			if scoped == q {
				complete = []string{q.ID}
			}
		}
		ok = ok && len(complete) > 0
	}
	if !ok {
		return
	}
	here, current := len(w.route), ""
	if s, ok := w.Current(); ok {
		here, current = slices.Index(w.route, s.Question.ID), s.Question.ID
	}
	route := w.route
	if at := slices.Index(route, q.ID); at < 0 || at > here {
		route = without(route, q.ID)
		if here = slices.Index(route, current); here < 0 {
			here = len(route)
		}
		route = slices.Insert(route, here, q.ID)
	}
	w.setRoute(route, complete...)
}
