// Package wholefile writes a file whole or not at all.
package disk

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
)

// Write replaces a file so that at any moment either the old or the new
// content is there. A symbolic link is followed; permissions are kept. The error
// is one of NotWritten.
func Write(path string, data []byte) error {
	if err := write(path, data); err != nil {
		return NotWritten(path, err)
	}
	return nil
}

// NotWritten is the error that a file or a folder could not be written, in a
// sentence that names it as the user did and no temporary name beside it.
func NotWritten(path string, err error) error {
	if _, above := os.Stat(filepath.Dir(path)); errors.Is(above, fs.ErrNotExist) {
		return fmt.Errorf("%s: not written: there is no folder %s", path, filepath.Dir(path))
	}
	var file *fs.PathError
	var link *os.LinkError
	switch {
	case errors.As(err, &file):
		err = file.Err
	case errors.As(err, &link):
		err = link.Err
	}
	return fmt.Errorf("%s: not written: %w", path, err)
}

func write(path string, data []byte) (err error) {
	if target, err := filepath.EvalSymlinks(path); err == nil {
		path = target
	}
	mode := os.FileMode(0o644)
	if info, err := os.Stat(path); err == nil {
		if info.IsDir() {
			return errors.New("is a folder, not a file")
		}
		mode = info.Mode().Perm()
	}
	tmp, err := os.CreateTemp(filepath.Dir(path), "."+filepath.Base(path)+".*.tmp")
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, os.Remove(tmp.Name()))
		}
	}()
	_, err = tmp.Write(data)
	if err == nil {
		err = tmp.Chmod(mode)
	}
	if err == nil {
		err = tmp.Sync()
	}
	if err = errors.Join(err, tmp.Close()); err != nil {
		return err
	}
	if err := os.Rename(tmp.Name(), path); err != nil {
		return err
	}
	return syncDir(filepath.Dir(path))
}

// syncDir makes the rename last where the system can; not all can.
func syncDir(dir string) error {
	d, err := os.Open(dir)
	if err != nil {
		return nil //nolint:nilerr // the content is written; only its survival of a power cut is in question
	}
	_ = d.Sync()
	return d.Close()
}
