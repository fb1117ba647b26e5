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
	formulaSigns = "=+-@＝＋－＠"
	cellBreaks   = ";\t\n\r"
)

// formulaGuard is what spreadsheets put before text that is not a formula.
const formulaGuard = '\''

// escapeFormulas puts a guard before every sign that would start a formula.
// unescapeFormulas is its inverse.
func escapeFormulas(s string) string {
	return rewriteGuards(s, func(guards int) int { return guards + 1 })
}

// unescapeFormulas removes the guards of escapeFormulas.
func unescapeFormulas(s string) string {
	return rewriteGuards(s, func(guards int) int { return max(guards-1, 0) })
}

// rewriteGuards changes the number of guards before each sign that would start a formula.
func rewriteGuards(s string, guards func(int) int) string {
	var b strings.Builder
	start := true // only blanks, quotes and guards so far in the cell
	held := 0     // guards that are not written yet
	for at := 0; at < len(s); {
		r, size := utf8.DecodeRuneInString(s[at:])
		switch {
		case start && r == formulaGuard:
			held++
			at += size
			continue
		case start && strings.ContainsRune(formulaSigns, r):
			held = guards(held)
		}
		b.WriteString(strings.Repeat(string(formulaGuard), held))
		held = 0
		b.WriteString(s[at : at+size])
		at += size
		start = strings.ContainsRune(cellBreaks, r) || start && (r == '"' || unicode.IsSpace(r))
	}
	b.WriteString(strings.Repeat(string(formulaGuard), held))
	return b.String()
}
