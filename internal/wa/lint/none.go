package lint

import (
	"fmt"
	"slices"
	"strings"

	"github.com/iotlens/iotlens/internal/rules"
	"github.com/iotlens/iotlens/internal/wa/customlens"
)

// isNone tells whether the tool takes a choice for None of these.
func isNone(c *customlens.Choice) bool { return strings.HasSuffix(c.ID.Value, customlens.NoneSuffix) }

// noneTitles are the ways to say None of these.
var noneTitles = [...]string{
	"none", "none apply", "none of above", "none of the above", "none of them", "none of these", "none of these apply", "none of those",
	"none of the above apply", "none of the these",
}

// saysNone tells whether a title says just that.
func saysNone(title string) bool {
	title = strings.ToLower(strings.Join(strings.Fields(strings.Trim(title, " .!:")), " "))
	return slices.Contains(noneTitles[:], title)
}

// beginsWithNone tells whether a title begins with the word none, which a choice
// with the ending should, in one of the languages in which lenses are written.
func beginsWithNone(title string) bool {
	words := strings.Fields(strings.ToLower(title))
	return len(words) > 0 && slices.Contains(noneWords[:], strings.Trim(words[0], ".,:;"))
}

var noneWords = [...]string{
	"none", "aucun", "aucune", "keine", "keiner", "keines", "keins", "ninguna", "ninguno", "nenhuma", "nenhum", "nessuna", "nessuno",
	"nessun", "geen", "ingen", "inget",
}

// nones looks at the choices that are or should be None of these.
func (l *linter) nones(what string, q *customlens.Question) {
	var marked, said []*customlens.Choice
	l.unmarked = nil
	for i := range q.Choices {
		c := &q.Choices[i]
		switch {
		case isNone(c):
			marked = append(marked, c)
			if c.Title.Value != "" && !beginsWithNone(c.Title.Value) {
				l.find(suffixWithoutNone, c.ID.At, "%s: the id %s ends in _no, and its title says %s; to the tool it is None of these",
					what, cut(c.ID.Value), quoted(c.Title.Value))
			}
		case c.ID.Value != "" && saysNone(c.Title.Value):
			said = append(said, c)
		}
	}
	for _, c := range said {
		f := l.find(noneWithoutSuffix, spot(c.ID, c.At), "%s: the choice %s says %s, but its id doesn't end in _no",
			what, cut(c.ID.Value), quoted(c.Title.Value))
		if len(said) == 1 && len(marked) == 0 {
			l.unmarked = f
		}
	}
	if all := slices.Concat(marked, said); len(all) > 1 {
		l.find(severalNones, spot(all[1].ID, all[1].At), "%s has %d choices that say None of these", what, len(all))
	}
	nameless := slices.ContainsFunc(q.Choices, func(c customlens.Choice) bool { return c.ID.Value == "" })
	if len(marked)+len(said) == 0 && len(q.Choices) > 0 && !nameless {
		l.find(noNone, spot(q.ID, q.At), "%s has no choice None of these", what)
	}
}

// addSuffix gives None of these the ending that the tool knows, and carries the
// new id through the rules. It is certain only where the rules never want None of
// these together with a practice, which the ending rules out in the console.
func (l *linter) addSuffix(what string, q *customlens.Question, p *rules.Proof) *Mend {
	if slices.ContainsFunc(p.Rules, func(r rules.Reach) bool { return r.By == rules.Mixed }) {
		return nil
	}
	at := slices.IndexFunc(q.Choices, func(c customlens.Choice) bool { return saysNone(c.Title.Value) })
	c := &q.Choices[at]
	id := c.ID.Value + customlens.NoneSuffix
	if !idLike(c.ID.Value) || len(id) > 64 || !l.literal(c.ID) {
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
		for _, w := range words(condition.Value) {
			if condition.Value[w.From:w.To] != c.ID.Value {
				continue
			}
			if !l.literal(condition) {
				return nil
			}
			edits = append(edits, Edit{l.within(condition, w.To, w.To), customlens.NoneSuffix})
		}
	}
	return &Mend{fmt.Sprintf("%s: renamed the choice %s to %s, in the rules too", what, c.ID.Value, id), edits}
}

// noneIDs are the ids of a question that stand for None of these, and the rest.
func noneIDs(q *customlens.Question) (practices, none []string) {
	for i := range q.Choices {
		c := &q.Choices[i]
		id := c.ID.Value
		switch {
		case id == "" || slices.Contains(practices, id) || slices.Contains(none, id):
		case isNone(c) || saysNone(c.Title.Value):
			none = append(none, id)
		default:
			practices = append(practices, id)
		}
	}
	return practices, none
}

// exclusive tells once for the whole lens where None of these doesn't count beside
// practices.
func (l *linter) exclusive() {
	if len(l.lenient) == 0 {
		return
	}
	q := l.lenient[0]
	if n := len(l.lenient); n > 1 {
		l.find(noneNotExclusive, spot(q.ID, q.At), "in %d questions, beginning with %s, None of these together with every practice is %s",
			n, cut(q.ID.Value), customlens.RiskName(rules.None))
		return
	}
	l.find(noneNotExclusive, spot(q.ID, q.At), "question %s: None of these together with every practice is %s", cut(q.ID.Value), customlens.RiskName(rules.None))
}
