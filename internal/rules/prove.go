package rules

import (
	"math/big"
	"slices"
)

// A Proof is what holds of the rules of a question over every possible answer: not a
// sample, all of them.
//
// An answer selects at least one choice; nothing selected is UNANSWERED and has
// no risk. What is not applicable is left out of the proof.
type Proof struct {
	Risks       [High + 1]Reach // by Risk: which answers have it
	NoRule      Reach           // which answers no rule holds for
	Rules       []Reach         // by rule: which answers it decides
	Raises      *Step           // doing more that raises the risk; nil: the rules are monotone
	Ineffective []string        // practices that make no difference to any answer
	AllSelected Outcome         // of everything selected, None of these left out
	NoneAlone   []Outcome       // by None choice: of that alone
	Worst       Outcome         // of practices alone, the highest there is
	// IgnoresNone: None of these selected together with every practice has no risk.
	// The WA Tool stores such answers.
	IgnoresNone bool
}

// A Reach is by which answers something can be reached.
type Reach struct {
	By AnswerKind
	// Example is an answer with the fewest choices; nil where By is Never, and
	// where it is Empty.
	Example []string
}

// Answers are kinds of answers.
type AnswerKind int

// The kinds of answers, the least sensible first.
const (
	Never     AnswerKind = iota
	OnlyEmpty            // only the empty answer, which is UNANSWERED and has no risk
	OnlyMixed            // only answers that select None of these together with something
	Valid                // practices, or None of these alone
)

// An Outcome is the risk of an answer.
type Outcome struct {
	Risk   Risk
	OK     bool // a rule holds
	Answer []string
}

// A Step is a practice that raises the risk of an answer to which it is added.
type Step struct {
	Before   []string // practices, at least one
	Practice string
	From, To Risk
}

// Prove proves what holds of a set of rules over all answers. practices and none
// are the ids of the choices, each once; none are those that mean "None of
// these". It returns false, and proves nothing, for more than MaxChoices.
//
// It is exhaustive: all sets of choices are evaluated.
func Prove(set []Rule, practices, none []string) (Proof, bool) {
	ids := slices.Concat(practices, none)
	if len(ids) > MaxChoices {
		return Proof{}, false
	}
	a := newAnswerSpace(ids, len(practices))
	byRisk, byRule := a.partition(set)
	p := Proof{NoRule: a.reach(byRisk[High+1])}
	for r := range p.Risks {
		p.Risks[r] = a.reach(byRisk[r])
	}
	for _, t := range byRule {
		p.Rules = append(p.Rules, a.reach(t))
	}
	p.Raises = a.raises(byRisk)
	for i, id := range practices {
		matters := func(t table) bool { return a.setsWithout(t, i).Cmp(a.setsWithRemoved(t, i)) != 0 }
		if !slices.ContainsFunc(byRisk[:], matters) {
			p.Ineffective = append(p.Ineffective, id)
		}
	}
	all := 1<<len(practices) - 1
	p.AllSelected = a.outcome(byRisk, all)
	for i := range none {
		p.NoneAlone = append(p.NoneAlone, a.outcome(byRisk, 1<<(len(practices)+i)))
	}
	for r := High; r >= None && !p.Worst.OK; r-- {
		if worst, ok := smallest(and(byRisk[r], a.practicesOnly)); ok {
			p.Worst = a.outcome(byRisk, worst)
		}
	}
	if len(none) > 0 && all > 0 {
		p.IgnoresNone = holds(byRisk[None], 1<<len(ids)-1)
	}
	return p, true
}

// answers are all answers to one question, in kinds.
type answerSpace struct {
	space
	practices int   // the choices before None
	nonEmpty      table // all but the empty answer
	practicesOnly      table // practices, without None
	valid  table // those, and None alone
}

func newAnswerSpace(ids []string, practices int) answerSpace {
	a := answerSpace{space: newSpace(ids), practices: practices}
	a.nonEmpty = minus(a.all, big.NewInt(1))
	a.practicesOnly = a.nonEmpty
	for _, none := range a.with[practices:] {
		a.practicesOnly = minus(a.practicesOnly, none)
	}
	a.valid = a.practicesOnly
	for i := practices; i < len(ids); i++ {
		a.valid = or(a.valid, withAdded(big.NewInt(1), i))
	}
	return a
}

func (a answerSpace) reach(t table) Reach {
	if set, ok := smallest(and(t, a.valid)); ok {
		return Reach{Valid, a.idsOf(set)}
	}
	if set, ok := smallest(and(t, a.nonEmpty)); ok {
		return Reach{OnlyMixed, a.idsOf(set)}
	}
	if holds(t, 0) {
		return Reach{By: OnlyEmpty}
	}
	return Reach{}
}

func (a answerSpace) outcome(byRisk [High + 2]table, set int) Outcome {
	for r, t := range byRisk[:High+1] {
		if holds(t, set) {
			return Outcome{Risk(r), true, a.idsOf(set)}
		}
	}
	return Outcome{Answer: a.idsOf(set)}
}

// raises looks for the least answer of practices to which a practice can be added
// so that the risk rises.
func (a answerSpace) raises(byRisk [High + 2]table) *Step {
	var best *Step
	for i := range a.practices {
		for from := None; from < High; from++ {
			for to := from + 1; to <= High; to++ {
				set, ok := smallest(and(and(byRisk[from], a.setsWithRemoved(byRisk[to], i)), a.practicesOnly))
				if ok && (best == nil || size(set) < len(best.Before)) {
					best = &Step{a.idsOf(set), a.ids[i], from, to}
				}
			}
		}
	}
	return best
}
