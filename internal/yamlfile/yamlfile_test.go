package yamlfile_test

import (
	"fmt"
	"strings"
	"testing"
	"unicode"

	"github.com/iotlens/iotlens/internal/yamlfile"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

type level string

func (level) Values() []string { return []string{"high", "medium", "low"} }

type part struct {
	Level level    `yaml:"level"`
	Note  string   `yaml:"note,omitempty"`
	Links []string `yaml:"links,omitempty"`
}

type file struct {
	ID    string          `yaml:"id"`
	Count int             `yaml:"count,omitempty"`
	Done  bool            `yaml:"done,omitempty"`
	Parts map[string]part `yaml:"parts,omitempty"`
	Items []part          `yaml:"items,omitempty"`
	Sure  *bool           `yaml:"sure,omitempty"` // false is not the same as no key
}

func TestDecodeReportsAllProblemsAtOnce(t *testing.T) {
	for _, c := range []struct{ name, in, want string }{
		{"unknown key", "id: a\nconut: 1\n", `f.yaml:2: unknown key "conut", did you mean "count"?`},
		{"unknown key, nothing near", "id: a\ncolour: 1\n", `f.yaml:2: unknown key "colour"; known: id, count, done, parts, items, sure`},
		{"repeated key", "id: a\nid: b\n", `f.yaml:2: duplicate key "id", first on line 1`},
		{"repeated map key", "parts:\n  a: {level: low}\n  a: {level: low}\n", `f.yaml:3: duplicate key "a", first on line 2`},
		{"wrong types", "count: 1.5\ndone: yes\nparts: [1]\nitems: 3\n", "f.yaml:1: count must be a whole number, not \"1.5\"\nf.yaml:2: done must be true or false, not \"yes\"\nf.yaml:3: parts must have keys and values\nf.yaml:4: items must be a list"},
		{"enum", "items:\n  - level: hihg\n  - level: urgent\n", "f.yaml:2: unknown level \"hihg\", did you mean \"high\"?\nf.yaml:3: unknown level \"urgent\"; known: high, medium, low"},
		{"a list for a text", "id: [a]\n", "f.yaml:1: id must be a single value, not a list or a mapping"},
		{"an empty element", "items:\n  -\n", "f.yaml:2: items has an empty element"},
		{"a list as file", "- a\n", "f.yaml:1: the file must have keys and values (id, count, done, parts, items, sure)"},
		{"empty", " \n", "f.yaml: the file is empty"},
		{"comments only", "# hi\n", "f.yaml: the file is empty"},
		{"two documents", "id: a\n---\nid: b\n", "f.yaml:2: a second document begins here; a file can only have one"},
		{"alias bomb", "id: &a [x, x]\nitems: [*a, *a]\n", "f.yaml:1: anchors and aliases (& and *) are not supported; write the value itself, or quote it if it is text\nf.yaml:2: anchors and aliases (& and *) are not supported; write the value itself, or quote it if it is text\nf.yaml:2: anchors and aliases (& and *) are not supported; write the value itself, or quote it if it is text"},
		{"tag", "id: !exec rm\n", "f.yaml:1: tags such as !exec are not supported"},
		{"not text", "id: a\nx\xff\n", "f.yaml:2: is not in UTF-8"},
		{"NUL", "id: a\n\x00", "f.yaml:2: has the control character U+0000; remove it"},
		{"a bell written out", "id: \"a\\ab\"\n", "f.yaml:1: id has the control character U+0007; remove it"},
		{"an escape as it is", "id: a\nparts: \x1b[2J\n", "f.yaml:2: has the control character U+001B; remove it"},
	} {
		t.Run(c.name, func(t *testing.T) {
			var v file
			_, problems := yamlfile.Decode("f.yaml", []byte(c.in), &v)
			assert.Equal(t, c.want, problems.Error())
		})
	}
}

func TestDecodeReportsTheLineOfASyntaxError(t *testing.T) {
	var v file
	_, problems := yamlfile.Decode("f.yaml", []byte("id: a\nparts: {\n"), &v)
	require.Len(t, problems, 1)
	assert.Contains(t, problems[0].String(), "invalid YAML at or just below this line")
	assert.Positive(t, problems[0].Line)
}

func TestDecodeRefusesAFileThatIsTooLarge(t *testing.T) {
	var v file
	_, problems := yamlfile.Decode("f.yaml", []byte("id: "+strings.Repeat("a", yamlfile.MaxSize)), &v)
	assert.Equal(t, "f.yaml: has 8 MB; the maximum is 8 MB", problems.Error())
}

func TestLine(t *testing.T) {
	var v file
	doc, problems := yamlfile.Decode("f.yaml", []byte("id: a\nitems:\n  - level: low\n  - level: high\n    note: x\n"), &v)
	require.Empty(t, problems)
	assert.Equal(t, 5, doc.Line("items", 1, "note"))
	assert.Equal(t, 4, doc.Line("items", 1, "missing"))
	assert.Equal(t, 2, doc.Line("items", 7))
	assert.Equal(t, 1, doc.Line("nothing"))
}

const written = `# our review, kept by hand
id: plant-7   # the pilot

parts:
  # the gateway
  b:
    level: low # for now
    note: >
      two lines
      folded
    x-ticket: OPS-12

  # the sensor
  d:
    level: "high"

# things to do
items:
- level: low
  note: first
# second one
- {level: high}
`

func patched(t *testing.T, change func(*file)) string {
	t.Helper()
	var v file
	_, problems := yamlfile.Decode("f.yaml", []byte(written), &v)
	require.Empty(t, problems)
	change(&v)
	out, err := yamlfile.Patch([]byte(written), v)
	require.NoError(t, err)
	return string(out)
}

func TestPatchWithoutChangesReturnsData(t *testing.T) {
	assert.Equal(t, written, patched(t, func(*file) {}))
}

func TestPatchTouchesOnlyWhatChanged(t *testing.T) {
	for _, c := range []struct {
		name     string
		change   func(*file)
		old, new string
	}{
		{"a value keeps its comment", func(f *file) { b := f.Parts["b"]; b.Level = "high"; f.Parts["b"] = b }, "level: low # for now", "level: high # for now"},
		{"a new key comes in order", func(f *file) { f.Count = 3 }, "id: plant-7   # the pilot\n", "id: plant-7   # the pilot\ncount: 3\n"},
		{"a new map entry is sorted in", func(f *file) { f.Parts["c"] = part{Level: "low"} }, "    x-ticket: OPS-12\n", "    x-ticket: OPS-12\n  c:\n    level: low\n"},
		{"the first map entry", func(f *file) { f.Parts["a"] = part{Level: "low"} }, "parts:\n", "parts:\n  a:\n    level: low\n"},
		{"an entry goes, its neighbour's comment stays", func(f *file) { delete(f.Parts, "b") }, "  b:\n    level: low # for now\n    note: >\n      two lines\n      folded\n    x-ticket: OPS-12\n", ""},
		{"a folded text is replaced", func(f *file) { b := f.Parts["b"]; b.Note = "one\ntwo"; f.Parts["b"] = b }, "note: >\n      two lines\n      folded\n", "note: |-\n      one\n      two\n"},
		{"an item is appended", func(f *file) { f.Items = append(f.Items, part{Level: "low"}) }, "- {level: high}\n", "- {level: high}\n- level: low\n"},
		{"the first item goes", func(f *file) { f.Items = f.Items[1:] }, "- level: low\n  note: first\n", ""},
		{"an item changes in place", func(f *file) { f.Items[0].Note = "1st: now" }, "note: first", `note: "1st: now"`},
		{"a list gets into an item", func(f *file) { f.Items[0].Links = []string{"x"} }, "  note: first\n", "  note: first\n  links:\n    - x\n"},
	} {
		t.Run(c.name, func(t *testing.T) {
			assert.Equal(t, strings.Replace(written, c.old, c.new, 1), patched(t, c.change))
		})
	}
}

func TestPatchKeepsEmptyAndExtensionKeys(t *testing.T) {
	data := "id: a\nparts:\n  x-todo: ask Marta\nitems: []\n"
	same, err := yamlfile.Patch([]byte(data), file{ID: "a"})
	require.NoError(t, err)
	assert.Equal(t, data, string(same))
	out, err := yamlfile.Patch([]byte(data), file{ID: "b"})
	require.NoError(t, err)
	assert.Equal(t, strings.Replace(data, "id: a", "id: b", 1), string(out))
}

func TestPatchKeepsLineEnds(t *testing.T) {
	out, err := yamlfile.Patch([]byte("id: a\r\n# c\r\n"), file{ID: "b"})
	require.NoError(t, err)
	assert.Equal(t, "id: b\r\n# c\r\n", string(out))
}

// printable drops what no file may hold.
func printable(r rune) rune {
	if unicode.IsControl(r) && r != '\n' && r != '\t' {
		return -1
	}
	return r
}

// anyFile draws files with texts that are hard to write down.
func anyFile() *rapid.Generator[file] {
	text := rapid.OneOf(
		rapid.SampledFrom([]string{"", "yes", "null", "~", "1", "1.5", "2026-01-01", "a: b", "a #b", "- x", "|", "#", "'", `"`, " a", "a ", "a\n\nb", "a\n b\n", "x\ty", "\u202ea", "\ufeff", "\x07", "é", "a\n#b", "[", "{a}", "&a", "*a", "!t", "%", "@", "`", "a\r\nb", "key", "---", "..."}),
		rapid.String(),
	)
	clean := rapid.Map(text, func(s string) string {
		return strings.TrimRight(strings.Map(printable, strings.ToValidUTF8(s, "")), "\n")
	})
	p := rapid.Custom(func(t *rapid.T) part {
		var links []string
		if l := rapid.SliceOfN(clean, 0, 3).Draw(t, "links"); len(l) > 0 {
			links = l
		}
		return part{Level: level(rapid.SampledFrom([]string{"high", "medium", "low"}).Draw(t, "level")), Note: clean.Draw(t, "note"), Links: links}
	})
	return rapid.Custom(func(t *rapid.T) file {
		f := file{ID: clean.Draw(t, "id"), Count: rapid.IntRange(-5, 5).Draw(t, "count"), Done: rapid.Bool().Draw(t, "done")}
		if m := rapid.MapOfN(rapid.StringMatching(`[A-Z]{1,2}[0-9]`), p, 0, 4).Draw(t, "parts"); len(m) > 0 {
			f.Parts = m
		}
		if l := rapid.SliceOfN(p, 0, 4).Draw(t, "items"); len(l) > 0 {
			f.Items = l
		}
		f.Sure = rapid.SampledFrom([]*bool{nil, new(true), new(false)}).Draw(t, "sure")
		return f
	})
}

func TestEncodeDecodeRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		want := anyFile().Draw(t, "file")
		var got file
		_, problems := yamlfile.Decode("f.yaml", yamlfile.Encode(want), &got)
		require.Empty(t, problems)
		require.Equal(t, want, got)
	})
}

func TestPatchAnyFileToAnyOther(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		from, want := anyFile().Draw(t, "from"), anyFile().Draw(t, "to")
		data := []byte("# kept\n" + string(yamlfile.Encode(from)))
		same, err := yamlfile.Patch(data, from)
		require.NoError(t, err)
		require.Equal(t, string(data), string(same))
		out, err := yamlfile.Patch(data, want)
		require.NoError(t, err)
		require.True(t, strings.HasPrefix(string(out), "# kept\n"))
		var got file
		_, problems := yamlfile.Decode("f.yaml", out, &got)
		require.Empty(t, problems)
		require.Equal(t, want, got)
	})
}

func FuzzPatch(f *testing.F) {
	f.Add([]byte(written), "new note")
	f.Add([]byte("{id: a, parts: {A1: {level: low}}}"), "x\ny")
	f.Fuzz(func(t *testing.T, data []byte, note string) {
		var v file
		if _, problems := yamlfile.Decode("f.yaml", data, &v); len(problems) > 0 {
			return
		}
		same, err := yamlfile.Patch(data, v)
		require.NoError(t, err)
		require.Equal(t, string(data), string(same))
		if v.Parts == nil {
			v.Parts = map[string]part{}
		}
		v.Parts["A1"] = part{Level: "low", Note: strings.ToValidUTF8(strings.Map(printable, note), "")}
		if out, err := yamlfile.Patch(data, v); err == nil {
			var got file
			_, problems := yamlfile.Decode("f.yaml", out, &got)
			require.Empty(t, problems)
			require.Equal(t, strings.TrimRight(v.Parts["A1"].Note, "\n"), got.Parts["A1"].Note)
		}
	})
}

// Comments are found in the text, in every style of YAML; what only looks like one is text.
func TestCommentsAreFoundInEveryStyle(t *testing.T) {
	data := "# 1 top\n\na: b # 2\nc: \"# no\n  # no \\\" # no\" # 3\nd: 'it''s # no' # 4\n\"# é\": {e: '# no', \"ü # no\": f} # 5\n" +
		"g: |+ # 6\n  # no\n\n    # no\n # 7\n  # 8\nh:\n- | # 9\n # no\n- >-2\n    # no\n  # no\n # 10\n# 11\n- i: |\n    # no\n  j: k#no l # 12\n  # 13\n" +
		"- {m: n, # 14\n   # 15\n   o: p} # 16\n# 17\n- {q: r} # 18\n#19"
	var got []string
	for _, c := range yamlfile.Comments([]byte(data)) {
		lines := strings.Split(data, "\n")
		require.True(t, strings.HasSuffix(lines[c.Line-1], c.Text))
		got = append(got, strings.Trim(c.Text, "# "+"top"))
	}
	want := []string{}
	for i := range 19 {
		want = append(want, fmt.Sprint(i+1))
	}
	assert.Equal(t, want, got)
}

// What is laid out in braces is laid out anew where it changes; keys of people's own stay.
func TestPatchKeepsExtensionKeysInFlowMappings(t *testing.T) {
	for data, want := range map[string]string{
		"id: a\nparts:\n  p: {level: low, x-a: [1, {b: \"yes\"}], note: old} # why\nx-b: c\n": "id: a\nparts:\n  # why\n  p:\n    level: low\n    note: new\n    x-a:\n      - 1\n      - b: \"yes\"\nx-b: c\n",
		"{id: a, x-b: {c: 007, d: null}, parts: {p: {level: low, x-a: \"l\\n\"}}} # why\n":    "# why\nid: a\nparts:\n  p:\n    level: low\n    note: new\n    x-a: \"l\\n\"\nx-b:\n  c: 007\n  d: null\n",
	} {
		out, err := yamlfile.Patch([]byte(data), file{ID: "a", Parts: map[string]part{"p": {Level: "low", Note: "new"}}})
		require.NoError(t, err)
		assert.Equal(t, want, string(out))
	}
}

// A mapping that lost its last value stays where it has keys of people's own.
func TestPatchKeepsMappingOfExtensionKeys(t *testing.T) {
	type box struct {
		ID   string `yaml:"id"`
		Part struct {
			Note string `yaml:"note,omitempty"`
		} `yaml:"part,omitempty"`
	}
	for data, want := range map[string]string{
		"id: a\npart:\n  # why\n  x-a: b\n  note: old\n": "id: a\npart:\n  # why\n  x-a: b\n",
		"id: a\npart: {note: old, x-a: b}\n":             "id: a\npart:\n  x-a: b\n",
		"id: a\npart: {note: old}\n":                     "id: a\n",
	} {
		out, err := yamlfile.Patch([]byte(data), box{ID: "a"})
		require.NoError(t, err)
		assert.Equal(t, want, string(out))
	}
}
