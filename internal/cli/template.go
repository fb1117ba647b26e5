package cli

import (
	"errors"
	"fmt"
	"strings"

	"github.com/iotlens/iotlens/internal/disk"
	"github.com/iotlens/iotlens/internal/lens"
	"github.com/iotlens/iotlens/internal/review"
	"github.com/iotlens/iotlens/internal/text"
)

// readTemplates reads review templates. The error lists all files that are not templates,
// that answer another version of the lens, that have expired, or that share a name.
func (a *app) readTemplates(paths []string, l *lens.Lens) ([]*review.Review, error) {
	var out []*review.Review
	var errs []error
	named := map[string]string{}
	for _, path := range paths {
		f, err := a.openReview(path, l)
		if err != nil {
			errs = append(errs, err)
			continue
		}
		t := f.Review.Template
		switch file := disk.DisplayPath(path); {
		case !f.Review.IsTemplate():
			err = fmt.Errorf("%s: this is a review, not a template; a template has a block template with name, vouched_by and vouched_until", file)
		case f.Review.LensVersion != l.Version:
			err = fmt.Errorf("%s: the template answers version %s of the lens, but the bank has version %s; to upgrade it: iotlens upgrade %s",
				file, f.Review.LensVersion, l.Version, disk.ShellQuote(path))
		case t.Expired(a.today()):
			err = fmt.Errorf("%s: the template has expired: %s vouched for it until %s; ask for a newer one", file, t.VouchedBy, t.VouchedUntil)
		case named[t.Name] != "":
			err = fmt.Errorf("%s: has the same template name as %s, %s; give only one of them", file, named[t.Name], t.Name)
		}
		named[t.Name] = disk.DisplayPath(path)
		errs = append(errs, err)
		out = append(out, f.Review)
	}
	return out, errors.Join(errs...)
}

// copyTemplates copies templates into a new review, and returns the text to print. A best
// practice on which templates disagree stays unanswered and gets a note.
func copyTemplates(l *lens.Lens, r *review.Review, templates []*review.Review, at string) string {
	copied := r.PlanCopy(l, templates...)
	r.Apply(copied.Changes)
	p := &text.Page{}
	from := map[string]int{}
	for _, c := range copied.Changes {
		from[c.After.Template]++
	}
	for _, t := range templates {
		p.Wrapped("", "  ", fmt.Sprintf("copied %s from the template %s", text.Count(from[t.Template.Name], "answer"), t.Template.Words()))
	}
	for _, d := range copied.Disputed {
		note := "The templates disagree: " + disagreement(d) + "."
		r.PutDetails(d.Practice, review.Answer{Note: note, At: at})
		p.Wrapped("", "  ", fmt.Sprintf("not copied: %s: the templates disagree: %s", d.Practice, disagreement(d)))
	}
	for _, remark := range notCopiedText(copied) {
		p.Wrapped("", "  ", remark)
	}
	return p.String()
}

// disagreement describes the different answers of templates.
func disagreement(d review.Disputed) string {
	var parts []string
	for _, a := range d.Answers {
		s := a.Template + " says " + a.Status.Words()
		var other []string
		for _, f := range a.DifferingFields(d.Answers[0]) {
			if a.Status == d.Answers[0].Status {
				other = append(other, f.Key)
			}
		}
		if len(other) > 0 {
			s += " with another " + strings.Join(other, ", ")
		}
		parts = append(parts, s)
	}
	return strings.Join(parts, ", ")
}

// notCopiedText lists which answers of templates were not copied, and why.
func notCopiedText(c review.CopyPlan) []string {
	var out []string
	add := func(ids []string, why string) {
		if len(ids) > 0 {
			out = append(out, fmt.Sprintf("not copied: %s that %s: %s", text.Count(len(ids), "answer"), why, strings.Join(ids, ", ")))
		}
	}
	add(c.Skipped, "the scope leaves out, or the profile rules out or sets aside")
	add(c.Unknown, "the lens does not ask for")
	return out
}

// importTemplates imports the current answers of templates where the review has no answer,
// or an answer of the template that nobody has confirmed.
func importTemplates(a *app, in importInput) (imported, error) {
	var paths []string
	for _, f := range in.files {
		paths = append(paths, f.name)
	}
	templates, err := a.readTemplates(paths, in.lens)
	if err != nil {
		return imported{}, err
	}
	copied := in.review.PlanCopy(in.lens, templates...)
	out := imported{changes: copied.Changes, same: copied.Same}
	for i, c := range out.changes {
		if c.After.Status == review.Unanswered {
			out.changes[i].Reason = "the template no longer answers it, and nobody has confirmed the answer"
		}
	}
	for _, c := range copied.Kept {
		out.remarks = append(out.remarks, fmt.Sprintf("%s: the team's own answer is kept (%s); %s says %s%s",
			c.Practice, c.Before.Status.Words(), c.After.Template, c.After.Status.Words(), otherFieldsText(c)))
	}
	for _, d := range copied.Disputed {
		out.remarks = append(out.remarks, fmt.Sprintf("%s: nothing was copied, because the templates disagree: %s", d.Practice, disagreement(d)))
	}
	out.remarks = append(out.remarks, notCopiedText(copied)...)
	return out, nil
}

// otherFieldsText lists the fields in which two answers with the same status differ.
func otherFieldsText(c review.Change) string {
	if c.Before.Status != c.After.Status {
		return ""
	}
	var keys []string
	for _, f := range c.Before.DifferingFields(c.After) {
		keys = append(keys, f.Key)
	}
	return " with another " + strings.Join(keys, ", ")
}
