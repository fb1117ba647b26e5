package framework

import (
	"reflect"
	"slices"
	"strings"
)

// Changed lists what of a framework is no longer as it was, so that requirements may be
// easier to meet: the required provisions that are gone, that are answered otherwise or
// that may now not apply, by id, and the key applies_to. Words, dates and new provisions
// are no change.
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

// conditional reports whether the framework lets a provision not apply, for a reason on record.
func (f *Framework) conditional(p *Provision) bool {
	return slices.Contains(f.Conditional, p.ID) || p.Status != "" && slices.Contains(f.Conditional, p.Status)
}
