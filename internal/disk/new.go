package disk

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
)

// New writes a read-only file whole, and refuses to where there is one already.
// Missing folders are made. The error is one of NotWritten, or says that the
// file is there.
func New(path string, data []byte) error {
	err := create(path, data)
	switch {
	case errors.Is(err, os.ErrExist):
		return fmt.Errorf("%s: is there already; nothing was changed", path)
	case err != nil:
		return NotWritten(path, err)
	}
	return nil
}

func create(path string, data []byte) (err error) {
	dir := filepath.Dir(path)
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	tmp, err := os.CreateTemp(dir, "."+filepath.Base(path)+".*.tmp")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.Remove(tmp.Name())) }()
	_, err = tmp.Write(data)
	if err == nil {
		err = tmp.Chmod(0o444)
	}
	if err == nil {
		err = tmp.Sync()
	}
	if err = errors.Join(err, tmp.Close()); err != nil {
		return err
	}
	// A link, unlike a rename, never replaces what is there. Where the file system
	// has none, the name is taken first.
	err = os.Link(tmp.Name(), path)
	if err != nil && !errors.Is(err, os.ErrExist) {
		err = claim(path, data)
	}
	return errors.Join(err, syncDir(dir))
}

func claim(path string, data []byte) error {
	w, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o444)
	if err != nil {
		return err
	}
	_, err = w.Write(data)
	if err = errors.Join(err, w.Sync(), w.Close()); err != nil {
		return errors.Join(err, os.Remove(path))
	}
	return nil
}
