package gate

import (
	"slices"

	"github.com/iotlens/iotlens/internal/compare"
	"github.com/iotlens/iotlens/internal/review"
	"github.com/iotlens/iotlens/internal/scoring"
)

// findings holds each finding to its level.
func (j *judge) findings() {
	for i := range j.a.Findings {
		j.finding(&j.a.Findings[i])
	}
}

func (j *judge) finding(f *scoring.Finding) {
	d := j.p.practiceLevel(f.Practice)
	hard, soft := slices.Contains(j.p.Hard, f.ID), slices.Contains(j.p.Soft, f.ID)
	what := string(f.Severity) + " severity, " + f.Status.Words() + ": " + f.Title
	if !f.Waived && !j.accepted(f.ID) {
		j.open(f.Practice, f.Status)
	}
	switch {
	case f.Waived:
		j.v.add(Passed, ruleWaivers, f.ID, "waived until %s; %s", f.Waiver.Expires, what)
		return
	case hard:
		d.rule, what = ruleHard, "on the hard list, "+what
	case soft:
		j.v.add(Passed, ruleSoft, f.ID, "on the soft list, %s", what)
		j.v.note("", "%s is on the soft list: %s", f.ID, what)
		return
	case !d.includes(f.Severity):
		j.v.add(Passed, d.rule, f.ID, "%s; %s", d.below(), what)
		return
	case f.Status == review.PartiallyImplemented && j.p.Practices[f.ID].AtLeast == review.PartiallyImplemented:
		j.v.add(Passed, Rule{"practices." + f.ID, "at_least"}, f.ID, "partially is enough; %s", what)
		return
	}
	old, known := j.before(f.ID)
	if f.Status == review.CannotDetermine {
		j.missing(f.Practice, ruleUnknown, j.p.Unknown, old, what)
		return
	}
	if known && old.Class == compare.StillOpen && !hard {
		j.v.add(Passed, ruleBaseline, f.ID, "still open, as in the baseline; %s", what)
		return
	}
	if known && (old.Class == compare.New || old.Class == compare.Regressed) {
		what = string(old.Class) + " (" + string(old.Why) + "), " + what
	}
	j.fail(f.Practice, d.rule, what)
}

func (j *judge) fail(p *scoring.Practice, rule Rule, what string) {
	j.v.add(Failed, rule, p.ID, "%s", what)
	j.name(p.Question, Failed)
}

// missing is what an answer that is not there comes to. Where the baseline knew
// of a gap, not knowing of it any more is at least incomplete: absence is never
// a pass.
func (j *judge) missing(p *scoring.Practice, rule Rule, m MissingPolicy, old compare.Finding, what string) {
	o := m.outcome()
	switch {
	case old.Class == compare.Gone || old.Class == compare.Unknown && old.Why == compare.WasGap:
		what += " (in the baseline it was " + old.Was.Words() + ")"
		if o == Passed {
			o, rule = Incomplete, ruleBaseline
		}
	case old.Class == compare.Unknown && old.Why == compare.WasPass:
		what += " (in the baseline it was " + old.Was.Words() + ")"
	}
	j.v.add(o, rule, p.ID, "%s", what)
	if o == Passed {
		j.v.note(p.ID, "%s", what)
		return
	}
	j.name(p.Question, o)
}

// unanswered holds what nobody answered to the level that a finding would have.
func (j *judge) unanswered() {
	for i := range j.a.Unassessed {
		p := j.a.Unassessed[i]
		d := j.p.practiceLevel(p)
		hard, soft := slices.Contains(j.p.Hard, p.ID), slices.Contains(j.p.Soft, p.ID)
		if !j.accepted(p.ID) {
			j.open(p, review.Unanswered)
		}
		what := string(p.Severity) + " severity, not answered: " + p.Title
		old, _ := j.before(p.ID)
		switch {
		case slices.Contains(j.v.NewlyAsked, p.ID) && !soft:
			j.newQuestion(p)
		case hard:
			j.missing(p, ruleUnanswered, j.p.Unanswered, old, "on the hard list, "+what)
		case soft:
			j.v.add(Passed, ruleSoft, p.ID, "on the soft list, %s", what)
		case d.includes(p.Severity):
			j.missing(p, ruleUnanswered, j.p.Unanswered, old, what)
		default:
			j.v.add(Passed, d.rule, p.ID, "%s; %s", d.below(), what)
		}
	}
}

// accepted tells whether the policy accepts any gap in a best practice.
func (j *judge) accepted(id string) bool { return slices.Contains(j.a.Accepted, id) }

// before is what the baseline knows of a best practice that is or was a finding.
func (j *judge) before(id string) (compare.Finding, bool) {
	if j.base == nil {
		return compare.Finding{}, false
	}
	return j.base.Finding(id)
}
