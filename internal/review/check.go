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

// checkReview returns the problems of a decoded review:
//
// - the schema is newer than this program, or lens, version or revision do not match;
// - workload fields exceed the limits of the WA Tool;
// - profile, scope, answers, waivers or topics have ids that the lens does not have and
// never had;
// - details of an unanswered best practice include a status, a reason or a history;
// - an answer, or one in a history, lacks a status or the reason of not_applicable, or has
// an invalid date;
// - the name of a milestone exceeds the limits of the WA Tool;
// - a template, or the origin of an answer, is incomplete;
// - a waiver is incomplete, or a best practice has two.
//
// With anyVersion, ids are not checked, since they may be those of another version of the
// lens.
func checkReview(r *Review, l *lens.Lens, doc *yamlfile.Doc, anyVersion bool) yamlfile.Problems {
	c := checker{doc: doc, lens: l, anyVersion: anyVersion}
	c.checkReview(r)
	return c.problems
}

// A checker collects the problems of a review.
type checker struct {
	doc        *yamlfile.Doc
	lens       *lens.Lens
	anyVersion bool // see checkReview
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
	inBank := func(value string) string {
		if value == "" { // no bank was found yet
			return ""
		}
		return "; the bank has " + value
	}
	if r.Lens == "" {
		c.report(path("lens"), "lens is missing%s", inBank(l.ID))
	} else if r.Lens != l.ID {
		c.report(path("lens"), "the review is for the lens %q, but the bank is %q; set --bank to the folder of the right bank, or carry the review to this one with iotlens upgrade", r.Lens, l.ID)
	}
	if r.LensVersion == "" {
		c.report(path("lens_version"), "lens_version is missing%s", inBank(l.Version))
	}
	switch {
	case r.LensRevision < 0:
		c.report(path("lens_revision"), "lens_revision must be 1 or more, not %d", r.LensRevision)
	case r.LensRevision > l.Revision && r.Lens == l.ID && !c.anyVersion:
		c.report(path("lens_revision"), "the review was last asked with revision %d of the lens, but this bank is revision %d: update iotlens or the bank", r.LensRevision, l.Revision)
		return // unknown ids may come from that revision
	}
	if d := r.LensDigest; d != "" && !consistsOf(hexDigits, 12, d) {
		c.report(path("lens_digest"), "lens_digest %q is not 12 hex digits", d)
	}
	if m := r.Milestone; m != (Milestone{}) {
		c.checkLength(m.Name, 3, 100, "milestone", "name")
	}
	c.checkDate(r.Milestone.At, true, "milestone", "at")
	c.checkTemplate(r.Template)
	c.checkWorkload(r.Workload)
	c.checkProfile(r.Workload)
	c.checkNotes(r.Notes)
	c.checkWATool(r.WA)
	for _, d := range dimensions {
		c.checkKnown(d.Name, d.IDs(r.Scope), d.KnownIDs(l), "scope", d.Key)
	}
	practices := l.PracticeIDs()
	if r.Lens == l.ID && r.LensVersion != l.Version {
		unknown := slices.DeleteFunc(AnswerIDs(r), func(id string) bool { return c.isKnown(id, practices) })
		if len(unknown) > 0 {
			c.report(path("lens_version"), "the review answers version %s of the lens, but the bank has version %s, which does not have %s; upgrade the review with iotlens upgrade",
				r.LensVersion, l.Version, strings.Join(unknown, ", "))
			practices = append(practices, unknown...)
		}
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

// path returns its arguments: keys and list indexes that lead to a value in the file.
func path(path ...any) []any { return path }

func (c *checker) report(path []any, format string, args ...any) {
	c.problems.Add(c.doc.File, c.doc.Line(path...), format, args...)
}

// reportRecord reports what the Check method of the record at a path returned.
func (c *checker) reportRecord(err error, path ...any) {
	var joined interface{ Unwrap() []error }
	if !errors.As(err, &joined) {
		return
	}
	for _, err := range joined.Unwrap() {
		at := path
		var field fieldError
		if errors.As(err, &field) {
			at = append(slices.Clone(path), field.key)
		}
		c.report(at, "%v", err)
	}
}

// checkKnown checks that the ids at a path are known.
func (c *checker) checkKnown(what string, ids, known []string, path ...any) {
	for i, id := range ids {
		if !c.isKnown(id, known) {
			c.report(append(slices.Clone(path), i), "%s", suggest.Unknown(what, id, known)) // the line of the key if it has a single id
		}
	}
}

// isKnown reports whether an id is known, or retired from the lens.
func (c *checker) isKnown(id string, known []string) bool {
	if c.anyVersion || slices.Contains(known, id) {
		return true
	}
	_, retired := c.lens.RetiredID(id)
	return retired
}

// checkDate checks a day, or a time if withTime is set; an empty text is valid.
func (c *checker) checkDate(text string, withTime bool, path ...any) {
	if err := CheckDate(text, withTime); text != "" && err != nil {
		c.report(path, "%v: %v", path[len(path)-1], err)
	}
}

const digits, hexDigits = "0123456789", "0123456789abcdef"

// consistsOf reports whether a text has only characters of an alphabet, and a given length.
func consistsOf(alphabet string, length int, text string) bool {
	return len(text) == length && strings.Trim(text, alphabet) == ""
}

// checkLength checks the length of a text, in characters.
func (c *checker) checkLength(text string, minLength, maxLength int, path ...any) {
	if n := utf8.RuneCountInString(strings.TrimSpace(text)); n < minLength || n > maxLength {
		what := path[len(path)-1]
		if i, ok := what.(int); ok {
			what = fmt.Sprintf("entry %d of %v", i+1, path[len(path)-2])
		}
		c.report(path, "%v must have %d to %d characters, as in the WA Tool, not %d", what, minLength, maxLength, n)
	}
}

// checkEntries checks the length of a list.
func (c *checker) checkEntries(list []string, maxEntries int, path ...any) {
	if len(list) > maxEntries {
		c.report(path, "%v must have at most %d entries, as in the WA Tool, not %d", path[len(path)-1], maxEntries, len(list))
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
			c.checkKnown(f.Name(), f.Values(&w), lens.TermIDs(f.terms(c.lens)), "workload", "profile", f.key)
		}
		if f.isDate {
			c.checkDate(f.Text(w), false, "workload", "profile", f.key)
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
	for i, before := range a.History {
		c.reportRecord(before.check(id), "answers", id, "history", i)
		if len(before.History) > 0 {
			c.report(path("answers", id, "history", i, "history"), "an answer in a history must not have a history")
		}
	}
}

// CheckDate returns an error unless text is a day (2026-12-31) or, if withTime is set, a
// time in UTC (2026-12-31T10:00:00Z).
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

// AnswerIDs returns the ids of the answered best practices, sorted.
func AnswerIDs(r *Review) []string { return slices.Sorted(maps.Keys(r.Answers)) }
