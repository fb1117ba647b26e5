package compare

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/iotlens/iotlens/internal/lens"
	"github.com/iotlens/iotlens/internal/review"
	"github.com/iotlens/iotlens/internal/text"
)

// A Relaxation is a change since the older state that makes it easier to pass a gate.
type Relaxation struct {
	Kind      RelaxationKind `json:"kind"`
	Subject   string         `json:"subject,omitempty"`   // id of the best practice or framework, or key of the setting; empty if it is about the whole
	Title     string         `json:"title,omitempty"`     // of the best practice
	From      string         `json:"from"`                // the older state: a status, a day, a version, a value; may be empty
	To        string         `json:"to"`                  // the newer state
	Practices []string       `json:"practices,omitempty"` // ids of those that it removes, if there can be several
}

// RelaxationKind is the kind of a Relaxation.
type RelaxationKind string

// The kinds, in the order in which they are reported.
const (
	OtherWorkload   RelaxationKind = "workload"         // another workload is reviewed
	OtherFormat     RelaxationKind = "format"           // the older state is one of ours, the newer one a review in the open schema
	LensChanged     RelaxationKind = "lens"             // the lens is older, or an edited copy of the shipped one
	ProfileChanged  RelaxationKind = "profile"          // the facts that decide which best practices apply differ
	ScopeNarrowed   RelaxationKind = "scope"            // best practices left the scope
	NotApplicable   RelaxationKind = "not_applicable"   // a best practice was answered with another status before
	AnswerRemoved   RelaxationKind = "answer_removed"   // a best practice was answered before and is not now
	VouchedLonger   RelaxationKind = "vouched_longer"   // an unconfirmed answer from a template is vouched for until a later day
	OriginRemoved   RelaxationKind = "origin_removed"   // an answer no longer names its template, and nobody has signed it since
	WaiverAdded     RelaxationKind = "waiver_added"     // a best practice has a waiver and had none
	WaiverProlonged RelaxationKind = "waiver_prolonged" // a waiver expires later
	WaiverChanged   RelaxationKind = "waiver_changed"   // a waiver has other terms and does not expire later
	PolicyLoosened  RelaxationKind = "policy"           // a setting of the policy is less strict
	FrameworkEdited RelaxationKind = "framework"        // a required custom framework has other answers
	BaselineChanged RelaxationKind = "baseline"         // the baseline file differs from the one in the base commit
)

// Values lists the kinds.
func (RelaxationKind) Values() []string {
	return lens.Strings(
		OtherWorkload, OtherFormat, LensChanged, ProfileChanged, ScopeNarrowed, NotApplicable, AnswerRemoved,
		VouchedLonger, OriginRemoved, WaiverAdded, WaiverProlonged, WaiverChanged, PolicyLoosened, FrameworkEdited, BaselineChanged,
	)
}

// String describes the relaxation in a sentence without a full stop. It does not name the
// subject.
func (r Relaxation) String() string {
	switch r.Kind {
	case OtherWorkload:
		return fmt.Sprintf("the workload is %[2]q; in the baseline it was %[1]q", r.From, r.To)
	case OtherFormat:
		return "this review is in AWS's open schema, which holds less than the baseline, a " + r.From
	case LensChanged:
		return "the lens is " + r.To + "; the baseline was asked with " + r.From
	case ProfileChanged:
		return "the profile changed: " + r.To
	case ScopeNarrowed:
		return fmt.Sprintf("%s of the baseline left the scope: %s", text.Count(len(r.Practices), "best practice"), strings.Join(r.Practices, ", "))
	case NotApplicable:
		return "not applicable now; in the baseline it was " + r.From + ": " + r.Title
	case AnswerRemoved:
		return "unanswered now; in the baseline it was " + r.From + ": " + r.Title
	case VouchedLonger:
		return "not confirmed, and vouched for until " + r.To + "; in the baseline until " + r.From + ": " + r.Title
	case OriginRemoved:
		return "no longer marked as " + r.From + ", although nobody has signed it since: " + r.Title
	case WaiverAdded:
		return "a waiver was added, until " + r.To
	case WaiverProlonged:
		return "the waiver was prolonged from " + r.From + " to " + r.To
	case WaiverChanged:
		return "the terms of the waiver changed: " + r.To
	case PolicyLoosened:
		return "the policy was loosened from " + r.From + " to " + r.To
	case FrameworkEdited:
		return "the required framework differs from " + r.From + " in " + r.To
	}
	return "the baseline was changed: " + r.To + " differs from " + r.From
}

// A WaiverChange is a waiver that was added, changed or removed.
type WaiverChange struct {
	Practice string
	Was, Is  review.Waiver // empty if there was, or is, none
	Changed  []string      // keys of the fields that differ: expires, approver
}

// Words describes the change in a sentence without a full stop.
func (w WaiverChange) Words() string {
	if r, ok := w.relaxation(); ok {
		return r.String()
	}
	if w.Is.Practice == "" {
		return "the waiver until " + w.Was.Expires + " was removed"
	}
	return "the waiver now expires on " + w.Is.Expires + ", not on " + w.Was.Expires
}

// relaxation returns the change as a Relaxation; false if it makes nothing easier.
func (w WaiverChange) relaxation() (Relaxation, bool) {
	r := Relaxation{Subject: w.Practice, From: w.Was.Expires, To: w.Is.Expires}
	terms := slices.DeleteFunc(slices.Clone(w.Changed), func(key string) bool { return key == "expires" })
	switch {
	case w.Is.Practice == "":
		return r, false
	case w.Was.Practice == "":
		r.Kind = WaiverAdded
	case w.Is.Expires > w.Was.Expires:
		r.Kind = WaiverProlonged
	case len(terms) > 0:
		var was, is []string
		for _, f := range review.WaiverFields() {
			if slices.Contains(terms, f.Key) {
				was, is = append(was, f.Text(w.Was)), append(is, fmt.Sprintf("%s %s to %s", f.Key, cmp.Or(f.Text(w.Was), "(none)"), cmp.Or(f.Text(w.Is), "(none)")))
			}
		}
		r.Kind, r.From, r.To = WaiverChanged, strings.Join(was, "; "), strings.Join(is, "; ")
	default:
		return r, false
	}
	return r, true
}

// waivers lists the waivers that changed. An open review has none.
func (p *statePair) waivers() []WaiverChange {
	if p.statusOnly() {
		return nil
	}
	practice := func(w review.Waiver) string { return w.Practice }
	was, is := byID(p.older.Waivers, practice), byID(p.newer.Waivers, practice)
	var out []WaiverChange
	for _, id := range sortedIDs(p, was, is) {
		w := WaiverChange{Practice: id, Was: was[id], Is: is[id]}
		for _, f := range review.WaiverFields() {
			if !f.Signature && f.Text(w.Was) != f.Text(w.Is) {
				w.Changed = append(w.Changed, f.Key)
			}
		}
		if len(w.Changed) > 0 {
			out = append(out, w)
		}
	}
	return out
}

// relaxations lists the changes that make it easier to pass than in the older state.
func (p *statePair) relaxations(c *Comparison) []Relaxation {
	var out []Relaxation
	add := func(kind RelaxationKind, from, to string, practices ...string) {
		out = append(out, Relaxation{Kind: kind, From: from, To: to, Practices: practices})
	}
	if p.older.Workload != "" && p.older.Workload != p.newer.Workload {
		add(OtherWorkload, p.older.Workload, p.newer.Workload)
	}
	if p.older.Kind != AWSReview && p.newer.Kind == AWSReview {
		add(OtherFormat, string(p.older.Kind), string(p.newer.Kind))
	}
	if was, is, changed := p.otherLens(); changed {
		add(LensChanged, was, is)
	}
	if len(c.Profile.Changed) > 0 {
		add(ProfileChanged, "", strings.Join(c.Profile.Changed, "; "), c.Profile.NoLongerAsked...)
	}
	var left []string
	for _, was := range c.LeftScope {
		if !containsID(p.newer.SetAside, was.ID) {
			left = append(left, was.ID)
		}
	}
	if len(left) > 0 {
		add(ScopeNarrowed, "", "", left...)
	}
	for _, id := range sortedIDs(p, p.before, nil) {
		was := p.before[id]
		is, now := p.after[id]
		r := Relaxation{Kind: NotApplicable, Subject: id, Title: was.Title, From: was.Status.Words(), To: is.Status.Words()}
		switch answered := was.Status != review.Unanswered && was.Status != review.NotApplicable; {
		case now && answered && is.Status == review.NotApplicable && !is.Implied:
		case answered && (now && is.Status == review.Unanswered || !now && containsID(p.newer.SetAside, id)):
			r.Kind = AnswerRemoved
		case now && was.Unconfirmed() && is.Unconfirmed() && is.VouchedUntil > was.VouchedUntil:
			r.Kind, r.From, r.To = VouchedLonger, was.VouchedUntil, is.VouchedUntil
		case now && was.Unconfirmed() && !is.Unconfirmed() && is.By == was.By && is.At == was.At && !p.statusOnly():
			r.Kind, r.From, r.To = OriginRemoved, was.Origin(), is.Status.Words()
		default:
			continue
		}
		out = append(out, r)
	}
	for _, w := range c.Waivers {
		if r, ok := w.relaxation(); ok {
			out = append(out, r)
		}
	}
	return out
}

// otherLens reports whether the newer state is judged with an older lens than the one with
// which the older state was asked, or with an edited one. A later revision is not a
// relaxation: it comes with a new version of the program.
func (p *statePair) otherLens() (was, is string, changed bool) {
	a, b := p.older.edition(), p.newer.UsedEdition
	if p.older.Kind == Report && a.Digest == "" {
		a.Digest = p.older.UsedEdition.Digest
	}
	if a.Version == "" || b.Version == "" {
		return "", "", false
	}
	same := a.Version == b.Version && a.Revision == b.Revision
	older := b.Version < a.Version || a.Version == b.Version && b.Revision < a.Revision
	edited := same && a.Digest != "" && a.Digest != b.Digest || p.newer.LensEdited && (same && a.Digest == "" || !same)
	was, is = a.words(), b.words()
	if p.newer.LensEdited {
		is += ", edited"
	}
	return was, is, older || edited
}

// words describes an edition: "2025-07-02, revision 3 (0123456789ab)".
func (e Edition) words() string {
	s := fmt.Sprintf("%s, revision %d", e.Version, e.Revision)
	if e.Digest != "" {
		s += " (" + e.Digest + ")"
	}
	return s
}
