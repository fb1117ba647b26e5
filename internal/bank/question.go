package bank

import (
	"regexp"
	"slices"
	"strings"

	"github.com/iotlens/iotlens/internal/lens"
)

// references returns a check that every word of a question's best practices that
// names something in the lens is known there.
func (c *checker) references() func(question source) {
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
		c.known(s, "segment", lens.TermIDs(l.Segments), "asks.*.segments")
		for _, list := range lists {
			c.known(s, list.what, list.known, "practices.*."+list.path)
		}
		c.condition(s, lens.FactIDs(l.Facts), "practices.*.applies_to", "practices.*.asked_of")
		if q, _ := s.value.(*lens.Question); !q.AWS() {
			c.known(s, "best practice", practices, "practices.*.relates")
			s.each("practices.*.pillar", func(id any, at []any) {
				c.words(s.doc, "pillar", []string{id.(string)}, c.pillarIDs, at)
			})
		}
	}
}

var (
	questionID = regexp.MustCompile(`^[A-Z][A-Z0-9]*[0-9]{2}$`)
	practiceNo = regexp.MustCompile(`-BP[0-9]{2}$`)
	safeID     = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9_-]*$`)
)

func (c *checker) question(q *lens.Question, s source) {
	c.questionID(q, s)
	c.required(s, "title", "practices.*.title", "practices.*.severity")
	c.objects(s, "wa.json", "none_choice.wa.json", "practices.*.wa.json")
	c.links(s, "resources.*.url", "practices.*.resources.*.url")
	if c.lens.Promised(lens.Cards) {
		c.required(s, "practices.*.effort", "practices.*.fix")
	}
	if areas, ok := c.areas(q); ok && (len(areas) > 0 || q.Area != "") {
		c.words(s.doc, "area", []string{q.Area}, areas, []any{"area"})
	}
	c.resources(s, "resources.*", "practices.*.resources.*")
	if len(q.Practices) == 0 && c.lens.Promised(lens.Rules) {
		c.report(s.doc, []any{"practices"}, "%s has no best practice", q.ID)
	}
	for i := range q.Practices {
		c.practice(q, i, s)
	}
	c.kinds(q, s)
	c.rules(q, s)
}

// kinds checks that an alternative has something to be an alternative to.
func (c *checker) kinds(q *lens.Question, s source) {
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

func (c *checker) questionID(q *lens.Question, s source) {
	at := []any{"id"}
	switch {
	case q.ID != s.name():
		c.report(s.doc, at, "the id is %q, but the file is named %s.yaml", q.ID, s.name())
	case !c.lens.Promised(lens.Cards) && !safeID.MatchString(q.ID):
		c.report(s.doc, at, "the id %q has characters other than letters, digits, - and _", q.ID)
	case c.lens.Promised(lens.Cards) && !questionID.MatchString(q.ID):
		c.report(s.doc, at, "the id %q is not letters and two digits, such as IOTSEC05", q.ID)
	case !q.AWS():
		if of, prefix := c.prefix(q); strings.TrimRight(q.ID, "0123456789") != prefix {
			c.report(s.doc, at, "the id of a question of this %s must begin with %s, not %q", of, prefix, q.ID)
		}
	}
}

// prefix is that of the layer or part whose bank a question is in.
func (c *checker) prefix(q *lens.Question) (of, prefix string) {
	if q.Part != "" {
		return "part", c.lens.Parts[slices.Index(c.lens.PartIDs(), q.Part)].Prefix
	}
	return "layer", c.lens.Layers[slices.Index(c.lens.LayerIDs(), q.Layer)].Prefix
}

// resources checks that each resource has a text and a link, or in a lens that doesn't
// promise its cards one of them.
func (c *checker) resources(s source, paths ...string) {
	for _, path := range paths {
		if c.lens.Promised(lens.Cards) {
			c.required(s, path+".title", path+".url")
			continue
		}
		s.each(path, func(v any, at []any) {
			if r := v.(lens.Resource); r.Title+r.URL == "" {
				c.report(s.doc, append(slices.Clone(at), "title"), "title is missing or empty")
			}
		})
	}
}

// areas lists the areas that a question can belong to; ok is false where none is
// asked for or the pillar can't be read.
func (c *checker) areas(q *lens.Question) (ids []string, ok bool) {
	for i, p := range c.lens.Pillars {
		if q.AWS() && c.pillars[i].name() == q.Pillar {
			for _, a := range p.Areas {
				ids = append(ids, a.ID)
			}
			return ids, true
		}
	}
	return nil, false
}

func (c *checker) practice(q *lens.Question, i int, s source) {
	p := q.Practices[i]
	c.practiceID(q, i, s)
	c.rating(&q.Practices[i], s.part(&q.Practices[i], "practices", i))
	if len(p.Layers) == 0 && len(c.lens.Layers) > 0 {
		c.report(s.doc, []any{"practices", i, "layers"}, "%s names no layer", p.ID)
	}
	for j, name := range p.Services {
		if service, ok := c.lens.Service(name); ok && service.Status != lens.Available {
			c.report(s.doc, []any{"practices", i, "services", j}, "%s is %s since %s; name its successor: %s", name, service.Status, service.Date, service.Successor)
		}
	}
}

// practiceID checks that the id of a practice names its question. Where the
// question's id is wrong, that is reported once, not for each practice.
func (c *checker) practiceID(q *lens.Question, i int, s source) {
	id, at := q.Practices[i].ID, []any{"practices", i, "id"}
	if !c.lens.Promised(lens.Cards) {
		for _, question := range []string{q.ID, s.name()} {
			if rest, ok := strings.CutPrefix(id, question+"-"); ok && safeID.MatchString(id) && rest != "" {
				return
			}
		}
		c.report(s.doc, at, "the id %q does not belong to %s: it must be %s- and letters, digits, - or _", id, s.name(), s.name())
		return
	}
	if number := practiceNo.FindString(id); number == "" || id != q.ID+number && id != s.name()+number {
		c.report(s.doc, at, "the id %q does not belong to %s; it must be such as %s-BP%02d", id, s.name(), s.name(), i+1)
	}
}
