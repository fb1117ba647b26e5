package jsonfile

import (
	"bytes"
	"fmt"
	"strconv"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// text parses a string, starting at its opening quote.
func (r *reader) text() string {
	from, quote := r.at, r.src[r.at]
	r.at++
	if quote == '\'' {
		r.report(Quotes, Span{from, r.at}, "a string is in single quotes; JSON needs double quotes")
	}
	var b strings.Builder
	for {
		if r.atEnd() {
			r.stop(Syntax, from, "unclosed string")
			return b.String()
		}
		switch c := r.src[r.at]; {
		case c == quote:
			r.at++
			return b.String()
		case c == '\\':
			r.escape(&b)
		case c == '\n' || c == '\r' && r.at+1 < len(r.src) && r.src[r.at+1] == '\n':
			if r.missingQuote(from) {
				return strings.TrimSuffix(b.String(), ",")
			}
			r.report(ControlChar, Span{r.at, r.at + 1}, `unescaped line break in a string; write \n`)
			b.WriteByte('\n')
			r.at += bytes.IndexByte(r.src[r.at:], '\n') + 1
		case c < ' ':
			r.report(ControlChar, Span{r.at, r.at + 1}, "unescaped control character U+%04X in a string; write %s", c, escaped(c))
			b.WriteByte(c)
			r.at++
		case c < utf8.RuneSelf:
			b.WriteByte(c)
			r.at++
		default:
			char, size := utf8.DecodeRune(r.src[r.at:])
			if char == utf8.RuneError && size == 1 {
				r.report(Encoding, Span{r.at, r.at + 1}, "the byte 0x%02X is not UTF-8; save the file as UTF-8", c)
			}
			b.WriteRune(char)
			r.at += size
		}
	}
}

// escaped returns the JSON escape sequence of a control character.
func escaped(c byte) string {
	if i := strings.IndexByte("\b\f\n\r\t", c); i >= 0 {
		return `\` + "bfnrt"[i:i+1]
	}
	return fmt.Sprintf(`\u%04x`, c)
}

// missingQuote decides, at a line break inside a string, whether its closing quote is missing:
// it is if the next line continues as JSON. The string then ends before the comma at the
// end of the line.
func (r *reader) missingQuote(from int) bool {
	const near = 4 << 10 // limits repeated scans over empty lines
	rest := bytes.TrimLeft(r.src[r.at:min(len(r.src), r.at+near)], " \t\r\n")
	if len(rest) == 0 || strings.IndexByte("\"}]", rest[0]) < 0 {
		return false
	}
	r.report(Quotes, Span{from, r.at}, "missing closing quote")
	if r.src[r.at-1] == ',' {
		r.at--
	}
	return true
}

// escape parses an escape sequence, starting at its backslash.
func (r *reader) escape(b *strings.Builder) {
	from := r.at
	if r.at+1 == len(r.src) {
		r.at++
		return // the caller reports the unclosed string
	}
	c := r.src[r.at+1]
	r.at += 2
	if i := strings.IndexByte(`"\/bfnrt`, c); i >= 0 {
		b.WriteByte("\"\\/\b\f\n\r\t"[i])
		return
	}
	if c != 'u' {
		if c >= utf8.RuneSelf || c < ' ' {
			r.at-- // the character is read separately
		} else {
			b.WriteByte(c)
		}
		r.report(Escape, Span{from, r.at}, `invalid escape sequence; write a backslash as \\`)
		return
	}
	first, ok := r.hex()
	if !ok {
		r.report(Escape, Span{from, r.at}, `\u needs four hexadecimal digits`)
		return
	}
	if !utf16.IsSurrogate(first) {
		b.WriteRune(first)
		return
	}
	if bytes.HasPrefix(r.src[r.at:], []byte(`\u`)) {
		back := r.at
		r.at += 2
		if second, ok := r.hex(); ok {
			if char := utf16.DecodeRune(first, second); char != utf8.RuneError {
				b.WriteRune(char)
				return
			}
		}
		r.at = back
	}
	r.report(Surrogate, Span{from, r.at}, "%s is half of a surrogate pair; the other half is missing", r.src[from:r.at])
	b.WriteRune(utf8.RuneError)
}

// hex parses four hexadecimal digits.
func (r *reader) hex() (rune, bool) {
	if r.at+4 > len(r.src) || bytes.ContainsAny(r.src[r.at:r.at+4], "+-_") {
		return 0, false
	}
	n, err := strconv.ParseUint(string(r.src[r.at:r.at+4]), 16, 16)
	if err != nil {
		return 0, false
	}
	r.at += 4
	return rune(n), true
}
