package interview

import (
	"slices"

	"github.com/iotlens/iotlens/internal/lens"
	"github.com/iotlens/iotlens/internal/review"
)

// A AffectedPractice is a best practice that a profile rules on, with the reason.
type AffectedPractice struct {
	Practice *lens.Practice
	Reason   string
	Part     string // name of the part of which nothing is asked; empty where the reason is about this best practice
}

// A ProfileEffect is what applying a profile changed, each list in lens order.
type ProfileEffect struct {
	RuledOut   []AffectedPractice // not applicable from now on
	SetAside   []AffectedPractice // asked on demand from now on
	AskedAgain []AffectedPractice // asked again
}

// ApplyProfile answers every unanswered best practice that the workload's profile
// rules out, with the profile as its reason, and removes the answers that the
// profile gave and no longer gives. What the profile ruled out before gets the
// reason of today; an answer that a person gave stays, unless it was copied from a
// template, which does not know the workload, and nobody confirmed it. before is the profile as it
// was last applied: what it set aside already is not in the ruling.
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

// WithoutParts leaves out the best practices of parts of which nothing is asked: they wait
// for the profile to be completed, and are not set aside by what it says.
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

// openSetAside asks the best practices that an id names and the profile sets aside; false
// where there are none.
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
			continue // Go takes it in
		}
		i := w.stopAtOrAfter(p.ID)
		w.stops = slices.Insert(w.stops, i, Stop{q, p})
		if i <= w.position {
			w.position++
		}
	}
	return found
}

// SetWorkload changes what is said about the workload, and applies its profile. It can be
// undone.
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

// profileChanged sets aside what the profile does, and makes the stops anew.
func (w *Walk) profileChanged() {
	w.setAside = w.review.SetAside(w.lens)
	for id := range w.opened {
		delete(w.setAside, id)
	}
	w.SetFilter(w.filter)
}
