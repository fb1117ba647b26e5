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

// checkWaivers fails on waivers that have expired and notes those that soon will.
func (j *judge) checkWaivers() {
	states := map[scoring.WaiverState]int{}
	for _, w := range j.a.Waivers {
		states[w.State]++
		switch w.State {
		case scoring.WaiverExpired:
			j.v.add(Failed, ruleWaivers, w.Practice, "the waiver expired on %s (owner %s, approved by %s): %s", w.Expires, w.Owner, w.Approver, w.Title)
		case scoring.WaiverExpiring:
			j.v.note("", "the waiver of %s expires in %s, on %s (owner %s)", w.Practice, text.Count(w.Days, "day"), w.Expires, w.Owner)
		}
	}
	if len(j.a.Waivers) > 0 {
		got := fmt.Sprintf("%d of %d active", states[scoring.WaiverActive]+states[scoring.WaiverExpiring], len(j.a.Waivers))
		if n := states[scoring.WaiverUnused]; n > 0 {
			got += fmt.Sprintf(", %d unused", n)
		}
		j.v.check(ruleWaivers, "none has expired on "+j.a.Today, got)
	}
}

func (j *judge) noteIDs(what string, ids []string) {
	if len(ids) > 0 {
		j.v.note("", "%s: %s", what, strings.Join(ids, ", "))
	}
}

// addNotes adds what a reader should know although it decides nothing.
func (j *judge) addNotes() {
	j.noteExempted()
	var ids []string // not applicable, which raises score and coverage
	for _, p := range j.a.Excluded {
		if j.severity(p) == lens.High && !p.Settled {
			ids = append(ids, p.ID)
		}
	}
	j.noteIDs("high severity, not applicable", ids)
	j.noteIDs("the letter of the rules and their monotone form give different risks", j.differing())
	for _, part := range j.parts() {
		if level := part.threshold.FailOn; part.key != "" && level != "" && level != None && !slices.ContainsFunc(j.a.Practices, func(p scoring.Practice) bool { return part.includes(&p) }) {
			j.v.note("", "%s was not applied: nothing of %s is in scope", Rule{part.key, "fail_on"}, part.name)
		}
	}
	if j.a.NoHigh {
		j.v.note("", "by the rules of the lens no answer to what is in scope can be a high risk")
	}
	for _, sentence := range j.a.NotAsked() {
		j.v.note("", "%s", strings.TrimSuffix(sentence, "."))
	}
	j.noteAside("sets aside %s, asked on demand", slices.DeleteFunc(slices.Clone(j.a.SetAside), func(s scoring.Aside) bool { return s.Part != "" }))
	j.noteAside("rules out %s, not applicable", j.a.RuledOut())
	later := 0 // one of the two dates is wrong, and on an earlier day waivers are active that have expired since
	for _, p := range j.a.Practices {
		if review.DayOf(p.At) > j.a.Today {
			later++
		}
	}
	if later > 0 {
		j.v.note("", "%s dated later than %s, the day of this verdict", text.Plural(later, "answer is", "answers are"), j.a.Today)
	}
	if t := j.a.Template; t.Name != "" {
		passed := ""
		if t.Expired(j.a.Today) {
			passed = ", which has passed"
		}
		j.v.note("", "this is a review template: %s%s", t.Words(), passed)
	}
	if j.a.OutOfScope > 0 {
		j.v.note("", "the scope of the review leaves out %s", text.Count(j.a.OutOfScope, "best practice"))
	}
	if j.a.LensVersion != j.a.ReviewLensVersion {
		j.v.note("", "the review answered lens version %s; this is %s", j.a.ReviewLensVersion, j.a.LensVersion)
	}
}

// differing lists the questions whose risk depends on how the rules are read.
func (j *judge) differing() []string {
	var out []string
	for _, q := range j.a.Questions {
		if q.Differs {
			out = append(out, fmt.Sprintf("%s (%s to the letter, %s monotone)", q.ID, q.AWSRisk, q.MonotoneRisk))
		}
	}
	return out
}

// noteAside notes on which best practices the profile rules, with the reasons.
func (j *judge) noteAside(ruling string, list []scoring.Aside) {
	var reasons []string
	for _, s := range list {
		reasons = append(reasons, fmt.Sprintf("%s (%s)", s.Practice, strings.TrimSuffix(s.Reason, ".")))
	}
	j.noteIDs("the profile "+fmt.Sprintf(ruling, text.Count(len(list), "best practice")), reasons)
}

// noteExempted notes how many best practices of high severity are not in place and
// decide nothing, and by which rules: a reader of "passed" must see
// how much the policy, its waivers and its baseline exempted.
func (j *judge) noteExempted() {
	high := map[string]bool{}
	for i := range j.a.Practices {
		p := &j.a.Practices[i]
		high[p.ID] = j.severity(p) == lens.High
	}
	counts := map[string]int{}
	for _, r := range j.v.Exempted {
		if high[r.Subject] {
			counts[r.Rule.String()]++
		}
	}
	var list []string
	for _, rule := range slices.Sorted(maps.Keys(counts)) {
		list = append(list, fmt.Sprintf("%d by %s", counts[rule], rule))
	}
	j.noteIDs("high severity, not in place, exempted", list)
}

const nextBaseline = "answer again what the baseline had answered, or accept the loss with a new baseline"

const nextConfirm = "confirm what came from templates: iotlens review --only unconfirmed; or import a newer template"

const nextRequire = "iotlens framework gaps shows what stands behind each provision, and what is open"

const nextRule = "change what the reasons name, or the rules of the policy behind them: --explain shows them"

const nextRelaxation = "undo what makes passing easier, or have it accepted: iotlens gate --accept writes the next baseline file; with a baseline in git, merging accepts it"

// nextStep is what to do about the verdict; empty where it passed.
func (j *judge) nextStep() string {
	switch {
	case j.v.Outcome == Passed:
		return ""
	case j.v.Outcome == Failed:
		for _, f := range j.a.Findings {
			if slices.ContainsFunc(j.v.Reasons, func(r Reason) bool { return r.Outcome == Failed && r.Subject == f.ID }) {
				return "start with " + f.ID + "; iotlens explain " + f.ID + " shows how to fix it. To accept a risk for a time, use iotlens waive"
			}
		}
		if j.hasReason(ruleRequire.Setting) {
			return nextRequire
		}
		if j.hasReason("fail_on", minScore) {
			return "iotlens report shows the findings by priority"
		}
		if j.hasReason(ruleUnconfirmed.Setting) {
			return nextConfirm
		}
		return nextRule
	case j.hasReason(ruleScope.Setting), j.hasReason(minScore, minCoverage) && len(j.a.Unassessed) == 0:
		return "widen the scope in the review file, or answer what applies"
	case j.hasReason(ruleUnanswered.Setting, minCoverage, ruleNewQuestions.Setting):
		return "answer what is unanswered: iotlens review --only unanswered"
	case j.hasReason(ruleUnconfirmed.Setting):
		return nextConfirm
	case j.hasReason(ruleBaseline.Setting):
		return nextBaseline
	case j.hasReason(ruleUnknown.Setting):
		return "resolve what was answered \"don't know\": iotlens review --only findings"
	case j.hasReason(ruleRelaxations.Setting):
		return nextRelaxation
	case j.hasReason(ruleRequire.Setting):
		return nextRequire
	}
	return nextRule
}

// hasReason tells whether one of the reasons is of a setting, of the whole or of a part.
func (j *judge) hasReason(settings ...string) bool {
	return slices.ContainsFunc(j.v.Reasons, func(r Reason) bool { return slices.Contains(settings, r.Rule.Setting) })
}
