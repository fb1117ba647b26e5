package disk

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"
)

// An Output is one file to write.
type Output struct {
	// Path is the file. Where Root is empty, a person gave it: a symbolic link is
	// followed, and what exists and is not a regular file is written directly.
	Path string
	// Root is the folder that holds a file whose name the program chose, which
	// Path gives from there. Folders that are missing are made; no link in Path is
	// followed.
	Root string
	Data []byte
	// Content writes the content in place of Data, so that it need not be held in memory.
	// It is called once, when the file's turn comes. An error is that of the file.
	Content func(io.Writer) error
	New     bool // refuse what exists (ErrExists)
	Remove  bool // remove it, rather than write
	// NoSync is for what can be made again from what is on disk: nothing waits until it is
	// synced. A power cut may leave it empty or bring the old content back; a kill can't.
	NoSync bool
	// Mode is that of a new file, before umask; 0 is 0666. Folders that are made
	// for it are as open as it is. A file that exists keeps mode and owner.
	Mode fs.FileMode
}

// Options are how a run writes.
type Options struct {
	Warn   func(string)  // takes warnings, each a sentence without a full stop; may be nil
	Wait   time.Duration // how long to wait for a lock that somebody else has
	Holder Holder        // who has the lock, for others
	NoLock bool          // for a file system without locks; then only one iotlens may write
}

func (o Options) warn(format string, args ...any) {
	if o.Warn != nil {
		o.Warn(fmt.Sprintf(format, args...))
	}
}

// writing is held for reading while files are written.
var writing sync.RWMutex

// BlockWrites waits until a write of this process has ended, and lets no other one begin
// until release is called. It is for a process that is about to end.
func BlockWrites() (release func()) {
	writing.Lock()
	return writing.Unlock
}

// Write writes several outputs as one: all of them are complete beside their
// targets before the first takes its place. Where an error is returned, the files
// are as they were, or the error names those that are not. What cannot be taken
// back (a pipe, /dev/stdout) is written after the temporary files and before the
// first rename. A file system without locks is no reason not to write.
func Write(o Options, outs ...Output) error {
	writing.RLock()
	defer writing.RUnlock()
	r := run{o: o, locks: map[string]*lock{}}
	err := r.add(outs)
	if err == nil {
		err = r.replace()
	}
	return r.end(err)
}

// Update reads a file, lets change make new content of it and replaces it, all
// under a lock, so that of two updates at once none is lost. limit is that of Read.
// more are outputs that take their places before the file, no more open than it is:
// all or none. A file that another program changed meanwhile is not replaced
// (ErrChanged). A file that does not exist is nil. Where change returns an error or
// nil, nothing is written.
func Update(path string, limit int64, o Options, change func(now []byte) (data []byte, more []Output, err error)) error {
	writing.RLock()
	defer writing.RUnlock()
	r := run{o: o, needsLocks: true, locks: map[string]*lock{}}
	err := r.add([]Output{{Path: path}})
	if err == nil {
		err = r.update(limit, change)
	}
	return r.end(err)
}

func (r *run) update(limit int64, change func(now []byte) ([]byte, []Output, error)) error {
	t := r.targets[0]
	if t.direct() {
		return notWritten(t.shown, refusal("is not a regular file, so it cannot be changed in place"))
	}
	now, err := t.read(limit)
	if err != nil {
		return notRead(t.shown, err)
	}
	data, more, err := change(now)
	if err != nil || data == nil {
		return err
	}
	seen := t.was
	for i := range more {
		if seen != nil {
			more[i].Mode &= seen.Mode().Perm()
		}
	}
	if err := r.add(more); err != nil {
		return err
	}
	if err := t.look(); err != nil {
		return notWritten(t.shown, err)
	}
	if (seen == nil) != (t.was == nil) ||
		seen != nil && (!os.SameFile(seen, t.was) || seen.Size() != t.was.Size() || !seen.ModTime().Equal(t.was.ModTime())) {
		return notWritten(t.shown, ErrChanged)
	}
	t.Data, t.New = data, t.was == nil
	r.targets = append(r.targets[1:], t)
	return r.replace()
}

// read reads the target as it is; nil where there is none.
func (t *target) read(limit int64) ([]byte, error) {
	if t.was == nil {
		return nil, nil
	}
	f, err := t.folder.open(t.name, os.O_RDONLY|nonblock, 0)
	if err != nil {
		return nil, err
	}
	data, err := f.readOnly(t.was, limit)
	if data == nil {
		data = []byte{}
	}
	return data, err
}

// A run is the targets of one call of Write or Update, and the locks of their folders.
type run struct {
	o          Options
	needsLocks bool
	targets    []*target
	locks      map[string]*lock // by folder
}

// add finds the targets of outputs and locks their folders, in one order for every
// run, so that two never wait for each other.
func (r *run) add(outs []Output) error {
	var added []*target
	for _, out := range outs {
		t, err := find(out, r.o)
		if err != nil {
			return err
		}
		r.targets = append(r.targets, t)
		if t.direct() {
			continue
		}
		if slices.ContainsFunc(r.targets, func(o *target) bool { return o != t && o.real == t.real }) {
			return fmt.Errorf("%s: two outputs go to this file; nothing was written", DisplayPath(t.shown))
		}
		added = append(added, t)
	}
	slices.SortFunc(added, func(a, b *target) int { return strings.Compare(a.real, b.real) })
	for _, t := range added {
		if err := r.lock(t); err != nil {
			return notWritten(t.shown, err)
		}
	}
	return nil
}

func (r *run) lock(t *target) error {
	dir := filepath.Dir(t.real)
	if _, ok := r.locks[dir]; !ok && !r.o.NoLock {
		l, err := acquire(t.folder, r.o)
		if err != nil && (r.needsLocks || !errors.Is(err, errNoLocks)) {
			return err
		}
		r.locks[dir] = l
	}
	return t.look() // what was there may have been replaced while this waited
}

// end takes back what a failed run did, and leaves nothing behind.
func (r *run) end(err error) error {
	if err != nil {
		err = r.back(err)
	}
	for _, t := range r.targets {
		t.clear()
	}
	for _, l := range r.locks {
		l.release()
	}
	for _, t := range slices.Backward(r.targets) {
		if err != nil {
			t.undo()
		}
		t.close()
	}
	return err
}

// replace writes the targets.
func (r *run) replace() error {
	for _, step := range []func(*target) error{(*target).write, (*target).stream, r.place} {
		for _, t := range r.targets {
			if err := step(t); err != nil {
				return notWritten(t.shown, err)
			}
		}
	}
	return nil
}

func tempName() string { return fmt.Sprintf(".%016x%s", rand.Uint64(), tempSuffix) }

// write writes the temporary file, with the mode and owner that the target is to have.
func (t *target) write() error {
	if t.direct() || t.Remove {
		return nil
	}
	t.warnings()
	mode := t.mode()
	if t.was != nil {
		mode = 0o600 // until it belongs to whom it should
	}
	t.temp = tempName()
	f, err := t.folder.open(t.temp, os.O_WRONLY|os.O_CREATE|os.O_EXCL, mode)
	if err != nil {
		return err
	}
	err = t.into(f)
	if err == nil && t.was != nil {
		err = t.keep(f)
	}
	if err == nil && !t.NoSync {
		err = f.sync()
	}
	return errors.Join(err, f.close())
}

// into writes the content of the target.
func (t *target) into(f file) error {
	if t.Content == nil {
		return f.write(t.Data)
	}
	w := bufio.NewWriterSize(writer{f}, 64<<10)
	if err := t.Content(w); err != nil {
		return err
	}
	return w.Flush()
}

// writer writes to a file piece by piece.
type writer struct{ f file }

func (w writer) Write(data []byte) (int, error) {
	if err := w.f.write(data); err != nil {
		return 0, err
	}
	return len(data), nil
}

// place gives the temporary file the name of the target. Where nothing may be there,
// a link does it, which unlike a rename never replaces anything; a file system
// without links has the lock alone.
func (r *run) place(t *target) error {
	if t.direct() {
		return nil
	}
	if t.Remove {
		backup := tempName()
		err := t.folder.rename(t.name, backup)
		if t.placed = err == nil; t.placed {
			t.backup = backup
		}
		return err
	}
	if t.New {
		err := t.folder.link(t.temp, t.name)
		if errors.Is(err, fs.ErrExist) {
			return ErrExists
		}
		if t.placed = err == nil; t.placed {
			return nil
		}
		if err := t.look(); err != nil {
			return err
		}
	}
	if len(r.targets) > 1 && t.was != nil {
		backup := tempName()
		if t.folder.link(t.name, backup) == nil { // not every file system can; back says so then
			t.backup = backup
		}
	}
	if err := t.folder.rename(t.temp, t.name); err != nil {
		return err
	}
	t.temp, t.placed = "", true
	return nil
}

// back takes back what was placed, the last first, and adds to the error what could
// not be.
func (r *run) back(err error) error {
	for _, t := range slices.Backward(r.targets) {
		var undone error
		switch {
		case !t.placed:
			continue
		case t.backup != "":
			if undone = t.folder.rename(t.backup, t.name); undone == nil {
				t.backup = ""
			}
		case t.was == nil:
			undone = t.folder.remove(t.name)
		default:
			undone = errors.New("the file system keeps no second name for the old content")
		}
		if undone != nil {
			err = fmt.Errorf("%w\n%s: was written and could not be restored: %w", err, DisplayPath(t.shown), reason(undone))
		}
	}
	return err
}

// clear removes what is left of the temporary files, and makes the name of what was
// placed last. The file is written, whatever comes of that.
func (t *target) clear() {
	for _, name := range []string{t.temp, t.backup} {
		if name == "" {
			continue
		}
		if err := t.folder.remove(name); err != nil && !errors.Is(err, fs.ErrNotExist) {
			t.o.warn("%s: the temporary file %s is left beside it: %v", DisplayPath(t.shown), name, reason(err))
		}
	}
	if !t.placed || t.NoSync {
		return
	}
	err := t.folder.sync(".")
	for _, dir := range t.made {
		if above := t.below.sync(filepath.Dir(dir)); err == nil {
			err = above
		}
	}
	if err != nil && !cannotSync(err) {
		t.o.warn("%s: is written, but its folder could not be synced (%v): a power cut may bring the old content back", DisplayPath(t.shown), reason(err))
	}
}

// A File is one file of a folder.
type File struct {
	Path string // below the folder, with slashes
	Data []byte
}

// WriteFolder writes the files of a folder that does not exist or is empty: all or
// none. They take their places in the order given: after a kill the last ones may
// be missing, and each one is whole.
func WriteFolder(dir string, files []File, o Options) error {
	if Exists(dir) && !IsFolder(dir) {
		return notWritten(dir, refusal("is not a folder"))
	}
	entries, err := readDir(dir)
	if len(entries) > 0 {
		err = refusal("is not empty; nothing was written. Choose a new or empty folder")
	}
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return notWritten(dir, err)
	}
	var outs []Output
	for _, f := range files {
		outs = append(outs, Output{Root: dir, Path: filepath.FromSlash(f.Path), Data: f.Data, New: true})
	}
	return Write(o, outs...)
}

// Append adds to the end of a file that the environment named, such as the summary
// of a job at GitHub, and creates it where it does not exist.
func Append(path string, data []byte) error {
	f, err := open(path, os.O_APPEND|os.O_CREATE|os.O_WRONLY|nonblock, 0o666)
	if err == nil {
		err = errors.Join(f.write(data), f.close())
	}
	if err != nil {
		return notWritten(path, err)
	}
	return nil
}

// WriteTemp writes a file that only this user can read into the folder for temporary
// files, for another program to change. remove takes it away again.
func WriteTemp(pattern string, data []byte) (path string, remove func(), err error) {
	f, err := os.CreateTemp("", pattern)
	if err != nil {
		return "", nil, notWritten(os.TempDir(), err)
	}
	remove = func() { _ = os.Remove(f.Name()) }
	_, err = f.Write(data)
	if err = errors.Join(err, f.Close()); err != nil {
		remove()
		return "", nil, notWritten(f.Name(), err)
	}
	return f.Name(), remove, nil
}

// A Spool is a temporary file that only this user can read, for what is too large to be
// held until it is known where it goes. It has no name, or loses it with Close.
type Spool struct{ f *os.File }

// NewSpool makes an empty one.
func NewSpool() (*Spool, error) {
	f, err := os.CreateTemp("", "iotlens-*")
	if err != nil {
		return nil, notWritten(os.TempDir(), err)
	}
	_ = os.Remove(f.Name()) // where the system keeps a file without a name; Close removes it elsewhere
	return &Spool{f}, nil
}

// Write adds to the end.
func (s *Spool) Write(data []byte) (int, error) {
	n, err := s.f.Write(data)
	if err != nil {
		err = notWritten(os.TempDir(), err)
	}
	return n, err
}

// Reader reads all that was written, from the start.
func (s *Spool) Reader() (io.Reader, error) {
	if _, err := s.f.Seek(0, io.SeekStart); err != nil {
		return nil, notRead(os.TempDir(), err)
	}
	return s.f, nil
}

// Close removes the file.
func (s *Spool) Close() {
	_ = s.f.Close() // nothing depends on it
	_ = os.Remove(s.f.Name())
}
