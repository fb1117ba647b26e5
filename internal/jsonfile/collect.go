package jsonfile

import "strings"

// object parses an object, starting at its {.
func (r *reader) object(depth int) *Node {
	seen := map[string]Field{} // first field of each key
	return r.collect(Object, '}', ']', `"'`, func(n *Node) *Node {
		f, ok := r.field(depth)
		if !ok {
			return nil
		}
		if first, again := seen[f.Key]; again {
			r.report(RepeatedKey, f.KeyAt, "duplicate key %s: the last one, %s, is used; line %d has %s",
				quoted(f.Key), f.Value.display(), r.line(first.KeyAt.From), first.Value.display())
		} else {
			seen[f.Key] = f
		}
		n.Fields = append(n.Fields, f)
		return f.Value
	})
}

// array parses a list, starting at its [.
func (r *reader) array(depth int) *Node {
	return r.collect(Array, ']', '}', `"'{[-0123456789tfn`, func(n *Node) *Node {
		v := r.value(depth + 1)
		n.Items = append(n.Items, v)
		return v
	})
}

// collect parses the elements between two brackets. next has the characters with which an
// element can begin; part parses one and returns its value, or nil if parsing stopped.
func (r *reader) collect(kind Kind, bracket, wrong byte, next string, part func(*Node) *Node) *Node {
	n := &Node{Kind: kind, At: Span{From: r.at}}
	r.at++
	comma := -1 // offset of a comma without an element after it
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

// field parses a key and its value.
func (r *reader) field(depth int) (Field, bool) {
	f := Field{KeyAt: Span{From: r.at}}
	switch c := r.src[r.at]; {
	case c == '"' || c == '\'':
		f.Key = r.text()
	case isWordByte(c):
		for !r.atEnd() && isWordByte(r.src[r.at]) {
			r.at++
		}
		f.Key = string(r.src[f.KeyAt.From:r.at])
		r.report(Quotes, Span{f.KeyAt.From, r.at}, "the key %s is not in double quotes", quoted(f.Key))
	default:
		r.stop(Syntax, r.at, "expected a key in double quotes or } here, not %s", quotedRune(r.src[r.at:]))
		return f, false
	}
	f.KeyAt.To = r.at
	if r.skip(); r.atEnd() || r.src[r.at] != ':' {
		r.stop(Syntax, r.at, "expected a colon after the key %s", quoted(f.Key))
		return f, false
	}
	r.at++
	f.Value = r.value(depth + 1)
	return f, true
}

// closes reports whether an object or a list ends here: at its bracket, or because parsing
// stopped. comma is the offset of a trailing comma or -1.
func (r *reader) closes(n *Node, bracket, wrong byte, comma int) bool {
	switch {
	case r.atEnd():
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

// comma parses the separator between two elements and returns the offset of the comma, or -1.
// next has the characters with which an element can begin.
func (r *reader) comma(before *Node, bracket byte, next string) int {
	r.skip()
	switch {
	case r.atEnd():
	case r.src[r.at] == ',':
		r.at++
		return r.at - 1
	case r.src[r.at] == bracket, r.src[r.at] == '}', r.src[r.at] == ']':
	case strings.IndexByte(next, r.src[r.at]) >= 0:
		r.report(Comma, Span{before.At.To, before.At.To}, "missing comma")
	default:
		r.stop(Syntax, r.at, "expected , or %c here, not %s", bracket, quotedRune(r.src[r.at:]))
	}
	return -1
}
