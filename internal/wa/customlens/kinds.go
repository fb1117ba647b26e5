package customlens

import (
	"slices"
	"strings"

	"github.com/iotlens/iotlens/internal/lens"
	"github.com/iotlens/iotlens/internal/rules"
)

// An UnclearChoice is a choice whose wording and rules disagree. It was taken for a best
// practice.
type UnclearChoice struct {
	ID  string
	Why string // such as "says no, but the rules need it"
}

// Kinds tells what the choices of a question are, by what its rules make of them over
// every answer, and by their wording. It is what an import takes them for.
//
// Rules come first: a choice that some answer needs is no negative, whatever it says.
// In this order:
//
//   - a fact, where the rules give every answer no risk: numbers and ranges; yes, no and
//     don't know; where no rule names a choice, also questions to talk about, and the
//     choices of a question that asks for an amount or who is who;
//   - a negative: it says no or don't know, and the lowest risk does not need it;
//   - an alternative, where one choice is enough: the rules rate choices one by one and
//     no two add up, or the question says to choose one; elsewhere, what is in some ways
//     to the lowest risk and not in all, or lowers a risk and is in none of them. What is
//     no better than nothing and raises the risk of others is none, unless the question
//     says to choose one; nor is what no rule names beside ways that are all as good;
//   - a negative: it only ever raises a risk; a fact beside it, where nothing lowers one;
//   - a best practice.
func Kinds(q *lens.Question) (kinds []lens.ChoiceKind, doubts []UnclearChoice) {
	set, ok := parsed(q)
	if !ok || len(q.Practices) > MaxChoices {
		return make([]lens.ChoiceKind, len(q.Practices)), nil
	}
	c := classify(q, set)
	return c.kinds, c.doubts()
}

func classify(q *lens.Question, set []rules.Rule) *classifier {
	c := &classifier{
		q: q, kinds: make([]lens.ChoiceKind, len(q.Practices)), rated: len(set) > 0,
		Analysis: rules.Analyse(set, q.PracticeIDs(), q.None),
	}
	for _, p := range q.Practices {
		c.words = append(c.words, wordingOf(p.Title))
	}
	if !c.facts() {
		c.negatives()
		if !c.oneOf() {
			c.ways()
		}
		c.harms()
		c.alone()
	}
	return c
}

// A classifier takes the choices of a question for what they are.
type classifier struct {
	q     *lens.Question
	kinds []lens.ChoiceKind
	words []wording
	rated bool // the question has rules
	rules.Analysis
}

// each counts the choices for which something holds.
func (c *classifier) count(of func(i int) bool) int {
	n := 0
	for i := range c.kinds {
		if of(i) {
			n++
		}
	}
	return n
}

// take gives a kind to the choices that have none and for which something holds.
func (c *classifier) take(kind lens.ChoiceKind, of func(i int) bool) {
	for i := range c.kinds {
		if c.kinds[i] == lens.BestPractice && of(i) {
			c.kinds[i] = kind
		}
	}
}

// facts takes facts, and reports whether all choices are.
func (c *classifier) facts() bool {
	if !c.Constant || !c.rated || len(c.Choices) == 0 || !c.Choices[0].Alone.OK || c.Choices[0].Alone.Risk != rules.None {
		return false
	}
	c.take(lens.FactChoice, func(i int) bool { return c.words[i].number })
	if c.count(func(i int) bool { return c.words[i].no }) > 0 {
		c.take(lens.FactChoice, func(i int) bool { return c.words[i].no || c.words[i].yes })
	}
	prompts := c.count(func(i int) bool { return c.words[i].prompt })
	asked := c.count(func(i int) bool { return c.words[i].asks }) == len(c.kinds) && prompts > 0
	if c.count(func(i int) bool { return c.Choices[i].Named }) == 0 && (asked || 2*prompts > len(c.kinds) || asksForFacts().MatchString(unlabelled(c.q.Title))) {
		c.take(lens.FactChoice, func(int) bool { return true })
	}
	return c.count(func(i int) bool { return c.kinds[i] == lens.BestPractice }) == 0
}

// negatives takes what says no and is not needed for the lowest risk.
func (c *classifier) negatives() {
	c.take(lens.Negative, func(i int) bool {
		return c.words[i].no && (!c.Choices[i].InSomeMinimal || c.Constant && !c.Choices[i].LowersRisk)
	})
}

// oneOf takes the alternatives of a question in which one choice is enough, and
// reports whether it is such a one.
func (c *classifier) oneOf() bool {
	chosen := chooseOne().MatchString(c.q.Title) || chooseOne().MatchString(c.q.Description)
	answers := func(i int) bool { return c.words[i].yes || c.words[i].no || c.words[i].number }
	open := func(i int) bool {
		return c.kinds[i] == lens.BestPractice && (chosen || answers(i) || !c.NoneSelected.OK || !c.onlyHarms(i))
	}
	rung := func(i int) bool { return open(i) && (c.Choices[i].Named || answers(i)) }
	helps := c.count(func(i int) bool { return c.Choices[i].LowersRisk && c.Choices[i].InSomeMinimal }) > 0
	if !c.Exclusive || c.Constant && !helps || c.count(open) < 2 || c.count(rung) < 2 && !chosen {
		return false
	}
	first := slices.IndexFunc(c.Choices, func(p rules.ChoiceAnalysis) bool { return p.Named })
	ladder := slices.ContainsFunc(c.Choices, func(p rules.ChoiceAnalysis) bool { return p.Named && p.Alone.Risk != c.Choices[first].Alone.Risk })
	c.take(lens.Alternative, func(i int) bool { return open(i) && (rung(i) || ladder || chosen) })
	return true
}

// ways takes the alternatives of a question that needs several choices.
func (c *classifier) ways() {
	c.take(lens.Alternative, func(i int) bool { return c.Choices[i].LowersRisk && !c.Choices[i].InEveryMinimal })
}

func (c *classifier) onlyHarms(i int) bool {
	return c.Choices[i].RaisesRisk && !c.Choices[i].LowersRisk
}

// harms takes what only ever raises a risk. Where nothing lowers it, the others are facts:
// there is nothing that the rules ask for.
func (c *classifier) harms() {
	c.take(lens.Negative, c.onlyHarms)
	if c.count(c.onlyHarms) > 0 && c.count(func(i int) bool { return c.Choices[i].LowersRisk }) == 0 {
		c.take(lens.FactChoice, func(int) bool { return true })
	}
}

// alone makes the only alternative a best practice where no best practice is beside it:
// it is not one of several ways.
func (c *classifier) alone() {
	is := func(kind lens.ChoiceKind) func(int) bool { return func(i int) bool { return c.kinds[i] == kind } }
	if c.count(is(lens.Alternative)) == 1 && c.count(is(lens.BestPractice)) == 0 {
		c.kinds[slices.Index(c.kinds, lens.Alternative)] = lens.BestPractice
	}
}

func (c *classifier) doubts() []UnclearChoice {
	var out []UnclearChoice
	for i, p := range c.q.Practices {
		switch w := c.words[i]; {
		case c.kinds[i] != lens.BestPractice:
		case w.no:
			out = append(out, UnclearChoice{p.ID, "says no or don't know, but the rules need it"})
		case w.not && !c.Choices[i].LowersRisk && c.rated && !c.Constant:
			out = append(out, UnclearChoice{p.ID, "may say no; the rules make no difference"})
		case w.number:
			out = append(out, UnclearChoice{p.ID, "is a number or a range, but the rules need it"})
		}
	}
	return out
}

// parsed are the rules of a question; false where one has a mistake.
func parsed(q *lens.Question) (set []rules.Rule, ok bool) {
	for _, r := range q.Rules {
		rule, err := rules.ParseRule(r.When, string(r.Risk))
		if err != nil {
			return nil, false
		}
		set = append(set, rule)
	}
	return set, true
}

// A wording is what the title of a choice says by its words alone.
type wording struct {
	yes, no bool // as a whole answer: Yes. No. Not sure. I don't know
	not     bool // it denies something: No formal process
	number  bool // an amount or a range
	asks    bool // it is a question
	prompt  bool // it asks what, who, how: something to talk about
}

func wordingOf(title string) wording {
	s := strings.ToLower(strings.TrimSpace(strings.ReplaceAll(title, "\u2019", "'")))
	return wording{
		yes: saysYes().MatchString(s), no: saysNo().MatchString(s), not: denies().MatchString(s),
		number: amount().MatchString(s), asks: strings.HasSuffix(s, "?"),
		prompt: strings.HasSuffix(s, "?") && asksOpenly().MatchString(unlabelled(s)),
	}
}

// unlabelled is a title in lower case without a number or a name before it: GEN 2, Q1.
func unlabelled(title string) string { return label().ReplaceAllString(strings.ToLower(title), "") }

var (
	saysYes = pattern(`^(yes|oui|ja|sí)([ .,;:(\x{2013}\x{2014}]|$)`)
	saysNo  = pattern(`^(no|nope|nein|non|não|never|n/a|none|unknown|unsure|undecided)[ .!]*$` +
		`|^(no|nein|non)( ?[,.;:(\x{2013}\x{2014}]| - )` +
		`|^none (of|apply|at|in|yet|exist)\b|^nothing( |$)` +
		`|^((i|we) )?(do not|don't|dont|cannot|can't) (know|say|tell)\b` +
		`|^((i am|i'm|we are|we're) )?(not |un)(sure|certain|decided|applicable|known)\b` +
		`|^not (yet )?[a-z]+[ .!]*$|^not (yet )?(in place|at all|there|being [a-z]+)[ .!]*$`)
	denies = pattern(`^(no|not|never|without|lack of|lacking|missing)\b|\b(is|are|do|does|has|have|was|were|can|did)( not|n't)\b|\bunknown\b`)
	amount = pattern(`^(less than|fewer than|more than|greater than|over|under|up to|above|below|between|at least|at most|about|around|[<>~]=?)? ?[$€£]?\d[\d.,]*` +
		` ?(%|[kmb]|[kmgtp]b|percent|thousand|million|billion)?` +
		` ?(\+|(-|\x{2013}|\x{2014}|to|and) ?[$€£]?\d[\d.,]* ?(%|[kmb]|[kmgtp]b|percent|thousand|million|billion)?\+?)?( [a-z]+){0,3}[ .]*$`)
	asksOpenly   = pattern(`^(what|which|who|whose|why|when|where|how|to what|tell us|as above)\b`)
	asksForFacts = pattern(`^(who|which|when|where|how (many|much|long|often|large|big|old)|identify your|what (is|are) (your|the) (size|number|type|kind|industry|profile|role|name)|what (size|type|kind|percentage|version|industry))\b`)
	chooseOne    = pattern(`(?i)\b(choose|select|pick|check)( only| just| exactly)? (one|1|a single)\b`)
	label        = pattern(`^([a-z]+[ -]?[0-9]+([.:)-]| [0-9]+)*|[0-9]+[.:)])\s+`)
)
