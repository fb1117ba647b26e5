package disk

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// A target is where an output goes, found once: from then on every call is made
// within its open folder.
type target struct {
	Output
	shown  string      // as messages name it
	folder Folder      // that holds it; nil where it is written directly
	name   string      // in the folder
	real   string      // absolute, without links; which target this is
	was    fs.FileInfo // what stands there; nil: nothing
	above  []Folder    // the open folders above
	made   []made      // folders that were made for it
}

// made is a folder that was made, to be removed if the run fails.
type made struct {
	in   Folder
	name string
}

func (t *target) direct() bool { return t.folder == nil }

// find finds the target of an output.
func find(out Output) (t *target, err error) {
	t = &target{Output: out, shown: out.Path}
	if out.Below != "" {
		t.shown = filepath.Join(out.Below, out.Path)
		err = t.chosen()
	} else {
		err = t.given()
	}
	if err == nil && t.folder != nil {
		err = t.look()
	}
	if err != nil {
		t.undo()
		return nil, NotWritten(t.shown, err)
	}
	return t, nil
}

// given finds a target whose path a person gave.
func (t *target) given() error {
	if t.Path == "" {
		return refusal("an empty path names no file")
	}
	if _, ok := descriptor(t.Path); ok {
		return nil
	}
	info, err := system.Stat(t.Path)
	switch {
	case err == nil && info.IsDir():
		return refusal("is a folder, not a file")
	case err == nil && !info.Mode().IsRegular():
		return writable(info)
	case err == nil:
		if t.real, err = system.Resolve(t.Path); err != nil {
			return err
		}
	case errors.Is(err, fs.ErrNotExist):
		if t.real, err = t.missing(); err != nil {
			return err
		}
	default:
		return err
	}
	if err := inside(t.Path, t.real); err != nil {
		return err
	}
	t.name = filepath.Base(t.real)
	t.folder, err = system.Folder(filepath.Dir(t.real))
	return err
}

// writable refuses what exists, is no regular file and must not be written.
func writable(info fs.FileInfo) error {
	switch mode := info.Mode(); {
	case mode&fs.ModeNamedPipe != 0, mode&fs.ModeCharDevice != 0:
		return nil
	case mode&fs.ModeDevice != 0:
		return refusal("is a disk, not a file")
	}
	return kind(info)
}

// missing is the real path of a file that is not there yet.
func (t *target) missing() (string, error) {
	if _, err := system.Lstat(t.Path); err == nil {
		return "", refusal("is a symbolic link to a file that does not exist")
	}
	dir, err := system.Resolve(filepath.Dir(t.Path))
	return filepath.Join(dir, filepath.Base(t.Path)), err
}

// inside refuses a link that leads out of the git repository that holds it: who
// wrote the repository chose the target, not who typed the name.
func inside(path, target string) error {
	path, err := filepath.Abs(path)
	if err != nil || path == target {
		return err
	}
	for dir := filepath.Dir(path); ; dir = filepath.Dir(dir) {
		if _, err := system.Lstat(filepath.Join(dir, ".git")); err == nil {
			root, err := system.Resolve(dir)
			if below, outside := filepath.Rel(root, target); err == nil && (outside != nil || !filepath.IsLocal(below)) {
				return refusal(fmt.Sprintf("is a symbolic link that leads out of the repository; to write there, give %s itself", Shown(target)))
			}
			return err
		}
		if dir == filepath.Dir(dir) {
			return nil
		}
	}
}

// chosen finds a target whose name the program chose.
func (t *target) chosen() error {
	if !filepath.IsLocal(t.Path) {
		return refusal("is not the name of a file below " + Shown(t.Below))
	}
	below, err := system.Resolve(t.Below)
	if err == nil {
		err = inside(t.Below, below)
	}
	if err != nil {
		return err
	}
	if t.folder, err = system.Folder(below); err != nil {
		return err
	}
	t.real = filepath.Join(below, t.Path)
	parts := strings.Split(filepath.Clean(t.Path), string(filepath.Separator))
	t.name = parts[len(parts)-1]
	for _, part := range parts[:len(parts)-1] {
		if err := t.enter(part); err != nil {
			return err
		}
	}
	return nil
}

// enter goes on to a folder in the folder of the target, and makes it where it is
// missing.
func (t *target) enter(name string) error {
	info, err := t.folder.Lstat(name)
	if errors.Is(err, fs.ErrNotExist) {
		err = t.folder.Mkdir(name, folderMode(t.mode()))
		if err == nil {
			t.made = append(t.made, made{t.folder, name})
		} else if errors.Is(err, fs.ErrExist) {
			err = nil // somebody else made it meanwhile
		}
		if err == nil {
			info, err = t.folder.Lstat(name)
		}
	}
	if err != nil {
		return err
	}
	if info.Mode()&fs.ModeSymlink != 0 {
		return fmt.Errorf("its folder %s %w", Shown(name), ErrLink)
	}
	next, err := t.folder.Sub(name)
	if err != nil {
		return err
	}
	if opened, err := next.Lstat("."); err != nil || !os.SameFile(info, opened) {
		return errors.Join(err, next.Close(), refusal("was replaced while it was opened"))
	}
	t.above = append(t.above, t.folder)
	t.folder = next
	return nil
}

// look looks at what stands at the target. It must be a regular file or nothing.
func (t *target) look() error {
	info, err := t.folder.Lstat(t.name)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		t.was = nil
		return nil
	case err != nil:
		return err
	case t.New:
		return ErrExists
	case info.Mode()&fs.ModeSymlink != 0:
		return ErrLink
	case !info.Mode().IsRegular():
		if err := kind(info); err != nil {
			return err
		}
		return refusal("is a pipe, not a file")
	}
	t.was = info
	return nil
}

func (t *target) mode() fs.FileMode {
	if t.Mode != 0 {
		return t.Mode.Perm()
	}
	return 0o666
}

// folderMode is the mode of a folder for a file: as open as that, and its owner
// can work in it.
func folderMode(file fs.FileMode) fs.FileMode { return file | 0o300 | file&0o444>>2 }

// close closes the folders.
func (t *target) close() {
	for _, f := range t.above {
		_ = f.Close()
	}
	if t.folder != nil {
		_ = t.folder.Close()
	}
	t.made, t.above, t.folder = nil, nil, nil
}

// undo removes the folders that were made, and closes.
func (t *target) undo() {
	for i := len(t.made) - 1; i >= 0; i-- {
		_ = t.made[i].in.Remove(t.made[i].name) // fails where it is not empty, as it should
	}
	t.close()
}
