package review

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/iotlens/iotlens/internal/lens"
	"github.com/iotlens/iotlens/internal/suggest"
	"github.com/iotlens/iotlens/internal/yamlfile"
)

// checkReview returns everything that is wrong with a decoded review:
//
//   - a schema newer than this program, another lens, an invalid revision of it;
//   - workload fields outside the limits of the WA Tool;
//   - profile, scope, answers, waivers and topics that name what the lens
//     doesn't have and has never asked;
//   - what is said of unanswered best practices with a status, a reason or a history;
//   - answers, and those in a history, without a status, not_applicable without
//     a reason, invalid dates;
//   - a milestone whose name is outside the limits of the WA Tool;
//   - a template without a name, a voucher or the day until which they vouch, and answers
//     of which the same is true;
//   - waivers without owner, approver, reason or expiry, or twice for one
//     practice.
//
// Words of an earlier version of the lens are taken for known, whether or not this one
// has them.
func checkReview(r *Review, l *lens.Lens, doc *yamlfile.Doc, earlier bool) yamlfile.Problems {
	c := checker{doc: doc, lens: l, anyVersion: earlier}
	c.checkReview(r)
	return c.problems
}

type checker struct {
	doc        *yamlfile.Doc
	lens       *lens.Lens
	anyVersion bool // see check
	problems   yamlfile.Problems
}

func (c *checker) checkReview(r *Review) {
	l := c.lens
	if r.Schema > Schema {
		c.report(path("schema"), "the file has schema %d, but this iotlens only reads up to %d; update iotlens", r.Schema, Schema)
		return
	}
	if r.Schema < 1 {
		c.report(path("schema"), "schema is missing; a review file begins with schema: %d", Schema)
	}
	bank := func(has string) string {
		if has == "" { // no bank is known yet
			return ""
		}
		return "; the bank has " + has
	}
	if r.Lens == "" {
		c.report(path("lens"), "lens is missing%s", bank(l.ID))
	} else if r.Lens != l.ID {
		c.report(path("lens"), "the review is for the lens %q, but the bank is %q; set --bank to the folder of the right bank, or carry the review to this one with iotlens upgrade", r.Lens, l.ID)
	}
	if r.LensVersion == "" {
		c.report(path("lens_version"), "lens_version is missing%s", bank(l.Version))
	}
	switch {
	case r.LensRevision < 0:
		c.report(path("lens_revision"), "lens_revision must be 1 or more, not %d", r.LensRevision)
	case r.LensRevision > l.Revision && r.Lens == l.ID && !c.anyVersion:
		c.report(path("lens_revision"), "the review was last asked with revision %d of the lens, but this bank is revision %d: update iotlens or the bank", r.LensRevision, l.Revision)
		return // what it names may have come with that revision
	}
	if d := r.LensDigest; d != "" && !consistsOf(hexDigits, 12, d) {
		c.report(path("lens_digest"), "lens_digest %q is not 12 hex digits", d)
	}
	if m := r.Milestone; m != (Milestone{}) {
		c.checkLength(m.Name, 3, 100, "milestone", "name")
	}
	c.checkTime(r.Milestone.At, "milestone", "at")
	c.checkTemplate(r.Template)
	c.checkWorkload(r.Workload)
	c.checkProfile(r.Workload)
	c.checkNotes(r.Notes)
	c.checkWATool(r.WA)
	for _, d := range dimensions {
		c.checkKnown(d.Name, d.IDs(r.Scope), d.KnownIDs(l), "scope", d.Key)
	}
	practices := l.PracticeIDs()
	isKnown := func(id string) bool { return c.isKnown(id, practices) }
	if unknown := slices.DeleteFunc(AnswerIDs(r), isKnown); r.Lens == l.ID && r.LensVersion != l.Version && len(unknown) > 0 {
		c.report(path("lens_version"), "the review answers version %s of the lens, but the bank has version %s, which does not have %s; upgrade the review with iotlens upgrade",
			r.LensVersion, l.Version, strings.Join(unknown, ", "))
		practices = append(practices, unknown...)
	}
	for _, id := range AnswerIDs(r) {
		c.checkAnswer(id, r.Answers[id], practices)
	}
	for _, id := range slices.Sorted(maps.Keys(r.UnansweredDetails)) {
		if !c.isKnown(id, practices) {
			c.report(path("unanswered", id), "the lens has no best practice %q%s", id, suggest.DidYouMean(id, practices))
			continue
		}
		c.reportRecord(r.UnansweredDetails[id].checkDetails(id), "unanswered", id)
	}
	seen := map[string]bool{}
	for i, w := range r.Waivers {
		c.checkKnown("best practice", []string{w.Practice}, practices, "waivers", i, "practice")
		if seen[w.Practice] {
			c.report(path("waivers", i, "practice"), "%s already has a waiver", w.Practice)
		}
		seen[w.Practice] = true
		c.reportRecord(w.Check(), "waivers", i)
	}
	for i, t := range r.Parked {
		c.reportRecord(t.Check(), "parked", i)
		if t.Practice != "" {
			c.checkKnown("best practice", []string{t.Practice}, practices, "parked", i, "practice")
		}
	}
	for i, n := range r.WithoutPlace {
		if n.Answer.Status != Unanswered {
			c.reportRecord(n.Answer.check(n.Practice), "without_place", i, "answer")
		}
		if n.Waiver != (Waiver{}) {
			c.reportRecord(n.Waiver.Check(), "without_place", i, "waiver")
		}
	}
	c.problems.Sort()
}

func path(path ...any) []any { return path }

func (c *checker) report(path []any, format string, args ...any) {
	c.problems.Add(c.doc.File, c.doc.Line(path...), format, args...)
}

// reportRecord reports what is wrong with a record at a path: what its Check returns.
func (c *checker) reportRecord(wrong error, path ...any) {
	var joined interface{ Unwrap() []error }
	if !errors.As(wrong, &joined) {
		return
	}
	for _, err := range joined.Unwrap() {
		where := path
		var field fieldError
		if errors.As(err, &field) {
			where = append(slices.Clone(path), field.key)
		}
		c.report(where, "%v", err)
	}
}

// checkKnown checks that the words at a path are known.
func (c *checker) checkKnown(what string, words, known []string, path ...any) {
	for i, w := range words {
		if !c.isKnown(w, known) {
			c.report(append(slices.Clone(path), i), "%s", suggest.Unknown(what, w, known)) // the line of the key where it has one word
		}
	}
}

// isKnown tells whether a word is known. A review that names what the lens has retired
// loads all the same.
func (c *checker) isKnown(word string, known []string) bool {
	if c.anyVersion || slices.Contains(known, word) {
		return true
	}
	_, retired := c.lens.RetiredID(word)
	return retired
}

// checkTime checks a time, where there is one.
func (c *checker) checkTime(text string, path ...any) {
	if err := CheckDate(text, true); text != "" && err != nil {
		c.report(path, "%v: %v", path[len(path)-1], err)
	}
}

// checkDay checks a day, where there is one.
func (c *checker) checkDay(text string, path ...any) {
	if err := CheckDate(text, false); text != "" && err != nil {
		c.report(path, "%v: %v", path[len(path)-1], err)
	}
}

const digits, hexDigits = "0123456789", "0123456789abcdef"

// consistsOf tells whether a text is some characters of an alphabet.
func consistsOf(alphabet string, length int, text string) bool {
	return len(text) == length && strings.Trim(text, alphabet) == ""
}

// checkLength checks how many characters a text has.
func (c *checker) checkLength(text string, least, most int, path ...any) {
	if n := utf8.RuneCountInString(strings.TrimSpace(text)); n < least || n > most {
		what := path[len(path)-1]
		if i, ok := what.(int); ok {
			what = fmt.Sprintf("entry %d of %v", i+1, path[len(path)-2])
		}
		c.report(path, "%v must have %d to %d characters, as in the WA Tool, not %d", what, least, most, n)
	}
}

// checkEntries checks how many entries a list has.
func (c *checker) checkEntries(list []string, most int, path ...any) {
	if len(list) > most {
		c.report(path, "%v must have at most %d entries, as in the WA Tool, not %d", path[len(path)-1], most, len(list))
	}
}

func (c *checker) checkWorkload(w Workload) {
	for _, f := range descriptionFields {
		if text := f.Text(w); text != "" || f.Required() {
			c.checkLength(text, 3, f.maxLength, "workload", f.key)
		}
	}
	c.checkLength(w.Industry, 0, 100, "workload", "industry")
	c.checkEntries(w.AWSRegions, 50, "workload", "aws_regions")
	c.checkEntries(w.NonAWSRegions, 5, "workload", "non_aws_regions")
	for i, site := range w.NonAWSRegions {
		c.checkLength(site, 3, 25, "workload", "non_aws_regions", i)
	}
	c.checkLength(w.IndustryType, 0, 100, "workload", "industry_type")
	c.checkLength(w.Notes, 0, maxNotesLength, "workload", "notes")
	c.checkKnown("pillar", w.PillarPriorities, c.lens.PillarIDs(), "workload", "pillar_priorities")
	c.checkEntries(w.AccountIDs, 100, "workload", "account_ids")
	for i, id := range w.AccountIDs {
		if !consistsOf(digits, 12, id) {
			c.report(path("workload", "account_ids", i), "the account id %q is not 12 digits", id)
		}
	}
	scheme, rest, _ := strings.Cut(w.ArchitecturalDesign, "://")
	link := slices.Contains([]string{"http", "https", "ftp"}, scheme) && rest != "" && !strings.ContainsAny(rest, " \t\n")
	if w.ArchitecturalDesign != "" && (!link || len(w.ArchitecturalDesign) > 2048) {
		c.report(path("workload", "architectural_design"), "architectural_design must be a link (http, https or ftp) of at most 2048 characters")
	}
}

func (c *checker) checkProfile(w Workload) {
	for _, f := range profileFields {
		if f.terms != nil {
			c.checkKnown(f.Name(), f.Values(w), lens.TermIDs(f.terms(c.lens)), "workload", "profile", f.key)
		}
		if f.isDate {
			c.checkDay(f.Text(w), "workload", "profile", f.key)
		}
		if v := f.value(&w); v.CanInt() && v.Int() < 0 {
			c.report(path("workload", "profile", f.key), "%s can't be negative", f.key)
		}
	}
}

func (c *checker) checkAnswer(id string, a Answer, practices []string) {
	if !c.isKnown(id, practices) {
		c.report(path("answers", id), "the lens has no best practice %q%s", id, suggest.DidYouMean(id, practices))
		return
	}
	c.reportRecord(a.check(id), "answers", id)
	for i, earlier := range a.History {
		c.reportRecord(earlier.check(id), "answers", id, "history", i)
		if len(earlier.History) > 0 {
			c.report(path("answers", id, "history", i, "history"), "an answer in a history must not have a history")
		}
	}
}

// CheckDate refuses what is not a day (2026-12-31) or, where a time is allowed,
// a time in UTC (2026-12-31T10:00:00Z).
func CheckDate(text string, withTime bool) error {
	layout := time.DateOnly
	if withTime && len(text) > len(layout) {
		layout = "2006-01-02T15:04:05Z"
	}
	if _, err := time.Parse(layout, text); err != nil {
		return fmt.Errorf("%q is not a date such as 2026-12-31", text)
	}
	return nil
}

// AnswerIDs lists the answered best practices, sorted.
func AnswerIDs(r *Review) []string { return slices.Sorted(maps.Keys(r.Answers)) }
