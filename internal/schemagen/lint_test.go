package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/iotlens/iotlens/internal/corpus"
	"github.com/iotlens/iotlens/internal/wa/lint"
	"github.com/santhosh-tekuri/jsonschema/v6"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// What lint says of 27 real lenses and of files that are none, before and after
// --fix; and what it never says.
func TestEveryReportOfLintIsValid(t *testing.T) {
	s := compiled(t, "lint.schema.json")
	format, err := lint.FindFormat("json")
	require.NoError(t, err)
	check := func(r lint.Report) string {
		var b bytes.Buffer
		require.NoError(t, format.Write(&b, r))
		text := b.String()
		v, err := jsonschema.UnmarshalJSON(&b)
		require.NoError(t, err)
		require.NoError(t, s.Validate(v))
		return text
	}
	sources := []lint.Source{{File: "empty.json"}, {File: "list.json", Data: []byte("[]")}, {File: "no.json", Data: []byte("{]")}}
	for _, f := range corpus.Lenses(t) {
		sources = append(sources, lint.Source{File: f.Name, Data: f.Data})
	}
	check(lint.Report{})
	check(lint.Files(sources))

	lens, err := os.ReadFile(filepath.Join("..", "..", "testdata", "lenses", "greenhouse.json"))
	require.NoError(t, err)
	faulty := lint.Source{File: "a.json", Data: lens}
	_, done := lint.Fix(faulty)
	require.NotEmpty(t, done)
	r := lint.Files([]lint.Source{faulty})
	r.Files[0].Fixed = done
	good := check(r)

	for _, change := range [][2]string{
		{`"schema_version": 1`, `"schema_version": 2`},
		{`"severity": "warning"`, `"severity": "fatal"`},
		{`"code": "WA040"`, `"code": "40"`},
		{`"line": 20`, `"line": 0`},
		{`"fixable": true`, `"fixable": "yes"`},
		{`"error": 4`, `"error": -1`},
		{`"files"`, `"file"`},
	} {
		require.True(t, strings.Contains(good, change[0]), "%v", change)
		v, err := jsonschema.UnmarshalJSON(strings.NewReader(strings.Replace(good, change[0], change[1], 1)))
		require.NoError(t, err)
		assert.Error(t, s.Validate(v), "%v", change)
	}
}
