// Package choice decides what the answers to the choices of a question count as.
//
// A best practice counts as it was answered. Of alternatives, one finding counts if the question
// needs more of them than are in place; the others are not counted. A negative counts inverted:
// it is a gap if it is true. A fact is not counted. Everything that scores, lists or asks takes
// the answers from here and sees only statuses. The review keeps what was answered.
package choice

import (
	"cmp"
	"maps"
	"math/bits"
	"slices"
	"strings"

	"github.com/iotlens/iotlens/internal/lens"
	"github.com/iotlens/iotlens/internal/review"
	"github.com/iotlens/iotlens/internal/rules"
)

// Counted is what the answer to a choice counts as.
type Counted struct {
	review.Answer               // as it counts; Unanswered if it still needs an answer
	ReviewStatus  review.Status // status of the answer in the review
	// Needed has the ids of the alternatives of which the question needs one or more. Only the
	// alternative that stands for this need has it.
	Needed []string
	// PartlyMet says that the choice stands for a need that the alternatives in place do not
	// meet. Risk is the risk of the question with them.
	PartlyMet bool
	Risk      rules.Risk
}

// Settled reports whether a choice is not counted although it was not answered as not
// applicable: another answer to the question decides, or it is a fact.
func (c Counted) Settled() bool {
	return c.Status == review.NotApplicable && c.ReviewStatus != review.NotApplicable
}

// onlyBestPractices reports whether all choices of a question are best practices.
func onlyBestPractices(q *lens.Question) bool {
	for i := range q.Practices {
		if q.Practices[i].Kind != lens.BestPractice {
			return false
		}
	}
	return true
}

// Of returns what the answer to the choice with an id counts as.
func Of(q *lens.Question, id string, answers map[string]review.Answer) Counted {
	if onlyBestPractices(q) && !isThirdParty(q) {
		return Counted{Answer: answers[id], ReviewStatus: answers[id].Status}
	}
	return Count(q, answers)[slices.Index(q.PracticeIDs(), id)]
}

// AllInto returns what the answers of a review count as: by question and choice, and as answers
// of a review. memory is byQuestion of an earlier call for the same lens, which is reused, or nil.
func AllInto(memory [][]Counted, l *lens.Lens, answers map[string]review.Answer) (byQuestion [][]Counted, counted map[string]review.Answer) {
	byQuestion, counted = memory, answers
	if byQuestion == nil {
		byQuestion = makeCounts(l)
	}
	cloned := false
	for i := range l.Questions {
		q := &l.Questions[i]
		clear(byQuestion[i])
		count(q, answers, byQuestion[i])
		for j, c := range byQuestion[i] {
			if c.Status == c.ReviewStatus {
				continue
			}
			if !cloned {
				counted, cloned = map[string]review.Answer{}, true
				maps.Copy(counted, answers)
			}
			counted[q.Practices[j].ID] = c.Answer
		}
	}
	return byQuestion, counted
}

// makeCounts makes a list with an element for each choice of each question.
func makeCounts(l *lens.Lens) [][]Counted {
	n := 0
	for i := range l.Questions {
		n += len(l.Questions[i].Practices)
	}
	out, all := make([][]Counted, len(l.Questions)), make([]Counted, n)
	for i := range l.Questions {
		n := len(l.Questions[i].Practices)
		out[i], all = all[:n:n], all[n:]
	}
	return out
}

// BestStatuses returns the statuses in the review that give a question its lowest risk: best
// practices are in place, negatives are not true, and of the alternatives those are in place that
// differ least from the answers.
func BestStatuses(q *lens.Question, answers map[string]review.Answer) []review.Status {
	if onlyBestPractices(q) {
		return slices.Repeat([]review.Status{review.Implemented}, len(q.Practices))
	}
	out := make([]review.Status, len(q.Practices))
	c := counter{q: q, out: make([]Counted, len(q.Practices))}
	var open []int
	for i := range q.Practices {
		c.out[i].ReviewStatus = answers[q.Practices[i].ID].Status
		switch c.kind(i) {
		case lens.BestPractice:
			out[i] = review.Implemented
		case lens.Negative:
			out[i] = review.NotImplemented
		case lens.FactChoice:
			out[i] = cmp.Or(c.out[i].ReviewStatus, review.NotImplemented)
		case lens.Alternative:
			out[i] = cmp.Or(c.out[i].ReviewStatus, review.NotImplemented)
			if c.out[i].ReviewStatus != review.NotApplicable {
				open = append(open, i)
			}
		}
	}
	if len(open) == 0 {
		return out
	}
	n := newNeed(&c, open)
	for _, i := range n.changes(n.nearest()[:1]) {
		if out[i] == review.Implemented {
			out[i] = review.NotImplemented
		} else {
			out[i] = review.Implemented
		}
	}
	return out
}

// NeedsSeveral reports whether a question needs more than one of its alternatives.
func NeedsSeveral(q *lens.Question, answers map[string]review.Answer) bool {
	c := counter{q: q, out: make([]Counted, len(q.Practices))}
	for i := range q.Practices {
		c.out[i].ReviewStatus = answers[q.Practices[i].ID].Status
	}
	open := c.indexesOf(lens.Alternative, func(c Counted) bool { return c.ReviewStatus != review.NotApplicable })
	return len(open) > 1 && !newNeed(&c, open).oneIsEnough()
}

// Count returns what the answers to a question count as, by choice.
func Count(q *lens.Question, answers map[string]review.Answer) []Counted {
	out := make([]Counted, len(q.Practices))
	count(q, answers, out)
	return out
}

// count is Count into a list with a zero element for each choice.
func count(q *lens.Question, answers map[string]review.Answer, out []Counted) {
	for i := range q.Practices {
		if a, ok := answers[q.Practices[i].ID]; ok {
			out[i] = Counted{Answer: a, ReviewStatus: a.Status}
		}
	}
	c := counter{q: q, out: out}
	c.settleContradictions()
	if onlyBestPractices(q) {
		return
	}
	for i := range q.Practices {
		switch q.Practices[i].Kind {
		case lens.Negative:
			c.invertNegative(i)
		case lens.FactChoice:
			if out[i].ReviewStatus != review.Unanswered {
				c.settle(i, "a fact, neither good nor bad")
			}
		}
	}
	c.settleByNeed()
}

// settleContradictions settles missing best practices that the rules of a question do not want
// beside those in place. Rules of custom lenses can contradict themselves: the answer has the
// lowest risk that they allow, and any further practice raises the risk or matches no rule. Rules
// that name "None of these" can give nothing in place the lowest risk. AWS's rules and ours do
// neither.
func (c *counter) settleContradictions() {
	if len(c.out) == 0 || len(c.out) > rules.MaxChoices || !isThirdParty(c.q) {
		return
	}
	var missing []int
	var ids []string
	taken, states := 0, map[string]rules.State{}
	for i, p := range c.q.Practices {
		switch given := c.out[i].ReviewStatus; {
		case given == review.NotApplicable:
			states[p.ID] = rules.NotApplicable
		case p.Kind == lens.Negative || p.Kind == lens.FactChoice:
			if given == review.Implemented {
				states[p.ID] = rules.Selected
			}
		default:
			if given == review.Implemented {
				taken |= 1 << len(ids)
			} else if given.IsFinding() && p.Kind == lens.BestPractice {
				missing = append(missing, i)
			}
			ids = append(ids, p.ID)
		}
	}
	if len(missing) == 0 {
		return
	}
	state := func(id string) rules.State { return states[id] }
	set := RuleSet(c.q)
	least, best, rated := rules.LowestRisk(set, ids, state, true)
	if !rated {
		return
	}
	if taken == 0 {
		if slices.ContainsFunc(c.out, hasStatus(review.Unanswered)) {
			return
		}
		named := func(r rules.Rule) bool { return r.When != nil && slices.Contains(r.When.IDs(), c.q.None) }
		states[c.q.None] = rules.Selected
		risk, ok := rules.Eval(set, state)
		if !ok || risk > least || !slices.ContainsFunc(set, named) {
			return
		}
	} else if !slices.Contains(best, taken) || slices.ContainsFunc(best, func(set int) bool { return set != taken && set&taken == taken }) {
		return
	}
	for _, i := range missing {
		c.settle(i, "the question's rules do not require it beside what is in place")
	}
}

// isThirdParty reports whether a question is of a lens that is neither AWS's nor ours.
func isThirdParty(q *lens.Question) bool {
	for i := range q.Practices {
		if by := q.Practices[i].RatedBy; by == lens.RatedByRules || by == lens.RatedByAuthor {
			return true
		}
	}
	return false
}

// A counter counts the answers to one question.
type counter struct {
	q   *lens.Question
	out []Counted
}

func (c *counter) kind(i int) lens.ChoiceKind { return c.q.Practices[i].Kind }

// indexesOf lists the indexes of the choices of a kind that meet a condition.
func (c *counter) indexesOf(kind lens.ChoiceKind, is func(Counted) bool) []int {
	var out []int
	for i := range c.out {
		if c.kind(i) == kind && is(c.out[i]) {
			out = append(out, i)
		}
	}
	return out
}

func hasStatus(status review.Status) func(Counted) bool {
	return func(c Counted) bool { return c.ReviewStatus == status }
}

func always(Counted) bool { return true }

// settle makes a choice not count. One that was answered as not applicable keeps its reason.
func (c *counter) settle(i int, why string) {
	if c.out[i].ReviewStatus != review.NotApplicable {
		c.out[i].Status, c.out[i].Reason = review.NotApplicable, why
	}
}

// invertNegative counts a negative: it is a gap if it is true.
func (c *counter) invertNegative(i int) {
	switch o := &c.out[i]; o.ReviewStatus {
	case review.Implemented:
		o.Status = review.NotImplemented
	case review.NotImplemented:
		o.Status = review.Implemented
	}
}

// settleByNeed settles the choices that need no answer because of another one, and counts the
// alternatives. In a question with alternatives, or with one best practice, a true negative
// stands for what is missing.
func (c *counter) settleByNeed() {
	ways := c.indexesOf(lens.Alternative, always)
	if len(ways) == 0 {
		if ways = c.indexesOf(lens.BestPractice, always); len(ways) != 1 {
			return
		}
	}
	if held := c.indexesOf(lens.Negative, hasStatus(review.Implemented)); len(held) > 0 {
		for _, i := range slices.Concat(ways, c.indexesOf(lens.Negative, hasStatus(review.Unanswered))) {
			if c.out[i].ReviewStatus != review.Implemented {
				c.settle(i, c.q.Practices[held[0]].ID+" is true")
			}
		}
	}
	taken := slices.IndexFunc(ways, func(i int) bool { return c.out[i].ReviewStatus == review.Implemented })
	if taken >= 0 {
		for _, i := range c.indexesOf(lens.Negative, hasStatus(review.Unanswered)) {
			c.settle(i, c.q.Practices[ways[taken]].ID+" is in place")
		}
	}
	if c.kind(ways[0]) == lens.Alternative {
		c.countAlternatives()
	}
}

// countAlternatives counts what a question needs of its alternatives: nothing if those in place
// give it the lowest risk that it can have, else one finding. Best practices are assumed to be in
// place and negatives not to be true, as they count by themselves.
func (c *counter) countAlternatives() {
	open := c.indexesOf(lens.Alternative, func(o Counted) bool { return o.Status != review.NotApplicable })
	if len(open) == 0 {
		return
	}
	n := newNeed(c, open)
	unanswered := slices.ContainsFunc(open, func(i int) bool { return c.out[i].ReviewStatus == review.Unanswered })
	switch {
	case n.met():
		for _, i := range open {
			if c.out[i].ReviewStatus != review.Implemented {
				c.settle(i, n.whyNotNeeded())
			}
		}
	case unanswered && (n.inPlace == 0 || !n.oneIsEnough()):
		for _, i := range open { // the missing answers decide
			if c.out[i].ReviewStatus != review.Unanswered && c.out[i].ReviewStatus != review.Implemented {
				c.settle(i, "the alternatives are not answered yet")
			}
		}
	default:
		c.addFinding(open, n.changes(n.nearest()), n)
	}
}

// addFinding makes one alternative stand for the need of the question: of those to be added, the
// one that is most advanced; if none is to be added, the first one to be removed.
func (c *counter) addFinding(open, better []int, n *need) {
	stands := better[0]
	for _, status := range []review.Status{review.PartiallyImplemented, review.CannotDetermine, review.NotImplemented} {
		if i := slices.IndexFunc(better, func(i int) bool { return c.out[i].ReviewStatus == status }); i >= 0 {
			stands = better[i]
			break
		}
	}
	for _, i := range open {
		if i != stands {
			c.settle(i, "counted with "+c.q.Practices[stands].ID)
		}
	}
	o := &c.out[stands]
	if !o.ReviewStatus.IsFinding() {
		o.Status = review.NotImplemented
	}
	o.PartlyMet, o.Risk = n.inPlace != 0, n.risk
	for _, i := range better {
		if n.inPlace&n.bit(i) == 0 {
			o.Needed = append(o.Needed, c.q.Practices[i].ID)
		}
	}
}

// A need is what a question needs of its alternatives. Sets of them are bit masks: bit i is
// open[i].
type need struct {
	c       *counter
	open    []int // indexes of the alternatives in the question
	inPlace int   // set of those in place
	risk    rules.Risk
	best    []int // sets with the lowest risk
}

func newNeed(c *counter, open []int) *need {
	n := &need{c: c, open: open}
	var ids []string
	states := map[string]rules.State{}
	for k, i := range open {
		id := c.q.Practices[i].ID
		ids = append(ids, id)
		if c.out[i].ReviewStatus == review.Implemented {
			n.inPlace |= 1 << k
			states[id] = rules.Selected
		}
	}
	others := false
	for i, p := range c.q.Practices {
		switch {
		case c.out[i].ReviewStatus == review.NotApplicable:
			states[p.ID] = rules.NotApplicable
		case p.Kind == lens.BestPractice, p.Kind == lens.FactChoice && c.out[i].ReviewStatus == review.Implemented:
			states[p.ID], others = rules.Selected, true
		}
	}
	state := func(id string) rules.State { return states[id] }
	set := RuleSet(c.q)
	n.risk, _ = rules.Eval(set, state)
	var ok bool
	if _, n.best, ok = rules.LowestRisk(set, ids, state, !others); !ok { // no rule distinguishes them: one is enough
		for k := range open {
			n.best = append(n.best, 1<<k)
		}
		if n.inPlace != 0 {
			n.best = []int{n.inPlace}
		}
	}
	return n
}

func (n *need) bit(i int) int { return 1 << slices.Index(n.open, i) }

// nearest lists the sets with the lowest risk that differ least from those in place.
func (n *need) nearest() []int {
	var sets []int
	least := len(n.open) + 1
	for _, set := range n.best {
		switch d := bits.OnesCount(uint(set ^ n.inPlace)); {
		case d < least:
			least, sets = d, []int{set}
		case d == least:
			sets = append(sets, set)
		}
	}
	return sets
}

// met reports whether the alternatives in place give the lowest risk.
func (n *need) met() bool { return slices.Contains(n.best, n.inPlace) }

// changes lists the alternatives in which sets differ from those in place: first those to be
// added, then those to be removed.
func (n *need) changes(sets []int) (out []int) {
	for _, add := range []bool{true, false} {
		for k, i := range n.open {
			if slices.ContainsFunc(sets, func(set int) bool { return (set^n.inPlace)>>k&1 == 1 && (set>>k&1 == 1) == add }) {
				out = append(out, i)
			}
		}
	}
	return out
}

// oneIsEnough reports whether each set with the lowest risk has an alternative that gives the
// lowest risk alone.
func (n *need) oneIsEnough() bool {
	single := 0
	for _, set := range n.best {
		if bits.OnesCount(uint(set)) == 1 {
			single |= set
		}
	}
	return !slices.ContainsFunc(n.best, func(set int) bool { return set&single == 0 })
}

// whyNotNeeded is the reason why an alternative that is not in place is not needed.
func (n *need) whyNotNeeded() string {
	var ids []string
	for k, i := range n.open {
		if n.inPlace>>k&1 == 1 {
			ids = append(ids, n.c.q.Practices[i].ID)
		}
	}
	switch len(ids) {
	case 0:
		return "the question needs none of its alternatives"
	case 1:
		return ids[0] + " is in place"
	}
	return strings.Join(ids[:len(ids)-1], ", ") + " and " + ids[len(ids)-1] + " are in place"
}

// RuleSet parses the rules of a question. It panics if they do not parse, which package bank has
// checked.
func RuleSet(q *lens.Question) []rules.Rule {
	set := make([]rules.Rule, len(q.Rules))
	for i, r := range q.Rules {
		rule, err := rules.ParseRule(r.When, string(r.Risk))
		if err != nil {
			panic("choice: unchecked lens: " + q.ID + ": " + err.Error())
		}
		set[i] = rule
	}
	return set
}
