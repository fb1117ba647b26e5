package lensmatch_test

import (
	"strings"
	"testing"

	"github.com/iotlens/iotlens/internal/corpus"
	"github.com/iotlens/iotlens/internal/lens"
	"github.com/iotlens/iotlens/internal/lensmatch"
	"github.com/iotlens/iotlens/internal/testlens"
	"github.com/iotlens/iotlens/internal/wa/customlens"
	"github.com/stretchr/testify/assert"
)

// one is a lens of one question with best practices, each "id title"; or of more
// questions, divided by an id that ends in a question mark.
func one(lines ...string) *lens.Lens {
	l := &lens.Lens{ID: "x"}
	for _, line := range lines {
		id, title, _ := strings.Cut(line, " ")
		if strings.HasSuffix(title, "?") {
			l.Questions = append(l.Questions, lens.Question{ID: id, Title: title})
			continue
		}
		q := &l.Questions[len(l.Questions)-1]
		q.Practices = append(q.Practices, lens.Practice{ID: id, Title: title, Question: q.ID})
	}
	return l
}

// Each row has two lenses, and what is paired with what by which method.
func TestLenses(t *testing.T) {
	for _, c := range []struct {
		name       string
		older      []string
		newer      []string
		want       string // "id>id by" of best practices and questions, in the older order
		retirement []lens.Retired
	}{
		{
			"the same",
			[]string{"Q1 Who?", "Q1-a Ana does"},
			[]string{"Q1 Who?", "Q1-a Ana does"},
			"Q1>Q1 id, Q1-a>Q1-a id", nil,
		},
		{
			"reworded beyond likeness, by id",
			[]string{"Q1 Who?", "Q1-a Risk is mitigated"},
			[]string{"Q1 Who?", "Q1-a One box is deployed first"},
			"Q1>Q1 id, Q1-a>Q1-a id", nil,
		},
		{
			"numbered anew",
			[]string{"Q1 Who?", "Q1-1 Ana does", "Q1-2 Ben does"},
			[]string{"Q1 Who?", "Q1-1 Eve does", "Q1-2 Ana does", "Q1-3 Ben does"},
			"Q1>Q1 id, Q1-1>Q1-2 title, Q1-2>Q1-3 title", nil,
		},
		{
			"two of one title go by id",
			[]string{"Q1 Who?", "Q1-a Alarms exist", "Q1-b Alarms exist"},
			[]string{"Q1 Who?", "Q1-b Runbooks are written", "Q1-a Alarms exist"},
			"Q1>Q1 id, Q1-a>Q1-a id, Q1-b>Q1-b id", nil,
		},
		{
			"a question with another id",
			[]string{"Q1 Who is on call?", "Q1-a Ana"},
			[]string{"OPS01 Who is on call?", "OPS01-a Eve"},
			"Q1>OPS01 title, Q1-a>OPS01-a id", nil,
		},
		{
			"ids of another form",
			[]string{"ML1 Is the model watched?", "ML1-1 The model is retrained when it drifts"},
			[]string{"ML1 Is the model watched?", "ML1-BP01 The model is retrained when it drifts"},
			"ML1>ML1 id, ML1-1>ML1-BP01 title", nil,
		},
		{
			"by text",
			[]string{"Q1 Who?", "Q1-old Latency of eventual consistency is measured and alarmed"},
			[]string{"Q1 Who?", "Q1-new Latency of eventual consistency is measured; alarms are in place"},
			"Q1>Q1 id, Q1-old>Q1-new text", nil,
		},
		{
			"moved to another question",
			[]string{"Q1 Who?", "Q1-a Keys are kept in hardware", "Q1-b Yes", "Q2 What else?"},
			[]string{"Q1 Who?", "Q2 What else?", "Q2-k Keys are kept in hardware", "Q2-y Yes"},
			"Q1>Q1 id, Q1-a>Q2-k title, Q2>Q2 id", nil,
		},
		{
			"a successor",
			[]string{"Q1 Who?", "Q1-a Ana does"},
			[]string{"Q1 Who?", "Q1-z Something else entirely"},
			"Q1>Q1 id, Q1-a>Q1-z successor",
			[]lens.Retired{{ID: "Q1-a", Successor: "Q1-z"}},
		},
		{"nothing", []string{"Q1 Who?", "Q1-a Ana does"}, []string{"S9 Which pump?", "S9-x It is painted"}, "", nil},
	} {
		older, newer := one(c.older...), one(c.newer...)
		newer.Retired = c.retirement
		m := lensmatch.Lenses(older, newer)
		var got []string
		for _, q := range older.Questions {
			if p, ok := m.Places[q.ID]; ok {
				got = append(got, q.ID+">"+p.ID+" "+string(p.Method))
			}
			for _, p := range q.Practices {
				if place, ok := m.Places[p.ID]; ok {
					got = append(got, p.ID+">"+place.ID+" "+string(place.Method))
				}
			}
		}
		assert.Equal(t, c.want, strings.Join(got, ", "), c.name)
		assert.Equal(t, c.want != "", m.Related(), c.name)
	}
}

// Every item of a lens is paired with itself if a lens is compared with itself.
func TestLensMatchesItself(t *testing.T) {
	l := testlens.Lens()
	m := lensmatch.Lenses(l, l)
	assert.True(t, m.Related())
	for q, p := range l.All() {
		assert.Equal(t, lensmatch.Place{ID: p.ID, Method: lensmatch.ID, Similarity: 1}, m.Places[p.ID])
		assert.Equal(t, lensmatch.Place{ID: q.ID, Method: lensmatch.ID, Similarity: 1}, m.Places[q.ID])
	}
}

// Of the published lenses, only versions of one lens, and lenses that were derived from one
// another, are related. Many more have ids in common.
func TestPublishedLensesRelated(t *testing.T) {
	related := [][]string{
		{"orr", "ORR"},
		{"connect-customlens-costOptimization", "connect-customlens-peak-readiness", "connect-customlens-wellarchitected"},
		{"custom-lensddb", "custom-lens-documentDB"},
		{"sagemaker-autogluon", "sagemaker-flower"},
	}
	family := func(name string) int {
		for i, f := range related {
			for _, part := range f {
				if strings.Contains(name, part) {
					return i
				}
			}
		}
		return -1
	}
	type published struct {
		name string
		lens *lens.Lens
	}
	var all []published
	for _, f := range corpus.Lenses(t) {
		doc, _ := customlens.Read(f.Name, f.Data)
		if l, problems := customlens.Import(doc, "", ""); len(problems) == 0 {
			_, name, _ := strings.Cut(f.Name, "__")
			all = append(all, published{name, l})
		}
	}
	versions := 0
	for i, a := range all {
		for _, b := range all[i+1:] {
			got := lensmatch.Lenses(a.lens, b.lens).Related()
			if one := family(a.name); one == 0 && family(b.name) == 0 {
				versions++
				assert.True(t, got, "%s and %s are versions of one lens", a.name, b.name)
			} else if got {
				assert.True(t, one >= 0 && one == family(b.name), "%s and %s", a.name, b.name)
			}
		}
	}
	assert.Positive(t, versions)
}
