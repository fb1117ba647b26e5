package disk_test

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"syscall"
	"testing"
	"testing/iotest"
	"time"

	"github.com/iotlens/iotlens/internal/disk"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// put writes one file.
func put(path string, data []byte) error {
	return disk.Write(disk.Options{}, disk.Output{Path: path, Data: data})
}

// update replaces the content of a file with Update.
func update(path string, o disk.Options, data string) error {
	return disk.Update(path, 1000, o, func([]byte) ([]byte, []disk.Output, error) { return []byte(data), nil, nil })
}

func output(path, data string) disk.Output { return disk.Output{Path: path, Data: []byte(data)} }

// An error has the path as given and the reason but no temporary name, and nothing is left
// behind.
func TestWriteErrors(t *testing.T) {
	t.Chdir(t.TempDir())
	write(t, "file", "mine")
	require.NoError(t, os.Mkdir("folder", 0o755))
	require.NoError(t, os.Symlink("nowhere", "dangling"))
	for path, want := range map[string]string{
		"no/such/x.json": "no/such/x.json: not written: there is no folder no/such",
		"folder":         "folder: is a folder, not a file",
		".":              ".: is a folder, not a file",
		"":               ": is not the name of a file to write",
		"file/x.json":    "file/x.json: not written: not a directory",
		"dangling":       "dangling: is a symbolic link to a file that does not exist",
	} {
		assert.EqualError(t, disk.Write(disk.Options{}, output(filepath.FromSlash(path), "x")), want)
	}
	err := disk.Write(disk.Options{}, disk.Output{Path: "file", New: true})
	require.EqualError(t, err, "file: already exists; nothing was changed")
	require.ErrorIs(t, err, disk.ErrExists)
	err = disk.Write(disk.Options{}, output("file", "a"), output("./folder/../file", "b"))
	require.EqualError(t, err, "./folder/../file: two outputs go to this file; nothing was written")
	assert.Equal(t, map[string]string{"file": "mine"}, files(t))
}

// All outputs are complete before the first file is replaced.
func TestAnInvalidOutputPreventsAllWrites(t *testing.T) {
	t.Chdir(t.TempDir())
	write(t, "a", "old")
	require.Error(t, disk.Write(disk.Options{}, output("a", "new"), output("no/b", "new")))
	assert.Equal(t, "old", content(t, "a"))
	require.NoError(t, disk.Write(disk.Options{}, output("a", "new"), output("b", "new")))
	assert.Equal(t, map[string]string{"a": "new", "b": "new"}, files(t))
}

func TestALinkGivenByAPersonIsFollowed(t *testing.T) {
	t.Chdir(t.TempDir())
	require.NoError(t, os.Mkdir("real", 0o755))
	write(t, "real/file", "old")
	require.NoError(t, os.Symlink("real/file", "link"))
	require.NoError(t, put("link", []byte("new")))
	assert.True(t, disk.IsLink("link"))
	assert.Equal(t, "new", content(t, "real/file"))
}

func TestALinkOutOfTheRepositoryIsNotFollowed(t *testing.T) {
	root := t.TempDir()
	t.Chdir(root)
	write(t, "victim", "mine")
	require.NoError(t, os.MkdirAll("repo/.git", 0o755))
	require.NoError(t, os.MkdirAll("repo/pages", 0o755))
	require.NoError(t, os.Symlink("../victim", "repo/file"))
	require.NoError(t, os.Symlink("..", "repo/out"))
	require.NoError(t, os.Symlink("pages", "repo/in"))
	t.Chdir("repo")
	for _, path := range []string{"file", "out/victim", "out/new", filepath.Join(root, "repo", "out", "victim")} {
		err := disk.Write(disk.Options{}, output(path, "x"))
		require.ErrorContains(t, err, "is a symbolic link that leads out of the repository; to write there, give ")
		require.ErrorContains(t, update(path, disk.Options{}, "x"), "leads out of the repository")
	}
	require.ErrorContains(t, disk.WriteFolder("out/folder", entries(), disk.Options{}), "leads out of the repository")
	require.ErrorContains(t, disk.Write(disk.Options{}, disk.Output{Root: "out", Path: "new"}), "leads out of the repository")
	require.NoError(t, disk.Write(disk.Options{}, output("in/new", "x"), output("../beside", "x")))
	t.Chdir(root)
	assert.Equal(t, map[string]string{"victim": "mine", "repo/pages/new": "x", "beside": "x"}, files(t))
}

// Below Output.Root, no link is followed, neither a file nor a folder.
func TestLinksBelowRootAreNotFollowed(t *testing.T) {
	root := t.TempDir()
	t.Chdir(root)
	require.NoError(t, os.MkdirAll("home", 0o755))
	require.NoError(t, os.MkdirAll("repo/pages", 0o755))
	write(t, "home/keys", "mine")
	write(t, "repo/main.go", "mine")
	for link, to := range map[string]string{
		"repo/plant.report.md": "../home/keys", "repo/dangling": "../home/new", "repo/inside": "main.go",
		"repo/milestones": "../home", "repo/pages/deep": "..", "repo/zero": "/dev/zero",
	} {
		require.NoError(t, os.Symlink(to, link))
	}
	for path, want := range map[string]string{
		"plant.report.md":    "repo/plant.report.md: is a symbolic link, which iotlens does not follow here; remove it or choose another path",
		"dangling":           "repo/dangling: is a symbolic link, which iotlens does not follow here; remove it or choose another path",
		"inside":             "repo/inside: is a symbolic link, which iotlens does not follow here; remove it or choose another path",
		"zero":               "repo/zero: is a symbolic link, which iotlens does not follow here; remove it or choose another path",
		"milestones/1.yaml":  "repo/milestones/1.yaml: its folder milestones is a symbolic link, which iotlens does not follow here; remove it or choose another path",
		"pages/deep/x":       "repo/pages/deep/x: its folder pages/deep is a symbolic link, which iotlens does not follow here; remove it or choose another path",
		"../home/keys":       "home/keys: is not the name of a file below repo",
		root + "/home/other": "repo" + root + "/home/other: is not the name of a file below repo",
	} {
		err := disk.Write(disk.Options{}, disk.Output{Root: "repo", Path: path, Data: []byte("x")})
		assert.EqualError(t, err, want)
	}
	assert.Equal(t, map[string]string{"home/keys": "mine", "repo/main.go": "mine"}, files(t))
	require.NoError(t, disk.Write(disk.Options{}, disk.Output{Root: "gone", Path: "x"}))
	assert.FileExists(t, "gone/x")
}

// A lock file is neither locked nor written through a link.
func TestALockFileIsNeverALink(t *testing.T) {
	t.Chdir(t.TempDir())
	write(t, "notes", "mine")
	write(t, "plant", "old")
	write(t, "other", "mine")
	refused := func(want string) {
		t.Helper()
		assert.EqualError(t, update("plant", disk.Options{}, "x"), "plant: not written: "+want)
		assert.EqualError(t, put("new", nil), "new: not written: "+want)
		assert.Equal(t, "mine", content(t, "notes"))
		assert.Equal(t, "mine", content(t, "other"))
		assert.NoFileExists(t, "created")
		require.NoError(t, os.Remove(".iotlens-lock"))
	}
	for _, to := range []string{"notes", "created"} {
		require.NoError(t, os.Symlink(to, ".iotlens-lock"))
		refused("the lock file .iotlens-lock is a symbolic link; remove it")
	}
	require.NoError(t, os.Link("other", ".iotlens-lock"))
	refused(".iotlens-lock is not a lock file of iotlens; remove it")
	require.NoError(t, os.Mkdir(".iotlens-lock", 0o755))
	refused(".iotlens-lock is not a lock file of iotlens; remove it")
}

// No concurrent update is lost, even if the file is updated by two paths.
func TestConcurrentUpdatesLoseNothing(t *testing.T) {
	t.Chdir(fast(t))
	require.NoError(t, os.Mkdir("real", 0o755))
	write(t, "real/plant", "")
	require.NoError(t, os.Symlink("real/plant", "plant"))
	require.NoError(t, os.Symlink("real", "also"))
	var all sync.WaitGroup
	for i := range 30 {
		all.Go(func() {
			path := []string{"plant", "real/plant", "also/plant"}[i%3]
			assert.NoError(t, disk.Update(path, 1000, disk.Options{Wait: time.Minute}, func(now []byte) ([]byte, []disk.Output, error) {
				return append(now, 'A'+byte(i)), nil, nil
			}))
		})
	}
	all.Wait()
	got := []byte(content(t, "real/plant"))
	slices.Sort(got)
	want := ""
	for i := range 30 {
		want += string(rune('A' + i))
	}
	assert.Equal(t, want, string(got))
	assert.Len(t, files(t), 1)
}

func TestTheHolderOfALockIsNamed(t *testing.T) {
	t.Chdir(t.TempDir())
	write(t, "plant", "x")
	ana := disk.Options{Holder: disk.Holder{Name: "Ana\x1b[m"}}
	err := disk.Update("plant", 100, ana, func([]byte) ([]byte, []disk.Output, error) {
		for _, run := range []func(disk.Options) error{
			func(o disk.Options) error { return update("plant", o, "y") },
			func(o disk.Options) error { return disk.Write(o, output("other", "y")) },
		} {
			err := run(disk.Options{Wait: 3 * time.Millisecond})
			require.Error(t, err)
			assert.Regexp(t, `^(plant|other): not written: another iotlens is writing in this folder: Ana<U\+001B>\[m \(process \d+ on .+\); gave up after 3ms \(--wait\)$`, err.Error())
		}
		return nil, nil, nil
	})
	require.NoError(t, err)
	require.NoError(t, update("plant", disk.Options{}, "y"))
	assert.Equal(t, map[string]string{"plant": "y"}, files(t))
}

// An OpenNote does not prevent writing. That of a killed process is taken over, or removed by
// the next writer.
func TestOpenNotes(t *testing.T) {
	t.Chdir(t.TempDir())
	write(t, "plant", "x")
	write(t, ".plant.iotlens-session", strings.Repeat("x", 4000))
	other, note := disk.NoteOpen("./plant", disk.Holder{Name: "Ana", Since: "10:00"})
	require.Nil(t, other)
	other, never := disk.NoteOpen("plant", disk.Holder{Name: "Ben"})
	require.NotNil(t, other)
	assert.Regexp(t, `^Ana since 10:00 \(process \d+ on .+\)$`, other.String())
	never.Close()
	note.SetPlace("LABSEC01-BP01")
	elsewhere, ok := disk.OpenedBy("plant")
	assert.True(t, ok)
	assert.Equal(t, [2]string{"Ana", "LABSEC01-BP01"}, [2]string{elsewhere.Name, elsewhere.Place})
	require.NoError(t, update("plant", disk.Options{}, "y"))
	assert.FileExists(t, ".plant.iotlens-session", "it is in use")
	for _, content := range []string{"", "x", " {", " {\"pid\":\"not a number\"}"} {
		write(t, ".plant.iotlens-session", content)
		other, _ = disk.NoteOpen("plant", disk.Holder{})
		require.NotNil(t, other)
		assert.Equal(t, "unknown user", other.String())
	}
	note.Close()
	_, ok = disk.OpenedBy("plant")
	assert.False(t, ok)
	assert.NoFileExists(t, ".plant.iotlens-session")
	write(t, ".plant.iotlens-session", "of a process that was killed")
	require.NoError(t, put("other", nil))
	assert.Equal(t, map[string]string{"plant": "y", "other": ""}, files(t))
	require.NoError(t, os.Symlink("plant", ".linked.iotlens-session"))
	_, ok = disk.OpenedBy("linked")
	assert.False(t, ok)
	_, note = disk.NoteOpen("linked", disk.Holder{Name: "Ana"})
	note.Close()
	assert.Equal(t, "y", content(t, "plant"))
}

// failing makes the first call fail whose name has the given prefix.
func failing(t *testing.T, call string, err error, run func() error) error {
	t.Helper()
	s := &system{on: call, fault: fault{err: err}}
	err = s.under(run)
	require.NotEmpty(t, s.hit, "there is no call %s", call)
	return err
}

// meanwhile runs a function before the first call whose name has the given prefix.
func meanwhile(t *testing.T, call string, do func(), run func() error) error {
	t.Helper()
	s := &system{on: call, fault: fault{do: do}}
	err := s.under(run)
	require.NotEmpty(t, s.hit, "there is no call %s", call)
	return err
}

func TestAFileCreatedInTheMeantimeIsKept(t *testing.T) {
	t.Chdir(t.TempDir())
	theirs := func() { write(t, "new", "theirs") }
	err := meanwhile(t, "link", theirs, func() error {
		return disk.Write(disk.Options{}, disk.Output{Path: "new", Data: []byte("ours"), New: true})
	})
	require.ErrorIs(t, err, disk.ErrExists)
	assert.Equal(t, map[string]string{"new": "theirs"}, files(t))
	require.NoError(t, os.Remove("new"))
	err = meanwhile(t, "link", theirs, func() error {
		return update("new", disk.Options{}, "ours")
	})
	require.ErrorIs(t, err, disk.ErrExists)
	assert.Equal(t, map[string]string{"new": "theirs"}, files(t))
}

// A target that was replaced while waiting for the lock is examined again.
func TestTheTargetIsCheckedUnderTheLock(t *testing.T) {
	t.Chdir(t.TempDir())
	write(t, "a", "old")
	err := meanwhile(t, "lock", func() {
		require.NoError(t, os.Remove("a"))
		require.NoError(t, os.WriteFile("a", []byte("theirs"), 0o600))
	}, func() error { return disk.Write(disk.Options{}, output("a", "new")) })
	require.NoError(t, err)
	info, err := os.Stat("a")
	require.NoError(t, err)
	assert.Equal(t, "-rw-------", info.Mode().String())
}

// If one of several files cannot be renamed, those before it are restored.
func TestAFailedWriteIsRolledBack(t *testing.T) {
	t.Chdir(t.TempDir())
	write(t, "a", "old")
	write(t, "b", "old")
	set := func() error {
		return disk.Write(disk.Options{}, output("a", "new"), output("new", "new"), output("b", "new"))
	}
	require.EqualError(t, failing(t, "rename b", syscall.EIO, set), "b: not written: input/output error")
	assert.Equal(t, map[string]string{"a": "old", "b": "old"}, files(t))
	// A file system without hard links cannot keep a backup.
	s := &system{on: "rename b", fault: fault{err: syscall.EIO}}
	defer disk.Intercept(func(name string, data *[]byte, do func() error) error {
		if strings.HasPrefix(name, "link") {
			return syscall.EPERM
		}
		return s.call(name, data, do)
	})()
	err := set()
	require.EqualError(t, err, "b: not written: input/output error\na: was written and could not be restored: the file system has no hard links, so there is no copy of the old content")
	assert.Equal(t, map[string]string{"a": "new", "b": "old"}, files(t))
}

func TestUpdateNeedsLocks(t *testing.T) {
	t.Chdir(t.TempDir())
	write(t, "plant", "old")
	for _, errno := range []syscall.Errno{syscall.ENOLCK, syscall.ENOTSUP, syscall.ENOSYS} {
		update := func(o disk.Options) error {
			return update("plant", o, "new")
		}
		err := failing(t, "lock", errno, func() error { return update(disk.Options{}) })
		require.EqualError(t, err, "plant: this file system has no locks ("+errno.Error()+"); nothing was changed. Make sure that nobody else writes, and add --no-lock")
		assert.Equal(t, map[string]string{"plant": "old"}, files(t))
		require.NoError(t, update(disk.Options{NoLock: true}))
		assert.Equal(t, map[string]string{"plant": "new"}, files(t))
		write(t, "plant", "old")
		// Write needs no lock: it does not depend on the old content.
		err = failing(t, "lock", errno, func() error { return disk.Write(disk.Options{}, output("plant", "new")) })
		require.NoError(t, err)
		write(t, "plant", "old")
	}
}

func TestAnInterruptedLockIsRetried(t *testing.T) {
	t.Chdir(t.TempDir())
	write(t, "plant", "old")
	err := failing(t, "lock", syscall.EINTR, func() error {
		return update("plant", disk.Options{}, "new")
	})
	require.NoError(t, err)
	assert.Equal(t, map[string]string{"plant": "new"}, files(t))
}

// A failed sync of the folder after the rename is a warning only.
func TestAFailedFolderSyncIsAWarning(t *testing.T) {
	t.Chdir(t.TempDir())
	var told []string
	run := func() error {
		return disk.Write(disk.Options{Warn: func(s string) { told = append(told, s) }}, output("a", "new"))
	}
	err := failing(t, "sync folder", syscall.EIO, run)
	require.NoError(t, err)
	assert.Equal(t, []string{"a: is written, but its folder could not be synced (input/output error): a power cut may bring the old content back"}, told[len(told)-1:])
	told = nil
	err = failing(t, "sync folder", syscall.EINVAL, run)
	require.NoError(t, err)
	assert.Empty(t, told)
	err = failing(t, "sync file", syscall.EIO, run)
	require.EqualError(t, err, "a: not written: input/output error")
}

// NoSync outputs are written like others but not synced.
func TestNoSyncSkipsTheSync(t *testing.T) {
	t.Chdir(t.TempDir())
	write(t, "a", "old")
	syncs := func(outs ...disk.Output) (called []string) {
		defer disk.Intercept(func(name string, _ *[]byte, do func() error) error {
			if strings.HasPrefix(name, "sync ") {
				called = append(called, name)
			}
			return do()
		})()
		require.NoError(t, disk.Write(disk.Options{}, outs...))
		return called
	}
	assert.Len(t, syncs(output("a", "kept")), 2, "the file and its folder")
	a, b := output("a", "new"), output("b", "new")
	a.NoSync, b.NoSync = true, true
	assert.Empty(t, syncs(a, b))
	assert.Equal(t, map[string]string{"a": "new", "b": "new"}, files(t))
}

func TestAnotherProgramsChangeIsNotOverwritten(t *testing.T) {
	t.Chdir(t.TempDir())
	write(t, "plant", "old")
	err := disk.Update("plant", 100, disk.Options{}, func([]byte) ([]byte, []disk.Output, error) {
		write(t, "plant", "by an editor")
		return []byte("new"), nil, nil
	})
	require.EqualError(t, err, "plant: was changed by another program meanwhile; nothing was written")
	require.ErrorIs(t, err, disk.ErrChanged)
	assert.Equal(t, map[string]string{"plant": "by an editor"}, files(t))
}

func TestUpdateWithoutAChangeWritesNothing(t *testing.T) {
	t.Chdir(t.TempDir())
	write(t, "plant", "old")
	before, err := os.Stat("plant")
	require.NoError(t, err)
	require.NoError(t, disk.Update("plant", 100, disk.Options{}, func([]byte) ([]byte, []disk.Output, error) { return nil, nil, nil }))
	after, err := os.Stat("plant")
	require.NoError(t, err)
	assert.True(t, os.SameFile(before, after))
}

// Files in use, and files with similar names, are not removed.
func TestOnlyLeftoversAreRemoved(t *testing.T) {
	t.Chdir(t.TempDir())
	write(t, "used", "x")
	keep := []string{"a.0123456789abcdef.iotlens-tmp", ".a.iotlens-tmp2", ".a.tmp", ".a.lock"}
	gone := []string{".0123456789abcdef.iotlens-tmp", ".a.iotlens-session", ".iotlens-lock"}
	for _, name := range slices.Concat(keep, gone) {
		write(t, name, "x")
	}
	require.NoError(t, os.Symlink("used", ".l.iotlens-tmp"))
	require.NoError(t, disk.Write(disk.Options{}, output("a", "new")))
	got := files(t)
	for _, name := range keep {
		assert.Contains(t, got, name)
	}
	for _, name := range gone {
		assert.NotContains(t, got, name)
	}
	assert.True(t, disk.IsLink(".l.iotlens-tmp"))
}

func TestWriteFolderWritesAllOrNothing(t *testing.T) {
	t.Chdir(t.TempDir())
	require.NoError(t, os.Mkdir("empty", 0o755))
	require.NoError(t, os.Mkdir("full", 0o755))
	write(t, "full/x", "x")
	write(t, "file", "x")
	before := files(t)
	require.EqualError(t, disk.WriteFolder("full", entries(), disk.Options{}), "full: is not empty; nothing was written. Choose a new or empty folder")
	require.EqualError(t, disk.WriteFolder("file", entries(), disk.Options{}), "file: is not a folder")
	for _, dir := range []string{"new", "empty"} {
		bad := append(entries(), disk.File{Path: "../x"})
		require.EqualError(t, disk.WriteFolder(dir, bad, disk.Options{}), "x: is not the name of a file below "+dir)
		require.ErrorIs(t, failing(t, "write", syscall.ENOSPC, func() error { return disk.WriteFolder(dir, entries(), disk.Options{}) }), syscall.ENOSPC)
	}
	assert.Equal(t, before, files(t))
	assert.NoDirExists(t, "new")
	for _, dir := range []string{"new/deep/er", "empty"} {
		require.NoError(t, disk.WriteFolder(dir, entries(), disk.Options{}))
		assert.Equal(t, "p\n", content(t, dir+"/pillars/p.yaml"))
	}
	assert.Empty(t, leftovers(files(t)))
}

func TestLongNames(t *testing.T) {
	t.Chdir(t.TempDir())
	name := strings.Repeat("x", 250) + ".yaml"
	require.NoError(t, disk.Write(disk.Options{}, output(name, "x")))
	require.NoError(t, update(name, disk.Options{}, "new"))
	assert.Equal(t, map[string]string{name: "new"}, files(t))
}

func copied(r io.Reader) func(io.Writer) error {
	return func(w io.Writer) error {
		_, err := io.Copy(w, r)
		return err
	}
}

// A spool is written as a whole or not at all.
func TestSpool(t *testing.T) {
	t.Chdir(t.TempDir())
	t.Setenv("TMPDIR", t.TempDir())
	spool, err := disk.NewSpool()
	require.NoError(t, err)
	var want strings.Builder
	for i := range 40_000 {
		line := fmt.Sprintln("line", i)
		want.WriteString(line)
		_, err := io.WriteString(spool, line)
		require.NoError(t, err)
	}
	from, err := spool.Reader()
	require.NoError(t, err)
	require.NoError(t, disk.Write(disk.Options{}, disk.Output{Root: "out", Path: "a/b", Content: copied(from)}))
	assert.Equal(t, want.String(), content(t, "out/a/b"))

	broken := io.MultiReader(strings.NewReader("new"), iotest.ErrReader(errors.New("input/output error")))
	err = disk.Write(disk.Options{}, disk.Output{Root: "out", Path: "a/b", Content: copied(broken)})
	require.EqualError(t, err, "out/a/b: not written: input/output error")
	assert.Equal(t, want.String(), content(t, "out/a/b"))
	assert.Len(t, files(t), 1, "nothing is left behind")

	spool.Close()
	left, err := os.ReadDir(os.TempDir())
	require.NoError(t, err)
	assert.Empty(t, left)
}
