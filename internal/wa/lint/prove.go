package lint

import (
	"slices"
	"strings"

	"github.com/iotlens/iotlens/internal/rules"
	"github.com/iotlens/iotlens/internal/wa/customlens"
)

// prove reports findings that hold over every answer to a question.
func (l *linter) prove(what string, q *customlens.Question, set []rules.Rule, defaults []int) {
	practices, none := l.noneIDs(q)
	if len(practices)+len(none) == 0 || len(practices)+len(none) < len(q.Choices) {
		return // missing or duplicate ids were reported
	}
	p, ok := rules.Prove(set, practices, none)
	if !ok {
		return // tooMany was reported
	}
	l.reachable(what, q, set, &p, defaults)
	l.ineffective(what, q, set, &p, practices)
	at := idOrStart(q.ID, q.At)
	if p.NoRule.By >= rules.OnlyMixed {
		l.report(noMatch, at, "%s: no rule matches the answer %s", what, answer(p.NoRule.Example))
	}
	if s := p.Raises; s != nil {
		l.report(risksRise, at, "%s: adding %s to the answer %s raises the risk from %s to %s",
			what, s.Practice, answer(s.Before), customlens.RiskName(s.From), customlens.RiskName(s.To))
	}
	if len(practices) > 0 && p.AllSelected.OK && p.AllSelected.Risk != rules.None {
		l.report(notEnough, at, "%s: the risk with every practice selected is %s", what, customlens.RiskName(p.AllSelected.Risk))
	}
	for _, n := range p.NoneAlone {
		if n.OK && p.Worst.OK && n.Risk < p.Worst.Risk && len(l.unwanted) == 0 {
			l.report(noneIsBetter, at, "%s: %s alone is %s, but the answer %s is %s",
				what, answer(n.Answer), customlens.RiskName(n.Risk), answer(p.Worst.Answer), customlens.RiskName(p.Worst.Risk))
			break
		}
	}
	if l.unsuffixed != nil {
		l.unsuffixed.Fix = l.addSuffix(what, q, &p)
	}
	if p.IgnoresNone && len(l.unwanted) == 0 {
		l.ignoringNone = append(l.ignoringNone, q)
	}
}

// reachable reports risks and rules that no answer reaches.
func (l *linter) reachable(what string, q *customlens.Question, set []rules.Rule, p *rules.Proof, defaults []int) {
	reached := func(r rules.Risk) bool { return p.Risks[r].By == rules.Valid }
	var lost []string
	first := -1
	for i, r := range set {
		switch {
		case !reached(r.Risk):
			if name := customlens.RiskName(r.Risk) + l.exception(p.Risks[r.Risk]); !slices.Contains(lost, name) {
				lost = append(lost, name)
			}
			if first < 0 {
				first = i
			}
		case p.Rules[i].By != rules.Valid && (len(defaults) == 0 || i <= defaults[0]):
			l.report(unreachableRule, q.RiskRules[i].Condition.At, "%s, rule %d matches no answer%s", what, i+1, l.exception(p.Rules[i]))
		}
	}
	if len(lost) > 0 {
		l.report(unreachableRisk, q.RiskRules[first].Risk.At, "%s: no answer has the risk %s", what, strings.Join(lost, ", or "))
	}
	switch {
	case reached(rules.None) && !reached(rules.Medium) && !reached(rules.High):
		l.report(onlyNoRisk, idOrStart(q.ID, q.At), "%s: every answer is %s", what, customlens.RiskName(rules.None))
	case !reached(rules.High):
		l.report(neverHigh, idOrStart(q.ID, q.At), "%s: no answer is %s", what, customlens.RiskName(rules.High))
	}
}

func (l *linter) exception(r rules.Reach) string {
	switch r.By {
	case rules.OnlyMixed:
		return " (except " + answer(r.Example) + ", which selects " + l.contradiction() + ")"
	case rules.OnlyEmpty:
		return " (except the empty one, which is UNANSWERED)"
	}
	return ""
}

// contradiction names the combination of choices that no reviewer should select.
func (l *linter) contradiction() string {
	if len(l.unwanted) > 0 {
		return "both Yes and No"
	}
	return "None of these with others"
}

// ineffective reports choices that no rule names, and those that never change the risk.
func (l *linter) ineffective(what string, q *customlens.Question, set []rules.Rule, p *rules.Proof, practices []string) {
	named := map[string]bool{}
	for _, r := range set {
		if r.When != nil {
			for _, id := range r.When.IDs() {
				named[id] = true
			}
		}
	}
	for i := range q.Choices {
		c := &q.Choices[i]
		switch id := c.ID.Value; {
		case !slices.Contains(practices, id):
		case !named[id]:
			l.report(unused, c.ID.At, "%s: no rule names the choice %s", what, truncate(id, maxID))
		case slices.Contains(p.Ineffective, id):
			l.report(ineffective, c.ID.At, "%s: the choice %s makes no difference to any answer", what, truncate(id, maxID))
		}
	}
}

// answer shows the selected choices of an answer.
func answer(ids []string) string {
	if len(ids) == 0 {
		return "with nothing selected"
	}
	const most = 6
	if len(ids) > most {
		return strings.Join(ids[:most], " + ") + " + …"
	}
	return strings.Join(ids, " + ")
}
