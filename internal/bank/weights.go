package bank

import (
	"strings"

	"github.com/iotlens/iotlens/internal/lens"
)

// weights checks that the constants of scoring are in range and complete: a
// product at any stage, with a gap of any kind, has a factor.
func (c *checker) weights() {
	l, s := &c.lens, c.lensFile
	for _, path := range []string{
		"severity.high", "severity.medium", "severity.low", "credit.implemented", "credit.partially_implemented",
		"gap.not_implemented", "gap.cannot_determine", "gap.partially_implemented",
		"exposure.base", "exposure.factors.*.add", "reversibility.*.factor",
	} {
		s.each("weights."+path, func(v any, at []any) {
			if w := v.(float64); w <= 0 || w > 1 {
				c.report(s.doc, at, "%s must be above 0 and at most 1, not %v", strings.ReplaceAll(path, ".*", ""), w)
			}
		})
	}
	c.required(s, "weights.exposure.factors.*.because", "weights.reversibility.*.because")
	c.known(s, "pillar", c.pillarIDs, "weights.exposure.factors.*.pillars")
	c.known(s, "layer", l.LayerIDs(), "weights.exposure.factors.*.layers")
	c.known(s, "power", lens.TermIDs(l.Power), "weights.exposure.factors.*.power")
	c.known(s, "connectivity", lens.TermIDs(l.Connectivity), "weights.exposure.factors.*.connectivity")
	fixes, stages := lens.Fix("").Values(), append([]string{""}, lens.TermIDs(l.Stages)...)
	if l.Promised(lens.Cards) {
		c.required(s, "weights.reversibility.*.fix") // every fix is known there
	} else {
		fixes = append(fixes, "")
	}
	given := map[string]bool{}
	for i, r := range l.Weights.Reversibility {
		if r.Stage != "" {
			c.words(s.doc, "stage", []string{r.Stage}, stages, []any{"weights", "reversibility", i, "stage"})
		}
		if given[r.Stage+"/"+string(r.Fix)] {
			c.report(s.doc, []any{"weights", "reversibility", i}, "reversibility has stage %q and fix %s twice", r.Stage, r.Fix)
		}
		given[r.Stage+"/"+string(r.Fix)] = true
	}
	for _, stage := range stages {
		for _, fix := range fixes {
			if !given[stage+"/"+fix] {
				c.report(s.doc, []any{"weights", "reversibility"}, "reversibility has no entry for stage %q and fix %s", stage, lens.Fix(fix))
			}
		}
	}
	if p := l.Weights.Plan; p.Important < 1 || p.Urgent < p.Important || p.Urgent > 100 {
		c.report(s.doc, []any{"weights", "plan"}, "plan needs 1 <= important <= urgent <= 100")
	}
}
