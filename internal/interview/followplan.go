package interview

import (
	"slices"

	"github.com/iotlens/iotlens/internal/lens"
)

// Plan returns the plan of the session. The caller must not change its lists.
func (w *Walk) Plan() Plan { return w.plan }

// SetPlan sets the plan of the session. It does not change the walk: see FollowAgenda and
// UpdateAgenda.
func (w *Walk) SetPlan(p Plan) {
	p.Active = w.FollowsPlan()
	w.plan = p
}

// FollowsPlan reports whether the walk follows an agenda.
func (w *Walk) FollowsPlan() bool { return w.route != nil }

// FollowAgenda makes the walk go through the questions that an agenda asks, in its order;
// false if there are none. The walk stays in a question that was begun; otherwise it moves
// to the first open best practice of the agenda.
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

// LeavePlan makes the walk go through everything again, in lens order. The plan is kept.
func (w *Walk) LeavePlan() {
	w.route, w.plan.Active = nil, false
	w.SetFilter(w.filter)
}

// UpdateAgenda replaces the questions that follow the current one by those of another
// agenda, on a walk that follows one.
func (w *Walk) UpdateAgenda(a Agenda) {
	if w.FollowsPlan() {
		w.continueRoute(ids(a.Ask))
	}
}

// FitInto adjusts a walk that follows a plan to the minutes that are left. If they don't
// suffice, it drops questions from the end, pinned ones last. If there is time again,
// questions that were left out return to their place. It returns both, in the order of the
// plan.
func (w *Walk) FitInto(minutes int) (dropped, returned []*lens.Question) {
	if !w.FollowsPlan() {
		return nil, nil
	}
	p := w.plan
	p.Minutes = minutes
	needed := w.Pace(minutes, 0).Needed
	var upcoming, leftOut []Item
	for _, i := range w.rankItems(p, &Agenda{}) {
		switch {
		case i.Current:
		case slices.Contains(w.route, i.Question.ID):
			upcoming = append(upcoming, i)
		default:
			leftOut = append(leftOut, i)
		}
	}
	slices.SortStableFunc(upcoming, func(x, y Item) int {
		return slices.Index(w.route, x.Question.ID) - slices.Index(w.route, y.Question.ID)
	})
	isDropped := map[string]bool{}
	for _, pinned := range []bool{false, true} {
		for _, i := range slices.Backward(upcoming) {
			if needed > minutes && i.Pinned == pinned {
				needed -= i.Minutes
				isDropped[i.Question.ID] = true
			}
		}
	}
	asked := []string{}
	for _, i := range upcoming {
		if isDropped[i.Question.ID] {
			dropped = append(dropped, i.Question)
		} else {
			asked = append(asked, i.Question.ID)
		}
	}
	ranks := ids(w.rankItems(p, &Agenda{}))
	for _, i := range leftOut {
		if len(dropped) > 0 || needed+i.Minutes > minutes {
			continue
		}
		needed += i.Minutes
		returned = append(returned, i.Question)
		rank := slices.Index(ranks, i.Question.ID)
		at := slices.IndexFunc(asked, func(id string) bool { return slices.Index(ranks, id) > rank })
		if at < 0 {
			at = len(asked)
		}
		asked = slices.Insert(asked, at, i.Question.ID)
	}
	if len(dropped)+len(returned) > 0 {
		w.continueRoute(asked)
	}
	return dropped, returned
}

// continueRoute replaces the questions after the current one. Questions before it stay,
// unless they still have something to ask.
func (w *Walk) continueRoute(asked []string) {
	passed, current := len(w.route), "" // number of questions up to the current one
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

// hasOpen reports whether a question has a stop that is neither answered nor skipped.
func (w *Walk) hasOpen(question string) bool {
	return slices.ContainsFunc(w.stops, func(s Stop) bool {
		return s.Question.ID == question && !w.answered(s) && !w.skipped[s.Practice.ID]
	})
}

// setRoute changes the route. The walk stays at its best practice or at its end; if that is
// no longer on the route, it moves to the first open stop.
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

// routeStops returns the stops of a route. A question has its stops in stops; if it has
// none there or is listed in complete, everything of it in the scope of the review.
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

// insertQuestion adds a question before the current one, unless the walk has passed it, so
// that the walk continues from there. id is that of the question or of one of its best
// practices. Questions that are out of scope are ignored.
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
