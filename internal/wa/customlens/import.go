package customlens

import (
	"fmt"
	"slices"
	"sort"
	"strings"

	"github.com/iotlens/iotlens/internal/jsonfile"
	"github.com/iotlens/iotlens/internal/lens"
	"github.com/iotlens/iotlens/internal/rules"
)

// Unusable is the class of what keeps a custom lens from being reviewed.
const Unusable jsonfile.Class = "unusable"

// Import makes a lens of a custom lens. Everything that the file says is in the
// lens: what has no place of its own is kept as JSON, so that Export gives the
// same values back. id and version are those of the lens; empty ones follow from
// its name and its content.
//
// What the format doesn't say is derived, and can be changed in the bank: the
// severity of a best practice is the risk that the question has if that one alone
// is missing, the minutes follow from the number of choices. Effort and fix
// stay unknown.
//
// A problem is what nobody could review: rules that can't be read, ids that
// can't be told apart are mended, more choices than can be computed. Where there
// is one, the lens is nil.
func Import(d *Doc, id, version string) (*lens.Lens, Problems) {
	im := &importer{doc: d, ids: newNames()}
	l := im.lens(&d.Lens)
	sort.SliceStable(im.problems, func(i, j int) bool { return im.problems[i].At.From < im.problems[j].At.From })
	if len(im.problems) > 0 {
		return nil, im.problems
	}
	if l.ID = id; id == "" {
		l.ID = slug(l.Name)
	}
	if l.Version = version; version == "" {
		l.Version = contentVersion(&d.Lens)
	}
	return l, nil
}

type importer struct {
	doc      *Doc
	problems Problems
	ids      *names
}

func (im *importer) say(at jsonfile.Span, format string, args ...any) {
	line, column := im.doc.Place(at.From)
	im.problems = append(im.problems, Problem{im.doc.File, line, column, Unusable, at, fmt.Sprintf(format, args...)})
}

func (im *importer) lens(w *Lens) *lens.Lens {
	t := lensTexts(w)
	l := &lens.Lens{Name: t.name, Short: t.name, Description: t.description, Weights: importedWeights()}
	l.WA = carry(ofLens, lensFields(exportLens(l)), lensFields(*w), w.Pillars == nil, "pillars")
	folders := newNames("layers", "lens")
	for i := range w.Pillars {
		l.Pillars = append(l.Pillars, im.pillar(&w.Pillars[i], i, folders))
	}
	if im.tooLarge(w) {
		return l
	}
	// Questions have their ids before any best practice takes one that is the same.
	ids := map[*Question]string{}
	for i := range w.Pillars {
		for j := range w.Pillars[i].Questions {
			q := &w.Pillars[i].Questions[j]
			ids[q] = im.ids.take(safe(q.ID.Value, fmt.Sprintf("Q%d-%d", i+1, j+1)))
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
		im.say(w.At, "the lens has no questions: there is nothing to review")
	}
	return l
}

// The most that is imported: several times what the format allows.
const (
	mostQuestions = 1000
	mostChoices   = 100
)

// tooLarge says where a lens is so large that nobody could review it.
func (im *importer) tooLarge(w *Lens) bool {
	questions := 0
	for i := range w.Pillars {
		for j := range w.Pillars[i].Questions {
			q := &w.Pillars[i].Questions[j]
			if questions++; len(q.Choices) > mostChoices {
				im.say(q.ChoicesAt, "the question has %d choices; more than %d are not imported", len(q.Choices), mostChoices)
			}
		}
	}
	if questions > mostQuestions || len(w.Pillars) > mostQuestions {
		im.say(w.PillarsAt, "more than %d questions or pillars are not imported; the lens has %d and %d", mostQuestions, questions, len(w.Pillars))
	}
	return len(im.problems) > 0
}

func (im *importer) pillar(w *Pillar, i int, folders *names) lens.Pillar {
	id := safe(bankPillar(w.ID.Value), fmt.Sprintf("pillar-%d", i+1))
	p := lens.Pillar{ID: folders.take(id)}
	p.Name = orElse(plainText(w.Name.Value), p.ID)
	if exported := waPillar(p.ID); w.ID.Set && w.ID.Value != exported && plain(w.ID.Value) {
		p.WA.ID = w.ID.Value
	}
	kept := carry(ofPillar, pillarFields(exportPillar(&p)), pillarFields(*w), w.Questions == nil, "questions")
	p.WA.JSON, p.WA.Without = kept.JSON, kept.Without
	return p
}

func (im *importer) question(w *Question, id, pillar string) lens.Question {
	q := lens.Question{ID: id, Pillar: pillar}
	if w.ID.Set && w.ID.Value != waID(id) && plain(w.ID.Value) {
		q.WA.ID = w.ID.Value
	}
	none := noneOf(w)
	ids := choiceIDs{}
	for i := range w.Choices {
		if i == none {
			im.none(w, i, &q)
			continue
		}
		p := im.practice(&w.Choices[i], i, w, &q)
		ids.add(w.Choices[i].ID.Value, p.ID)
		q.Practices = append(q.Practices, p)
	}
	t := questionTexts(w, id, ids)
	q.Title, q.Ask, q.Description, q.Help, q.Resources, q.Rules = t.title, t.title, t.description, t.help, t.resources, t.rules
	q.Minutes = min(30, 2+2*len(q.Practices))
	im.rules(w, &q)
	kept := carry(ofQuestion, questionFields(exportQuestion(&q)), questionFields(*w), w.Choices == nil, "choices")
	q.WA.JSON, q.WA.Without = kept.JSON, kept.Without
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
	q.NoneChoice.WA = carry(ofChoice, choiceFields(exportNone(q)), choiceFields(*c), false, "")
}

func (im *importer) practice(c *Choice, i int, w *Question, q *lens.Question) lens.Practice {
	rest := c.ID.Value
	if n := len(w.ID.Value); n > 0 && len(rest) > n+1 && lens.Same(rest[:n], w.ID.Value) && (rest[n] == '_' || rest[n] == '-') {
		rest = rest[n+1:]
	}
	p := lens.Practice{Question: q.ID, Pillar: q.Pillar, RatedBy: "rules"}
	p.ID = im.ids.take(q.ID + "-" + safe(rest, fmt.Sprintf("choice%d", i+1)))
	if c.ID.Set && c.ID.Value != waID(p.ID) && plain(c.ID.Value) {
		p.WA.ID = c.ID.Value
	}
	t := choiceTexts(c, p.ID)
	p.Title, p.Why, p.How, p.Resources = t.title, t.why, t.how, t.resources
	kept := carry(ofChoice, choiceFields(exportPractice(&p)), choiceFields(*c), false, "")
	p.WA.JSON, p.WA.Without = kept.JSON, kept.Without
	return p
}

// rules checks that the rules of a question can be computed, and rates its best
// practices by them.
func (im *importer) rules(w *Question, q *lens.Question) {
	before := len(im.problems)
	if len(q.Practices) > MaxChoices {
		im.say(w.ChoicesAt, "%s has %d choices besides None of these; a question can have %d", q.ID, len(q.Practices), MaxChoices)
	}
	var set []rules.Rule
	for i, r := range q.Rules {
		from := w.RiskRules[i]
		risk, known := ParseRisk(from.Risk.Value)
		if !known {
			im.say(from.Risk.At, "%s: unknown risk %q; known: %s", q.ID, from.Risk.Value, strings.Join(Risks(), ", "))
		}
		if _, err := rules.Parse(from.Condition.Value); err != nil {
			im.say(from.Condition.At, "%s: the condition %q breaks at %v", q.ID, from.Condition.Value, err)
			continue
		}
		when, err := rules.Parse(r.When)
		if err != nil {
			im.say(from.Condition.At, "%s: the condition %q can't be read", q.ID, from.Condition.Value)
			continue
		}
		set = append(set, rules.Rule{When: when, Risk: risk})
	}
	if len(im.problems) > before {
		return
	}
	var ids []string
	for _, p := range q.Practices {
		ids = append(ids, p.ID)
	}
	for i, rating := range rules.Missing(set, ids, q.None) {
		q.Practices[i].Severity = severity(rating)
	}
}

// severity is how grave it is to go without one best practice while all others
// are in place. Where no rule says anything, it is medium: nobody knows.
func severity(r rules.Rating) lens.Level {
	switch {
	case !r.Known || r.Risk == rules.Medium:
		return lens.Medium
	case r.Risk == rules.High:
		return lens.High
	}
	return lens.Low
}

// noneOf is the place of the choice "None of these" of a question; -1 where it
// has none. It is the choice whose id ends in _no, as AWS has it; where there is
// none, that which is called so. The only choice of a question is never it.
func noneOf(q *Question) int {
	if len(q.Choices) < 2 {
		return -1
	}
	if i := slices.IndexFunc(q.Choices, func(c Choice) bool { return strings.HasSuffix(c.ID.Value, NoneSuffix) }); i >= 0 {
		return i
	}
	return slices.IndexFunc(q.Choices, func(c Choice) bool {
		switch strings.ToLower(strings.Trim(c.Title.Value, " \t\r\n.")) {
		case "none of these", "none of the above", "none of above", "none of them", "none of these options":
			return true
		}
		return false
	})
}

// importedWeights are the constants of scoring of an imported lens: those of the
// shipped one where they don't speak of devices.
func importedWeights() lens.Weights {
	factor := func(fix lens.Fix, f float64, because string) lens.Reversible {
		return lens.Reversible{Fix: fix, Factor: f, Because: because}
	}
	return lens.Weights{
		Severity: lens.Levels{High: 1, Medium: 0.6, Low: 0.3},
		Credit:   lens.Credit{Implemented: 1, PartiallyImplemented: 0.5},
		Gap:      lens.Gap{NotImplemented: 1, CannotDetermine: 0.8, PartiallyImplemented: 0.5},
		Exposure: lens.Exposure{Base: 0.7, Factors: []lens.ExposureFactor{
			{Because: "the workload is safety-critical", Add: 0.3, SafetyCritical: true},
			{Because: "personal data is handled", Add: 0.2, PersonalData: true},
		}},
		Reversibility: []lens.Reversible{
			factor("", 1, "the lens doesn't say what mending it takes"),
			factor(lens.Cloud, 0.8, "it can be mended in the cloud"),
			factor(lens.OverTheAir, 0.85, "an update can mend it"),
			factor(lens.FieldVisit, 0.9, "it takes a visit to every site"),
			factor(lens.Hardware, 1, "only hardware can mend it"),
		},
		Plan: lens.PlanThreshold{Important: 35, Urgent: 60, WarnDays: 30},
	}
}
