package disk

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
)

// call makes a system call. All system calls of this package go through it, so that tests
// can make each of them fail. data is the data of a write, else nil.
var call = func(_ string, _ *[]byte, do func() error) error { return do() }

// callFor is like call, for functions that return a value.
func callFor[T any](name string, do func() (T, error)) (out T, err error) {
	err = call(name, nil, func() error {
		out, err = do()
		return err
	})
	return out, err
}

func stat(path string) (fs.FileInfo, error) {
	return callFor("stat "+path, func() (fs.FileInfo, error) { return os.Stat(path) })
}

func lstat(path string) (fs.FileInfo, error) {
	return callFor("lstat "+path, func() (fs.FileInfo, error) { return os.Lstat(path) })
}

func readDir(path string) ([]fs.DirEntry, error) {
	return callFor("readdir "+path, func() ([]fs.DirEntry, error) { return os.ReadDir(path) })
}

func open(path string, flag int, mode fs.FileMode) (file, error) {
	return callFor("open "+path, func() (file, error) { return asFile(os.OpenFile(path, flag, mode)) })
}

// resolve returns the absolute path without symbolic links.
func resolve(path string) (string, error) {
	path, err := filepath.Abs(path)
	if err != nil {
		return "", err
	}
	return callFor("resolve "+path, func() (string, error) { return filepath.EvalSymlinks(path) })
}

// A file is an open file.
type file struct{ *os.File }

func asFile(f *os.File, err error) (file, error) { return file{f}, err }

func (f file) Read(p []byte) (int, error) {
	return callFor("read", func() (int, error) { return f.File.Read(p) })
}

// write writes data.
func (f file) write(data []byte) error {
	return call("write", &data, func() error {
		_, err := f.Write(data)
		return err
	})
}

func (f file) stat() (fs.FileInfo, error) { return callFor("fstat", f.Stat) }

func (f file) chmod(mode fs.FileMode) error {
	return call("chmod", nil, func() error { return f.Chmod(mode) })
}

func (f file) chown(uid, gid int) error {
	return call("chown", nil, func() error { return f.Chown(uid, gid) })
}

func (f file) sync() error { return call("sync file", nil, f.Sync) }

func (f file) tryLock() error { return call("lock", nil, func() error { return tryLock(f.File) }) }

// close always closes the file. An error means that written data may be lost.
func (f file) close() error {
	err := f.Close()
	return call("close", nil, func() error { return err })
}

// A folder is an open folder. Names are resolved inside it, even if another folder replaces
// it at its path.
type folder struct{ root *os.Root }

func openFolder(path string) (folder, error) {
	return callFor("open "+path, func() (folder, error) { return asFolder(os.OpenRoot(path)) })
}

func asFolder(r *os.Root, err error) (folder, error) { return folder{r}, err }

func (d folder) sub(name string) (folder, error) {
	return callFor("open "+name, func() (folder, error) { return asFolder(d.root.OpenRoot(name)) })
}

func (d folder) open(name string, flag int, mode fs.FileMode) (file, error) {
	return callFor("open "+name, func() (file, error) { return asFile(d.root.OpenFile(name, flag, mode)) })
}

func (d folder) lstat(name string) (fs.FileInfo, error) {
	return callFor("lstat "+name, func() (fs.FileInfo, error) { return d.root.Lstat(name) })
}

// names lists the folder in no order. It does not look at the files, of which there may be many.
func (d folder) names() ([]string, error) {
	return callFor("readdir", func() ([]string, error) {
		f, err := d.root.Open(".")
		if err != nil {
			return nil, err
		}
		names, err := f.Readdirnames(-1)
		return names, errors.Join(err, f.Close())
	})
}

func (d folder) mkdir(name string, mode fs.FileMode) error {
	return call("mkdir "+name, nil, func() error { return d.root.Mkdir(name, mode) })
}

func (d folder) link(from, to string) error {
	return call("link "+from, nil, func() error { return d.root.Link(from, to) })
}

func (d folder) rename(from, to string) error {
	return call("rename "+to, nil, func() error { return retry(func() error { return d.root.Rename(from, to) }) })
}

// remove removes a file, or a folder with its content.
func (d folder) remove(name string) error {
	return call("remove "+name, nil, func() error { return d.root.RemoveAll(name) })
}

// rmdir removes an empty folder.
func (d folder) rmdir(name string) error {
	return call("rmdir "+name, nil, func() error { return d.root.Remove(name) })
}

// sync syncs the entries of a folder to disk.
func (d folder) sync(name string) error {
	return call("sync folder", nil, func() error {
		f, err := d.root.Open(name)
		if err != nil {
			return err
		}
		defer func() { _ = f.Close() }() // opened for the sync only
		return f.Sync()
	})
}

func (d folder) close() {
	if d.root != nil {
		_ = d.root.Close() // nothing depends on it
	}
}
