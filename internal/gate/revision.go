package gate

import (
	"slices"
	"strings"

	"github.com/iotlens/iotlens/internal/lens"
	"github.com/iotlens/iotlens/internal/scoring"
	"github.com/iotlens/iotlens/internal/text"
)

// asked is the revision of the lens up to which the review is held to everything:
// that with which it was last asked, or with which its baseline was, so that
// nobody wins by setting it back.
func (j *judge) asked() int {
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
		if p.Since > j.asked() {
			ids = append(ids, p.ID)
		}
	}
	return ids
}

// newQuestion is what a best practice comes to that is newly asked and has no
// answer.
func (j *judge) newQuestion(p *scoring.Practice) {
	o := Passed
	if j.p.New == NewIncomplete {
		o = Incomplete
	}
	j.v.add(o, ruleNewQuestions, p.ID, "%s severity, newly asked and not answered: %s", p.Severity, p.Title)
}

// openNewQuestions counts the AWS best practices of a part that are newly asked.
func (j *judge) openNewQuestions(within func(*scoring.Practice) bool) int {
	n := 0
	for _, p := range j.a.Unassessed {
		if !p.FromLayer && slices.Contains(j.v.NewlyAsked, p.ID) && within(p) {
			n++
		}
	}
	return n
}

// revision says what the lens asks anew and no longer asks since the review was
// last asked.
func (j *judge) revision() {
	if ids := j.v.NewlyAsked; len(ids) > 0 {
		j.v.note("", "this version asks %s: %s; iotlens review takes them into the review", text.CountOf(len(ids), "new practice", "new practices"), strings.Join(ids, ", "))
	}
	var why []string
	for _, r := range j.a.Retired {
		if r.Since <= j.asked() {
			continue
		}
		j.v.NoLongerAsked = append(j.v.NoLongerAsked, r.ID)
		why = append(why, r.ID+" ("+r.String()+")")
		if j.p.New == NewIncomplete {
			j.v.add(Incomplete, ruleNewQuestions, r.ID, "answered, and no longer asked: %s", r)
		}
	}
	if len(why) > 0 {
		j.v.note("", "this version no longer asks %s: %s", text.CountOf(len(why), "practice that the review answers", "practices that the review answers"), strings.Join(why, ", "))
	}
	was, digest := j.a.ReviewLensDigest, lens.ShortDigest(j.a.LensDigest)
	if j.a.ReviewLensRevision == j.a.LensRevision && j.a.ReviewLensVersion == j.a.LensVersion && was != "" && was != digest {
		j.v.note("", "the review was last asked with another revision %d of the lens (%s, this is %s)", j.a.LensRevision, was, digest)
	}
}
