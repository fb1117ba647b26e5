package customlens

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/iotlens/iotlens/internal/lens"
	"github.com/iotlens/iotlens/internal/text"
)

// The functions below make the JSON objects from the bank alone, without their lists of
// child objects.

func exportLens(l *lens.Lens) *Lens {
	return &Lens{SchemaVersion: NewText(SchemaVersion), Name: NewText(l.Name), Description: OptionalText(l.Description)}
}

func exportPillar(p *lens.Pillar) *Pillar {
	return &Pillar{ID: NewText(PillarID(p)), Name: NewText(p.Name)}
}

func exportQuestion(q *lens.Question) *Question {
	out := &Question{
		ID: NewText(QuestionID(q)), Title: NewText(q.Title), Description: OptionalText(q.Description),
		HelpfulResource: resourceOf(q.Help, linkFor(q.Resources, lens.ForHelp)),
	}
	ids := idsOf(q)
	out.RiskRules = []RiskRule{}
	for _, r := range q.Rules {
		out.RiskRules = append(out.RiskRules, RiskRule{Condition: NewText(renamed(r.When, ids.toTool)), Risk: NewText(riskName(r.Risk))})
	}
	return out
}

func exportPractice(p *lens.Practice) *Choice {
	c := &Choice{ID: NewText(ChoiceID(p)), Title: NewText(p.Title)}
	help := linkFor(p.Resources, lens.ForHelp)
	rest := byPlace(p.Resources, "")
	if help == "" && strings.TrimSpace(p.Why) != "" && len(rest) > 0 {
		help, rest = rest[0].URL, rest[1:]
	}
	c.HelpfulResource = resourceOf(p.Why, help)
	c.ImprovementPlan = resourceOf(howText(p.How), linkFor(p.Resources, lens.ForPlan))
	for _, group := range []struct {
		kind string
		list []lens.Resource
	}{{HelpfulType, append(byPlace(p.Resources, lens.ForMoreHelp), rest...)}, {PlanType, byPlace(p.Resources, lens.ForMorePlan)}} {
		if len(group.list) == 0 {
			continue
		}
		out := Resources{Type: NewText(group.kind)}
		for _, r := range group.list {
			out.Content = append(out.Content, Resource{DisplayText: OptionalText(r.Title), URL: OptionalText(r.URL)})
		}
		c.AdditionalResources = append(c.AdditionalResources, out)
	}
	return c
}

func exportNone(q *lens.Question) *Choice {
	return &Choice{ID: NewText(q.None), Title: NewText(noneTitle(q.NoneChoice.Title))}
}

// PillarID returns the id of a pillar in the WA Tool.
func PillarID(p *lens.Pillar) string { return cmp.Or(p.WA.ID, waPillar(p.ID)) }

// QuestionID returns the id of a question in the WA Tool.
func QuestionID(q *lens.Question) string { return cmp.Or(q.WA.ID, waID(q.ID)) }

// ChoiceID returns the id of a best practice in the WA Tool.
func ChoiceID(p *lens.Practice) string { return cmp.Or(p.WA.ID, waID(p.ID)) }

// idsOf maps the ids of a question's choices in both directions.
func idsOf(q *lens.Question) choiceIDs {
	var ids choiceIDs
	for i := range q.Practices {
		ids.add(ChoiceID(&q.Practices[i]), q.Practices[i].ID)
	}
	return ids
}

func resourceOf(text, url string) *Resource {
	if text == "" && url == "" {
		return nil
	}
	return &Resource{DisplayText: OptionalText(text), URL: OptionalText(url)}
}

// howText returns the steps as one text, numbered if there are several.
func howText(how []lens.HowStep) string {
	if len(how) == 1 {
		return how[0].Do
	}
	var lines []string
	for i, h := range how {
		lines = append(lines, fmt.Sprintf("%d. %s", i+1, h.Do))
	}
	return strings.Join(lines, "\n")
}

func linkFor(list []lens.Resource, place lens.Place) string {
	for _, r := range byPlace(list, place) {
		return r.URL
	}
	return ""
}

func byPlace(list []lens.Resource, place lens.Place) []lens.Resource {
	return slices.DeleteFunc(slices.Clone(list), func(r lens.Resource) bool { return r.For != place })
}

// fitQuestion adds the plain wording of a question (Ask) and cuts its texts to the limits.
func (x *exporter) fitQuestion(q *lens.Question, out *Question) {
	out.Title, out.Description = x.fitRestricted(out.Title, MaxName), x.fitRestricted(out.Description, MaxText)
	if out.HelpfulResource == nil && q.Ask != q.Title {
		out.HelpfulResource = resourceOf(text.Shorten(q.Ask, x.limit), x.lens.Source)
	}
}

// fitPractice cuts the texts of a best practice to the limits.
func (x *exporter) fitPractice(p *lens.Practice, out *Choice) {
	out.Title = x.fitRestricted(out.Title, MaxName)
	if h := out.HelpfulResource; h != nil {
		why := p.Why
		if len(p.Evidence) > 0 {
			why += "\n\nAsk to be shown: " + strings.Join(p.Evidence, "; ") + "."
		}
		h.DisplayText = NewText(text.Shorten(why, x.limit))
	}
	if plan := out.ImprovementPlan; plan != nil {
		plan.DisplayText = NewText(text.Shorten(plan.DisplayText.Value, x.limit))
	}
	for i := range out.AdditionalResources {
		a := &out.AdditionalResources[i]
		a.Content = a.Content[:min(len(a.Content), MaxResources)]
	}
}
