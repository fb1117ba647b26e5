package bank

import (
	"slices"

	"github.com/iotlens/iotlens/internal/lens"
	"github.com/iotlens/iotlens/internal/yamlfile"
)

// revision checks the numbers that tell what a review was asked:
//
//   - the revision is 1 or more; since is a revision up to that one, and that of
//     a best practice is not before its question's;
//   - what is retired is not asked, is listed once, was retired by a revision
//     from 2 on, and has a reason or a successor that is asked.
func (c *checker) revision() {
	l, doc := &c.lens, c.lensFile.doc
	if l.Revision < 1 {
		c.report(doc, []any{"revision"}, "revision must be 1 or more, not %d", l.Revision)
		return
	}
	for i, q := range l.Questions {
		c.since(c.questions[i].doc, q.Since, 1, "since")
		for j, p := range q.Practices {
			if p.Since != q.Since {
				c.since(c.questions[i].doc, p.Since, q.Since, "practices", j, "since")
			}
		}
	}
	c.required(c.lensFile, "retired.*.id")
	for i, r := range l.Retired {
		at := func(key string) []any { return []any{"retired", i, key} }
		if slices.ContainsFunc(l.Retired[:i], func(other lens.Retired) bool { return lens.SameID(other.ID, r.ID) }) {
			c.report(doc, at("id"), "%s is listed twice", r.ID)
		}
		if l.Asks(r.ID) {
			c.report(doc, at("id"), "%s is retired and still asked", r.ID)
		}
		if r.Since < 2 || r.Since > l.Revision {
			c.report(doc, at("since"), "since must be set to the first revision that doesn't ask %s, from 2 to %d, not %d", r.ID, max(l.Revision, 2), r.Since)
		}
		switch {
		case r.Successor != "" && !l.Asks(r.Successor):
			c.words(doc, "question or best practice", []string{r.Successor}, l.IDs(), at("successor"))
		case r.Reason+r.Successor == "":
			c.report(doc, []any{"retired", i}, "%s needs a reason or a successor", r.ID)
		}
	}
}

// since checks in which revision something was first asked.
func (c *checker) since(doc *yamlfile.Doc, since, least int, at ...any) {
	switch {
	case since < 0:
		c.report(doc, at, "since must be 1 or more, not %d", since)
	case since > c.lens.Revision:
		c.report(doc, at, "since is %d, but the bank is at revision %d (pillars/lens.yaml)", since, c.lens.Revision)
	case max(since, 1) < max(least, 1):
		c.report(doc, at, "since is %d, but the question was first asked in revision %d", max(since, 1), least)
	}
}
