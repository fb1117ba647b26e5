//go:build linux

package disk_test

import (
	"fmt"
	"io/fs"
	"net"
	"os"
	"runtime"
	"strings"
	"syscall"
	"testing"

	"github.com/iotlens/iotlens/internal/disk"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/sys/unix"
)

func mode(t *testing.T, path string) fs.FileMode {
	t.Helper()
	info, err := os.Stat(path)
	require.NoError(t, err)
	return info.Mode().Perm()
}

func umask(t *testing.T, mask int) {
	t.Helper()
	before := syscall.Umask(mask)
	t.Cleanup(func() { syscall.Umask(before) })
}

// as makes the system calls of this test as another user.
func as(t *testing.T, uid int) {
	t.Helper()
	if os.Getuid() != 0 {
		t.Skip("only root can act as another user")
	}
	runtime.LockOSThread()
	_, err := unix.SetfsuidRetUid(uid)
	require.NoError(t, err)
	t.Cleanup(func() {
		_, _ = unix.SetfsuidRetUid(0)
		runtime.UnlockOSThread()
	})
}

func TestUmaskHoldsForNewFiles(t *testing.T) {
	t.Chdir(t.TempDir())
	umask(t, 0o077)
	require.NoError(t, disk.Write(disk.Options{}, output("private", "x"), disk.Output{Root: ".", Path: "m/1.yaml", Mode: 0o444}))
	assert.Equal(t, fs.FileMode(0o600), mode(t, "private"))
	assert.Equal(t, fs.FileMode(0o400), mode(t, "m/1.yaml"))
	assert.Equal(t, fs.FileMode(0o700), mode(t, "m"))
	syscall.Umask(0o002)
	require.NoError(t, disk.Write(disk.Options{}, output("shared", "x"), disk.Output{Root: ".", Path: "n/1.yaml", Mode: 0o444}))
	require.NoError(t, disk.WriteFolder("bank", entries(), disk.Options{}))
	assert.Equal(t, fs.FileMode(0o664), mode(t, "shared"))
	assert.Equal(t, fs.FileMode(0o444), mode(t, "n/1.yaml"))
	assert.Equal(t, fs.FileMode(0o755), mode(t, "n"))
	assert.Equal(t, fs.FileMode(0o775), mode(t, "bank"))
	assert.Equal(t, fs.FileMode(0o664), mode(t, "bank/q.yaml"))
}

// A milestone can be written with the mode of its review; its folder is not more open.
func TestAMilestoneIsAsPrivateAsItsReview(t *testing.T) {
	t.Chdir(t.TempDir())
	umask(t, 0o022)
	require.NoError(t, os.WriteFile("plant", []byte("x"), 0o600))
	require.NoError(t, disk.Update("plant", 100, disk.Options{}, func(now []byte) ([]byte, []disk.Output, error) {
		return []byte("y"), []disk.Output{{Root: ".", Path: "milestones/1", Data: now, New: true, Mode: 0o444}}, nil
	}))
	assert.Equal(t, fs.FileMode(0o400), mode(t, "milestones/1"))
	assert.Equal(t, fs.FileMode(0o700), mode(t, "milestones"))
	assert.Equal(t, fs.FileMode(0o600), mode(t, "plant"))
}

func TestModeAndOwnerAreKept(t *testing.T) {
	t.Chdir(t.TempDir())
	umask(t, 0o077)
	write(t, "file", "x")
	require.NoError(t, os.Chmod("file", 0o664))
	if os.Getuid() == 0 {
		require.NoError(t, os.Chown("file", 1234, 2345))
	}
	before, err := os.Stat("file")
	require.NoError(t, err)
	require.NoError(t, put("file", []byte("new")))
	after, err := os.Stat("file")
	require.NoError(t, err)
	assert.Equal(t, before.Mode(), after.Mode())
	was, is := before.Sys().(*syscall.Stat_t), after.Sys().(*syscall.Stat_t)
	assert.Equal(t, [2]uint32{was.Uid, was.Gid}, [2]uint32{is.Uid, is.Gid})
}

// If the group cannot be kept, the new group gets only the permissions of others.
func TestAnOwnerThatCannotBeKeptIsReported(t *testing.T) {
	t.Chdir(fast(t))
	require.NoError(t, os.Chmod(".", 0o777))
	write(t, "file", "x")
	require.NoError(t, os.Chmod("file", 0o664))
	if os.Getuid() == 0 {
		require.NoError(t, os.Chown("file", 1234, 2345))
	}
	as(t, 4321)
	var told []string
	require.NoError(t, disk.Write(disk.Options{Warn: func(s string) { told = append(told, s) }}, output("file", "new")))
	assert.Equal(t, []string{"file: its owner could not be kept"}, told)
	assert.Equal(t, fs.FileMode(0o644), mode(t, "file"))
}

func TestReplacingAReadOnlyFileIsReported(t *testing.T) {
	t.Chdir(t.TempDir())
	write(t, "my plan", "old")
	require.NoError(t, os.Chmod("my plan", 0o444))
	var told []string
	require.NoError(t, disk.Write(disk.Options{Warn: func(s string) {
		told = append(told, s)
		assert.Equal(t, "old", content(t, "my plan"), "it is told before")
	}}, output("my plan", "new")))
	assert.Equal(t, []string{"my plan: is read-only; replacing it"}, told)
	assert.Equal(t, fs.FileMode(0o444), mode(t, "my plan"))
}

func TestHardLinksAreReported(t *testing.T) {
	t.Chdir(t.TempDir())
	write(t, "file", "old")
	require.NoError(t, os.Link("file", "other"))
	var told []string
	require.NoError(t, disk.Write(disk.Options{Warn: func(s string) {
		told = append(told, s)
		assert.Equal(t, "old", content(t, "file"), "it is told before")
	}}, output("file", "new")))
	assert.Equal(t, []string{"file: has other names (hard links), which keep the old content"}, told)
	assert.Equal(t, map[string]string{"file": "new", "other": "old"}, files(t))
}

// Nothing changes in a read-only folder, or in one where files of others cannot be replaced.
func TestAFolderThatForbidsWriting(t *testing.T) {
	t.Chdir(fast(t))
	require.NoError(t, os.Mkdir("readonly", 0o755))
	require.NoError(t, os.Mkdir("sticky", 0o777))
	require.NoError(t, os.Chmod("sticky", 0o777|fs.ModeSticky))
	write(t, "readonly/file", "x")
	write(t, "sticky/file", "x")
	require.NoError(t, os.Chmod("sticky/file", 0o666))
	require.NoError(t, os.Chmod(".", 0o755))
	before := files(t)
	as(t, 4321)
	update := func(path string) error {
		return update(path, disk.Options{}, "new")
	}
	require.EqualError(t, update("readonly/file"), "readonly/file: not written: permission denied")
	require.EqualError(t, put("readonly/file", nil), "readonly/file: not written: permission denied")
	require.EqualError(t, put("readonly/new", nil), "readonly/new: not written: permission denied")
	require.EqualError(t, update("sticky/file"), "sticky/file: not written: operation not permitted")
	require.EqualError(t, disk.WriteFolder("readonly/new", entries(), disk.Options{}), "readonly/new/pillars/p.yaml: not written: permission denied")
	assert.Equal(t, before, files(t))
}

func TestALockFileOfAnotherUserIsLocked(t *testing.T) {
	t.Chdir(fast(t))
	require.NoError(t, os.Chmod(".", 0o777))
	write(t, ".iotlens-lock", "")
	as(t, 4321)
	require.NoError(t, update("file", disk.Options{}, "new"))
	assert.Equal(t, map[string]string{"file": "new"}, files(t))
}

func TestALinkToAnotherFileSystem(t *testing.T) {
	other := fast(t)
	t.Chdir(t.TempDir())
	write(t, other+"/file", "old")
	require.NoError(t, os.Symlink(other+"/file", "link"))
	require.NoError(t, disk.Write(disk.Options{}, output("link", "new"), output("here", "new")))
	assert.Equal(t, "new", content(t, other+"/file"))
	assert.True(t, disk.IsLink("link"))
}

// Devices and sockets are refused under every path and never read.
func TestDevicesAreNotRead(t *testing.T) {
	t.Chdir(fast(t))
	require.NoError(t, os.Symlink("/dev/zero", "zero.yaml"))
	l, err := net.Listen("unix", "socket")
	require.NoError(t, err)
	defer func() { _ = l.Close() }()
	for path, want := range map[string]string{
		"zero.yaml": "zero.yaml: is a device, not a file",
		"/dev/zero": "/dev/zero: is a device, not a file",
		"/dev/tty":  "/dev/tty: is a device, not a file",
		"socket":    "socket: is a socket, not a file",
	} {
		_, err := disk.Read(path, 100)
		assert.EqualError(t, err, want)
		assert.Error(t, update(path, disk.Options{}, "x"))
	}
	assert.EqualError(t, put("socket", nil), "socket: is a socket, not a file")
}

func TestAPipeIsReadOnceAndWhole(t *testing.T) {
	t.Chdir(fast(t))
	require.NoError(t, syscall.Mkfifo("pipe", 0o600))
	text := strings.Repeat("0123456789", 100_000)
	go func() { _ = os.WriteFile("pipe", []byte(text), 0) }()
	in, err := disk.Read("pipe", 2_000_000)
	require.NoError(t, err)
	assert.Equal(t, text, string(in))

	r, w, err := os.Pipe() // as the shell makes one for <(...)
	require.NoError(t, err)
	go func() { _, _ = w.WriteString(text); _ = w.Close() }()
	in, err = disk.Read(fmt.Sprintf("/dev/fd/%d", r.Fd()), 2_000_000)
	require.NoError(t, err)
	assert.Equal(t, text, string(in))
	require.NoError(t, r.Close())
}

// Existing targets that are not regular files are written directly.
func TestStreamsAreWrittenDirectly(t *testing.T) {
	t.Chdir(fast(t))
	require.NoError(t, syscall.Mkfifo("pipe", 0o600))
	read := make(chan string)
	go func() {
		data, _ := os.ReadFile("pipe")
		read <- string(data)
	}()
	require.NoError(t, put("pipe", []byte("through")))
	assert.Equal(t, "through", <-read)
	require.NoError(t, put("/dev/null", []byte("x")))
	info, err := os.Stat("/dev/null")
	require.NoError(t, err)
	assert.NotZero(t, info.Mode()&fs.ModeCharDevice)
	require.EqualError(t, put("/dev/full", []byte("x")), "/dev/full: not written: no space left on device")
	require.ErrorContains(t, disk.Write(disk.Options{}, disk.Output{Root: ".", Path: "pipe"}), "pipe: is not a regular file")
}

// A closed pipe has its own error, and prevents other files from being replaced.
func TestAClosedPipeIsErrClosed(t *testing.T) {
	t.Chdir(fast(t))
	r, w, err := os.Pipe()
	require.NoError(t, err)
	require.NoError(t, r.Close())
	write(t, "file", "old")
	err = disk.Write(disk.Options{}, output("file", "new"), output(fmt.Sprintf("/dev/fd/%d", w.Fd()), "x"))
	require.ErrorIs(t, err, disk.ErrClosed)
	require.NoError(t, w.Close())
	assert.Equal(t, map[string]string{"file": "old"}, files(t))
}

func TestAppend(t *testing.T) {
	t.Chdir(fast(t))
	require.NoError(t, disk.Append("summary", []byte("one\n")))
	require.NoError(t, disk.Append("summary", []byte("two\n")))
	assert.Equal(t, "one\ntwo\n", content(t, "summary"))
	require.EqualError(t, disk.Append("/dev/full", []byte("x")), "/dev/full: not written: no space left on device")
	require.EqualError(t, disk.Append(".", nil), ".: not written: is a directory")
}

func TestWriteTempIsPrivate(t *testing.T) {
	umask(t, 0)
	path, remove, err := disk.WriteTemp("iotlens-*.txt", []byte("note"))
	require.NoError(t, err)
	assert.Equal(t, fs.FileMode(0o600), mode(t, path))
	assert.Equal(t, "note", content(t, path))
	remove()
	assert.NoFileExists(t, path)
}
