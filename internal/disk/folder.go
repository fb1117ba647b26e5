package disk

import (
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
)

// An Entry is one file of a folder that is written whole.
type Entry struct {
	Path string // below the folder, with slashes
	Data []byte
}

// WriteFolder writes a folder that does not exist or is empty: all files or none.
// They are written to a temporary folder, which check (it may be nil) may look at
// under its path, and which then takes its place. A folder that exists stays, as a
// shell may be in it or a volume mounted, and the files are moved into it one by
// one: after a kill some may be missing, and each one is whole.
func WriteFolder(dir string, entries []Entry, o Options, check func(dir string) error) error {
	w := &tree{target: target{shown: dir}, dir: dir, o: o}
	if err := w.find(); err != nil {
		w.undo()
		return NotWritten(dir, err)
	}
	l, err := acquire(w.folder, stem(w.name), dir, o)
	if err == nil || errors.Is(err, ErrNoLocks) {
		err = w.write(entries, l != nil, check)
	}
	if err != nil {
		w.discard()
	}
	l.release()
	if err != nil {
		w.undo()
	}
	w.close()
	return err
}

// tree is a folder on its way: a target whose folder holds the temporary one. If
// the folder exists, that is the folder itself.
type tree struct {
	target
	o     Options
	dir   string // as it was given
	path  string // of the folder that holds the temporary one
	there bool
	temp  string
}

func (w *tree) find() error {
	info, err := system.Stat(w.dir)
	switch {
	case err == nil && !info.IsDir():
		return refusal("is a file, not a folder")
	case errors.Is(err, fs.ErrNotExist):
		if _, err := system.Lstat(w.dir); err == nil {
			return refusal("is a symbolic link to a folder that does not exist")
		}
		w.Below, w.Path = existing(w.dir)
		err := w.chosen()
		w.path = filepath.Dir(w.real)
		return err
	case err != nil:
		return err
	}
	w.there = true
	if w.path, err = system.Resolve(w.dir); err != nil {
		return err
	}
	w.name = filepath.Base(w.path)
	if err := inside(w.dir, w.path); err != nil {
		return err
	}
	w.folder, err = system.Folder(w.path)
	return err
}

// existing splits a path: the folder that exists, and what would have to be made
// in it.
func existing(path string) (folder, rest string) {
	folder, rest = filepath.Dir(filepath.Clean(path)), filepath.Base(filepath.Clean(path))
	for folder != filepath.Dir(folder) {
		if _, err := system.Stat(folder); !errors.Is(err, fs.ErrNotExist) {
			break
		}
		folder, rest = filepath.Dir(folder), filepath.Join(filepath.Base(folder), rest)
	}
	return folder, rest
}

func (w *tree) write(entries []Entry, locked bool, check func(dir string) error) error {
	if locked {
		sweep(w.folder, stem(w.name))
	}
	if w.there {
		if found, err := w.folder.ReadDir(); err != nil {
			return NotWritten(w.dir, err)
		} else if w.occupied(found) {
			return fmt.Errorf("%s: is not empty; nothing was written. Give a new or an empty folder", Shown(w.dir))
		}
	}
	if err := w.build(entries); err != nil {
		return NotWritten(w.dir, err)
	}
	if check != nil {
		if err := check(filepath.Join(w.path, w.temp)); err != nil {
			return err
		}
	}
	if err := w.place(); err != nil {
		return NotWritten(w.dir, err)
	}
	settle(w.folder, w.dir, w.o)
	return nil
}

// occupied tells whether anything but the lock file is in the folder.
func (w *tree) occupied(found []fs.DirEntry) bool {
	for _, e := range found {
		if e.Name() != "."+stem(w.name)+lockSuffix {
			return true
		}
	}
	return false
}

// discard removes the temporary folder.
func (w *tree) discard() {
	if w.temp == "" {
		return
	}
	if err := w.folder.RemoveAll(w.temp); err != nil {
		w.o.tell(fmt.Sprintf("%s: the temporary folder %s is left: %v", Shown(w.dir), Shown(w.temp), reason(err)))
	}
	w.temp = ""
}
