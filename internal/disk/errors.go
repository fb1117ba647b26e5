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

// Errors that a caller can tell apart; each comes with the name of the file.
const (
	// ErrExists is returned where Output.New is set and the path is taken.
	ErrExists = refusal("already exists; nothing was changed")
	// ErrLink is returned where a name that the program chose is a symbolic link.
	ErrLink = refusal("is a symbolic link, which iotlens does not follow here; remove it or choose another path")
	// ErrChanged is returned where another program changed a file that this one had
	// read and was about to replace.
	ErrChanged = refusal("was changed by another program meanwhile; nothing was written")
	// ErrClosed is returned where nobody reads the pipe that is written to. A
	// program ends then, without a message.
	ErrClosed = refusal("the reader of the pipe is gone")

	errNoLocks = refusal("this file system has no locks")
	errBusy    = refusal("is locked")
)

// A refusal is a sentence about a file, without its name: is a folder, not a file.
type refusal string

func (r refusal) Error() string { return string(r) }

// notRead is the error that a file was not read, in one sentence that names it as
// the user did.
func notRead(path string, err error) error {
	if !errors.Is(err, fs.ErrNotExist) {
		return sentence(path, "cannot be read", err)
	}
	if IsLink(path) {
		return fmt.Errorf("%s: is a symbolic link to a file that does not exist", DisplayPath(path))
	}
	return fmt.Errorf("%s: no such file%w", DisplayPath(path), silent{err})
}

// notWritten is notRead for what was not written.
func notWritten(path string, err error) error {
	if dir := filepath.Dir(path); errors.Is(err, fs.ErrNotExist) && !IsFolder(dir) {
		return fmt.Errorf("%s: not written: there is no folder %s", DisplayPath(path), DisplayPath(dir))
	}
	return sentence(path, "not written", err)
}

func sentence(path, what string, err error) error {
	if r := refusal(""); errors.As(err, &r) {
		return fmt.Errorf("%s: %w", DisplayPath(path), err)
	}
	return fmt.Errorf("%s: %s: %w", DisplayPath(path), what, reason(err))
}

// silent is an error that errors.Is finds and that adds nothing to a message.
type silent struct{ error }

func (silent) Error() string   { return "" }
func (s silent) Unwrap() error { return s.error }

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

func isErrno(err error, known ...syscall.Errno) bool {
	var got syscall.Errno
	return errors.As(err, &got) && slices.Contains(known, got)
}

// ended tells whether an error means that nobody reads a pipe any more. 232 is
// ERROR_NO_DATA of Windows.
func ended(err error) bool { return isErrno(err, syscall.EPIPE, 232) }

// cannotSync tells whether a file system can't sync a folder at all. Windows can't.
func cannotSync(err error) bool {
	return runtime.GOOS == "windows" || isErrno(err, syscall.EINVAL, syscall.ENOTSUP, syscall.ENOSYS)
}

// DisplayPath is a path as a message names it: what would drive a terminal, break the
// line or be read as a command by the log of a pipeline is made visible.
func DisplayPath(path string) string { return text.EscapeLog(text.Clean(path, false)) }

// ShellQuote is a path as a suggested command names it, for a POSIX shell, and on Windows for
// cmd, PowerShell and Git Bash alike. A path that begins with a dash gets ./ before it.
// What DisplayPath makes visible is no longer the name of the file, and harmless.
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

// shellQuoteOnWindows quotes with the one sign that cmd and PowerShell share. What one of them
// expands within it, or takes for its end, becomes a question mark.
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

// isSpecial tells whether a character may mean something to a shell.
func isSpecial(r rune) bool {
	letter := r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9'
	return !letter && !strings.ContainsRune("._-/+,:@%=", r) && r < 0x80
}
