package bank

import (
	"strings"

	"github.com/iotlens/iotlens/internal/lens"
)

// checkWeights checks that the scoring weights are in range and complete: every combination
// of stage and fix has a factor.
func (c *checker) checkWeights() {
	l, s := &c.lens, c.lensFile
	share := func(path string, optional bool) {
		s.each("weights."+path, func(v any, at []any) {
			if w := v.(float64); w < 0 || w > 1 || w == 0 && !optional {
				c.report(s.doc, at, "%s must be above 0 and at most 1, not %v", strings.ReplaceAll(path, ".*", ""), w)
			}
		})
	}
	for _, path := range []string{
		"severity.high", "severity.medium", "severity.low", "credit.implemented", "credit.partially_implemented",
		"gap.not_implemented", "gap.cannot_determine", "gap.partially_implemented",
		"harm.further_stake", "reversibility.*.factor",
	} {
		share(path, false)
	}
	for _, path := range []string{"gap.few", "gap.half", "gap.most"} {
		share(path, true)
	}
	if r := l.Weights.Reach; r.Base <= 0 || r.Half <= 0 {
		c.report(s.doc, []any{"weights", "reach"}, "reach needs base and half above 0")
	}
	if h := l.Weights.Harm; h.Low <= 0 || h.Medium < h.Low || h.High < h.Medium {
		c.report(s.doc, []any{"weights", "harm"}, "harm needs 0 < low <= medium <= high")
	}
	if l.Weights.UrgentDays < 1 {
		c.report(s.doc, []any{"weights", "urgent_days"}, "urgent_days must be 1 or more")
	}
	fixes, stages := lens.Fix("").Values(), append([]string{""}, lens.TermIDs(l.Stages)...)
	if l.Promised(lens.Cards) {
		c.requireText(s, "weights.reversibility.*.fix") // every fix is known there
	} else {
		fixes = append(fixes, "")
	}
	type row struct {
		stage  string
		fix    lens.Fix
		closes lens.Closing
	}
	given := map[row]bool{}
	for i, r := range l.Weights.Reversibility {
		if r.Stage != "" {
			c.checkWords(s.doc, "stage", []string{r.Stage}, stages, []any{"weights", "reversibility", i, "stage"})
		}
		key := row{r.Stage, r.Fix, r.Closes}
		if given[key] {
			c.report(s.doc, []any{"weights", "reversibility", i}, "reversibility has stage %q, fix %s and closes %q twice", r.Stage, r.Fix, r.Closes)
		}
		given[key] = true
	}
	for _, stage := range stages {
		for _, fix := range fixes {
			if !given[row{stage: stage, fix: lens.Fix(fix)}] {
				c.report(s.doc, []any{"weights", "reversibility"}, "reversibility has no entry for stage %q and fix %s", stage, lens.Fix(fix))
			}
		}
	}
	if p := l.Weights.Plan; p.Important < 1 || p.Urgent < p.Important || p.Urgent > 100 {
		c.report(s.doc, []any{"weights", "plan"}, "plan needs 1 <= important <= urgent <= 100")
	}
}
