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
func (j *judge) askedRevision() int {
	n := max(j.a.ReviewLensRevision, 1)
	if j.base != nil {
		n = max(n, j.base.Old.Revision)
	}
	return n
}

// newlyAsked lists the best practices in scope, unanswered, that the lens asks
// only since a later revision.
func (j *judge) newlyAsked() []string {
	var ids []string
	for _, p := range j.a.Unassessed {
		if p.Since > j.askedRevision() {
			ids = append(ids, p.ID)
		}
	}
	return ids
}

// countNewlyAsked counts the AWS best practices of a part that are newly asked.
func (j *judge) countNewlyAsked(includes func(*scoring.Practice) bool) int {
	n := 0
	for _, p := range j.a.Unassessed {
		if !p.FromLayer && slices.Contains(j.v.NewlyAsked, p.ID) && includes(p) {
			n++
		}
	}
	return n
}

// checkRevision reports what the lens newly asks and no longer asks since the review was
// last asked.
func (j *judge) checkRevision() {
	if ids := j.v.NewlyAsked; len(ids) > 0 {
		j.v.note("", "this version asks %s: %s; iotlens review adds them to the review", text.Plural(len(ids), "new practice", "new practices"), strings.Join(ids, ", "))
	}
	var why []string
	for _, r := range j.a.Retired {
		if r.Since <= j.askedRevision() {
			continue
		}
		j.v.NoLongerAsked = append(j.v.NoLongerAsked, r.ID)
		why = append(why, r.ID+" ("+r.String()+")")
		if j.p.NewQuestions == NewIncomplete {
			j.v.add(Incomplete, ruleNewQuestions, r.ID, "answered, and no longer asked: %s", r)
		}
	}
	if len(why) > 0 {
		j.v.note("", "this version no longer asks %s: %s", text.Plural(len(why), "practice that the review answers", "practices that the review answers"), strings.Join(why, ", "))
	}
	was, digest := j.a.ReviewLensDigest, lens.ShortDigest(j.a.LensDigest)
	if j.a.ReviewLensRevision == j.a.LensRevision && j.a.ReviewLensVersion == j.a.LensVersion && was != "" && was != digest {
		j.v.note("", "the review was last asked with a different revision %d of the lens (%s, this is %s)", j.a.LensRevision, was, digest)
	}
}
