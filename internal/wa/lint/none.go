package lint

import (
	"fmt"
	"slices"
	"strings"

	"github.com/iotlens/iotlens/internal/rules"
	"github.com/iotlens/iotlens/internal/wa/customlens"
)

// isNone reports whether the WA Tool treats a choice as None of these.
func isNone(c *customlens.Choice) bool { return strings.HasSuffix(c.ID.Value, customlens.NoneSuffix) }

// beginsWithNone reports whether a title begins with the word none in one of the languages
// of published lenses.
func beginsWithNone(title string) bool {
	words := strings.Fields(strings.ToLower(title))
	return len(words) > 0 && slices.Contains(noneWords[:], strings.Trim(words[0], ".,:;"))
}

var noneWords = [...]string{
	"none", "aucun", "aucune", "keine", "keiner", "keines", "keins", "ninguna", "ninguno", "nenhuma", "nenhum", "nessuna", "nessuno",
	"nessun", "geen", "ingen", "inget",
}

// noneChoices checks the choices that are or should be None of these.
func (l *linter) noneChoices(what string, q *customlens.Question) {
	var marked, titled []*customlens.Choice
	l.unsuffixed, l.unwanted = nil, customlens.UnwantedChoices(q)
	for i := range q.Choices {
		c := &q.Choices[i]
		switch {
		case isNone(c):
			marked = append(marked, c)
			if t := c.Title.Value; t != "" && !beginsWithNone(t) && !customlens.IsNoneTitle(t) && len(l.unwanted) == 0 {
				l.report(suffixWithoutNone, c.ID.At, "%s: the id %s ends in _no, but the title is %s; the tool takes it for None of these",
					what, truncate(c.ID.Value, maxID), quoted(c.Title.Value))
			}
		case c.ID.Value != "" && customlens.SaysNone(q, c):
			titled = append(titled, c)
		}
	}
	for _, c := range titled {
		f := l.report(noneWithoutSuffix, idOrStart(c.ID, c.At), "%s: the choice %s is titled %s, but its id does not end in _no",
			what, truncate(c.ID.Value, maxID), quoted(c.Title.Value))
		if len(titled) == 1 && len(marked) == 0 {
			l.unsuffixed = f
		}
	}
	all := slices.Concat(marked, titled)
	if len(all) > 1 {
		l.report(severalNones, idOrStart(all[1].ID, all[1].At), "%s has %d choices for None of these", what, len(all))
	}
	nameless := slices.ContainsFunc(q.Choices, func(c customlens.Choice) bool { return c.ID.Value == "" })
	switch {
	case len(q.Choices) == 0 || nameless:
	case len(all) == len(q.Choices):
		l.report(onlyNone, idOrStart(q.ID, q.At), "%s has no choice but None of these", what)
	case len(l.unwanted) > 0:
		l.report(exclusive, idOrStart(q.ID, q.At), "%s asks for Yes or No, which exclude each other; the tool lets reviewers select both", what)
	case len(all) == 0:
		l.report(noNone, idOrStart(q.ID, q.At), "%s has no choice None of these", what)
	}
}

// addSuffix returns the fix that adds the suffix to the id of None of these, also in the
// rules. It returns nil if a rule needs None of these together with a practice, since the
// console excludes that for an id with the suffix.
func (l *linter) addSuffix(what string, q *customlens.Question, p *rules.Proof) *SuggestedFix {
	if slices.ContainsFunc(p.Rules, func(r rules.Reach) bool { return r.By == rules.OnlyMixed }) {
		return nil
	}
	at := slices.IndexFunc(q.Choices, func(c customlens.Choice) bool { return customlens.SaysNone(q, &c) })
	c := &q.Choices[at]
	id := c.ID.Value + customlens.NoneSuffix
	if !validID(c.ID.Value) || len(id) > maxID || !l.literal(c.ID) {
		return nil
	}
	for i := range q.Choices {
		if o := &q.Choices[i]; o.ID.Value == id || o != c && o.ID.Value == c.ID.Value {
			return nil
		}
	}
	edits := []Edit{{l.within(c.ID, len(c.ID.Value), len(c.ID.Value)), customlens.NoneSuffix}}
	for i := range q.RiskRules {
		condition := q.RiskRules[i].Condition
		for _, at := range customlens.IDs().FindAllStringIndex(condition.Value, -1) {
			if condition.Value[at[0]:at[1]] != c.ID.Value {
				continue
			}
			if !l.literal(condition) {
				return nil
			}
			edits = append(edits, Edit{l.within(condition, at[1], at[1]), customlens.NoneSuffix})
		}
	}
	return &SuggestedFix{fmt.Sprintf("%s: renamed the choice %s to %s, also in the rules", what, c.ID.Value, id), edits}
}

// noneIDs splits the choice ids of a question into practices and those that mean that
// nothing is done: None of these, and unwanted answers such as No.
func (l *linter) noneIDs(q *customlens.Question) (practices, none []string) {
	for i := range q.Choices {
		c := &q.Choices[i]
		id := c.ID.Value
		switch {
		case id == "" || slices.Contains(practices, id) || slices.Contains(none, id):
		case isNone(c) || customlens.SaysNone(q, c) || slices.Contains(l.unwanted, c):
			none = append(none, id)
		default:
			practices = append(practices, id)
		}
	}
	return practices, none
}

// reportIgnoredNone reports, once per lens, that rules ignore None of these beside
// practices.
func (l *linter) reportIgnoredNone() {
	if len(l.ignoringNone) == 0 {
		return
	}
	q := l.ignoringNone[0]
	where := "question " + truncate(q.ID.Value, maxID)
	if n := len(l.ignoringNone); n > 1 {
		where = fmt.Sprintf("%d questions, the first of them %s", n, truncate(q.ID.Value, maxID))
	}
	l.report(noneNotExclusive, idOrStart(q.ID, q.At), "%s: None of these together with every practice is %s", where, customlens.RiskName(rules.None))
}
