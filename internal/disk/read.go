package disk

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
)

// Stdin is the path of standard input.
const Stdin = "-"

// Read reads a regular file, a pipe or standard input (- and /dev/stdin) completely. limit
// is in bytes and applies to the data read, not to the reported size. The error is one
// sentence that names the file; it is fs.ErrNotExist if there is no file.
func Read(path string, limit int64) ([]byte, error) {
	data, err := read(path, limit)
	if err != nil {
		return nil, notRead(path, err)
	}
	return data, nil
}

// Digest returns the SHA-256 of a regular file without reading it into memory.
func Digest(path string) (sum [sha256.Size]byte, err error) {
	f, err := open(path, os.O_RDONLY|nonblock, 0)
	if err != nil {
		return sum, notRead(path, err)
	}
	h := sha256.New()
	info, err := f.stat()
	if err == nil && !info.Mode().IsRegular() {
		err = refusal("is not a regular file")
	}
	if err == nil {
		_, err = io.CopyBuffer(h, struct{ io.Reader }{f}, make([]byte, 1<<18))
	}
	if err = errors.Join(err, f.close()); err != nil {
		return sum, notRead(path, err)
	}
	h.Sum(sum[:0])
	return sum, nil
}

// read reads a file, and retries if it is replaced while it is opened.
func read(path string, limit int64) (data []byte, err error) {
	for range 100 {
		if data, err = readOnce(path, limit); !errors.Is(err, ErrChanged) {
			break
		}
	}
	return data, err
}

func readOnce(path string, limit int64) ([]byte, error) {
	if path == Stdin || path == "/dev/stdin" {
		return file{os.Stdin}.readAll(0, limit)
	}
	info, err := stat(path)
	if err == nil {
		err = checkReadable(info) // before opening, which may affect a device
	}
	if err != nil {
		return nil, err
	}
	flag := os.O_RDONLY
	if info.Mode().IsRegular() {
		flag |= nonblock // in case a pipe has replaced it
	}
	f, err := open(path, flag, 0)
	if err != nil {
		return nil, err
	}
	return f.readSame(info, limit)
}

// readSame reads and closes a file, which must be the one described by seen.
func (f file) readSame(seen fs.FileInfo, limit int64) (data []byte, err error) {
	now, err := f.stat()
	if err == nil && !os.SameFile(seen, now) {
		err = ErrChanged
	}
	if err == nil {
		data, err = f.readAll(now.Size(), limit)
	}
	return data, errors.Join(err, f.close())
}

// readAll reads the rest of a file. size is a hint.
func (f file) readAll(size, limit int64) ([]byte, error) {
	room := bytes.NewBuffer(make([]byte, 0, min(max(size, 0), limit)+bytes.MinRead))
	_, err := room.ReadFrom(io.LimitReader(f, limit+1))
	data := room.Bytes()
	if err == nil && int64(len(data)) > limit {
		size := fmt.Sprintf("%d bytes", limit)
		if limit >= 1<<20 {
			size = fmt.Sprintf("%d MB", limit>>20)
		}
		err = refusal("is larger than the limit of " + size)
	}
	return data, err
}

// checkReadable refuses anything but a regular file or a pipe.
func checkReadable(info fs.FileInfo) error {
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
