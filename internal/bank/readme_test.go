package bank_test

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/iotlens/iotlens/internal/bank"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// The example in questions/README.md is what people copy: in the shipped bank
// it has no fault but the second practice that it leaves to the reader.
func TestTheExampleOfTheReadmeIsSound(t *testing.T) {
	readme, err := os.ReadFile("../../questions/README.md")
	require.NoError(t, err)
	example := regexp.MustCompile("(?s)```yaml\n(.*?)```").FindSubmatch(readme)
	require.NotNil(t, example)
	file := strings.ReplaceAll(string(example[1]), "EDGE05-BP01 && EDGE05-BP02", "EDGE05-BP01")

	dir := t.TempDir()
	overlay(t, "../../pillars", filepath.Join(dir, "pillars"))
	overlay(t, "../../questions", filepath.Join(dir, "questions"))
	require.NoError(t, os.WriteFile(filepath.Join(dir, "questions", "layers", "edge", "EDGE05.yaml"), []byte(file), 0o600))

	_, problems := bank.Validate(bank.Dir(dir))
	assert.Empty(t, said(dir, problems))
}
