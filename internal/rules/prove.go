package rules

import (
	"slices"
)

// A Proof has the properties of the rules of a question over every possible answer.
//
// An answer selects at least one choice; with nothing selected a question is UNANSWERED and
// has no risk. Answers with choices that are not applicable are not considered.
type Proof struct {
	Risks       [High + 1]Reach // answers with each Risk
	NoRule      Reach           // answers for which no rule holds
	Rules       []Reach         // answers that each rule decides
	Raises      *Step           // a practice that raises the risk; nil: the rules are monotone
	Ineffective []string        // practices that never change the risk
	AllSelected Outcome         // of all practices without None of these
	NoneAlone   []Outcome       // of each None choice alone
	Worst       Outcome         // the highest risk of practices without None of these
	// IgnoresNone is true if None of these together with every practice has no risk. The WA
	// Tool stores such answers.
	IgnoresNone bool
}

// A Reach tells which answers reach a risk or a rule.
type Reach struct {
	By      AnswerKind
	Example []string // an answer with the fewest choices; nil if By is Never or OnlyEmpty
}

// An AnswerKind is the most sensible kind of answer that reaches something.
type AnswerKind int

// The kinds of answers, least sensible first.
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

// A Step adds a practice to an answer and thereby raises the risk.
type Step struct {
	Before   []string // practices, at least one
	Practice string
	From, To Risk
}

// Prove analyses a rule set over all answers exhaustively. practices and none are the ids of
// the choices without duplicates; none are those that mean "None of these". It returns
// false for more than MaxChoices.
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
		matters := func(t table) bool { return !slices.Equal(a.setsWithout(t, i), a.setsWithRemoved(t, i)) }
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

// An answerSpace has all answers to a question by kind.
type answerSpace struct {
	space
	practices     int   // the choices before None
	nonEmpty      table // all but the empty answer
	practicesOnly table // practices, without None
	valid         table // those, and None alone
}

func newAnswerSpace(ids []string, practices int) answerSpace {
	a := answerSpace{space: newSpace(ids), practices: practices}
	a.nonEmpty = minus(a.all, a.empty)
	a.practicesOnly = a.nonEmpty
	for _, none := range a.with[practices:] {
		a.practicesOnly = minus(a.practicesOnly, none)
	}
	a.valid = a.practicesOnly
	for i := practices; i < len(ids); i++ {
		a.valid = or(a.valid, withAdded(a.empty, i))
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

// raises returns a smallest answer of practices to which adding a practice raises the risk.
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
