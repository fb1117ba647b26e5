package bank_test

import (
	"os"
	"path/filepath"
	"regexp"
	"testing"

	"github.com/iotlens/iotlens/internal/bank"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// The example in questions/README.md, which people copy, is valid in the shipped bank.
func TestTheExampleOfTheReadmeIsSound(t *testing.T) {
	readme, err := os.ReadFile("../../questions/README.md")
	require.NoError(t, err)
	example := regexp.MustCompile("(?s)```yaml\n(.*?)```").FindSubmatch(readme)
	require.NotNil(t, example)

	dir := t.TempDir()
	overlay(t, "../../pillars", filepath.Join(dir, "pillars"))
	overlay(t, "../../questions", filepath.Join(dir, "questions"))
	require.NoError(t, os.WriteFile(filepath.Join(dir, "questions", "layers", "edge", "EDGE05.yaml"), example[1], 0o600))

	l, problems := bank.Validate(bank.Dir(dir))
	require.Empty(t, said(dir, problems))
	q, ok := l.Question("EDGE05")
	require.True(t, ok)
	assert.Equal(t, minutes(q), q.Minutes)
}
