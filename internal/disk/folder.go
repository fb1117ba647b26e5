package disk

import (
	"errors"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
)

// A File is one file of a folder that is written whole.
type File struct {
	Path string // below the folder, with slashes
	Data []byte
}

// WriteFolder writes a folder that does not exist or is empty: all files or none.
// They are written to a temporary folder, which check (it may be nil) may look at,
// and which then takes its place. A folder that exists stays, as a shell may be in
// it or a volume mounted, and the files are moved into it one by one: after a kill
// some may be missing, and each one is whole.
func WriteFolder(dir string, files []File, o Options, check func(dir string) error) error {
	writing.RLock()
	defer writing.RUnlock()
	exists, beside := IsFolder(dir), dir
	if !exists {
		if Exists(dir) {
			return notWritten(dir, refusal("is not a folder"))
		}
		beside = filepath.Dir(filepath.Clean(dir))
	}
	r := run{o: o}
	err := r.add([]Output{{Below: beside, Path: tempName(), shown: dir}})
	if err == nil {
		w := folderWriter{r.targets[0], dir, exists}
		err = w.write(files, check)
	}
	return r.end(err)
}

// A folderWriter writes a folder; its target is the temporary one.
type folderWriter struct {
	*target
	dir    string // as it was given
	exists bool
}

func (w *folderWriter) write(files []File, check func(dir string) error) error {
	if w.exists {
		if left, err := w.folder.readDir(); err != nil || len(left) > 1 || len(left) == 1 && left[0].Name() != lockName {
			return errors.Join(notWritten(w.dir, refusal("is not empty; nothing was written. Give a new or an empty folder")), err)
		}
	}
	err := w.build(files)
	if err != nil {
		err = notWritten(w.dir, err)
	} else if check != nil {
		err = check(w.real)
	}
	if err == nil {
		err = w.place(files)
	}
	if err != nil {
		w.discard(w.name)
	}
	return err
}

// build writes the temporary folder.
func (w *folderWriter) build(files []File) error {
	if err := w.folder.mkdir(w.name, 0o777); err != nil {
		return err
	}
	root, err := w.folder.sub(w.name)
	if err != nil {
		return err
	}
	defer root.close()
	made := []string{"."}
	for _, f := range files {
		if !fs.ValidPath(f.Path) {
			return refusal(Shown(f.Path) + " is not the name of a file in it")
		}
		if made, err = root.mkdirAll(path.Dir(f.Path), made); err != nil {
			return err
		}
		if err := root.create(filepath.FromSlash(f.Path), f.Data); err != nil {
			return err
		}
	}
	for _, dir := range made {
		if err := root.sync(filepath.FromSlash(dir)); err != nil && !cannotSync(err) {
			return err
		}
	}
	return nil
}

// mkdirAll makes a folder and those above it, unless they are among made.
func (d folder) mkdirAll(dir string, made []string) ([]string, error) {
	if slices.Contains(made, dir) {
		return made, nil
	}
	made, err := d.mkdirAll(path.Dir(dir), made)
	if err != nil {
		return made, err
	}
	return append(made, dir), d.mkdir(filepath.FromSlash(dir), 0o777)
}

func (d folder) create(name string, data []byte) error {
	f, err := d.open(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o666)
	if err != nil {
		return err
	}
	err = f.write(data)
	if err == nil {
		err = f.sync()
	}
	return errors.Join(err, f.close())
}

// place brings the temporary folder to its place or, where the folder exists, what
// is in it.
func (w *folderWriter) place(files []File) error {
	if !w.exists {
		if err := w.folder.rename(w.name, filepath.Base(w.dir)); err != nil {
			return notWritten(w.dir, err)
		}
		w.settle()
		return nil
	}
	var placed []string
	for _, f := range files {
		name, _, _ := strings.Cut(f.Path, "/")
		if slices.Contains(placed, name) {
			continue
		}
		if err := w.folder.rename(filepath.Join(w.name, name), name); err != nil {
			err = notWritten(w.dir, err)
			for _, name := range placed {
				if undone := w.folder.remove(name); undone != nil {
					err = notUndone(err, filepath.Join(w.dir, name), undone)
				}
			}
			return err
		}
		placed = append(placed, name)
	}
	w.discard(w.name)
	w.settle()
	return nil
}
