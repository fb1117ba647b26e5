package customlens_test

import (
	"bytes"
	"encoding/json"
	"testing"

	"github.com/iotlens/iotlens/internal/corpus"
	"github.com/iotlens/iotlens/internal/wa/customlens"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// values decodes JSON with the standard library.
func values(t require.TestingT, data []byte) any {
	var v any
	dec := json.NewDecoder(bytes.NewReader(data))
	dec.UseNumber()
	require.NoError(t, dec.Decode(&v))
	return v
}

func TestPublishedLensesAreWrittenAsRead(t *testing.T) {
	files := append(corpus.Lenses(t), corpus.IoTLens(t))
	require.Len(t, files, 28)
	for _, f := range files {
		t.Run(f.Name, func(t *testing.T) {
			doc, problems := customlens.Read(f.Name, f.Data)
			require.Empty(t, problems)
			out, err := customlens.Write(&doc.Lens)
			require.NoError(t, err)
			assert.Equal(t, values(t, f.Data), values(t, out))
			again, problems := customlens.Read(f.Name, out)
			require.Empty(t, problems)
			twice, err := customlens.Write(&again.Lens)
			require.NoError(t, err)
			assert.Equal(t, string(out), string(twice))
		})
	}
}

const unknown = `{
  "_first": 1.50,
  "_second": {"b": [null, "<&>"], "a": 1e3},
  "schemaVersion": "2021-11-01",
  "name": "",
  "_after_name": null,
  "description": 7,
  "_after_description": "x",
  "pillars": [
    {
      "id": "p",
      "questions": [],
      "number": 3
    }
  ]
}
`

func TestUnknownFieldsKeepTheirPlaces(t *testing.T) {
	doc, problems := customlens.Read("lens.json", []byte(unknown))
	require.EqualError(t, problems, "lens.json:7:18: description must be a string, not a number")
	l := doc.Lens
	assert.Equal(t, customlens.Text{}, l.Description)
	assert.True(t, l.Name.Set, "empty is not absent")
	assert.NotNil(t, l.Pillars[0].Questions, "an empty list is not an absent one")
	assert.False(t, l.Pillars[0].Name.Set)
	var keys []string
	for _, x := range l.Extra {
		keys = append(keys, x.After+">"+x.Key)
	}
	assert.Equal(t, []string{">_first", "_first>_second", "name>_after_name", "_after_name>description", "description>_after_description"}, keys)

	out, err := customlens.Write(&l)
	require.NoError(t, err)
	var want bytes.Buffer
	require.NoError(t, json.Indent(&want, []byte(unknown), "", "  "))
	assert.Equal(t, want.String(), string(out))
}

func TestExtrasThatFollowNothingComeLast(t *testing.T) {
	l := customlens.Lens{Name: customlens.NewText("n"), ObjectMeta: customlens.ObjectMeta{Extra: []customlens.Extra{
		{Key: "b", Raw: "1", After: "a"}, {Key: "a", Raw: "2", After: "b"}, {Key: "c", Raw: "3", After: "gone"},
	}}}
	out, err := customlens.Write(&l)
	require.NoError(t, err)
	assert.Equal(t, "{\n  \"name\": \"n\",\n  \"b\": 1,\n  \"a\": 2,\n  \"c\": 3\n}\n", string(out))
	l.Extra[0].Raw = "NaN"
	_, err = customlens.Write(&l)
	assert.ErrorContains(t, err, "invalid character")
}

func TestWrongTypesAreReportedAtOnce(t *testing.T) {
	for _, c := range []struct{ in, want string }{
		{`[]`, "f:1:1: a custom lens must be an object in { }, not a list"},
		{`"x"`, "f:1:1: a custom lens must be an object in { }, not a string"},
		{`{"name": null, "pillars": {}}`, "f:1:10: name must be a string, not null\nf:1:27: pillars must be a list, not an object"},
		{
			`{"pillars": [1, {"questions": [{"choices": [[]], "riskRules": true, "helpfulResource": "u"}]}]}`,
			"f:1:14: a pillar must be an object in { }, not a number\n" +
				"f:1:45: a choice must be an object in { }, not a list\n" +
				"f:1:63: riskRules must be a list, not true or false\n" +
				"f:1:88: helpfulResource must be an object, not a string",
		},
		{
			"{\"name\": NaN,\n\"description\": 1}",
			"f:1:10: \"NaN\" is not a JSON value; strings need double quotes, numbers digits\n" +
				"f:2:16: description must be a string, not a number",
		},
	} {
		_, problems := customlens.Read("f", []byte(c.in))
		assert.EqualError(t, problems.Err(), c.want, c.in)
	}
}

func TestPlacesPointIntoTheFile(t *testing.T) {
	doc, problems := customlens.Read("f", []byte("{\n  \"name\": \"é\", \"description\": \"d\",\n  \"pillars\": [{\"id\": \"p\"}]}"))
	require.Empty(t, problems)
	place := func(offset int) [2]int {
		line, column := doc.Position(offset)
		return [2]int{line, column}
	}
	assert.Equal(t, [2]int{2, 3}, place(doc.Lens.Name.KeyAt.From))
	assert.Equal(t, [2]int{2, 11}, place(doc.Lens.Name.At.From))
	assert.Equal(t, [2]int{2, 31}, place(doc.Lens.Description.At.From), "columns are characters")
	assert.Equal(t, [2]int{3, 22}, place(doc.Lens.Pillars[0].ID.At.From))
	assert.Equal(t, [2]int{3, 15}, place(doc.Lens.Pillars[0].At.From))
}
