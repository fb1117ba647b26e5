package internal_test

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// Each promise of docs/security.md names an existing test.
func TestEveryPromiseNamesItsTest(t *testing.T) {
	page, err := os.ReadFile(filepath.Join("..", "docs", "security.md"))
	require.NoError(t, err)
	promises, _, ok := strings.Cut(string(page), "## What is not promised")
	require.True(t, ok)
	name := regexp.MustCompile("`(Test[A-Z]\\w+)`")
	for _, item := range strings.Split(promises, "\n- ")[1:] {
		item, _, _ = strings.Cut(item, "\n\n")
		assert.Regexp(t, name, item)
	}
	tests := testNames(t)
	for _, m := range name.FindAllStringSubmatch(string(page), -1) {
		assert.Contains(t, tests, m[1])
	}
}

// testNames returns the names of all tests.
func testNames(t *testing.T) map[string]bool {
	t.Helper()
	names := map[string]bool{}
	declared := regexp.MustCompile(`(?m)^func (Test\w+)\(`)
	for _, root := range []string{".", filepath.Join("..", "cmd")} {
		require.NoError(t, filepath.WalkDir(root, func(path string, _ fs.DirEntry, err error) error {
			if err != nil || !strings.HasSuffix(path, "_test.go") {
				return err
			}
			data, err := os.ReadFile(path)
			for _, m := range declared.FindAllSubmatch(data, -1) {
				names[string(m[1])] = true
			}
			return err
		}))
	}
	return names
}
