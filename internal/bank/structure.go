package bank

import (
	"fmt"
	"strings"

	"github.com/iotlens/iotlens/internal/lens"
	"github.com/iotlens/iotlens/internal/yamlfile"
)

// structure checks what the rest of iotlens relies on:
//
//   - a file's path is its id: <pillar>.yaml, <pillar>/<QUESTION>.yaml,
//     layers/<layer>/<QUESTION>.yaml; no YAML file or folder lies about that
//     nobody reads (tree.go);
//   - ids have their form, no two differ by case or - and _ alone, and those of
//     a layer's bank begin with the layer's prefix; a pillar that lists its
//     questions lists all of them;
//   - every reference leads somewhere: pillars, areas, layers, scenarios,
//     lifecycle phases, profile words, services, related practices, the
//     practices of scenario steps; none is given twice; no practice names a
//     service that has ended;
//   - conditions of rules parse; a default comes last; in a layer bank, doing
//     more never raises a risk (risk.go);
//   - ids, titles and severities are there, and layers where the lens has any;
//   - links are https, or http in a lens that doesn't promise its cards;
//   - the weights lie between 0 and 1 and cover every stage and fix;
//   - nothing is asked or retired by a revision that is yet to come; what is
//     retired isn't asked any more (revision.go).
//
// A lens that promises its rules: every question has a practice and a default;
// conditions name practices of their own question; everything implemented gives
// no risk. A lens that promises its cards: ids have the house's form; effort and
// fix are there.
func (c *checker) structure() {
	if c.lensDoc == nil {
		return
	}
	c.vocabulary()
	c.scenarios()
	c.services()
	c.weights()
	c.revision()
	for i, p := range c.lens.Pillars {
		s := c.pillars[i]
		if p.ID != s.name() {
			c.say(s.doc, []any{"id"}, "the id is %q, but the file is named %s", p.ID, s.path)
		}
		c.text(s.doc, p.Name, "name")
		c.listed(p, s)
		c.waJSON(s.doc, p.WA, "wa")
		seen := map[string]bool{}
		for j, a := range p.Areas {
			c.once(s.doc, seen, a.ID, "areas", j, "id")
		}
	}
	c.ids()
	for i := range c.lens.Questions {
		c.question(&c.lens.Questions[i], c.questions[i])
	}
}

// ids checks that no question, practice or guidance item has the id of another.
func (c *checker) ids() {
	first := map[string]string{} // id to where it stands
	claim := func(doc *yamlfile.Doc, id string, at ...any) bool {
		key := lens.Normal(id)
		if place, ok := first[key]; ok && id != "" {
			c.say(doc, at, "the id %s is used twice, first at %s", id, place)
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
					c.say(doc, at, "the guidance item %s is not one of %s", h.Guidance, p.ID)
				}
			}
		}
	}
}

func (c *checker) vocabulary() {
	l, doc := &c.lens, c.lensDoc
	c.text(doc, l.ID, "id")
	c.text(doc, l.Name, "name")
	c.text(doc, l.Version, "version")
	c.waJSON(doc, l.WA, "wa")
	if l.Source != "" {
		c.link(doc, l.Source, "source")
	}
	seen, prefixes := map[string]bool{}, map[string]bool{}
	for i, a := range l.Layers {
		c.once(doc, seen, a.ID, "layers", i, "id")
		c.once(doc, prefixes, a.Prefix, "layers", i, "prefix")
		c.text(doc, a.Name, "layers", i, "name")
	}
	for _, t := range wordLists(l) {
		seen := map[string]bool{}
		for i, term := range t.terms {
			c.once(doc, seen, term.ID, t.key, i, "id")
			c.text(doc, term.Name, t.key, i, "name")
		}
	}
}

func (c *checker) scenarios() {
	l, doc := &c.lens, c.lensDoc
	seen := map[string]bool{}
	practices := l.PracticeIDs()
	for i, s := range l.Scenarios {
		c.once(doc, seen, s.ID, "scenarios", i, "id")
		c.text(doc, s.Name, "scenarios", i, "name")
		c.text(doc, string(s.Kind), "scenarios", i, "kind")
		for j, step := range s.Steps {
			c.text(doc, step.Title, "scenarios", i, "steps", j, "title")
			c.practices(doc, step.Practices, practices, "scenarios", i, "steps", j, "practices")
		}
	}
}

func (c *checker) services() {
	l, doc := &c.lens, c.lensDoc
	seen := map[string]bool{}
	for i, s := range l.Services {
		c.once(doc, seen, s.Name, "services", i, "name")
		c.text(doc, string(s.Status), "services", i, "status")
		if s.Status != lens.Available && s.Status != "" {
			c.text(doc, s.Date, "services", i, "date")
			c.text(doc, s.Successor, "services", i, "successor")
			c.text(doc, s.Source, "services", i, "source")
		}
		if s.Source != "" {
			c.link(doc, s.Source, "services", i, "source")
		}
	}
	for i, r := range l.Resources {
		c.link(doc, r.URL, "resources", i, "url")
	}
}

// A wordList is one list of terms and its key in lens.yaml.
type wordList struct {
	key   string
	terms []lens.Term
}

func wordLists(l *lens.Lens) []wordList {
	return []wordList{
		{"lifecycle", l.Lifecycle},
		{"device_classes", l.DeviceClasses},
		{"protocols", l.Protocols},
		{"segments", l.Segments},
		{"power", l.Power},
		{"connectivity", l.Connectivity},
		{"stages", l.Stages},
	}
}
