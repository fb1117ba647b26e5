package gate

import (
	"fmt"
	"slices"
	"strings"

	"github.com/iotlens/iotlens/internal/compare"
	"github.com/iotlens/iotlens/internal/review"
	"github.com/iotlens/iotlens/internal/scoring"
	"github.com/iotlens/iotlens/internal/text"
)

// checkBaseline reports findings of the baseline whose status is no longer known. If the
// policy would fail on the gap, the verdict is incomplete: absence is never a pass.
func (eval *evaluator) checkBaseline() {
	if eval.baseline == nil {
		return
	}
	eval.verdict.addCheck(ruleBaseline, "no new, regressed or missing finding since "+eval.baseline.Old.Name, classCounts(eval.baseline))
	for _, f := range eval.baseline.Findings {
		switch f.Class {
		case compare.Gone:
			// An unanswered practice is reported by checkPractices, and a retired one left the lens, not the review.
			if f.Cause != compare.CauseAnswerRemoved && f.Cause != compare.CauseRetired && eval.gapWouldFail(f.Practice) {
				eval.verdict.addReason(Incomplete, ruleBaseline, f.ID, "%s", lostFindingText(f))
				continue
			}
			eval.noteLostFinding(f)
		case compare.Unknown:
			eval.noteLostFinding(f)
		}
	}
	eval.checkRelaxations()
	eval.noteComparability()
}

// gapWouldFail reports whether the policy fails on a gap in a best practice of the baseline.
func (eval *evaluator) gapWouldFail(p compare.Practice) bool {
	if slices.Contains(eval.policy.Hard, p.ID) {
		return true
	}
	level := eval.policy.practiceFailLevel(&scoring.Practice{ID: p.ID, Pillar: p.Pillar, Layers: p.Layers})
	severity := p.Severity
	for i := range eval.assessment.Practices {
		if eval.assessment.Practices[i].ID == p.ID {
			severity = eval.severity(&eval.assessment.Practices[i])
		}
	}
	return level.fails(severity) && !slices.Contains(eval.policy.Soft, p.ID)
}

// noteLostFinding notes a finding of the baseline whose status is no longer known, unless
// the verdict already names it.
func (eval *evaluator) noteLostFinding(f compare.Finding) {
	named := slices.ContainsFunc(eval.verdict.Reasons, func(r Reason) bool { return r.Subject == f.ID }) ||
		slices.ContainsFunc(eval.verdict.Notes, func(n Note) bool { return n.Subject == f.ID }) ||
		slices.Contains(eval.verdict.NoLongerAsked, f.ID)
	if !named {
		eval.verdict.addNote(f.ID, "%s", lostFindingText(f))
	}
}

// lostFindingText describes a finding of the baseline whose status is no longer known.
func lostFindingText(f compare.Finding) string {
	now := f.Cause.Words()
	if f.Class == compare.Unknown {
		now = review.CannotDetermine.Words()
	}
	return now + "; in the baseline it was " + f.Was.Words() + ": " + f.Title
}

// checkRelaxations reports changes that make it easier to pass than in the baseline.
func (eval *evaluator) checkRelaxations() {
	for _, r := range eval.baseline.Relaxations {
		o := eval.policy.Safeguards.Relaxations.outcome()
		if !eval.relaxationMatters(r) {
			o = Passed
		}
		eval.verdict.addRelaxation(o, r)
	}
	if n := len(eval.baseline.JoinedScope); n > 0 {
		eval.verdict.addNote("", "%s in scope that the baseline left out", text.Plural(n, "best practice is", "best practices are"))
	}
}

// relaxationMatters reports whether a relaxation can change the verdict. One about best
// practices cannot if the policy fails on no severity there and requires no score.
func (eval *evaluator) relaxationMatters(r compare.Relaxation) bool {
	ids := r.Practices
	switch r.Kind {
	case compare.ScopeNarrowed:
	case compare.NotApplicable, compare.AnswerRemoved, compare.WaiverAdded, compare.WaiverProlonged, compare.WaiverChanged:
		ids = []string{r.Subject}
	default:
		return true
	}
	for _, part := range eval.parts() {
		if part.threshold.MinScore > 0 {
			return true
		}
	}
	return slices.ContainsFunc(ids, func(id string) bool {
		p, known := eval.baseline.Practice(id)
		if slices.Contains(eval.policy.Hard, id) || !known {
			return true
		}
		level := eval.policy.practiceFailLevel(&scoring.Practice{ID: id, Pillar: p.Pillar, Layers: p.Layers})
		return level.level != LevelNone && !slices.Contains(eval.policy.Soft, id)
	})
}

// noteComparability notes what makes the baseline and this review hard to compare: another
// lens, another profile, another scoring mode.
func (eval *evaluator) noteComparability() {
	for _, caveat := range eval.baseline.Caveats {
		eval.verdict.addNote("", "%s", caveat)
	}
	profile := eval.baseline.Profile
	profile.Changed = nil // reported as a relaxation
	for _, sentence := range profile.Words() {
		eval.verdict.addNote("", "%s", sentence)
	}
	lensChange := eval.baseline.Lens
	if lensChange.Changed() {
		was, is := lensChange.Words()
		eval.verdict.addNote("", "the baseline answered lens version %s, this review %s", was, is)
		if !lensChange.Complete {
			eval.verdict.addNote("", "the lens of the baseline is not available, so what was added or reworded since is not known")
		}
	}
	for _, l := range []struct {
		verb  string
		items []compare.LensItemChange
	}{{"newly asks", lensChange.Added}, {"no longer asks", lensChange.Dropped}, {"has reworded", lensChange.Reworded}} {
		if ids := eval.excludeNewQuestions(l.items); len(ids) > 0 {
			eval.verdict.addNote("", "the lens %s: %s", l.verb, strings.Join(ids, ", "))
		}
	}
	old, now := eval.baseline.Old, eval.baseline.New
	if old.Mode != "" && now.Mode != "" && old.Mode != now.Mode {
		eval.verdict.addNote("", "the risks of the baseline are scored in the mode %s, those of this review in %s", old.Mode, now.Mode)
	}
}

// classCounts says how many findings each class has: "1 regressed, 0 new, ...".
func classCounts(c *compare.Comparison) string {
	var parts []string
	for _, class := range compare.Classes() {
		parts = append(parts, fmt.Sprintf("%d %s", len(c.Of(class)), class))
	}
	return strings.Join(parts, ", ")
}

// excludeNewQuestions lists the ids of changed items of the lens, without those that
// checkRevision has already noted, and without their questions.
func (eval *evaluator) excludeNewQuestions(items []compare.LensItemChange) []string {
	noted := map[string]bool{}
	for _, item := range items {
		if slices.Contains(eval.verdict.NewlyAsked, item.ID) || slices.Contains(eval.verdict.NoLongerAsked, item.ID) {
			noted[item.ID], noted[item.Of] = true, true
		}
	}
	var ids []string
	for _, item := range items {
		if !noted[item.ID] {
			ids = append(ids, item.ID)
		}
	}
	return ids
}
