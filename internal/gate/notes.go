package gate

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/iotlens/iotlens/internal/lens"
	"github.com/iotlens/iotlens/internal/review"
	"github.com/iotlens/iotlens/internal/scoring"
	"github.com/iotlens/iotlens/internal/text"
)

// checkWaivers fails on expired waivers and notes those that expire soon.
func (eval *evaluator) checkWaivers() {
	states := map[scoring.WaiverState]int{}
	for _, w := range eval.assessment.Waivers {
		states[w.State]++
		switch w.State {
		case scoring.WaiverExpired:
			eval.verdict.addReason(Failed, ruleWaivers, w.Practice, "the waiver expired on %s (owner %s, approved by %s): %s", w.Expires, w.Owner, w.Approver, w.Title)
		case scoring.WaiverExpiring:
			eval.verdict.addNote("", "the waiver of %s expires in %s, on %s (owner %s)", w.Practice, text.Count(w.Days, "day"), w.Expires, w.Owner)
		}
	}
	if len(eval.assessment.Waivers) > 0 {
		got := fmt.Sprintf("%d of %d active", states[scoring.WaiverActive]+states[scoring.WaiverExpiring], len(eval.assessment.Waivers))
		if n := states[scoring.WaiverUnused]; n > 0 {
			got += fmt.Sprintf(", %d unused", n)
		}
		eval.verdict.addCheck(ruleWaivers, "none has expired on "+eval.assessment.Today, got)
	}
}

// noteIDs adds a note that lists ids, unless there are none.
func (eval *evaluator) noteIDs(what string, ids []string) {
	if len(ids) > 0 {
		eval.verdict.addNote("", "%s: %s", what, strings.Join(ids, ", "))
	}
}

// addNotes adds what a reader should know although it does not change the outcome.
func (eval *evaluator) addNotes() {
	eval.noteExempted()
	var notApplicable []string // of high severity: they raise score and coverage
	for _, p := range eval.assessment.Excluded {
		if eval.severity(p) == lens.High && !p.Settled {
			notApplicable = append(notApplicable, p.ID)
		}
	}
	eval.noteIDs("high severity, not applicable", notApplicable)
	eval.noteIDs("the risk depends on how the rules are read", eval.ambiguousRisks())
	for _, part := range eval.parts() {
		if level := part.threshold.FailOn; part.key != "" && level != "" && level != LevelNone && !slices.ContainsFunc(eval.assessment.Practices, func(p scoring.Practice) bool { return part.includes(&p) }) {
			eval.verdict.addNote("", "%s was not applied: nothing of %s is in scope", Rule{part.key, "fail_on"}, part.name)
		}
	}
	if eval.assessment.NeverHighRisk {
		eval.verdict.addNote("", "the risk rules of the lens rate no question in scope as high risk, whatever the answers")
	}
	for _, sentence := range eval.assessment.NotAsked() {
		eval.verdict.addNote("", "%s", strings.TrimSuffix(sentence, "."))
	}
	setAside := slices.DeleteFunc(slices.Clone(eval.assessment.SetAside), func(s scoring.ProfileRuling) bool { return s.Part != "" })
	eval.noteProfileRulings("sets aside %s, asked on demand", setAside)
	eval.noteProfileRulings("rules out %s, not applicable", eval.assessment.RuledOut())
	// An answer dated later than the verdict means that one of the two dates is wrong. On an
	// earlier day, waivers that have expired since are active.
	later := 0
	for _, p := range eval.assessment.Practices {
		if review.DayOf(p.At) > eval.assessment.Today {
			later++
		}
	}
	if later > 0 {
		eval.verdict.addNote("", "%s dated later than %s, the day of this verdict", text.Plural(later, "answer is", "answers are"), eval.assessment.Today)
	}
	if t := eval.assessment.Template; t.Name != "" {
		expired := ""
		if t.Expired(eval.assessment.Today) {
			expired = ", which has passed"
		}
		eval.verdict.addNote("", "this is a review template: %s%s", t.Words(), expired)
	}
	if eval.assessment.OutOfScope > 0 {
		eval.verdict.addNote("", "the scope of the review leaves out %s", text.Count(eval.assessment.OutOfScope, "best practice"))
	}
	if eval.assessment.LensVersion != eval.assessment.ReviewLensVersion {
		eval.verdict.addNote("", "the review answered lens version %s; this is %s", eval.assessment.ReviewLensVersion, eval.assessment.LensVersion)
	}
}

// ambiguousRisks lists the questions whose risk depends on the scoring mode, with both risks.
func (eval *evaluator) ambiguousRisks() []string {
	var out []string
	for _, q := range eval.assessment.Questions {
		if q.RisksDiffer {
			out = append(out, fmt.Sprintf("%s (%s to the letter, %s monotone)", q.ID, q.AWSRisk, q.MonotoneRisk))
		}
	}
	return out
}

// noteProfileRulings notes what the profile decided about best practices, with the
// reasons. ruling is a format for the number of best practices.
func (eval *evaluator) noteProfileRulings(ruling string, list []scoring.ProfileRuling) {
	var reasons []string
	for _, s := range list {
		reasons = append(reasons, fmt.Sprintf("%s (%s)", s.Practice, strings.TrimSuffix(s.Reason, ".")))
	}
	eval.noteIDs("the profile "+fmt.Sprintf(ruling, text.Count(len(list), "best practice")), reasons)
}

// noteExempted notes how many best practices of high severity are not in place but were
// exempted, and by which rules. A reader of "passed" must see how much the policy, the
// waivers and the baseline let pass.
func (eval *evaluator) noteExempted() {
	high := map[string]bool{}
	for i := range eval.assessment.Practices {
		p := &eval.assessment.Practices[i]
		high[p.ID] = eval.severity(p) == lens.High
	}
	counts := map[string]int{}
	for _, r := range eval.verdict.Exempted {
		if high[r.Subject] {
			counts[r.Rule.String()]++
		}
	}
	var byRule []string
	for _, rule := range slices.Sorted(maps.Keys(counts)) {
		byRule = append(byRule, fmt.Sprintf("%d by %s", counts[rule], rule))
	}
	eval.noteIDs("high severity, not in place, exempted", byRule)
}

// The next steps that more than one outcome has.
const (
	nextStepBaseline   = "answer again what the baseline had answered, or accept the loss with a new baseline"
	nextStepConfirm    = "confirm the answers from templates with iotlens review --only unconfirmed, or import a newer template"
	nextStepPolicy     = "fix what the reasons name, or change the settings of the policy behind them; --explain shows them"
	nextStepRelaxation = "undo the changes that make passing easier, or accept them: iotlens gate --accept writes the next baseline file; with a baseline in git, merging accepts them"
	nextStepRequire    = "iotlens framework gaps lists what is open for each provision"
)

// nextStep tells the reader what to do about the verdict; empty if it passed.
func (eval *evaluator) nextStep() string {
	switch {
	case eval.verdict.Outcome == Passed:
		return ""
	case eval.verdict.Outcome == Failed:
		for _, f := range eval.assessment.Findings {
			if slices.ContainsFunc(eval.verdict.Reasons, func(r Reason) bool { return r.Outcome == Failed && r.Subject == f.ID }) {
				return "start with " + f.ID + "; iotlens explain " + f.ID + " shows how to fix it. To accept a risk for a time, use iotlens waive"
			}
		}
		if eval.hasReason(ruleRequire.Setting) {
			return nextStepRequire
		}
		if eval.hasReason("fail_on", minScore) {
			return "iotlens report shows the findings by priority"
		}
		if eval.hasReason(ruleUnconfirmed.Setting) {
			return nextStepConfirm
		}
		return nextStepPolicy
	case eval.hasReason(ruleScope.Setting), eval.hasReason(minScore, minCoverage) && len(eval.assessment.Unassessed) == 0:
		return "widen the scope in the review file, or answer what applies"
	case eval.hasReason(ruleUnanswered.Setting, minCoverage, ruleNewQuestions.Setting):
		return "answer what is unanswered: iotlens review --only unanswered"
	case eval.hasReason(ruleUnconfirmed.Setting):
		return nextStepConfirm
	case eval.hasReason(ruleBaseline.Setting):
		return nextStepBaseline
	case eval.hasReason(ruleUnknown.Setting):
		return "resolve what was answered \"don't know\": iotlens review --only findings"
	case eval.hasReason(ruleRelaxations.Setting):
		return nextStepRelaxation
	case eval.hasReason(ruleRequire.Setting):
		return nextStepRequire
	}
	return nextStepPolicy
}

// hasReason reports whether a reason comes from one of the settings, of the whole lens or
// of a part.
func (eval *evaluator) hasReason(settings ...string) bool {
	return slices.ContainsFunc(eval.verdict.Reasons, func(r Reason) bool { return slices.Contains(settings, r.Rule.Setting) })
}
