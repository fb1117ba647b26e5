package bank

import (
	"strings"

	"github.com/iotlens/iotlens/internal/lens"
)

// weights checks that the constants of scoring are in range and complete: a
// product at any stage, with a gap of any kind, has a factor.
func (c *checker) weights() {
	w, doc := c.lens.Weights, c.lensDoc
	share := func(v float64, at ...any) {
		switch {
		case v == 0:
			c.say(doc, append([]any{"weights"}, at...), "%s is missing or 0; it must be above 0 and at most 1", key(at))
		case v < 0 || v > 1:
			c.say(doc, append([]any{"weights"}, at...), "%s must be above 0 and at most 1", key(at))
		}
	}
	share(w.Severity.High, "severity", "high")
	share(w.Severity.Medium, "severity", "medium")
	share(w.Severity.Low, "severity", "low")
	share(w.Credit.Implemented, "credit", "implemented")
	share(w.Credit.PartiallyImplemented, "credit", "partially_implemented")
	share(w.Gap.NotImplemented, "gap", "not_implemented")
	share(w.Gap.CannotDetermine, "gap", "cannot_determine")
	share(w.Gap.PartiallyImplemented, "gap", "partially_implemented")
	share(w.Exposure.Base, "exposure", "base")
	for i, f := range w.Exposure.Factors {
		share(f.Add, "exposure", "factors", i, "add")
		c.text(doc, f.Because, "weights", "exposure", "factors", i, "because")
		c.refs(doc, "pillar", f.Pillars, c.pillarIDs, "weights", "exposure", "factors", i, "pillars")
		c.refs(doc, "layer", f.Layers, c.lens.LayerIDs(), "weights", "exposure", "factors", i, "layers")
		c.refs(doc, "power", f.Power, lens.TermIDs(c.lens.Power), "weights", "exposure", "factors", i, "power")
		c.refs(doc, "connectivity", f.Connectivity, lens.TermIDs(c.lens.Connectivity), "weights", "exposure", "factors", i, "connectivity")
	}
	have := map[string]bool{}
	for i, r := range w.Reversibility {
		share(r.Factor, "reversibility", i, "factor")
		c.text(doc, r.Because, "weights", "reversibility", i, "because")
		if r.Stage != "" {
			c.refs(doc, "stage", []string{r.Stage}, lens.TermIDs(c.lens.Stages), "weights", "reversibility", i, "stage")
		}
		if r.Fix == "" && c.lens.Promised(lens.Cards) { // every fix is known there
			c.text(doc, string(r.Fix), "weights", "reversibility", i, "fix")
		}
		if have[r.Stage+"/"+string(r.Fix)] {
			c.say(doc, []any{"weights", "reversibility", i}, "reversibility has stage %q and fix %s twice", r.Stage, r.Fix)
		}
		have[r.Stage+"/"+string(r.Fix)] = true
	}
	for _, stage := range append([]string{""}, lens.TermIDs(c.lens.Stages)...) {
		fixes := lens.Fix("").Values()
		if !c.lens.Promised(lens.Cards) {
			fixes = append(fixes, "")
		}
		for _, fix := range fixes {
			if !have[stage+"/"+fix] {
				c.say(doc, []any{"weights", "reversibility"}, "reversibility says nothing for stage %q and fix %s", stage, lens.Fix(fix))
			}
		}
	}
	if w.Plan.Important < 1 || w.Plan.Urgent < w.Plan.Important || w.Plan.Urgent > 100 {
		c.say(doc, []any{"weights", "plan"}, "plan needs 1 <= important <= urgent <= 100")
	}
}

// key writes where a weight stands: severity.high.
func key(at []any) string {
	var keys []string
	for _, step := range at {
		if s, ok := step.(string); ok {
			keys = append(keys, s)
		}
	}
	return strings.Join(keys, ".")
}
