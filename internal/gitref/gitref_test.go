package gitref_test

import (
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/iotlens/iotlens/internal/gitref"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func git(t *testing.T, dir string, args ...string) {
	t.Helper()
	c := exec.Command("git", append([]string{"-c", "user.name=x", "-c", "user.email=x@example.org"}, args...)...)
	c.Dir = dir
	out, err := c.CombinedOutput()
	require.NoError(t, err, "git %v: %s", args, out)
}

func TestSplit(t *testing.T) {
	for s, want := range map[string][2]string{"git:main": {"main", ""}, "git:origin/main:a/b.yaml": {"origin/main", "a/b.yaml"}, "git:": {}} {
		ref, file, ok := gitref.Split(s)
		assert.True(t, ok, s)
		assert.Equal(t, want, [2]string{ref, file}, s)
	}
	_, _, ok := gitref.Split("plant.review.yaml")
	assert.False(t, ok)
}

// A file is read as it is in the commit, whatever the working tree has. Links are not
// followed, and a file beyond the limit is an error.
func TestReadFromCommit(t *testing.T) {
	dir := t.TempDir()
	git(t, dir, "init", "-q", "-b", "main")
	require.NoError(t, os.MkdirAll(filepath.Join(dir, "a"), 0o755))
	require.NoError(t, os.WriteFile(filepath.Join(dir, "a", "[b].yaml"), []byte("then\r\n"), 0o644))
	require.NoError(t, os.Symlink("/etc/hosts", filepath.Join(dir, "link")))
	git(t, dir, "add", ".")
	git(t, dir, "commit", "-qm", "x")
	require.NoError(t, os.WriteFile(filepath.Join(dir, "a", "[b].yaml"), []byte("now"), 0o644))

	c, err := gitref.Open(filepath.Join(dir, "a"), "main")
	require.NoError(t, err)
	at, err := c.Path(filepath.Join(dir, "a", "[b].yaml"))
	require.NoError(t, err)
	assert.Equal(t, "a/[b].yaml", at)
	data, err := c.Read(at, 100)
	require.NoError(t, err)
	assert.Equal(t, "then\r\n", string(data))
	_, err = c.Read(at, 3)
	assert.ErrorContains(t, err, "larger than the limit of 3 bytes")
	_, err = c.Read("link", 100)
	assert.ErrorContains(t, err, "git:main:link: is not a regular file")
	_, err = c.Read("none", 100)
	assert.ErrorIs(t, err, fs.ErrNotExist)
	_, err = c.Path(filepath.Join(t.TempDir(), "x"))
	assert.ErrorContains(t, err, "is outside of the repository")
	_, err = gitref.Open(t.TempDir(), "main")
	assert.ErrorContains(t, err, "git:main: not a git repository")
}

// Programs that the configuration or the attributes of a repository name are not run, and
// objects that a partial clone lacks are not fetched.
func TestRepositoryIsNotTrusted(t *testing.T) {
	t.Setenv("GIT_CONFIG_GLOBAL", os.DevNull)
	dir, ran := t.TempDir(), filepath.Join(t.TempDir(), "ran")
	script := filepath.Join(t.TempDir(), "run")
	require.NoError(t, os.WriteFile(script, []byte("#!/bin/sh\ntouch "+ran+"\n"), 0o755))
	git(t, dir, "init", "-q", "-b", "main")
	require.NoError(t, os.WriteFile(filepath.Join(dir, "x.yaml"), []byte("x"), 0o644))
	require.NoError(t, os.WriteFile(filepath.Join(dir, ".gitattributes"), []byte("* filter=run diff=run\n"), 0o644))
	git(t, dir, "add", ".")
	git(t, dir, "commit", "-qm", "x")
	bare := filepath.Join(t.TempDir(), "bare")
	git(t, dir, "config", "uploadpack.allowFilter", "true")
	git(t, dir, "clone", "-q", "--bare", ".", bare)
	git(t, bare, "config", "uploadpack.allowFilter", "true")
	partial := filepath.Join(t.TempDir(), "partial")
	git(t, dir, "clone", "-q", "--no-checkout", "--filter=blob:none", "file://"+bare, partial)

	for _, where := range []string{dir, partial} {
		for _, key := range []string{"core.fsmonitor", "core.pager", "core.sshCommand", "core.askPass", "diff.external", "diff.run.textconv", "diff.run.command", "filter.run.smudge", "filter.run.process", "uploadpack.packObjectsHook", "remote.origin.uploadpack", "alias.cat-file", "alias.ls-tree", "alias.rev-parse"} {
			git(t, where, "config", key, script)
		}
	}
	c, err := gitref.Open(dir, "main")
	require.NoError(t, err)
	data, err := c.Read("x.yaml", 100)
	require.NoError(t, err)
	assert.Equal(t, "x", string(data))

	c, err = gitref.Open(partial, "origin/main")
	require.NoError(t, err)
	_, err = c.Read("x.yaml", 100)
	assert.Error(t, err, "it is not there, and is not fetched")
	_, err = gitref.Open(dir, "--help")
	assert.ErrorContains(t, err, "unknown ref")
	assert.NoFileExists(t, ran)
}
