// Package jsonfile reads one JSON file into a tree in which every value has its
// place, and reads on after a mistake.
//
// A reader that stops at the first mistake makes people fix a file one line a
// run. This one takes what is common in files made by hand or by careless
// programs (NaN, a comma too many or too few, a repeated key, a comment, single
// quotes, a byte order mark), reports its place, and reads on with the only possible
// meaning. A tree comes back in any case; a file is JSON, as
// RFC 8259 has it, where there is no problem. A fuzz test checks that it then has the
// values that encoding/json reads.
package jsonfile

// MaxSize is how many bytes a file can have: many times what any format allows
// that is read here.
const MaxSize = 8 << 20

// MaxDepth is how deep values can be nested.
const MaxDepth = 100

// Kind is the kind of a value.
type Kind int

// The kinds of value.
const (
	Invalid Kind = iota // not a JSON value, which a problem reports
	Object
	Array
	String
	Number
	Bool
	Null
)

// String names a kind as a person would.
func (k Kind) String() string {
	return [...]string{"no value", "an object", "a list", "a string", "a number", "true or false", "null"}[k]
}

// A Span is a part of a file: bytes, counted from 0, To left out. The zero Span
// is nowhere.
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

// Field returns the field of a key; of a repeated key the last, as other readers
// of JSON do.
func (n *Node) Field(key string) (Field, bool) {
	for i := len(n.Fields) - 1; i >= 0; i-- {
		if n.Fields[i].Key == key {
			return n.Fields[i], true
		}
	}
	return Field{}, false
}

// shown is a value as a message names it.
func (n *Node) display() string {
	switch n.Kind {
	case String, Invalid:
		return quotedTo(n.Text, 120) // the end of a link counts
	case Number, Bool:
		return n.Text
	}
	return n.Kind.String()
}
