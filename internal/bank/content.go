package bank

import (
	"fmt"
	"regexp"
	"strings"
	"sync"

	"github.com/iotlens/iotlens/internal/lens"
	"github.com/iotlens/iotlens/internal/yamlfile"
)

// content checks what a reader may expect of a lens that promises its cards:
//
//   - the lens, its pillars, layers, terms, scenarios, steps and services are
//     described, and every step names a practice that protects it;
//   - a question has a plain wording that asks, and minutes;
//   - a practice has every text: why in two to four sentences, three to six
//     steps, two probes or more, evidence, red flags, a link; it names
//     scenarios and lifecycle phases; a layer's practice lies in its layer and
//     deepens an AWS practice;
//   - no sentence stands in two practices.
func (c *checker) content() {
	if c.lensDoc == nil || !c.lens.Promised(lens.Cards) {
		return
	}
	c.described()
	first := map[string]string{} // sentence to the practice that has it
	for i := range c.lens.Questions {
		q, doc := &c.lens.Questions[i], c.questions[i].doc
		if q.Ask == q.Title {
			c.say(doc, []any{"ask"}, "ask is missing or empty")
		} else if !strings.HasSuffix(strings.TrimSpace(q.Ask), "?") {
			c.say(doc, []any{"ask"}, "ask must be a question, ending in a question mark")
		}
		switch {
		case q.Minutes == 0:
			c.say(doc, []any{"minutes"}, "minutes is missing; plan 1 to 30 for a question")
		case q.Minutes < 0 || q.Minutes > 30:
			c.say(doc, []any{"minutes"}, "minutes must be 1 to 30, not %d", q.Minutes)
		}
		for j := range q.Practices {
			c.practiceContent(q, j, doc)
			c.sentences(q.Practices[j], j, doc, first)
		}
	}
}

func (c *checker) described() {
	l, doc := &c.lens, c.lensDoc
	c.text(doc, l.Description, "description")
	c.text(doc, l.Source, "source")
	for i, a := range l.Layers {
		c.text(doc, a.Description, "layers", i, "description")
	}
	for _, t := range wordLists(l) {
		for i, term := range t.terms {
			c.text(doc, term.Description, t.key, i, "description")
		}
	}
	for i, s := range l.Scenarios {
		c.text(doc, s.Description, "scenarios", i, "description")
		if len(s.Steps) == 0 {
			c.say(doc, []any{"scenarios", i}, "the scenario %s has no steps", s.ID)
		}
		for j, step := range s.Steps {
			c.text(doc, step.Text, "scenarios", i, "steps", j, "text")
			if len(step.Practices) == 0 {
				c.say(doc, []any{"scenarios", i, "steps", j}, "no best practice protects this step")
			}
		}
	}
	for i, s := range l.Services {
		c.text(doc, s.Purpose, "services", i, "purpose")
	}
	for i, r := range l.Resources {
		c.text(doc, r.Title, "resources", i, "title")
	}
	for i, p := range l.Pillars {
		doc := c.pillars[i].doc
		c.text(doc, p.Description, "description")
		c.many(doc, len(p.Principles), 1, 0, "principles")
		c.many(doc, len(p.Room), 1, 0, "room")
		for j, a := range p.Principles {
			c.text(doc, a.Title, "principles", j, "title")
			c.text(doc, a.Text, "principles", j, "text")
		}
		for j, a := range p.Areas {
			c.text(doc, a.Name, "areas", j, "name")
		}
	}
}

func (c *checker) practiceContent(q *lens.Question, i int, doc *yamlfile.Doc) {
	p := q.Practices[i]
	at := func(more ...any) []any { return append([]any{"practices", i}, more...) }
	c.text(doc, p.Why, at("why")...)
	if n := len(sentences(p.Why)); p.Why != "" && (n < 2 || n > 4) {
		c.say(doc, at("why"), "why has %s; it takes two to four to name the failure and its mechanism", counted(n, "sentence"))
	}
	c.many(doc, len(p.How), 3, 6, at("how")...)
	c.many(doc, len(p.Probes), 2, 0, at("probes")...)
	c.many(doc, len(p.Evidence), 1, 0, at("evidence")...)
	c.many(doc, len(p.RedFlags), 1, 0, at("red_flags")...)
	c.many(doc, len(p.Resources), 1, 0, at("resources")...)
	c.many(doc, len(p.Scenarios), 1, 0, at("scenarios")...)
	c.many(doc, len(p.Lifecycle), 1, 0, at("lifecycle")...)
	for j, h := range p.How {
		c.text(doc, h.Do, at("how", j, "do")...)
	}
	for _, list := range []struct {
		key   string
		texts []string
	}{{"probes", p.Probes}, {"evidence", p.Evidence}, {"red_flags", p.RedFlags}} {
		for j, t := range list.texts {
			c.text(doc, t, at(list.key, j)...)
		}
	}
	if !q.AWS() {
		c.many(doc, len(p.Relates), 1, 0, at("relates")...)
		if len(p.Layers) > 0 && p.Layers[0] != q.Layer {
			c.say(doc, at("layers"), "the first layer of a practice in this bank is %s", q.Layer)
		}
	}
}

func (c *checker) many(doc *yamlfile.Doc, n, least, most int, at ...any) {
	switch {
	case n < least:
		c.say(doc, at, "%s has %s; it needs %d or more", last(at), counted(n, "element"), least)
	case most > 0 && n > most:
		c.say(doc, at, "%s has %d elements; at most %d are read in a workshop", last(at), n, most)
	}
}

func counted(n int, noun string) string {
	switch n {
	case 0:
		return "no " + noun
	case 1:
		return "one " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}

// sentences notes those that another practice has already.
func (c *checker) sentences(p lens.Practice, i int, doc *yamlfile.Doc, first map[string]string) {
	check := func(text string, at ...any) {
		for _, s := range sentences(text) {
			if len(strings.Fields(s)) < 4 {
				continue
			}
			key := strings.ToLower(s)
			if other, ok := first[key]; ok && other != p.ID {
				c.say(doc, append([]any{"practices", i}, at...), "%s has the same sentence: %q", other, s)
			}
			first[key] = p.ID
		}
	}
	check(p.Why, "why")
	for j, h := range p.How {
		check(h.Do, "how", j)
	}
	for j, t := range p.Probes {
		check(t, "probes", j)
	}
	for j, t := range p.Evidence {
		check(t, "evidence", j)
	}
	for j, t := range p.RedFlags {
		check(t, "red_flags", j)
	}
}

var sentenceEnd = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`[.?!]["')]?\s+`) })

// sentences splits a text where a full stop is followed by a capital letter or
// a digit.
func sentences(text string) []string {
	text = strings.Join(strings.Fields(text), " ")
	var out []string
	from := 0
	for _, m := range sentenceEnd().FindAllStringIndex(text, -1) {
		next := text[m[1]:]
		if next != "" && (next[0] >= 'A' && next[0] <= 'Z' || next[0] >= '0' && next[0] <= '9') {
			out = append(out, strings.TrimSpace(text[from:m[1]]))
			from = m[1]
		}
	}
	if rest := strings.TrimSpace(text[from:]); rest != "" {
		out = append(out, rest)
	}
	return out
}
