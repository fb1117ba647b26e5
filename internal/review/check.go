package review

import (
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

// check says everything that is wrong with a decoded review:
//
//   - a schema newer than this program, another lens, a revision of it that is none;
//   - workload fields outside the limits of the WA Tool;
//   - profile, scope, answers, waivers and topics that name what the lens
//     doesn't have and has never asked;
//   - answers, and those in a history, without a status, not_applicable without
//     a reason, dates that are no dates;
//   - a milestone whose name is outside the limits of the WA Tool;
//   - waivers without owner, approver, reason or expiry, or twice for one
//     practice.
func check(r *Review, l *lens.Lens, doc *yamlfile.Doc) yamlfile.Problems {
	return checker{doc: doc, lens: l}.check(r, l)
}

func (c checker) check(r *Review, l *lens.Lens) yamlfile.Problems {
	if r.Schema > Schema {
		c.say(at("schema"), "the file has schema %d and this iotlens reads up to %d: update iotlens", r.Schema, Schema)
		return c.problems
	}
	if r.Schema < 1 {
		c.say(at("schema"), "schema is missing; a review file begins with schema: %d", Schema)
	}
	if r.Lens == "" {
		c.say(at("lens"), "lens is missing; the bank has %s", l.ID)
	} else if r.Lens != l.ID {
		c.say(at("lens"), "the review is of the lens %q, the bank is %q; --bank names the folder of another", r.Lens, l.ID)
	}
	if r.LensVersion == "" {
		c.say(at("lens_version"), "lens_version is missing; the bank has %s", l.Version)
	}
	switch {
	case r.LensRevision < 0:
		c.say(at("lens_revision"), "lens_revision must be 1 or more, not %d", r.LensRevision)
	case r.LensRevision > l.Revision && r.Lens == l.ID && !c.earlier:
		c.say(at("lens_revision"), "the review was last asked with revision %d of the lens and this bank is revision %d: update iotlens or the bank", r.LensRevision, l.Revision)
		return c.problems // what it names may have come with that revision
	}
	if d := r.LensDigest; d != "" && (len(d) != 12 || strings.Trim(d, "0123456789abcdef") != "") {
		c.say(at("lens_digest"), "lens_digest %q is not 12 hex digits", d)
	}
	if m := r.Milestone; m != (Milestone{}) {
		if n := utf8.RuneCountInString(strings.TrimSpace(m.Name)); n < 3 || n > 100 {
			c.say(at("milestone", "name"), "the name of a milestone has %d characters; the WA Tool takes 3 to 100", n)
		}
	}
	if err := CheckDate(r.Milestone.At, true); r.Milestone.At != "" && err != nil {
		c.say(at("milestone", "at"), "at: %v", err)
	}
	c.workload(r.Workload, l)
	for _, d := range dimensions {
		c.known(d.Name, d.IDs(r.Scope), c.withRetired(d.Known(l), d.IDs(r.Scope)...), "scope", d.Key)
	}
	practices := l.PracticeIDs()
	for _, id := range AnswerIDs(r) {
		c.answer(id, r.Answers[id], practices)
	}
	seen := map[string]bool{}
	for i, w := range r.Waivers {
		c.known("best practice", []string{w.Practice}, c.withRetired(practices, w.Practice), "waivers", i, "practice")
		if seen[w.Practice] {
			c.say(at("waivers", i, "practice"), "%s has a waiver already", w.Practice)
		}
		seen[w.Practice] = true
		c.faults(w.faults(), "waivers", i)
	}
	for i, t := range r.Parked {
		c.faults(t.faults(), "parked", i)
		if t.Practice != "" {
			c.known("best practice", []string{t.Practice}, c.withRetired(practices, t.Practice), "parked", i, "practice")
		}
	}
	c.problems.Sort()
	return c.problems
}

type checker struct {
	doc      *yamlfile.Doc
	lens     *lens.Lens
	earlier  bool // another version of the lens was answered: words that this one lacks may have been its own
	problems yamlfile.Problems
}

func at(path ...any) []any { return path }

func (c *checker) say(path []any, format string, args ...any) {
	c.problems.Add(c.doc.File, c.doc.Line(path...), format, args...)
}

func (c *checker) known(what string, words, known []string, path ...any) {
	for i, w := range words {
		if c.earlier || slices.Contains(known, w) {
			continue
		}
		where := path
		if _, single := path[len(path)-1].(string); single && len(words) > 1 {
			where = append(slices.Clone(path), i)
		}
		c.say(where, "%s", suggest.Unknown(what, w, known))
	}
}

// withRetired adds to the ids that a lens asks those of some given ones that it
// has retired: a review that names them loads all the same.
func (c *checker) withRetired(asked []string, ids ...string) []string {
	for _, id := range ids {
		if _, ok := c.lens.RetiredID(id); ok {
			asked = append(slices.Clip(asked), id)
		}
	}
	return asked
}

func (c *checker) workload(w Workload, l *lens.Lens) {
	length := func(text string, least, most int, required bool, key string) {
		n := utf8.RuneCountInString(strings.TrimSpace(text))
		if text == "" && !required {
			return
		}
		if n < least || n > most {
			c.say(at("workload", key), "%s has %d characters; the WA Tool takes %d to %d", key, n, least, most)
		}
	}
	length(w.Name, 3, 100, true, "name")
	length(w.Description, 3, 250, false, "description")
	length(w.ReviewOwner, 3, 255, false, "review_owner")
	length(w.Industry, 0, 100, false, "industry")
	if len(w.Regions) > 50 {
		c.say(at("workload", "aws_regions"), "%d Regions; the WA Tool takes 50", len(w.Regions))
	}
	if len(w.Accounts) > 100 {
		c.say(at("workload", "account_ids"), "%d accounts; the WA Tool takes 100", len(w.Accounts))
	}
	for i, id := range w.Accounts {
		if !accountID(id) {
			c.say(at("workload", "account_ids", i), "the account id %q is not 12 digits", id)
		}
	}
	if w.Design != "" && (!designLink(w.Design) || len(w.Design) > 2048) {
		c.say(at("workload", "architectural_design"), "architectural_design is a link (http, https or ftp) of at most 2048 characters")
	}
	p := w.Profile
	c.word("segment", p.Segment, lens.TermIDs(l.Segments))
	c.word("stage", p.Stage, lens.TermIDs(l.Stages))
	c.known("device class", p.DeviceClasses, lens.TermIDs(l.DeviceClasses), "workload", "profile", "device_classes")
	c.known("protocol", p.Protocols, lens.TermIDs(l.Protocols), "workload", "profile", "protocols")
	c.known("power", p.Power, lens.TermIDs(l.Power), "workload", "profile", "power")
	c.known("connectivity", p.Connectivity, lens.TermIDs(l.Connectivity), "workload", "profile", "connectivity")
	c.known("scenario", p.Scenarios, l.ScenarioIDs(), "workload", "profile", "scenarios")
	if p.FleetSize < 0 {
		c.say(at("workload", "profile", "fleet_size"), "fleet_size can't be negative")
	}
}

func accountID(s string) bool { return len(s) == 12 && strings.Trim(s, "0123456789") == "" }

func designLink(s string) bool {
	scheme, rest, _ := strings.Cut(s, "://")
	return slices.Contains([]string{"http", "https", "ftp"}, scheme) && rest != "" && !strings.ContainsAny(rest, " \t\n")
}

func (c *checker) word(key, word string, known []string) {
	if word != "" {
		c.known(key, []string{word}, known, "workload", "profile", key)
	}
}

func (c *checker) answer(id string, a Answer, practices []string) {
	if !slices.Contains(c.withRetired(practices, id), id) && !c.earlier {
		c.say(at("answers", id), "the lens has no best practice %q%s", id, suggest.DidYouMean(id, practices))
		return
	}
	c.faults(a.faults(id), "answers", id)
	for i, earlier := range a.History {
		c.faults(earlier.faults(id), "answers", id, "history", i)
		if len(earlier.History) > 0 {
			c.say(at("answers", id, "history", i, "history"), "an answer in a history has no history of its own")
		}
	}
}

// faults says what is wrong with one answer or waiver, which stands at path.
func (c *checker) faults(list []fault, path ...any) {
	for _, f := range list {
		where := path
		if f.key != "" {
			where = append(slices.Clone(path), f.key)
		}
		c.say(where, "%s", f.text)
	}
}

// CheckDate refuses what is not a day (2026-12-31) or, where a time is allowed,
// a time in UTC (2026-12-31T10:00:00Z).
func CheckDate(text string, withTime bool) error {
	if _, err := time.Parse(time.DateOnly, text); err == nil {
		return nil
	}
	if _, err := time.Parse("2006-01-02T15:04:05Z", text); err == nil && withTime {
		return nil
	}
	return fmt.Errorf("%q is not a date such as 2026-12-31", text)
}

// AnswerIDs lists the answered best practices, sorted.
func AnswerIDs(r *Review) []string { return slices.Sorted(maps.Keys(r.Answers)) }
