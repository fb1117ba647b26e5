package lint

import (
	"fmt"
	"slices"
	"strings"

	"github.com/iotlens/iotlens/internal/jsonfile"
	"github.com/iotlens/iotlens/internal/suggest"
	"github.com/iotlens/iotlens/internal/wa/customlens"
)

// lens runs all checks on a lens.
func (l *linter) lens() {
	if l.doc.Root.Kind != jsonfile.Object {
		return
	}
	lens := &l.doc.Lens
	l.unknownFields("a lens", lens)
	if v := lens.SchemaVersion; l.required("the lens", "schemaVersion", v, &lens.ObjectMeta) && v.Value != customlens.SchemaVersion {
		l.report(badVersion, v.At, "the schemaVersion is %s, not %q", quoted(v.Value), customlens.SchemaVersion)
	}
	l.restricted("the lens", "name", lens.Name, customlens.MaxName, &lens.ObjectMeta)
	l.restricted("the lens", "description", lens.Description, customlens.MaxText, &lens.ObjectMeta)
	count(l, "the lens", "pillars", lens.Pillars, customlens.MaxPillars, lens.PillarsAt, &lens.ObjectMeta)
	pillars, questions := ids{l: l, what: "pillar"}, ids{l: l, what: "question"}
	for i := range lens.Pillars {
		p := &lens.Pillars[i]
		pillars.add(p.ID)
		l.pillar(label("pillar", p.ID, i), p)
		for j := range p.Questions {
			q := &p.Questions[j]
			questions.add(q.ID)
			l.question(label("question", q.ID, j), q)
		}
	}
	l.reportSharedIDs()
	l.lookalikes()
	l.reportIgnoredNone()
	l.reportOddIDs()
}

func (l *linter) pillar(what string, p *customlens.Pillar) {
	l.unknownFields("a pillar", p)
	l.id(what, p.ID, &p.ObjectMeta, true)
	l.restricted(what, "name", p.Name, customlens.MaxName, &p.ObjectMeta)
	l.checkFrameworkPillar(p)
	count(l, what, "questions", p.Questions, customlens.MaxQuestions, p.QuestionsAt, &p.ObjectMeta)
}

func (l *linter) question(what string, q *customlens.Question) {
	l.unknownFields("a question", q)
	l.id(what, q.ID, &q.ObjectMeta, false)
	l.restricted(what, "title", q.Title, customlens.MaxName, &q.ObjectMeta)
	if q.Description.Set {
		l.restricted(what, "description", q.Description, customlens.MaxText, &q.ObjectMeta)
	}
	l.resource(what+": the helpfulResource", q.HelpfulResource)
	count(l, what, "choices", q.Choices, customlens.MaxChoices, q.ChoicesAt, &q.ObjectMeta)
	count(l, what, "riskRules", q.RiskRules, customlens.MaxRules, q.RiskRulesAt, &q.ObjectMeta)
	seen := ids{l: l, what: "choice", in: " of " + what}
	for i := range q.Choices {
		c := &q.Choices[i]
		if seen.add(c.ID) {
			l.choiceIDs.add(c.ID)
		}
		l.choice(what+", "+label("choice", c.ID, i), c)
	}
	l.collectOddIDs(what, q)
	l.noneChoices(what, q)
	l.rules(what, q)
}

func (l *linter) choice(what string, c *customlens.Choice) {
	l.unknownFields("a choice", c)
	l.id(what, c.ID, &c.ObjectMeta, true)
	l.restricted(what, "title", c.Title, customlens.MaxName, &c.ObjectMeta)
	l.resource(what+": the helpfulResource", c.HelpfulResource)
	l.resource(what+": the improvementPlan", c.ImprovementPlan)
	none := isNone(c) || c.ID.Value == "" && customlens.IsNoneTitle(c.Title.Value)
	if c.ImprovementPlan == nil && !none && !c.WrongType("improvementPlan") {
		l.report(noPlan, idOrStart(c.ID, c.At), "%s has no improvementPlan; every choice but None of these needs one", what)
	}
	l.additional(what, c)
}

// label names a part of a lens by its id, or by its index if it has none.
func label(kind string, id customlens.Text, i int) string {
	if id.Value == "" {
		return fmt.Sprintf("%s %d", kind, i+1)
	}
	return kind + " " + truncate(id.Value, maxID)
}

// maxID limits the characters of an id in a message.
const maxID = 64

// truncate shortens a text to a maximum of characters.
func truncate(s string, maximum int) string {
	if runes := []rune(s); len(runes) > maximum {
		return string(runes[:maximum]) + "…"
	}
	return s
}

// quoted quotes a word of the file, truncated to 60 characters.
func quoted(s string) string { return fmt.Sprintf("%q", truncate(s, 60)) }

// idOrStart returns the span of the id of an object, or its first byte if it has none.
func idOrStart(id customlens.Text, object jsonfile.Span) jsonfile.Span {
	if id.Set {
		return id.At
	}
	return start(object)
}

// start returns the first byte of a span.
func start(at jsonfile.Span) jsonfile.Span { return jsonfile.Span{From: at.From, To: at.From + 1} }

// unknownFields reports fields that the format does not know.
func (l *linter) unknownFields(what string, o customlens.Object) {
	for _, x := range customlens.Unknown(o) {
		meant, near := suggest.Closest(x.Key, customlens.Keys(o))
		if !near {
			l.report(unknown, x.KeyAt, "unknown field %s in %s; the import ignores it", quoted(x.Key), what)
			continue
		}
		f := l.report(misspelt, x.KeyAt, "unknown field %s in %s, did you mean %q?", quoted(x.Key), what, meant)
		if strings.EqualFold(x.Key, meant) && !l.hasField(x, meant) {
			f.Fix = &SuggestedFix{fmt.Sprintf("renamed the field %s to %q", quoted(x.Key), meant), []Edit{{x.KeyAt, `"` + meant + `"`}}}
		}
	}
}

// hasField reports whether the object of an extra has a field with the given key, or an
// earlier one that differs by case alone.
func (l *linter) hasField(x customlens.Extra, key string) bool {
	in, ok := l.field(x.KeyAt.From)
	if !ok {
		return true
	}
	return slices.ContainsFunc(in.object.Fields, func(f jsonfile.Field) bool { return f.Key == key }) ||
		slices.ContainsFunc(in.object.Fields[:in.index], func(f jsonfile.Field) bool { return strings.EqualFold(f.Key, key) })
}

// required reports a missing or empty text. It returns whether the text is present.
func (l *linter) required(what, key string, t customlens.Text, in *customlens.ObjectMeta) bool {
	switch {
	case in.WrongType(key):
		return false
	case !t.Set:
		l.report(missing, start(in.At), "%s has no %s", what, key)
		return false
	case strings.TrimSpace(t.Value) == "":
		l.report(empty, t.At, "the %s of %s is empty", key, what)
		return false
	}
	return true
}

// count reports a missing, empty or too long list.
func count[T any](l *linter, what, key string, list []T, most int, at jsonfile.Span, in *customlens.ObjectMeta) {
	switch n := len(list); {
	case list == nil && in.WrongType(key):
	case list == nil:
		l.report(missing, start(in.At), "%s has no %s", what, key)
	case n == 0:
		l.report(empty, at, "%s has an empty list of %s", what, key)
	case n > most:
		l.report(tooMany, start(at), "%s has %d elements in %s; the maximum is %d", what, n, key, most)
	}
}
