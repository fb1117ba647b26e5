package bank_test

import (
	"slices"
	"testing"
	"testing/fstest"

	"github.com/iotlens/iotlens/internal/bank"
	"github.com/iotlens/iotlens/internal/lens"
	"github.com/iotlens/iotlens/internal/testlens"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// A part has its own folder beside those of the pillars, from which the part of a question
// follows.
func TestAPartIsReadFromItsFolder(t *testing.T) {
	l := *testlens.Lens()
	l.Parts = []lens.Part{{ID: "product", Name: "Product", Prefix: "LABPRODUCT", Description: "As it is sold.", Needs: lens.NeedMarkets}}
	q, _ := l.Question("LABEDGE01")
	part := *q
	part.ID, part.Layer, part.Part, part.Practices = "LABPRODUCT01", "", "product", slices.Clone(q.Practices[:1])
	part.Rules = []lens.Rule{{When: "LABPRODUCT01-BP01", Risk: lens.RuleNone}, {When: "default", Risk: lens.RuleHigh}}
	p := &part.Practices[0]
	p.ID, p.Question, p.Part, p.How = "LABPRODUCT01-BP01", "LABPRODUCT01", "product", slices.Clone(p.How)
	l.Questions = append(slices.Clone(l.Questions), part)

	files := fstest.MapFS{}
	for _, f := range bank.Files(&l) {
		files[f.Path] = &fstest.MapFile{Data: f.Data}
	}
	require.Contains(t, files, "questions/product/LABPRODUCT01.yaml")
	pillars, err := files.Sub("pillars")
	require.NoError(t, err)
	questions, err := files.Sub("questions")
	require.NoError(t, err)
	again, problems := bank.Load(bank.Bank{Pillars: pillars, Questions: questions})
	require.NoError(t, problems.Err())
	assert.Equal(t, l.Questions, again.Questions)
	assert.Equal(t, l.Parts, again.Parts)
	last := again.Questions[len(again.Questions)-1]
	assert.False(t, last.AWS())
	assert.Equal(t, "Product", again.BankName(&last))
	assert.Equal(t, lens.RatedByUs, last.Practices[0].RatedBy)
}
