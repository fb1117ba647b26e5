package customlens

import (
	"slices"
	"strings"

	"github.com/iotlens/iotlens/internal/lens"
	"github.com/iotlens/iotlens/internal/rules"
	"github.com/iotlens/iotlens/internal/text"
)

// An UnclearChoice is a choice whose wording and rules contradict each other. It is
// imported as a best practice.
type UnclearChoice struct {
	ID  string
	Why string // such as "says no, but the rules need it"
}

// Kinds classifies the choices of a question for an import: by their effect under the
// rules over every answer, and by their wording.
//
// Rules take precedence: a choice that some answer needs for its risk is never a negative.
// The first kind that matches is used:
//
//   - fact, if every answer has no risk: numbers and ranges; yes, no and don't know; if no
//     rule names a choice, also open questions, and the choices of a question that asks for
//     an amount or for people;
//   - negative: it says no or don't know, and the lowest risk does not need it;
//   - alternative, if one choice is enough: the rules rate each choice by itself and no two
//     add up, or the question says to choose one. Otherwise, if the choice is in some but
//     not all of the smallest answers with the lowest risk, or in none of them but lowers a
//     risk. Unless the question says to choose one, a choice that is no better than nothing
//     and raises the risk of others is no alternative, nor is one that no rule names beside
//     alternatives of equal risk;
//   - negative: it only ever raises a risk. If no choice lowers one, the others are facts;
//   - best practice.
func Kinds(q *lens.Question) (kinds []lens.ChoiceKind, unclear []UnclearChoice) {
	set, ok := parseRules(q)
	if !ok || len(q.Practices) > MaxChoices {
		return make([]lens.ChoiceKind, len(q.Practices)), nil
	}
	c := classify(q, set)
	return c.kinds, c.unclear()
}

func classify(q *lens.Question, set []rules.Rule) *classifier {
	c := &classifier{
		q: q, kinds: make([]lens.ChoiceKind, len(q.Practices)), rated: len(set) > 0,
		Analysis: rules.Analyse(set, q.PracticeIDs(), q.None),
	}
	for _, p := range q.Practices {
		c.words = append(c.words, wordingOf(p.Title))
	}
	if !c.assignFacts() {
		c.assignNegatives()
		if !c.assignExclusive() {
			c.assignAlternatives()
		}
		c.assignHarmful()
		c.convertLoneAlternative()
	}
	return c
}

// A classifier determines the kinds of the choices of a question.
type classifier struct {
	q     *lens.Question
	kinds []lens.ChoiceKind
	words []wording
	rated bool // the question has rules
	rules.Analysis
}

// count returns the number of choices that match.
func (c *classifier) count(matches func(i int) bool) int {
	n := 0
	for i := range c.kinds {
		if matches(i) {
			n++
		}
	}
	return n
}

// assign sets the kind of the choices that match and have no other kind yet.
func (c *classifier) assign(kind lens.ChoiceKind, matches func(i int) bool) {
	for i := range c.kinds {
		if c.kinds[i] == lens.BestPractice && matches(i) {
			c.kinds[i] = kind
		}
	}
}

// assignFacts assigns facts, and reports whether all choices are facts.
func (c *classifier) assignFacts() bool {
	if !c.Constant || !c.rated || len(c.Choices) == 0 || !c.Choices[0].Alone.OK || c.Choices[0].Alone.Risk != rules.None {
		return false
	}
	c.assign(lens.FactChoice, func(i int) bool { return c.words[i].number })
	if c.count(func(i int) bool { return c.words[i].no }) > 0 {
		c.assign(lens.FactChoice, func(i int) bool { return c.words[i].no || c.words[i].yes })
	}
	prompts := c.count(func(i int) bool { return c.words[i].openQuestion })
	asked := c.count(func(i int) bool { return c.words[i].question }) == len(c.kinds) && prompts > 0
	if c.count(func(i int) bool { return c.Choices[i].Named }) == 0 && (asked || 2*prompts > len(c.kinds) || asksForFacts().MatchString(withoutLabel(c.q.Title))) {
		c.assign(lens.FactChoice, func(int) bool { return true })
	}
	return c.count(func(i int) bool { return c.kinds[i] == lens.BestPractice }) == 0
}

// assignNegatives assigns negatives by wording: choices that say no and that the lowest
// risk does not need.
func (c *classifier) assignNegatives() {
	c.assign(lens.Negative, func(i int) bool {
		return c.words[i].no && (!c.Choices[i].InSomeMinimal || c.Constant && !c.Choices[i].LowersRisk)
	})
}

// assignExclusive assigns the alternatives of a question in which one choice is enough, and
// reports whether the question is one.
func (c *classifier) assignExclusive() bool {
	chosen := chooseOne().MatchString(c.q.Title) || chooseOne().MatchString(c.q.Description)
	answers := func(i int) bool { return c.words[i].yes || c.words[i].no || c.words[i].number }
	open := func(i int) bool {
		return c.kinds[i] == lens.BestPractice && (chosen || answers(i) || !c.NoneSelected.OK || !c.onlyRaisesRisk(i))
	}
	rung := func(i int) bool { return open(i) && (c.Choices[i].Named || answers(i)) }
	helps := c.count(func(i int) bool { return c.Choices[i].LowersRisk && c.Choices[i].InSomeMinimal }) > 0
	if !c.Exclusive || c.Constant && !helps || c.count(open) < 2 || c.count(rung) < 2 && !chosen {
		return false
	}
	first := slices.IndexFunc(c.Choices, func(p rules.ChoiceAnalysis) bool { return p.Named })
	ladder := slices.ContainsFunc(c.Choices, func(p rules.ChoiceAnalysis) bool { return p.Named && p.Alone.Risk != c.Choices[first].Alone.Risk })
	c.assign(lens.Alternative, func(i int) bool { return open(i) && (rung(i) || ladder || chosen) })
	return true
}

// assignAlternatives assigns the alternatives of a question that needs several choices.
func (c *classifier) assignAlternatives() {
	c.assign(lens.Alternative, func(i int) bool { return c.Choices[i].LowersRisk && !c.Choices[i].InEveryMinimal })
}

func (c *classifier) onlyRaisesRisk(i int) bool {
	return c.Choices[i].RaisesRisk && !c.Choices[i].LowersRisk
}

// assignHarmful assigns negatives by rules: choices that only ever raise a risk. If no
// choice lowers one, the rules ask for nothing, and the others are facts.
func (c *classifier) assignHarmful() {
	c.assign(lens.Negative, c.onlyRaisesRisk)
	if c.count(c.onlyRaisesRisk) > 0 && c.count(func(i int) bool { return c.Choices[i].LowersRisk }) == 0 {
		c.assign(lens.FactChoice, func(int) bool { return true })
	}
}

// convertLoneAlternative makes the only alternative of a question without best practices a
// best practice.
func (c *classifier) convertLoneAlternative() {
	is := func(kind lens.ChoiceKind) func(int) bool { return func(i int) bool { return c.kinds[i] == kind } }
	if c.count(is(lens.Alternative)) == 1 && c.count(is(lens.BestPractice)) == 0 {
		c.kinds[slices.Index(c.kinds, lens.Alternative)] = lens.BestPractice
	}
}

func (c *classifier) unclear() []UnclearChoice {
	var out []UnclearChoice
	for i, p := range c.q.Practices {
		switch w := c.words[i]; {
		case c.kinds[i] != lens.BestPractice:
		case w.no:
			out = append(out, UnclearChoice{p.ID, "says no or don't know, but the rules need it"})
		case w.denial && !c.Choices[i].LowersRisk && c.rated && !c.Constant:
			out = append(out, UnclearChoice{p.ID, "may say no; the rules make no difference"})
		case w.number:
			out = append(out, UnclearChoice{p.ID, "is a number or a range, but the rules need it"})
		}
	}
	return out
}

// parseRules parses the rules of a question; ok is false if one is invalid.
func parseRules(q *lens.Question) (set []rules.Rule, ok bool) {
	for _, r := range q.Rules {
		rule, err := rules.ParseRule(r.When, string(r.Risk))
		if err != nil {
			return nil, false
		}
		set = append(set, rule)
	}
	return set, true
}

// A wording classifies the title of a choice by its words.
type wording struct {
	yes, no      bool // the whole title is an answer: Yes. No. Not sure. I don't know
	denial       bool // such as "No formal process"
	number       bool // an amount or a range
	question     bool
	openQuestion bool // a question with what, who, how and the like
}

func wordingOf(title string) wording {
	s := strings.ToLower(strings.TrimSpace(strings.ReplaceAll(title, "\u2019", "'")))
	return wording{
		yes: saysYes().MatchString(s), no: saysNo().MatchString(s), denial: denies().MatchString(s),
		number: amount().MatchString(s), question: strings.HasSuffix(s, "?"),
		openQuestion: strings.HasSuffix(s, "?") && asksOpenly().MatchString(withoutLabel(s)),
	}
}

// withoutLabel returns a title in lower case without a leading label such as "GEN 2" or
// "Q1".
func withoutLabel(title string) string { return label().ReplaceAllString(strings.ToLower(title), "") }

var (
	saysYes = text.Pattern(`^(yes|oui|ja|sí)([ .,;:(\x{2013}\x{2014}]|$)`)
	saysNo  = text.Pattern(`^(no|nope|nein|non|não|never|n/a|none|unknown|unsure|undecided)[ .!]*$` +
		`|^(no|nein|non)( ?[,.;:(\x{2013}\x{2014}]| - )` +
		`|^none (of|apply|at|in|yet|exist)\b|^nothing( |$)` +
		`|^((i|we) )?(do not|don't|dont|cannot|can't) (know|say|tell)\b` +
		`|^((i am|i'm|we are|we're) )?(not |un)(sure|certain|decided|applicable|known)\b` +
		`|^not (yet )?[a-z]+[ .!]*$|^not (yet )?(in place|at all|there|being [a-z]+)[ .!]*$`)
	denies = text.Pattern(`^(no|not|never|without|lack of|lacking|missing)\b|\b(is|are|do|does|has|have|was|were|can|did)( not|n't)\b|\bunknown\b`)
	amount = text.Pattern(`^(less than|fewer than|more than|greater than|over|under|up to|above|below|between|at least|at most|about|around|[<>~]=?)? ?[$€£]?\d[\d.,]*` +
		` ?(%|[kmb]|[kmgtp]b|percent|thousand|million|billion)?` +
		` ?(\+|(-|\x{2013}|\x{2014}|to|and) ?[$€£]?\d[\d.,]* ?(%|[kmb]|[kmgtp]b|percent|thousand|million|billion)?\+?)?( [a-z]+){0,3}[ .]*$`)
	asksOpenly   = text.Pattern(`^(what|which|who|whose|why|when|where|how|to what|tell us|as above)\b`)
	asksForFacts = text.Pattern(`^(who|which|when|where|how (many|much|long|often|large|big|old)|identify your|what (is|are) (your|the) (size|number|type|kind|industry|profile|role|name)|what (size|type|kind|percentage|version|industry))\b`)
	chooseOne    = text.Pattern(`(?i)\b(choose|select|pick|check)( only| just| exactly)? (one|1|a single)\b`)
	label        = text.Pattern(`^([a-z]+[ -]?[0-9]+([.:)-]| [0-9]+)*|[0-9]+[.:)])\s+`)
)
