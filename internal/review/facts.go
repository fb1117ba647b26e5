package review

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"sync"

	"github.com/iotlens/iotlens/internal/lens"
	"github.com/iotlens/iotlens/internal/yamlfile"
)

// Facts are what a lens asks of a workload, as its profile answers.
type Facts struct {
	Profile        Profile
	Lens           *lens.Lens
	known          map[string]bool // by id; one that is unknown has no entry
	unaskedReasons []string        // by the place of a part of the lens: why it is not asked; empty where it is
}

// FactsOf settles the facts of a lens for a profile.
func FactsOf(l *lens.Lens, p Profile) Facts {
	f := Facts{Profile: p, Lens: l, known: p.booleans()}
	for _, fact := range l.Facts {
		if _, set := f.known[fact.ID]; !set {
			if is, known := f.evaluate(fact); known {
				f.known[fact.ID] = is
			}
		}
	}
	for _, part := range l.Parts {
		why := ""
		if f.missesNeeds(part) {
			why = unaskedReason(part)
		}
		f.unaskedReasons = append(f.unaskedReasons, why)
	}
	return f
}

// evaluate makes out a fact from its conditions.
func (f Facts) evaluate(fact lens.Fact) (is, known bool) {
	open, judged := false, false
	for _, c := range fact.When {
		met, missed := f.meets(&c)
		if met || c.ServiceLife > 0 && f.Profile.ServiceLife > 0 || len(c.Audiences) > 0 && len(f.Profile.Audience) > 0 { // what is said goes before what is usual
			return met, true
		}
		if len(c.Audiences) > 0 {
			continue // what is usual decides
		}
		open, judged = open || missed == "", true
	}
	return false, judged && !open
}

// booleans are the keys that are true or false: each is a fact of the same name.
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

// booleanFields lists the fields of a Profile that are true or false.
var booleanFields = sync.OnceValue(func() []reflect.StructField {
	return slices.DeleteFunc(reflect.VisibleFields(reflect.TypeFor[Profile]()), func(f reflect.StructField) bool { return f.Type != reflect.TypeFor[*bool]() })
})

// IsTrue tells whether a fact is known and true.
func (f Facts) IsTrue(id string) bool { return f.known[id] }

// Meets tells whether the workload meets a condition, or else what about it misses the
// condition, in a sentence. Where the profile leaves it open, it is neither.
func (f Facts) Meets(c lens.Condition) (met bool, missed string) {
	met, missed = f.meets(&c)
	if missed != "" {
		missed = strings.ToUpper(missed[:1]) + strings.TrimSuffix(missed[1:], ".") + "."
	}
	return met, missed
}

// meets tells whether a condition is met, or else what about the workload misses
// it, for people. Where the profile leaves open whether it is met, it is neither.
func (f *Facts) meets(c *lens.Condition) (met bool, missed string) {
	if c.Empty() { // of most best practices
		return true, ""
	}
	met = true
	p := &f.Profile
	words := func(what string, need, have []string) bool {
		switch {
		case len(need) == 0:
		case len(have) == 0:
			met = false
		case !slices.ContainsFunc(need, func(word string) bool { return slices.Contains(have, word) }):
			missed = "the profile says " + what + ": " + strings.Join(have, ", ")
			return false
		}
		return true
	}
	word := func(what string, need []string, have string) bool {
		return len(need) == 0 || words(what, need, listOf(have))
	}
	if !words("device classes", c.DeviceClasses, p.DeviceClasses) || !words("protocols", c.Protocols, p.Protocols) ||
		!word("segment", c.Segments, p.Segment) || !words("power", c.Power, p.Power) || !words("connectivity", c.Connectivity, p.Connectivity) ||
		!words("scenarios", c.Scenarios, p.Scenarios) || !word("stage", c.Stages, p.Stage) || !words("markets", c.Markets, p.Markets) ||
		!words("audience", c.Audiences, p.Audience) || !word("product class", c.ProductClasses, p.ProductClass) {
		return false, missed
	}
	for _, d := range []struct {
		what       string
		need, have int
	}{
		{"the fleet is small", c.FleetSize, p.FleetSize},
		{"the service life is short", c.ServiceLife, p.ServiceLife},
	} {
		switch {
		case d.need > 0 && d.have == 0:
			met = false
		case d.have < d.need:
			return false, d.what
		}
	}
	for _, d := range []struct {
		ids  []string
		want bool
	}{{c.Is, true}, {c.Not, false}} {
		for _, id := range d.ids {
			is, known := f.known[id]
			if known && is != d.want {
				return false, f.factText(id, is)
			}
			met = met && known
		}
	}
	return met, ""
}

// listOf is a word as a list; none where it is empty.
func listOf(word string) []string {
	if word == "" {
		return nil
	}
	return []string{word}
}

// factText is what a fact says where it is true or false.
func (f Facts) factText(id string, is bool) string {
	i := slices.IndexFunc(f.Lens.Facts, func(x lens.Fact) bool { return x.ID == id })
	switch {
	case i >= 0 && is:
		return f.Lens.Facts[i].Name
	case i >= 0 && f.Lens.Facts[i].Otherwise != "":
		return f.Lens.Facts[i].Otherwise
	case is:
		return "the profile says " + id
	}
	return "the profile says not " + id
}

// Applicability is what a profile makes of a best practice.
type Applicability string

// The rulings.
const (
	Asked    Applicability = "asked"
	OnDemand Applicability = "on demand" // set aside: only asked where somebody opens it
	RuledOut Applicability = "never"     // not applicable
)

// Applicability tells whether the profile lets a best practice be asked, and why not, in a
// sentence; empty where it is asked. What the profile leaves
// open rules out nothing. An answer that exists counts all the same.
func (f Facts) Applicability(p *lens.Practice) (Applicability, string) {
	if i := f.partIndex(p); i >= 0 && f.unaskedReasons[i] != "" {
		return OnDemand, f.unaskedReasons[i]
	}
	for _, r := range [...]struct {
		ruling Applicability
		to     *lens.Condition
	}{{RuledOut, &p.AppliesTo}, {OnDemand, &p.AskedOf}} {
		if _, missed := f.meets(r.to); missed != "" {
			if r.to.Because != "" {
				missed = r.to.Because
			}
			return r.ruling, strings.ToUpper(missed[:1]) + strings.TrimSuffix(missed[1:], ".") + "."
		}
	}
	return Asked, ""
}

// UnaskedPart is the name of the part of which nothing is asked, where a best practice is of
// such a part: the profile lacks what the part needs. It is empty for any other.
func (f Facts) UnaskedPart(p *lens.Practice) string {
	if i := f.partIndex(p); i >= 0 && f.unaskedReasons[i] != "" {
		return f.Lens.Parts[i].Name
	}
	return ""
}

// partIndex is the place of the part of the lens that asks a best practice; less than zero
// where none does.
func (f Facts) partIndex(p *lens.Practice) int {
	if p.Part == "" {
		return -1
	}
	return slices.IndexFunc(f.Lens.Parts, func(part lens.Part) bool { return part.ID == p.Part })
}

// UnaskedReasons says of each part of the lens that is not asked why it isn't, in a sentence.
func (f Facts) UnaskedReasons() []string {
	var out []string
	for _, why := range f.unaskedReasons {
		if why != "" {
			out = append(out, why)
		}
	}
	return out
}

// UnaskedSummary says what the parts of the lens that are not asked wait for, as a clause without
// a full stop: "the product questions wait for markets". It is empty where all are asked.
func (f Facts) UnaskedSummary() string {
	var out []string
	for i, part := range f.Lens.Parts {
		if f.unaskedReasons[i] != "" {
			out = append(out, fmt.Sprintf("the %s questions wait for %s", strings.ToLower(part.Name), part.Needs))
		}
	}
	return strings.Join(out, ", ")
}

// missesNeeds tells whether the profile lacks what a part needs before it is asked.
func (f Facts) missesNeeds(part lens.Part) bool {
	return part.Needs != "" && profileField(f.Profile, string(part.Needs)).IsZero()
}

func unaskedReason(part lens.Part) string {
	return fmt.Sprintf("The %s questions are not asked: %s is not set in the profile.", strings.ToLower(part.Name), part.Needs)
}

// profileField is the value of a key of a profile.
func profileField(p Profile, key string) reflect.Value {
	v := reflect.ValueOf(p)
	return v.FieldByIndex(yamlfile.FieldByKey(v.Type(), key).Index)
}

// SetAside lists, by id, the best practices in scope that the profile sets aside and
// nobody has answered, with the reason. They are asked only where somebody opens them.
func (r *Review) SetAside(l *lens.Lens) map[string]string {
	return FactsOf(l, r.Workload.Profile).SetAside(r)
}

// SetAside is Review.SetAside, of a review whose facts these are.
func (f Facts) SetAside(r *Review) map[string]string {
	aside := make(map[string]string, 32) // a part that waits for the profile is most of it
	for q, p := range f.Lens.All() {
		if p.Part == "" && p.AskedOf.Empty() { // of most: it is asked first
			continue
		}
		if _, answered := r.Answers[p.ID]; answered || !r.Scope.Includes(q, p) {
			continue
		}
		if ruling, reason := f.Applicability(p); ruling == OnDemand {
			aside[p.ID] = reason
		}
	}
	return aside
}

// NewlyAsked lists the best practices in scope, unanswered and not set aside, that the
// lens asks only since a revision after the given one, in lens order.
func (r *Review) NewlyAsked(l *lens.Lens, revision int) []string {
	return FactsOf(l, r.Workload.Profile).NewlyAsked(r, revision)
}

// NewlyAsked is Review.NewlyAsked, of a review whose facts these are.
func (f Facts) NewlyAsked(r *Review, revision int) []string {
	var ids []string
	for q, p := range f.Lens.All() {
		if p.Since <= revision { // of most: it is asked first
			continue
		}
		if _, answered := r.Answers[p.ID]; answered || !r.Scope.Includes(q, p) {
			continue
		}
		if ruling, _ := f.Applicability(p); ruling != OnDemand {
			ids = append(ids, p.ID)
		}
	}
	return ids
}
