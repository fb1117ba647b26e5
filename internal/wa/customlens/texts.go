package customlens

import (
	"strings"

	"github.com/iotlens/iotlens/internal/lens"
	"github.com/iotlens/iotlens/internal/text"
)

// The functions below return the fields of a lens, a question or a practice that an import
// takes from a JSON object. Export compares them with the bank to see whether the bank was
// edited after the import.

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

// Titles of links that have no title in the JSON.
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

// link adds the link of a resource if it is a valid http or https link.
func link(list []lens.Resource, place lens.Place, title string, r Resource) []lens.Resource {
	if url := plainText(r.URL.Value); lens.IsLink(url, false) {
		list = append(list, lens.Resource{Title: title, URL: url, For: place})
	}
	return list
}

// noneTitle returns the title of the choice "None of these", or the default one if s is
// blank.
func noneTitle(s string) string { return orElse(plainText(s), lens.NoneOfThese) }

func orElse(s, fallback string) string {
	if strings.TrimSpace(s) == "" {
		return fallback
	}
	return s
}

// plainText makes a text valid in a bank: without control characters other than line
// breaks and tabs, and without a trailing line break.
func plainText(s string) string {
	if plain(s) {
		return s
	}
	return strings.TrimRight(text.StripControl(strings.ToValidUTF8(s, "")), "\n")
}

// plain reports whether plainText would leave a text unchanged.
func plain(s string) bool {
	return !strings.HasSuffix(s, "\n") && text.IndexControl(s) < 0
}

// choiceIDs maps the ids of the choices of a question between the WA Tool and the bank.
type choiceIDs struct {
	list   []string          // in the bank, in order
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

// renamed replaces ids in a condition and leaves the rest of it unchanged.
func renamed(condition string, to map[string]string) string {
	return IDs().ReplaceAllStringFunc(condition, func(id string) string {
		if other, ok := to[id]; ok {
			return other
		}
		return id
	})
}
