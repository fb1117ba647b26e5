package text_test

import (
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/iotlens/iotlens/internal/text"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

func TestCleanShowsControlCharacters(t *testing.T) {
	for _, c := range []struct{ name, in, want string }{
		{"plain text stays", "Grüße, 日本 🔑 100 %", "Grüße, 日本 🔑 100 %"},
		{"a colour", "\x1b[31mred", "<U+001B>[31mred"},
		{"the title of the window", "\x1b]0;pwned\x07", "<U+001B>]0;pwned<U+0007>"},
		{"an escape of one character", "\u009b2J", "<U+009B>2J"},
		{"a carriage return would overwrite the line", "failed\rpassed", "failed<U+000D>passed"},
		{"a backspace, too", "no\b\bok", "no<U+0008><U+0008>ok"},
		{"delete and NUL", "a\x7f\x00", "a<U+007F><U+0000>"},
		{"text that runs backwards", "a\u202egnp.exe", "a<U+202E>gnp.exe"},
		{"an isolate", "\u2066a\u2069", "<U+2066>a<U+2069>"},
		{"a blank of no width", "IOT\u200bSEC", "IOT<U+200B>SEC"},
		{"a byte order mark", "\ufeffa", "<U+FEFF>a"},
		{"an invisible tag", "a\U000e0041", "a<U+E0041>"},
		{"other line breaks", "a\u2028b\u2029c\u0085d", "a<U+2028>b<U+2029>c<U+0085>d"},
		{"bytes that are not text", "a\xff", "a\ufffd"},
		{"a tab", "a\tb", "a\tb"},
		{"a line break", "a\nb", "a b"},
	} {
		assert.Equal(t, c.want, text.Clean(c.in, false), c.name)
	}
	assert.Equal(t, "a\nb<U+000D>", text.Clean("a\nb\r", true), "line breaks that are wanted")
}

func TestCleanLeavesNoControlCharacter(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		in, keep := rapid.String().Draw(t, "in"), rapid.Bool().Draw(t, "keep lines")
		out := text.Clean(in, keep)
		require.True(t, utf8.ValidString(out))
		for _, r := range out {
			require.False(t, unicode.Is(unicode.Cf, r) || unicode.IsControl(r) && r != '\t' && (r != '\n' || !keep), "%U", r)
		}
		require.Equal(t, out, text.Clean(out, keep), "cleaning twice changes nothing")
	})
}

func TestWrap(t *testing.T) {
	for _, c := range []struct {
		in    string
		width int
		want  []string
	}{
		{"", 10, []string{""}},
		{"  \n ", 10, []string{""}},
		{"one", 10, []string{"one"}},
		{"one two three", 7, []string{"one two", "three"}},
		{"one two three", 6, []string{"one", "two", "three"}},
		{"an unbreakableword here", 5, []string{"an", "unbreakableword", "here"}},
		{"a b", 0, []string{"a", "b"}},
		{"äöü äöü", 7, []string{"äöü äöü"}},
		{"世界 世界 e\u0301", 9, []string{"世界 世界", "e\u0301"}},
		{"世界 世界 e\u0301", 11, []string{"世界 世界 e\u0301"}},
	} {
		assert.Equal(t, c.want, text.Wrap(c.in, c.width), "%q at %d", c.in, c.width)
	}
}

func TestFold(t *testing.T) {
	for _, c := range []struct {
		in    string
		width int
		want  []string
	}{
		{"one two three", 7, []string{"one two", "three"}},
		{"an unbreakableword here", 5, []string{"an", "unbreakableword", "here"}},
		{"世界世界世界 a", 6, []string{"世界世", "界世界", "a"}},
		{"Note: 世界世界世界", 10, []string{"Note: 世界", "世界世界"}},
		{"世界 世界", 5, []string{"世界", "世界"}},
		{"世界。「世界」", 5, []string{"世", "界。", "「世", "界」"}},
		{"現場v2現場", 5, []string{"現場", "v2現", "場"}},
	} {
		assert.Equal(t, c.want, text.Fold(c.in, c.width), "%q at %d", c.in, c.width)
	}
}

func TestFoldKeepsEveryCharacter(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		in := text.Clean(rapid.OneOf(rapid.String(), rapid.StringMatching(`([a-zä。「世界🔑]{1,40} {0,2}){0,20}`)).Draw(t, "in"), false)
		width := rapid.IntRange(2, 40).Draw(t, "width")
		lines := text.Fold(in, width)
		squeeze := func(s string) string {
			return strings.Join(strings.FieldsFunc(s, func(r rune) bool { return r < utf8.RuneSelf && unicode.IsSpace(r) }), "")
		}
		require.Equal(t, squeeze(in), squeeze(strings.Join(lines, "")))
		if !strings.ContainsFunc(in, func(r rune) bool { return text.Columns(string(r)) > 1 }) {
			require.Equal(t, text.Wrap(in, width), lines)
		}
	})
}

func TestWrapKeepsWordsAndWidth(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		in := rapid.OneOf(rapid.String(), rapid.StringMatching(`([a-zäöü世界🔑]{1,12} {0,2}){0,40}`)).Draw(t, "in")
		in = text.Clean(in, false)
		width := rapid.IntRange(-1, 40).Draw(t, "width")
		lines := text.Wrap(in, width)
		require.NotEmpty(t, lines)
		words := func(s string) []string { // blanks of ASCII only: a line doesn't break at a no-break space
			return strings.FieldsFunc(s, func(r rune) bool { return r < utf8.RuneSelf && unicode.IsSpace(r) })
		}
		require.Equal(t, words(in), words(strings.Join(lines, " ")), "every word, in order")
		for i, line := range lines {
			if len(words(line)) > 1 {
				require.LessOrEqual(t, text.Columns(line), width)
			}
			if i > 0 { // no line breaks early
				next, _, _ := strings.Cut(line, " ")
				require.Greater(t, text.Columns(lines[i-1]+" "+next), width)
			}
		}
	})
}

func TestPage(t *testing.T) {
	var p text.Page
	p.Line("%-8s|%s", "a", "  ")
	p.Line("")
	p.Wrapped("  1. ", "     ", strings.Repeat("word ", 20))
	p.Line("%s", "\x1b[2J")
	p.Raw("as it is \n")
	assert.Equal(t, "a       |\n\n"+
		"  1. "+strings.TrimSpace(strings.Repeat("word ", 15))+"\n"+
		"     word word word word word\n"+
		"<U+001B>[2J\n"+
		"as it is \n", p.String())
}

func TestEscapeLogEscapesCommands(t *testing.T) {
	for in, want := range map[string]string{
		"a::b c: ##d":                "a::b c: ##d",
		"::error::x":                 `\::error::x`,
		"a\n \u00a0::add-mask::x\nb": "a\n \u00a0\\::add-mask::x\nb",
		"a ##[group]x":               `a #\#[group]x`,
		"##vso[task]":                `#\#vso[task]`,
		"###[x]":                     `##\#[x]`,
		"## [title]":                 "## [title]",
	} {
		assert.Equal(t, want, text.EscapeLog(in), "%q", in)
	}
	p := &text.Page{}
	p.Line("::stop-commands::x")
	p.Wrapped("  ", "    ", strings.Repeat("word ", 14)+"::error::x ##[x]")
	assert.Equal(t, "\\::stop-commands::x\n  "+strings.TrimSpace(strings.Repeat("word ", 14))+"\n    \\::error::x #\\#[x]\n", p.String())
}

func TestTruncate(t *testing.T) {
	assert.Equal(t, "short", text.Truncate("short", 5))
	assert.Equal(t, "shor…", text.Truncate("shorter", 5))
	assert.Equal(t, "a…", text.Truncate("a word", 3), "no blank before the end")
	assert.Equal(t, "世…", text.Truncate("世界世界", 3))
	assert.Equal(t, "…", text.Truncate("any", 1))
}

// IndexControl reads bytes, and finds what Control says of characters.
func TestIndexControlAgreesWithIsControl(t *testing.T) {
	for r := rune(0); r <= 0x3000; r++ {
		s := "é" + string(r) + "ü"
		assert.Equal(t, strings.IndexFunc(s, text.IsControl), text.IndexControl(s), "%U", r)
	}
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.String().Draw(t, "s")
		assert.Equal(t, strings.IndexFunc(s, text.IsControl), text.IndexControl([]byte(s)))
	})
}
