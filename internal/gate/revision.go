package gate

import (
	"slices"
	"strings"

	"github.com/iotlens/iotlens/internal/lens"
	"github.com/iotlens/iotlens/internal/text"
)

// askedRevision is the revision of the lens up to which every best practice counts. It is
// the later one of those with which the review and its baseline were last asked, so that
// a lower number in the review gains nothing.
func (eval *evaluator) askedRevision() int {
	n := max(eval.assessment.ReviewLensRevision, 1)
	if eval.baseline != nil {
		n = max(n, eval.baseline.Old.Revision)
	}
	return n
}

// newlyAsked lists the unanswered best practices in scope that the lens asks only since a
// later revision than askedRevision.
func (eval *evaluator) newlyAsked() []string {
	var ids []string
	for _, p := range eval.assessment.Unassessed {
		if p.Since > eval.askedRevision() {
			ids = append(ids, p.ID)
		}
	}
	return ids
}

// countNewlyAsked counts the newly asked best practices of a part, without layer banks.
func (eval *evaluator) countNewlyAsked(part part) int {
	n := 0
	for _, p := range eval.assessment.Unassessed {
		if !p.FromLayer && slices.Contains(eval.verdict.NewlyAsked, p.ID) && part.includes(p) {
			n++
		}
	}
	return n
}

// checkRevision reports what the lens newly asks, and no longer asks, since the review was
// last asked.
func (eval *evaluator) checkRevision() {
	if ids := eval.verdict.NewlyAsked; len(ids) > 0 {
		eval.verdict.addNote("", "this version asks %s: %s; iotlens review adds them to the review", text.Plural(len(ids), "new practice", "new practices"), strings.Join(ids, ", "))
	}
	var retired []string
	for _, r := range eval.assessment.Retired {
		if r.Since <= eval.askedRevision() {
			continue
		}
		eval.verdict.NoLongerAsked = append(eval.verdict.NoLongerAsked, r.ID)
		retired = append(retired, r.ID+" ("+r.String()+")")
		if eval.policy.NewQuestions == NewQuestionsIncomplete {
			eval.verdict.addReason(Incomplete, ruleNewQuestions, r.ID, "answered, but no longer asked: %s", r)
		}
	}
	if len(retired) > 0 {
		eval.verdict.addNote("", "this version no longer asks %s: %s", text.Plural(len(retired), "practice that the review answers", "practices that the review answers"), strings.Join(retired, ", "))
	}
	was, digest := eval.assessment.ReviewLensDigest, lens.ShortDigest(eval.assessment.LensDigest)
	if eval.assessment.ReviewLensRevision == eval.assessment.LensRevision && eval.assessment.ReviewLensVersion == eval.assessment.LensVersion && was != "" && was != digest {
		eval.verdict.addNote("", "the review was last asked with another lens that is numbered revision %d (digest %s; this lens has %s)", eval.assessment.LensRevision, was, digest)
	}
}
