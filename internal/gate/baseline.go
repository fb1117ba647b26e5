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
func (j *judge) checkBaseline() {
	if j.base == nil {
		return
	}
	j.v.check(ruleBaseline, "no new, regressed or missing finding since "+j.base.Old.Name, classCounts(j.base))
	for _, f := range j.base.Findings {
		switch f.Class {
		case compare.Gone:
			// What is unanswered is reported as such; what is retired the lens took out, not the review.
			if f.Why != compare.Unanswered && f.Why != compare.Retired && j.wouldFail(f.Practice) {
				j.v.add(Incomplete, ruleBaseline, f.ID, "%s", lossText(f))
				continue
			}
			j.noteLoss(f)
		case compare.Unknown:
			j.noteLoss(f)
		}
	}
	j.checkRelaxations()
	j.noteChanges()
}

// wouldFail tells whether a gap in a best practice of the baseline fails by the policy.
func (j *judge) wouldFail(p compare.Practice) bool {
	if slices.Contains(j.p.Hard, p.ID) {
		return true
	}
	level := j.p.practiceLevel(&scoring.Practice{ID: p.ID, Pillar: p.Pillar, Layers: p.Layers})
	severity := p.Severity
	for i := range j.a.Practices {
		if j.a.Practices[i].ID == p.ID {
			severity = j.severity(&j.a.Practices[i])
		}
	}
	return level.includes(severity) && !slices.Contains(j.p.Soft, p.ID)
}

// noteLoss notes a finding of the baseline whose status is not known any more, unless a
// reason or a note is about it.
func (j *judge) noteLoss(f compare.Finding) {
	reported := slices.ContainsFunc(j.v.Reasons, func(r Reason) bool { return r.Subject == f.ID }) ||
		slices.ContainsFunc(j.v.Notes, func(n Note) bool { return n.Subject == f.ID }) ||
		slices.Contains(j.v.NoLongerAsked, f.ID)
	if !reported {
		j.v.note(f.ID, "%s", lossText(f))
	}
}

// lossText describes a finding whose status is not known any more.
func lossText(f compare.Finding) string {
	now := f.Why.Words()
	if f.Class == compare.Unknown {
		now = review.CannotDetermine.Words()
	}
	return now + "; in the baseline it was " + f.Was.Words() + ": " + f.Title
}

// checkRelaxations reports what makes passing easier than in the baseline.
func (j *judge) checkRelaxations() {
	for _, r := range j.base.Relaxations {
		o := j.p.Trust.Relaxations.outcome()
		if !j.eases(r) {
			o = Passed
		}
		j.v.relax(o, r)
	}
	if n := len(j.base.Joined); n > 0 {
		j.v.note("", "%s in scope that the baseline left out", text.Plural(n, "best practice is", "best practices are"))
	}
}

// relax records a relaxation with its outcome.
func (v *Verdict) relax(o Outcome, r compare.Relaxation) {
	v.Relaxations = append(v.Relaxations, Relaxation{r, o})
	if o == Passed {
		v.note(r.Subject, "%s", r)
		return
	}
	v.add(o, ruleRelaxations, r.Subject, "%s", r)
}

// eases tells whether a relaxation matters to the policy: one on best practices does
// not where the policy fails on no severity there and has no score to reach.
func (j *judge) eases(r compare.Relaxation) bool {
	ids := r.Practices
	switch r.Kind {
	case compare.ScopeNarrowed:
	case compare.NotApplicable, compare.AnswerRemoved, compare.WaiverAdded, compare.WaiverProlonged, compare.WaiverChanged:
		ids = []string{r.Subject}
	default:
		return true
	}
	for _, part := range j.parts() {
		if part.threshold.MinScore > 0 {
			return true
		}
	}
	return slices.ContainsFunc(ids, func(id string) bool {
		p, known := j.base.Practice(id)
		if slices.Contains(j.p.Hard, id) || !known {
			return true
		}
		level := j.p.practiceLevel(&scoring.Practice{ID: id, Pillar: p.Pillar, Layers: p.Layers})
		return level.level != None && !slices.Contains(j.p.Soft, id)
	})
}

// noteChanges notes what makes the two states hard to compare.
func (j *judge) noteChanges() {
	for _, caveat := range j.base.Caveats {
		j.v.note("", "%s", caveat)
	}
	change := j.base.Profile
	change.Changed = nil // a relaxation
	for _, words := range change.Words() {
		j.v.note("", "%s", words)
	}
	c := j.base.Lens
	if c.Changed() {
		was, is := c.Words()
		j.v.note("", "the baseline answered lens version %s, this review %s", was, is)
		if !c.Complete {
			j.v.note("", "the lens of the baseline is not available, so what was added or reworded since is not known")
		}
	}
	for _, l := range []struct {
		what string
		list []compare.Wording
	}{{"newly asks", c.Added}, {"no longer asks", c.Dropped}, {"has reworded", c.Reworded}} {
		if ids := j.withoutNewQuestions(l.list); len(ids) > 0 {
			j.v.note("", "the lens %s: %s", l.what, strings.Join(ids, ", "))
		}
	}
	old, now := j.base.Old, j.base.New
	if old.Mode != "" && now.Mode != "" && old.Mode != now.Mode {
		j.v.note("", "the risks of the baseline are scored in the mode %s, those of this review in %s", old.Mode, now.Mode)
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

// withoutNewQuestions lists the ids of what the lens changed, without the best practices
// that a note on its revision has, and their questions.
func (j *judge) withoutNewQuestions(list []compare.Wording) []string {
	noted := map[string]bool{}
	for _, w := range list {
		if slices.Contains(j.v.NewlyAsked, w.ID) || slices.Contains(j.v.NoLongerAsked, w.ID) {
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
