package compare

import (
	"slices"
	"strings"

	"github.com/iotlens/iotlens/internal/lens"
	"github.com/iotlens/iotlens/internal/review"
)

// standing groups the statuses of a best practice.
type standing int

const (
	absent  standing = iota // not in scope, unanswered, or of no known status
	passing                 // implemented or not applicable
	gap                     // partially or not implemented
	unknown                 // "don't know"
)

func standingOf(s review.Status) standing {
	switch {
	case s.IsGap():
		return gap
	case s == review.CannotDetermine:
		return unknown
	case s == review.Implemented || s == review.NotApplicable:
		return passing
	}
	return absent
}

// byStatusAlone tells whether findings are classified the way of the open review
// schema's own gate.
func (p *pair) byStatusAlone() bool {
	return p.older.Kind == AWSReview || p.newer.Kind == AWSReview
}

// unmentioned tells whether one of the two states lacks a best practice only because
// an open review doesn't mention what has no answer.
func (p *pair) unmentioned(before, now bool) bool {
	return before && !now && p.newer.Kind == AWSReview || now && !before && p.older.Kind == AWSReview
}

// finding classifies one best practice, if it is a finding in one of the two states.
func (p *pair) finding(id string) (Finding, bool) {
	was := p.was[id]
	is, now := p.is[id]
	f := Finding{Practice: is, Was: was.Status}
	if !now {
		f.Practice = was
	}
	type change struct{ was, is standing }
	switch (change{standingOf(was.Status), standingOf(is.Status)}) {
	case change{passing, gap}:
		f.Class, f.Why = Regressed, Passed
	case change{gap, gap}:
		f.Class, f.Why = p.stillGap(was, is)
	case change{unknown, gap}:
		f.Class, f.Why = New, NotKnown
	case change{absent, gap}:
		f.Class, f.Why = New, p.whyAbsent(id)
	case change{passing, unknown}:
		f.Class, f.Why = Unknown, Passed
	case change{gap, unknown}:
		f.Class, f.Why = Unknown, WasGap
	case change{absent, unknown}:
		f.Class, f.Why = Unknown, p.whyAbsent(id)
	case change{unknown, unknown}:
		f.Class = StillOpen
		return f, !p.byStatusAlone()
	case change{gap, passing}:
		f.Class = Resolved
	case change{unknown, passing}:
		f.Class = Resolved
		return f, !p.byStatusAlone()
	case change{gap, absent}, change{unknown, absent}:
		f.Class, f.Why = Gone, p.whyGone(id)
	default:
		return Finding{}, false
	}
	return f, true
}

// stillGap classifies a gap that was one before.
func (p *pair) stillGap(was, is Practice) (Class, Why) {
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

// whyAbsent is the reason why a best practice had no status before.
func (p *pair) whyAbsent(id string) Why {
	_, before := p.was[id]
	switch {
	case p.older.Asked != nil && !has(p.older.Asked, id):
		return NotAsked
	case before:
		return NotAnswered
	case p.older.Kind == AWSReview:
		return NotMentioned
	case has(p.older.Aside, id):
		return WasAside
	}
	return NotInScope
}

// whyGone is the reason why a best practice has no status now.
func (p *pair) whyGone(id string) Why {
	_, now := p.is[id]
	_, retired := lens.FindRetired(p.newer.Retired, id)
	switch {
	case now:
		return Unanswered
	case p.newer.Kind == AWSReview:
		return Unmentioned
	case has(p.newer.Aside, id):
		return NowAside
	case retired:
		return Retired
	case p.newer.Listed != nil && !has(p.newer.Listed, id):
		return NoLongerAsked
	case p.newer.Listed != nil || p.older.LensVersion == p.newer.LensVersion:
		return OutOfScope
	}
	return Unmentioned
}

// has tells whether a list has a best practice, or one of the best practices of a
// question.
func has(ids []string, id string) bool {
	return slices.ContainsFunc(ids, func(listed string) bool { return listed == id || strings.HasPrefix(listed, id+"-") })
}
