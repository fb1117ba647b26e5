package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	jsonsch "github.com/google/jsonschema-go/jsonschema"
	"github.com/iotlens/iotlens/internal/bank/shipped"
	"github.com/iotlens/iotlens/internal/lens"
	"github.com/iotlens/iotlens/internal/report"
	"github.com/iotlens/iotlens/internal/review"
	"github.com/iotlens/iotlens/internal/scoring"
	"github.com/santhosh-tekuri/jsonschema/v6"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"go.yaml.in/yaml/v3"
)

func TestPublishedSchemasAreCurrent(t *testing.T) {
	for name, schema := range published {
		want, err := render(schema)
		require.NoError(t, err)
		got, err := os.ReadFile(filepath.Join("..", "..", "schemas", name))
		require.NoError(t, err)
		assert.True(t, bytes.Equal(want, got), "schemas/%s is stale: run go generate ./...", name)
	}
}

func compiled(t *testing.T, name string) *jsonschema.Schema {
	t.Helper()
	c := jsonschema.NewCompiler()
	for file := range published { // one may refer to another
		data, err := os.Open(filepath.Join("..", "..", "schemas", file))
		require.NoError(t, err)
		doc, err := jsonschema.UnmarshalJSON(data)
		require.NoError(t, errors.Join(err, data.Close()))
		require.NoError(t, c.AddResource(base+file, doc))
	}
	s, err := c.Compile(base + name)
	require.NoError(t, err)
	return s
}

func reviews(t *testing.T) []string {
	t.Helper()
	files, err := filepath.Glob("../../testdata/reviews/*.review.yaml")
	require.NoError(t, err)
	require.GreaterOrEqual(t, len(files), 3)
	return files
}

func TestEveryReviewIsValid(t *testing.T) {
	s := compiled(t, "review.schema.json")
	for _, file := range reviews(t) {
		data, err := os.ReadFile(file)
		require.NoError(t, err)
		var n yaml.Node
		require.NoError(t, yaml.Unmarshal(data, &n))
		assert.NoError(t, s.Validate(plain(n.Content[0])), file)
	}
}

func TestEveryReportIsValid(t *testing.T) {
	s := compiled(t, "report.schema.json")
	f, err := report.Formats().Find("json")
	require.NoError(t, err)
	l := shipped.Lens()
	for _, file := range append(reviews(t), "") {
		r := &review.Review{Schema: 1, Lens: l.ID, LensVersion: l.Version, Workload: review.Workload{Name: "Empty"}}
		if file != "" {
			f, err := review.Load(file, l)
			require.NoError(t, err)
			r = f.Review
		}
		var b bytes.Buffer
		require.NoError(t, f.Write(&b, scoring.Assess(l, r, scoring.Options{Mode: scoring.Monotone, Today: "2026-11-23"})))
		v, err := jsonschema.UnmarshalJSON(&b)
		require.NoError(t, err)
		assert.NoError(t, s.Validate(v), file)
	}
}

func TestTheReviewSchemaRefuses(t *testing.T) {
	s := compiled(t, "review.schema.json")
	good := "schema: 1\nlens: aws-iot\nlens_version: 2025-07-02\nworkload: {name: Abc, x-team: core}\nanswers:\n"
	for name, c := range map[string]struct {
		text  string
		valid bool
	}{
		"sound":                   {"  IOTSEC01-BP01: {status: implemented, x-by-hand: 1}", true},
		"unknown practice":        {"  IOTSEC01-BP09: {status: implemented}", false},
		"unknown status":          {"  IOTSEC01-BP01: {status: done}", false},
		"no reason":               {"  IOTSEC01-BP01: {status: not_applicable}", false},
		"a history":               {"  IOTSEC01-BP01: {status: implemented, history: [{status: not_applicable, reason: none shipped, at: 2026-11-24}]}", true},
		"a past without reason":   {"  IOTSEC01-BP01: {status: implemented, history: [{status: not_applicable}]}", false},
		"a past without status":   {"  IOTSEC01-BP01: {status: implemented, history: [{note: x}]}", false},
		"a past of its own":       {"  IOTSEC01-BP01: {status: implemented, history: [{status: implemented, whom: x}]}", false},
		"a reason":                {"  IOTSEC01-BP01: {status: not_applicable, reason: none shipped}", true},
		"unknown key":             {"  IOTSEC01-BP01: {status: implemented, nota: x}", false},
		"a status that is a list": {"  IOTSEC01-BP01: {status: [implemented]}", false},
	} {
		var n yaml.Node
		require.NoError(t, yaml.Unmarshal([]byte(good+c.text+"\n"), &n))
		if err := s.Validate(plain(n.Content[0])); c.valid {
			assert.NoError(t, err, name)
		} else {
			assert.Error(t, err, name)
		}
	}
}

func TestTheReviewSchemaTakesWhatIsRetired(t *testing.T) {
	l := *shipped.Lens()
	l.Revision = 2
	l.Retired = []lens.Retired{{ID: "EDGE09", Since: 2, Reason: "Nobody asks it."}, {ID: "EDGE09-BP01", Since: 2, Reason: "Nobody asks it."}, {ID: "EDGE01-BP07", Since: 2, Successor: "EDGE01-BP01"}}
	data, err := render(func() (*jsonsch.Schema, error) { return reviewSchemaOf(&l) })
	require.NoError(t, err)
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(data))
	require.NoError(t, err)
	c := jsonschema.NewCompiler()
	require.NoError(t, c.AddResource(base+"review.schema.json", doc))
	s, err := c.Compile(base + "review.schema.json")
	require.NoError(t, err)
	for text, valid := range map[string]bool{
		"answers: {EDGE09-BP01: {status: implemented}, EDGE01-BP07: {status: implemented}}": true,
		"answers: {EDGE09-BP01: {status: done}}":                                            false,
		"answers: {EDGE01-BP08: {status: implemented}}":                                     false,
		"scope: {questions: [EDGE09]}":                                                      true,
		"scope: {questions: [EDGE08]}":                                                      false,
		"parked: [{topic: x, practice: EDGE09-BP01}]":                                       true,
		"parked: [{topic: x, practice: EDGE08-BP02}]":                                       false,
		"lens_revision: 2\nlens_digest: 0123456789ab":                                       true,
	} {
		text = "schema: 1\nlens: aws-iot\nlens_version: 2025-07-02\nworkload: {name: Abc}\n" + text
		var n yaml.Node
		require.NoError(t, yaml.Unmarshal([]byte(text), &n))
		_, problems := review.Parse("r.yaml", []byte(text), &l)
		assert.Equal(t, valid, len(problems) == 0, "reader, %s: %v", text, problems)
		assert.Equal(t, valid, s.Validate(plain(n.Content[0])) == nil, text)
	}
}

// plain makes JSON values of YAML; dates stay text, as YAML 1.2 has it.
func plain(n *yaml.Node) any {
	switch n.Kind {
	case yaml.MappingNode:
		m := map[string]any{}
		for i := 0; i+1 < len(n.Content); i += 2 {
			m[n.Content[i].Value] = plain(n.Content[i+1])
		}
		return m
	case yaml.SequenceNode:
		list := []any{}
		for _, c := range n.Content {
			list = append(list, plain(c))
		}
		return list
	}
	switch n.Tag {
	case "!!int", "!!float":
		return json.Number(strings.ReplaceAll(n.Value, "_", ""))
	case "!!bool":
		b, _ := strconv.ParseBool(n.Value)
		return b
	}
	return n.Value
}
