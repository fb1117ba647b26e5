package framework_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/iotlens/iotlens/internal/bank/shipped"
	"github.com/iotlens/iotlens/internal/framework"
	"github.com/iotlens/iotlens/internal/lens"
	"github.com/iotlens/iotlens/internal/review"
	"github.com/iotlens/iotlens/internal/testlens"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// testdata/frameworks/provisions.tsv lists the ids and statuses, copied from the documents
// and not from the shipped files. Of the Cyber Resilience Act the files have more: Annex II
// and the other paragraphs of Articles 13 and 14.
func TestProvisionsMatchTheDocuments(t *testing.T) {
	list := framework.Shipped()
	assert.Equal(t, []string{"cra", "psti", "en303645", "nist8425", "nist8259a", "nist8259b", "iec62443-4-2"}, framework.IDs(list))
	data, err := os.ReadFile(filepath.Join("..", "..", "testdata", "frameworks", "provisions.tsv"))
	require.NoError(t, err)
	rows := strings.Split(strings.TrimSuffix(string(data), "\n"), "\n")[1:]
	want := map[string][]string{}
	for _, row := range rows {
		cells := strings.Split(row, "\t")
		require.Len(t, cells, 3, row)
		want[cells[0]] = append(want[cells[0]], cells[1])
		f, ok := framework.Find(list, cells[0])
		require.True(t, ok, cells[0])
		p, ok := f.Provision(cells[1])
		if assert.True(t, ok, "%s has no %s", f.ID, cells[1]) {
			assert.Equal(t, cells[2], p.Status, "%s %s", f.ID, p.ID)
		}
	}
	for _, f := range list {
		if f.ID != "cra" {
			assert.Equal(t, want[f.ID], f.ProvisionIDs(), f.ID)
		}
	}
	cra, _ := framework.Find(list, "CRA")
	for paragraph, n := range map[string]int{"Art.13(": 25, "Art.14(": 14, "Annex.II(": 14, "I(": 14, "II(": 8} {
		assert.Len(t, slices.DeleteFunc(cra.ProvisionIDs(), func(id string) bool { return !strings.HasPrefix(id, paragraph) }), n, paragraph)
	}
}

// Every provision that is not outside a review has a full answer, or partial answers that
// meet it together.
func TestEveryProvisionCanBeMet(t *testing.T) {
	all := func(string) review.Status { return review.Implemented }
	for _, f := range framework.Shipped() {
		for _, p := range f.Provisions {
			if p.Outside == "" {
				assert.Equal(t, framework.Met, p.StateOf(all), "%s %s has parts and nothing that makes a whole", f.ID, p.ID)
			}
		}
	}
}

// Each partial answer of a whole says what it lacks, and the others supply that.
func TestEveryPartialAnswerIsNeeded(t *testing.T) {
	for _, f := range framework.Shipped() {
		for _, p := range f.Provisions {
			for _, part := range p.Partly {
				if len(p.Fully) == 0 {
					assert.Contains(t, p.Together, part.Practice, "%s %s", f.ID, p.ID)
				}
				assert.NotContains(t, p.Fully, part.Practice, "%s %s", f.ID, p.ID)
			}
		}
	}
}

// Every product question answers a provision of a framework, or covers what AWS's questions
// leave out and no framework has yet.
func TestProductQuestionsAnswerFrameworks(t *testing.T) {
	beyond := map[string]string{
		"PRODUCT11-BP04": "the Data Act, of which no framework is shipped",
		"PRODUCT12-BP03": "the life of links, which no framework asks for",
	}
	for _, p := range shipped.Lens().All() {
		if p.Part == "" {
			continue
		}
		meets := slices.DeleteFunc(framework.AnsweredBy(framework.Shipped(), p.ID), func(m framework.ProvisionRef) bool { return m.How == framework.Supports })
		_, excused := beyond[p.ID]
		assert.Equal(t, len(meets) == 0, excused || p.ID == "PRODUCT12-BP04", "%s answers %v", p.ID, meets)
	}
}

const lab = `id: lab
title: Rules of the laboratory
version: "1"
date: 2026-01
source: https://example.com/rules
licence: Ours.
starts:
  - {from: 2026-03-01, title: The first, provisions: [A-1], sold_before: true}
  - {from: 2027-03-01, title: The others}
provisions:
  - {id: A-1, title: One, fully: [LABSEC01-BP01], supports: [LABSEC02-BP01]}
  - id: A-2
    title: Two
    status: M
    partly:
      - {practice: LABSEC02-BP01, lacks: half of it}
      - {practice: LABSEC03-BP01, lacks: the other half}
    together: [LABSEC02-BP01, LABSEC03-BP01]
  - {id: A-3, title: Three, outside: It is about the weather.}
`

func TestLoad(t *testing.T) {
	f, problems := framework.Decode("lab.yaml", []byte(lab), testlens.Lens())
	require.NoError(t, problems.Err())
	assert.Equal(t, "Rules of the laboratory", f.Short)
	assert.Equal(t, []string{"A-1", "A-2", "A-3"}, f.ProvisionIDs())
	p, _ := f.Provision("A-2")
	assert.Equal(t, []framework.Answer{
		{Practice: "LABSEC02-BP01", How: framework.InPart, Lacks: "half of it"},
		{Practice: "LABSEC03-BP01", How: framework.InPart, Lacks: "the other half"},
	}, p.Answers())
	assert.Equal(t, []framework.ProvisionRef{{"lab", "A-1", framework.Supports}, {"lab", "A-2", framework.InPart}}, framework.AnsweredBy([]*framework.Framework{f}, "LABSEC02-BP01"))
}

func TestLoadReportsEveryProblem(t *testing.T) {
	for name, c := range map[string]struct{ old, new, want string }{
		"no provisions":         {"provisions:\n" + lab[strings.Index(lab, "\nprovisions:\n")+len("\nprovisions:\n"):], "provisions: []\n", "lab.yaml:10: provisions is missing or empty"},
		"unknown key":           {"title: One,", "title: One, fuly: [],", `lab.yaml:11: unknown key "fuly", did you mean "fully"?`},
		"no licence":            {"licence: Ours.\n", "", "lab.yaml:1: licence is missing or empty"},
		"an id with a blank":    {"id: lab\n", "id: Lab rules\n", `lab.yaml:1: the id "Lab rules" is invalid; use lower-case letters, digits and -, such as en303645`},
		"plain http":            {"https://", "http://", `lab.yaml:5: the link "http://example.com/rules" is not an https address`},
		"no date":               {"date: 2026-01", "date: last year", `lab.yaml:4: date is "last year", not a day or month such as 2024-10-23 or 2024-10`},
		"unknown practice":      {"fully: [LABSEC01-BP01]", "fully: [LABSEC01-BP1]", `lab.yaml:11: unknown best practice "LABSEC01-BP1", did you mean "LABSEC01-BP01"?`},
		"twice the same":        {"id: A-3", "id: A-1", "lab.yaml:19: the provision A-1 is listed twice"},
		"answered twice":        {"supports: [LABSEC02-BP01]", "supports: [LABSEC01-BP01]", "lab.yaml:11: LABSEC01-BP01 answers A-1 twice"},
		"nothing is missing":    {"lacks: half of it", `lacks: ""`, "lab.yaml:16: lacks is missing or empty"},
		"no part":               {"together: [LABSEC02-BP01, ", "together: [LABSEC01-BP01, ", `lab.yaml:18: LABSEC01-BP01 is under together and not under partly, did you mean "LABSEC02-BP01"?`},
		"alone together":        {"together: [LABSEC02-BP01, LABSEC03-BP01]", "together: [LABSEC02-BP01]", "lab.yaml:18: together has one best practice; one that is a whole alone stands under fully"},
		"outside without cause": {"outside: It is about the weather.", "supports: [LABSEC01-BP01]", "lab.yaml:19: nothing answers A-3: name a best practice under fully or partly, or say under outside why no review can answer it"},
		"outside and answered":  {"title: One,", "title: One, outside: No.,", "lab.yaml:11: A-1 is answered by a best practice and outside a review; remove one of the two"},
		"start of nothing":      {"provisions: [A-1]", "provisions: [A-9]", `lab.yaml:8: unknown provision "A-9", did you mean "A-1"?`},
		"start without a day":   {"from: 2027-03-01", "from: spring", `lab.yaml:9: from is "spring", not a day such as 2027-12-11`},
		"two for the rest":      {", provisions: [A-1]", "", "lab.yaml:9: two starts name no provisions; one of them is for all the others"},
	} {
		t.Run(name, func(t *testing.T) {
			data := strings.Replace(lab, c.old, c.new, 1)
			require.NotEqual(t, lab, data)
			if name == "no provisions" {
				data = strings.Replace(data, "  - {from: 2026-03-01, title: The first, provisions: [A-1], sold_before: true}\n", "  - {from: 2026-03-01, title: The first, provisions: [], sold_before: true}\n", 1)
				data = strings.Replace(data, "  - {from: 2027-03-01, title: The others}\n", "\n", 1)
			}
			f, problems := framework.Decode("lab.yaml", []byte(data), testlens.Lens())
			assert.Nil(t, f)
			assert.Equal(t, c.want, problems.Error())
		})
	}
}

func TestStateOf(t *testing.T) {
	f, problems := framework.Decode("lab.yaml", []byte(lab), testlens.Lens())
	require.NoError(t, problems.Err())
	one, _ := f.Provision("A-1")
	two, _ := f.Provision("A-2")
	three, _ := f.Provision("A-3")
	const first, second = "LABSEC02-BP01", "LABSEC03-BP01"
	for _, c := range []struct {
		p       *framework.Provision
		answers map[string]review.Status
		want    framework.State
	}{
		{one, nil, framework.NotAnswered},
		{one, map[string]review.Status{first: review.Implemented}, framework.NotAnswered}, // it supports only
		{one, map[string]review.Status{"LABSEC01-BP01": review.Implemented}, framework.Met},
		{one, map[string]review.Status{"LABSEC01-BP01": review.PartiallyImplemented}, framework.PartlyMet},
		{one, map[string]review.Status{"LABSEC01-BP01": review.CannotDetermine}, framework.Unknown},
		{one, map[string]review.Status{"LABSEC01-BP01": review.NotApplicable}, framework.NotApplicable},
		{two, map[string]review.Status{first: review.Implemented}, framework.PartlyMet},
		{two, map[string]review.Status{first: review.Implemented, second: review.CannotDetermine}, framework.PartlyMet},
		{two, map[string]review.Status{first: review.NotImplemented}, framework.NotMet},
		{two, map[string]review.Status{first: review.Implemented, second: review.Implemented}, framework.Met},
		{two, map[string]review.Status{first: review.Implemented, second: review.NotApplicable}, framework.Met},
		{two, map[string]review.Status{first: review.NotApplicable, second: review.NotApplicable}, framework.NotApplicable},
		{three, nil, framework.Outside},
	} {
		assert.Equal(t, c.want, c.p.StateOf(func(id string) review.Status { return c.answers[id] }), "%s with %v", c.p.ID, c.answers)
	}
}

func TestDue(t *testing.T) {
	f, problems := framework.Decode("lab.yaml", []byte(lab), testlens.Lens())
	require.NoError(t, problems.Err())
	for _, c := range []struct {
		provision, market, day string
		ever                   bool
	}{
		{"A-1", "", "2026-03-01", true},
		{"A-1", "2020-01-01", "2026-03-01", true}, // sold before, and due all the same
		{"A-2", "", "2027-03-01", true},
		{"A-2", "2027-02-28", "", false}, // sold before
		{"A-2", "2027-03-01", "2027-03-01", true},
		{"A-2", "2029-06-01", "2029-06-01", true},
	} {
		s, ok := f.StartOf(c.provision)
		require.True(t, ok)
		day, ever := s.Due(c.market)
		assert.Equal(t, c.day, day, "%+v", c)
		assert.Equal(t, c.ever, ever, "%+v", c)
	}
}

// A bank may list under meets the provisions that its best practices answer.
func TestAddLensAnswers(t *testing.T) {
	f, problems := framework.Decode("lab.yaml", []byte(lab), testlens.Lens())
	require.NoError(t, problems.Err())
	l := *testlens.Lens()
	l.Questions = slices.Clone(l.Questions)
	q := &l.Questions[0]
	q.Practices = slices.Clone(q.Practices)
	q.Practices[0].Meets = map[string][]string{"lab": {"A-2", "A-3"}, "another": {"B-1"}}

	with := framework.AddLensAnswers([]*framework.Framework{f}, &l)

	for _, id := range []string{"A-2", "A-3"} {
		p, _ := with[0].Provision(id)
		assert.Equal(t, []string{q.Practices[0].ID}, p.Fully)
		assert.Empty(t, p.Outside)
		was, _ := f.Provision(id)
		assert.Empty(t, was.Fully, "the framework itself is shared and stays as it was")
	}

	// One that stands there with less is listed once.
	q.Practices[0].Meets = map[string][]string{"lab": {"A-1", "A-2"}}
	for _, id := range []string{"LABSEC02-BP01", "LABSEC03-BP01"} {
		q.Practices[0].ID = id
		with = framework.AddLensAnswers([]*framework.Framework{f}, &l)
		for i := range with[0].Provisions {
			seen := map[string]bool{}
			for _, a := range with[0].Provisions[i].Answers() {
				assert.False(t, seen[a.Practice], "%s has %s twice", with[0].Provisions[i].ID, a.Practice)
				seen[a.Practice] = true
			}
		}
	}
}

func TestFileNameIsTheID(t *testing.T) {
	root := fstest.MapFS{"rules.yaml": {Data: []byte(lab)}, "README.md": {Data: []byte("x")}, "old/lab.yaml": {Data: []byte("x")}}
	list, problems := framework.LoadDir("bank/frameworks", root, testlens.Lens())
	assert.Equal(t, `bank/frameworks/rules.yaml:1: the id is "lab", but the file is named rules.yaml`, problems.Error())
	assert.Len(t, list, 1)
	list, problems = framework.LoadDir("nowhere", fstest.MapFS{}, testlens.Lens())
	assert.Empty(t, list)
	assert.NoError(t, problems.Err())
}

// The applies_to of each shipped framework uses only words of the shipped lens.
func TestShippedConditionsAreKnown(t *testing.T) {
	l := shipped.Lens()
	facts := lens.FactIDs(l.Facts)
	for _, f := range framework.Shipped() {
		for _, id := range slices.Concat(f.AppliesTo.Is, f.AppliesTo.Not) {
			assert.Contains(t, facts, id, f.ID)
		}
		for _, id := range f.AppliesTo.Markets {
			assert.Contains(t, lens.TermIDs(l.Markets), id, f.ID)
		}
	}
}

// People copy the example in frameworks/README.md, so it must be valid.
func TestReadmeExample(t *testing.T) {
	readme, err := os.ReadFile(filepath.Join("..", "..", "frameworks", "README.md"))
	require.NoError(t, err)
	_, example, _ := strings.Cut(string(readme), "```yaml\n")
	example, _, found := strings.Cut(example, "```")
	require.True(t, found)
	_, problems := framework.Decode("house.yaml", []byte(example), shipped.Lens())
	assert.NoError(t, problems.Err())
}

func TestChanged(t *testing.T) {
	was, problems := framework.Decode("lab.yaml", []byte(lab), testlens.Lens())
	require.NoError(t, problems.Err())
	for name, c := range map[string]struct {
		old, new string
		require  framework.Requirement
		want     []string
	}{
		"nothing":                  {"", "", "lab", nil},
		"words":                    {"title: One,", "title: The first,", "lab", nil},
		"a new provision":          {"  - {id: A-3,", "  - {id: A-4, title: Four, fully: [LABSEC01-BP01]}\n  - {id: A-3,", "lab", nil},
		"another answer":           {"fully: [LABSEC01-BP01]", "fully: [LABSEC04-BP01]", "LAB", []string{"A-1"}},
		"of what is not required":  {"fully: [LABSEC01-BP01]", "fully: [LABSEC04-BP01]", "lab:A-2", nil},
		"of another framework":     {"fully: [LABSEC01-BP01]", "fully: [LABSEC04-BP01]", "cra", nil},
		"a smaller whole":          {"      - {practice: LABSEC03-BP01, lacks: the other half}\n    together: [LABSEC02-BP01, LABSEC03-BP01]\n", "", "lab:M", []string{"A-2"}},
		"gone":                     {"{id: A-1,", "{id: A-9,", "lab", []string{"A-1"}},
		"outside":                  {"fully: [LABSEC01-BP01], supports: [LABSEC02-BP01]", "outside: No", "lab:A-1", []string{"A-1"}},
		"conditional by id":        {"provisions:\n", "conditional: [A-1]\nprovisions:\n", "lab", []string{"A-1"}},
		"conditional by status":    {"provisions:\n", "conditional: [M]\nprovisions:\n", "lab", []string{"A-2"}},
		"a status that is dropped": {"    status: M\n", "", "lab:M", []string{"A-2"}},
		"for fewer workloads":      {"provisions:\n", "applies_to: {is: [battery]}\nprovisions:\n", "lab:A-1", []string{"applies_to"}},
	} {
		data := strings.Replace(lab, c.old, c.new, 1)
		require.Equal(t, name == "nothing", lab == data, name)
		now, _ := framework.Parse("lab.yaml", []byte(data))
		assert.Equal(t, c.want, framework.Changed(was, now, []framework.Requirement{c.require}), name)
	}
}
