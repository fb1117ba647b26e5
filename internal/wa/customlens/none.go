package customlens

import (
	"slices"
	"strings"

	"github.com/iotlens/iotlens/internal/rules"
)

// SaysNone reports whether the wording of a choice makes it the "None of these" of its
// question although its id does not end in _no: its id says it (noneofthese), or its
// title (IsNoneTitle). "Not exposed" may be what the question wants: a title with not is
// no None where the rules give NO_RISK to that choice alone.
func SaysNone(q *Question, c *Choice) bool {
	return noneID().MatchString(c.ID.Value) || IsNoneTitle(c.Title.Value) && (!negates(words(c.Title.Value)) || !q.wants(c))
}

// IsNoneTitle reports whether a title says "None of these" in any wording: it negates
// and names nothing of its own. "None of above (add this if required)", "Nothing yet" and
// "Not in place" do so; "Not monitored" does, as a participle alone is what the question
// asks for. "No alarms configured" and "Not sure" do not.
func IsNoneTitle(title string) bool {
	if !negation().MatchString(title) {
		return false // most are
	}
	w := words(title)
	return says(w, noneWords) || negates(w)
}

// noneID is an id that says none of these.
var noneID = pattern(`(?i)^(.*_)?none(_?of)?(_?the)?(_?(above|these|them|those))?(_?appl(y|ies))?$`)

// negation is in every title that negates.
var negation = pattern(`(?i)no|n['’]?t|neither`)

// wordsOf finds words; a remark in parentheses is none of the title.
var wordsOf, remarks = pattern(`\pL+`), pattern(`\([^()]*\)|\[[^\[\]]*\]`)

func words(title string) []string {
	title = strings.NewReplacer("'", "", "’", "").Replace(strings.ToLower(remarks().ReplaceAllString(title, " ")))
	return wordsOf().FindAllString(title, -1)
}

// says reports whether a title has one of the words, and beside them only filler.
func says(title, wanted []string) bool {
	return slices.ContainsFunc(title, func(w string) bool { return slices.Contains(wanted, w) }) &&
		!slices.ContainsFunc(title, func(w string) bool { return !slices.Contains(wanted, w) && !slices.Contains(filler, w) })
}

// negates reports whether a title says not, with filler and at most one word at its end
// for what is not done.
func negates(title []string) bool {
	if n := len(title) - 1; n > 0 && done(title[n]) {
		title = title[:n]
	}
	return says(title, notWords)
}

func done(word string) bool {
	return (strings.HasSuffix(word, "ed") || slices.Contains(doneWords, word)) && !slices.Contains(notDone, word)
}

var (
	noneWords = []string{"none", "nothing", "neither"}
	notWords  = []string{"not", "dont", "doesnt", "isnt", "arent", "havent", "hasnt"}
	doneWords = []string{"done", "available", "begun", "met", "set", "written"}
	// Not needed and the like are no gap, and not determined is no answer.
	notDone = []string{"required", "needed", "determined", "decided", "concerned", "affected", "supported", "used"}
	filler  = strings.Fields(`a the of all any these those them this that above below following listed mentioned here it each
		apply applies applied option options choice choices practice practices best item items answer answers measure measures
		is are be been was do does have has we i our us in place yet currently at present so far still no implemented`)
)

// wants reports whether the rules, as far as they have no mistake, give NO_RISK to a choice alone.
func (q *Question) wants(c *Choice) bool {
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

// UnwantedChoices lists the choices of a Yes/No question that are no gain beside its other
// choices: of those that say yes, no, not sure or don't know, the ones that the rules do
// not want; where they want none, all but yes. It is empty where no choice says yes or
// none says no.
func UnwantedChoices(q *Question) []*Choice {
	var wanted, others, notYes []*Choice
	for i := range q.Choices {
		c := &q.Choices[i]
		w := wordingOf(c.Title.Value)
		if !w.yes && !w.no && !w.not || IsNoneTitle(c.Title.Value) {
			continue
		}
		if !w.yes {
			notYes = append(notYes, c)
		}
		if q.wants(c) {
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
