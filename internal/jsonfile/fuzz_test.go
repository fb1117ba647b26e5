package jsonfile_test

import (
	"bytes"
	"encoding/json"
	"slices"
	"testing"

	"github.com/iotlens/iotlens/internal/jsonfile"
	"github.com/stretchr/testify/require"
)

// stricter are the classes of problems that encoding/json accepts: RFC 8259 leaves them to
// the parser.
var stricter = []jsonfile.Class{jsonfile.RepeatedKey, jsonfile.Encoding, jsonfile.Surrogate, jsonfile.Limit, jsonfile.Size}

// Parse accepts the files that encoding/json accepts, with the same values, and the span of
// each value is correct.
func FuzzParse(f *testing.F) {
	for _, seed := range []string{
		`{"a": [1, -0.5e+3, true, null, "é\u00e9\ud83d\ude00\n"], "b": {}}`, "\uFEFF{}", `{"a": NaN}`, `[1,,2,]`, `{"a": 1 "b"}`,
		"{\"a\": \"b,\n\"c\": 1}", `["\ud800\u0041"]`, "{'a': b}", "// c\n[]", `{"a":1,"a":2}`, "[\xff]", `"\`, `{"a" 1}`, "\u2028",
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, src []byte) {
		root, problems := jsonfile.Parse(src)
		lines := jsonfile.NewLines(src)
		for _, p := range problems {
			require.True(t, 0 <= p.At.From && p.At.From <= p.At.To && p.At.To <= len(src), "%v", p)
			line, column := lines.Position(p.At.From)
			require.Positive(t, line)
			require.Positive(t, column)
		}
		require.LessOrEqual(t, len(problems), 101)
		within(t, src, root)
		if !json.Valid(src) {
			require.NotEmpty(t, problems)
			return
		}
		for _, p := range problems {
			require.Contains(t, stricter, p.Class)
		}
		if slices.ContainsFunc(problems, func(p jsonfile.Problem) bool { return p.Class == jsonfile.Limit || p.Class == jsonfile.Size }) {
			return
		}
		dec := json.NewDecoder(bytes.NewReader(src))
		dec.UseNumber()
		var want any
		require.NoError(t, dec.Decode(&want))
		require.Equal(t, want, value(root))
	})
}

// within checks each span against the file and the enclosing span.
func within(t *testing.T, src []byte, n *jsonfile.Node) {
	at := n.At.From
	inside := func(s jsonfile.Span) {
		require.True(t, at <= s.From && s.From <= s.To && s.To <= n.At.To && s.To <= len(src), "%v in %v", s, n.At)
		at = s.To
	}
	for _, f := range n.Fields {
		inside(f.KeyAt)
		inside(f.Value.At)
		within(t, src, f.Value)
	}
	for _, i := range n.Items {
		inside(i.At)
		within(t, src, i)
	}
}

// value converts a tree to the values of encoding/json.
func value(n *jsonfile.Node) any {
	switch n.Kind {
	case jsonfile.Object:
		m := map[string]any{}
		for _, f := range n.Fields {
			m[f.Key] = value(f.Value)
		}
		return m
	case jsonfile.Array:
		list := []any{}
		for _, i := range n.Items {
			list = append(list, value(i))
		}
		return list
	case jsonfile.String:
		return n.Text
	case jsonfile.Number:
		return json.Number(n.Text)
	case jsonfile.Bool:
		return n.Text == "true"
	}
	return nil
}
