package disk

import (
	"io"
	"io/fs"
	"os"
	"path/filepath"
)

// A System is the calls of the operating system that this package makes. Tests
// replace it to let each of them fail (package disktest).
type System interface {
	Stat(path string) (fs.FileInfo, error)
	Lstat(path string) (fs.FileInfo, error)
	Resolve(path string) (string, error) // the absolute path without links
	Open(path string, flag int, perm fs.FileMode) (File, error)
	Descriptor(n int) (File, error) // a copy of an open descriptor
	Folder(path string) (Folder, error)
	ReadDir(path string) ([]fs.DirEntry, error)
}

// A Folder is an open folder. Names are local to it and lead nowhere else, even
// if its path is given to another folder meanwhile.
type Folder interface {
	Open(name string, flag int, perm fs.FileMode) (File, error)
	Sub(name string) (Folder, error)
	Lstat(name string) (fs.FileInfo, error)
	ReadDir() ([]fs.DirEntry, error)
	Mkdir(name string, perm fs.FileMode) error
	Link(from, to string) error
	Rename(from, to string) error
	Remove(name string) error
	RemoveAll(name string) error
	Sync() error
	Close() error
}

// A File is an open file.
type File interface {
	io.ReadWriteCloser
	io.ReaderAt
	io.WriterAt
	Stat() (fs.FileInfo, error)
	Chmod(mode fs.FileMode) error
	Chown(uid, gid int) error
	Sync() error
	TryLock() error // errBusy: somebody else has the lock
}

// system is the System of this process.
var system System = host{}

// Use replaces the System until restore is called. It is for tests, which must
// not run beside others.
func Use(wrap func(System) System) (restore func()) {
	before := system
	system = wrap(before)
	return func() { system = before }
}

// host is the operating system.
type host struct{}

func (host) Stat(path string) (fs.FileInfo, error)      { return os.Stat(path) }
func (host) Lstat(path string) (fs.FileInfo, error)     { return os.Lstat(path) }
func (host) ReadDir(path string) ([]fs.DirEntry, error) { return os.ReadDir(path) }

func (host) Resolve(path string) (string, error) {
	path, err := filepath.Abs(path)
	if err != nil {
		return "", err
	}
	return filepath.EvalSymlinks(path)
}

func (host) Open(path string, flag int, perm fs.FileMode) (File, error) {
	return file(os.OpenFile(path, flag, perm))
}

func (host) Folder(path string) (Folder, error) { return folder(os.OpenRoot(path)) }

type osFile struct{ *os.File }

func file(f *os.File, err error) (File, error) {
	if err != nil {
		return nil, err
	}
	return osFile{f}, nil
}

type osFolder struct{ root *os.Root }

func folder(r *os.Root, err error) (Folder, error) {
	if err != nil {
		return nil, err
	}
	return osFolder{r}, nil
}

func (d osFolder) Open(name string, flag int, perm fs.FileMode) (File, error) {
	return file(d.root.OpenFile(name, flag, perm))
}

func (d osFolder) ReadDir() ([]fs.DirEntry, error) {
	f, err := d.root.Open(".")
	if err != nil {
		return nil, err
	}
	defer func() { _ = f.Close() }()
	return f.ReadDir(-1)
}

func (d osFolder) Sync() error {
	f, err := d.root.Open(".")
	if err != nil {
		return err
	}
	defer func() { _ = f.Close() }() // it was only opened to be synced
	return f.Sync()
}

func (d osFolder) Sub(name string) (Folder, error)           { return folder(d.root.OpenRoot(name)) }
func (d osFolder) Lstat(name string) (fs.FileInfo, error)    { return d.root.Lstat(name) }
func (d osFolder) Mkdir(name string, perm fs.FileMode) error { return d.root.Mkdir(name, perm) }
func (d osFolder) Link(from, to string) error                { return d.root.Link(from, to) }
func (d osFolder) Rename(from, to string) error              { return d.root.Rename(from, to) }
func (d osFolder) Remove(name string) error                  { return d.root.Remove(name) }
func (d osFolder) RemoveAll(name string) error               { return d.root.RemoveAll(name) }
func (d osFolder) Close() error                              { return d.root.Close() }
