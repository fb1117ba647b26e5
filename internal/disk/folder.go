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
	w := &tree{dir: dir, o: o}
	defer w.close()
	if err := w.find(); err != nil {
		w.undo()
		return NotWritten(dir, err)
	}
	l, err := acquire(w.in, stem(w.name), dir, o)
	if err != nil && !errors.Is(err, ErrNoLocks) {
		w.undo()
		return err
	}
	defer l.release()
	err = w.write(entries, l != nil, check)
	if err == nil {
		return nil
	}
	w.discard()
	l.release()
	w.undo()
	return err
}

// tree is a folder on its way.
type tree struct {
	dir   string
	o     Options
	in    Folder // that holds the temporary folder: the folder itself, if it exists
	path  string // of in
	name  string // of the folder
	there bool
	temp  string
	made  []made
	above []Folder // to be closed
}

func (w *tree) find() error {
	switch info, err := system.Stat(w.dir); {
	case err == nil && !info.IsDir():
		return refusal("is a file, not a folder")
	case err == nil:
		w.there = true
		return w.open(w.dir)
	case !errors.Is(err, fs.ErrNotExist):
		return err
	}
	if _, err := system.Lstat(w.dir); err == nil {
		return refusal("is a symbolic link to a folder that does not exist")
	}
	return w.parents(filepath.Dir(filepath.Clean(w.dir)))
}

// open opens the folder that is to hold the temporary one.
func (w *tree) open(dir string) (err error) {
	if w.path, err = system.Resolve(dir); err != nil {
		return err
	}
	if err := inside(dir, w.path); err != nil {
		return err
	}
	w.in, err = system.Folder(w.path)
	w.name = filepath.Base(filepath.Clean(w.dir))
	if w.there {
		w.name = filepath.Base(w.path)
	}
	return err
}

// parents makes the folders above.
func (w *tree) parents(dir string) error {
	if _, err := system.Stat(dir); !errors.Is(err, fs.ErrNotExist) {
		return w.open(dir)
	}
	if err := w.parents(filepath.Dir(dir)); err != nil {
		return err
	}
	name := filepath.Base(dir)
	switch err := w.in.Mkdir(name, 0o777); {
	case err == nil:
		w.made = append(w.made, made{w.in, name})
	case !errors.Is(err, fs.ErrExist):
		return err
	}
	next, err := w.in.Sub(name)
	if err != nil {
		return err
	}
	w.above = append(w.above, w.in)
	w.in, w.path = next, filepath.Join(w.path, name)
	return nil
}

func (w *tree) write(entries []Entry, locked bool, check func(dir string) error) error {
	if locked {
		sweep(w.in, stem(w.name))
	}
	if w.there {
		if found, err := w.in.ReadDir(); err != nil {
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
	settle(w.in, w.dir, w.o)
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
	if err := w.in.RemoveAll(w.temp); err != nil {
		w.o.tell(fmt.Sprintf("%s: the temporary folder %s is left: %v", Shown(w.dir), Shown(w.temp), reason(err)))
	}
	w.temp = ""
}

// undo removes the folders that were made above.
func (w *tree) undo() {
	for i := len(w.made) - 1; i >= 0; i-- {
		_ = w.made[i].in.Remove(w.made[i].name)
	}
}

func (w *tree) close() {
	for _, f := range w.above {
		_ = f.Close()
	}
	if w.in != nil {
		_ = w.in.Close()
	}
}
