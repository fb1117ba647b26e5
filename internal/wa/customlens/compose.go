package customlens

import (
	"fmt"
	"slices"
	"strings"

	"github.com/iotlens/iotlens/internal/lens"
)

// The objects of the JSON as they follow from the bank alone, lists of further
// objects left out.

func exportLens(l *lens.Lens) Lens {
	return Lens{SchemaVersion: Says(SchemaVersion), Name: Says(l.Name), Description: Maybe(l.Description)}
}

func exportPillar(p *lens.Pillar) Pillar {
	return Pillar{ID: Says(orElse(p.WA.ID, waPillar(p.ID))), Name: Says(p.Name)}
}

func exportQuestion(q *lens.Question) Question {
	out := Question{
		ID: Says(orElse(q.WA.ID, waID(q.ID))), Title: Says(q.Title), Description: Maybe(q.Description),
		HelpfulResource: resourceOf(q.Help, linkFor(q.Resources, lens.ForHelp)),
	}
	ids := idsOf(q)
	out.RiskRules = []RiskRule{}
	for _, r := range q.Rules {
		out.RiskRules = append(out.RiskRules, RiskRule{Condition: Says(ids.tool(r.When)), Risk: Says(strings.ToUpper(string(riskWord(r.Risk))) + "_RISK")})
	}
	return out
}

// riskWord is the word for a risk in the JSON: no, medium, high.
func riskWord(r lens.RuleRisk) lens.RuleRisk {
	if r == lens.RuleNone {
		return "no"
	}
	return r
}

func exportPractice(p *lens.Practice) Choice {
	c := Choice{ID: Says(choiceID(p)), Title: Says(p.Title)}
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
		out := Resources{Type: Says(group.kind)}
		for _, r := range group.list {
			out.Content = append(out.Content, Resource{DisplayText: Maybe(r.Title), URL: Maybe(r.URL)})
		}
		c.AdditionalResources = append(c.AdditionalResources, out)
	}
	return c
}

func exportNone(q *lens.Question) Choice {
	return Choice{ID: Says(q.None), Title: Says(noneTitle(q.NoneChoice.Title))}
}

// choiceID is the id of a best practice in the WA Tool.
func choiceID(p *lens.Practice) string { return orElse(p.WA.ID, waID(p.ID)) }

// idsOf pairs the ids of a question's choices.
func idsOf(q *lens.Question) choiceIDs {
	var ids choiceIDs
	for i := range q.Practices {
		ids.add(choiceID(&q.Practices[i]), q.Practices[i].ID)
	}
	return ids
}

func resourceOf(text, url string) *Resource {
	if text == "" && url == "" {
		return nil
	}
	return &Resource{DisplayText: Maybe(text), URL: Maybe(url)}
}

// howText is the steps as one text, numbered where there are several.
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
	if i := slices.IndexFunc(list, func(r lens.Resource) bool { return r.For == place }); i >= 0 {
		return list[i].URL
	}
	return ""
}

func byPlace(list []lens.Resource, place lens.Place) []lens.Resource {
	var out []lens.Resource
	for _, r := range list {
		if r.For == place {
			out = append(out, r)
		}
	}
	return out
}

// houseQuestion gives a question of a lens that promises its cards the same in
// plain words.
func (x *exporter) houseQuestion(q *lens.Question, out *Question) {
	out.Title, out.Description = x.fit.title(out.Title), x.fit.description(out.Description)
	if out.HelpfulResource == nil && q.Ask != q.Title {
		out.HelpfulResource = resourceOf(x.fit.text(q.Ask), x.lens.Source)
	}
}

// housePractice puts the texts of a card within the limits.
func (x *exporter) housePractice(p *lens.Practice, out *Choice) {
	out.Title = x.fit.title(out.Title)
	if h := out.HelpfulResource; h != nil {
		why := p.Why
		if len(p.Evidence) > 0 {
			why += "\n\nAsk to be shown: " + strings.Join(p.Evidence, "; ") + "."
		}
		h.DisplayText = Says(x.fit.text(why))
	}
	if plan := out.ImprovementPlan; plan != nil {
		plan.DisplayText = Says(x.fit.text(plan.DisplayText.Value))
	}
	for i := range out.AdditionalResources {
		a := &out.AdditionalResources[i]
		a.Content = a.Content[:min(len(a.Content), MaxResources)]
	}
}
