package disk

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"
)

// Errors that a caller can tell apart; each comes with the name of the file.
var (
	// ErrExists is returned where Output.New is set and something stands there.
	ErrExists = errors.New("already exists; nothing was changed")
	// ErrReadOnly is returned where a file may not be written by its owner and
	// Options.Force isn't set.
	ErrReadOnly = errors.New("is read-only; nothing was changed")
	// ErrLink is returned where a name that the program chose is a symbolic link.
	ErrLink = errors.New("is a symbolic link, which iotlens does not follow here; remove it or give another path")
	// ErrChanged is returned where another program changed a file that this one had
	// read and was about to replace.
	ErrChanged = errors.New("was changed by another program meanwhile; nothing was written")
	// ErrNoLocks is returned where the file system has no locks.
	ErrNoLocks = errors.New("this file system has no locks")
	// ErrClosed is returned where nobody reads the pipe that is written to. A
	// program ends then, without a message.
	ErrClosed = errors.New("the reader of the pipe is gone")

	errBusy = errors.New("locked")
)

// NotWritten is the error that a file or a folder was not written, in one
// sentence that names it as the user did.
func NotWritten(path string, err error) error {
	if said(err) {
		return fmt.Errorf("%s: %w", Shown(path), err)
	}
	if errors.Is(err, fs.ErrNotExist) {
		if _, above := system.Stat(filepath.Dir(path)); errors.Is(above, fs.ErrNotExist) {
			return fmt.Errorf("%s: not written: there is no folder %s", Shown(path), Shown(filepath.Dir(path)))
		}
	}
	return fmt.Errorf("%s: not written: %w", Shown(path), reason(err))
}

// said tells whether an error is a sentence of its own about the file.
func said(err error) bool {
	for _, known := range []error{ErrExists, ErrReadOnly, ErrLink, ErrChanged, ErrClosed} {
		if errors.Is(err, known) {
			return true
		}
	}
	var no refusal
	return errors.As(err, &no)
}

// A refusal is a sentence about a file, without its name: is a folder, not a file.
type refusal string

func (r refusal) Error() string { return string(r) }

// reason is an error without the calls and paths that Go puts before it.
func reason(err error) error {
	var file *fs.PathError
	var link *os.LinkError
	var call *os.SyscallError
	switch {
	case errors.As(err, &file):
		return file.Err
	case errors.As(err, &link):
		return link.Err
	case errors.As(err, &call):
		return call.Err
	}
	return err
}

func isErrno(err error, want syscall.Errno) bool {
	var got syscall.Errno
	return errors.As(err, &got) && got == want
}

// kind refuses what is neither a regular file nor a pipe.
func kind(info fs.FileInfo) error {
	switch mode := info.Mode(); {
	case mode.IsRegular(), mode&fs.ModeNamedPipe != 0:
		return nil
	case mode.IsDir():
		return refusal("is a folder, not a file")
	case mode&fs.ModeSocket != 0:
		return refusal("is a socket, not a file")
	case mode&fs.ModeDevice != 0:
		return refusal("is a device, not a file")
	}
	return refusal("is not a regular file")
}
