package jsonfile_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/iotlens/iotlens/internal/jsonfile"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// report parses a file and returns its problems, one per line.
func report(src string) string {
	_, problems := jsonfile.Parse([]byte(src))
	lines := jsonfile.NewLines([]byte(src))
	var out []string
	for _, p := range problems {
		line, column := lines.Position(p.At.From)
		out = append(out, fmt.Sprintf("%d:%d %s: %s", line, column, p.Class, p.Text))
	}
	return strings.Join(out, "\n")
}

// shape formats a tree in one line.
func shape(n *jsonfile.Node) string {
	switch n.Kind {
	case jsonfile.Object:
		var parts []string
		for _, f := range n.Fields {
			parts = append(parts, fmt.Sprintf("%q:%s", f.Key, shape(f.Value)))
		}
		return "{" + strings.Join(parts, ",") + "}"
	case jsonfile.Array:
		var parts []string
		for _, i := range n.Items {
			parts = append(parts, shape(i))
		}
		return "[" + strings.Join(parts, ",") + "]"
	case jsonfile.String:
		return fmt.Sprintf("%q", n.Text)
	case jsonfile.Invalid:
		return "<" + n.Text + ">"
	}
	return n.Text
}

func TestParseContinuesAfterErrors(t *testing.T) {
	for _, c := range []struct{ name, src, tree, problems string }{
		{"sound", ` {"a": [1, -0.5e+3, true, null, "é\u00e9\ud83d\ude00\n"]} `, `{"a":[1,-0.5e+3,true,null,"éé😀\n"]}`, ""},
		{
			"NaN", "{\"a\": NaN,\n\"b\": -Infinity}", `{"a":<NaN>,"b":<-Infinity>}`,
			"1:7 not-a-value: \"NaN\" is not a JSON value; strings need double quotes, numbers digits\n" +
				"2:6 not-a-value: \"-Infinity\" is not a JSON value; strings need double quotes, numbers digits",
		},
		{
			"Python", `[True, None, undefined, nulll, hello]`, `[<True>,<None>,<undefined>,<nulll>,<hello>]`,
			"1:2 not-a-value: \"True\" is not a JSON value, did you mean \"true\"?\n" +
				"1:8 not-a-value: \"None\" is not a JSON value, did you mean \"null\"?\n" +
				"1:14 not-a-value: \"undefined\" is not a JSON value, did you mean \"null\"?\n" +
				"1:25 not-a-value: \"nulll\" is not a JSON value, did you mean \"null\"?\n" +
				"1:32 not-a-value: \"hello\" is not a JSON value; strings need double quotes",
		},
		{
			"numbers", `[01, +1, .5, 1., 1e, -, 0x1]`, `[<01>,<+1>,<.5>,<1.>,<1e>,<->,<0x1>]`,
			"1:2 bad-number: \"01\" is not a JSON number\n" +
				"1:6 bad-number: \"+1\" is not a JSON number\n" +
				"1:10 bad-number: \".5\" is not a JSON number\n" +
				"1:14 bad-number: \"1.\" is not a JSON number\n" +
				"1:18 bad-number: \"1e\" is not a JSON number\n" +
				"1:22 not-a-value: \"-\" is not a JSON value; strings need double quotes\n" +
				"1:25 not-a-value: \"0x1\" is not a JSON value; strings need double quotes",
		},
		{
			"repeated key", "{\"url\": 1,\n \"a\": 2,\n \"url\": 3}", `{"url":1,"a":2,"url":3}`,
			`3:2 repeated-key: duplicate key "url": the last one, 3, is used; line 1 has 1`,
		},
		{
			"repeated keys with long values", "{\"a\": \"x\", \"a\": [1],\n \"a\": {}}", `{"a":"x","a":[1],"a":{}}`,
			"1:12 repeated-key: duplicate key \"a\": the last one, a list, is used; line 1 has \"x\"\n" +
				"2:2 repeated-key: duplicate key \"a\": the last one, an object, is used; line 1 has \"x\"",
		},
		{
			"byte order mark", "\uFEFF{\"a\": nil}", `{"a":<nil>}`,
			"1:1 byte-order-mark: the file starts with a byte order mark; save it as UTF-8 without one\n" +
				"1:7 not-a-value: \"nil\" is not a JSON value, did you mean \"null\"?",
		},
		{"UTF-16", "\xff\xfe{\x00}\x00", "<>", "1:1 encoding: the file is in UTF-16 or UTF-32; save it as UTF-8"},
		{"Latin-1", "{\"a\": \"caf\xe9\"}", `{"a":"caf�"}`, "1:11 encoding: the byte 0xE9 is not UTF-8; save the file as UTF-8"},
		{
			"commas", `{"a": [1,, 2,], "b": 3,}`, `{"a":[1,2],"b":3}`,
			"1:10 comma: unexpected comma\n1:13 comma: trailing comma\n1:23 comma: trailing comma",
		},
		{
			"missing commas", "{\"a\": [1 2 {}]\n\"b\": 3}", `{"a":[1,2,{}],"b":3}`,
			"1:9 comma: missing comma\n1:11 comma: missing comma\n1:15 comma: missing comma",
		},
		{"missing value", `{"a": , "b": }`, `{"a":<>,"b":<>}`, "1:7 syntax: missing value\n1:14 syntax: missing value"},
		{
			"comments", "{ // one\n /* two */ \"a\": 1 /* no end", `{"a":1}`,
			"1:3 comment: JSON has no comments\n2:2 comment: JSON has no comments\n2:19 comment: JSON has no comments\n1:1 syntax: unclosed {",
		},
		{
			"quotes", `{a: 'b"c'}`, `{"a":"b\"c"}`,
			"1:2 quotes: the key \"a\" is not in double quotes\n1:5 quotes: a string is in single quotes; JSON needs double quotes",
		},
		{"forgotten quote", "{\"a\": \"b,\n\"c\": 1}", `{"a":"b","c":1}`, "1:7 quotes: missing closing quote"},
		{
			"line break in text", "{\"a\": \"b\r\nc\td\x01\"}", `{"a":"b\nc\td\x01"}`,
			"1:9 control-char: unescaped line break in a string; write \\n\n" +
				"2:2 control-char: unescaped control character U+0009 in a string; write \\t\n" +
				"2:4 control-char: unescaped control character U+0001 in a string; write \\u0001",
		},
		{
			"escapes", `["\x41", "\u12", "\q\é", "\`, `["x41","12","qé",""]`,
			"1:3 escape: invalid escape sequence; write a backslash as \\\\\n" +
				"1:11 escape: \\u needs four hexadecimal digits\n" +
				"1:19 escape: invalid escape sequence; write a backslash as \\\\\n" +
				"1:21 escape: invalid escape sequence; write a backslash as \\\\\n" +
				"1:26 syntax: unclosed string",
		},
		{
			"surrogates", `["\ud800", "\ude00", "\ud83dx", "\ud800\u0041"]`, `["�","�","�x","�A"]`,
			"1:3 surrogate: \\ud800 is half of a surrogate pair; the other half is missing\n" +
				"1:13 surrogate: \\ude00 is half of a surrogate pair; the other half is missing\n" +
				"1:23 surrogate: \\ud83d is half of a surrogate pair; the other half is missing\n" +
				"1:34 surrogate: \\ud800 is half of a surrogate pair; the other half is missing",
		},
		{"trailing text", "{}\n{}", "{}", "2:1 trailing-text: unexpected text after the JSON value; a file has one value"},
		{"empty", " \n", "<>", "2:1 syntax: the file is empty"},
		{"not closed", `{"a": [1`, `{"a":[1]}`, "1:7 syntax: unclosed ["},
		{"cut in a key", `{"a`, `{}`, "1:2 syntax: unclosed string"},
		{"crossed", "{\"a\": [1}", `{"a":[1]}`, "1:9 syntax: expected ], which closes the [ of line 1, not }"},
		{"no colon", `{"a" 1}`, `{}`, "1:6 syntax: expected a colon after the key \"a\""},
		{
			"no key", `{1a: 2, [}`, `{"1a":2}`,
			"1:2 quotes: the key \"1a\" is not in double quotes\n1:9 syntax: expected a key in double quotes or } here, not '['",
		},
		{"stray", `[1 ; 2]`, `[1]`, "1:4 syntax: expected , or ] here, not ';'"},
		{"stray at the start", `<html>`, `<>`, "1:1 syntax: unexpected character '<'"},
		{"no-break space", "[\u00a01]", "[<\u00a01>]", "1:2 not-a-value: \"\\u00a01\" is not a JSON value; strings need double quotes"},
	} {
		t.Run(c.name, func(t *testing.T) {
			n, _ := jsonfile.Parse([]byte(c.src))
			assert.Equal(t, c.tree, shape(n))
			assert.Equal(t, c.problems, report(c.src))
		})
	}
}

func TestTheNumberOfProblemsIsLimited(t *testing.T) {
	assert.Equal(t, "1:1 size: the file has 9 MB; the maximum is 8 MB", report(strings.Repeat(" ", 9<<20)))
	assert.Equal(t, "1:102 limit: values are nested more than 100 deep", report(strings.Repeat("[", 8<<20)))
	_, problems := jsonfile.Parse([]byte("[" + strings.Repeat(",", 8<<20-2) + "]"))
	assert.Len(t, problems, 101)
	assert.Equal(t, "more than 99 mistakes; the rest of the file was not read", problems[100].Text)
}

func TestColumnsOfALongLine(t *testing.T) {
	src := "\uFEFF" + strings.Repeat("é", 5000) + "\n" + strings.Repeat("é", 5000) + "x"
	lines := jsonfile.NewLines([]byte(src))
	for _, c := range []struct{ offset, line, column int }{
		{0, 1, 1}, {3, 1, 1}, {5, 1, 2}, {3 + 10000, 1, 5001}, {3 + 10001, 2, 1}, {3 + 10001 + 10000, 2, 5001}, {len(src) + 9, 2, 5002},
	} {
		line, column := lines.Position(c.offset)
		assert.Equal(t, [2]int{c.line, c.column}, [2]int{line, column}, "offset %d", c.offset)
	}
}

// Any number of duplicate keys does not stop parsing, and problems after them are reported.
func TestDuplicateKeysDoNotStopParsing(t *testing.T) {
	_, problems := jsonfile.Parse([]byte("[" + strings.Repeat(`{"a": 1, "a": 2}, `, 300) + "nil]"))
	require.Len(t, problems, 301)
	for _, p := range problems[:300] {
		assert.True(t, p.Class.Tolerated())
		assert.False(t, p.Fatal)
	}
	assert.Equal(t, jsonfile.NotAValue, problems[300].Class)
	assert.False(t, problems[300].Class.Tolerated())
}

func TestWriteNilLists(t *testing.T) {
	var b strings.Builder
	require.NoError(t, jsonfile.Write(&b, struct {
		List []string `json:"list"`
		Left []string `json:"left,omitempty"`
	}{}))
	assert.Equal(t, "{\n  \"list\": []\n}\n", b.String())
}
