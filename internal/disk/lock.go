package disk

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"time"
)

// Names of files that iotlens creates temporarily in a folder: its lock, temporary files,
// and notes on open files.
const (
	lockName      = ".iotlens-lock"
	tempSuffix    = ".iotlens-tmp"
	sessionSuffix = ".iotlens-session"
)

// A lock is a locked file: the lock of a folder, which keeps other iotlens processes from
// writing there, or an OpenNote. A nil lock locks nothing.
type lock struct {
	folder folder
	name   string // of the lock file
	file   file
}

// acquire locks a folder. It waits for the lock as long as Options.Wait.
func acquire(d folder, o Options) (*lock, error) {
	began, pause := time.Now(), 2*time.Millisecond
	for {
		l, holder, err := tryLockFile(d, lockName)
		switch {
		case err == nil:
			l.writeHolder(o.Holder)
			l.removeLeftovers()
			return l, nil
		case isLockUnsupported(err):
			return nil, fmt.Errorf("%w (%w); nothing was changed. Make sure that nobody else writes, and add --no-lock", errLocksUnsupported, underlying(err))
		case !errors.Is(err, errBusy):
			return nil, err
		case time.Since(began)+pause > o.Wait:
			return nil, refusal(fmt.Sprintf("not written: another iotlens is writing in this folder: %s; gave up after %s (--wait)", holder, o.Wait))
		}
		time.Sleep(pause)
		pause = min(2*pause, 50*time.Millisecond)
	}
}

// tryLockFile locks the file with the given name. If it is locked, the error is errBusy and
// holder is who locked it. A release removes the lock file, so a lock on a file that was
// removed in the meantime is retried on the current file.
func tryLockFile(d folder, name string) (l *lock, holder Holder, err error) {
	for range 20 {
		f, created, err := openLockFile(d, name)
		if errors.Is(err, fs.ErrNotExist) {
			continue // removed in the meantime
		}
		if err != nil {
			return nil, Holder{}, err
		}
		l := &lock{folder: d, name: name, file: f}
		err = f.tryLock()
		for n := 0; isErrno(err, syscall.EINTR) && n < 100; n++ {
			err = f.tryLock()
		}
		var current bool
		if err == nil {
			current, err = l.isCurrent()
		}
		switch {
		case current:
			return l, Holder{}, nil
		case errors.Is(err, errBusy):
			holder = f.readHolder()
			_ = f.close()
			return nil, holder, errBusy
		case err != nil && created:
			_ = d.remove(name)
		}
		_ = f.close()
		if err != nil {
			return nil, Holder{}, err
		}
	}
	return nil, Holder{}, errBusy
}

// isCurrent reports whether the name of the lock still refers to the locked file.
func (l *lock) isCurrent() (bool, error) {
	there, err := l.folder.lstat(l.name)
	if errors.Is(err, fs.ErrNotExist) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	mine, err := l.file.stat()
	return err == nil && os.SameFile(mine, there), err
}

// release removes the lock file while it is locked, and then unlocks it.
func (l *lock) release() {
	if l != nil {
		_ = l.folder.remove(l.name)
		_ = l.file.close()
	}
}

// openLockFile opens or creates a lock file. It never follows a link, and refuses a file
// with other names (hard links). The error is fs.ErrNotExist if the file was removed in
// the meantime.
func openLockFile(d folder, name string) (f file, created bool, err error) {
	f, err = d.open(name, os.O_RDWR|os.O_CREATE|os.O_EXCL|nonblock, 0o666)
	if !errors.Is(err, fs.ErrExist) {
		return f, err == nil, err
	}
	before, err := d.lstat(name)
	switch {
	case err != nil:
		return file{}, false, err
	case before.Mode()&fs.ModeSymlink != 0:
		return file{}, false, refusal(fmt.Sprintf("not written: the lock file %s is a symbolic link; remove it", name))
	case !before.Mode().IsRegular() || hasHardLinks(before):
		return file{}, false, refusal(fmt.Sprintf("not written: %s is not a lock file of iotlens; remove it", name))
	}
	f, err = d.open(name, os.O_RDWR|nonblock, 0)
	if errors.Is(err, fs.ErrPermission) { // created by another user; it can still be locked
		f, err = d.open(name, os.O_RDONLY|nonblock, 0)
	}
	return f, false, err
}

// removeLeftovers removes the temporary files of killed processes from the locked folder,
// where no other process writes now, and notes on open files whose process has ended.
func (l *lock) removeLeftovers() {
	names, err := l.folder.names()
	if err != nil {
		return
	}
	for _, name := range names {
		suffix := filepath.Ext(name)
		if !strings.HasPrefix(name, ".") || suffix != tempSuffix && suffix != sessionSuffix {
			continue
		}
		info, err := l.folder.lstat(name)
		switch {
		case err != nil || !info.Mode().IsRegular() && !info.IsDir():
		case suffix == tempSuffix:
			_ = l.folder.remove(name)
		default:
			if note, _, err := tryLockFile(l.folder, name); err == nil {
				note.release()
			}
		}
	}
}

// An OpenNote is a file that tells others who has a review file open and where in it they
// are. It is advisory and prevents no writes. The methods of a nil note do nothing.
type OpenNote struct {
	lock   *lock
	target *target
	holder Holder
}

// NoteOpen creates the note for a file and returns who else has it open. Both are nil if the
// note cannot be created.
func NoteOpen(path string, h Holder) (other *Holder, note *OpenNote) {
	t, err := findTarget(Output{Path: path}, Options{})
	if err != nil || t.isStream() {
		return nil, nil
	}
	l, holder, err := tryLockFile(t.folder, sessionNoteName(t.name))
	if err != nil {
		t.close()
		if errors.Is(err, errBusy) {
			other = &holder
		}
		return other, nil
	}
	l.writeHolder(h)
	return nil, &OpenNote{l, t, h}
}

func sessionNoteName(name string) string { return "." + name + sessionSuffix }

// SetPlace updates where in the file the holder is.
func (n *OpenNote) SetPlace(place string) {
	if n != nil && n.holder.Place != place {
		n.holder.Place = place
		n.lock.writeHolder(n.holder)
	}
}

// Close removes the note.
func (n *OpenNote) Close() {
	if n != nil {
		n.lock.release()
		n.target.close()
	}
}

// OpenedBy returns who has a file open; false if there is no note. The note of a killed
// process is not detected.
func OpenedBy(path string) (Holder, bool) {
	t, err := findTarget(Output{Path: path}, Options{})
	if err != nil || t.isStream() {
		return Holder{}, false
	}
	defer t.close()
	name := sessionNoteName(t.name)
	seen, err := t.folder.lstat(name)
	if err != nil || !seen.Mode().IsRegular() {
		return Holder{}, false
	}
	f, err := t.folder.open(name, os.O_RDONLY|nonblock, 0)
	if err != nil {
		return Holder{}, false
	}
	h := f.readHolder()
	return h, f.close() == nil
}

// A Holder identifies who writes in a folder or has a file open, for messages to others.
type Holder struct {
	Name  string `json:"name,omitempty"`  // of the person; may be empty
	Since string `json:"since,omitempty"` // time, formatted for people
	Place string `json:"place,omitempty"` // position in the file; untrusted, as anybody can write it
	Host  string `json:"host,omitempty"`  // host name; set by this package
	PID   int    `json:"pid,omitempty"`   // process id; set by this package
}

// String returns one line of printable text, since a lock file is untrusted.
func (h Holder) String() string {
	s := h.Name
	if h.Since != "" {
		s = strings.TrimSpace(s + " since " + h.Since)
	}
	if h.PID > 0 {
		s = strings.TrimSpace(fmt.Sprintf("%s (process %d on %s)", s, h.PID, h.Host))
	}
	return DisplayPath(cmp.Or(s, "unknown user"))
}

// The holder is stored after the first byte, which is the one that the lock covers on
// Windows. It has a fixed length, so that it overwrites a previous one completely.
const (
	holderOffset = 1
	holderSize   = 1024
)

// writeHolder stores who has the lock. Errors are ignored, as the holder is informational.
func (l *lock) writeHolder(h Holder) {
	h.PID = os.Getpid()
	h.Host, _ = os.Hostname()
	data, err := json.Marshal(h)
	if err == nil && len(data) < holderSize {
		_, _ = l.file.WriteAt(fmt.Appendf(nil, "%-*s\n", holderSize-1, data), holderOffset)
	}
}

// readHolder returns who has a lock; empty if unknown.
func (f file) readHolder() Holder {
	var h Holder
	data, err := io.ReadAll(io.NewSectionReader(f, holderOffset, holderSize))
	if err != nil || json.Unmarshal(data, &h) != nil {
		return Holder{}
	}
	return h
}
