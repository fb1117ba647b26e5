//go:build !unix

package disk

import (
	"io/fs"
	"os"
	"syscall"
)

const nonblock = 0

func duplicate(int) (file, error) { return file{os.Stdin}, nil }

func descriptor(string) (n int, ok bool) { return 0, false }

func owner(fs.FileInfo) (uid, gid int, ok bool) { return 0, 0, false }

func names(fs.FileInfo) int { return 1 }

// ended tells whether an error says that nobody reads a pipe any more. 232 is
// ERROR_NO_DATA of Windows: the pipe is being closed.
func ended(err error) bool { return isErrno(err, syscall.EPIPE, 232) }

func interrupted(error) bool { return false }

// cannotSync is always true: only unix syncs folders.
func cannotSync(error) bool { return true }
