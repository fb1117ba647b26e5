package customlens

import (
	"strings"
	"unicode"

	"github.com/iotlens/iotlens/internal/lens"
)

// What the bank says of an object of the JSON, as it is imported. Export holds
// it against the bank to see whether somebody has changed it since.

type lensText struct{ name, description string }

func lensTexts(w *Lens) lensText {
	return lensText{orElse(plainText(w.Name.Value), "Custom lens"), plainText(w.Description.Value)}
}

type questionText struct {
	title, description, help string
	resources                []lens.Resource
	rules                    []lens.Rule
}

func questionTexts(w *Question, id string, ids choiceIDs) questionText {
	t := questionText{title: orElse(plainText(w.Title.Value), id), description: plainText(w.Description.Value)}
	if h := w.HelpfulResource; h != nil {
		t.help = plainText(h.DisplayText.Value)
		t.resources = link(t.resources, lens.ForHelp, helpful, *h)
	}
	for _, r := range w.RiskRules {
		rule := lens.Rule{When: ids.bank(plainText(r.Condition.Value))}
		if risk, ok := ParseRisk(r.Risk.Value); ok {
			rule.Risk = lens.RuleRisk(strings.ToLower(risk.String()))
		}
		t.rules = append(t.rules, rule)
	}
	return t
}

type choiceText struct {
	title, why string
	how        []lens.HowStep
	resources  []lens.Resource
}

// The titles of links that have none in the JSON: their text is elsewhere.
const (
	helpful     = "Helpful resource"
	improvement = "Improvement plan"
)

func choiceTexts(c *Choice, id string) choiceText {
	t := choiceText{title: orElse(plainText(c.Title.Value), id)}
	if h := c.HelpfulResource; h != nil {
		t.why = plainText(h.DisplayText.Value)
		t.resources = link(t.resources, lens.ForHelp, helpful, *h)
	}
	if p := c.ImprovementPlan; p != nil {
		if do := plainText(p.DisplayText.Value); strings.TrimSpace(do) != "" {
			t.how = []lens.HowStep{{Do: do}}
		}
		t.resources = link(t.resources, lens.ForPlan, improvement, *p)
	}
	for _, group := range c.AdditionalResources {
		place := lens.ForMoreHelp
		if group.Type.Value == PlanType {
			place = lens.ForMorePlan
		}
		for _, r := range group.Content {
			title, url := plainText(r.DisplayText.Value), plainText(r.URL.Value)
			if strings.TrimSpace(title) != "" && url == "" || lens.Link(url, false) {
				t.resources = append(t.resources, lens.Resource{Title: title, URL: url, For: place})
			}
		}
	}
	return t
}

// link adds the link of a resource where it is one that can be shown.
func link(list []lens.Resource, place lens.Place, title string, r Resource) []lens.Resource {
	if url := plainText(r.URL.Value); lens.Link(url, false) {
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
	s = strings.ReplaceAll(strings.ToValidUTF8(s, ""), "\r\n", "\n")
	s = strings.Map(func(r rune) rune {
		if unicode.IsControl(r) && r != '\n' && r != '\t' {
			return -1
		}
		return r
	}, s)
	return strings.TrimRight(s, "\n")
}

// plain tells whether a bank holds a text as it is.
func plain(s string) bool {
	return !strings.HasSuffix(s, "\n") && !strings.ContainsFunc(s, func(r rune) bool {
		return unicode.IsControl(r) && r != '\n' && r != '\t'
	})
}

// choiceIDs are the ids of the choices of a question, in the WA Tool and here.
type choiceIDs struct {
	list   []string          // here, in order
	toHere map[string]string // of ids that are there twice, the first counts
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

// bank writes a condition with the ids of the bank.
func (ids choiceIDs) bank(condition string) string { return renamed(condition, ids.toHere) }

// tool writes a condition with the ids of the WA Tool.
func (ids choiceIDs) tool(condition string) string { return renamed(condition, ids.toTool) }

// renamed puts other ids into a condition and leaves the rest as it is written.
func renamed(condition string, to map[string]string) string {
	var b strings.Builder
	for rest := condition; rest != ""; {
		n := strings.IndexFunc(rest, func(r rune) bool { return !idRune(r) })
		if n < 0 {
			n = len(rest)
		}
		if n == 0 {
			n = strings.IndexFunc(rest, idRune)
			if n < 0 {
				n = len(rest)
			}
			b.WriteString(rest[:n])
			rest = rest[n:]
			continue
		}
		if id, ok := to[rest[:n]]; ok {
			b.WriteString(id)
		} else {
			b.WriteString(rest[:n])
		}
		rest = rest[n:]
	}
	return b.String()
}

func idRune(r rune) bool {
	return r == '_' || r == '-' || r >= '0' && r <= '9' || r >= 'A' && r <= 'Z' || r >= 'a' && r <= 'z'
}
