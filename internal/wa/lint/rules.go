package lint

import (
	"cmp"
	"errors"
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/iotlens/iotlens/internal/rules"
	"github.com/iotlens/iotlens/internal/suggest"
	"github.com/iotlens/iotlens/internal/text"
	"github.com/iotlens/iotlens/internal/wa/customlens"
)

// maxProven limits the choices and rules of a question whose rules are checked. It is well
// above the limits of AWS.
const maxProven = 100

// rules checks the rules of a question one by one and, if all are valid, over every answer.
func (l *linter) rules(what string, q *customlens.Question) {
	if len(q.RiskRules) > maxProven || len(q.Choices) > maxProven {
		return // tooMany was reported
	}
	sound := len(q.RiskRules) > 0
	var set []rules.Rule
	var defaults []int
	given := map[rules.Risk]int{}
	for i := range q.RiskRules {
		r := &q.RiskRules[i]
		here := fmt.Sprintf("%s, rule %d", what, i+1)
		l.unknownFields("a rule", r)
		rule := rules.Rule{}
		var ok bool
		if rule.When, ok = l.condition(here, q, r); !ok {
			sound = false
		} else if rule.When == nil {
			defaults = append(defaults, i)
		}
		if rule.Risk, ok = l.risk(here, r); !ok {
			sound = false
		} else if first, again := given[rule.Risk]; again {
			l.report(repeatedRisk, r.Risk.At, "%s gives %s, like rule %d", here, r.Risk.Value, first+1)
		} else {
			given[rule.Risk] = i
		}
		set = append(set, rule)
	}
	last := len(q.RiskRules) - 1
	switch {
	case last < 0:
	case len(defaults) == 0 && sound:
		l.report(noDefault, q.RiskRules[last].Condition.At, "%s has no default rule at its end", what)
	case len(defaults) > 1:
		l.report(severalDefaults, q.RiskRules[defaults[1]].Condition.At, "%s has %d default rules; the first always matches", what, len(defaults))
	case len(defaults) == 1 && defaults[0] < last:
		l.report(defaultNotLast, q.RiskRules[defaults[0]].Condition.At, "%s: default always matches; the rules after it are never tried", what)
	}
	if sound {
		l.prove(what, q, set, defaults)
	}
}

func (l *linter) risk(here string, r *customlens.RiskRule) (rules.Risk, bool) {
	if !l.required(here, "risk", r.Risk, &r.ObjectMeta) {
		return 0, false
	}
	risk, ok := customlens.ParseRisk(r.Risk.Value)
	if !ok {
		l.report(unknownRisk, r.Risk.At, "%s: unknown risk %s%s", here, quoted(r.Risk.Value), hint(r.Risk.Value, customlens.Risks()))
	}
	return risk, ok
}

// condition parses and checks a condition.
func (l *linter) condition(here string, q *customlens.Question, r *customlens.RiskRule) (*rules.Expr, bool) {
	if !l.required(here, "condition", r.Condition, &r.ObjectMeta) {
		return nil, false
	}
	t := r.Condition
	e, err := rules.Parse(t.Value)
	var syntax *rules.SyntaxError
	if errors.As(err, &syntax) {
		at := byteOf(t.Value, syntax.Column)
		l.report(badCondition, l.within(t, at, min(at+1, len(t.Value))), "%s: syntax error in the condition %s at column %d: %s", here, quoted(t.Value), syntax.Column, syntax.Text)
		return nil, false
	}
	l.conditionSpace(here, t)
	if e == nil {
		return nil, true
	}
	var choices []string
	for i := range q.Choices {
		choices = append(choices, q.Choices[i].ID.Value)
	}
	known := map[string]bool{}
	for _, id := range choices {
		known[id] = true
	}
	for _, at := range customlens.IDs().FindAllStringIndex(t.Value, -1) {
		id := t.Value[at[0]:at[1]]
		if known[id] {
			continue
		}
		known[id] = true // reported once
		l.report(unknownChoice, l.within(t, at[0], at[1]), "%s names %s, which is not a choice of the question%s", here, truncate(id, maxID), suggest.DidYouMean(id, choices))
	}
	if again, ok := e.Repeated(); ok {
		l.report(repeatedOperand, t.At, "%s: the condition %s has %s twice", here, quoted(t.Value), truncate(again.String(), maxID))
	}
	if mixesOperators(t.Value) {
		l.report(precedence, t.At, "%s: the condition %s mixes && and || without parentheses", here, quoted(t.Value))
	}
	return e, true
}

// byteOf returns the byte offset of a column, which counts characters from 1.
func byteOf(s string, column int) int {
	for i := range s {
		if column--; column == 0 {
			return i
		}
	}
	return len(s)
}

// mixesOperators reports whether a condition has && and || at the same level of parentheses.
func mixesOperators(condition string) bool {
	type signs struct{ and, or bool }
	stack := []signs{{}}
	for i := range len(condition) {
		switch top := &stack[len(stack)-1]; {
		case condition[i] == '(':
			stack = append(stack, signs{})
		case condition[i] == ')' && len(stack) > 1:
			stack = stack[:len(stack)-1]
		case condition[i] == '&':
			top.and = true
		case condition[i] == '|':
			top.or = true
		}
		if top := stack[len(stack)-1]; top.and && top.or {
			return true
		}
	}
	return false
}

func (l *linter) conditionSpace(here string, t customlens.Text) {
	for i, r := range t.Value {
		if unusualSpace(r) {
			f := l.report(unusualSpaces, l.within(t, i, i+utf8.RuneLen(r)), "%s has the white space %U in its condition", here, r)
			f.Fix = &SuggestedFix{here + ": replaced unusual white space in the condition", []Edit{{t.At, customlens.Quote(plainSpace(t.Value))}}}
			return
		}
	}
	if kept := manyBlanks().ReplaceAllString(strings.TrimSpace(t.Value), " "); kept != t.Value {
		f := l.report(conditionSpace, t.At, "%s: the condition %s has unneeded white space", here, quoted(t.Value))
		f.Fix = &SuggestedFix{here + ": removed unneeded white space in the condition", []Edit{{t.At, customlens.Quote(kept)}}}
	}
}

var manyBlanks = text.Pattern("  +")

// unusualSpace reports whether a character is white space other than a space, a tab or a
// line break.
func unusualSpace(r rune) bool { return unicode.IsSpace(r) && !strings.ContainsRune(" \t\r\n", r) }

// plainSpace replaces unusual white space by spaces.
func plainSpace(s string) string {
	return strings.Map(func(r rune) rune {
		if unusualSpace(r) {
			return ' '
		}
		return r
	}, s)
}

// hint returns the end of a message about an unknown word: the probably intended one, or
// all known ones.
func hint(word string, known []string) string {
	for _, k := range known {
		if strings.EqualFold(k, word+"_RISK") {
			return fmt.Sprintf(", did you mean %q?", k)
		}
	}
	return cmp.Or(suggest.DidYouMean(word, known), "; known: "+strings.Join(known, ", "))
}
