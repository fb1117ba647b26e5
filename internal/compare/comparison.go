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

// A Comparison is what changed from an older to a newer state, together with the findings
// that did not change. Its lists are in lens order; findings are sorted by class and
// severity first.
type Comparison struct {
	Old, New     Source
	Findings     []Finding          // every best practice that is a finding in one of the two states
	Answers      []AnswerChange     // every answer that was added, changed or removed, of best practices in scope of both states; of open reviews only the status
	Risks        []RiskChange       // every question whose risk changed
	OldQuestions []scoring.Question // every question of the older state
	Areas        []AreaChange       // every area with a changed number
	LeftScope    []Practice         // in scope of the older state only, as it was then
	JoinedScope  []Practice         // in scope of the newer state only
	Lens         LensChange
	Profile      ProfileChange
	Caveats      []string // what makes the comparison uncertain, each in a sentence; only of open reviews

	Waivers     []WaiverChange // every waiver that was added, changed or removed
	Relaxations []Relaxation   // every change that makes it easier to pass a gate

	before map[string]Practice // best practices of the older state by id
}

// A Class says what became of a finding. A gap is a best practice that is partially or not
// implemented. A best practice passes if it is implemented or not applicable.
type Class string

// The classes, in the order in which they are reported.
const (
	Regressed Class = "regressed"  // a gap now that passed before, or a gap that became worse; see Cause
	New       Class = "new"        // a gap now, with an unknown or no status before
	Unknown   Class = "unknown"    // "don't know" now
	Gone      Class = "gone"       // a finding before, without a status now; not a pass
	StillOpen Class = "still open" // a finding before and now, and no worse
	Resolved  Class = "resolved"   // a finding before that passes now
)

// Classes lists the classes, in the order in which they are reported.
func Classes() []Class { return []Class{Regressed, New, Unknown, Gone, StillOpen, Resolved} }

// Values lists the classes.
func (Class) Values() []string { return lens.Strings(Classes()...) }

// Cause is the reason for the class of a finding.
type Cause string

// The causes. Each comment begins with the classes that a cause is for.
const (
	CausePassedBefore Cause = "passed_before" // regressed, unknown: it passed before

	CauseGapGrew       Cause = "gap_grew"       // regressed: from partially to not implemented
	CauseSeverityRose  Cause = "severity_rose"  // regressed: the lens rates it higher
	CauseWaiverRemoved Cause = "waiver_removed" // regressed: there was a waiver

	CauseNotAskedBefore     Cause = "not_asked_before"     // new, unknown: the lens did not ask it before
	CauseNotInScopeBefore   Cause = "not_in_scope_before"  // new, unknown
	CauseUnansweredBefore   Cause = "unanswered_before"    // new, unknown
	CauseSetAsideBefore     Cause = "set_aside_before"     // new, unknown: the profile set it aside before
	CauseNotMentionedBefore Cause = "not_mentioned_before" // new, unknown: the open review does not mention it
	CauseUnknownBefore      Cause = "unknown_before"       // new: the answer was "don't know"
	CauseGapBefore          Cause = "gap_before"           // unknown: it was a gap before

	CauseNoLongerAsked Cause = "no_longer_asked" // gone
	CauseRetired       Cause = "retired"         // gone: the lens lists it as retired
	CauseOutOfScope    Cause = "out_of_scope"    // gone
	CauseSetAside      Cause = "set_aside"       // gone: the profile sets it aside
	CauseAnswerRemoved Cause = "answer_removed"  // gone
	CauseNotMentioned  Cause = "not_mentioned"   // gone: the open review does not mention it

	CauseGapShrank Cause = "gap_shrank" // still open: from not to partially implemented
)

// Values lists the causes.
func (Cause) Values() []string {
	return lens.Strings(
		CausePassedBefore, CauseGapGrew, CauseSeverityRose, CauseWaiverRemoved, CauseNotAskedBefore, CauseNotInScopeBefore, CauseSetAsideBefore, CauseUnansweredBefore, CauseNotMentionedBefore, CauseUnknownBefore, CauseGapBefore,
		CauseNoLongerAsked, CauseRetired, CauseOutOfScope, CauseSetAside, CauseAnswerRemoved, CauseNotMentioned, CauseGapShrank,
	)
}

// Words is the cause for people, as in "regressed (passed before)".
func (w Cause) Words() string { return strings.ReplaceAll(string(w), "_", " ") }

// A Finding is a best practice that is a finding in one of the two states.
type Finding struct {
	Practice               // in the newer state; in the older one if it is gone
	Was      review.Status // status in the older state; Unanswered if it was not asked
	Class    Class
	Cause    Cause // empty if the class needs no reason
}

// An AnswerChange is an answer that was added, changed or removed.
type AnswerChange struct {
	ID, Title string
	Was, Is   review.Answer // the status is Unanswered if there was, or is, no answer
	Changed   []string      // keys of the fields that differ, such as status or owner
}

// A RiskChange is a question whose risk changed.
type RiskChange struct {
	ID, Title string
	Was, Is   scoring.Risk // empty if the question was not in scope
}

// Worse reports whether the risk rose to HIGH, or to MEDIUM from neither.
func (r RiskChange) Worse() bool { return r.Is.Severity().Rank() > r.Was.Severity().Rank() }

// An AreaChange is an area in both states. If a state does not have the area, it has only
// its kind, id and name.
type AreaChange struct{ Was, Is Area }

// A LensChange is how the lens itself changed, as far as that is known.
type LensChange struct {
	Was, Is  Edition
	Complete bool // the lists are complete: the lens is the same, or both lenses were available
	Added    []LensItemChange
	Dropped  []LensItemChange
	Reworded []LensItemChange
}

// Changed reports whether the two states were asked with different lenses.
func (c LensChange) Changed() bool { return !c.Was.Same(c.Is) }

// Words describes both editions by their versions, with the revisions if the versions are
// the same, and the digests if the revisions are the same, too.
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

// An Edition identifies a state of a lens.
type Edition struct {
	Version  string // empty if the source has none
	Revision int    // 0 if the source has none
	Digest   string // short; empty if the source has none
}

// Same reports whether two editions are the same. A revision or digest that only one of
// them has is not compared.
func (e Edition) Same(other Edition) bool {
	return e.Version == other.Version &&
		(e.Revision == other.Revision || e.Revision*other.Revision == 0) &&
		(e.Digest == other.Digest || e.Digest == "" || other.Digest == "")
}

// A LensItemChange is a question or best practice that the lens added, dropped or reworded.
type LensItemChange struct {
	ID      string   `json:"id"`
	Of      string   `json:"-"`             // id of the question of a best practice; empty for a question, or if it is not known
	Was     string   `json:"was,omitempty"` // title; empty if there was none, or it is not known
	Is      string   `json:"is,omitempty"`
	Changed []string `json:"changed,omitempty"` // what differs: "title", "severity medium to high"
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

// Practice returns a best practice of the older state; false if it does not have it.
func (c *Comparison) Practice(id string) (Practice, bool) {
	p, ok := c.before[id]
	return p, ok
}

// Finding returns the finding of a best practice; false if it is a finding in neither state.
func (c *Comparison) Finding(id string) (Finding, bool) {
	for _, f := range c.Findings {
		if f.ID == id {
			return f, true
		}
	}
	return Finding{}, false
}
