package jsonfile

// Class is the kind of mistake of a problem.
type Class string

// The classes of problem.
const (
	Syntax        Class = "syntax" // not JSON in any other way
	ByteOrderMark Class = "byte-order-mark"
	Encoding      Class = "encoding"      // not UTF-8
	NotAValue     Class = "not-a-value"   // NaN, Infinity, True, undefined
	BadNumber     Class = "bad-number"    // 01, .5, +1
	Comma         Class = "comma"         // one too many or too few
	Comment       Class = "comment"       // JSON has none
	Quotes        Class = "quotes"        // single ones, or none
	ControlChar   Class = "control-char"  // a line break or the like inside a string
	Escape        Class = "escape"        // \x
	Surrogate     Class = "surrogate"     // \ud800 without its other half
	RepeatedKey   Class = "repeated-key"  // twice in one object
	TrailingText  Class = "trailing-text" // something after the value
	Size          Class = "size"          // more bytes than are read
	Limit         Class = "limit"         // too deep, too many mistakes
)

// Tolerated tells whether a mistake leaves no doubt what a file says, so that a reader
// may go on with a warning: a byte order mark, and a repeated key, of which every
// reader of JSON, AWS's included, takes the last.
func (c Class) Tolerated() bool { return c == ByteOrderMark || c == RepeatedKey }

// A Problem is one mistake in a file.
type Problem struct {
	Class Class
	At    Span
	Text  string // what is wrong, for people
	Fatal bool   // reading ended here: the tree lacks what follows
}

// maxProblems bounds the cost of a file full of mistakes. Those with which reading can
// end well don't end it, and are reported up to maxTolerated.
const maxProblems, maxTolerated = 100, 1000
