package bank

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/iotlens/iotlens/internal/lens"
	"github.com/iotlens/iotlens/internal/yamlfile"
)

// structure checks what the rest of iotlens relies on:
//
//   - a file's path is its id: <pillar>.yaml, <pillar>/<QUESTION>.yaml,
//     layers/<layer>/<QUESTION>.yaml, <part>/<QUESTION>.yaml; there is no YAML file or folder that is not
//     read (tree.go);
//   - ids have their form, no two differ by case or - and _ alone, and those of
//     a layer's or part's bank begin with its prefix; a pillar that lists its
//     questions lists all of them;
//   - every reference exists: pillars, areas, layers, scenarios,
//     lifecycle phases, profile words, services, related practices, the
//     practices of scenario steps; none is given twice; no practice names a
//     service that has ended;
//   - conditions of rules parse; a default comes last; in a layer bank, doing
//     more never raises a risk (risk.go);
//   - an alternative has another one or a best practice beside it;
//   - ids, titles and severities are there, and layers where the lens has any;
//   - links are https, or http in a lens that doesn't promise its cards;
//   - the weights are between 0 and 1 and cover every stage and fix; facts and our own
//     ratings are complete and free of contradiction (facts.go);
//   - nothing is asked or retired by a future revision; what is retired isn't
//     asked any more (revision.go).
//
// A lens that promises its rules: every question has a practice and a default;
// conditions name practices of their own question; everything implemented gives
// no risk. A lens that promises its cards: ids have the form of the shipped bank's;
// effort and fix are there.
func (c *checker) structure() {
	if c.lensFile.doc == nil {
		return
	}
	c.vocabulary()
	c.facts()
	c.weights()
	c.revision()
	for i, p := range c.lens.Pillars {
		s := c.pillars[i]
		if p.ID != s.name() {
			c.report(s.doc, []any{"id"}, "the id is %q, but the file is named %s", p.ID, s.path)
		}
		c.required(s, "name")
		c.unique(s, "areas.*.id", "room.*.role")
		c.known(s, "layer", c.lens.LayerIDs(), "room.*.layers")
		c.objects(s, "wa.json")
		c.listed(p, s)
	}
	c.ids()
	check := c.references()
	for i := range c.lens.Questions {
		c.question(&c.lens.Questions[i], c.questions[i])
		check(c.questions[i])
	}
}

// termLists are the keys of the lists of terms in lens.yaml.
var termLists = []string{"lifecycle", "device_classes", "protocols", "segments", "power", "connectivity", "stages", "markets", "audiences", "product_classes"}

func (c *checker) vocabulary() {
	s := c.lensFile
	c.required(s, "id", "name", "version", "layers.*.name", "parts.*.name", "scenarios.*.name", "scenarios.*.kind", "scenarios.*.steps.*.title", "services.*.status", "resources.*.url")
	c.unique(s, "layers.*.id", "layers.*.prefix", "parts.*.id", "parts.*.prefix", "scenarios.*.id", "services.*.name")
	for _, key := range termLists {
		c.unique(s, key+".*.id")
		c.required(s, key+".*.name")
	}
	c.links(s, "source", "services.*.source", "resources.*.url")
	c.objects(s, "wa.json")
	c.known(s, "best practice", c.lens.PracticeIDs(), "scenarios.*.steps.*.practices")
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
		c.required(s.part(&service, "services", i), "date", "successor", "source")
	}
}

// listed checks that a pillar that lists its questions lists all of them, and
// no others.
func (c *checker) listed(p lens.Pillar, s source) {
	if len(p.Order) == 0 {
		return
	}
	var ids []string
	for i, q := range c.lens.Questions {
		if q.Pillar != s.name() {
			continue
		}
		ids = append(ids, q.ID)
		if !slices.Contains(p.Order, q.ID) {
			c.report(c.questions[i].doc, []any{"id"}, "the question %s is not on the list of %s", q.ID, s.doc.File)
		}
	}
	for id := range c.unread {
		ids = append(ids, id)
	}
	c.known(s, "question", ids, "questions")
}

// ids checks that no question, practice or guidance item has the id of another.
func (c *checker) ids() {
	first := map[string]string{} // id to its file and line
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
			continue // its practices have the same ids twice, too
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
