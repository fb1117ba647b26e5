package rules

import "strings"

// String returns a condition with as few parentheses as needed. Parse returns an equal
// condition for it.
func (e *Expr) String() string {
	var b strings.Builder
	e.write(&b, opOr)
	return b.String()
}

// Condition returns the condition of a rule in the form that Parse reads.
func (r Rule) Condition() string {
	if r.When == nil {
		return Default
	}
	return r.When.String()
}

// write writes a condition that is an operand of the operator around.
func (e *Expr) write(b *strings.Builder, around op) {
	switch e.op {
	case opID:
		b.WriteString(e.id)
		return
	case opNot:
		b.WriteByte('!')
		e.kids[0].write(b, opNot)
		return
	}
	sign, open := " && ", around == opNot
	if e.op == opOr {
		sign, open = " || ", around != opOr
	}
	if open {
		b.WriteByte('(')
	}
	for i, k := range e.kids {
		if i > 0 {
			b.WriteString(sign)
		}
		inner := e.op
		if k.op == e.op { // a nested condition with the same operator keeps its parentheses
			inner = opNot
		}
		k.write(b, inner)
	}
	if open {
		b.WriteByte(')')
	}
}
