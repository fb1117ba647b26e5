package customlens

import (
	"slices"
	"strings"

	"github.com/iotlens/iotlens/internal/rules"
	"github.com/iotlens/iotlens/internal/text"
)

// SaysNone reports whether a choice is the "None of these" of its question by its wording,
// although its id does not end in _no: by its id (noneofthese) or its title (IsNoneTitle).
// A title with not, such as "Not exposed", does not count if the rules give NO_RISK to
// that choice alone.
func SaysNone(q *Question, c *Choice) bool {
	return noneID().MatchString(c.ID.Value) || IsNoneTitle(c.Title.Value) && (!negates(words(c.Title.Value)) || !q.rewards(c))
}

// IsNoneTitle reports whether a title means "None of these": it is a negation that names
// nothing of its own, except for a participle, which repeats the question. "None of above
// (add this if required)", "Nothing yet", "Not in place" and "Not monitored" match; "No
// alarms configured" and "Not sure" do not.
func IsNoneTitle(title string) bool {
	if !negation().MatchString(title) {
		return false // most titles
	}
	w := words(title)
	return saysOnly(w, noneWords) || negates(w)
}

// noneID matches ids that mean none of these.
var noneID = text.Pattern(`(?i)^(.*_)?none(_?of)?(_?the)?(_?(above|these|them|those))?(_?appl(y|ies))?$`)

// negation matches a part of every negated title.
var negation = text.Pattern(`(?i)no|n['’]?t|neither`)

// wordPattern matches words. Parenthesised remarks do not count as part of a title.
var wordPattern, parenthesised = text.Pattern(`\pL+`), text.Pattern(`\([^()]*\)|\[[^\[\]]*\]`)

func words(title string) []string {
	title = strings.NewReplacer("'", "", "’", "").Replace(strings.ToLower(parenthesised().ReplaceAllString(title, " ")))
	return wordPattern().FindAllString(title, -1)
}

// saysOnly reports whether a title has one of the wanted words and otherwise only filler.
func saysOnly(title, wanted []string) bool {
	return slices.ContainsFunc(title, func(w string) bool { return slices.Contains(wanted, w) }) &&
		!slices.ContainsFunc(title, func(w string) bool { return !slices.Contains(wanted, w) && !slices.Contains(filler, w) })
}

// negates reports whether a title has a word such as not, otherwise only filler, and at
// most one participle at its end.
func negates(title []string) bool {
	if n := len(title) - 1; n > 0 && isDone(title[n]) {
		title = title[:n]
	}
	return saysOnly(title, notWords)
}

func isDone(word string) bool {
	return (strings.HasSuffix(word, "ed") || slices.Contains(doneWords, word)) && !slices.Contains(notDone, word)
}

var (
	noneWords = []string{"none", "nothing", "neither"}
	notWords  = []string{"not", "dont", "doesnt", "isnt", "arent", "havent", "hasnt"}
	doneWords = []string{"done", "available", "begun", "met", "set", "written"}
	// "Not needed" and the like are no gap, and "not determined" is no answer.
	notDone = []string{"required", "needed", "determined", "decided", "concerned", "affected", "supported", "used"}
	filler  = strings.Fields(`a the of all any these those them this that above below following listed mentioned here it each
		apply applies applied option options choice choices practice practices best item items answer answers measure measures
		is are be been was do does have has we i our us in place yet currently at present so far still no implemented`)
)

// rewards reports whether valid rules give NO_RISK to the answer with this choice alone.
func (q *Question) rewards(c *Choice) bool {
	var set []rules.Rule
	for i := range q.RiskRules {
		when, err := rules.Parse(q.RiskRules[i].Condition.Value)
		risk, ok := ParseRisk(q.RiskRules[i].Risk.Value)
		if err != nil || !ok {
			return false
		}
		set = append(set, rules.Rule{When: when, Risk: risk})
	}
	risk, ok := rules.Eval(set, func(id string) rules.State {
		if id == c.ID.Value {
			return rules.Selected
		}
		return rules.NotSelected
	})
	return ok && risk == rules.None
}

// UnwantedChoices lists the bad answers of a Yes/No question: of the choices that say yes,
// no, not sure or don't know, those that the rules do not reward; if they reward none, all
// but yes. It returns nil if no choice says yes, or none says no.
func UnwantedChoices(q *Question) []*Choice {
	var wanted, others, notYes []*Choice
	for i := range q.Choices {
		c := &q.Choices[i]
		w := wordingOf(c.Title.Value)
		if !w.yes && !w.no && !w.denial || IsNoneTitle(c.Title.Value) {
			continue
		}
		if !w.yes {
			notYes = append(notYes, c)
		}
		if q.rewards(c) {
			wanted = append(wanted, c)
		} else {
			others = append(others, c)
		}
	}
	switch {
	case len(notYes) == 0 || len(notYes) == len(wanted)+len(others):
		return nil
	case len(wanted) == 0:
		return notYes
	}
	return others
}
