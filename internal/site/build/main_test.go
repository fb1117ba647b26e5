package main

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// A build replaces an earlier site whole, and touches no folder with anything else in it.
func TestAFolderWithOtherFilesIsLeftAlone(t *testing.T) {
	t.Chdir("../../..")
	dir := filepath.Join(t.TempDir(), "out")
	require.NoError(t, run(dir, "/", "https://example.com"))
	old := filepath.Join(dir, "docs", "left-over.html")
	require.NoError(t, os.WriteFile(old, nil, 0o600))
	require.NoError(t, run(dir, "/", "https://example.com"))
	assert.NoFileExists(t, old)
	assert.FileExists(t, filepath.Join(dir, "index.html"))

	other := t.TempDir()
	thesis := filepath.Join(other, "thesis.txt")
	require.NoError(t, os.WriteFile(thesis, []byte("x"), 0o600))
	require.ErrorContains(t, run(other, "/", "https://example.com"), "has files that are not of a site")
	assert.FileExists(t, thesis)
	assert.NoFileExists(t, filepath.Join(other, "index.html"))
}
