package disk

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// Exists tells whether anything stands at a path, be it a link that leads nowhere.
func Exists(path string) (bool, error) {
	_, err := system.Lstat(path)
	if errors.Is(err, fs.ErrNotExist) {
		return false, nil
	}
	if err != nil {
		return false, notRead(path, err)
	}
	return true, nil
}

// IsFolder tells whether a path leads to a folder.
func IsFolder(path string) bool {
	info, err := system.Stat(path)
	return err == nil && info.IsDir()
}

// IsLink tells whether a path is itself a symbolic link.
func IsLink(path string) bool {
	info, err := system.Lstat(path)
	return err == nil && info.Mode()&fs.ModeSymlink != 0
}

// Same tells whether two paths lead to one file that exists.
func Same(a, b string) bool {
	x, err1 := system.Stat(a)
	y, err2 := system.Stat(b)
	return err1 == nil && err2 == nil && os.SameFile(x, y)
}

// Within tells whether a file would stand in a folder, or in one of that.
func Within(file, folder string) bool {
	dir, err1 := system.Resolve(filepath.Dir(file))
	folder, err2 := system.Resolve(folder)
	if err1 != nil || err2 != nil {
		return false // one of them does not exist
	}
	below, err := filepath.Rel(folder, dir)
	return err == nil && filepath.IsLocal(below)
}

// List lists the files of a folder whose names end in a suffix, sorted, each with
// the path of the folder. Folders, devices and sockets are left out; a link counts
// as what it leads to.
func List(dir, suffix string) ([]string, error) {
	entries, err := system.ReadDir(dir)
	if err != nil {
		return nil, folderError(dir, err)
	}
	var out []string
	for _, e := range entries {
		path := filepath.Join(dir, e.Name())
		if strings.HasSuffix(strings.ToLower(e.Name()), suffix) && isRegular(path, e) {
			out = append(out, path)
		}
	}
	slices.Sort(out)
	return out, nil
}

func isRegular(path string, e fs.DirEntry) bool {
	if e.Type()&fs.ModeSymlink == 0 {
		return e.Type().IsRegular()
	}
	info, err := system.Stat(path)
	return err == nil && info.Mode().IsRegular()
}

// Walk is List for a folder and all that are in it. Links to folders and hidden
// folders are not entered.
func Walk(dir, suffix string) ([]string, error) {
	out, err := List(dir, suffix)
	if err != nil {
		return nil, err
	}
	entries, err := system.ReadDir(dir)
	if err != nil {
		return nil, folderError(dir, err)
	}
	for _, e := range entries {
		if !e.IsDir() || strings.HasPrefix(e.Name(), ".") {
			continue
		}
		below, err := Walk(filepath.Join(dir, e.Name()), suffix)
		if err != nil {
			return nil, err
		}
		out = append(out, below...)
	}
	slices.Sort(out)
	return out, nil
}

func folderError(dir string, err error) error {
	if info, statErr := system.Stat(dir); statErr == nil && !info.IsDir() {
		return fmt.Errorf("%s: is a file, not a folder", Shown(dir))
	}
	if errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("%s: no such folder%w", Shown(dir), silent{err})
	}
	return notRead(dir, err)
}

// Tree is a folder as fs.FS, whose files are read with the limit of Read. It is for
// reading alone.
func Tree(dir string, limit int64) fs.FS { return files{dir, limit} }

type files struct {
	dir   string
	limit int64
}

func (t files) path(op, name string) (string, error) {
	if !fs.ValidPath(name) {
		return "", &fs.PathError{Op: op, Path: name, Err: fs.ErrInvalid}
	}
	return filepath.Join(t.dir, filepath.FromSlash(name)), nil
}

// Open is not for reading: it serves fs.Stat and fs.Sub.
func (t files) Open(name string) (fs.File, error) {
	return nil, &fs.PathError{Op: "open", Path: name, Err: errors.ErrUnsupported}
}

// ReadFile reads a file as Read does; the error does not name it.
func (t files) ReadFile(name string) ([]byte, error) {
	path, err := t.path("read", name)
	if err != nil {
		return nil, err
	}
	in, err := read(path, t.limit)
	if err != nil {
		return nil, &fs.PathError{Op: "read", Path: name, Err: reason(err)}
	}
	return in.Raw(), nil
}

func (t files) ReadDir(name string) ([]fs.DirEntry, error) {
	path, err := t.path("readdir", name)
	if err != nil {
		return nil, err
	}
	return system.ReadDir(path)
}

func (t files) Sub(dir string) (fs.FS, error) {
	path, err := t.path("sub", dir)
	return files{path, t.limit}, err
}
