package jsonfile_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/iotlens/iotlens/internal/jsonfile"
	"github.com/stretchr/testify/assert"
)

// told reads a file and tells its problems, a line each.
func told(src string) string {
	_, problems := jsonfile.Parse([]byte(src))
	lines := jsonfile.NewLines([]byte(src))
	var out []string
	for _, p := range problems {
		line, column := lines.Place(p.At.From)
		out = append(out, fmt.Sprintf("%d:%d %s: %s", line, column, p.Class, p.Text))
	}
	return strings.Join(out, "\n")
}

// shape writes a tree in one line.
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
	case jsonfile.Broken:
		return "<" + n.Text + ">"
	}
	return n.Text
}

func TestMistakesAreToldAndReadOver(t *testing.T) {
	for _, c := range []struct{ name, src, tree, told string }{
		{"sound", ` {"a": [1, -0.5e+3, true, null, "é\u00e9\ud83d\ude00\n"]} `, `{"a":[1,-0.5e+3,true,null,"éé😀\n"]}`, ""},
		{
			"NaN", "{\"a\": NaN,\n\"b\": -Infinity}", `{"a":<NaN>,"b":<-Infinity>}`,
			"1:7 not-a-value: \"NaN\" is no JSON value; a text stands in double quotes, a number in digits\n" +
				"2:6 not-a-value: \"-Infinity\" is no JSON value; a text stands in double quotes, a number in digits",
		},
		{
			"Python", `[True, None, undefined, nulll, hello]`, `[<True>,<None>,<undefined>,<nulll>,<hello>]`,
			"1:2 not-a-value: \"True\" is no JSON value, did you mean \"true\"?\n" +
				"1:8 not-a-value: \"None\" is no JSON value, did you mean \"null\"?\n" +
				"1:14 not-a-value: \"undefined\" is no JSON value, did you mean \"null\"?\n" +
				"1:25 not-a-value: \"nulll\" is no JSON value, did you mean \"null\"?\n" +
				"1:32 not-a-value: \"hello\" is no JSON value; a text stands in double quotes",
		},
		{
			"numbers", `[01, +1, .5, 1., 1e, -, 0x1]`, `[<01>,<+1>,<.5>,<1.>,<1e>,<->,<0x1>]`,
			"1:2 bad-number: \"01\" is not how JSON writes a number\n" +
				"1:6 bad-number: \"+1\" is not how JSON writes a number\n" +
				"1:10 bad-number: \".5\" is not how JSON writes a number\n" +
				"1:14 bad-number: \"1.\" is not how JSON writes a number\n" +
				"1:18 bad-number: \"1e\" is not how JSON writes a number\n" +
				"1:22 not-a-value: \"-\" is no JSON value; a text stands in double quotes\n" +
				"1:25 not-a-value: \"0x1\" is no JSON value; a text stands in double quotes",
		},
		{
			"repeated key", "{\"url\": 1,\n \"a\": 2,\n \"url\": 3}", `{"url":1,"a":2,"url":3}`,
			`3:2 repeated-key: the key "url" is here twice, first in line 1; only the last counts`,
		},
		{
			"byte order mark", "\uFEFF{\"a\": nil}", `{"a":<nil>}`,
			"1:1 byte-order-mark: a byte order mark stands before the JSON; save the file as UTF-8 without it\n" +
				"1:7 not-a-value: \"nil\" is no JSON value, did you mean \"null\"?",
		},
		{"UTF-16", "\xff\xfe{\x00}\x00", "<>", "1:1 encoding: the file is in UTF-16; save it as UTF-8"},
		{"Latin-1", "{\"a\": \"caf\xe9\"}", `{"a":"caf�"}`, "1:11 encoding: the byte 0xE9 is not UTF-8; save the file as UTF-8"},
		{
			"commas", `{"a": [1,, 2,], "b": 3,}`, `{"a":[1,2],"b":3}`,
			"1:10 comma: nothing stands before this comma\n1:13 comma: nothing follows this comma\n1:23 comma: nothing follows this comma",
		},
		{
			"missing commas", "{\"a\": [1 2 {}]\n\"b\": 3}", `{"a":[1,2,{}],"b":3}`,
			"1:9 comma: a comma is missing here\n1:11 comma: a comma is missing here\n1:15 comma: a comma is missing here",
		},
		{"missing value", `{"a": , "b": }`, `{"a":<>,"b":<>}`, "1:7 syntax: a value is missing here\n1:14 syntax: a value is missing here"},
		{
			"comments", "{ // one\n /* two */ \"a\": 1 /* no end", `{"a":1}`,
			"1:3 comment: JSON has no comments\n2:2 comment: JSON has no comments\n2:19 comment: JSON has no comments\n1:1 syntax: this { is not closed",
		},
		{
			"quotes", `{a: 'b"c'}`, `{"a":"b\"c"}`,
			"1:2 quotes: the key \"a\" needs double quotes\n1:5 quotes: a text stands in double quotes, not in single ones",
		},
		{"forgotten quote", "{\"a\": \"b,\n\"c\": 1}", `{"a":"b","c":1}`, "1:7 quotes: the closing quote of this text is missing"},
		{
			"line break in text", "{\"a\": \"b\r\nc\td\x01\"}", `{"a":"b\nc\td\x01"}`,
			"1:9 control-char: a line break inside a text is written \\n\n" +
				"2:2 control-char: the control character U+0009 inside a text is written \\t\n" +
				"2:4 control-char: the control character U+0001 inside a text is written \\u0001",
		},
		{
			"escapes", `["\x41", "\u12", "\q\é", "\`, `["x41","12","qé",""]`,
			"1:3 escape: JSON knows no such escape; a backslash is written \\\\\n" +
				"1:11 escape: four hexadecimal digits must follow \\u\n" +
				"1:19 escape: JSON knows no such escape; a backslash is written \\\\\n" +
				"1:21 escape: JSON knows no such escape; a backslash is written \\\\\n" +
				"1:26 syntax: this text is not closed",
		},
		{
			"surrogates", `["\ud800", "\ude00", "\ud83dx", "\ud800\u0041"]`, `["�","�","�x","�A"]`,
			"1:3 surrogate: \\ud800 is half a character; its other half is missing\n" +
				"1:13 surrogate: \\ude00 is half a character; its other half is missing\n" +
				"1:23 surrogate: \\ud83d is half a character; its other half is missing\n" +
				"1:34 surrogate: \\ud800 is half a character; its other half is missing",
		},
		{"trailing text", "{}\n{}", "{}", "2:1 trailing-text: something follows the end of the JSON value; only one value can stand in a file"},
		{"empty", " \n", "<>", "2:1 syntax: there is nothing in the file"},
		{"not closed", `{"a": [1`, `{"a":[1]}`, "1:7 syntax: this [ is not closed"},
		{"cut in a key", `{"a`, `{}`, "1:2 syntax: this text is not closed"},
		{"crossed", "{\"a\": [1}", `{"a":[1]}`, "1:9 syntax: expected ], which closes the [ of line 1, not }"},
		{"no colon", `{"a" 1}`, `{}`, "1:6 syntax: expected a colon after the key \"a\""},
		{
			"no key", `{1a: 2, [}`, `{"1a":2}`,
			"1:2 quotes: the key \"1a\" needs double quotes\n1:9 syntax: expected a key in double quotes or } here, not '['",
		},
		{"stray", `[1 ; 2]`, `[1]`, "1:4 syntax: expected , or ] here, not ';'"},
		{"stray at the start", `<html>`, `<>`, "1:1 syntax: no value can begin with '<'"},
		{"no-break space", "[\u00a01]", "[<\u00a01>]", "1:2 not-a-value: \"\\u00a01\" is no JSON value; a text stands in double quotes"},
	} {
		t.Run(c.name, func(t *testing.T) {
			n, _ := jsonfile.Parse([]byte(c.src))
			assert.Equal(t, c.tree, shape(n))
			assert.Equal(t, c.told, told(c.src))
		})
	}
}

func TestAHopelessFileIsBounded(t *testing.T) {
	assert.Equal(t, "1:1 size: the file has 9 MB; more than 8 MB is not read", told(strings.Repeat(" ", 9<<20)))
	assert.Equal(t, "1:102 limit: values stand in each other more than 100 deep", told(strings.Repeat("[", 8<<20)))
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
		line, column := lines.Place(c.offset)
		assert.Equal(t, [2]int{c.line, c.column}, [2]int{line, column}, "offset %d", c.offset)
	}
}
