package spreadsheet

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// A spreadsheet runs a cell that begins with one of these signs, in any width;
// some skip blanks and quotes before it. A program set to another separator
// (Excel in half of Europe splits at semicolons) may also take what follows a
// semicolon, a tab or a line break inside a cell for a cell of its own.
// Source: OWASP, "CSV Injection".
const (
	runs   = "=+-@＝＋－＠"
	splits = ";\t\n\r"
)

// guard is what spreadsheets put before text that is no formula.
const guard = '\''

// defuse puts a guard before every sign that would run: the inverse of restore.
func defuse(s string) string { return eachStart(s, func(guards int) int { return guards + 1 }) }

// restore takes the guards away again.
func restore(s string) string { return eachStart(s, func(guards int) int { return max(guards-1, 0) }) }

// eachStart rewrites how many guards stand right before each sign that a cell
// would begin with.
func eachStart(s string, guards func(int) int) string {
	var b strings.Builder
	start := true // only blanks, quotes and guards since the beginning of a cell
	held := 0     // guards not written yet
	for at := 0; at < len(s); {
		r, size := utf8.DecodeRuneInString(s[at:])
		switch {
		case start && r == guard:
			held++
			at += size
			continue
		case start && strings.ContainsRune(runs, r):
			held = guards(held)
		}
		b.WriteString(strings.Repeat(string(guard), held))
		held = 0
		b.WriteString(s[at : at+size])
		at += size
		start = strings.ContainsRune(splits, r) || start && (r == '"' || unicode.IsSpace(r))
	}
	b.WriteString(strings.Repeat(string(guard), held))
	return b.String()
}
