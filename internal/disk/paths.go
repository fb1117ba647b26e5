package disk

import (
	"errors"
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

// SameFile tells whether two paths lead to one file that exists.
func SameFile(a, b string) bool {
	x, err1 := stat(a)
	y, err2 := stat(b)
	return err1 == nil && err2 == nil && os.SameFile(x, y)
}

// A Stamp is what a file looks like from outside: whether it exists, which one it is, its
// size and when it was changed. A file that was changed in place within one tick of the
// file system's clock, to the same size, has the same mark.
type Stamp struct{ info fs.FileInfo }

// StampOf looks at a file, without reading it.
func StampOf(path string) Stamp {
	info, err := stat(path)
	if err != nil {
		return Stamp{}
	}
	return Stamp{info}
}

// Equal tells whether two stamps are those of a file that was not changed in between.
func (m Stamp) Equal(n Stamp) bool {
	if m.info == nil || n.info == nil {
		return m.info == nil && n.info == nil
	}
	return os.SameFile(m.info, n.info) && m.info.Size() == n.info.Size() && m.info.ModTime().Equal(n.info.ModTime())
}

// RealPath is the absolute path of a file, without links if it exists.
func RealPath(path string) string {
	if resolved, err := resolve(path); err == nil {
		return resolved
	}
	path, _ = filepath.Abs(path) // fails only where the working folder is gone
	return path
}

// TempDir is the folder for temporary files.
func TempDir() string { return os.TempDir() }

// RepositoryRoot is the folder of the git repository that holds a folder; empty where none
// does.
func RepositoryRoot(dir string) string {
	dir, err := filepath.Abs(dir)
	for err == nil && !Exists(filepath.Join(dir, ".git")) {
		if dir == filepath.Dir(dir) {
			return ""
		}
		dir = filepath.Dir(dir)
	}
	return dir
}

// IsWithin tells whether a file would stand in a folder, or in one of that.
func IsWithin(file, folder string) bool {
	below, err := filepath.Rel(RealPath(folder), RealPath(filepath.Dir(file)))
	return err == nil && filepath.IsLocal(below)
}

// List lists the files of a folder whose names end in a suffix, in any case,
// sorted, each with the path of the folder; with deep also those of the folders in
// it, unless they are hidden or links. Devices and sockets are left out; a link
// counts as what it leads to. Where a folder below cannot be read, the files of the others
// are listed all the same, and the error names each that was not read.
func List(dir, suffix string, deep bool) ([]string, error) {
	entries, err := readDir(dir)
	if err != nil {
		return nil, notRead(dir, err)
	}
	var out []string
	var errs []error
	for _, e := range entries {
		path := filepath.Join(dir, e.Name())
		if e.IsDir() && deep && !strings.HasPrefix(e.Name(), ".") {
			below, err := List(path, suffix, deep)
			errs, out = append(errs, err), append(out, below...)
		}
		if strings.HasSuffix(strings.ToLower(e.Name()), suffix) && (e.Type().IsRegular() || IsFile(path)) {
			out = append(out, path)
		}
	}
	slices.Sort(out)
	return out, errors.Join(errs...)
}

// DirFS is a folder as fs.FS, whose files fs.ReadFile reads with the limit of Read.
func DirFS(dir string, limit int64) fs.FS { return tree{os.DirFS(dir), dir, limit} }

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
