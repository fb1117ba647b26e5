package bank

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/iotlens/iotlens/internal/lens"
	"github.com/iotlens/iotlens/internal/yamlfile"
)

// checkStructure checks what the rest of iotlens relies on:
//
//   - the path of a file matches its id: <pillar>.yaml, <pillar>/<QUESTION>.yaml,
//     layers/<layer>/<QUESTION>.yaml, <part>/<QUESTION>.yaml; all YAML files and folders are
//     read (unread.go);
//   - ids are valid, no two differ by case or - and _ alone, and those of a layer or part
//     bank begin with its prefix; a pillar that lists its questions lists all of them;
//   - all references exist (pillars, areas, layers, scenarios, lifecycle phases, profile
//     terms, services, related practices, practices of scenario steps), without duplicates;
//     no practice names a service that has ended;
//   - conditions of rules parse; the default is last; in a layer bank, doing more never
//     raises a risk (rules.go);
//   - an alternative is accompanied by another one or by a best practice;
//   - ids, titles and severities are set, and layers if the lens has any;
//   - links are https, or http in a lens that does not promise its cards;
//   - weights are between 0 and 1 and cover every stage and fix; facts and our own ratings
//     are complete and consistent (facts.go);
//   - since is not a future revision; retired ids are no longer asked (revision.go).
//
// In a lens that promises its rules, every question has a practice and a default rule,
// conditions name practices of their own question, and implementing everything gives no
// risk. In a lens that promises its cards, ids have the form of the shipped bank, and effort
// and fix are set.
func (c *checker) checkStructure() {
	if c.lensFile.doc == nil {
		return
	}
	c.checkVocabulary()
	c.checkFacts()
	c.checkWeights()
	c.checkRevisions()
	for i, p := range c.lens.Pillars {
		s := c.pillars[i]
		if p.ID != s.id() {
			c.report(s.doc, []any{"id"}, "the id is %q, but the file is named %s", p.ID, s.path)
		}
		c.requireText(s, "name")
		c.requireUnique(s, "areas.*.id", "room.*.role")
		c.checkKnown(s, "layer", c.lens.LayerIDs(), "room.*.layers")
		c.checkJSON(s, "wa.json")
		c.checkOrder(p, s)
	}
	c.checkIDs()
	check := c.referenceChecker()
	for i := range c.lens.Questions {
		c.checkQuestion(&c.lens.Questions[i], c.questions[i])
		check(c.questions[i])
	}
}

// termLists are the keys of the term lists in lens.yaml.
var termLists = []string{"lifecycle", "device_classes", "protocols", "segments", "power", "connectivity", "stages", "markets", "audiences", "product_classes"}

func (c *checker) checkVocabulary() {
	s := c.lensFile
	c.requireText(s, "id", "name", "version", "layers.*.name", "parts.*.name", "scenarios.*.name", "scenarios.*.kind", "scenarios.*.steps.*.title", "services.*.status", "resources.*.url")
	c.requireUnique(s, "layers.*.id", "layers.*.prefix", "parts.*.id", "parts.*.prefix", "scenarios.*.id", "services.*.name")
	for _, key := range termLists {
		c.requireUnique(s, key+".*.id")
		c.requireText(s, key+".*.name")
	}
	c.checkLinks(s, "source", "services.*.source", "resources.*.url")
	c.checkJSON(s, "wa.json")
	c.checkKnown(s, "best practice", c.lens.PracticeIDs(), "scenarios.*.steps.*.practices")
	for i, part := range c.lens.Parts {
		if part.ID == "layers" || slices.Contains(c.pillarIDs, part.ID) {
			c.report(s.doc, []any{"parts", i, "id"}, "the part %s has the folder of other questions; give it another id", part.ID)
		}
		if j := slices.IndexFunc(c.lens.Layers, func(l lens.Layer) bool { return l.Prefix == part.Prefix }); j >= 0 {
			c.report(s.doc, []any{"parts", i, "prefix"}, "the prefix %s is that of the layer %s", part.Prefix, c.lens.Layers[j].ID)
		}
	}
	for i, service := range c.lens.Services {
		if _, err := time.Parse(time.DateOnly, service.Checked); service.Checked != "" && err != nil {
			c.report(s.doc, []any{"services", i, "checked"}, "checked is %q, not a day such as 2026-11-28", service.Checked)
		}
		if service.Status == lens.Available || service.Status == "" {
			continue
		}
		c.requireText(s.part(&service, "services", i), "date", "successor", "source")
	}
}

// checkOrder checks that a pillar with a list of questions lists exactly its questions.
func (c *checker) checkOrder(p lens.Pillar, s source) {
	if len(p.Order) == 0 {
		return
	}
	var ids []string
	for i, q := range c.lens.Questions {
		if q.Pillar != s.id() {
			continue
		}
		ids = append(ids, q.ID)
		if !slices.Contains(p.Order, q.ID) {
			c.report(c.questions[i].doc, []any{"id"}, "the question %s is not on the list of %s", q.ID, s.doc.File)
		}
	}
	for id := range c.undecoded {
		ids = append(ids, id)
	}
	c.checkKnown(s, "question", ids, "questions")
}

// checkIDs reports duplicate ids of questions, practices and guidance items.
func (c *checker) checkIDs() {
	first := map[string]string{} // file and line by id
	claim := func(doc *yamlfile.Doc, id string, at ...any) bool {
		key := lens.NormalizeID(id)
		if place, ok := first[key]; ok && id != "" {
			c.report(doc, at, "the id %s is used twice, first at %s", id, place)
			return false
		}
		first[key] = fmt.Sprintf("%s:%d", doc.File, doc.Line(at...))
		return true
	}
	for i, q := range c.lens.Questions {
		doc := c.questions[i].doc
		if !claim(doc, q.ID, "id") {
			continue // its practices are duplicates, too
		}
		for j, p := range q.Practices {
			claim(doc, p.ID, "practices", j, "id")
			for k, h := range p.How {
				if h.Guidance == "" {
					continue
				}
				at := []any{"practices", j, "how", k, "guidance"}
				if claim(doc, h.Guidance, at...) && !strings.HasPrefix(h.Guidance, p.ID+"-") {
					c.report(doc, at, "the guidance item %s does not belong to %s", h.Guidance, p.ID)
				}
			}
		}
	}
}
