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

// checkBaseline reports what the baseline had answered and this state has not. At the
// level it makes the verdict incomplete: absence is never a pass.
func (eval *evaluator) checkBaseline() {
	if eval.baseline == nil {
		return
	}
	eval.verdict.addCheck(ruleBaseline, "no new, regressed or missing finding since "+eval.baseline.Old.Name, classCounts(eval.baseline))
	for _, f := range eval.baseline.Findings {
		switch f.Class {
		case compare.Gone:
			// What is unanswered is reported as such; what is retired the lens took out, not the review.
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

// gapWouldFail tells whether a gap in a best practice of the baseline fails by the policy.
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

// noteLostFinding notes a finding of the baseline whose status is not known any more, unless a
// reason or a note is about it.
func (eval *evaluator) noteLostFinding(f compare.Finding) {
	reported := slices.ContainsFunc(eval.verdict.Reasons, func(r Reason) bool { return r.Subject == f.ID }) ||
		slices.ContainsFunc(eval.verdict.Notes, func(n Note) bool { return n.Subject == f.ID }) ||
		slices.Contains(eval.verdict.NoLongerAsked, f.ID)
	if !reported {
		eval.verdict.addNote(f.ID, "%s", lostFindingText(f))
	}
}

// lostFindingText describes a finding whose status is not known any more.
func lostFindingText(f compare.Finding) string {
	now := f.Cause.Words()
	if f.Class == compare.Unknown {
		now = review.CannotDetermine.Words()
	}
	return now + "; in the baseline it was " + f.Was.Words() + ": " + f.Title
}

// checkRelaxations reports what makes passing easier than in the baseline.
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

// addRelaxation records a relaxation with its outcome.
func (v *Verdict) addRelaxation(o Outcome, r compare.Relaxation) {
	v.Relaxations = append(v.Relaxations, Relaxation{r, o})
	if o == Passed {
		v.addNote(r.Subject, "%s", r)
		return
	}
	v.addReason(o, ruleRelaxations, r.Subject, "%s", r)
}

// relaxationMatters tells whether a relaxation matters to the policy: one on best practices does
// not where the policy fails on no severity there and has no score to reach.
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

// noteComparability notes what makes the two states hard to compare.
func (eval *evaluator) noteComparability() {
	for _, caveat := range eval.baseline.Caveats {
		eval.verdict.addNote("", "%s", caveat)
	}
	change := eval.baseline.Profile
	change.Changed = nil // a relaxation
	for _, words := range change.Words() {
		eval.verdict.addNote("", "%s", words)
	}
	c := eval.baseline.Lens
	if c.Changed() {
		was, is := c.Words()
		eval.verdict.addNote("", "the baseline answered lens version %s, this review %s", was, is)
		if !c.Complete {
			eval.verdict.addNote("", "the lens of the baseline is not available, so what was added or reworded since is not known")
		}
	}
	for _, l := range []struct {
		what string
		list []compare.LensItemChange
	}{{"newly asks", c.Added}, {"no longer asks", c.Dropped}, {"has reworded", c.Reworded}} {
		if ids := eval.excludeNewQuestions(l.list); len(ids) > 0 {
			eval.verdict.addNote("", "the lens %s: %s", l.what, strings.Join(ids, ", "))
		}
	}
	old, now := eval.baseline.Old, eval.baseline.New
	if old.Mode != "" && now.Mode != "" && old.Mode != now.Mode {
		eval.verdict.addNote("", "the risks of the baseline are scored in the mode %s, those of this review in %s", old.Mode, now.Mode)
	}
}

// classCounts lists how many findings each class has.
func classCounts(c *compare.Comparison) string {
	var parts []string
	for _, class := range compare.Classes() {
		parts = append(parts, fmt.Sprintf("%d %s", len(c.Of(class)), class))
	}
	return strings.Join(parts, ", ")
}

// excludeNewQuestions lists the ids of what the lens changed, without the best practices
// that a note on its revision has, and their questions.
func (eval *evaluator) excludeNewQuestions(list []compare.LensItemChange) []string {
	noted := map[string]bool{}
	for _, w := range list {
		if slices.Contains(eval.verdict.NewlyAsked, w.ID) || slices.Contains(eval.verdict.NoLongerAsked, w.ID) {
			noted[w.ID], noted[w.Of] = true, true
		}
	}
	var ids []string
	for _, w := range list {
		if !noted[w.ID] {
			ids = append(ids, w.ID)
		}
	}
	return ids
}
