package disk

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
)

// Stdin is the path that stands for standard input.
const Stdin = "-"

// An Input is the content of a file.
type Input struct {
	Data []byte // without the byte order mark
	BOM  bool   // it began with the byte order mark of UTF-8
}

const mark = "\uFEFF"

// Raw is the content as it was on disk.
func (in Input) Raw() []byte { return in.Like(in.Data) }

// Like is new content for the same file: with a byte order mark where the old had
// one.
func (in Input) Like(data []byte) []byte {
	if !in.BOM {
		return data
	}
	return append([]byte(mark), data...)
}

// Read reads a file whole: a regular file, a pipe, or standard input (- and
// /dev/stdin). Of a pipe it takes all, so it can be read once only. limit is in
// bytes and holds for what is read, whatever the file says of its size. The error
// is one sentence that names the file.
func Read(path string, limit int64) (Input, error) {
	in, err := read(path, limit)
	if err != nil {
		return Input{}, notRead(path, err)
	}
	return in, nil
}

// ReadText is Read, and refuses what is not text: UTF-16, which Windows writes,
// and NUL bytes.
func ReadText(path string, limit int64) (Input, error) {
	in, err := Read(path, limit)
	if err != nil {
		return Input{}, err
	}
	return in, in.text(path)
}

// ReadFrom is Read of an open source, which messages call name.
func ReadFrom(name string, r io.Reader, limit int64) (Input, error) {
	in, err := readAll(r, limit)
	if err != nil {
		return Input{}, notRead(name, err)
	}
	return in, nil
}

func notRead(path string, err error) error {
	switch {
	case said(err):
		return fmt.Errorf("%s: %w", Shown(path), err)
	case errors.Is(err, fs.ErrNotExist):
		if info, err := system.Lstat(path); err == nil && info.Mode()&fs.ModeSymlink != 0 {
			return fmt.Errorf("%s: is a symbolic link to a file that does not exist", Shown(path))
		}
		return fmt.Errorf("%s: no such file%w", Shown(path), silent{err})
	}
	return fmt.Errorf("%s: cannot be read: %w", Shown(path), reason(err))
}

// silent is an error that errors.Is finds and nobody reads.
type silent struct{ error }

func (silent) Error() string   { return "" }
func (s silent) Unwrap() error { return s.error }

func read(path string, limit int64) (Input, error) {
	f, err := open(path)
	if err != nil {
		return Input{}, err
	}
	in, err := readAll(f, limit)
	_ = f.Close() // all was read
	return in, err
}

// open opens a file for reading. It looks at what stands there before and after:
// a device may do something when it is opened, and between the two looks another
// file may take the name.
func open(path string) (File, error) {
	if path == Stdin {
		return system.Descriptor(0)
	}
	if n, ok := descriptor(path); ok {
		return system.Descriptor(n)
	}
	info, err := system.Stat(path)
	if err == nil {
		err = kind(info)
	}
	if err != nil {
		return nil, err
	}
	f, err := system.Open(path, os.O_RDONLY|nonblock, 0)
	if err != nil {
		return nil, err
	}
	if info, err = f.Stat(); err == nil {
		err = kind(info)
	}
	if err == nil && info.Mode()&fs.ModeNamedPipe != 0 {
		f, err = waiting(path, f, info)
	}
	if err != nil {
		return nil, errors.Join(err, f.Close())
	}
	return f, nil
}

// waiting opens a pipe once more: the first opening did not wait for a writer.
func waiting(path string, first File, info fs.FileInfo) (File, error) {
	f, err := system.Open(path, os.O_RDONLY, 0)
	if err != nil {
		return first, err
	}
	_ = first.Close()
	again, err := f.Stat()
	if err == nil && !os.SameFile(info, again) {
		err = refusal("was replaced while it was opened")
	}
	return f, err
}

func readAll(r io.Reader, limit int64) (Input, error) {
	data, err := io.ReadAll(io.LimitReader(r, limit+1))
	switch {
	case err != nil:
		return Input{}, err
	case int64(len(data)) > limit:
		return Input{}, refusal("is larger than the limit of " + size(limit))
	}
	rest, bom := bytes.CutPrefix(data, []byte(mark))
	return Input{Data: rest, BOM: bom}, nil
}

func size(n int64) string {
	if n >= 1<<20 {
		return fmt.Sprintf("%d MB", n>>20)
	}
	return fmt.Sprintf("%d bytes", n)
}

// text refuses what is not text.
func (in Input) text(path string) error {
	switch at := bytes.IndexByte(in.Data, 0); {
	case bytes.HasPrefix(in.Data, []byte("\xFF\xFE")), bytes.HasPrefix(in.Data, []byte("\xFE\xFF")), at == 0 || at == 1:
		return fmt.Errorf("%s: is encoded in UTF-16; save it as UTF-8", Shown(path))
	case at > 0:
		return fmt.Errorf("%s:%d: contains a NUL byte; this is not a text file", Shown(path), 1+bytes.Count(in.Data[:at], []byte("\n")))
	}
	return nil
}
