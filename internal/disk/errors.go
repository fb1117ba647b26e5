package disk

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"syscall"

	"github.com/iotlens/iotlens/internal/text"
)

// Errors for errors.Is. They are returned with the name of the file.
const (
	// ErrExists is returned if Output.New is set and the path exists.
	ErrExists = refusal("already exists; nothing was changed")
	// ErrLink is returned if a name chosen by the program is a symbolic link.
	ErrLink = refusal("is a symbolic link, which iotlens does not follow here; remove it or choose another path")
	// ErrChanged is returned if another program changed a file between reading and
	// replacing it.
	ErrChanged = refusal("was changed by another program meanwhile; nothing was written")
	// ErrClosed is returned if the reader of a pipe is gone. Programs exit silently then.
	ErrClosed = refusal("the reader of the pipe is gone")

	errLocksUnsupported = refusal("this file system has no locks")
	errBusy             = refusal("is locked")
)

// A refusal is an error about a file without its name, such as "is a folder, not a file".
type refusal string

func (r refusal) Error() string { return string(r) }

// notRead returns the error for a file that was not read, in one sentence with the path as
// the user gave it.
func notRead(path string, err error) error {
	if !errors.Is(err, fs.ErrNotExist) {
		return describe(path, "cannot be read", err)
	}
	if IsLink(path) {
		return fmt.Errorf("%s: is a symbolic link to a file that does not exist", DisplayPath(path))
	}
	return fmt.Errorf("%s: no such file%w", DisplayPath(path), silentError{err})
}

// notWritten returns the error for a file that was not written.
func notWritten(path string, err error) error {
	if dir := filepath.Dir(path); errors.Is(err, fs.ErrNotExist) && !IsFolder(dir) {
		return fmt.Errorf("%s: not written: there is no folder %s", DisplayPath(path), DisplayPath(dir))
	}
	return describe(path, "not written", err)
}

func describe(path, what string, err error) error {
	if r := refusal(""); errors.As(err, &r) {
		return fmt.Errorf("%s: %w", DisplayPath(path), err)
	}
	return fmt.Errorf("%s: %s: %w", DisplayPath(path), what, underlying(err))
}

// A silentError is found by errors.Is but adds no text to a message.
type silentError struct{ error }

func (silentError) Error() string   { return "" }
func (s silentError) Unwrap() error { return s.error }

// underlying returns an error without the operation and path that Go adds.
func underlying(err error) error {
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

func isErrno(err error, known ...syscall.Errno) bool {
	var got syscall.Errno
	return errors.As(err, &got) && slices.Contains(known, got)
}

// isClosedPipe reports whether an error means that the reader of a pipe is gone. 232 is
// ERROR_NO_DATA on Windows.
func isClosedPipe(err error) bool { return isErrno(err, syscall.EPIPE, 232) }

// cannotSync reports whether an error means that folders cannot be synced at all, as on
// Windows.
func cannotSync(err error) bool {
	return runtime.GOOS == "windows" || isErrno(err, syscall.EINVAL, syscall.ENOTSUP, syscall.ENOSYS)
}

// DisplayPath returns a path for messages: terminal escapes, line breaks and commands for
// the logs of CI pipelines are escaped.
func DisplayPath(path string) string { return text.EscapeLog(text.Clean(path, false)) }

// ShellQuote quotes a path for a suggested command: for a POSIX shell, and on Windows for
// cmd, PowerShell and Git Bash. A path that begins with a dash gets the prefix ./. A path
// that DisplayPath escapes no longer names the file, but it is harmless.
func ShellQuote(path string) string {
	path = DisplayPath(path)
	if strings.HasPrefix(path, "-") {
		path = "./" + path
	}
	if runtime.GOOS == "windows" {
		return shellQuoteOnWindows(path)
	}
	if path != "" && strings.IndexFunc(path, isSpecial) < 0 {
		return path
	}
	return "'" + strings.ReplaceAll(path, "'", `'\''`) + "'"
}

// shellQuoteOnWindows quotes with double quotes, which cmd and PowerShell share. Characters
// that either of them expands or treats as the end of the quotes become question marks.
func shellQuoteOnWindows(path string) string {
	path = strings.Map(func(r rune) rune {
		if strings.ContainsRune("\"$%`\u201c\u201d\u201e", r) {
			return '?'
		}
		return r
	}, path)
	special := func(r rune) bool {
		return r != '\\' && isSpecial(r) || strings.ContainsRune(",@=\u2018\u2019\u201a\u201b", r)
	}
	if path != "" && strings.IndexFunc(path, special) < 0 {
		return path
	}
	return `"` + path + `"`
}

// isSpecial reports whether a character may have a meaning to a shell.
func isSpecial(r rune) bool {
	letter := r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9'
	return !letter && !strings.ContainsRune("._-/+,:@%=", r) && r < 0x80
}
