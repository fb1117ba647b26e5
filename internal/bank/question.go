package bank

import (
	"slices"
	"strings"

	"github.com/iotlens/iotlens/internal/lens"
	"github.com/iotlens/iotlens/internal/text"
)

// referenceChecker returns a function that reports references of a question to unknown parts
// of the lens.
func (c *checker) referenceChecker() func(question source) {
	l := &c.lens
	var services, practices []string
	for _, s := range l.Services {
		services = append(services, s.Name)
	}
	for q, p := range l.All() {
		if q.AWS() {
			practices = append(practices, p.ID)
		}
	}
	lists := []struct {
		what, path string
		known      []string
	}{
		{"layer", "layers", l.LayerIDs()},
		{"scenario", "scenarios", l.ScenarioIDs()},
		{"lifecycle phase", "lifecycle", lens.TermIDs(l.Lifecycle)},
		{"fact", "worse", lens.FactIDs(l.Facts)},
		{"stake", "at_stake", lens.StakeIDs(l.Stakes)},
		{"service", "services", services},
	}
	return func(s source) {
		c.checkKnown(s, "segment", lens.TermIDs(l.Segments), "asks.*.segments")
		for _, list := range lists {
			c.checkKnown(s, list.what, list.known, "practices.*."+list.path)
		}
		c.checkConditions(s, lens.FactIDs(l.Facts), "practices.*.applies_to", "practices.*.asked_of")
		if q, _ := s.value.(*lens.Question); !q.AWS() {
			c.checkKnown(s, "best practice", practices, "practices.*.relates")
			s.each("practices.*.pillar", func(id any, at []any) {
				c.checkWords(s.doc, "pillar", []string{id.(string)}, c.pillarIDs, at)
			})
		}
	}
}

var (
	questionID     = text.Pattern(`^[A-Z][A-Z0-9]*[0-9]{2}$`)
	practiceNumber = text.Pattern(`-BP[0-9]{2}$`)
	idPattern      = text.Pattern(`^[A-Za-z0-9][A-Za-z0-9_-]*$`)
)

func (c *checker) checkQuestion(q *lens.Question, s source) {
	c.checkQuestionID(q, s)
	c.requireText(s, "title", "practices.*.title", "practices.*.severity")
	c.checkJSON(s, "wa.json", "none_choice.wa.json", "practices.*.wa.json")
	c.checkLinks(s, "resources.*.url", "practices.*.resources.*.url")
	if c.lens.Promised(lens.Cards) {
		c.requireText(s, "practices.*.effort", "practices.*.fix")
	}
	if areas, ok := c.areasOf(q); ok && (len(areas) > 0 || q.Area != "") {
		c.checkWords(s.doc, "area", []string{q.Area}, areas, []any{"area"})
	}
	c.checkResources(s, "resources.*", "practices.*.resources.*")
	if len(q.Practices) == 0 && c.lens.Promised(lens.Rules) {
		c.report(s.doc, []any{"practices"}, "%s has no best practice", q.ID)
	}
	for i := range q.Practices {
		c.checkPractice(q, i, s)
	}
	c.checkKinds(q, s)
	c.checkRules(q, s)
}

// checkKinds reports an alternative without another alternative or a best practice.
func (c *checker) checkKinds(q *lens.Question, s source) {
	n := map[lens.ChoiceKind]int{}
	for _, p := range q.Practices {
		n[p.Kind]++
	}
	if n[lens.Alternative] != 1 || n[lens.BestPractice] > 0 {
		return
	}
	for i, p := range q.Practices {
		if p.Kind == lens.Alternative {
			c.report(s.doc, []any{"practices", i, "kind"}, "%s is the only alternative of %s; another alternative or a best practice is missing", p.ID, q.ID)
		}
	}
}

func (c *checker) checkQuestionID(q *lens.Question, s source) {
	at := []any{"id"}
	switch {
	case q.ID != s.id():
		c.report(s.doc, at, "the id is %q, but the file is named %s.yaml", q.ID, s.id())
	case !c.lens.Promised(lens.Cards) && !idPattern().MatchString(q.ID):
		c.report(s.doc, at, "the id %q has characters other than letters, digits, - and _", q.ID)
	case c.lens.Promised(lens.Cards) && !questionID().MatchString(q.ID):
		c.report(s.doc, at, "the id %q is not letters and two digits, such as IOTSEC05", q.ID)
	case !q.AWS():
		if of, prefix := c.prefix(q); strings.TrimRight(q.ID, "0123456789") != prefix {
			c.report(s.doc, at, "the id of a question of this %s must begin with %s, not %q", of, prefix, q.ID)
		}
	}
}

// prefix returns the id prefix of the layer or part of a question.
func (c *checker) prefix(q *lens.Question) (of, prefix string) {
	if q.Part != "" {
		return "part", c.lens.Parts[slices.Index(c.lens.PartIDs(), q.Part)].Prefix
	}
	return "layer", c.lens.Layers[slices.Index(c.lens.LayerIDs(), q.Layer)].Prefix
}

// checkResources checks that each resource has a text and a link, or, in a lens that does not
// promise its cards, one of them.
func (c *checker) checkResources(s source, paths ...string) {
	for _, path := range paths {
		if c.lens.Promised(lens.Cards) {
			c.requireText(s, path+".title", path+".url")
			continue
		}
		s.each(path, func(v any, at []any) {
			if r := v.(lens.Resource); r.Title+r.URL == "" {
				c.report(s.doc, append(slices.Clone(at), "title"), "title is missing or empty")
			}
		})
	}
}

// areasOf lists the areas of the pillar of a question; ok is false if the question needs no
// area or its pillar is invalid.
func (c *checker) areasOf(q *lens.Question) (ids []string, ok bool) {
	for i, p := range c.lens.Pillars {
		if q.AWS() && c.pillars[i].id() == q.Pillar {
			for _, a := range p.Areas {
				ids = append(ids, a.ID)
			}
			return ids, true
		}
	}
	return nil, false
}

func (c *checker) checkPractice(q *lens.Question, i int, s source) {
	p := q.Practices[i]
	c.checkPracticeID(q, i, s)
	c.checkRating(&q.Practices[i], s.part(&q.Practices[i], "practices", i))
	if len(p.Layers) == 0 && len(c.lens.Layers) > 0 {
		c.report(s.doc, []any{"practices", i, "layers"}, "%s names no layer", p.ID)
	}
	for j, name := range p.Services {
		if service, ok := c.lens.Service(name); ok && service.Status != lens.Available {
			c.report(s.doc, []any{"practices", i, "services", j}, "%s is %s since %s; name its successor: %s", name, service.Status, service.Date, service.Successor)
		}
	}
}

// checkPracticeID checks that the id of a practice starts with that of its question. A wrong
// id of the question is not reported for each practice again.
func (c *checker) checkPracticeID(q *lens.Question, i int, s source) {
	id, at := q.Practices[i].ID, []any{"practices", i, "id"}
	if !c.lens.Promised(lens.Cards) {
		for _, question := range []string{q.ID, s.id()} {
			if rest, ok := strings.CutPrefix(id, question+"-"); ok && idPattern().MatchString(id) && rest != "" {
				return
			}
		}
		c.report(s.doc, at, "the id %q does not belong to %s: it must be %s- and letters, digits, - or _", id, s.id(), s.id())
		return
	}
	if number := practiceNumber().FindString(id); number == "" || id != q.ID+number && id != s.id()+number {
		c.report(s.doc, at, "the id %q does not belong to %s; it must be such as %s-BP%02d", id, s.id(), s.id(), i+1)
	}
}
