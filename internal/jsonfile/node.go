// Package jsonfile parses JSON files into trees with positions, and continues after errors,
// so that a person can fix all errors of a file at once. Write writes JSON.
//
// The parser reports common mistakes (NaN, extra or missing commas, duplicate keys,
// comments, single quotes, a byte order mark) and continues with the only possible
// meaning. It always returns a tree; a file is JSON by RFC 8259 if there are no problems. A
// fuzz test checks that such a tree has the values that encoding/json reads.
package jsonfile

// MaxSize is the maximum size of a file in bytes, well above the limits of all formats in
// use.
const MaxSize = 8 << 20

// MaxDepth is the maximum nesting depth.
const MaxDepth = 100

// Kind is the JSON type of a value.
type Kind int

// The kinds of values.
const (
	Invalid Kind = iota // not a JSON value; reported as a problem
	Object
	Array
	String
	Number
	Bool
	Null
)

// String returns a description such as "an object".
func (k Kind) String() string {
	return [...]string{"no value", "an object", "a list", "a string", "a number", "true or false", "null"}[k]
}

// A Span is a range of byte offsets in a file, from 0, without To. The zero Span is no
// position.
type Span struct{ From, To int }

// A Node is one value.
type Node struct {
	Kind   Kind
	At     Span
	Text   string  // of a String its value; of a Number, a Bool or an Invalid value as it is written
	Fields []Field // of an Object, in order, repeated keys included
	Items  []*Node // of an Array
}

// A Field is one key of an object with its value.
type Field struct {
	Key   string
	KeyAt Span // quotes included
	Value *Node
}

// Field returns the field with a key; of duplicate keys the last one, as most JSON parsers
// do.
func (n *Node) Field(key string) (Field, bool) {
	for i := len(n.Fields) - 1; i >= 0; i-- {
		if n.Fields[i].Key == key {
			return n.Fields[i], true
		}
	}
	return Field{}, false
}

// display returns a value for messages.
func (n *Node) display() string {
	switch n.Kind {
	case String, Invalid:
		return quotedTo(n.Text, 120) // long enough for the end of a link
	case Number, Bool:
		return n.Text
	}
	return n.Kind.String()
}
