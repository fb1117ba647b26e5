package disk

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
)

// Stdin is the path that stands for standard input.
const Stdin = "-"

// Read reads a file whole: a regular file, a pipe, or standard input (- and
// /dev/stdin). Of a pipe it takes all, so it can be read once only. limit is in
// bytes and holds for what is read, whatever the file says of its size. The error
// is one sentence that names the file; it is fs.ErrNotExist where there is none.
func Read(path string, limit int64) ([]byte, error) {
	data, err := read(path, limit)
	if err != nil {
		return nil, notRead(path, err)
	}
	return data, nil
}

func notRead(path string, err error) error {
	switch {
	case isSentence(err):
		return fmt.Errorf("%s: %w", Shown(path), err)
	case errors.Is(err, fs.ErrNotExist):
		if IsLink(path) {
			return fmt.Errorf("%s: is a symbolic link to a file that does not exist", Shown(path))
		}
		return fmt.Errorf("%s: no such file%w", Shown(path), silent{err})
	}
	return fmt.Errorf("%s: cannot be read: %w", Shown(path), reason(err))
}

// silent is an error that errors.Is finds and that adds nothing to a message.
type silent struct{ error }

func (silent) Error() string   { return "" }
func (s silent) Unwrap() error { return s.error }

func read(path string, limit int64) ([]byte, error) {
	f, err := openToRead(path)
	if err != nil {
		return nil, err
	}
	data, err := f.readAll(limit)
	return data, errors.Join(err, f.close())
}

// openToRead looks at what stands at a path before and after it is opened: a
// device may do something when it is opened, and between the two looks another
// file may take the name.
func openToRead(path string) (file, error) {
	if n, ok := descriptor(path); ok || path == Stdin {
		return duplicate(n)
	}
	info, err := stat(path)
	if err == nil {
		err = readable(info)
	}
	if err != nil {
		return file{}, err
	}
	flag := os.O_RDONLY
	if info.Mode().IsRegular() {
		flag |= nonblock // whatever has taken its place does not make this wait
	}
	f, err := open(path, flag, 0)
	if err != nil {
		return file{}, err
	}
	now, err := f.stat()
	if err == nil && !os.SameFile(info, now) {
		err = refusal("was replaced while it was opened")
	}
	if err != nil {
		return file{}, errors.Join(err, f.close())
	}
	return f, nil
}

func (f file) readAll(limit int64) ([]byte, error) {
	data, err := io.ReadAll(io.LimitReader(f, limit+1))
	if err == nil && int64(len(data)) > limit {
		size := fmt.Sprintf("%d bytes", limit)
		if limit >= 1<<20 {
			size = fmt.Sprintf("%d MB", limit>>20)
		}
		err = refusal("is larger than the limit of " + size)
	}
	return data, err
}

// readable refuses what is neither a regular file nor a pipe.
func readable(info fs.FileInfo) error {
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
