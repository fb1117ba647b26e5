package bank

import (
	"reflect"
	"slices"

	"github.com/iotlens/iotlens/internal/lens"
)

// checkFacts checks facts and stakes: they have a name and a weight of 0 or more; conditions
// of a fact use known terms, have no because, and refer only to earlier facts, so that none
// depends on itself.
func (c *checker) checkFacts() {
	s := c.lensFile
	c.requireUnique(s, "facts.*.id", "stakes.*.id")
	c.requireText(s, "facts.*.name", "stakes.*.name")
	for _, path := range []string{"facts.*.weight", "stakes.*.weight"} {
		s.each(path, func(v any, at []any) {
			if v.(int) < 0 {
				c.report(s.doc, at, "weight must be 0 or more, not %v", v)
			}
		})
	}
	ids := lens.FactIDs(c.lens.Facts)
	for i := range c.lens.Facts {
		fact := s.part(&c.lens.Facts[i], "facts", i)
		c.checkConditions(fact, ids[:i], "when.*")
		fact.each("when.*.because", func(v any, at []any) {
			if v != "" {
				c.report(s.doc, at, "because is for best practices; a fact says why by its name and otherwise")
			}
		})
	}
}

// checkConditions checks the terms of conditions at the given paths. facts are the facts that
// they may name.
func (c *checker) checkConditions(s source, facts []string, paths ...string) {
	l := &c.lens
	for _, list := range []struct {
		what, key string
		known     []string
	}{
		{"device class", "device_classes", lens.TermIDs(l.DeviceClasses)},
		{"protocol", "protocols", lens.TermIDs(l.Protocols)},
		{"segment", "segments", lens.TermIDs(l.Segments)},
		{"power", "power", lens.TermIDs(l.Power)},
		{"connectivity", "connectivity", lens.TermIDs(l.Connectivity)},
		{"scenario", "scenarios", l.ScenarioIDs()},
		{"stage", "stages", lens.TermIDs(l.Stages)},
		{"market", "markets", lens.TermIDs(l.Markets)},
		{"audience", "audiences", lens.TermIDs(l.Audiences)},
		{"product class", "product_classes", lens.TermIDs(l.ProductClasses)},
		{"fact", "is", facts},
		{"fact", "not", facts},
	} {
		for _, path := range paths {
			c.checkKnown(s, list.what, list.known, path+"."+list.key)
		}
	}
	for _, path := range paths {
		s.each(path, func(v any, at []any) {
			condition := v.(lens.Condition)
			for i, id := range condition.Not {
				if slices.Contains(condition.Is, id) {
					c.report(s.doc, append(slices.Clone(at), "not", i), "the fact %s is in both is and not", id)
				}
			}
		})
	}
}

// checkRating checks the ratings of a best practice: own_severity differs from severity and
// has a reason; at most two stakes; closes only with a matching fix; applies_to and
// asked_of do not exclude each other and say why.
func (c *checker) checkRating(p *lens.Practice, s source) {
	own := p.OwnSeverity
	switch {
	case own.Level == "" && own.Why != "":
		c.report(s.doc, append(slices.Clone(s.at), "own_severity"), "own_severity has no level")
	case own.Level != "" && own.Level == p.Severity:
		c.report(s.doc, append(slices.Clone(s.at), "own_severity", "level"), "own_severity is %s, as severity is; leave it out", own.Level)
	case own.Level != "":
		c.requireText(s, "own_severity.why")
	}
	c.checkLength(s, 0, 2, "at_stake")
	if p.Closes != "" && slices.Contains([]lens.Fix{lens.Cloud, lens.OverTheAir}, p.Fix) {
		c.report(s.doc, append(slices.Clone(s.at), "closes"), "closes is %s, but a gap with fix %s can be closed at any time; closes needs the fix hardware, field-visit or process", p.Closes, p.Fix)
	}
	for _, key := range []string{"applies_to", "asked_of"} {
		s.each(key, func(v any, at []any) {
			if condition := v.(lens.Condition); c.lens.Promised(lens.Cards) && !c.isExplained(condition) {
				c.report(s.doc, at, "%s has no because: say why it is not for the others", key)
			}
		})
	}
	if !compatible(p.AppliesTo, p.AskedOf) {
		c.report(s.doc, append(slices.Clone(s.at), "asked_of"), "asked_of leaves nothing of applies_to: nobody would be asked")
	}
}

// isExplained reports whether a condition says why others do not meet it: by because, or by
// its facts if it has nothing else.
func (c *checker) isExplained(condition lens.Condition) bool {
	if condition.Because != "" {
		return true
	}
	for _, f := range c.lens.Facts {
		if slices.Contains(condition.Is, f.ID) && f.Otherwise == "" {
			return false
		}
	}
	condition.Is, condition.Not = nil, nil
	return reflect.ValueOf(condition).IsZero()
}

// compatible reports whether a workload can meet both conditions.
func compatible(a, b lens.Condition) bool {
	shared := func(x, y []string) bool {
		return slices.ContainsFunc(x, func(id string) bool { return slices.Contains(y, id) })
	}
	disjoint := func(x, y []string) bool { return len(x) > 0 && len(y) > 0 && !shared(x, y) }
	return !disjoint(a.Segments, b.Segments) && !disjoint(a.Stages, b.Stages) && !disjoint(a.ProductClasses, b.ProductClasses) && !shared(a.Is, b.Not) && !shared(a.Not, b.Is)
}
