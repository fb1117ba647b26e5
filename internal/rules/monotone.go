package rules

import (
	"fmt"
	"slices"
)

// Monotone returns the monotone form of a rule set: at most three rules that give every
// answer the lowest risk of its non-empty subsets, as EvalMonotone does for one answer.
// Doing more then never raises the risk, no answer has a higher risk than before, and the
// risk of the empty answer is unchanged. Monotone rules are returned unchanged.
//
// ids are the practices, at most MaxChoices; "None of these" is not among them and counts as
// not selected. If no rule holds for the empty answer, the result may have no default.
//
// Changed rules can differ from EvalMonotone for answers with choices that are not
// applicable: the WA Tool drops such a choice from its operator, so the result depends on
// how a condition is written. Of the possible conditions, those with the fewest differences
// are returned; of these, the shortest.
func Monotone(set []Rule, ids []string) []Rule {
	if len(ids) > MaxChoices {
		panic(fmt.Sprintf("rules: %d choices; the WA Tool allows %d", len(ids), MaxChoices))
	}
	s := newSpace(ids)
	byRisk, _ := s.partition(set)
	var up [High + 1]table // answers with this risk or a lower one
	same, below := true, s.none
	for r := range up {
		below = or(below, byRisk[r])
		up[r] = or(s.closure(minus(below, s.empty)), and(below, s.empty))
		same = same && slices.Equal(up[r], below)
	}
	if same && len(set) <= int(High)+1 {
		return slices.Clone(set)
	}
	return bestForm(s.forms(up), set, ids)
}

// forms returns rule sets for the answers up to each risk, with every combination of
// conditions in disjunctive and conjunctive normal form.
func (s space) forms(up [High + 1]table) [][]Rule {
	out := [][]Rule{nil}
	before := s.none // answers for which a previous rule holds
	for r, t := range up {
		if slices.Equal(t, before) {
			continue // no answer has exactly this risk
		}
		var longer [][]Rule
		for _, way := range s.conditionsFor(t, before) {
			for _, rules := range out {
				longer = append(longer, append(slices.Clone(rules), Rule{When: way, Risk: Risk(r)}))
			}
		}
		if out, before = longer, t; slices.Equal(t, s.all) {
			break
		}
	}
	return out
}

// conditionsFor returns conditions for a table, which is closed upward except for the empty
// set; nil is default. before has the answers for which a previous rule holds.
func (s space) conditionsFor(t, before table) []*Expr {
	if slices.Equal(t, s.all) {
		return []*Expr{nil}
	}
	some := minus(t, s.empty)
	var out []*Expr
	if !minus(some, before).isEmpty() {
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

// operands returns the operands of a condition with operator o, or else the condition itself.
func (e *Expr) operands(o op) []*Expr {
	if e.op == o {
		return e.kids
	}
	return []*Expr{e}
}

// disjunction returns a disjunctive condition for a table that is closed upward: an || of its
// minimal sets, without those for which a previous rule holds.
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

// conjunction returns a conjunctive condition for a table that is closed upward: for each
// maximal set outside it, one of the missing choices must be selected.
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

// joinChoices joins the choices of a set by an operator.
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

// maxCompared is the maximum number of choices for which countDifferences is called.
const maxCompared = 6

// bestForm returns the form with the fewest differences from EvalMonotone; of these the
// shortest, and of these the first.
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

// countDifferences counts the answers, including those with choices that are not applicable,
// for which a form and EvalMonotone differ.
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
