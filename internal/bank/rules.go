package bank

import (
	"cmp"
	"slices"
	"strings"

	"github.com/iotlens/iotlens/internal/lens"
	"github.com/iotlens/iotlens/internal/rules"
	"github.com/iotlens/iotlens/internal/suggest"
)

// checkRules checks the risk rules of a question; their overall effect only if each rule is
// valid.
func (c *checker) checkRules(q *lens.Question, s source) {
	ids := q.PracticeIDs()
	set, sound := c.parseRules(q, ids, s)
	if len(ids) > rules.MaxChoices {
		c.report(s.doc, []any{"practices"}, "%s has %d best practices; a question has at most %d", q.ID, len(ids), rules.MaxChoices)
		sound = false
	}
	if !sound || len(ids) == 0 {
		return
	}
	all := func(id string) rules.State {
		if id == q.None {
			return rules.NotSelected
		}
		return rules.Selected
	}
	if risk, _ := rules.Eval(set, all); risk != rules.None && c.lens.Promised(lens.Rules) {
		c.report(s.doc, []any{"rules"}, "with everything implemented the risk is %s; it should be none", strings.ToLower(risk.String()))
	}
	if !q.AWS() { // some of AWS's rules do, which scoring handles
		if id, ok := raisesRisk(set, ids); ok {
			c.report(s.doc, []any{"rules"}, "implementing %s can raise the risk", id)
		}
	}
}

// parseRules parses and checks the rules one by one; sound is false if it reported a problem.
func (c *checker) parseRules(q *lens.Question, ids []string, s source) (set []rules.Rule, sound bool) {
	before := len(c.problems)
	c.requireText(s, "rules.*.risk", "rules.*.when")
	hasDefault, promised := false, c.lens.Promised(lens.Rules)
	for i, r := range q.Rules {
		if strings.TrimSpace(r.When) == "" {
			continue
		}
		rule, err := rules.ParseRule(r.When, string(cmp.Or(r.Risk, lens.RuleNone)))
		if err != nil {
			c.report(s.doc, []any{"rules", i, "when"}, "the condition %q has a syntax error at %v", r.When, err)
			continue
		}
		set = append(set, rule)
		if rule.When == nil {
			hasDefault = true
			if i < len(q.Rules)-1 && promised {
				c.report(s.doc, []any{"rules", i}, "default comes last: the rules below it are never reached")
			}
			continue
		}
		for _, id := range rule.When.IDs() {
			if !slices.Contains(ids, id) && promised {
				c.report(s.doc, []any{"rules", i, "when"}, "the rule names %s, which is not a best practice of %s%s", id, q.ID, suggest.DidYouMean(id, ids))
			}
		}
	}
	if !hasDefault && promised {
		c.report(s.doc, []any{"rules"}, "%s has no rule {when: default}, which must come last", q.ID)
	}
	return set, len(c.problems) == before
}

// raisesRisk returns a best practice whose implementation raises the risk of some answer.
func raisesRisk(set []rules.Rule, ids []string) (string, bool) {
	parts := rules.Analyse(set, ids, "")
	for i, p := range parts.Choices {
		if p.RaisesRisk || p.Alone.OK && parts.NoneSelected.OK && p.Alone.Risk > parts.NoneSelected.Risk {
			return ids[i], true
		}
	}
	return "", false
}
