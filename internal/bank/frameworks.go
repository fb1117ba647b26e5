package bank

import (
	"maps"
	"slices"

	"github.com/iotlens/iotlens/internal/framework"
	"github.com/iotlens/iotlens/internal/suggest"
)

// checkFrameworks checks the references between best practices and frameworks in both
// directions: every provision of a framework of the bank is answered by a best practice or
// is outside a review, and provisions that a best practice meets exist in a framework of
// the bank or of the program. It checks nothing if a question could not be decoded.
func (c *checker) checkFrameworks() {
	if c.lensFile.doc == nil || len(c.undecoded) > 0 {
		return
	}
	var list []*framework.Framework
	if c.bank.Frameworks != nil {
		own, problems := framework.LoadDir(c.displayName("", "frameworks"), c.bank.Frameworks, &c.lens)
		c.problems = append(c.problems, problems...)
		list = own
	}
	for i, q := range c.lens.Questions {
		for j, p := range q.Practices {
			for _, id := range slices.Sorted(maps.Keys(p.Meets)) {
				c.checkMeets(i, j, id, p.Meets[id], list)
			}
		}
	}
}

// checkMeets checks the provisions of a framework that a best practice meets.
func (c *checker) checkMeets(question, practice int, id string, provisions []string, own []*framework.Framework) {
	doc, at := c.questions[question].doc, []any{"practices", practice, "meets", id}
	known := slices.Concat(own, framework.Shipped())
	f, ok := framework.Find(known, id)
	if !ok || f.ID != id {
		c.report(doc, at, "%s", suggest.Unknown("framework", id, framework.IDs(known)))
		return
	}
	c.checkWords(doc, "provision of "+f.ID, provisions, f.ProvisionIDs(), at)
}
