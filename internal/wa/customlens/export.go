package customlens

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/iotlens/iotlens/internal/lens"
	"github.com/iotlens/iotlens/internal/rules"
)

// RuleForm selects how risk rules are exported.
type RuleForm string

// The rule forms.
const (
	OriginalRules RuleForm = "aws"      // unchanged
	MonotoneRules RuleForm = "monotone" // rewritten so that doing more never raises a risk
)

// Values lists the rule forms.
func (RuleForm) Values() []string { return []string{string(OriginalRules), string(MonotoneRules)} }

// Options control an export.
type Options struct {
	Name   string   // of the custom lens; default: the name of the lens
	Rules  RuleForm // default: OriginalRules
	Layers bool     // export the layer banks, each as a pillar, instead of the lens
	Repair bool     // add or rename a missing or misnamed choice "None of these", and trim titles
}

// Export converts a lens to a custom lens. An imported lens is exported as it was,
// except for what was changed in its bank. Of a lens with cards, why becomes the helpful
// resource and how the improvement plan; both are cut after a sentence to the limits of
// the format, and further if the lens would exceed MaxSize bytes. Positions in the result
// are zero.
func Export(l *lens.Lens, o Options) (*Lens, error) {
	x := &exporter{lens: l, options: o}
	if !l.Promised(lens.Cards) {
		return x.export()
	}
	for x.limit = MaxText; ; x.limit -= 50 {
		out, err := x.export()
		if err != nil {
			return nil, err
		}
		data, err := Write(out)
		if err != nil || len(data) <= MaxSize || x.limit <= 200 {
			return out, err
		}
	}
}

type exporter struct {
	lens    *lens.Lens
	options Options
	limit   int // on the length of texts, in characters; 0: texts are exported unchanged
}

func (x *exporter) export() (*Lens, error) {
	l := x.lens
	if x.options.Layers && len(l.Layers) == 0 {
		return nil, fmt.Errorf("the lens %s has no layer banks", l.ID)
	}
	out, err := restore(exportLens(l), l.WA, "pillars", func(w *Lens) bool {
		name, description := lensTexts(w)
		return name == l.Name && description == l.Description
	})
	if err != nil {
		return nil, fmt.Errorf("%s: %w", l.ID, err)
	}
	if x.options.Layers {
		out.Name, out.Description = NewText(l.Short+": architecture layers"), NewText("Questions on the architecture layers, beyond those of "+l.Name+".")
	}
	if x.options.Name != "" {
		out.Name = NewText(x.options.Name)
	}
	out.Name, out.Description = x.fitRestricted(out.Name, MaxName), x.fitRestricted(out.Description, MaxText)
	if len(l.Pillars) > 0 || !slices.Contains(l.WA.Without, "pillars") {
		out.Pillars = []Pillar{}
	}
	pillars := l.Pillars
	if x.options.Layers {
		pillars = nil
		for i := range l.Layers {
			pillars = append(pillars, lens.Pillar{ID: l.Layers[i].ID, Name: l.Layers[i].Name})
		}
		for _, part := range l.Parts {
			pillars = append(pillars, lens.Pillar{ID: part.ID, Name: part.Name})
		}
	}
	for i := range pillars {
		p, err := x.pillar(&pillars[i])
		if err != nil {
			return nil, err
		}
		out.Pillars = append(out.Pillars, p)
	}
	return &out, nil
}

// pillar exports a pillar, or a layer as a pillar, with its questions.
func (x *exporter) pillar(p *lens.Pillar) (Pillar, error) {
	out, err := restore(exportPillar(p), p.WA, "questions", func(w *Pillar) bool {
		return orElse(plainText(w.Name.Value), p.ID) == p.Name
	})
	if err != nil {
		return out, fmt.Errorf("%s: %w", p.ID, err)
	}
	out.Name = x.fitRestricted(out.Name, MaxName)
	for i := range x.lens.Questions {
		q := &x.lens.Questions[i]
		own := q.AWS() && q.Pillar == p.ID
		if x.options.Layers {
			own = !q.AWS() && cmp.Or(q.Layer, q.Part) == p.ID
		}
		if !own {
			continue
		}
		w, err := x.question(q)
		if err != nil {
			return out, fmt.Errorf("%s: %w", q.ID, err)
		}
		out.Questions = append(out.Questions, w)
	}
	if out.Questions == nil && !slices.Contains(p.WA.Without, "questions") {
		out.Questions = []Question{}
	}
	return out, nil
}

func (x *exporter) question(q *lens.Question) (Question, error) {
	out, err := restore(exportQuestion(q), q.WA, "choices", func(w *Question) bool {
		t := questionTexts(w, q.ID, idsOf(q))
		return t.Title == q.Title && t.Description == q.Description && t.Help == q.Help &&
			slices.Equal(t.Resources, q.Resources) && slices.Equal(t.Rules, q.Rules)
	})
	if err != nil {
		return out, err
	}
	if x.limit > 0 {
		x.fitQuestion(q, &out)
	}
	for i := range q.Practices {
		c, err := x.practice(&q.Practices[i])
		if err != nil {
			return out, fmt.Errorf("%s: %w", q.Practices[i].ID, err)
		}
		out.Choices = append(out.Choices, c)
	}
	if q.None != "" {
		c, err := restore(exportNone(q), q.NoneChoice.WA, "", func(w *Choice) bool {
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
	out, err := restore(exportPractice(p), p.WA, "", func(w *Choice) bool {
		t := choiceTexts(w, p.ID)
		return t.Title == p.Title && t.Why == p.Why && slices.Equal(t.How, p.How) && slices.Equal(t.Resources, p.Resources)
	})
	if err == nil && x.limit > 0 {
		x.fitPractice(p, &out)
	}
	return out, err
}

// monotone replaces the rules of a question by their monotone form if they are not
// monotone.
func monotone(q *lens.Question, out *Question) error {
	ids := idsOf(q)
	var set []rules.Rule
	for _, r := range q.Rules {
		when := r.When
		if q.None != "" && len(ids.list) > 0 { // selecting None means that nothing else is selected
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
		out.RiskRules = append(out.RiskRules, RiskRule{Condition: NewText(renamed(r.Condition(), ids.toTool)), Risk: NewText(RiskName(r.Risk))})
	}
	return nil
}

// repair corrects mistakes of AWS's own lenses: a missing "None of these" or one with the
// id of another question, and white space around titles.
func repair(q *lens.Question, out *Question) {
	want := out.ID.Value + NoneSuffix
	none := slices.IndexFunc(out.Choices, func(c Choice) bool { return q.None != "" && c.ID.Value == q.None })
	taken := slices.ContainsFunc(out.Choices, func(c Choice) bool { return c.ID.Value == want })
	switch {
	case taken:
	case none >= 0:
		out.Choices[none].ID = NewText(want)
		for i := range out.RiskRules {
			out.RiskRules[i].Condition.Value = renamed(out.RiskRules[i].Condition.Value, map[string]string{q.None: want})
		}
	case len(out.Choices) > 0 && len(out.Choices) < MaxChoices:
		out.Choices = append(out.Choices, Choice{ID: NewText(want), Title: NewText(lens.NoneOfThese)})
	}
	trim := func(t *Text) { t.Value = strings.TrimSpace(t.Value) }
	trim(&out.Title)
	for i := range out.Choices {
		trim(&out.Choices[i].Title)
	}
}
