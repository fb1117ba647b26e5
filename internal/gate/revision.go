package gate

import (
	"slices"
	"strings"

	"github.com/iotlens/iotlens/internal/lens"
	"github.com/iotlens/iotlens/internal/scoring"
	"github.com/iotlens/iotlens/internal/text"
)

// askedRevision is the revision of the lens up to which everything counts: the one with
// which the review was last asked, or its baseline, so that setting the number back
// gains nothing.
func (eval *evaluator) askedRevision() int {
	n := max(eval.assessment.ReviewLensRevision, 1)
	if eval.baseline != nil {
		n = max(n, eval.baseline.Old.Revision)
	}
	return n
}

// newlyAsked lists the best practices in scope, unanswered, that the lens asks
// only since a later revision.
func (eval *evaluator) newlyAsked() []string {
	var ids []string
	for _, p := range eval.assessment.Unassessed {
		if p.Since > eval.askedRevision() {
			ids = append(ids, p.ID)
		}
	}
	return ids
}

// countNewlyAsked counts the AWS best practices of a part that are newly asked.
func (eval *evaluator) countNewlyAsked(includes func(*scoring.Practice) bool) int {
	n := 0
	for _, p := range eval.assessment.Unassessed {
		if !p.FromLayer && slices.Contains(eval.verdict.NewlyAsked, p.ID) && includes(p) {
			n++
		}
	}
	return n
}

// checkRevision reports what the lens newly asks and no longer asks since the review was
// last asked.
func (eval *evaluator) checkRevision() {
	if ids := eval.verdict.NewlyAsked; len(ids) > 0 {
		eval.verdict.addNote("", "this version asks %s: %s; iotlens review adds them to the review", text.Plural(len(ids), "new practice", "new practices"), strings.Join(ids, ", "))
	}
	var why []string
	for _, r := range eval.assessment.Retired {
		if r.Since <= eval.askedRevision() {
			continue
		}
		eval.verdict.NoLongerAsked = append(eval.verdict.NoLongerAsked, r.ID)
		why = append(why, r.ID+" ("+r.String()+")")
		if eval.policy.NewQuestions == NewQuestionsIncomplete {
			eval.verdict.addReason(Incomplete, ruleNewQuestions, r.ID, "answered, and no longer asked: %s", r)
		}
	}
	if len(why) > 0 {
		eval.verdict.addNote("", "this version no longer asks %s: %s", text.Plural(len(why), "practice that the review answers", "practices that the review answers"), strings.Join(why, ", "))
	}
	was, digest := eval.assessment.ReviewLensDigest, lens.ShortDigest(eval.assessment.LensDigest)
	if eval.assessment.ReviewLensRevision == eval.assessment.LensRevision && eval.assessment.ReviewLensVersion == eval.assessment.LensVersion && was != "" && was != digest {
		eval.verdict.addNote("", "the review was last asked with a different revision %d of the lens (%s, this is %s)", eval.assessment.LensRevision, was, digest)
	}
}
