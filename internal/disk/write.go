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
	// Path is the file. Without Root, a person gave it: symbolic links are followed, and an
	// existing target that is not a regular file is written directly.
	Path string
	// Root is set if the program chose Path, which is then relative to Root. Missing folders
	// are created; no link in Path is followed.
	Root string
	Data []byte
	// Content writes the content instead of Data, so that it need not be held in memory. It
	// is called once, while the temporary file is written; its error is that of the file.
	Content func(io.Writer) error
	New     bool // fail with ErrExists if Path exists
	Remove  bool // remove the file instead of writing it
	// NoSync skips the sync, for files that can be regenerated. A power cut may leave the
	// file empty or restore its old content; a kill cannot.
	NoSync bool
	// Mode is the mode of a new file before umask; 0 means 0666. Folders created for it get
	// the same access. An existing file keeps its mode and owner.
	Mode fs.FileMode
}

// Options control writing.
type Options struct {
	Warn   func(string)  // receives warnings, sentences without a full stop; may be nil
	Wait   time.Duration // how long to wait for a lock
	Holder Holder        // shown to others who wait for the lock
	NoLock bool          // for file systems without locks; only one process may write then
}

func (o Options) warn(format string, args ...any) {
	if o.Warn != nil {
		o.Warn(fmt.Sprintf(format, args...))
	}
}

// writing is read-locked while files are written; see BlockWrites.
var writing sync.RWMutex

// BlockWrites waits until the writes of this process have ended, and blocks new ones until
// release is called. A process calls it before it exits.
func BlockWrites() (release func()) {
	writing.Lock()
	return writing.Unlock
}

// Write writes several outputs: all or none. All temporary files are complete before the
// first one is renamed. If an error is returned, the files are unchanged, or the error
// names those that could not be restored. Streams (a pipe, /dev/stdout) cannot be rolled
// back and are written after the temporary files and before the first rename. On a file
// system without locks, Write writes without a lock.
func Write(o Options, outs ...Output) error {
	writing.RLock()
	defer writing.RUnlock()
	r := transaction{options: o, locks: map[string]*lock{}}
	err := r.addTargets(outs)
	if err == nil {
		err = r.replace()
	}
	return r.finish(err)
}

// Update reads a file, calls change for its new content and replaces it, all under a lock,
// so that no concurrent update is lost. limit is that of Read. change gets nil for a file
// that does not exist. It may return more outputs, which are written before the file, all
// or none, with no wider permissions than the file. If it returns an error or nil data,
// nothing is written. If another program changes the file in the meantime, the error is
// ErrChanged.
func Update(path string, limit int64, o Options, change func(now []byte) (data []byte, more []Output, err error)) error {
	writing.RLock()
	defer writing.RUnlock()
	r := transaction{options: o, needsLocks: true, locks: map[string]*lock{}}
	err := r.addTargets([]Output{{Path: path}})
	if err == nil {
		err = r.update(limit, change)
	}
	return r.finish(err)
}

func (r *transaction) update(limit int64, change func(now []byte) ([]byte, []Output, error)) error {
	t := r.targets[0]
	if t.isStream() {
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
	seen := t.before
	for i := range more {
		if seen != nil {
			more[i].Mode &= seen.Mode().Perm()
		}
	}
	if err := r.addTargets(more); err != nil {
		return err
	}
	if err := t.refresh(); err != nil {
		return notWritten(t.shown, err)
	}
	if (seen == nil) != (t.before == nil) ||
		seen != nil && (!os.SameFile(seen, t.before) || seen.Size() != t.before.Size() || !seen.ModTime().Equal(t.before.ModTime())) {
		return notWritten(t.shown, ErrChanged)
	}
	t.Data, t.New = data, t.before == nil
	r.targets = append(r.targets[1:], t)
	return r.replace()
}

// read returns the current content of the target; nil if it does not exist.
func (t *target) read(limit int64) ([]byte, error) {
	if t.before == nil {
		return nil, nil
	}
	f, err := t.folder.open(t.name, os.O_RDONLY|nonblock, 0)
	if err != nil {
		return nil, err
	}
	data, err := f.readSame(t.before, limit)
	if data == nil {
		data = []byte{}
	}
	return data, err
}

// A transaction has the targets of one call of Write or Update, and the locks of their
// folders.
type transaction struct {
	options    Options
	needsLocks bool
	targets    []*target
	locks      map[string]*lock // by folder
}

// addTargets finds the targets of outputs and locks their folders in sorted order, so that
// no two transactions wait for each other.
func (r *transaction) addTargets(outs []Output) error {
	var added []*target
	for _, out := range outs {
		t, err := findTarget(out, r.options)
		if err != nil {
			return err
		}
		r.targets = append(r.targets, t)
		if t.isStream() {
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

func (r *transaction) lock(t *target) error {
	dir := filepath.Dir(t.real)
	if _, ok := r.locks[dir]; !ok && !r.options.NoLock {
		l, err := acquire(t.folder, r.options)
		if err != nil && (r.needsLocks || !errors.Is(err, errLocksUnsupported)) {
			return err
		}
		r.locks[dir] = l
	}
	return t.refresh() // it may have been replaced while waiting for the lock
}

// finish rolls back a failed transaction, removes temporary files and releases locks.
func (r *transaction) finish(err error) error {
	if err != nil {
		err = r.rollBack(err)
	}
	for _, t := range r.targets {
		t.cleanUp()
	}
	for _, l := range r.locks {
		l.release()
	}
	for _, t := range slices.Backward(r.targets) {
		if err != nil {
			t.removeMadeFolders()
		}
		t.close()
	}
	return err
}

// replace writes the targets.
func (r *transaction) replace() error {
	for _, step := range []func(*target) error{(*target).writeTemp, (*target).writeStream, r.place} {
		for _, t := range r.targets {
			if err := step(t); err != nil {
				return notWritten(t.shown, err)
			}
		}
	}
	return nil
}

func tempName() string { return fmt.Sprintf(".%016x%s", rand.Uint64(), tempSuffix) }

// writeTemp writes the temporary file with the mode and owner of the target.
func (t *target) writeTemp() error {
	if t.isStream() || t.Remove {
		return nil
	}
	t.warnings()
	mode := t.mode()
	if t.before != nil {
		mode = 0o600 // until its owner is set
	}
	t.temp = tempName()
	f, err := t.folder.open(t.temp, os.O_WRONLY|os.O_CREATE|os.O_EXCL, mode)
	if err != nil {
		return err
	}
	err = t.writeContent(f)
	if err == nil && t.before != nil {
		err = t.copyModeAndOwner(f)
	}
	if err == nil && !t.NoSync {
		err = f.sync()
	}
	return errors.Join(err, f.close())
}

// writeContent writes the content of the target to a file.
func (t *target) writeContent(f file) error {
	if t.Content == nil {
		return f.write(t.Data)
	}
	w := bufio.NewWriterSize(pieceWriter{f}, 32<<10)
	if err := t.Content(w); err != nil {
		return err
	}
	return w.Flush()
}

// pieceWriter is the io.Writer of a file.
type pieceWriter struct{ f file }

func (w pieceWriter) Write(data []byte) (int, error) {
	if err := w.f.write(data); err != nil {
		return 0, err
	}
	return len(data), nil
}

// place renames the temporary file to the target, or moves a target that is to be removed
// to a backup. A new file is linked to its name instead, because a link never replaces an
// existing file; on file systems without links only the lock protects it.
func (r *transaction) place(t *target) error {
	if t.isStream() {
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
		if err := t.refresh(); err != nil {
			return err
		}
	}
	if len(r.targets) > 1 && t.before != nil {
		backup := tempName()
		if t.folder.link(t.name, backup) == nil { // if links are unsupported, rollBack reports it
			t.backup = backup
		}
	}
	if err := t.folder.rename(t.temp, t.name); err != nil {
		return err
	}
	t.temp, t.placed = "", true
	return nil
}

// rollBack restores the targets that were placed, in reverse order, and adds to the error
// those that it could not restore.
func (r *transaction) rollBack(err error) error {
	for _, t := range slices.Backward(r.targets) {
		var undone error
		switch {
		case !t.placed:
			continue
		case t.backup != "":
			if undone = t.folder.rename(t.backup, t.name); undone == nil {
				t.backup = ""
			}
		case t.before == nil:
			undone = t.folder.remove(t.name)
		default:
			undone = errors.New("the file system has no hard links, so there is no copy of the old content")
		}
		if undone != nil {
			err = fmt.Errorf("%w\n%s: was written and could not be restored: %w", err, DisplayPath(t.shown), underlying(undone))
		}
	}
	return err
}

// cleanUp removes temporary files and backups, and syncs the folder of a placed file. The
// file is written by then, so failures are only warnings.
func (t *target) cleanUp() {
	for _, name := range []string{t.temp, t.backup} {
		if name == "" {
			continue
		}
		if err := t.folder.remove(name); err != nil && !errors.Is(err, fs.ErrNotExist) {
			t.options.warn("%s: the temporary file %s could not be removed: %v", DisplayPath(t.shown), name, underlying(err))
		}
	}
	if !t.placed || t.NoSync {
		return
	}
	err := t.folder.sync(".")
	for _, dir := range t.made {
		if above := t.root.sync(filepath.Dir(dir)); err == nil {
			err = above
		}
	}
	if err != nil && !cannotSync(err) {
		t.options.warn("%s: is written, but its folder could not be synced (%v): a power cut may bring the old content back", DisplayPath(t.shown), underlying(err))
	}
}

// A File is a file of a folder to write.
type File struct {
	Path string // relative to the folder, with slashes
	Data []byte
}

// WriteFolder writes files to a folder that does not exist or is empty: all or none. They
// are renamed in the order given, so that after a kill the last ones may be missing, but
// each existing one is complete.
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

// Append appends to a file named by the environment, such as the job summary of GitHub
// Actions, and creates it if it does not exist.
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

// WriteTemp writes a temporary file that only this user can read, for another program to
// change. remove deletes it.
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

// A Spool is a temporary file that only this user can read. It buffers output that is too
// large for memory.
type Spool struct{ f *os.File }

// NewSpool creates an empty spool.
func NewSpool() (*Spool, error) {
	f, err := os.CreateTemp("", "iotlens-*")
	if err != nil {
		return nil, notWritten(os.TempDir(), err)
	}
	_ = os.Remove(f.Name()) // fails on Windows, where Close removes it
	return &Spool{f}, nil
}

// Write appends data.
func (s *Spool) Write(data []byte) (int, error) {
	n, err := s.f.Write(data)
	if err != nil {
		err = notWritten(os.TempDir(), err)
	}
	return n, err
}

// Reader returns a reader of everything written so far.
func (s *Spool) Reader() (io.Reader, error) {
	if _, err := s.f.Seek(0, io.SeekStart); err != nil {
		return nil, notRead(os.TempDir(), err)
	}
	return s.f, nil
}

// Close deletes the spool.
func (s *Spool) Close() {
	_ = s.f.Close() // nothing depends on it
	_ = os.Remove(s.f.Name())
}
