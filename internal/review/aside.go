package review

import "github.com/iotlens/iotlens/internal/lens"

// SetAside lists, by id, the best practices in scope that the profile sets aside and
// nobody has answered, with the reason. They are asked only where somebody opens them.
func (r *Review) SetAside(l *lens.Lens) map[string]string {
	aside := map[string]string{}
	facts := FactsOf(l, r.Workload.Profile)
	for q, p := range l.All() {
		if _, answered := r.Answers[p.ID]; answered || !r.Scope.Includes(q, p) {
			continue
		}
		if ruling, reason := facts.Ruling(p); ruling == OnDemand {
			aside[p.ID] = reason
		}
	}
	return aside
}
