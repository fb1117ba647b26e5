package rules

import (
	"math/bits"
	"slices"
)

// A Proof is what holds of the rules of a question over every answer that there
// can be: not for a sample, for all of them.
//
// An answer selects at least one choice; nothing selected is UNANSWERED and has
// no risk. What is not applicable is left out of the proof.
type Proof struct {
	Risks  [High + 1]Reach // by Risk: which answers have it
	NoRule Reach           // which answers no rule holds for
	Rules  []Reach         // by rule: which answers it decides
	Raises *Step           // doing more that raises the risk; nil: the rules are monotone
	Idle   []string        // practices that make no difference to any answer
	All    Outcome         // of everything selected, None of these left out
	None   []Outcome       // by None choice: of that alone
	Worst  Outcome         // of practices alone, the highest there is
	// Lenient: None of these selected together with every practice has no risk.
	// The WA Tool stores such answers.
	Lenient bool
}

// A Reach tells how far something can be reached.
type Reach struct {
	By Answers
	// Example is an answer with the fewest choices; nil where By is Never, and
	// where it is Empty.
	Example []string
}

// Answers are kinds of answers.
type Answers int

// The kinds of answers, the less sensible first.
const (
	Never    Answers = iota
	Empty            // only the empty answer, which is UNANSWERED and has no risk
	Mixed            // only answers that select None of these together with something
	Sensible         // practices, or None of these alone
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
// It is exhaustive and still fast: 64 answers are evaluated in one step, so that
// 15 choices take well under a millisecond.
func Prove(set []Rule, practices, none []string) (Proof, bool) {
	ids := slices.Concat(practices, none)
	if len(ids) > MaxChoices {
		return Proof{}, false
	}
	a := newAnswers(len(practices), len(none), ids)
	byRisk, byRule := levels(set, ids)
	p := Proof{NoRule: a.reach(byRisk[High+1])}
	for r := range p.Risks {
		p.Risks[r] = a.reach(byRisk[r])
	}
	for _, t := range byRule {
		p.Rules = append(p.Rules, a.reach(t))
	}
	p.Raises = a.raises(byRisk)
	for i, id := range practices {
		if !slices.ContainsFunc(byRisk[:], func(t table) bool { return !slices.Equal(t.with(i), t.without(i)) }) {
			p.Idle = append(p.Idle, id)
		}
	}
	all := 1<<len(practices) - 1
	p.All = a.outcome(byRisk, all)
	for i := range none {
		p.None = append(p.None, a.outcome(byRisk, 1<<(len(practices)+i)))
	}
	for r := High; r >= None && !p.Worst.OK; r-- {
		if worst, ok := byRisk[r].both(a.done).first(len(ids)); ok {
			p.Worst = a.outcome(byRisk, worst)
		}
	}
	if len(none) > 0 && all > 0 {
		p.Lenient = byRisk[None].has(1<<len(ids) - 1)
	}
	return p, true
}

// answers are all answers to one question, in kinds.
type answers struct {
	ids       []string
	practices int
	done      table // practices, without None
	sensible  table // those, and None alone
	some      table // all but the empty one
}

func newAnswers(practices, none int, ids []string) answers {
	a := answers{ids: ids, practices: practices, done: newTable(len(ids)), some: newTable(len(ids)).invert()}
	a.some[0] &^= repeated(len(ids))
	without := newTable(len(ids)).invert() // no None selected
	alone := newTable(len(ids))            // just one None and nothing else
	for i := practices; i < practices+none; i++ {
		c := choiceTable(len(ids), i)
		for w := range without {
			without[w] &^= c[w]
		}
		set := 1 << i
		if len(ids) < 6 {
			alone[0] |= repeated(len(ids)) << set
		} else {
			alone[set>>6] |= 1 << (set & 63)
		}
	}
	for w := range a.done {
		a.done[w] = without[w] & a.some[w]
	}
	a.sensible = slices.Clone(a.done)
	for w := range alone {
		a.sensible[w] |= alone[w]
	}
	return a
}

// repeated has the bit of the empty set, and its repetitions in a short table.
func repeated(n int) uint64 {
	word := uint64(1)
	for i := n; i < 6; i++ {
		word |= word << (1 << i)
	}
	return word
}

// both holds where two tables hold.
func (t table) both(u table) table {
	out := make(table, len(t))
	for w := range t {
		out[w] = t[w] & u[w]
	}
	return out
}

// named lists the choices of a set.
func (a answers) named(set int) []string {
	var out []string
	for rest := uint(set); rest != 0; rest &= rest - 1 {
		out = append(out, a.ids[bits.TrailingZeros(rest)])
	}
	return out
}

func (a answers) reach(t table) Reach {
	if set, ok := t.both(a.sensible).first(len(a.ids)); ok {
		return Reach{Sensible, a.named(set)}
	}
	if set, ok := t.both(a.some).first(len(a.ids)); ok {
		return Reach{Mixed, a.named(set)}
	}
	if t.has(0) {
		return Reach{By: Empty}
	}
	return Reach{}
}

func (a answers) outcome(byRisk [High + 2]table, set int) Outcome {
	for r, t := range byRisk[:High+1] {
		if t.has(set) {
			return Outcome{Risk(r), true, a.named(set)}
		}
	}
	return Outcome{Answer: a.named(set)}
}

// raises looks for the least answer of practices to which a practice can be added
// so that the risk rises.
func (a answers) raises(byRisk [High + 2]table) *Step {
	var best *Step
	for i := range a.practices {
		selected := choiceTable(len(a.ids), i)
		for from := None; from < High; from++ {
			for to := from + 1; to <= High; to++ {
				t := byRisk[from].both(byRisk[to].with(i)).both(a.done)
				for w := range t {
					t[w] &^= selected[w]
				}
				if set, ok := t.first(len(a.ids)); ok && (best == nil || bits.OnesCount(uint(set)) < len(best.Before)) {
					best = &Step{a.named(set), a.ids[i], from, to}
				}
			}
		}
	}
	return best
}
