package disk_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/iotlens/iotlens/internal/disk"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// An error names the file as it was given, what is wrong and no temporary name,
// and leaves nothing behind.
func TestAnErrorNamesTheFile(t *testing.T) {
	t.Chdir(t.TempDir())
	require.NoError(t, os.WriteFile("file", []byte("mine"), 0o600))
	require.NoError(t, os.Mkdir("folder", 0o755))
	for path, want := range map[string]string{
		"no/such/x.json": "no/such/x.json: not written: there is no folder no/such",
		"folder":         "folder: not written: is a folder, not a file",
		".":              ".: not written: is a folder, not a file",
		"file/x.json":    "file/x.json: not written: not a directory",
	} {
		assert.EqualError(t, disk.Write(filepath.FromSlash(path), []byte("x")), want)
	}
	assert.EqualError(t, disk.New("file", []byte("x")), "file: is there already; nothing was changed")
	assert.EqualError(t, disk.New("file/x", []byte("x")), "file/x: not written: not a directory")
	entries, err := os.ReadDir(".")
	require.NoError(t, err)
	assert.Len(t, entries, 2)
}
