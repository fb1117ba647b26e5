package customlens

import (
	_ "embed"
	"fmt"
	"slices"
	"strings"

	"github.com/iotlens/iotlens/internal/jsonfile"
	"github.com/iotlens/iotlens/internal/lens"
	"github.com/iotlens/iotlens/internal/rules"
	"github.com/iotlens/iotlens/internal/yamlfile"
)

// Unusable is the class of problems that make a review of a lens impossible.
const Unusable jsonfile.Class = "unusable"

// Import converts a custom lens to a lens. Nothing in the file is lost: what has no field
// in a bank is kept as JSON, so that Export writes the same values again. An empty id or
// version is derived from the name or the content of the lens.
//
// What the format lacks is derived and can be changed in the bank: the severity of a best
// practice is the risk of the question if only that practice is missing; the minutes
// follow from the number of choices. Effort and fix stay empty. Duplicate ids are made
// unique.
//
// A lens that cannot be reviewed gives problems and a nil lens: its rules have syntax
// errors, or it has more choices than can be evaluated.
func Import(d *Doc, id, version string) (*lens.Lens, Problems) {
	im := &importer{doc: d, ids: uniqueIDs{}}
	l := im.lens(&d.Lens)
	if len(im.problems) > 0 {
		return nil, im.problems.sorted()
	}
	if l.ID = id; id == "" {
		l.ID = lensID(l.Name)
	}
	if l.Version = version; version == "" {
		l.Version = contentVersion(&d.Lens)
	}
	return l, nil
}

type importer struct {
	doc      *Doc
	problems Problems
	ids      uniqueIDs
}

func (im *importer) report(at jsonfile.Span, format string, args ...any) {
	im.problems = append(im.problems, im.doc.problem(Unusable, at, format, args...))
}

func (im *importer) lens(w *Lens) *lens.Lens {
	name, description := lensTexts(w)
	l := &lens.Lens{Name: name, Short: name, Revision: 1, Description: description, Scoring: lens.ScoringAWS, Weights: importedWeights()}
	preserve(&l.WA, exportLens(l), w, "pillars")
	folders := uniqueIDs{}
	folders.add("layers") // names that a bank uses for other folders and files
	folders.add("lens")
	for i := range w.Pillars {
		l.Pillars = append(l.Pillars, im.pillar(&w.Pillars[i], i, folders))
	}
	if im.tooLarge(w) {
		return l
	}
	// Questions get their ids first, so that no best practice takes one of them.
	ids := map[*Question]string{}
	for i := range w.Pillars {
		for j := range w.Pillars[i].Questions {
			q := &w.Pillars[i].Questions[j]
			ids[q] = im.ids.add(fileSafeID(q.ID.Value, fmt.Sprintf("Q%d-%d", i+1, j+1)))
		}
	}
	for i := range w.Pillars {
		p := &l.Pillars[i]
		for j := range w.Pillars[i].Questions {
			q := im.question(&w.Pillars[i].Questions[j], ids[&w.Pillars[i].Questions[j]], p.ID)
			p.Order = append(p.Order, q.ID)
			l.Questions = append(l.Questions, q)
		}
	}
	if len(l.Questions) == 0 && len(im.problems) == 0 {
		im.report(w.At, "the lens has no questions")
	}
	return l
}

// Limits of an import, several times those of the format.
const (
	maxImportQuestions = 1000
	maxImportChoices   = 100
)

// tooLarge reports problems for a lens that exceeds the limits of an import.
func (im *importer) tooLarge(w *Lens) bool {
	questions := 0
	for i := range w.Pillars {
		for j := range w.Pillars[i].Questions {
			q := &w.Pillars[i].Questions[j]
			if questions++; len(q.Choices) > maxImportChoices {
				im.report(q.ChoicesAt, "the question has %d choices; the maximum for an import is %d", len(q.Choices), maxImportChoices)
			}
		}
	}
	if questions > maxImportQuestions || len(w.Pillars) > maxImportQuestions {
		im.report(w.PillarsAt, "the lens has %d questions and %d pillars; the maximum for an import is %d of each", questions, len(w.Pillars), maxImportQuestions)
	}
	return len(im.problems) > 0
}

func (im *importer) pillar(w *Pillar, i int, folders uniqueIDs) lens.Pillar {
	id := fileSafeID(bankPillar(w.ID.Value), fmt.Sprintf("pillar-%d", i+1))
	p := lens.Pillar{ID: folders.add(id)}
	p.Name = orElse(plainText(w.Name.Value), p.ID)
	p.WA.ID = idOverride(w.ID, waPillar(p.ID))
	preserve(&p.WA, exportPillar(&p), w, "questions")
	return p
}

// idOverride returns the WA Tool id that a bank has to store: empty if it follows from the
// id in the bank.
func idOverride(id Text, derived string) string {
	if id.Value == derived || !plain(id.Value) {
		return ""
	}
	return id.Value
}

func (im *importer) question(w *Question, id, pillar string) lens.Question {
	none := noneIndex(w)
	ids := choiceIDs{}
	var practices []lens.Practice
	for i := range w.Choices {
		if i != none {
			p := im.practice(&w.Choices[i], i, w, id)
			p.Pillar = pillar
			ids.add(w.Choices[i].ID.Value, p.ID)
			practices = append(practices, p)
		}
	}
	q := questionTexts(w, id, ids)
	q.WA.ID = idOverride(w.ID, waID(id))
	q.Ask, q.Pillar, q.Practices = q.Title, pillar, practices
	if none >= 0 {
		im.none(w, none, &q)
	}
	q.Minutes = min(30, 2+2*len(q.Practices))
	im.rules(w, &q)
	preserve(&q.WA, exportQuestion(&q), w, "choices")
	return q
}

func (im *importer) none(w *Question, i int, q *lens.Question) {
	c := &w.Choices[i]
	q.None = orElse(plainText(c.ID.Value), waID(q.ID)+NoneSuffix)
	if t := noneTitle(c.Title.Value); t != lens.NoneOfThese {
		q.NoneChoice.Title = t
	}
	if i < len(w.Choices)-1 {
		q.NoneChoice.At = i + 1
	}
	preserve(&q.NoneChoice.WA, exportNone(q), c, "")
}

func (im *importer) practice(c *Choice, i int, w *Question, question string) lens.Practice {
	rest := c.ID.Value
	if n := len(w.ID.Value); n > 0 && len(rest) > n+1 && lens.SameID(rest[:n], w.ID.Value) && (rest[n] == '_' || rest[n] == '-') {
		rest = rest[n+1:]
	}
	p := choiceTexts(c, im.ids.add(question+"-"+fileSafeID(rest, fmt.Sprintf("choice%d", i+1))))
	p.Question, p.RatedBy = question, lens.RatedByRules
	p.WA.ID = idOverride(c.ID, waID(p.ID))
	preserve(&p.WA, exportPractice(&p), c, "")
	return p
}

// rules checks that the rules of a question can be computed, and rates its best
// practices by them.
func (im *importer) rules(w *Question, q *lens.Question) {
	before := len(im.problems)
	if len(q.Practices) > MaxChoices {
		im.report(w.ChoicesAt, "%s has %d choices besides None of these; the maximum is %d", q.ID, len(q.Practices), MaxChoices)
	}
	var set []rules.Rule
	for i, r := range q.Rules {
		from := w.RiskRules[i]
		risk, known := ParseRisk(from.Risk.Value)
		if !known {
			im.report(from.Risk.At, "%s: unknown risk %q; known: %s", q.ID, from.Risk.Value, strings.Join(Risks(), ", "))
		}
		when, err := rules.Parse(from.Condition.Value) // with the columns of the file
		if err == nil {
			when, err = rules.Parse(r.When)
		}
		if err != nil {
			im.report(from.Condition.At, "%s: syntax error in the condition %q at %v", q.ID, from.Condition.Value, err)
			continue
		}
		set = append(set, rules.Rule{When: when, Risk: risk})
	}
	if len(im.problems) > before {
		return
	}
	c := classify(q, set)
	for i := range q.Practices {
		q.Practices[i].Kind = c.kinds[i]
		q.Practices[i].Severity = severity(c.Choices[i].Without)
	}
	for i := range q.Practices {
		switch p := &q.Practices[i]; p.Kind {
		case lens.Alternative:
			p.Severity = severity(riskOfSelection(set, q, func(o *lens.Practice) bool { return o.Kind == lens.BestPractice }))
		case lens.Negative:
			p.Severity = severity(riskOfSelection(set, q, func(o *lens.Practice) bool { return o == p }))
		case lens.FactChoice:
			p.Severity = lens.Low
		}
	}
}

// riskOfSelection returns the risk of the answer that selects only the given practices, or
// None of these if there are none.
func riskOfSelection(set []rules.Rule, q *lens.Question, selected func(p *lens.Practice) bool) rules.Outcome {
	states := map[string]rules.State{}
	for i := range q.Practices {
		if p := &q.Practices[i]; selected(p) {
			states[p.ID] = rules.Selected
		}
	}
	if len(states) == 0 && q.None != "" {
		states[q.None] = rules.Selected
	}
	risk, ok := rules.Eval(set, func(id string) rules.State { return states[id] })
	return rules.Outcome{Risk: risk, OK: ok}
}

// severity returns the severity of a best practice for the risk of leaving only it out;
// medium if no rule matches.
func severity(r rules.Outcome) lens.Level {
	switch {
	case !r.OK || r.Risk == rules.Medium:
		return lens.Medium
	case r.Risk == rules.High:
		return lens.High
	}
	return lens.Low
}

// noneIndex returns the index of the choice "None of these" of a question, or -1. As in the
// WA Tool, it is the choice whose id ends in _no; without such an id, the first choice
// whose wording says so. The only choice of a question is never None of these.
func noneIndex(q *Question) int {
	if len(q.Choices) < 2 {
		return -1
	}
	if i := slices.IndexFunc(q.Choices, func(c Choice) bool { return strings.HasSuffix(c.ID.Value, NoneSuffix) }); i >= 0 {
		return i
	}
	return slices.IndexFunc(q.Choices, func(c Choice) bool { return SaysNone(q, &c) })
}

//go:embed weights.yaml
var weightsFile []byte

func importedWeights() (w lens.Weights) {
	if _, problems := yamlfile.Decode("weights.yaml", weightsFile, &w); len(problems) > 0 {
		panic(problems)
	}
	return w
}
