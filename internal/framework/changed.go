package framework

import (
	"reflect"
	"slices"
	"strings"
)

// Changed lists changes of a framework that may make requirements easier to meet: the ids of
// required provisions that were removed, that other best practices answer or that became
// conditional, and the key applies_to. Texts, dates and new provisions do not count.
func Changed(was, now *Framework, require []Requirement) []string {
	var out []string
	if !reflect.DeepEqual(was.AppliesTo, now.AppliesTo) {
		out = append(out, "applies_to")
	}
	for i := range was.Provisions {
		p := &was.Provisions[i]
		if !slices.ContainsFunc(require, func(r Requirement) bool {
			return strings.EqualFold(r.Framework(), was.ID) && r.Includes(ProvisionStanding{Provision: p.ID, Status: p.Status})
		}) {
			continue
		}
		q, there := now.Provision(p.ID)
		if !there || !p.sameAnswers(q) || now.conditional(q) && !was.conditional(p) {
			out = append(out, p.ID)
		}
	}
	return out
}

// sameAnswers reports whether the same best practices answer two provisions in the same way.
func (p *Provision) sameAnswers(q *Provision) bool {
	return p.Status == q.Status && (p.Outside == "") == (q.Outside == "") &&
		slices.Equal(p.Fully, q.Fully) && slices.Equal(partlyIDs(p), partlyIDs(q)) && slices.Equal(p.Together, q.Together)
}

// conditional reports whether a provision need not apply, for a recorded reason.
func (f *Framework) conditional(p *Provision) bool {
	return slices.Contains(f.Conditional, p.ID) || p.Status != "" && slices.Contains(f.Conditional, p.Status)
}
