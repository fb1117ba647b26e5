package compare

import (
	"slices"
	"strings"

	"github.com/iotlens/iotlens/internal/lens"
	"github.com/iotlens/iotlens/internal/review"
)

func passes(s review.Status) bool {
	return s == review.Implemented || s == review.NotApplicable
}

// byStatusAlone tells whether findings are sorted the way of the open review
// schema's own gate.
func (p *pair) byStatusAlone() bool {
	return p.older.Kind == AWSReview || p.newer.Kind == AWSReview
}

// silent tells whether one of the two states lacks a best practice only because
// an open review doesn't mention what has no answer.
func (p *pair) silent(before, now bool) bool {
	return before && !now && p.newer.Kind == AWSReview || now && !before && p.older.Kind == AWSReview
}

// finding sorts one best practice, if it is a finding in one of the two states.
func (p *pair) finding(id string) (Finding, bool) {
	was, before := p.was[id]
	is, now := p.is[id]
	f := Finding{Practice: is, Was: was.Status}
	if !now {
		f.Practice = was
	}
	unknown := was.Status == review.CannotDetermine
	switch {
	case is.Status.Gap() && passes(was.Status):
		f.Class, f.Why = Regressed, Passed
	case is.Status.Gap() && was.Status.Gap():
		f.Class, f.Why = p.open(was, is)
	case is.Status.Gap() && unknown:
		f.Class, f.Why = New, NotKnown
	case is.Status.Gap():
		f.Class, f.Why = New, p.absent(id)
	case is.Status == review.CannotDetermine && unknown:
		f.Class = StillOpen
		return f, !p.byStatusAlone()
	case is.Status == review.CannotDetermine:
		f.Class, f.Why = Unknown, p.absent(id)
		if was.Status.Gap() {
			f.Why = WasGap
		} else if passes(was.Status) {
			f.Why = WasPass
		}
	case passes(is.Status) && was.Status.Gap():
		f.Class = Resolved
	case passes(is.Status) && unknown:
		f.Class = Resolved
		return f, !p.byStatusAlone()
	case before && (was.Status.Gap() || unknown):
		f.Class, f.Why = Gone, p.gone(id)
	default:
		return Finding{}, false
	}
	return f, true
}

// open sorts a gap that was one before.
func (p *pair) open(was, is Practice) (Class, Why) {
	switch {
	case p.byStatusAlone():
		return StillOpen, ""
	case was.Status == review.PartiallyImplemented && is.Status == review.NotImplemented:
		return Regressed, Grew
	case is.Severity.Rank() > was.Severity.Rank() && was.Severity.Rank() > 0:
		return Regressed, Rerated
	case was.Waived && !is.Waived:
		return Regressed, Unwaived
	case was.Status == review.NotImplemented && is.Status == review.PartiallyImplemented:
		return StillOpen, Shrank
	}
	return StillOpen, ""
}

// absent says why nothing was known of a best practice before.
func (p *pair) absent(id string) Why {
	_, before := p.was[id]
	switch {
	case p.older.Asked != nil && !has(p.older.Asked, id):
		return NotAsked
	case before:
		return NotAnswered
	case p.older.Kind == AWSReview:
		return NotMentioned
	}
	return NotInScope
}

// gone says why nothing is known of a best practice now.
func (p *pair) gone(id string) Why {
	_, now := p.is[id]
	_, retired := lens.FindRetired(p.newer.Retired, id)
	switch {
	case now:
		return Unanswered
	case p.newer.Kind == AWSReview:
		return Unmentioned
	case retired:
		return Retired
	case p.newer.Listed != nil && !has(p.newer.Listed, id):
		return NoLongerAsked
	case p.newer.Listed != nil || p.older.LensVersion == p.newer.LensVersion:
		return OutOfScope
	}
	return Unmentioned
}

// has tells whether a list names a best practice, or of a question one of its
// best practices.
func has(ids []string, id string) bool {
	return slices.ContainsFunc(ids, func(listed string) bool { return listed == id || belongs(listed, id) })
}

// belongs tells whether a best practice is one of a question.
func belongs(practice, question string) bool {
	rest, ok := strings.CutPrefix(practice, question)
	return ok && strings.HasPrefix(rest, "-")
}
