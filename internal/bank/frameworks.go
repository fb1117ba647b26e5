package bank

import (
	"maps"
	"slices"

	"github.com/iotlens/iotlens/internal/framework"
	"github.com/iotlens/iotlens/internal/suggest"
)

// frameworks checks both directions between best practices and frameworks: every
// provision of a framework of the bank is answered by a best practice or outside a
// review, and what a best practice says it meets is there, in the bank or in the program.
// Where a question could not be read, nothing of it is checked.
func (c *checker) frameworks() {
	if c.lensFile.doc == nil || len(c.unread) > 0 {
		return
	}
	var list []*framework.Framework
	if c.bank.Frameworks != nil {
		own, problems := framework.LoadDir(c.name("", "frameworks"), c.bank.Frameworks, &c.lens)
		c.problems = append(c.problems, problems...)
		list = own
	}
	for i, q := range c.lens.Questions {
		for j, p := range q.Practices {
			for _, id := range slices.Sorted(maps.Keys(p.Meets)) {
				c.meets(i, j, id, p.Meets[id], list)
			}
		}
	}
}

// meets checks what a best practice says it meets of a framework.
func (c *checker) meets(question, practice int, id string, provisions []string, own []*framework.Framework) {
	doc, at := c.questions[question].doc, []any{"practices", practice, "meets", id}
	known := slices.Concat(own, framework.Shipped())
	f, ok := framework.Find(known, id)
	if !ok || f.ID != id {
		c.report(doc, at, "%s", suggest.Unknown("framework", id, framework.IDs(known)))
		return
	}
	c.words(doc, "provision of "+f.ID, provisions, f.ProvisionIDs(), at)
}
