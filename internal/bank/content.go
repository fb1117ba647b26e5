package bank

import (
	"fmt"
	"reflect"
	"strings"

	"github.com/iotlens/iotlens/internal/lens"
	"github.com/iotlens/iotlens/internal/text"
)

// checkContent checks the texts of a lens that promises its cards:
//
//   - the lens, its pillars, layers, terms, scenarios, steps and services have descriptions;
//     every step names a practice that protects it; a pillar lists who should be in the
//     room, and why;
//   - a question has a topic of two to four words, minutes, and a plain wording of one
//     sentence to read aloud, with at most one alternative wording per segment;
//   - a practice has all texts: why in two to four sentences, three to six steps, at least
//     two probes, evidence, red flags and a link; as far as the program can tell, no probe
//     can be answered by yes or no; it names scenarios and lifecycle phases; a practice of a
//     layer bank is in its layer and relates to an AWS practice;
//   - no sentence appears in two practices.
func (c *checker) checkContent() {
	if c.lensFile.doc == nil || !c.lens.Promised(lens.Cards) {
		return
	}
	c.checkDescriptions()
	first := map[string]string{} // practice by sentence
	for i := range c.lens.Questions {
		q, s := &c.lens.Questions[i], c.questions[i]
		c.checkWording(q, s)
		if q.Minutes < 1 || q.Minutes > 30 {
			c.report(s.doc, []any{"minutes"}, "minutes must be set, from 1 to 30, not %d", q.Minutes)
		}
		c.checkCards(q, s)
		for j := range q.Practices {
			c.checkSentences(s.part(&q.Practices[j], "practices", j), q.Practices[j].ID, first)
		}
	}
}

// checkDescriptions checks the descriptions of the lens and its pillars.
func (c *checker) checkDescriptions() {
	s := c.lensFile
	c.requireText(s, "description", "source", "layers.*.description", "parts.*.description", "scenarios.*.description", "scenarios.*.steps.*.text", "services.*.purpose", "resources.*.title")
	for _, key := range append(termLists, "stakes") {
		c.requireText(s, key+".*.description")
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
		c.requireText(p, "description", "principles.*.title", "principles.*.text", "areas.*.name")
		c.checkLength(p, 1, 0, "principles", "room")
		c.requireText(p, "room.*.role", "room.*.why")
		p.each("room.*.role", func(role any, at []any) {
			if strings.Contains(role.(string), ",") {
				c.report(p.doc, at, "the role %q has a comma, which separates roles where they are listed", role)
			}
		})
	}
}

// checkCards checks the texts of the best practices of a question.
func (c *checker) checkCards(q *lens.Question, s source) {
	c.requireText(s, "practices.*.why", "practices.*.how.*.do", "practices.*.probes.*", "practices.*.evidence.*", "practices.*.red_flags.*")
	c.checkLength(s, 3, 6, "practices.*.how")
	c.checkLength(s, 2, 0, "practices.*.probes")
	s.each("practices.*.probes.*", c.requireOpenQuestion(s))
	for _, key := range []string{"evidence", "red_flags", "resources", "scenarios", "lifecycle"} {
		c.checkLength(s, 1, 0, "practices.*."+key)
	}
	for i, p := range q.Practices {
		if n := len(sentences(p.Why)); p.Why != "" && (n < 2 || n > 4) {
			c.report(s.doc, []any{"practices", i, "why"}, "why has %s; it takes two to four to name the failure and its mechanism", countWords(n, "sentence"))
		}
		if q.Layer != "" && len(p.Layers) > 0 && p.Layers[0] != q.Layer {
			c.report(s.doc, []any{"practices", i, "layers"}, "the first layer of a practice in this bank must be %s", q.Layer)
		}
	}
	if !q.AWS() {
		c.checkLength(s, 1, 0, "practices.*.relates")
	}
	if len(c.lens.Stakes) > 0 {
		c.checkLength(s, 1, 0, "practices.*.at_stake")
	}
}

// checkLength checks the number of elements of lists; most is 0 for no maximum.
func (c *checker) checkLength(s source, least, most int, paths ...string) {
	for _, path := range paths {
		s.each(path, func(list any, at []any) {
			switch n := reflect.ValueOf(list).Len(); {
			case n < least:
				c.report(s.doc, at, "%s has %s; it needs %d or more", keyName(at), countWords(n, "element"), least)
			case most > 0 && n > most:
				c.report(s.doc, at, "%s has %d elements; it takes at most %d", keyName(at), n, most)
			}
		})
	}
}

func countWords(n int, noun string) string {
	switch n {
	case 0:
		return "no " + noun
	case 1:
		return "one " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}

// checkSentences reports sentences of a best practice that an earlier one has.
func (c *checker) checkSentences(practice source, id string, first map[string]string) {
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

var sentenceEnd = text.Pattern(`[.?!]["')]?\s+`)

// sentences splits a text after punctuation that is followed by a capital letter or a digit.
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
