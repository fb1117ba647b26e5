package disk_test

import (
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"github.com/iotlens/iotlens/internal/disk"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func write(t *testing.T, path, data string) {
	t.Helper()
	require.NoError(t, os.WriteFile(path, []byte(data), 0o644))
}

func content(t *testing.T, path string) string {
	t.Helper()
	data, err := os.ReadFile(path)
	require.NoError(t, err)
	return string(data)
}

func TestRead(t *testing.T) {
	t.Chdir(t.TempDir())
	write(t, "plain", "schema: 1\n")
	write(t, "marked", "\uFEFFschema: 1\n")
	for _, path := range []string{"plain", "marked"} {
		data, err := disk.Read(path, 100)
		require.NoError(t, err)
		assert.Equal(t, content(t, path), string(data))
	}
}

// A file that is replaced between stat and open is read in its new version.
func TestReadRetriesAReplacedFile(t *testing.T) {
	t.Chdir(t.TempDir())
	write(t, "file", "old")
	write(t, "next", "new")
	var data []byte
	err := meanwhile(t, "open file", func() { require.NoError(t, os.Rename("next", "file")) }, func() (err error) {
		data, err = disk.Read("file", 100)
		return err
	})
	require.NoError(t, err)
	assert.Equal(t, "new", string(data))
}

// The limit applies to the data read.
func TestTooLargeFilesAreRefused(t *testing.T) {
	t.Chdir(t.TempDir())
	write(t, "ten", "0123456789")
	in, err := disk.Read("ten", 10)
	require.NoError(t, err)
	assert.Len(t, in, 10)
	_, err = disk.Read("ten", 9)
	require.EqualError(t, err, "ten: is larger than the limit of 9 bytes")
	write(t, "large", strings.Repeat("x", 2<<20))
	_, err = disk.Read("large", 1<<20)
	require.EqualError(t, err, "large: is larger than the limit of 1 MB")
}

func TestReadErrors(t *testing.T) {
	t.Chdir(t.TempDir())
	require.NoError(t, os.Mkdir("folder", 0o755))
	require.NoError(t, os.Symlink("nowhere", "dangling"))
	require.NoError(t, os.Symlink("loop", "loop"))
	write(t, "file", "x")
	for path, want := range map[string]string{
		"missing":    "missing: no such file",
		"dangling":   "dangling: is a symbolic link to a file that does not exist",
		"folder":     "folder: is a folder, not a file",
		"file/x":     "file/x: cannot be read: not a directory",
		"loop":       "loop: cannot be read: too many levels of symbolic links",
		"a\nb\x1b[m": "a b<U+001B>[m: no such file",
		"":           ": no such file",
	} {
		_, err := disk.Read(path, 100)
		assert.EqualError(t, err, want)
	}
	_, err := disk.Read("missing", 100)
	require.ErrorIs(t, err, fs.ErrNotExist)
}

func TestNamesAreHarmless(t *testing.T) {
	for path, want := range map[string]struct{ shown, quoted string }{
		"plant.review.yaml":        {"plant.review.yaml", "plant.review.yaml"},
		"a b.yaml":                 {"a b.yaml", "'a b.yaml'"},
		"it's":                     {"it's", `'it'\''s'`},
		"-rf":                      {"-rf", "./-rf"},
		"$(reboot);`x`":            {"$(reboot);`x`", "'$(reboot);`x`'"},
		"":                         {"", "''"},
		"::error::x":               {`\::error::x`, `'\::error::x'`},
		"a\n::error::x":            {"a ::error::x", "'a ::error::x'"},
		"x\x1b]0;t\x07":            {"x<U+001B>]0;t<U+0007>", "'x<U+001B>]0;t<U+0007>'"},
		"gnp\u202Efdp":             {"gnp<U+202E>fdp", "'gnp<U+202E>fdp'"},
		"Größe.yaml":               {"Größe.yaml", "Größe.yaml"},
		"##vso[task.complete]x":    {`#\#vso[task.complete]x`, `'#\#vso[task.complete]x'`},
		"~/x":                      {"~/x", "'~/x'"},
		"C:/a.yaml":                {"C:/a.yaml", "C:/a.yaml"},
		"latin\xe9":                {"latin\uFFFD", "latin\uFFFD"},
		"tab\there":                {"tab\there", "'tab\there'"},
		"-" + string(rune(0x200B)): {"-<U+200B>", "'./-<U+200B>'"},
	} {
		assert.Equal(t, want.shown, disk.DisplayPath(path))
		assert.Equal(t, want.quoted, disk.ShellQuote(path))
	}
}

func TestNamesAreHarmlessOnWindows(t *testing.T) {
	for path, want := range map[string]string{
		`plants\plant.review.yaml`:   `plants\plant.review.yaml`,
		`C:\My plants\a.review.yaml`: `"C:\My plants\a.review.yaml"`,
		"it's":                       `"it's"`,
		"":                           `""`,
		"a&calc.yaml":                `"a&calc.yaml"`,
		"$(calc);`x`":                `"?(calc);?x?"`,
		"%PATH%":                     `"?PATH?"`,
		"a\u201d; calc; \u201c":      `"a?; calc; ?"`,
		"a\u2019; calc":              "\"a\u2019; calc\"",
		"@splat":                     `"@splat"`,
		"Größe.yaml":                 "Größe.yaml",
	} {
		assert.Equal(t, want, disk.ShellQuoteOnWindows(path))
	}
}

func TestList(t *testing.T) {
	t.Chdir(t.TempDir())
	require.NoError(t, os.MkdirAll("in/deep/.git", 0o755))
	require.NoError(t, os.Mkdir("in/folder.json", 0o755))
	for _, path := range []string{"in/b.json", "in/A.JSON", "in/c.txt", "in/deep/d.json", "in/deep/.git/e.json"} {
		write(t, path, "{}")
	}
	require.NoError(t, os.Symlink("/dev/zero", "in/zero.json"))
	require.NoError(t, os.Symlink("b.json", "in/link.json"))
	require.NoError(t, os.Symlink(".", "in/deep/loop"))
	list, err := disk.List("in", ".json", false)
	require.NoError(t, err)
	assert.Equal(t, []string{"in/A.JSON", "in/b.json", "in/link.json"}, slashed(list))
	all, err := disk.List("in", ".json", true)
	require.NoError(t, err)
	assert.Equal(t, []string{"in/A.JSON", "in/b.json", "in/deep/d.json", "in/link.json"}, slashed(all))
	require.NoError(t, os.Mkdir("in/shut", 0o755))
	err = (&system{fault: fault{err: syscall.EACCES}, on: "readdir " + filepath.FromSlash("in/shut")}).under(func() error {
		all, err = disk.List("in", ".json", true)
		return err
	})
	require.ErrorContains(t, err, filepath.FromSlash("in/shut")+": ")
	assert.Equal(t, []string{"in/A.JSON", "in/b.json", "in/deep/d.json", "in/link.json"}, slashed(all), "the others are listed")
	_, err = disk.List("none", ".json", true)
	require.EqualError(t, err, "none: no such file")
	_, err = disk.List("in/b.json", ".json", false)
	require.EqualError(t, err, "in/b.json: cannot be read: not a directory")
	assert.True(t, disk.SameFile("in/b.json", "in/link.json"))
	assert.False(t, disk.SameFile("in/b.json", "in/c.txt"))
	assert.True(t, disk.IsWithin("in/deep/new", "in"))
	assert.False(t, disk.IsWithin("new", "in"))
	assert.True(t, disk.IsLink("in/link.json"))
	assert.True(t, disk.Exists("in/zero.json"))
}

func TestDirFSAppliesTheLimit(t *testing.T) {
	t.Chdir(t.TempDir())
	require.NoError(t, os.MkdirAll("bank/pillars", 0o755))
	write(t, "bank/pillars/lens.yaml", "id: x\n")
	require.NoError(t, os.Symlink("/dev/zero", "bank/pillars/zero.yaml"))
	tree := disk.DirFS("bank", 10)
	data, err := fs.ReadFile(tree, "pillars/lens.yaml")
	require.NoError(t, err)
	assert.Equal(t, "id: x\n", string(data))
	_, err = fs.ReadFile(tree, "pillars/zero.yaml")
	require.ErrorContains(t, err, "is a device, not a file")
	_, err = fs.ReadFile(tree, "../secret")
	require.ErrorIs(t, err, fs.ErrInvalid)
	sub, err := fs.Sub(tree, "pillars")
	require.NoError(t, err)
	entries, err := fs.ReadDir(sub, ".")
	require.NoError(t, err)
	assert.Len(t, entries, 2)
	write(t, "bank/pillars/lens.yaml", strings.Repeat("x", 11))
	_, err = fs.ReadFile(sub, "lens.yaml")
	require.ErrorContains(t, err, "is larger than the limit of 10 bytes")
}

func slashed(paths []string) []string {
	var out []string
	for _, p := range paths {
		out = append(out, filepath.ToSlash(p))
	}
	return out
}
