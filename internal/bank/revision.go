package bank

import (
	"slices"

	"github.com/iotlens/iotlens/internal/lens"
	"github.com/iotlens/iotlens/internal/yamlfile"
)

// checkRevisions checks the revision of the lens and those of its content:
//
//   - the revision is 1 or more; since is at most the revision of the lens, and a best
//     practice is not older than its question;
//   - a retired id is no longer asked, is listed once, was retired in revision 2 or later,
//     and has a reason or a successor that is asked.
func (c *checker) checkRevisions() {
	l, doc := &c.lens, c.lensFile.doc
	if l.Revision < 1 {
		c.report(doc, []any{"revision"}, "revision must be 1 or more, not %d", l.Revision)
		return
	}
	for i, q := range l.Questions {
		c.checkSince(c.questions[i].doc, q.Since, 1, "since")
		for j, p := range q.Practices {
			if p.Since != q.Since {
				c.checkSince(c.questions[i].doc, p.Since, q.Since, "practices", j, "since")
			}
		}
	}
	c.requireText(c.lensFile, "retired.*.id")
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
			c.checkWords(doc, "question or best practice", []string{r.Successor}, l.IDs(), at("successor"))
		case r.Reason+r.Successor == "":
			c.report(doc, []any{"retired", i}, "%s needs a reason or a successor", r.ID)
		}
	}
}

// checkSince checks the revision in which something was first asked.
func (c *checker) checkSince(doc *yamlfile.Doc, since, least int, at ...any) {
	switch {
	case since < 0:
		c.report(doc, at, "since must be 1 or more, not %d", since)
	case since > c.lens.Revision:
		c.report(doc, at, "since is %d, but the bank is at revision %d (pillars/lens.yaml)", since, c.lens.Revision)
	case max(since, 1) < max(least, 1):
		c.report(doc, at, "since is %d, but the question was first asked in revision %d", max(since, 1), least)
	}
}
