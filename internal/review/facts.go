package review

import (
	"cmp"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"sync"

	"github.com/iotlens/iotlens/internal/lens"
	"github.com/iotlens/iotlens/internal/yamlfile"
)

// Facts are the facts of a lens about a workload, evaluated for its profile. They decide
// which best practices apply and are asked.
type Facts struct {
	Profile        Profile
	Lens           *lens.Lens
	known          map[string]bool // by id; an unknown fact has no entry
	unaskedReasons []string        // for each of Lens.Parts why it is not asked; empty if it is
}

// FactsOf evaluates the facts of a lens for a profile.
func FactsOf(l *lens.Lens, p Profile) Facts {
	f := Facts{Profile: p, Lens: l, known: p.booleans()}
	for _, fact := range l.Facts {
		if _, set := f.known[fact.ID]; !set {
			if isTrue, known := f.evaluate(fact); known {
				f.known[fact.ID] = isTrue
			}
		}
	}
	for _, part := range l.Parts {
		reason := ""
		if f.missesNeeds(part) {
			reason = fmt.Sprintf("The %s questions are not asked: %s is not set in the profile.", strings.ToLower(part.Name), part.Needs)
		}
		f.unaskedReasons = append(f.unaskedReasons, reason)
	}
	return f
}

// evaluate derives a fact from its conditions. A condition on what the profile states
// (service life, audience) takes precedence over one on what is typical (the segment).
func (f Facts) evaluate(fact lens.Fact) (isTrue, known bool) {
	undecided, evaluated := false, false
	for _, c := range fact.When {
		met, mismatch := f.meets(&c)
		if met || c.ServiceLife > 0 && f.Profile.ServiceLife > 0 || len(c.Audiences) > 0 && len(f.Profile.Audience) > 0 {
			return met, true
		}
		if len(c.Audiences) > 0 {
			continue
		}
		undecided, evaluated = undecided || mismatch == "", true
	}
	return false, evaluated && !undecided
}

// booleans returns the boolean fields of a profile that are set, by key. Each is a fact of
// that name.
func (p Profile) booleans() map[string]bool {
	out := map[string]bool{}
	v := reflect.ValueOf(&p).Elem()
	for _, f := range booleanFields() {
		if b, _ := v.Field(f.Index[0]).Interface().(*bool); b != nil {
			out[yamlfile.Key(f)] = *b
		}
	}
	return out
}

// booleanFields lists the boolean fields of a Profile.
var booleanFields = sync.OnceValue(func() []reflect.StructField {
	return slices.DeleteFunc(reflect.VisibleFields(reflect.TypeFor[Profile]()), func(f reflect.StructField) bool { return f.Type != reflect.TypeFor[*bool]() })
})

// IsTrue reports whether a fact is known and true.
func (f Facts) IsTrue(id string) bool { return f.known[id] }

// Meets reports whether the workload meets a condition. If it does not, mismatch says why,
// in a sentence. If the profile does not say, met is false and mismatch is empty.
func (f Facts) Meets(c lens.Condition) (met bool, mismatch string) {
	met, mismatch = f.meets(&c)
	return met, sentence(mismatch)
}

// meets is Meets with a mismatch that is a clause, without capital letter and full stop.
func (f *Facts) meets(c *lens.Condition) (met bool, mismatch string) {
	if c.Empty() { // fast path for most best practices
		return true, ""
	}
	met = true
	p := &f.Profile
	list := func(name string, need, have []string) bool {
		switch {
		case len(need) == 0:
		case len(have) == 0:
			met = false
		case !slices.ContainsFunc(need, func(value string) bool { return slices.Contains(have, value) }):
			mismatch = "the profile says " + name + ": " + strings.Join(have, ", ")
			return false
		}
		return true
	}
	single := func(name string, need []string, have string) bool {
		if have == "" || len(need) == 0 {
			return list(name, need, nil)
		}
		return list(name, need, []string{have})
	}
	if !list("device classes", c.DeviceClasses, p.DeviceClasses) || !list("protocols", c.Protocols, p.Protocols) ||
		!single("segment", c.Segments, p.Segment) || !list("power", c.Power, p.Power) || !list("connectivity", c.Connectivity, p.Connectivity) ||
		!list("scenarios", c.Scenarios, p.Scenarios) || !single("stage", c.Stages, p.Stage) || !list("markets", c.Markets, p.Markets) ||
		!list("audience", c.Audiences, p.Audience) || !single("product class", c.ProductClasses, p.ProductClass) {
		return false, mismatch
	}
	for _, d := range []struct {
		mismatch   string
		need, have int
	}{
		{"the fleet is small", c.FleetSize, p.FleetSize},
		{"the service life is short", c.ServiceLife, p.ServiceLife},
	} {
		switch {
		case d.need > 0 && d.have == 0:
			met = false
		case d.have < d.need:
			return false, d.mismatch
		}
	}
	for _, d := range []struct {
		ids  []string
		want bool
	}{{c.Is, true}, {c.Not, false}} {
		for _, id := range d.ids {
			isTrue, known := f.known[id]
			if known && isTrue != d.want {
				return false, f.factText(id, isTrue)
			}
			met = met && known
		}
	}
	return met, ""
}

// factText says that a fact is true or false.
func (f Facts) factText(id string, isTrue bool) string {
	i := slices.IndexFunc(f.Lens.Facts, func(fact lens.Fact) bool { return fact.ID == id })
	switch {
	case i >= 0 && isTrue:
		return f.Lens.Facts[i].Name
	case i >= 0 && f.Lens.Facts[i].Otherwise != "":
		return f.Lens.Facts[i].Otherwise
	case isTrue:
		return "the profile says " + id
	}
	return "the profile says not " + id
}

// Applicability is whether a profile lets a best practice be asked.
type Applicability string

// How a profile lets a best practice be asked.
const (
	Asked    Applicability = "asked"
	OnDemand Applicability = "on demand" // set aside: asked only if somebody opens it
	RuledOut Applicability = "never"     // not applicable
)

// Applicability returns whether a best practice is asked and, if not, the reason in a
// sentence. What the profile does not say rules out nothing. Existing answers count in any
// case.
func (f Facts) Applicability(p *lens.Practice) (Applicability, string) {
	if i := f.partIndex(p); i >= 0 && f.unaskedReasons[i] != "" {
		return OnDemand, f.unaskedReasons[i]
	}
	for _, r := range [...]struct {
		applicability Applicability
		condition     *lens.Condition
	}{{RuledOut, &p.AppliesTo}, {OnDemand, &p.AskedOf}} {
		if _, mismatch := f.meets(r.condition); mismatch != "" {
			return r.applicability, sentence(cmp.Or(r.condition.Because, mismatch))
		}
	}
	return Asked, ""
}

// sentence returns a clause with a capital letter and a full stop; empty for an empty one.
func sentence(clause string) string {
	if clause == "" {
		return ""
	}
	return strings.ToUpper(clause[:1]) + strings.TrimSuffix(clause[1:], ".") + "."
}

// UnaskedPart returns the name of the part of the lens that a best practice belongs to, if
// the part is not asked since the profile lacks what it needs; otherwise it is empty.
func (f Facts) UnaskedPart(p *lens.Practice) string {
	if i := f.partIndex(p); i >= 0 && f.unaskedReasons[i] != "" {
		return f.Lens.Parts[i].Name
	}
	return ""
}

// partIndex returns the index of the part of the lens that a best practice belongs to; -1
// for none.
func (f Facts) partIndex(p *lens.Practice) int {
	if p.Part == "" {
		return -1
	}
	return slices.IndexFunc(f.Lens.Parts, func(part lens.Part) bool { return part.ID == p.Part })
}

// UnaskedReasons says for each part of the lens that is not asked why, in a sentence.
func (f Facts) UnaskedReasons() []string {
	return slices.DeleteFunc(slices.Clone(f.unaskedReasons), func(reason string) bool { return reason == "" })
}

// UnaskedSummary says what the profile needs before the unasked parts of the lens are asked,
// without a full stop: "the product questions are not asked until the profile has markets". It
// is empty if all parts are asked.
func (f Facts) UnaskedSummary() string {
	var clauses []string
	for i, part := range f.Lens.Parts {
		if f.unaskedReasons[i] != "" {
			clauses = append(clauses, fmt.Sprintf("the %s questions are not asked until the profile has %s", strings.ToLower(part.Name), part.Needs))
		}
	}
	return strings.Join(clauses, ", ")
}

// missesNeeds reports whether the profile lacks what a part needs.
func (f Facts) missesNeeds(part lens.Part) bool {
	return part.Needs != "" && profileField(f.Profile, string(part.Needs)).IsZero()
}

// profileField returns the field of a profile with a key.
func profileField(p Profile, key string) reflect.Value {
	v := reflect.ValueOf(p)
	return v.FieldByIndex(yamlfile.FieldByKey(v.Type(), key).Index)
}

// SetAside is Facts.SetAside with the facts of the review.
func (r *Review) SetAside(l *lens.Lens) map[string]string {
	return FactsOf(l, r.Workload.Profile).SetAside(r)
}

// SetAside lists the unanswered best practices in scope that the profile of a review sets
// aside, by id, with the reason. They are asked only if somebody opens them.
func (f Facts) SetAside(r *Review) map[string]string {
	aside := make(map[string]string, 32) // usually most of an unasked part
	for q, p := range f.Lens.All() {
		if p.Part == "" && p.AskedOf.Empty() { // fast path for most best practices
			continue
		}
		if _, answered := r.Answers[p.ID]; answered || !r.Scope.Includes(q, p) {
			continue
		}
		if applicability, reason := f.Applicability(p); applicability == OnDemand {
			aside[p.ID] = reason
		}
	}
	return aside
}

// NewlyAsked is Facts.NewlyAsked with the facts of the review.
func (r *Review) NewlyAsked(l *lens.Lens, revision int) []string {
	return FactsOf(l, r.Workload.Profile).NewlyAsked(r, revision)
}

// NewlyAsked lists the best practices in scope that the lens asks only since a later revision
// than the given one, unanswered and not set aside, in lens order.
func (f Facts) NewlyAsked(r *Review, revision int) []string {
	var ids []string
	for q, p := range f.Lens.All() {
		if p.Since <= revision { // fast path for most best practices
			continue
		}
		if _, answered := r.Answers[p.ID]; answered || !r.Scope.Includes(q, p) {
			continue
		}
		if applicability, _ := f.Applicability(p); applicability != OnDemand {
			ids = append(ids, p.ID)
		}
	}
	return ids
}
