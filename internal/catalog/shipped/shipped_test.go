package shipped_test

import (
	"testing"

	"github.com/iotlens/iotlens/internal/catalog"
	"github.com/iotlens/iotlens/internal/catalog/shipped"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// The program runs on the compiled bank, people read and change the YAML: the
// two must never say different things.
func TestTheCompiledBankEqualsItsYAML(t *testing.T) {
	want, problems := catalog.Load(catalog.Shipped())
	require.NoError(t, problems.Err())
	// Question by question first: a difference within all of it fills screens.
	got := shipped.Lens()
	require.Equal(t, want.QuestionIDs(), got.QuestionIDs(), stale)
	for i := range want.Questions {
		require.Equal(t, want.Questions[i], got.Questions[i], stale)
	}
	assert.Equal(t, want, got, stale)
}

const stale = "the compiled bank is out of date: run go generate ./internal/catalog"
