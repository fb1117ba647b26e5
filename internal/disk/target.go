package disk

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// A target is the resolved target of an output. All later system calls are relative to its
// open folder.
type target struct {
	Output
	options Options
	shown   string      // path for messages
	folder  folder      // the open folder of the file; unset for a stream
	name    string      // of the file in folder
	real    string      // absolute path without symbolic links
	before  fs.FileInfo // of the existing file; nil if there is none
	root    folder      // the open folder Output.Root; unset without Root
	made    []string    // created folders, relative to root
	temp    string      // name of the temporary file; empty after the rename
	backup  string      // name of a hard link to the old content, or of the removed file; may be empty
	placed  bool        // the rename (or removal) has happened
}

// isStream reports whether the target is written directly, such as a pipe or a device.
func (t *target) isStream() bool { return t.folder.root == nil }

// findTarget finds the target of an output.
func findTarget(out Output, o Options) (t *target, err error) {
	t = &target{Output: out, options: o}
	if out.Root == "" {
		t.shown = out.Path
		err = t.findGiven()
	} else {
		t.shown = filepath.Join(out.Root, out.Path)
		err = t.findChosen()
	}
	if err == nil && !t.isStream() {
		err = t.refresh()
	}
	if err != nil {
		t.removeMadeFolders()
		return nil, notWritten(t.shown, err)
	}
	return t, nil
}

// standardStream returns the stream of this process for a path. Opening the path again would
// overwrite a redirected file from its start.
func standardStream(path string) (f file, ok bool) {
	switch path {
	case "/dev/stdout":
		return file{os.Stdout}, true
	case "/dev/stderr":
		return file{os.Stderr}, true
	}
	return file{}, false
}

// isReservedOnWindows reports, on Windows, whether a name is reserved: device names such as
// CON with any extension, and names with a colon. NUL is allowed, as people use it on
// purpose.
func isReservedOnWindows(name string) bool {
	return !filepath.IsLocal(name) && name != ".." && name != string(filepath.Separator) && !strings.EqualFold(name, "NUL")
}

// findGiven finds the target of a path given by a person.
func (t *target) findGiven() error {
	if t.Path == "" || t.Path == Stdin {
		return refusal("is not the name of a file to write")
	}
	if _, ok := standardStream(t.Path); ok {
		return nil
	}
	if isReservedOnWindows(filepath.Base(t.Path)) {
		return refusal("is a name that Windows reserves for devices and streams; choose another")
	}
	info, err := stat(t.Path)
	switch {
	case err == nil && info.Mode().IsRegular():
		t.real, err = resolve(t.Path)
	case err == nil && info.Mode()&(fs.ModeNamedPipe|fs.ModeCharDevice) != 0:
		return nil
	case err == nil:
		return checkReadable(info)
	case errors.Is(err, fs.ErrNotExist) && IsLink(t.Path):
		return refusal("is a symbolic link to a file that does not exist")
	case errors.Is(err, fs.ErrNotExist):
		var dir string
		dir, err = resolve(filepath.Dir(t.Path))
		t.real = filepath.Join(dir, filepath.Base(t.Path))
	}
	if err == nil {
		err = refuseLinkOutOfRepository(t.Path, t.real)
	}
	if err != nil {
		return err
	}
	t.name = filepath.Base(t.real)
	t.folder, err = openFolder(filepath.Dir(t.real))
	return err
}

// refuseLinkOutOfRepository refuses a link that leads out of its git repository: the author
// of the repository chose the target, not the person who gave the path.
func refuseLinkOutOfRepository(path, target string) error {
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

// findChosen finds the target of a path chosen by the program, and creates missing folders.
func (t *target) findChosen() error {
	if !filepath.IsLocal(t.Path) {
		return refusal("is not the name of a file below " + DisplayPath(t.Root))
	}
	given, rest := splitExisting(t.Root)
	below, err := resolve(given)
	if err == nil {
		err = refuseLinkOutOfRepository(given, below)
	}
	if err == nil {
		t.root, err = openFolder(below)
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
		if err := t.ensureFolder(at); err != nil {
			return err
		}
	}
	t.folder, err = t.root.sub(dir)
	return err
}

// splitExisting splits the path of a folder into the existing part and the rest.
func splitExisting(path string) (folder, rest string) {
	folder = filepath.Clean(path)
	for !Exists(folder) && folder != filepath.Dir(folder) {
		folder, rest = filepath.Dir(folder), filepath.Join(filepath.Base(folder), rest)
	}
	return folder, rest
}

// ensureFolder checks a folder on the path to the target, and creates it if it is missing.
func (t *target) ensureFolder(dir string) error {
	info, err := t.root.lstat(dir)
	if errors.Is(err, fs.ErrNotExist) {
		mode := t.mode() // as open as the file, and its owner can work in it
		err = t.root.mkdir(dir, mode|0o300|mode&0o444>>2)
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

// refresh updates t.before. The target must be a regular file or not exist.
func (t *target) refresh() error {
	info, err := t.folder.lstat(t.name)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		t.before = nil
		return nil
	case err != nil:
		return err
	case t.New:
		return ErrExists
	case info.Mode()&fs.ModeSymlink != 0:
		return ErrLink
	case !info.Mode().IsRegular():
		return errors.Join(checkReadable(info), refusal("is not a regular file"))
	}
	t.before = info
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
	t.root.close()
	t.folder, t.root = folder{}, folder{}
}

// removeMadeFolders removes the created folders that are empty, and closes the target.
func (t *target) removeMadeFolders() {
	for i := len(t.made) - 1; i >= 0; i-- {
		_ = t.root.rmdir(t.made[i])
	}
	t.made = nil
	t.close()
}

// copyModeAndOwner gives a file the owner and mode of the one that it replaces. If the group
// cannot be kept, the new group gets only the permissions of others.
func (t *target) copyModeAndOwner(f file) error {
	mode := t.before.Mode().Perm()
	now, err := f.stat()
	if err != nil {
		return err
	}
	uid, gid, _ := owner(t.before)
	if u, g, _ := owner(now); (u != uid || g != gid) && f.chown(uid, gid) != nil {
		t.options.warn("%s: its owner could not be kept", DisplayPath(t.shown))
		if f.chown(-1, gid) != nil {
			mode = mode&^0o070 | mode&0o007<<3
		}
	}
	return f.chmod(mode)
}

func hasHardLinks(info fs.FileInfo) bool {
	_, _, names := owner(info)
	return names > 1
}

// warnings warns before replacing a file that is read-only or has hard links.
func (t *target) warnings() {
	if t.before != nil && t.before.Mode()&0o200 == 0 {
		t.options.warn("%s: is read-only; replacing it", DisplayPath(t.shown))
	}
	if t.before != nil && hasHardLinks(t.before) {
		t.options.warn("%s: has other names (hard links), which keep the old content", DisplayPath(t.shown))
	}
}

// writeStream writes to an existing target that is not a regular file.
func (t *target) writeStream() error {
	if !t.isStream() {
		return nil
	}
	f, ok := standardStream(t.Path)
	if ok {
		return t.writeContent(f)
	}
	f, err := open(t.Path, os.O_WRONLY, 0)
	if err != nil {
		return err
	}
	if err = errors.Join(t.writeContent(f), f.close()); isClosedPipe(err) {
		return ErrClosed
	}
	return err
}
