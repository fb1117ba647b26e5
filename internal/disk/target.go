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
	o      Options
	shown  string      // as messages name it
	folder folder      // that holds it; none where it is written directly
	name   string      // in the folder
	real   string      // absolute path without links
	was    fs.FileInfo // what is there; nil: nothing
	below  folder      // the open folder Root, if folders had to be made in it
	made   []string    // those, from there
	temp   string      // the temporary file with its content; empty once it is renamed
	backup string      // a second name of what was there; empty: none
	placed bool        // the new content has its name
}

// direct tells whether the target is written directly: a pipe, a device.
func (t *target) direct() bool { return t.folder.root == nil }

// find finds the target of an output.
func find(out Output, o Options) (t *target, err error) {
	t = &target{Output: out, o: o}
	if out.Root == "" {
		t.shown = out.Path
		err = t.findGiven()
	} else {
		t.shown = filepath.Join(out.Root, out.Path)
		err = t.findChosen()
	}
	if err == nil && !t.direct() {
		err = t.look()
	}
	if err != nil {
		t.undo()
		return nil, notWritten(t.shown, err)
	}
	return t, nil
}

// standard is the stream of this process that a path names. To open it anew would
// begin at the start of a redirected file, over what is there.
func standard(path string) (f file, ok bool) {
	switch path {
	case "/dev/stdout":
		return file{os.Stdout}, true
	case "/dev/stderr":
		return file{os.Stderr}, true
	}
	return file{}, false
}

// kept tells whether a name is one of Windows's own, there: CON and its kin, with any
// extension, and what has a colon. NUL is one that people mean.
func kept(name string) bool {
	return !filepath.IsLocal(name) && name != ".." && name != string(filepath.Separator) && !strings.EqualFold(name, "NUL")
}

// findGiven finds a target whose path a person gave.
func (t *target) findGiven() error {
	if t.Path == "" || t.Path == Stdin {
		return refusal("is not the name of a file to write")
	}
	if _, ok := standard(t.Path); ok {
		return nil
	}
	if kept(filepath.Base(t.Path)) {
		return refusal("is a name that Windows keeps for devices and streams; choose another")
	}
	info, err := stat(t.Path)
	switch {
	case err == nil && info.Mode().IsRegular():
		t.real, err = resolve(t.Path)
	case err == nil && info.Mode()&(fs.ModeNamedPipe|fs.ModeCharDevice) != 0:
		return nil
	case err == nil:
		return readable(info)
	case errors.Is(err, fs.ErrNotExist) && IsLink(t.Path):
		return refusal("is a symbolic link to a file that does not exist")
	case errors.Is(err, fs.ErrNotExist):
		var dir string
		dir, err = resolve(filepath.Dir(t.Path))
		t.real = filepath.Join(dir, filepath.Base(t.Path))
	}
	if err == nil {
		err = inside(t.Path, t.real)
	}
	if err != nil {
		return err
	}
	t.name = filepath.Base(t.real)
	t.folder, err = openFolder(filepath.Dir(t.real))
	return err
}

// inside refuses a link that leads out of the git repository that holds it: who
// wrote the repository chose the target, not who typed the name.
func inside(path, target string) error {
	path, err := filepath.Abs(path)
	if err != nil || path == target {
		return err
	}
	dir := RepositoryRoot(filepath.Dir(path))
	if dir == "" {
		return nil
	}
	root, err := resolve(dir)
	if err != nil {
		return err
	}
	if below, err := filepath.Rel(root, target); err != nil || !filepath.IsLocal(below) {
		return refusal(fmt.Sprintf("is a symbolic link that leads out of the repository; to write there, give %s itself", DisplayPath(target)))
	}
	return nil
}

// findChosen finds a target whose name the program chose, and makes the folders
// that it lacks.
func (t *target) findChosen() error {
	if !filepath.IsLocal(t.Path) {
		return refusal("is not the name of a file below " + DisplayPath(t.Root))
	}
	given, rest := existing(t.Root)
	below, err := resolve(given)
	if err == nil {
		err = inside(given, below)
	}
	if err == nil {
		t.below, err = openFolder(below)
	}
	if err != nil {
		return err
	}
	name := filepath.Join(rest, t.Path)
	t.real, t.name = filepath.Join(below, name), filepath.Base(name)
	dir := filepath.Dir(name)
	at := ""
	for part := range strings.SplitSeq(dir, string(filepath.Separator)) {
		at = filepath.Join(at, part)
		if err := t.enter(at); err != nil {
			return err
		}
	}
	t.folder, err = t.below.sub(dir)
	return err
}

// existing splits the path of a folder: as far as it exists, and what would have to
// be made in that.
func existing(path string) (folder, rest string) {
	folder = filepath.Clean(path)
	for !Exists(folder) && folder != filepath.Dir(folder) {
		folder, rest = filepath.Dir(folder), filepath.Join(filepath.Base(folder), rest)
	}
	return folder, rest
}

// enter looks at a folder on the way to the target, and makes it where it is missing.
func (t *target) enter(dir string) error {
	info, err := t.below.lstat(dir)
	if errors.Is(err, fs.ErrNotExist) {
		mode := t.mode() // as open as the file, and its owner can work in it
		err = t.below.mkdir(dir, mode|0o300|mode&0o444>>2)
		if err == nil {
			t.made = append(t.made, dir)
		}
		return err
	}
	switch {
	case err != nil:
		return err
	case info.Mode()&fs.ModeSymlink != 0:
		return fmt.Errorf("its folder %s %w", DisplayPath(dir), ErrLink)
	case !info.IsDir():
		return refusal(fmt.Sprintf("not written: %s is not a folder", DisplayPath(dir)))
	}
	return nil
}

// look looks at what is there now. It must be a regular file or nothing.
func (t *target) look() error {
	info, err := t.folder.lstat(t.name)
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
		return errors.Join(readable(info), refusal("is not a regular file"))
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

func (t *target) close() {
	t.folder.close()
	t.below.close()
	t.folder, t.below = folder{}, folder{}
}

// undo removes the folders that were made, as far as they are empty, and closes.
func (t *target) undo() {
	for i := len(t.made) - 1; i >= 0; i-- {
		_ = t.below.rmdir(t.made[i])
	}
	t.made = nil
	t.close()
}

// keep gives a file the owner and the mode of the one that it replaces. Where the
// group can't be kept, another one gets no more than everybody had.
func (t *target) keep(f file) error {
	mode := t.was.Mode().Perm()
	now, err := f.stat()
	if err != nil {
		return err
	}
	uid, gid, _ := owner(t.was)
	if u, g, _ := owner(now); (u != uid || g != gid) && f.chown(uid, gid) != nil {
		t.o.warn("%s: its owner could not be kept", DisplayPath(t.shown))
		if f.chown(-1, gid) != nil {
			mode = mode&^0o070 | mode&0o007<<3
		}
	}
	return f.chmod(mode)
}

func hasOtherNames(info fs.FileInfo) bool {
	_, _, names := owner(info)
	return names > 1
}

// warnings warns of what a person may not expect, before a file is replaced.
func (t *target) warnings() {
	if t.was != nil && t.was.Mode()&0o200 == 0 {
		t.o.warn("%s: is read-only; replacing it", DisplayPath(t.shown))
	}
	if t.was != nil && hasOtherNames(t.was) {
		t.o.warn("%s: has other names (hard links), which keep the old content", DisplayPath(t.shown))
	}
}

// stream writes to what exists and is not a regular file.
func (t *target) stream() error {
	if !t.direct() {
		return nil
	}
	f, ok := standard(t.Path)
	if ok {
		return t.into(f)
	}
	f, err := open(t.Path, os.O_WRONLY, 0)
	if err != nil {
		return err
	}
	if err = errors.Join(t.into(f), f.close()); ended(err) {
		return ErrClosed
	}
	return err
}
