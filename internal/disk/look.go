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

// Exists tells whether a path is taken, be it by a link that leads nowhere.
func Exists(path string) bool {
	_, err := lstat(path)
	return err == nil
}

// IsFolder tells whether a path leads to a folder.
func IsFolder(path string) bool {
	info, err := stat(path)
	return err == nil && info.IsDir()
}

// IsFile tells whether a path leads to a regular file.
func IsFile(path string) bool {
	info, err := stat(path)
	return err == nil && info.Mode().IsRegular()
}

// IsLink tells whether a path is itself a symbolic link.
func IsLink(path string) bool {
	info, err := lstat(path)
	return err == nil && info.Mode()&fs.ModeSymlink != 0
}

// Same tells whether two paths lead to one file that exists.
func Same(a, b string) bool {
	x, err1 := stat(a)
	y, err2 := stat(b)
	return err1 == nil && err2 == nil && os.SameFile(x, y)
}

// Real is the absolute path of a file without links, as far as it exists.
func Real(path string) (string, error) {
	abs, err := filepath.Abs(path)
	if err != nil {
		return "", err
	}
	if real, err := resolve(abs); err == nil {
		return real, nil
	}
	return abs, nil
}

// Within tells whether a file would stand in a folder, or in one of that.
func Within(file, folder string) bool {
	dir, err1 := resolve(filepath.Dir(file))
	folder, err2 := resolve(folder)
	if err1 != nil || err2 != nil {
		return false // one of them does not exist
	}
	below, err := filepath.Rel(folder, dir)
	return err == nil && filepath.IsLocal(below)
}

// List lists the files of a folder whose names end in a suffix, in any case,
// sorted, each with the path of the folder; with deep also those of the folders in
// it, unless they are hidden or links. Devices and sockets are left out; a link
// counts as what it leads to.
func List(dir, suffix string, deep bool) ([]string, error) {
	entries, err := readDir(dir)
	if err != nil {
		return nil, folderError(dir, err)
	}
	var out []string
	for _, e := range entries {
		path := filepath.Join(dir, e.Name())
		if e.IsDir() && deep && !strings.HasPrefix(e.Name(), ".") {
			below, err := List(path, suffix, deep)
			if err != nil {
				return nil, err
			}
			out = append(out, below...)
		}
		if !strings.HasSuffix(strings.ToLower(e.Name()), suffix) {
			continue
		}
		if IsFile(path) {
			out = append(out, path)
		}
	}
	slices.Sort(out)
	return out, nil
}

func folderError(dir string, err error) error {
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return fmt.Errorf("%s: no such folder%w", Shown(dir), silent{err})
	case !IsFolder(dir):
		return fmt.Errorf("%s: is a file, not a folder", Shown(dir))
	}
	return notRead(dir, err)
}

// Tree is a folder as fs.FS, for fs.ReadFile and fs.ReadDir: its files are read
// with the limit of Read.
func Tree(dir string, limit int64) fs.FS { return tree{os.DirFS(dir), dir, limit} }

type tree struct {
	fs.FS
	dir   string
	limit int64
}

// ReadFile reads a file as Read does; the error does not name it.
func (t tree) ReadFile(name string) ([]byte, error) {
	if !fs.ValidPath(name) {
		return nil, &fs.PathError{Op: "read", Path: name, Err: fs.ErrInvalid}
	}
	data, err := read(filepath.Join(t.dir, filepath.FromSlash(name)), t.limit)
	if err != nil {
		return nil, &fs.PathError{Op: "read", Path: name, Err: reason(err)}
	}
	return data, nil
}

func (t tree) Sub(dir string) (fs.FS, error) {
	sub, err := fs.Sub(t.FS, dir)
	return tree{sub, filepath.Join(t.dir, filepath.FromSlash(dir)), t.limit}, err
}
