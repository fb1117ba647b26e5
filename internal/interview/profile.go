package interview

import (
	"slices"

	"github.com/iotlens/iotlens/internal/lens"
	"github.com/iotlens/iotlens/internal/review"
)

// An AffectedPractice is a best practice that a profile affects.
type AffectedPractice struct {
	Practice *lens.Practice
	Reason   string
	Part     string // name of the unasked part it belongs to; empty if only this best practice is affected
}

// A ProfileEffect is what applying a profile changed. Its lists are in lens order.
type ProfileEffect struct {
	RuledOut   []AffectedPractice // now not applicable
	SetAside   []AffectedPractice // now asked only on demand
	AskedAgain []AffectedPractice // no longer ruled out or set aside
}

// ApplyProfile answers unanswered best practices that the profile of the workload rules
// out, and removes such answers that the profile no longer gives. Reasons are updated.
// Answers of people stay, except unconfirmed ones from a template, which does not know the
// workload. before is the profile that was last applied: what it set aside is not reported
// again.
func ApplyProfile(l *lens.Lens, r *review.Review, before review.Profile, at string) ProfileEffect {
	var out ProfileEffect
	if r.Answers == nil {
		r.Answers = map[string]review.Answer{}
	}
	facts, earlier := review.FactsOf(l, r.Workload.Profile), review.FactsOf(l, before)
	for q, p := range l.All() {
		a, answered := r.Answers[p.ID]
		if !r.Scope.Includes(q, p) || answered && !a.RuledOut() && !a.Unconfirmed() {
			continue
		}
		ruling, reason := facts.Applicability(p)
		if a.Unconfirmed() {
			if ruling == review.RuledOut {
				out.RuledOut = append(out.RuledOut, AffectedPractice{Practice: p, Reason: reason})
				r.PutAnswer(p.ID, review.Answer{Status: review.NotApplicable, Reason: reason, By: review.ByProfile, At: at})
			}
			continue
		}
		was, _ := earlier.Applicability(p)
		switch {
		case ruling == review.RuledOut:
			if !answered {
				out.RuledOut = append(out.RuledOut, AffectedPractice{Practice: p, Reason: reason})
			}
			if a.Reason != reason {
				a.Status, a.Reason, a.By, a.At = review.NotApplicable, reason, review.ByProfile, at
				r.Answers[p.ID] = a
			}
			continue
		case ruling == review.OnDemand && (answered || was != review.OnDemand):
			out.SetAside = append(out.SetAside, AffectedPractice{p, reason, facts.UnaskedPart(p)})
		case ruling == review.Asked && (answered || was != review.Asked):
			out.AskedAgain = append(out.AskedAgain, AffectedPractice{Practice: p})
		}
		if answered {
			delete(r.Answers, p.ID)
		}
	}
	return out
}

// SetAside lists what the profile sets aside and nobody has opened, in lens order.
func (w *Walk) SetAside() []AffectedPractice {
	var out []AffectedPractice
	facts := review.FactsOf(w.lens, w.review.Workload.Profile)
	for _, p := range w.lens.All() {
		if reason, aside := w.setAside[p.ID]; aside {
			out = append(out, AffectedPractice{p, reason, facts.UnaskedPart(p)})
		}
	}
	return out
}

// WithoutParts removes the best practices of parts that are not asked: they wait for the
// profile to be completed, and are not set aside by what it says.
func WithoutParts(list []AffectedPractice) []AffectedPractice {
	return slices.DeleteFunc(slices.Clone(list), func(r AffectedPractice) bool { return r.Part != "" })
}

// RuledOut lists what the profile answered as not applicable, in lens order.
func (w *Walk) RuledOut() []AffectedPractice {
	var out []AffectedPractice
	for _, p := range w.lens.All() {
		if a := w.review.Answers[p.ID]; a.RuledOut() {
			out = append(out, AffectedPractice{Practice: p, Reason: a.Reason})
		}
	}
	return out
}

// openSetAside adds the best practices with an id that the profile sets aside to the walk;
// false if there are none.
func (w *Walk) openSetAside(id string) bool {
	found := false
	for q, p := range w.lens.All() {
		if _, aside := w.setAside[p.ID]; !aside || !lens.SameID(p.ID, id) && !lens.SameID(q.ID, id) {
			continue
		}
		found = true
		delete(w.setAside, p.ID)
		w.opened[p.ID] = true
		if w.FollowsPlan() {
			continue // GoToID inserts it into the route
		}
		i := w.stopAtOrAfter(p.ID)
		w.stops = slices.Insert(w.stops, i, Stop{q, p})
		if i <= w.position {
			w.position++
		}
	}
	return found
}

// SetWorkload changes the workload and applies its profile. It can be undone.
func (w *Walk) SetWorkload(workload review.Workload) (ProfileEffect, error) {
	if w.ReadOnly {
		return ProfileEffect{}, ErrReadOnly
	}
	var by, at string
	w.sign(&by, &at)
	c := w.newChange("the profile")
	before := w.review.Workload.Profile
	w.review.Workload = workload
	ruling := ApplyProfile(w.lens, w.review, before, at)
	w.recordChange(c)
	w.profileChanged()
	return ruling, nil
}

// profileChanged determines what the profile sets aside, and makes the stops anew.
func (w *Walk) profileChanged() {
	w.setAside = w.review.SetAside(w.lens)
	for id := range w.opened {
		delete(w.setAside, id)
	}
	w.SetFilter(w.filter)
}
