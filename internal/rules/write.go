package rules

import "strings"

// String writes a condition with no more parentheses than it needs. Parse reads
// the same condition from it.
func (e *Expr) String() string {
	var b strings.Builder
	e.write(&b, opOr)
	return b.String()
}

// Condition writes the condition of a rule, as Parse reads it.
func (r Rule) Condition() string {
	if r.When == nil {
		return Default
	}
	return r.When.String()
}

// write writes a condition that stands where around binds its parts.
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
		if k.op == e.op { // a group within a group of its kind keeps its parentheses
			inner = opNot
		}
		k.write(b, inner)
	}
	if open {
		b.WriteByte(')')
	}
}
