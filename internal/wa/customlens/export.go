package customlens

import (
	"fmt"
	"slices"
	"strings"

	"github.com/iotlens/iotlens/internal/jsonfile"
	"github.com/iotlens/iotlens/internal/lens"
	"github.com/iotlens/iotlens/internal/rules"
)

// RuleForm says which risk rules an export has.
type RuleForm string

// The forms.
const (
	LetterRules   RuleForm = "aws"      // as the lens has them
	MonotoneRules RuleForm = "monotone" // their monotone form: doing more never raises a risk
)

// Values lists the forms.
func (RuleForm) Values() []string { return []string{string(LetterRules), string(MonotoneRules)} }

// Options say how a lens is exported.
type Options struct {
	Name   string   // of the custom lens; empty: that of the lens
	Rules  RuleForm // empty: LetterRules
	Layers bool     // export the layer banks, each as a pillar, in place of the lens itself
	Repair bool     // a question without "None of these" gets one, misnamed ones and titles with blanks around them are mended
}

// Export makes a custom lens of a lens. An imported lens comes back as it was,
// but for what was changed in its bank. Of a lens that promises its cards the
// texts are put together from the cards: why as helpful resource, how as
// improvement plan, both cut to the limits of the format at the end of a
// sentence, and shorter where the whole would have more than MaxSize bytes. The
// places in the result mean nothing; Write it.
func Export(l *lens.Lens, o Options) (*Lens, error) {
	if !l.Promised(lens.Cards) {
		return (&exporter{lens: l, options: o}).export()
	}
	for limit := MaxText; ; limit -= 50 {
		out, err := (&exporter{lens: l, options: o, fit: &fit{limit}}).export()
		if err != nil {
			return nil, err
		}
		data, err := Write(out)
		if err != nil || len(data) <= MaxSize || limit <= 200 {
			return out, err
		}
	}
}

type exporter struct {
	lens    *lens.Lens
	options Options
	fit     *fit // nil: texts stay as they are
}

func (x *exporter) export() (*Lens, error) {
	l := x.lens
	if x.options.Layers && len(l.Layers) == 0 {
		return nil, fmt.Errorf("the lens %s has no layer banks", l.ID)
	}
	base := exportLens(l)
	out, err := restored(ofLens, lensFields(base), l.WA, (*reader).wholeLens, func(w Lens) bool {
		return lensTexts(&w) == lensText{l.Name, l.Description}
	})
	if err != nil {
		return nil, fmt.Errorf("%s: %w", l.ID, err)
	}
	if x.options.Layers {
		out.Name, out.Description = Says(l.Short+": architecture layers"), Says("Questions on the architecture layers, beyond those of "+l.Name+".")
	}
	if x.options.Name != "" {
		out.Name = Says(x.options.Name)
	}
	out.Name, out.Description = x.fit.name(out.Name), x.fit.description(out.Description)
	if len(l.Pillars) > 0 || !slices.Contains(l.WA.Without, "pillars") {
		out.Pillars = []Pillar{}
	}
	if x.options.Layers {
		for i := range l.Layers {
			p := &lens.Pillar{ID: l.Layers[i].ID, Name: l.Layers[i].Name}
			if err := x.pillar(&out, p, func(q *lens.Question) bool { return q.Layer == p.ID }); err != nil {
				return nil, err
			}
		}
		return &out, nil
	}
	for i := range l.Pillars {
		p := &l.Pillars[i]
		if err := x.pillar(&out, p, func(q *lens.Question) bool { return q.AWS() && q.Pillar == p.ID }); err != nil {
			return nil, err
		}
	}
	return &out, nil
}

// pillar adds a pillar with the questions that are its own.
func (x *exporter) pillar(to *Lens, p *lens.Pillar, own func(*lens.Question) bool) error {
	out, err := restored(ofPillar, pillarFields(exportPillar(p)), p.WA, func(r *reader, o *object) Pillar { return r.pillar(o) }, func(w Pillar) bool {
		return orElse(plainText(w.Name.Value), p.ID) == p.Name
	})
	if err != nil {
		return fmt.Errorf("%s: %w", p.ID, err)
	}
	out.Name = x.fit.name(out.Name)
	for i := range x.lens.Questions {
		if q := &x.lens.Questions[i]; own(q) {
			w, err := x.question(q)
			if err != nil {
				return fmt.Errorf("%s: %w", q.ID, err)
			}
			out.Questions = append(out.Questions, w)
		}
	}
	if out.Questions == nil && !slices.Contains(p.WA.Without, "questions") {
		out.Questions = []Question{}
	}
	to.Pillars = append(to.Pillars, out)
	return nil
}

func (x *exporter) question(q *lens.Question) (Question, error) {
	base := exportQuestion(q)
	out, err := restored(ofQuestion, questionFields(base), q.WA, func(r *reader, o *object) Question { return r.question(o) }, func(w Question) bool {
		t := questionTexts(&w, q.ID, idsOf(q))
		return t.title == q.Title && t.description == q.Description && t.help == q.Help &&
			slices.Equal(t.resources, q.Resources) && slices.Equal(t.rules, q.Rules)
	})
	if err != nil {
		return out, err
	}
	if x.fit != nil {
		x.houseQuestion(q, &out)
	}
	for i := range q.Practices {
		c, err := x.practice(&q.Practices[i])
		if err != nil {
			return out, fmt.Errorf("%s: %w", q.Practices[i].ID, err)
		}
		out.Choices = append(out.Choices, c)
	}
	if q.None != "" {
		c, err := restored(ofChoice, choiceFields(exportNone(q)), q.NoneChoice.WA, func(r *reader, o *object) Choice { return r.choice(o) }, func(w Choice) bool {
			return noneTitle(w.Title.Value) == noneTitle(q.NoneChoice.Title)
		})
		if err != nil {
			return out, fmt.Errorf("%s: %w", q.None, err)
		}
		at := len(out.Choices)
		if n := q.NoneChoice.At - 1; n >= 0 && n < at {
			at = n
		}
		out.Choices = slices.Insert(out.Choices, at, c)
	}
	if out.Choices == nil && !slices.Contains(q.WA.Without, "choices") {
		out.Choices = []Choice{}
	}
	if x.options.Rules == MonotoneRules {
		if err := monotone(q, &out); err != nil {
			return out, err
		}
	}
	if x.options.Repair || !q.AWS() {
		repair(q, &out)
	}
	return out, nil
}

func (x *exporter) practice(p *lens.Practice) (Choice, error) {
	out, err := restored(ofChoice, choiceFields(exportPractice(p)), p.WA, func(r *reader, o *object) Choice { return r.choice(o) }, func(w Choice) bool {
		t := choiceTexts(&w, p.ID)
		return t.title == p.Title && t.why == p.Why && slices.Equal(t.how, p.How) && slices.Equal(t.resources, p.Resources)
	})
	if err == nil && x.fit != nil {
		x.housePractice(p, &out)
	}
	return out, err
}

// monotone puts the monotone form of the rules in place of those that aren't.
func monotone(q *lens.Question, out *Question) error {
	ids := idsOf(q)
	var set []rules.Rule
	for _, r := range q.Rules {
		when := r.When
		if q.None != "" && len(ids.list) > 0 { // it means that nothing else is selected
			when = renamed(when, map[string]string{q.None: "!(" + strings.Join(ids.list, " || ") + ")"})
		}
		rule, err := rules.ParseRule(when, string(r.Risk))
		if err != nil {
			return err
		}
		set = append(set, rule)
	}
	form := rules.Monotone(set, ids.list)
	same := func(a, b rules.Rule) bool { return a.Risk == b.Risk && a.Condition() == b.Condition() }
	if slices.EqualFunc(form, set, same) {
		return nil
	}
	out.RiskRules = []RiskRule{}
	for _, r := range form {
		out.RiskRules = append(out.RiskRules, RiskRule{Condition: Says(ids.tool(r.Condition())), Risk: Says(RiskName(r.Risk))})
	}
	return nil
}

// repair mends what AWS's own lenses get wrong: "None of these" is missing or
// has an id that isn't the question's; titles have blanks around them.
func repair(q *lens.Question, out *Question) {
	want := out.ID.Value + NoneSuffix
	none := slices.IndexFunc(out.Choices, func(c Choice) bool { return q.None != "" && c.ID.Value == q.None })
	taken := slices.ContainsFunc(out.Choices, func(c Choice) bool { return c.ID.Value == want })
	switch {
	case taken:
	case none >= 0:
		out.Choices[none].ID = Says(want)
		for i := range out.RiskRules {
			out.RiskRules[i].Condition.Value = renamed(out.RiskRules[i].Condition.Value, map[string]string{q.None: want})
		}
	case len(out.Choices) > 0 && len(out.Choices) < MaxChoices:
		out.Choices = append(out.Choices, Choice{ID: Says(want), Title: Says(lens.NoneOfThese)})
	}
	trim := func(t *Text) { t.Value = strings.TrimSpace(t.Value) }
	trim(&out.Title)
	for i := range out.Choices {
		trim(&out.Choices[i].Title)
	}
}

// restored is an object with what its bank keeps of the original put back.
func restored[T any](known []string, fields []pair, wa lens.WA, read func(*reader, *object) T, same func(T) bool) (out T, err error) {
	parse := func(src []byte) (T, Problems) {
		r := &reader{doc: &Doc{Src: src, lines: jsonfile.NewLines(src)}}
		root, _ := jsonfile.Parse(src)
		o, _ := r.object(root, "it")
		return read(r, o), r.problems
	}
	fields, err = restore(fields, wa, known, func(src []byte) bool {
		v, problems := parse(src)
		return len(problems) == 0 && same(v)
	})
	if err != nil {
		return out, err
	}
	out, problems := parse(objectOf(fields))
	if len(problems) > 0 {
		return out, fmt.Errorf("wa: json: %s", problems[0].Text)
	}
	return out, nil
}
