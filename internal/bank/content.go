package bank

import (
	"fmt"
	"reflect"
	"regexp"
	"strings"

	"github.com/iotlens/iotlens/internal/lens"
)

// content checks what a reader may expect of a lens that promises its cards:
//
//   - the lens, its pillars, layers, terms, scenarios, steps and services are
//     described, and every step names a practice that protects it; a pillar says who
//     should be in the room, and why;
//   - a question has a topic of two to four words, a plain wording of one sentence
//     that can be read aloud, each segment at most one wording of its own, and minutes;
//   - a practice has every text: why in two to four sentences, three to six
//     steps, two probes or more, evidence, red flags, a link; no probe can be
//     answered by yes or no, as far as a program can tell; it names
//     scenarios and lifecycle phases; a layer's practice is in its layer and
//     relates to an AWS practice;
//   - no sentence is in two practices.
func (c *checker) content() {
	if c.lensFile.doc == nil || !c.lens.Promised(lens.Cards) {
		return
	}
	c.described()
	first := map[string]string{} // sentence to the practice that has it
	for i := range c.lens.Questions {
		q, s := &c.lens.Questions[i], c.questions[i]
		c.asked(q, s)
		if q.Minutes < 1 || q.Minutes > 30 {
			c.report(s.doc, []any{"minutes"}, "minutes must be set, from 1 to 30, not %d", q.Minutes)
		}
		c.cards(q, s)
		for j := range q.Practices {
			c.repeated(s.part(&q.Practices[j], "practices", j), q.Practices[j].ID, first)
		}
	}
}

// described checks the descriptions of the lens and its pillars.
func (c *checker) described() {
	s := c.lensFile
	c.required(s, "description", "source", "layers.*.description", "parts.*.description", "scenarios.*.description", "scenarios.*.steps.*.text", "services.*.purpose", "resources.*.title")
	for _, key := range append(termLists, "stakes") {
		c.required(s, key+".*.description")
	}
	for i, scenario := range c.lens.Scenarios {
		if len(scenario.Steps) == 0 {
			c.report(s.doc, []any{"scenarios", i}, "the scenario %s has no steps", scenario.ID)
		}
		for j, step := range scenario.Steps {
			if len(step.Practices) == 0 {
				c.report(s.doc, []any{"scenarios", i, "steps", j}, "no best practice protects this step")
			}
		}
	}
	for _, p := range c.pillars {
		c.required(p, "description", "principles.*.title", "principles.*.text", "areas.*.name")
		c.count(p, 1, 0, "principles", "room")
		c.required(p, "room.*.role", "room.*.why")
		p.each("room.*.role", func(role any, at []any) {
			if strings.Contains(role.(string), ",") {
				c.report(p.doc, at, "the role %q has a comma, which separates roles where they are listed", role)
			}
		})
	}
}

// cards checks the texts of the best practices of a question.
func (c *checker) cards(q *lens.Question, s source) {
	c.required(s, "practices.*.why", "practices.*.how.*.do", "practices.*.probes.*", "practices.*.evidence.*", "practices.*.red_flags.*")
	c.count(s, 3, 6, "practices.*.how")
	c.count(s, 2, 0, "practices.*.probes")
	s.each("practices.*.probes.*", c.open(s))
	for _, key := range []string{"evidence", "red_flags", "resources", "scenarios", "lifecycle"} {
		c.count(s, 1, 0, "practices.*."+key)
	}
	for i, p := range q.Practices {
		if n := len(sentences(p.Why)); p.Why != "" && (n < 2 || n > 4) {
			c.report(s.doc, []any{"practices", i, "why"}, "why has %s; it takes two to four to name the failure and its mechanism", counted(n, "sentence"))
		}
		if q.Layer != "" && len(p.Layers) > 0 && p.Layers[0] != q.Layer {
			c.report(s.doc, []any{"practices", i, "layers"}, "the first layer of a practice in this bank must be %s", q.Layer)
		}
	}
	if !q.AWS() {
		c.count(s, 1, 0, "practices.*.relates")
	}
	if len(c.lens.Stakes) > 0 {
		c.count(s, 1, 0, "practices.*.at_stake")
	}
}

// count checks how many elements lists have; most is 0 where there is no limit.
func (c *checker) count(s source, least, most int, paths ...string) {
	for _, path := range paths {
		s.each(path, func(list any, at []any) {
			switch n := reflect.ValueOf(list).Len(); {
			case n < least:
				c.report(s.doc, at, "%s has %s; it needs %d or more", last(at), counted(n, "element"), least)
			case most > 0 && n > most:
				c.report(s.doc, at, "%s has %d elements; it takes at most %d", last(at), n, most)
			}
		})
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

// repeated reports sentences of a best practice that another one has already.
func (c *checker) repeated(practice source, id string, first map[string]string) {
	for _, path := range []string{"why", "how.*.do", "probes.*", "evidence.*", "red_flags.*"} {
		practice.each(path, func(text any, at []any) {
			for _, s := range sentences(text.(string)) {
				if len(strings.Fields(s)) < 4 {
					continue
				}
				key := strings.ToLower(s)
				if other, ok := first[key]; ok && other != id {
					c.report(practice.doc, at, "%s has the same sentence: %q", other, s)
				}
				first[key] = id
			}
		})
	}
}

var sentenceEnd = regexp.MustCompile(`[.?!]["')]?\s+`)

// sentences splits a text where a full stop is followed by a capital letter or
// a digit.
func sentences(text string) []string {
	text = strings.Join(strings.Fields(text), " ")
	var out []string
	from := 0
	for _, m := range sentenceEnd.FindAllStringIndex(text, -1) {
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
