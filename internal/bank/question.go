package bank

import (
	"regexp"
	"slices"
	"strings"
	"sync"

	"github.com/iotlens/iotlens/internal/lens"
	"github.com/iotlens/iotlens/internal/yamlfile"
)

var (
	questionID = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^[A-Z][A-Z0-9]*[0-9]{2}$`) })
	practiceNo = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`-BP[0-9]{2}$`) })
	safeID     = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9_-]*$`) })
)

func (c *checker) question(q *lens.Question, s source) {
	doc := s.doc
	switch {
	case q.ID != s.name():
		c.say(doc, []any{"id"}, "the id is %q, but the file is named %s.yaml", q.ID, s.name())
	case !c.lens.Promised(lens.Cards) && !safeID().MatchString(q.ID):
		c.say(doc, []any{"id"}, "the id %q is not letters, digits, - and _", q.ID)
	case c.lens.Promised(lens.Cards) && !questionID().MatchString(q.ID):
		c.say(doc, []any{"id"}, "the id %q is not letters and two digits, such as IOTSEC05", q.ID)
	case !q.AWS():
		prefix := ""
		for _, a := range c.lens.Layers {
			if a.ID == q.Layer {
				prefix = a.Prefix
			}
		}
		if strings.TrimRight(q.ID, "0123456789") != prefix {
			c.say(doc, []any{"id"}, "the id of a question of this layer begins with %s, not %q", prefix, q.ID)
		}
	}
	c.text(doc, q.Title, "title")
	if areas, ok := c.areas(q); ok && (len(areas) > 0 || q.Area != "") {
		c.refs(doc, "area", []string{q.Area}, areas, "area")
	}
	c.links(doc, q.Resources, "resources")
	c.waJSON(doc, q.WA, "wa")
	c.waJSON(doc, q.NoneChoice.WA, "none_choice", "wa")
	if len(q.Practices) == 0 && c.lens.Promised(lens.Rules) {
		c.say(doc, []any{"practices"}, "%s has no best practice", q.ID)
	}
	for i := range q.Practices {
		c.practice(q, i, s)
	}
	c.rules(q, doc)
}

// areas lists the areas that a question can belong to, and false where none is
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
	p, doc := q.Practices[i], s.doc
	at := func(more ...any) []any { return append([]any{"practices", i}, more...) }
	c.practiceID(q, i, s)
	c.waJSON(doc, p.WA, at("wa")...)
	c.text(doc, p.Title, at("title")...)
	c.text(doc, string(p.Severity), at("severity")...)
	if c.lens.Promised(lens.Cards) {
		c.text(doc, string(p.Effort), at("effort")...)
		c.text(doc, string(p.Fix), at("fix")...)
	}
	if len(p.Layers) == 0 && len(c.lens.Layers) > 0 {
		c.say(doc, at("layers"), "%s names no layer", p.ID)
	}
	if !q.AWS() {
		c.refs(doc, "pillar", []string{p.Pillar}, c.pillarIDs, at("pillar")...)
		c.practices(doc, p.Relates, c.awsPractices(), at("relates")...)
	}
	c.refs(doc, "layer", p.Layers, c.lens.LayerIDs(), at("layers")...)
	c.refs(doc, "scenario", p.Scenarios, c.lens.ScenarioIDs(), at("scenarios")...)
	c.refs(doc, "lifecycle phase", p.Lifecycle, lens.TermIDs(c.lens.Lifecycle), at("lifecycle")...)
	a := p.AppliesTo
	c.refs(doc, "device class", a.DeviceClasses, lens.TermIDs(c.lens.DeviceClasses), at("applies_to", "device_classes")...)
	c.refs(doc, "protocol", a.Protocols, lens.TermIDs(c.lens.Protocols), at("applies_to", "protocols")...)
	c.refs(doc, "segment", a.Segments, lens.TermIDs(c.lens.Segments), at("applies_to", "segments")...)
	c.refs(doc, "power", a.Power, lens.TermIDs(c.lens.Power), at("applies_to", "power")...)
	c.refs(doc, "connectivity", a.Connectivity, lens.TermIDs(c.lens.Connectivity), at("applies_to", "connectivity")...)
	c.links(doc, p.Resources, at("resources")...)
	c.refs(doc, "service", p.Services, c.serviceNames(), at("services")...)
	for j, name := range p.Services {
		if s, ok := c.lens.Service(name); ok && s.Status != lens.Available {
			c.say(doc, at("services", j), "%s is %s since %s; name its successor: %s", name, s.Status, s.Date, s.Successor)
		}
	}
}

// practiceID checks that the id of a practice says which question it is of.
// Where the question's id is wrong, that is said once, not for each practice.
func (c *checker) practiceID(q *lens.Question, i int, s source) {
	id, at := q.Practices[i].ID, []any{"practices", i, "id"}
	if !c.lens.Promised(lens.Cards) {
		for _, question := range []string{q.ID, s.name()} {
			if rest, ok := strings.CutPrefix(id, question+"-"); ok && safeID().MatchString(id) && rest != "" {
				return
			}
		}
		c.say(s.doc, at, "the id %q is not that of a best practice of %s: %s- and letters, digits, - or _", id, s.name(), s.name())
		return
	}
	if number := practiceNo().FindString(id); number == "" || id != q.ID+number && id != s.name()+number {
		c.say(s.doc, at, "the id %q is not that of a best practice of %s, such as %s-BP%02d", id, s.name(), s.name(), i+1)
	}
}

// links checks a list of links. In a lens that doesn't promise its cards a
// text without a link is a resource, too, and a link may have no text.
func (c *checker) links(doc *yamlfile.Doc, list []lens.Resource, at ...any) {
	for i, r := range list {
		here := func(key string) []any { return append(slices.Clone(at), i, key) }
		if c.lens.Promised(lens.Cards) || r.Title+r.URL == "" {
			c.text(doc, r.Title, here("title")...)
		}
		if c.lens.Promised(lens.Cards) || r.URL != "" {
			c.link(doc, r.URL, here("url")...)
		}
	}
}

func (c *checker) awsPractices() []string {
	var ids []string
	for _, q := range c.lens.Questions {
		if q.AWS() {
			for _, p := range q.Practices {
				ids = append(ids, p.ID)
			}
		}
	}
	return ids
}

func (c *checker) serviceNames() []string {
	var names []string
	for _, s := range c.lens.Services {
		names = append(names, s.Name)
	}
	return names
}
