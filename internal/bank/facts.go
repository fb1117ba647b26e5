package bank

import (
	"slices"

	"github.com/iotlens/iotlens/internal/lens"
)

// facts checks the facts of a workload: they have a name, their conditions name
// what there is, and refer only to facts above them, so that none depends on itself.
func (c *checker) facts() {
	s := c.lensFile
	c.unique(s, "facts.*.id")
	c.required(s, "facts.*.name")
	ids := lens.FactIDs(c.lens.Facts)
	for i, f := range c.lens.Facts {
		if f.Weight < 0 {
			c.report(s.doc, []any{"facts", i, "weight"}, "weight must be 0 or more, not %d", f.Weight)
		}
		c.condition(s.part(&c.lens.Facts[i], "facts", i), ids[:i], "when.*")
	}
}

// condition checks the words of conditions at some paths. facts are the ids of
// the facts that they may name.
func (c *checker) condition(s source, facts []string, paths ...string) {
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
		{"fact", "is", facts},
		{"fact", "not", facts},
	} {
		for _, path := range paths {
			c.known(s, list.what, list.known, path+"."+list.key)
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
