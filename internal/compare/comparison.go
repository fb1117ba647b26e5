package compare

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/iotlens/iotlens/internal/lens"
	"github.com/iotlens/iotlens/internal/review"
	"github.com/iotlens/iotlens/internal/scoring"
)

// A Comparison is what changed from an older to a newer state, and the findings
// that did not. Its lists are in lens order; findings by class and severity
// first.
type Comparison struct {
	Old, New     Source
	Findings     []Finding          // every best practice that is a finding in one of the two
	Answers      []AnswerChange     // every answer that changed, came or went, of what is in scope of both; between open reviews their statuses
	Risks        []RiskChange       // every question whose risk moved
	OldQuestions []scoring.Question // the questions of the older state, moved or not
	Areas        []AreaChange       // every area of which something moved
	LeftScope    []Practice         // in scope of the older state only, as it was then
	JoinedScope  []Practice         // in scope of the newer state only
	Lens         LensChange
	Profile      ProfileChange
	Caveats      []string // what an open review leaves uncertain in the comparison, in words

	Waivers     []WaiverChange // those that were added, changed or removed
	Relaxations []Relaxation   // what makes it easier to pass a gate

	before map[string]Practice // of the older state
}

// A Class is what became of a finding. A gap is a best practice that is
// partially or not implemented; a best practice passes where it is implemented
// or not applicable.
type Class string

// The classes, in the order in which they are reported.
const (
	Regressed Class = "regressed"  // a gap now: it passed before, or is worse for the reason in Why
	New       Class = "new"        // a gap now, of which nothing was known before
	Unknown   Class = "unknown"    // don't know now
	Gone      Class = "gone"       // was a finding, and nothing is known of it now, which is no pass
	StillOpen Class = "still open" // a finding then and now, and no worse
	Resolved  Class = "resolved"   // was a finding, and passes now
)

// Classes lists the classes, in the order in which they are reported.
func Classes() []Class { return []Class{Regressed, New, Unknown, Gone, StillOpen, Resolved} }

// Values lists the classes.
func (Class) Values() []string { return lens.Strings(Classes()...) }

// Cause is the reason for a class.
type Cause string

// The reasons, with the classes that they are for.
const (
	CausePassedBefore Cause = "passed_before" // regressed, unknown

	CauseGapGrew       Cause = "gap_grew"       // regressed: from partially to not implemented
	CauseSeverityRose  Cause = "severity_rose"  // regressed: the lens rates it higher
	CauseWaiverRemoved Cause = "waiver_removed" // regressed: there was a waiver

	CauseNotAskedBefore     Cause = "not_asked_before"     // new, unknown: the lens did not ask it
	CauseNotInScopeBefore   Cause = "not_in_scope_before"  // new, unknown
	CauseUnansweredBefore   Cause = "unanswered_before"    // new, unknown
	CauseSetAsideBefore     Cause = "set_aside_before"     // new, unknown: by the profile
	CauseNotMentionedBefore Cause = "not_mentioned_before" // new, unknown: the source has no reason
	CauseUnknownBefore      Cause = "unknown_before"       // new: the answer was "don't know"
	CauseGapBefore          Cause = "gap_before"           // unknown

	CauseNoLongerAsked Cause = "no_longer_asked" // gone
	CauseRetired       Cause = "retired"         // gone: no longer asked, and the lens lists it as retired
	CauseOutOfScope    Cause = "out_of_scope"    // gone
	CauseSetAside      Cause = "set_aside"       // gone: by the profile
	CauseAnswerRemoved Cause = "answer_removed"  // gone
	CauseNotMentioned  Cause = "not_mentioned"   // gone: the source has no reason

	CauseGapShrank Cause = "gap_shrank" // still open: from not to partially implemented
)

// Values lists the reasons.
func (Cause) Values() []string {
	return lens.Strings(
		CausePassedBefore, CauseGapGrew, CauseSeverityRose, CauseWaiverRemoved, CauseNotAskedBefore, CauseNotInScopeBefore, CauseSetAsideBefore, CauseUnansweredBefore, CauseNotMentionedBefore, CauseUnknownBefore, CauseGapBefore,
		CauseNoLongerAsked, CauseRetired, CauseOutOfScope, CauseSetAside, CauseAnswerRemoved, CauseNotMentioned, CauseGapShrank,
	)
}

// Words is the reason for people, as in "regressed (passed before)".
func (w Cause) Words() string { return strings.ReplaceAll(string(w), "_", " ") }

// A Finding is what became of one best practice that is a finding in one of the
// two states.
type Finding struct {
	Practice               // as it is now; as it was where it is gone
	Was      review.Status // Unanswered also where it was not asked
	Class    Class
	Cause    Cause // empty where the class needs no reason
}

// An AnswerChange changed, came or went.
type AnswerChange struct {
	ID, Title string
	Was, Is   review.Answer // its status is Unanswered where there is none
	Changed   []string      // keys of the fields that differ: status, owner
}

// A RiskChange of a question moved.
type RiskChange struct {
	ID, Title string
	Was, Is   scoring.Risk // empty where the question was not in scope
}

// Worse tells whether the risk rose: to HIGH, or to MEDIUM from what is neither.
func (r RiskChange) Worse() bool { return r.Is.Severity().Rank() > r.Was.Severity().Rank() }

// AreaChange is an area then and now. One of the two is empty but for kind, id and
// name where the area was not there.
type AreaChange struct{ Was, Is Area }

// A LensChange is what can be known of how the lens itself changed.
type LensChange struct {
	Was, Is  Edition
	Complete bool // the lists are complete: the lens is the same, or both were available
	Added    []LensItemChange
	Dropped  []LensItemChange
	Reworded []LensItemChange
}

// Changed tells whether the two states were asked with different lenses.
func (c LensChange) Changed() bool { return !c.Was.Same(c.Is) }

// Words describes both editions: their versions, or where those are the same their
// revisions, or else their digests.
func (c LensChange) Words() (was, is string) {
	was, is = cmp.Or(c.Was.Version, "an unknown version"), cmp.Or(c.Is.Version, "an unknown version")
	switch {
	case !c.Changed() || was != is:
	case c.Was.Revision != c.Is.Revision:
		return fmt.Sprintf("%s, revision %d", was, c.Was.Revision), fmt.Sprintf("%s, revision %d", is, c.Is.Revision)
	default:
		return fmt.Sprintf("%s, revision %d (%s)", was, c.Was.Revision, c.Was.Digest), fmt.Sprintf("%s, revision %d (%s)", is, c.Is.Revision, c.Is.Digest)
	}
	return was, is
}

// An Edition is the state of a lens with which a review was last asked.
type Edition struct {
	Version  string // empty where the source has none
	Revision int    // 0 where the source has none
	Digest   string // short; empty where the source has none
}

// Same tells whether two editions are the same, as far as both say.
func (e Edition) Same(other Edition) bool {
	return e.Version == other.Version &&
		(e.Revision == other.Revision || e.Revision*other.Revision == 0) &&
		(e.Digest == other.Digest || e.Digest == "" || other.Digest == "")
}

// A LensItemChange is a question or best practice that the lens added, dropped or
// reworded.
type LensItemChange struct {
	ID      string   `json:"id"`
	Of      string   `json:"-"`             // of a best practice, its question, where that is known
	Was     string   `json:"was,omitempty"` // title; empty where there is none, or it is not known
	Is      string   `json:"is,omitempty"`
	Changed []string `json:"changed,omitempty"` // what is different, in words: "title", "severity medium to high"
}

// NewPractices lists the best practices that the lens added.
func (c LensChange) NewPractices() []string {
	var ids []string
	for _, w := range c.Added {
		if w.Of != "" {
			ids = append(ids, w.ID)
		}
	}
	return ids
}

// Of returns the findings of a class.
func (c *Comparison) Of(class Class) []Finding {
	return slices.DeleteFunc(slices.Clone(c.Findings), func(f Finding) bool { return f.Class != class })
}

// Practice returns a best practice as the older state had it; false where it did not.
func (c *Comparison) Practice(id string) (Practice, bool) {
	p, ok := c.before[id]
	return p, ok
}

// Finding returns what became of a best practice, if it is or was a finding.
func (c *Comparison) Finding(id string) (Finding, bool) {
	for _, f := range c.Findings {
		if f.ID == id {
			return f, true
		}
	}
	return Finding{}, false
}
