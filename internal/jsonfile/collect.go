package jsonfile

import "strings"

// object reads an object from its { on.
func (r *reader) object(depth int) *Node {
	seen := map[string]Field{} // a key as it was first
	return r.collect(Object, '}', ']', `"'`, func(n *Node) *Node {
		f, ok := r.field(depth)
		if !ok {
			return nil
		}
		if first, again := seen[f.Key]; again {
			r.report(RepeatedKey, f.KeyAt, "duplicate key %s: the last one, %s, is used; line %d has %s",
				cut(f.Key), f.Value.shown(), r.line(first.KeyAt.From), first.Value.shown())
		} else {
			seen[f.Key] = f
		}
		n.Fields = append(n.Fields, f)
		return f.Value
	})
}

// array reads a list from its [ on.
func (r *reader) array(depth int) *Node {
	return r.collect(Array, ']', '}', `"'{[-0123456789tfn`, func(n *Node) *Node {
		v := r.value(depth + 1)
		n.Items = append(n.Items, v)
		return v
	})
}

// collect reads what is between two brackets. next are the characters with which a
// further part can begin; part reads one and returns its value, or nil where nothing
// more can be understood.
func (r *reader) collect(kind Kind, bracket, wrong byte, next string, part func(*Node) *Node) *Node {
	n := &Node{Kind: kind, At: Span{From: r.at}}
	r.at++
	comma := -1 // where the last one is, if nothing has followed it
	for {
		r.skip()
		if r.closes(n, bracket, wrong, comma) {
			return n
		}
		if r.src[r.at] == ',' {
			r.report(Comma, Span{r.at, r.at + 1}, "unexpected comma")
			r.at++
			continue
		}
		v := part(n)
		if v == nil {
			n.At.To = r.at
			return n
		}
		comma = r.comma(v, bracket, next)
	}
}

// field reads a key and its value.
func (r *reader) field(depth int) (Field, bool) {
	f := Field{KeyAt: Span{From: r.at}}
	switch c := r.src[r.at]; {
	case c == '"' || c == '\'':
		f.Key = r.text()
	case wordByte(c):
		for !r.end() && wordByte(r.src[r.at]) {
			r.at++
		}
		f.Key = string(r.src[f.KeyAt.From:r.at])
		r.report(Quotes, Span{f.KeyAt.From, r.at}, "the key %s is not in double quotes", cut(f.Key))
	default:
		r.stop(Syntax, r.at, "expected a key in double quotes or } here, not %s", shown(r.src[r.at:]))
		return f, false
	}
	f.KeyAt.To = r.at
	if r.skip(); r.end() || r.src[r.at] != ':' {
		r.stop(Syntax, r.at, "expected a colon after the key %s", cut(f.Key))
		return f, false
	}
	r.at++
	f.Value = r.value(depth + 1)
	return f, true
}

// closes reports whether an object or a list ends here: at its bracket, or because
// nothing more can be understood. comma is where a trailing comma is.
func (r *reader) closes(n *Node, bracket, wrong byte, comma int) bool {
	switch {
	case r.end():
		r.stop(Syntax, n.At.From, "unclosed %c", r.src[n.At.From])
		r.at = len(r.src)
	case r.src[r.at] == bracket:
		if comma >= 0 {
			r.report(Comma, Span{comma, comma + 1}, "trailing comma")
		}
		r.at++
	case r.src[r.at] == wrong:
		r.stop(Syntax, r.at, "expected %c, which closes the %c of line %d, not %c", bracket, r.src[n.At.From], r.line(n.At.From), wrong)
	default:
		return false
	}
	n.At.To = r.at
	return true
}

// comma reads what is between two values and returns where the comma is, -1
// where there is none. next are the characters with which a further value can
// begin.
func (r *reader) comma(before *Node, bracket byte, next string) int {
	r.skip()
	switch {
	case r.end():
	case r.src[r.at] == ',':
		r.at++
		return r.at - 1
	case r.src[r.at] == bracket, r.src[r.at] == '}', r.src[r.at] == ']':
	case strings.IndexByte(next, r.src[r.at]) >= 0:
		r.report(Comma, Span{before.At.To, before.At.To}, "missing comma")
	default:
		r.stop(Syntax, r.at, "expected , or %c here, not %s", bracket, shown(r.src[r.at:]))
	}
	return -1
}
