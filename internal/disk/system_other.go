//go:build !unix

package disk

import (
	"errors"
	"io/fs"
	"os"
	"syscall"
)

const nonblock = 0

func (host) Descriptor(n int) (File, error) {
	if n != 0 {
		return nil, errors.ErrUnsupported
	}
	return osFile{os.Stdin}, nil
}

func descriptor(string) (n int, ok bool) { return 0, false }

func owner(fs.FileInfo) (uid, gid int, ok bool) { return 0, 0, false }

func names(fs.FileInfo) int { return 1 }

// errNoData is ERROR_NO_DATA of Windows: the pipe is being closed.
const errNoData = syscall.Errno(232)

func ended(err error) bool { return isErrno(err, syscall.EPIPE) || isErrno(err, errNoData) }

func interrupted(error) bool { return false }

// cannotSync is always true: only unix syncs folders.
func cannotSync(error) bool { return true }
