package disk

import (
	"errors"
	"io/fs"
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"
)

// build writes the temporary folder.
func (w *tree) build(entries []Entry) error {
	temp := tempName(w.name)
	if err := w.folder.Mkdir(temp, 0o777); err != nil {
		return err
	}
	w.temp = temp
	root, err := w.folder.Sub(temp)
	if err != nil {
		return err
	}
	defer func() { _ = root.Close() }()
	made := map[string]bool{".": true}
	for _, e := range entries {
		if !fs.ValidPath(e.Path) {
			return refusal(Shown(e.Path) + " is not the name of a file in it")
		}
		if err := mkdirAll(root, path.Dir(e.Path), made); err != nil {
			return err
		}
		if err := create(root, filepath.FromSlash(e.Path), e.Data); err != nil {
			return err
		}
	}
	for _, dir := range slices.Sorted(maps.Keys(made)) {
		if err := syncFolder(root, filepath.FromSlash(dir)); err != nil && !cannotSync(err) {
			return err
		}
	}
	return nil
}

func syncFolder(root Folder, dir string) error {
	f, err := root.Sub(dir)
	if err != nil {
		return err
	}
	return errors.Join(f.Sync(), f.Close())
}

func mkdirAll(root Folder, dir string, made map[string]bool) error {
	if made[dir] {
		return nil
	}
	if err := mkdirAll(root, path.Dir(dir), made); err != nil {
		return err
	}
	made[dir] = true
	return root.Mkdir(filepath.FromSlash(dir), 0o777)
}

func create(root Folder, name string, data []byte) error {
	f, err := root.Open(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o666)
	if err != nil {
		return err
	}
	_, err = f.Write(data)
	if err == nil {
		err = f.Sync()
	}
	return errors.Join(err, f.Close())
}

// place brings the temporary folder, or where the folder exists what is in it, to
// its place.
func (w *tree) place() error {
	if !w.there {
		err := w.folder.Rename(w.temp, w.name)
		if err == nil {
			w.temp = ""
		}
		return err
	}
	temp, err := w.folder.Sub(w.temp)
	if err != nil {
		return err
	}
	found, err := temp.ReadDir()
	_ = temp.Close()
	if err != nil {
		return err
	}
	for i, e := range found {
		if err := w.folder.Rename(filepath.Join(w.temp, e.Name()), e.Name()); err != nil {
			for _, placed := range found[:i] {
				if undone := w.folder.RemoveAll(placed.Name()); undone != nil {
					err = notUndone(reason(err), filepath.Join(w.dir, placed.Name()), undone)
				}
			}
			return err
		}
	}
	w.discard()
	return nil
}
