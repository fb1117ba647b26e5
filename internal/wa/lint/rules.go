package lint

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/iotlens/iotlens/internal/jsonfile"
	"github.com/iotlens/iotlens/internal/rules"
	"github.com/iotlens/iotlens/internal/suggest"
	"github.com/iotlens/iotlens/internal/wa/customlens"
)

// maxLooked is up to how many choices and rules a question is looked at closely: many
// times what AWS takes.
const maxLooked = 100

// rules looks at the rules of a question as they are written, and where all of
// them can be read, at what they come to.
func (l *linter) rules(what string, q *customlens.Question) {
	if len(q.RiskRules) > maxLooked || len(q.Choices) > maxLooked {
		return // far too many, which was said
	}
	sound := len(q.RiskRules) > 0
	var set []rules.Rule
	var defaults []int
	given := map[rules.Risk]int{}
	for i := range q.RiskRules {
		r := &q.RiskRules[i]
		here := fmt.Sprintf("%s, rule %d", what, i+1)
		l.extra("a rule", r.Extra, "condition", "risk")
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
			l.find(levelTwice, r.Risk.At, "%s gives %s, as rule %d does", here, r.Risk.Value, first+1)
		} else {
			given[rule.Risk] = i
		}
		set = append(set, rule)
	}
	last := len(q.RiskRules) - 1
	switch {
	case last < 0:
	case len(defaults) == 0 && sound:
		l.find(noDefault, q.RiskRules[last].Condition.At, "%s has no default rule after its last", what)
	case len(defaults) > 1:
		l.find(severalDefaults, q.RiskRules[defaults[1]].Condition.At, "%s has %d default rules; the first always holds", what, len(defaults))
	case len(defaults) == 1 && defaults[0] < last:
		l.find(defaultNotLast, q.RiskRules[defaults[0]].Condition.At, "%s: default always holds, so that the rules after it are never tried", what)
	}
	if sound {
		l.prove(what, q, set, defaults)
	}
}

func (l *linter) risk(here string, r *customlens.RiskRule) (rules.Risk, bool) {
	if !l.required(here, "risk", r.Risk, r.At, r.Extra) {
		return 0, false
	}
	risk, ok := customlens.ParseRisk(r.Risk.Value)
	if !ok {
		l.find(unknownRisk, r.Risk.At, "%s: unknown risk %s%s", here, quoted(r.Risk.Value), insteadOf(r.Risk.Value, customlens.Risks()))
	}
	return risk, ok
}

// condition parses a condition and looks at how it is written.
func (l *linter) condition(here string, q *customlens.Question, r *customlens.RiskRule) (*rules.Expr, bool) {
	if !l.required(here, "condition", r.Condition, r.At, r.Extra) {
		return nil, false
	}
	t := r.Condition
	e, err := rules.Parse(t.Value)
	var syntax *rules.SyntaxError
	if errors.As(err, &syntax) {
		at := byteOf(t.Value, syntax.Column)
		l.find(badCondition, l.within(t, at, min(at+1, len(t.Value))), "%s: the condition %s breaks at column %d: %s", here, quoted(t.Value), syntax.Column, syntax.Text)
		return nil, false
	}
	l.conditionBlanks(here, t)
	if e == nil {
		return nil, true
	}
	var choices []string
	for i := range q.Choices {
		choices = append(choices, q.Choices[i].ID.Value)
	}
	told := map[string]bool{}
	for _, w := range words(t.Value) {
		id := t.Value[w.From:w.To]
		if slices.Contains(choices, id) || told[id] {
			continue
		}
		told[id] = true
		l.find(unknownChoice, l.within(t, w.From, w.To), "%s names %s, which is no choice of the question%s", here, cut(id), suggest.DidYouMean(id, choices))
	}
	if again, ok := e.Repeated(); ok {
		l.find(repeatedOperand, t.At, "%s: the condition %s says %s twice", here, quoted(t.Value), cut(again.String()))
	}
	if mixed(t.Value) {
		l.find(precedence, t.At, "%s: the condition %s mixes && and || without parentheses", here, quoted(t.Value))
	}
	return e, true
}

// byteOf is where a column of characters, from 1, begins.
func byteOf(s string, column int) int {
	for i := range s {
		if column--; column == 0 {
			return i
		}
	}
	return len(s)
}

// words are the ids in a condition.
func words(condition string) []jsonfile.Span {
	var out []jsonfile.Span
	from := -1
	for i := 0; i <= len(condition); i++ {
		if i < len(condition) && (letter(condition[i]) || condition[i] >= '0' && condition[i] <= '9' || condition[i] == '_' || condition[i] == '-') {
			if from < 0 {
				from = i
			}
			continue
		}
		if from >= 0 {
			out = append(out, jsonfile.Span{From: from, To: i})
			from = -1
		}
	}
	return out
}

// mixed tells whether && and || stand side by side in one pair of parentheses.
func mixed(condition string) bool {
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

func (l *linter) conditionBlanks(here string, t customlens.Text) {
	for i, r := range t.Value {
		if unicode.IsSpace(r) && !strings.ContainsRune(" \t\r\n", r) {
			f := l.find(oddBlank, l.within(t, i, i+utf8.RuneLen(r)), "%s has the white space %U in its condition", here, r)
			f.Mend = &Mend{here + ": wrote plain blanks in the condition", []Edit{{t.At, encoded(plainBlanks(t.Value))}}}
			return
		}
	}
	if kept := strings.TrimSpace(t.Value); kept != t.Value || strings.Contains(kept, "  ") {
		f := l.find(conditionBlanks, t.At, "%s: the condition %s has blanks that mean nothing", here, quoted(t.Value))
		f.Mend = &Mend{here + ": removed needless blanks in the condition", []Edit{{t.At, encoded(fewBlanks(kept))}}}
	}
}

func plainBlanks(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) && !strings.ContainsRune("\t\r\n", r) {
			return ' '
		}
		return r
	}, s)
}

func fewBlanks(s string) string {
	for strings.Contains(s, "  ") {
		s = strings.ReplaceAll(s, "  ", " ")
	}
	return s
}

// insteadOf ends the sentence about a word that there isn't: with the one that was
// probably meant, or with all.
func insteadOf(word string, known []string) string {
	for _, k := range known {
		if strings.EqualFold(k, word+"_RISK") {
			return fmt.Sprintf(", did you mean %q?", k)
		}
	}
	if s := suggest.DidYouMean(word, known); s != "" {
		return s
	}
	return "; known: " + strings.Join(known, ", ")
}
