package jsonfile

// Class is the kind of a problem.
type Class string

// The classes of problems.
const (
	Syntax        Class = "syntax" // any other syntax error
	ByteOrderMark Class = "byte-order-mark"
	Encoding      Class = "encoding"      // not UTF-8
	NotAValue     Class = "not-a-value"   // NaN, Infinity, True, undefined
	BadNumber     Class = "bad-number"    // 01, .5, +1
	Comma         Class = "comma"         // extra or missing
	Comment       Class = "comment"       // not allowed in JSON
	Quotes        Class = "quotes"        // single quotes, or none
	ControlChar   Class = "control-char"  // a line break or the like inside a string
	Escape        Class = "escape"        // \x
	Surrogate     Class = "surrogate"     // \ud800 without its other half
	RepeatedKey   Class = "repeated-key"  // twice in one object
	TrailingText  Class = "trailing-text" // after the value
	Size          Class = "size"          // larger than MaxSize
	Limit         Class = "limit"         // nested too deep, too many problems
)

// Tolerated reports whether the content of the file is clear in spite of the problem, so that
// a warning is enough: a byte order mark, and a duplicate key, of which most parsers,
// including AWS's, use the last.
func (c Class) Tolerated() bool { return c == ByteOrderMark || c == RepeatedKey }

// A Problem is an error in a file.
type Problem struct {
	Class Class
	At    Span
	Text  string // message
	Fatal bool   // parsing stopped here: the tree lacks the rest
}

// maxProblems limits the problems of a file: parsing stops there. Tolerated problems do not
// count; only the first maxTolerated are reported.
const maxProblems, maxTolerated = 100, 1000
