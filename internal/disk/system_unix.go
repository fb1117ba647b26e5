//go:build unix

package disk

import (
	"io/fs"
	"os"
	"strconv"
	"strings"
	"syscall"
)

// nonblock keeps the opening of a pipe or a device from waiting.
const nonblock = syscall.O_NONBLOCK

// duplicate opens what an open descriptor of this process leads to.
func duplicate(n int) (file, error) {
	return get("dup", func() (file, error) {
		syscall.ForkLock.RLock()
		defer syscall.ForkLock.RUnlock()
		fd, err := syscall.Dup(n)
		if err != nil {
			return file{}, err
		}
		syscall.CloseOnExec(fd)
		return file{os.NewFile(uintptr(fd), "descriptor "+strconv.Itoa(n))}, nil
	})
}

// descriptor tells which open descriptor of this process a path names. Opening
// the path anew would begin at the start of a redirected file, over what is there.
func descriptor(path string) (n int, ok bool) {
	switch path {
	case "/dev/stdin":
		return 0, true
	case "/dev/stdout":
		return 1, true
	case "/dev/stderr":
		return 2, true
	}
	for _, folder := range []string{"/dev/fd/", "/proc/self/fd/"} {
		if name, found := strings.CutPrefix(path, folder); found {
			n, err := strconv.ParseUint(name, 10, 31)
			return int(n), err == nil
		}
	}
	return 0, false
}

// owner returns the user and the group of a file.
func owner(info fs.FileInfo) (uid, gid int, ok bool) {
	stat, ok := info.Sys().(*syscall.Stat_t)
	if !ok {
		return 0, 0, false
	}
	return int(stat.Uid), int(stat.Gid), true
}

// names is how many names (hard links) a file has.
func names(info fs.FileInfo) int {
	stat, ok := info.Sys().(*syscall.Stat_t)
	if !ok {
		return 1
	}
	return int(stat.Nlink) //nolint:unconvert // its type differs between systems
}

// ended tells whether an error says that nobody reads a pipe any more.
func ended(err error) bool { return isErrno(err, syscall.EPIPE) }

// interrupted tells whether a call is to be made again.
func interrupted(err error) bool { return isErrno(err, syscall.EINTR) }

// cannotSync tells whether a file system can't sync a folder at all.
func cannotSync(err error) bool {
	return isErrno(err, syscall.EINVAL, syscall.ENOTSUP, syscall.ENOSYS)
}
