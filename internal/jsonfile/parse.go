package jsonfile

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/iotlens/iotlens/internal/suggest"
)

// Parse parses a file. The tree has as much of it as possible; the file is valid JSON only
// if there are no problems.
func Parse(src []byte) (*Node, []Problem) {
	r := &reader{src: src, at: skipBOM(src)}
	switch {
	case len(src) > MaxSize:
		r.stop(Size, 0, "the file has %d MB; the maximum is %d MB", len(src)>>20, MaxSize>>20)
	case isWide(src):
		r.stop(Encoding, 0, "the file is in UTF-16 or UTF-32; save it as UTF-8")
	case r.at > 0:
		r.report(ByteOrderMark, Span{0, r.at}, "the file starts with a byte order mark; save it as UTF-8 without one")
	}
	if r.skip(); r.atEnd() && !r.stopped {
		r.stop(Syntax, len(src), "the file is empty")
	}
	n := r.value(0)
	if r.skip(); !r.atEnd() {
		r.stop(TrailingText, r.at, "unexpected text after the JSON value; a file has one value")
	}
	return n, r.problems
}

// isWide reports whether a file is in UTF-16 or UTF-32: it has such a byte order mark or,
// since JSON begins with two ASCII characters, a zero among its first four bytes (RFC 4627,
// section 3).
func isWide(src []byte) bool {
	return bytes.HasPrefix(src, []byte{0xFF, 0xFE}) || bytes.HasPrefix(src, []byte{0xFE, 0xFF}) || bytes.IndexByte(src[:min(4, len(src))], 0) >= 0
}

type reader struct {
	src      []byte
	at       int
	problems []Problem
	stopped  bool

	mistakes, tolerated int // number of problems
}

func (r *reader) atEnd() bool { return r.at >= len(r.src) }

// report adds a problem and continues.
func (r *reader) report(c Class, at Span, format string, args ...any) {
	if r.stopped {
		return
	}
	if c.Tolerated() {
		if r.tolerated++; r.tolerated > maxTolerated {
			return
		}
	} else {
		r.mistakes++
	}
	r.problems = append(r.problems, Problem{Class: c, At: at, Text: fmt.Sprintf(format, args...)})
	if r.mistakes == maxProblems {
		r.stop(Limit, r.at, "more than %d mistakes; the rest of the file was not read", maxProblems-1)
	}
}

// stop adds a problem and stops parsing.
func (r *reader) stop(c Class, at int, format string, args ...any) {
	if !r.stopped {
		to := at
		if at < len(r.src) {
			_, size := utf8.DecodeRune(r.src[at:])
			to += size
		}
		r.stopped = true
		r.problems = append(r.problems, Problem{Class: c, At: Span{at, to}, Text: fmt.Sprintf(format, args...), Fatal: c != TrailingText})
	}
	r.at = len(r.src)
}

func (r *reader) line(offset int) int { return 1 + bytes.Count(r.src[:offset], []byte("\n")) }

// skip skips white space, and comments, which it reports.
func (r *reader) skip() {
	for !r.atEnd() {
		switch c := r.src[r.at]; {
		case c == ' ' || c == '\t' || c == '\n' || c == '\r':
			r.at++
		case c == '/' && !r.stopped && r.at+1 < len(r.src) && (r.src[r.at+1] == '/' || r.src[r.at+1] == '*'):
			r.comment()
		default:
			return
		}
	}
}

func (r *reader) comment() {
	from, until := r.at, "\n"
	if r.src[r.at+1] == '*' {
		until = "*/"
	}
	n := bytes.Index(r.src[from+2:], []byte(until))
	switch {
	case n >= 0 && until == "\n":
		r.at = from + 2 + n
	case n >= 0:
		r.at = from + 2 + n + 2
	default:
		r.at = len(r.src)
	}
	r.report(Comment, Span{from, r.at}, "JSON has no comments")
}

// value reads one value.
func (r *reader) value(depth int) *Node {
	r.skip()
	from := r.at
	if r.atEnd() {
		r.stop(Syntax, len(r.src), "the file ends where a value is expected")
		return &Node{At: Span{from, from}}
	}
	if depth > MaxDepth {
		r.stop(Limit, r.at, "values are nested more than %d deep", MaxDepth)
		return &Node{At: Span{from, from}}
	}
	switch c := r.src[r.at]; {
	case c == '{':
		return r.object(depth)
	case c == '[':
		return r.array(depth)
	case c == '"' || c == '\'':
		text := r.text()
		return &Node{Kind: String, At: Span{from, r.at}, Text: text}
	case isWordByte(c) || strings.IndexByte("+-.", c) >= 0:
		return r.word()
	case c == ',' || c == '}' || c == ']':
		r.report(Syntax, Span{from, from + 1}, "missing value")
	default:
		r.stop(Syntax, from, "unexpected character %s", quotedRune(r.src[from:]))
	}
	return &Node{At: Span{from, from}}
}

// quotedRune returns the first character of src in quotes.
func quotedRune(src []byte) string {
	c, _ := utf8.DecodeRune(src)
	return fmt.Sprintf("%+q", c)
}

func isWordByte(c byte) bool {
	return c == '_' || c == '$' || c >= '0' && c <= '9' || c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z' || c >= utf8.RuneSelf
}

// word parses an unquoted value: true, false, null, a number, or an invalid word.
func (r *reader) word() *Node {
	from := r.at
	for !r.atEnd() && (isWordByte(r.src[r.at]) || strings.IndexByte("+-.", r.src[r.at]) >= 0) {
		r.at++
	}
	n := &Node{At: Span{from, r.at}, Text: string(r.src[from:r.at])}
	switch {
	case n.Text == "true" || n.Text == "false":
		n.Kind = Bool
	case n.Text == "null":
		n.Kind = Null
	case json.Valid([]byte(n.Text)): // a word has no quotes or brackets
		n.Kind = Number
	case strings.Trim(n.Text, "+-.0123456789eE") == "" && strings.ContainsAny(n.Text, "0123456789"):
		r.report(BadNumber, n.At, "%s is not a JSON number", quoted(n.Text))
	default:
		r.report(NotAValue, n.At, "%s is not a JSON value%s", quoted(n.Text), suggestValue(n.Text))
	}
	return n
}

func suggestValue(word string) string {
	switch strings.ToLower(strings.Trim(word, "+-")) {
	case "nan", "infinity", "inf":
		return "; strings need double quotes, numbers digits"
	case "none", "nil", "undefined":
		return `, did you mean "null"?`
	}
	if s := suggest.DidYouMean(word, []string{"true", "false", "null"}); s != "" {
		return s
	}
	return "; strings need double quotes"
}

// quoted quotes and shortens a text for a message.
func quoted(s string) string { return quotedTo(s, 30) }

func quotedTo(s string, most int) string {
	out := fmt.Sprintf("%q", s)
	if runes := []rune(s); len(runes) > most {
		out = fmt.Sprintf("%q...", string(runes[:most]))
	}
	return out
}
