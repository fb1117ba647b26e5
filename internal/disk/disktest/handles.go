package disktest

import (
	"io/fs"

	"github.com/iotlens/iotlens/internal/disk"
)

// folder is an open folder of a System.
type folder struct {
	disk.Folder
	s *System
}

func (d *folder) Open(name string, flag int, perm fs.FileMode) (disk.File, error) {
	return d.s.file("open "+name, func() (disk.File, error) { return d.Folder.Open(name, flag, perm) })
}

func (d *folder) Sub(name string) (disk.Folder, error) {
	return d.s.folder("open "+name, func() (disk.Folder, error) { return d.Folder.Sub(name) })
}

func (d *folder) Lstat(name string) (fs.FileInfo, error) {
	return get(d.s, "lstat "+name, func() (fs.FileInfo, error) { return d.Folder.Lstat(name) })
}

func (d *folder) ReadDir() ([]fs.DirEntry, error) {
	return get(d.s, "readdir", func() ([]fs.DirEntry, error) { return d.Folder.ReadDir() })
}

func (d *folder) Mkdir(name string, perm fs.FileMode) error {
	return d.s.do("mkdir "+name, func() error { return d.Folder.Mkdir(name, perm) }, nil)
}

func (d *folder) Link(from, to string) error {
	return d.s.do("link "+from, func() error { return d.Folder.Link(from, to) }, nil)
}

func (d *folder) Rename(from, to string) error {
	return d.s.do("rename "+to, func() error { return d.Folder.Rename(from, to) }, nil)
}

func (d *folder) Remove(name string) error {
	return d.s.do("remove "+name, func() error { return d.Folder.Remove(name) }, nil)
}

func (d *folder) RemoveAll(name string) error {
	return d.s.do("removeall "+name, func() error { return d.Folder.RemoveAll(name) }, nil)
}

func (d *folder) Sync() error { return d.s.do("sync folder", func() error { return nil }, nil) }

// Close closes whatever comes of it, as the system does.
func (d *folder) Close() error {
	err := d.Folder.Close()
	return d.s.do("close folder", func() error { return err }, nil)
}

// file is an open file of a System.
type file struct {
	disk.File
	s    *System
	name string
}

func (f *file) Read(p []byte) (n int, err error) {
	err = f.s.do("read", func() error {
		n, err = f.File.Read(p)
		return err
	}, nil)
	return n, err
}

func (f *file) Write(p []byte) (n int, err error) {
	half := func() { n, _ = f.File.Write(p[:len(p)/2]) }
	err = f.s.do("write "+f.name, func() error {
		n, err = f.File.Write(p)
		return err
	}, half)
	return n, err
}

func (f *file) ReadAt(p []byte, off int64) (n int, err error) {
	err = f.s.do("pread", func() error {
		n, err = f.File.ReadAt(p, off)
		return err
	}, nil)
	return n, err
}

func (f *file) WriteAt(p []byte, off int64) (n int, err error) {
	half := func() { n, _ = f.File.WriteAt(p[:len(p)/2], off) }
	err = f.s.do("pwrite", func() error {
		n, err = f.File.WriteAt(p, off)
		return err
	}, half)
	return n, err
}

func (f *file) Stat() (fs.FileInfo, error) {
	return get(f.s, "fstat "+f.name, func() (fs.FileInfo, error) { return f.File.Stat() })
}

func (f *file) Chmod(mode fs.FileMode) error {
	return f.s.do("chmod", func() error { return f.File.Chmod(mode) }, nil)
}

func (f *file) Chown(uid, gid int) error {
	return f.s.do("chown", func() error { return f.File.Chown(uid, gid) }, nil)
}

func (f *file) Sync() error { return f.s.do("sync "+f.name, func() error { return nil }, nil) }

func (f *file) TryLock() error {
	return f.s.do("lock", func() error { return f.File.TryLock() }, nil)
}

func (f *file) Close() error {
	err := f.File.Close() // whatever is said of it, as the system does
	return f.s.do("close "+f.name, func() error { return err }, nil)
}
