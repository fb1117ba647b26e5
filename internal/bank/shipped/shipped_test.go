package shipped_test

import (
	"testing"

	"github.com/iotlens/iotlens/internal/bank"
	"github.com/iotlens/iotlens/internal/bank/shipped"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

const stale = "the compiled bank is out of date: run go generate ./..."

// The program runs on the compiled bank, people read and change the YAML: the
// two must never say different things.
func TestTheCompiledBankEqualsItsYAML(t *testing.T) {
	yaml, problems := bank.Load(bank.Shipped())
	require.NoError(t, problems.Err())
	compiled := shipped.Lens()
	require.Equal(t, yaml.QuestionIDs(), compiled.QuestionIDs(), stale)

	// Named, not printed: the texts of one question fill a screen.
	var differ []string
	for i, q := range yaml.Questions {
		if !assert.ObjectsAreEqual(q, compiled.Questions[i]) {
			differ = append(differ, q.ID)
		}
	}
	require.Empty(t, differ, stale)
	require.True(t, assert.ObjectsAreEqual(yaml, compiled), "outside the questions, "+stale)
}
