package disk

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// Exists reports whether a path exists. A dangling symbolic link exists.
func Exists(path string) bool {
	_, err := lstat(path)
	return err == nil
}

// IsFolder reports whether a path leads to a folder.
func IsFolder(path string) bool {
	info, err := stat(path)
	return err == nil && info.IsDir()
}

// IsFile reports whether a path leads to a regular file.
func IsFile(path string) bool {
	info, err := stat(path)
	return err == nil && info.Mode().IsRegular()
}

// IsLink reports whether a path is a symbolic link.
func IsLink(path string) bool {
	info, err := lstat(path)
	return err == nil && info.Mode()&fs.ModeSymlink != 0
}

// SameFile reports whether two paths lead to the same existing file.
func SameFile(a, b string) bool {
	x, err1 := stat(a)
	y, err2 := stat(b)
	return err1 == nil && err2 == nil && os.SameFile(x, y)
}

// A Stamp identifies a version of a file by its existence, identity, size and modification
// time. It does not detect a change in place to the same size within one tick of the clock
// of the file system.
type Stamp struct{ info fs.FileInfo }

// StampOf returns the stamp of a file.
func StampOf(path string) Stamp {
	info, err := stat(path)
	if err != nil {
		return Stamp{}
	}
	return Stamp{info}
}

// Equal reports whether a file was unchanged between two stamps.
func (m Stamp) Equal(n Stamp) bool {
	if m.info == nil || n.info == nil {
		return m.info == nil && n.info == nil
	}
	return os.SameFile(m.info, n.info) && m.info.Size() == n.info.Size() && m.info.ModTime().Equal(n.info.ModTime())
}

// RealPath returns the absolute path of a file, without symbolic links if it exists.
func RealPath(path string) string {
	if resolved, err := resolve(path); err == nil {
		return resolved
	}
	path, _ = filepath.Abs(path) // fails only if the working folder was removed
	return path
}

// TempDir returns the folder for temporary files.
func TempDir() string { return os.TempDir() }

// RepositoryRoot returns the root of the git repository that contains a folder, or empty.
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

// IsWithin reports whether a file, which need not exist, is in a folder or below it.
func IsWithin(file, folder string) bool {
	below, err := filepath.Rel(RealPath(folder), RealPath(filepath.Dir(file)))
	return err == nil && filepath.IsLocal(below)
}

// List returns the sorted paths of the files in a folder whose names end in a suffix,
// ignoring case. With deep it includes folders below, except hidden ones and links. Only
// regular files and links to them are listed. If a folder below cannot be read, the other
// files are still returned, and the error names each unreadable folder.
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

// DirFS returns a folder as fs.FS. fs.ReadFile applies the limit and checks of Read.
func DirFS(dir string, limit int64) fs.FS { return tree{os.DirFS(dir), dir, limit} }

type tree struct {
	fs.FS
	dir   string
	limit int64
}

// ReadFile reads a file like Read.
func (t tree) ReadFile(name string) ([]byte, error) {
	if !fs.ValidPath(name) {
		return nil, &fs.PathError{Op: "read", Path: name, Err: fs.ErrInvalid}
	}
	data, err := read(filepath.Join(t.dir, filepath.FromSlash(name)), t.limit)
	if err != nil {
		return nil, &fs.PathError{Op: "read", Path: name, Err: underlying(err)}
	}
	return data, nil
}
