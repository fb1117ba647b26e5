package lint

import (
	"fmt"
	"slices"
	"strings"

	"github.com/iotlens/iotlens/internal/jsonfile"
	"github.com/iotlens/iotlens/internal/suggest"
	"github.com/iotlens/iotlens/internal/wa/customlens"
)

// lens goes once through a lens.
func (l *linter) lens() {
	if l.doc.Root.Kind != jsonfile.Object {
		return
	}
	lens := &l.doc.Lens
	l.extra("a lens", lens.Extra, "schemaVersion", "name", "description", "pillars")
	if v := lens.SchemaVersion; l.required("the lens", "schemaVersion", v, lens.At, lens.Extra) && v.Value != customlens.SchemaVersion {
		l.find(badVersion, v.At, "the schemaVersion is %s; the only one that there is is %q", quoted(v.Value), customlens.SchemaVersion)
	}
	l.named("the lens", "name", lens.Name, customlens.MaxName, lens.At, lens.Extra)
	l.named("the lens", "description", lens.Description, customlens.MaxText, lens.At, lens.Extra)
	l.count("the lens", "pillars", len(lens.Pillars), lens.Pillars == nil, customlens.MaxPillars, lens.PillarsAt, lens.At, lens.Extra)
	pillars, questions := ids{l: l, what: "pillar"}, ids{l: l, what: "question"}
	for i := range lens.Pillars {
		p := &lens.Pillars[i]
		what := called("pillar", p.ID, i)
		pillars.add(p.ID)
		l.pillar(what, p)
		for j := range p.Questions {
			q := &p.Questions[j]
			questions.add(q.ID)
			l.question(called("question", q.ID, j), q)
		}
	}
	l.shared()
	l.lookalikes()
	l.exclusive()
}

func (l *linter) pillar(what string, p *customlens.Pillar) {
	l.extra("a pillar", p.Extra, "id", "name", "questions")
	l.id(what, p.ID, p.At, p.Extra, true)
	l.named(what, "name", p.Name, customlens.MaxName, p.At, p.Extra)
	l.ofFramework(p)
	l.count(what, "questions", len(p.Questions), p.Questions == nil, customlens.MaxQuestions, p.QuestionsAt, p.At, p.Extra)
}

func (l *linter) question(what string, q *customlens.Question) {
	l.extra("a question", q.Extra, "id", "title", "description", "helpfulResource", "choices", "riskRules")
	l.id(what, q.ID, q.At, q.Extra, false)
	l.named(what, "title", q.Title, customlens.MaxName, q.At, q.Extra)
	if q.Description.Set {
		l.named(what, "description", q.Description, customlens.MaxText, q.At, nil)
	}
	l.resource(what+": the helpfulResource", q.HelpfulResource)
	l.count(what, "choices", len(q.Choices), q.Choices == nil, customlens.MaxChoices, q.ChoicesAt, q.At, q.Extra)
	l.count(what, "riskRules", len(q.RiskRules), q.RiskRules == nil, customlens.MaxRules, q.RiskRulesAt, q.At, q.Extra)
	seen := ids{l: l, what: "choice", in: " of " + what}
	for i := range q.Choices {
		c := &q.Choices[i]
		seen.add(c.ID)
		l.choice(what+", "+called("choice", c.ID, i), c)
	}
	l.oddIDs(what, q)
	l.nones(what, q)
	l.rules(what, q)
}

func (l *linter) choice(what string, c *customlens.Choice) {
	l.extra("a choice", c.Extra, "id", "title", "helpfulResource", "improvementPlan", "additionalResources")
	l.id(what, c.ID, c.At, c.Extra, true)
	l.named(what, "title", c.Title, customlens.MaxName, c.At, c.Extra)
	l.resource(what+": the helpfulResource", c.HelpfulResource)
	l.resource(what+": the improvementPlan", c.ImprovementPlan)
	none := isNone(c) || c.ID.Value == "" && saysNone(c.Title.Value)
	if c.ImprovementPlan == nil && !none && !has(c.Extra, "improvementPlan") {
		l.find(noPlan, spot(c.ID, c.At), "%s has no improvementPlan; every choice but None of these needs one", what)
	}
	l.additional(what, c)
}

// called names a part of a lens by its id, or by its place where it has none.
func called(kind string, id customlens.Text, i int) string {
	if id.Value == "" {
		return fmt.Sprintf("%s %d", kind, i+1)
	}
	return kind + " " + cut(id.Value)
}

// cut shortens an id that is none.
func cut(id string) string {
	const most = 64
	if runes := []rune(id); len(runes) > most {
		return string(runes[:most]) + "…"
	}
	return id
}

// spot is where an object is pointed at: its id, or its first byte.
func spot(id customlens.Text, object jsonfile.Span) jsonfile.Span {
	if id.Set {
		return id.At
	}
	return jsonfile.Span{From: object.From, To: object.From + 1}
}

func has(extra []customlens.Extra, key string) bool {
	return slices.ContainsFunc(extra, func(x customlens.Extra) bool { return x.Key == key })
}

// extra tells of fields that the format doesn't know.
func (l *linter) extra(what string, extra []customlens.Extra, known ...string) {
	for _, x := range extra {
		if slices.Contains(known, x.Key) {
			continue // of a wrong type, which was said
		}
		meant, near := suggest.Closest(x.Key, known)
		if !near {
			l.find(unknown, x.KeyAt, "the format knows no field %s in %s; the import ignores it", quoted(x.Key), what)
			continue
		}
		f := l.find(misspelt, x.KeyAt, "the format knows no field %s in %s, did you mean %q?", quoted(x.Key), what, meant)
		if strings.EqualFold(x.Key, meant) && !l.beside(x, meant) {
			f.Mend = &Mend{fmt.Sprintf("wrote the field %s as %q", quoted(x.Key), meant), []Edit{{x.KeyAt, `"` + meant + `"`}}}
		}
	}
}

// beside tells whether the object of an extra has a certain field, too.
func (l *linter) beside(x customlens.Extra, key string) bool {
	in, ok := l.field(x.KeyAt.From)
	if !ok {
		return true
	}
	return slices.ContainsFunc(in.object.Fields, func(f jsonfile.Field) bool { return f.Key == key }) ||
		slices.ContainsFunc(in.object.Fields[:in.index], func(f jsonfile.Field) bool { return strings.EqualFold(f.Key, key) })
}

// required tells of a text that is missing or empty.
func (l *linter) required(what, key string, t customlens.Text, object jsonfile.Span, extra []customlens.Extra) bool {
	switch {
	case has(extra, key):
		return false
	case !t.Set:
		l.find(missing, jsonfile.Span{From: object.From, To: object.From + 1}, "%s has no %s", what, key)
		return false
	case strings.TrimSpace(t.Value) == "":
		l.find(empty, t.At, "the %s of %s is empty", key, what)
		return false
	}
	return true
}

// count tells of a list that is missing, empty or too long.
func (l *linter) count(what, key string, n int, absent bool, most int, at, object jsonfile.Span, extra []customlens.Extra) {
	switch {
	case absent && has(extra, key):
	case absent:
		l.find(missing, jsonfile.Span{From: object.From, To: object.From + 1}, "%s has no %s", what, key)
	case n == 0:
		l.find(empty, at, "%s has an empty list for %s", what, key)
	case n > most:
		l.find(tooMany, jsonfile.Span{From: at.From, To: at.From + 1}, "%s has %d elements in %s; AWS takes up to %d", what, n, key, most)
	}
}
