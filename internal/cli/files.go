package cli

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/iotlens/iotlens/internal/disk"
)

// largest is how large a file may be that a command reads whole, in bytes: a
// JSON report of the whole lens has about 1 MB.
const largest = 64 << 20

// readFile reads a file that a person named. The error is one sentence that
// names it.
func readFile(path string) ([]byte, error) {
	info, err := os.Stat(path)
	switch {
	case errors.Is(err, os.ErrNotExist):
		return nil, fmt.Errorf("%s: no such file", path)
	case err != nil:
		return nil, notRead(path, err)
	case info.IsDir():
		return nil, fmt.Errorf("%s: is a folder, not a file", path)
	case info.Size() > largest:
		return nil, fmt.Errorf("%s: has %d MB; the largest file that is read here has %d MB", path, info.Size()>>20, largest>>20)
	}
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, notRead(path, err)
	}
	return data, nil
}

// notRead is the reason why a file can't be read, without the name of a call.
func notRead(path string, err error) error {
	var reason *fs.PathError
	if errors.As(err, &reason) {
		err = reason.Err
	}
	return fmt.Errorf("%s: can't be read: %w", path, err)
}

// writeFile writes a file; the errors of flushing and closing it count.
func writeFile(path string, write func(io.Writer) error) error {
	f, err := os.Create(path)
	if err != nil {
		return disk.NotWritten(path, err)
	}
	// The writers of CSV and XML take a buffer that is there for their own, and
	// one of theirs costs a call of the system each 4 KB.
	w := bufio.NewWriterSize(f, 64<<10)
	if err := errors.Join(write(w), w.Flush(), f.Close()); err != nil {
		return disk.NotWritten(path, err)
	}
	return nil
}

// sameFile tells whether two paths lead to one file that is there.
func sameFile(a, b string) bool {
	x, err1 := os.Stat(a)
	y, err2 := os.Stat(b)
	return err1 == nil && err2 == nil && os.SameFile(x, y)
}

// within tells whether a file would stand in a folder, or in one of that.
func within(file, folder string) bool {
	dir, err1 := realPath(filepath.Dir(file))
	folder, err2 := realPath(folder)
	if err1 != nil || err2 != nil {
		return false // one of them isn't there
	}
	below, err := filepath.Rel(folder, dir)
	return err == nil && filepath.IsLocal(below)
}

func realPath(path string) (string, error) {
	path, err := filepath.Abs(path)
	if err != nil {
		return "", err
	}
	return filepath.EvalSymlinks(path)
}

// shown is a path as a report may name it: as it was given, with slashes, and
// never absolute, as reports travel and a path of this machine means nothing
// elsewhere.
func shown(path string) string {
	if filepath.IsAbs(path) {
		wd, err := os.Getwd()
		if err != nil {
			return filepath.Base(path)
		}
		below, err := filepath.Rel(wd, path)
		if err != nil || !filepath.IsLocal(below) {
			return filepath.Base(path)
		}
		path = below
	}
	return filepath.ToSlash(filepath.Clean(path))
}
