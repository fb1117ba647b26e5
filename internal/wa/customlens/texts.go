package customlens

import (
	"strings"

	"github.com/iotlens/iotlens/internal/lens"
	"github.com/iotlens/iotlens/internal/text"
)

// The fields of a lens, a question or a practice that an import takes from an object
// of the JSON. Export compares them with the bank to see whether it was edited since.

func lensTexts(w *Lens) (name, description string) {
	return orElse(plainText(w.Name.Value), "Custom lens"), plainText(w.Description.Value)
}

func questionTexts(w *Question, id string, ids choiceIDs) lens.Question {
	q := lens.Question{ID: id, Title: orElse(plainText(w.Title.Value), id), Description: plainText(w.Description.Value)}
	if h := w.HelpfulResource; h != nil {
		q.Help = plainText(h.DisplayText.Value)
		q.Resources = link(q.Resources, lens.ForHelp, helpful, *h)
	}
	for _, r := range w.RiskRules {
		rule := lens.Rule{When: renamed(plainText(r.Condition.Value), ids.toHere)}
		if risk, ok := ParseRisk(r.Risk.Value); ok {
			rule.Risk = lens.RuleRisk(strings.ToLower(risk.String()))
		}
		q.Rules = append(q.Rules, rule)
	}
	return q
}

// The titles of links that have none in the JSON: their text is elsewhere.
const (
	helpful     = "Helpful resource"
	improvement = "Improvement plan"
)

func choiceTexts(c *Choice, id string) lens.Practice {
	p := lens.Practice{ID: id, Title: orElse(plainText(c.Title.Value), id)}
	if h := c.HelpfulResource; h != nil {
		p.Why = plainText(h.DisplayText.Value)
		p.Resources = link(p.Resources, lens.ForHelp, helpful, *h)
	}
	if plan := c.ImprovementPlan; plan != nil {
		if do := plainText(plan.DisplayText.Value); strings.TrimSpace(do) != "" {
			p.How = []lens.HowStep{{Do: do}}
		}
		p.Resources = link(p.Resources, lens.ForPlan, improvement, *plan)
	}
	for _, group := range c.AdditionalResources {
		place := lens.ForMoreHelp
		if group.Type.Value == PlanType {
			place = lens.ForMorePlan
		}
		for _, r := range group.Content {
			title, url := plainText(r.DisplayText.Value), plainText(r.URL.Value)
			if strings.TrimSpace(title) != "" && url == "" || lens.IsLink(url, false) {
				p.Resources = append(p.Resources, lens.Resource{Title: title, URL: url, For: place})
			}
		}
	}
	return p
}

// link adds the link of a resource where it is one that can be shown.
func link(list []lens.Resource, place lens.Place, title string, r Resource) []lens.Resource {
	if url := plainText(r.URL.Value); lens.IsLink(url, false) {
		list = append(list, lens.Resource{Title: title, URL: url, For: place})
	}
	return list
}

// noneTitle is what the choice "None of these" is called.
func noneTitle(s string) string { return orElse(plainText(s), lens.NoneOfThese) }

func orElse(s, other string) string {
	if strings.TrimSpace(s) == "" {
		return other
	}
	return s
}

// plainText is a text as a bank can hold it: no control characters but line
// breaks and tabs, and no line break at the end.
func plainText(s string) string {
	if plain(s) {
		return s
	}
	return strings.TrimRight(text.StripControl(strings.ToValidUTF8(s, "")), "\n")
}

// plain reports whether a bank can hold a text as it is.
func plain(s string) bool {
	return !strings.HasSuffix(s, "\n") && text.IndexControl(s) < 0
}

// choiceIDs are the ids of the choices of a question, in the WA Tool and here.
type choiceIDs struct {
	list   []string          // here, in order
	toHere map[string]string // of duplicate ids, the first counts
	toTool map[string]string
}

func (ids *choiceIDs) add(wa, here string) {
	if ids.toHere == nil {
		ids.toHere, ids.toTool = map[string]string{}, map[string]string{}
	}
	ids.list = append(ids.list, here)
	if _, again := ids.toHere[wa]; !again {
		ids.toHere[wa] = here
	}
	ids.toTool[here] = wa
}

// renamed replaces ids in a condition and leaves the rest as it is written.
func renamed(condition string, to map[string]string) string {
	return IDs.ReplaceAllStringFunc(condition, func(id string) string {
		if other, ok := to[id]; ok {
			return other
		}
		return id
	})
}
