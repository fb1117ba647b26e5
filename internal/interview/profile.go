package interview

import (
	"github.com/iotlens/iotlens/internal/lens"
	"github.com/iotlens/iotlens/internal/review"
)

// ApplyProfile answers every unanswered best practice that the workload's
// profile rules out, with the profile as its reason, and removes the answers that the
// profile gave and no longer gives. It returns the ids of both. What the
// profile ruled out before gets the reason of today; an answer that a person
// gave stays.
func ApplyProfile(l *lens.Lens, r *review.Review, at string) (ruledOut, released []string) {
	facts := review.FactsOf(l, r.Workload.Profile)
	for i := range l.Questions {
		for j := range l.Questions[i].Practices {
			p := &l.Questions[i].Practices[j]
			a, answered := r.Answers[p.ID]
			ruling, reason := facts.Ruling(p)
			if ruling != review.Never {
				reason = ""
			}
			switch {
			case !r.Scope.Includes(&l.Questions[i], p):
			case reason != "" && !answered:
				if r.Answers == nil {
					r.Answers = map[string]review.Answer{}
				}
				r.Answers[p.ID] = review.Answer{Status: review.NotApplicable, Reason: reason, By: review.ByProfile, At: at}
				ruledOut = append(ruledOut, p.ID)
			case a.By != review.ByProfile || a.Status != review.NotApplicable || a.Reason == reason:
			case reason != "":
				a.Reason, a.At = reason, at
				r.Answers[p.ID] = a
			default:
				delete(r.Answers, p.ID)
				released = append(released, p.ID)
			}
		}
	}
	return ruledOut, released
}
