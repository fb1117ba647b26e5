package rules

// Repeated returns a duplicate operand of a condition, compared by its text.
func (e *Expr) Repeated() (*Expr, bool) {
	if e.op == opAnd || e.op == opOr {
		seen := make(map[string]bool, len(e.kids))
		for _, k := range e.kids {
			s := k.String()
			if seen[s] {
				return k, true
			}
			seen[s] = true
		}
	}
	for _, k := range e.kids {
		if r, ok := k.Repeated(); ok {
			return r, true
		}
	}
	return nil, false
}
