package rules

import (
	"fmt"
	"math/big"
	"slices"
)

// Monotone returns the monotone form of a set of rules as rules: at most three,
// whose risk for every answer is the lowest that the set gives for any part of it but
// the empty one, which is no answer. So doing more never raises the risk, no answer has
// a higher risk than before, and rules that were monotone stay as they are. Where
// nothing is selected the risk stays as it is. EvalMonotone computes the same for one
// answer, Monotone for all.
//
// ids are the practices, at most MaxChoices; "None of these" is not among them
// and counts as not selected. A set that has no rule for the empty answer may
// come back without a default.
//
// Rules that come back changed can differ from EvalMonotone where a choice is not
// applicable, since the tool drops such a choice from its operator so that its
// result depends on how a condition is written. Of the ways to write them, that with
// the fewest such differences is taken, then the shortest.
func Monotone(set []Rule, ids []string) []Rule {
	if len(ids) > MaxChoices {
		panic(fmt.Sprintf("rules: %d choices; the WA Tool allows %d", len(ids), MaxChoices))
	}
	s := newSpace(ids)
	byRisk, _ := s.partition(set)
	var up [High + 1]table // answers with this risk or a lower one
	same, below := true, new(big.Int)
	for r := range up {
		below = or(below, byRisk[r])
		up[r] = or(s.closure(minus(below, emptySet)), and(below, emptySet))
		same = same && up[r].Cmp(below) == 0
	}
	if same && len(set) <= int(High)+1 {
		return slices.Clone(set)
	}
	return bestForm(s.forms(up), set, ids)
}

// forms writes the levels as rules in every way that there is: each level as an
// or of ands, or as an and of ors.
func (s space) forms(up [High + 1]table) [][]Rule {
	out := [][]Rule{nil}
	before := new(big.Int) // what the rules so far hold for
	for r, t := range up {
		if t.Cmp(before) == 0 {
			continue // nothing has just this risk
		}
		var longer [][]Rule
		for _, way := range s.conditionsFor(t, before) {
			for _, rules := range out {
				longer = append(longer, append(slices.Clone(rules), Rule{When: way, Risk: Risk(r)}))
			}
		}
		if out, before = longer, t; t.Cmp(s.all) == 0 {
			break
		}
	}
	return out
}

// ways writes a table, which is closed upward but for the empty set, as conditions; nil
// is default. before is what the rules before it hold for.
func (s space) conditionsFor(t, before table) []*Expr {
	if t.Cmp(s.all) == 0 {
		return []*Expr{nil}
	}
	some := minus(t, emptySet)
	var out []*Expr
	if minus(some, before).Sign() != 0 {
		out = []*Expr{s.disjunction(some, before), s.conjunction(some)}
	}
	if !holds(t, 0) || holds(before, 0) {
		return out
	}
	var nots []*Expr
	for _, id := range s.ids {
		nots = append(nots, &Expr{op: opNot, kids: []*Expr{{op: opID, id: id}}})
	}
	nothing := join(opAnd, nots)
	if out == nil {
		return []*Expr{nothing}
	}
	for i, e := range out {
		out[i] = join(opOr, append(e.operands(opOr), nothing))
	}
	return out
}

// operands are those of an operator, or the condition itself where it is no such one.
func (e *Expr) operands(o op) []*Expr {
	if e.op == o {
		return e.kids
	}
	return []*Expr{e}
}

// ors writes a table that is closed upward as an or of ands: the least sets,
// those left out for which a rule before holds.
func (s space) disjunction(t, before table) *Expr {
	least := minus(t, before)
	for i := range s.ids {
		least = minus(least, withAdded(s.setsWithout(t, i), i))
	}
	var kids []*Expr
	for set := range 1 << len(s.ids) {
		if holds(least, set) {
			kids = append(kids, s.joinChoices(opAnd, set))
		}
	}
	return join(opOr, kids)
}

// ands writes it as an and of ors: of each greatest set that it leaves out,
// something must be added.
func (s space) conjunction(t table) *Expr {
	out := minus(s.all, t)
	greatest := out
	for i := range s.ids {
		greatest = minus(greatest, s.setsWithRemoved(out, i))
	}
	all := 1<<len(s.ids) - 1
	var kids []*Expr
	for set := range 1 << len(s.ids) {
		if holds(greatest, set) {
			kids = append(kids, s.joinChoices(opOr, all&^set))
		}
	}
	return join(opAnd, kids)
}

// group joins the choices of a set.
func (s space) joinChoices(o op, set int) *Expr {
	var kids []*Expr
	for _, id := range s.idsOf(set) {
		kids = append(kids, &Expr{op: opID, id: id})
	}
	return join(o, kids)
}

func join(o op, kids []*Expr) *Expr {
	if len(kids) == 1 {
		return kids[0]
	}
	return &Expr{op: o, kids: kids}
}

// compared is up to how many choices all answers with choices that don't apply
// are compared.
const maxCompared = 6

// best returns the form that differs least from EvalMonotone where choices don't
// apply; of equals the shortest, of those the first.
func bestForm(forms [][]Rule, set []Rule, ids []string) []Rule {
	cost := func(form []Rule) (differences, length int) {
		for _, r := range form {
			length += len(r.Condition())
		}
		if len(ids) <= maxCompared && len(forms) > 1 {
			differences = countDifferences(form, set, ids)
		}
		return differences, length
	}
	var winner []Rule
	var least, shortest int
	for i, form := range forms {
		d, l := cost(form)
		if i == 0 || d < least || d == least && l < shortest {
			winner, least, shortest = form, d, l
		}
	}
	return winner
}

// differ counts the answers for which a form gives another risk than EvalMonotone.
func countDifferences(form, set []Rule, ids []string) int {
	states, n := make(map[string]State, len(ids)), 0
	of := func(id string) State { return states[id] }
	var each func(int)
	each = func(i int) {
		if i == len(ids) {
			want, wantOK := EvalMonotone(set, ids, "", of)
			got, ok := Eval(form, of)
			if got != want || ok != wantOK {
				n++
			}
			return
		}
		for _, s := range []State{NotSelected, Selected, NotApplicable} {
			states[ids[i]] = s
			each(i + 1)
		}
	}
	each(0)
	return n
}
