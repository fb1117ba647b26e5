package disk

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"time"

	"github.com/iotlens/iotlens/internal/text"
)

// Errors that a caller can tell apart; each comes with the name of the file.
var (
	// ErrExists is returned where Output.New is set and the path is taken.
	ErrExists = errors.New("already exists; nothing was changed")
	// ErrReadOnly is returned for a file that its owner may not write.
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

// A LockedError is returned where another process has had the lock of a folder for
// as long as Options.Wait.
type LockedError struct {
	Path   string // of the file that was to be written
	Holder Holder // who has the lock, as far as it is known
	Waited time.Duration
}

func (e *LockedError) Error() string {
	s := Shown(e.Path) + ": not written: another iotlens is writing in this folder"
	if who := e.Holder.String(); who != "" {
		s += ": " + who
	}
	return fmt.Sprintf("%s; gave up after %s (--wait)", s, e.Waited)
}

// notWritten is the error that a file or a folder was not written, in one sentence
// that names it as the user did.
func notWritten(path string, err error) error {
	var locked *LockedError
	switch {
	case errors.As(err, &locked):
		return err
	case isSentence(err):
		return fmt.Errorf("%s: %w", Shown(path), err)
	case errors.Is(err, fs.ErrNotExist):
		if dir := filepath.Dir(path); !IsFolder(dir) {
			return fmt.Errorf("%s: not written: there is no folder %s", Shown(path), Shown(dir))
		}
	}
	return fmt.Errorf("%s: not written: %w", Shown(path), reason(err))
}

// isSentence tells whether an error says by itself what is wrong with a file.
func isSentence(err error) bool {
	var r refusal
	known := []error{ErrExists, ErrReadOnly, ErrLink, ErrChanged, ErrNoLocks, ErrClosed}
	return errors.As(err, &r) || slices.ContainsFunc(known, func(k error) bool { return errors.Is(err, k) })
}

// A refusal is a sentence about a file, without its name: is a folder, not a file.
type refusal string

func (r refusal) Error() string { return string(r) }

// reason is an error without the calls and paths that Go puts before it.
func reason(err error) error {
	var file *fs.PathError
	var link *os.LinkError
	switch {
	case errors.As(err, &file):
		return file.Err
	case errors.As(err, &link):
		return link.Err
	}
	return err
}

func isErrno(err error, any ...syscall.Errno) bool {
	var got syscall.Errno
	return errors.As(err, &got) && slices.Contains(any, got)
}

// Shown is a path as a message names it: what would drive a terminal, break the
// line or be read as a command by the log of a pipeline is made visible.
func Shown(path string) string { return text.Log(text.Clean(path, false)) }

// Quoted is a path as a suggested command names it, for a POSIX shell. A path
// that begins with a dash gets ./ before it. What Shown makes visible is no
// longer the name of the file, and harmless.
func Quoted(path string) string {
	path = Shown(path)
	if strings.HasPrefix(path, "-") {
		path = "./" + path
	}
	if path != "" && strings.IndexFunc(path, isSpecial) < 0 {
		return path
	}
	return "'" + strings.ReplaceAll(path, "'", `'\''`) + "'"
}

// isSpecial tells whether a character may mean something to a shell.
func isSpecial(r rune) bool {
	letter := r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9'
	return !letter && !strings.ContainsRune("._-/+,:@%=", r) && r < 0x80
}
