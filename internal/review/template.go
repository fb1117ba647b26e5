package review

import (
	"strings"
	"unicode/utf8"

	"github.com/iotlens/iotlens/internal/text"
)

// A Template marks a review as a template: a platform team answers in it what holds for
// every workload on its platform, and the reviews of these workloads copy the answers.
type Template struct {
	Name         string `yaml:"name" json:"name" jsonschema:"what copied answers name it by; an update of the template keeps it"`
	VouchedBy    string `yaml:"vouched_by" json:"vouched_by" jsonschema:"the person or team that vouches for its answers"`
	VouchedUntil string `yaml:"vouched_until" json:"vouched_until" jsonschema:"the last day on which they do, YYYY-MM-DD"`
}

// IsTemplate reports whether the review is a template.
func (r *Review) IsTemplate() bool { return r.Template != Template{} }

// Words describes the template for people: its name, who vouches for it, and until when;
// empty if the review is none.
func (t Template) Words() string {
	if t == (Template{}) {
		return ""
	}
	return t.Name + ", vouched for by " + t.VouchedBy + " until " + t.VouchedUntil
}

// Expired reports whether nobody vouches for the template on a day, YYYY-MM-DD, any more.
func (t Template) Expired(today string) bool { return today > t.VouchedUntil }

// Unconfirmed reports whether the answer was copied from a template and nobody in the team
// has signed it; see Sign.
func (a Answer) Unconfirmed() bool { return a.Template != "" }

// CountUnconfirmed counts the unconfirmed answers.
func (r *Review) CountUnconfirmed() int {
	n := 0
	for _, a := range r.Answers {
		if a.Unconfirmed() {
			n++
		}
	}
	return n
}

// VouchingExpired reports whether the answer is unconfirmed and nobody vouches for it on a
// day, YYYY-MM-DD, any more.
func (a Answer) VouchingExpired(today string) bool { return a.Unconfirmed() && today > a.VouchedUntil }

// Origin says which template an unconfirmed answer came from; empty for any other answer.
func (a Answer) Origin() string {
	if !a.Unconfirmed() {
		return ""
	}
	return "from the template " + Template{a.Template, a.VouchedBy, a.VouchedUntil}.Words()
}

// sameOrigin reports whether two answers came from the same template, or both from none.
func (a Answer) sameOrigin(b Answer) bool {
	return a.Template == b.Template && a.VouchedBy == b.VouchedBy && a.VouchedUntil == b.VouchedUntil
}

func (a *Answer) setOrigin(from Answer) {
	a.Template, a.VouchedBy, a.VouchedUntil = from.Template, from.VouchedBy, from.VouchedUntil
}

// Sign sets who gives an answer, and when. An answer copied from a template is thereby
// confirmed.
func (a *Answer) Sign(by, at string) {
	a.By, a.At = by, at
	a.setOrigin(Answer{})
}

// equal reports whether two answers have the same content and signature.
func (a Answer) equal(b Answer) bool {
	return a.SameContent(b) && a.By == b.By && a.At == b.At && a.sameOrigin(b)
}

// checkOrigin returns what is missing in an answer's record of its template.
func (a Answer) checkOrigin(id string) []error {
	if a.sameOrigin(Answer{}) {
		return nil
	}
	var errs []error
	for _, f := range answerFields {
		if (f.Key == "template" || strings.HasPrefix(f.Key, "vouched_")) && len(f.Values(a)) == 0 {
			errs = append(errs, fieldError{"template", id + " has no " + f.Key + "; template, vouched_by and vouched_until go together"})
		}
	}
	return errs
}

// checkTemplate checks the mark of a template.
func (c *checker) checkTemplate(t Template) {
	if t == (Template{}) {
		return
	}
	for _, f := range []struct{ key, text string }{{"name", t.Name}, {"vouched_by", t.VouchedBy}} {
		switch n := utf8.RuneCountInString(strings.TrimSpace(f.text)); {
		case n == 0:
			c.report(path("template", f.key), "the template has no %s", f.key)
		case n > 100:
			c.report(path("template", f.key), "%s must have at most 100 characters, not %d", f.key, n)
		case strings.ContainsFunc(f.text, text.IsControl) || strings.ContainsAny(f.text, "\n\r"):
			c.report(path("template", f.key), "%s must be one line without control characters", f.key)
		}
	}
	if t.VouchedUntil == "" {
		c.report(path("template", "vouched_until"), "the template has no vouched_until: the last day on which its answers are vouched for, such as 2027-06-30")
	}
	c.checkDate(t.VouchedUntil, false, "template", "vouched_until")
}
