package gate

import (
	"fmt"
	"slices"
	"strings"

	"github.com/iotlens/iotlens/internal/scoring"
	"github.com/iotlens/iotlens/internal/text"
)

// waivers fails on those that have expired and notes those that soon will.
func (j *judge) waivers() {
	held, unused := 0, 0
	var own []string // approved by who carries the risk
	for _, w := range j.a.Waivers {
		covers := w.State == scoring.WaiverExpiring || w.State == scoring.WaiverActive
		if covers && strings.EqualFold(strings.TrimSpace(w.Owner), strings.TrimSpace(w.Approver)) {
			own = append(own, w.Practice)
		}
		switch w.State {
		case scoring.WaiverExpired:
			j.v.add(Failed, ruleWaivers, w.Practice, "the waiver expired on %s (owner %s, approved by %s): %s", w.Expires, w.Owner, w.Approver, w.Title)
		case scoring.WaiverExpiring:
			held++
			j.v.note("", "%s is waived for %s, until %s (owner %s)", w.Practice, text.Count(w.Days, "more day"), w.Expires, w.Owner)
		case scoring.WaiverActive:
			held++
		case scoring.WaiverUnused:
			unused++
		}
	}
	if len(own) > 0 {
		j.v.note("", "approved by their owners alone, the waivers of %s", strings.Join(own, ", "))
	}
	if len(j.a.Waivers) > 0 {
		found := fmt.Sprintf("%d of %d hold", held, len(j.a.Waivers))
		if unused > 0 {
			found += fmt.Sprintf(", %d not needed", unused)
		}
		j.v.check(ruleWaivers, "none has expired on "+j.a.Today, found)
	}
}

// notes are what a reader should know although it decides nothing.
func (j *judge) notes() {
	j.exempted()
	j.excluded()
	j.futureDated()
	if j.a.OutOfScope > 0 {
		j.v.note("", "the scope of the review leaves out %s", text.Count(j.a.OutOfScope, "best practice"))
	}
	if j.a.LensVersion != j.a.ReviewLensVersion {
		j.v.note("", "the review answered the lens of %s; this is the lens of %s", j.a.ReviewLensVersion, j.a.LensVersion)
	}
}

func (j *judge) next() string {
	switch j.v.Outcome {
	case Failed:
		for _, f := range j.a.Findings {
			for _, r := range j.v.Reasons {
				if r.Outcome == Failed && r.Subject == f.ID {
					return "start with " + f.ID + "; iotlens explain " + f.ID + " says how. A risk that is accepted for a time is recorded with iotlens waive"
				}
			}
		}
		return "iotlens report shows the findings by priority"
	case Incomplete:
		switch {
		case j.due(ruleScope.Setting):
			return "widen the scope in the review file, or answer what applies"
		case j.due("unanswered", minCoverage, "new_questions"):
			return "answer what is open: iotlens review --only unanswered"
		case j.due(ruleBaseline.Setting):
			return "answer what the baseline knew, or take a new baseline once its loss is accepted"
		}
		return "settle what was answered \"don't know\": iotlens review --only findings"
	}
	return ""
}

// due tells whether one of the reasons is of a setting, of the whole or of a part.
func (j *judge) due(settings ...string) bool {
	return slices.ContainsFunc(j.v.Reasons, func(r Reason) bool { return slices.Contains(settings, r.Rule.Setting) })
}
