package customlens_test

import (
	"encoding/json"
	"io/fs"
	"testing"
	"testing/fstest"

	"github.com/iotlens/iotlens/internal/bank"
	"github.com/iotlens/iotlens/internal/lens"
	"github.com/iotlens/iotlens/internal/rules"
	"github.com/iotlens/iotlens/internal/wa/customlens"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// reloaded writes a lens as a bank in memory and loads it.
func reloaded(t require.TestingT, l *lens.Lens) *lens.Lens {
	files := fstest.MapFS{}
	seen := map[string]bool{}
	for _, f := range bank.Files(l) {
		require.False(t, seen[lens.NormalizeID(f.Path)], "%s differs from another file by case alone", f.Path)
		seen[lens.NormalizeID(f.Path)] = true
		files[f.Path] = &fstest.MapFile{Data: f.Data}
	}
	half := func(dir string) fs.FS {
		sub, err := fs.Sub(files, dir)
		require.NoError(t, err)
		return sub
	}
	again, problems := bank.Validate(bank.Bank{Pillars: half("pillars"), Questions: half("questions")})
	require.NoError(t, problems.Err())
	return again
}

// roundTrips imports a custom lens, writes and loads its bank, exports it, and requires the
// same JSON values. It reports whether the lens could be imported.
func roundTrips(t require.TestingT, data []byte) bool {
	doc, problems := customlens.Read("lens.json", data)
	if len(problems) > 0 {
		return false
	}
	l, problems := customlens.Import(doc, "", "")
	if len(problems) > 0 {
		require.Nil(t, l)
		return false
	}
	again := reloaded(t, l)
	sameLens(t, l, again)
	out := exported(t, again, customlens.Options{})
	require.Equal(t, values(t, data), values(t, out))
	twice := imported(t, "lens.json", out)
	twice.Version = l.Version
	sameLens(t, l, twice)
	return true
}

func TestRandomLensesRoundTrip(t *testing.T) {
	importable, drawn := 0, 0
	rapid.Check(t, func(t *rapid.T) {
		data, err := json.Marshal(anyLens().Draw(t, "lens"))
		require.NoError(t, err)
		drawn++
		if roundTrips(t, data) {
			importable++
		}
	})
	assert.Greater(t, importable*6, drawn, "too few of the lenses drawn can be imported")
}

// An object is a generated JSON object.
type object = map[string]any

// anyLens generates custom lenses with the mistakes of real ones and more: odd and
// duplicate ids, missing, empty and unknown fields, texts that are invalid in a bank.
func anyLens() *rapid.Generator[object] {
	text := rapid.OneOf(
		rapid.SampledFrom([]string{
			"", " ", "A title", " blanks ", "ends with a break\n", "two\r\nlines", "two\n\nparagraphs", "\t", "null", "yes", "# no", "a: b",
			"\x07 rings", "\u0085", "\u202e", "\ufeff", "default", "<&>", "None of these", "none of the above.", "- x", "'", `"`, "1.50",
			"A sentence that goes on and on, so that it has to be broken where it is written down, and then goes on for a while longer. It ends.",
		}),
		rapid.String(),
	)
	id := rapid.OneOf(
		rapid.SampledFrom([]string{
			"a", "A", "a_b", "a-b", "b", "choice1", "choice2", "Choice1", "x_no", "y_no", "_no", "", "con", "COM1", "nul", "lens", "layers",
			"security", "performance", "performance-efficiency", "operationalExcellence", "SEC_01", "SEC_1", "sec_01", "é", "a b", "../x", "default",
		}),
		rapid.StringMatching(`[A-Za-z0-9_]{3,8}`),
	)
	url := rapid.OneOf(rapid.SampledFrom([]string{"", "https://example.com/a", "http://example.com", "javascript:alert(1)", "https://", "https://a b", "ftp://x"}), text)
	resource := rapid.Custom(func(t *rapid.T) object {
		o := object{}
		maybe(t, o, "displayText", text)
		maybe(t, o, "url", url)
		extra(t, o)
		return o
	})
	group := rapid.Custom(func(t *rapid.T) object {
		o := object{}
		maybe(t, o, "type", rapid.SampledFrom([]string{"HELPFUL_RESOURCE", "IMPROVEMENT_PLAN", "OTHER"}))
		maybe(t, o, "content", rapid.SliceOfN(resource, 0, 3))
		extra(t, o)
		return o
	})
	choice := rapid.Custom(func(t *rapid.T) object {
		o := object{}
		maybe(t, o, "id", id)
		maybe(t, o, "title", text)
		maybe(t, o, "helpfulResource", resource)
		maybe(t, o, "improvementPlan", resource)
		sometimes(t, o, "additionalResources", rapid.SliceOfN(group, 0, 3))
		extra(t, o)
		return o
	})
	question := rapid.Custom(func(t *rapid.T) object {
		o := object{}
		maybe(t, o, "id", id)
		maybe(t, o, "title", text)
		sometimes(t, o, "description", text)
		sometimes(t, o, "helpfulResource", resource)
		maybe(t, o, "choices", rapid.SliceOfN(choice, 0, 5))
		maybe(t, o, "riskRules", rapid.SliceOfN(anyRule(o), 0, 3))
		extra(t, o)
		return o
	})
	pillar := rapid.Custom(func(t *rapid.T) object {
		o := object{}
		maybe(t, o, "id", id)
		maybe(t, o, "name", text)
		maybe(t, o, "questions", rapid.SliceOfN(question, 0, 3))
		extra(t, o)
		return o
	})
	return rapid.Custom(func(t *rapid.T) object {
		o := object{"pillars": rapid.SliceOfN(pillar, 1, 3).Draw(t, "pillars")}
		maybe(t, o, "schemaVersion", rapid.SampledFrom([]string{"2021-11-01", "2020-01-01", ""}))
		maybe(t, o, "name", text)
		maybe(t, o, "description", text)
		extra(t, o)
		return o
	})
}

// anyRule generates rules over the choices of a question and one unknown id.
func anyRule(question object) *rapid.Generator[object] {
	var ids []string
	choices, _ := question["choices"].([]object)
	for _, c := range choices {
		if id, ok := c["id"].(string); ok && id != "" && id != "default" {
			ids = append(ids, id)
		}
	}
	ids = append(ids, "nobody")
	return rapid.Custom(func(t *rapid.T) object {
		condition := "default"
		for i := range rapid.IntRange(0, 3).Draw(t, "terms") {
			term := rapid.SampledFrom([]string{"", "!", " ! "}).Draw(t, "not") + rapid.SampledFrom(ids).Draw(t, "id")
			switch {
			case i == 0:
				condition = term
			case rapid.Bool().Draw(t, "group"):
				condition = "(" + condition + ")  &&" + term
			default:
				condition += " || " + term + " "
			}
		}
		o := object{"condition": condition, "risk": rapid.SampledFrom(customlens.Risks()).Draw(t, "risk")}
		extra(t, o)
		return o
	})
}

// maybe sets a field with a probability of 90%.
func maybe[T any](t *rapid.T, o object, key string, g *rapid.Generator[T]) {
	if rapid.IntRange(0, 9).Draw(t, key+" is there") < 9 {
		o[key] = g.Draw(t, key)
	}
}

// sometimes sets a field with a probability of 50%.
func sometimes[T any](t *rapid.T, o object, key string, g *rapid.Generator[T]) {
	if rapid.Bool().Draw(t, key+" is there") {
		o[key] = g.Draw(t, key)
	}
}

// extra sets unknown fields.
func extra(t *rapid.T, o object) {
	for range rapid.SampledFrom([]int{0, 0, 0, 0, 1, 2}).Draw(t, "extras") {
		key := rapid.SampledFrom([]string{"_note", "x-own", "number", "", "Url", "null", "json", "without", "wa", "\x07", "description"}).Draw(t, "key")
		if _, known := o[key]; known || key == "description" && o["name"] != nil {
			continue
		}
		value := json.RawMessage(rapid.SampledFrom([]string{"null", "1", "1.50", "1e3", `"x"`, `"\u0007"`, `{"b":[null,"<&>"],"a":{}}`, "[]", "true", `"\u2028 \uD83D\uDE00"`}).Draw(t, "value"))
		if key == "description" {
			value = json.RawMessage(`"of its own"`)
		}
		o[key] = value
	}
}

// The monotone form of rules, including those that name "None of these", gives each answer
// the lowest risk of its subsets; None stands for the empty subset.
func TestTheMonotoneFormOfAnyRulesIsTheirClosure(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		choices := []object{{"id": "a1", "title": "A"}, {"id": "b1", "title": "B"}, {"id": "c1", "title": "C"}, {"id": "q1_no", "title": "None of these"}}
		question := object{"id": "q1", "title": "Q?", "choices": choices}
		question["riskRules"] = append(rapid.SliceOfN(anyRule(question), 0, 2).Draw(t, "rules"), object{"condition": "default", "risk": rapid.SampledFrom(customlens.Risks()).Draw(t, "risk")})
		data, err := json.Marshal(object{"schemaVersion": "2021-11-01", "name": "L", "pillars": []object{{"id": "p1", "name": "P", "questions": []object{question}}}})
		require.NoError(t, err)
		l := imported(t, "lens.json", data)
		letter, _ := questionsOf(mustExport(t, l, customlens.Options{}))
		form, _ := questionsOf(mustExport(t, l, customlens.Options{Rules: customlens.MonotoneRules}))
		require.LessOrEqual(t, len(form[0].RiskRules), 3)
		ids := []string{"a1", "b1", "c1"}
		aws, mono := ruleSet(t, letter[0]), ruleSet(t, form[0])
		for subset := range 1 << len(ids) {
			state := func(id string) rules.State {
				for i := range ids {
					if ids[i] == id && subset>>i&1 == 1 || id == "q1_no" && subset == 0 {
						return rules.Selected
					}
				}
				return rules.NotSelected
			}
			want, known := rules.EvalMonotone(aws, ids, "q1_no", state)
			got, ok := rules.Eval(mono, state)
			require.Equal(t, known, ok)
			require.Equal(t, want, got, "%b: %s", subset, data)
		}
	})
}

func mustExport(t require.TestingT, l *lens.Lens, o customlens.Options) *customlens.Lens {
	w, err := customlens.Export(l, o)
	require.NoError(t, err)
	return w
}
