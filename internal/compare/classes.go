package compare

import (
	"slices"
	"strings"

	"github.com/iotlens/iotlens/internal/lens"
	"github.com/iotlens/iotlens/internal/review"
)

// A statusGroup is a group of statuses that are classified alike.
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

// statusOnly reports whether findings are classified as the gate of the open review schema
// does it: by status, without severity, extent and waivers.
func (p *statePair) statusOnly() bool {
	return p.older.Kind == AWSReview || p.newer.Kind == AWSReview
}

// unmentioned reports whether a state may lack a best practice only because it is an open
// review, which does not mention what has no answer.
func (p *statePair) unmentioned(before, now bool) bool {
	return before && !now && p.newer.Kind == AWSReview || now && !before && p.older.Kind == AWSReview
}

// finding classifies one best practice; false if it is a finding in neither state.
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

// stillGap classifies a best practice that is a gap in both states.
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

// causeOfAbsence is the cause for a best practice without a status in the older state.
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

// causeOfLoss is the cause for a best practice without a status in the newer state.
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

// containsID reports whether a list has an id or, if it is that of a question, the id of one
// of its best practices.
func containsID(ids []string, id string) bool {
	return slices.ContainsFunc(ids, func(listed string) bool { return listed == id || strings.HasPrefix(listed, id+"-") })
}
