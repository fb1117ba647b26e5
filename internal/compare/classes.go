package compare

import (
	"slices"
	"strings"

	"github.com/iotlens/iotlens/internal/lens"
	"github.com/iotlens/iotlens/internal/review"
)

// statusGroup groups the statuses of a best practice.
type statusGroup int

const (
	absent  statusGroup = iota // not in scope, unanswered, or of no known status
	passing                    // implemented or not applicable
	gap                        // partially or not implemented
	unknown                    // "don't know"
)

func groupOf(s review.Status) statusGroup {
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

// statusOnly tells whether findings are classified the way of the open review
// schema's own gate.
func (p *statePair) statusOnly() bool {
	return p.older.Kind == AWSReview || p.newer.Kind == AWSReview
}

// unmentioned tells whether one of the two states lacks a best practice only because
// an open review doesn't mention what has no answer.
func (p *statePair) unmentioned(before, now bool) bool {
	return before && !now && p.newer.Kind == AWSReview || now && !before && p.older.Kind == AWSReview
}

// finding classifies one best practice, if it is a finding in one of the two states.
func (p *statePair) finding(id string) (Finding, bool) {
	was := p.before[id]
	is, now := p.after[id]
	f := Finding{Practice: is, Was: was.Status}
	if !now {
		f.Practice = was
	}
	type change struct{ was, is statusGroup }
	switch (change{groupOf(was.Status), groupOf(is.Status)}) {
	case change{passing, gap}:
		f.Class, f.Cause = Regressed, CausePassedBefore
	case change{gap, gap}:
		f.Class, f.Cause = p.stillGap(was, is)
	case change{unknown, gap}:
		f.Class, f.Cause = New, CauseUnknownBefore
	case change{absent, gap}:
		f.Class, f.Cause = New, p.causeOfAbsence(id)
	case change{passing, unknown}:
		f.Class, f.Cause = Unknown, CausePassedBefore
	case change{gap, unknown}:
		f.Class, f.Cause = Unknown, CauseGapBefore
	case change{absent, unknown}:
		f.Class, f.Cause = Unknown, p.causeOfAbsence(id)
	case change{unknown, unknown}:
		f.Class = StillOpen
		return f, !p.statusOnly()
	case change{gap, passing}:
		f.Class = Resolved
	case change{unknown, passing}:
		f.Class = Resolved
		return f, !p.statusOnly()
	case change{gap, absent}, change{unknown, absent}:
		f.Class, f.Cause = Gone, p.causeOfLoss(id)
	default:
		return Finding{}, false
	}
	return f, true
}

// stillGap classifies a gap that was one before.
func (p *statePair) stillGap(was, is Practice) (Class, Cause) {
	switch {
	case p.statusOnly():
		return StillOpen, ""
	case was.Status == review.PartiallyImplemented && is.Status == review.NotImplemented:
		return Regressed, CauseGapGrew
	case is.Severity.Rank() > was.Severity.Rank() && was.Severity.Rank() > 0:
		return Regressed, CauseSeverityRose
	case was.Waived && !is.Waived:
		return Regressed, CauseWaiverRemoved
	case was.Status == review.NotImplemented && is.Status == review.PartiallyImplemented:
		return StillOpen, CauseGapShrank
	}
	return StillOpen, ""
}

// causeOfAbsence is the reason why a best practice had no status before.
func (p *statePair) causeOfAbsence(id string) Cause {
	_, before := p.before[id]
	switch {
	case p.older.AskedIDs != nil && !containsID(p.older.AskedIDs, id):
		return CauseNotAskedBefore
	case before:
		return CauseUnansweredBefore
	case p.older.Kind == AWSReview:
		return CauseNotMentionedBefore
	case containsID(p.older.SetAside, id):
		return CauseSetAsideBefore
	}
	return CauseNotInScopeBefore
}

// causeOfLoss is the reason why a best practice has no status now.
func (p *statePair) causeOfLoss(id string) Cause {
	_, now := p.after[id]
	_, retired := lens.FindRetired(p.newer.Retired, id)
	switch {
	case now:
		return CauseAnswerRemoved
	case p.newer.Kind == AWSReview:
		return CauseNotMentioned
	case containsID(p.newer.SetAside, id):
		return CauseSetAside
	case retired:
		return CauseRetired
	case p.newer.LensIDs != nil && !containsID(p.newer.LensIDs, id):
		return CauseNoLongerAsked
	case p.newer.LensIDs != nil || p.older.LensVersion == p.newer.LensVersion:
		return CauseOutOfScope
	}
	return CauseNotMentioned
}

// containsID tells whether a list has a best practice, or one of the best practices of a
// question.
func containsID(ids []string, id string) bool {
	return slices.ContainsFunc(ids, func(listed string) bool { return listed == id || strings.HasPrefix(listed, id+"-") })
}
