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

// The names of files that iotlens has for a while in a folder: the lock of it,
// temporary files, and who has a file open.
const (
	lockName      = ".iotlens-lock"
	tempSuffix    = ".iotlens-tmp"
	sessionSuffix = ".iotlens-session"
)

// A lock keeps other iotlens processes from writing in a folder, or is a note that
// somebody has a file open. The nil lock locks nothing.
type lock struct {
	folder folder
	name   string // of the lock file
	file   file
}

// acquire locks a folder, and waits for that as long as Options.Wait says.
func acquire(d folder, o Options) (*lock, error) {
	began, pause := time.Now(), 2*time.Millisecond
	for {
		l, holder, err := tryLockFile(d, lockName)
		switch {
		case err == nil:
			l.record(o.Holder)
			l.sweep()
			return l, nil
		case noLocks(err):
			return nil, fmt.Errorf("%w (%w); nothing was changed. --no-lock writes without one, as long as nobody else does", errNoLocks, reason(err))
		case !errors.Is(err, errBusy):
			return nil, err
		case time.Since(began)+pause > o.Wait:
			return nil, refusal(fmt.Sprintf("not written: another iotlens is writing in this folder: %s; gave up after %s (--wait)", holder, o.Wait))
		}
		time.Sleep(pause)
		pause = min(2*pause, 50*time.Millisecond)
	}
}

// tryLockFile takes the lock of a name, if nobody has it; else the error is errBusy,
// with who has it. Who releases a lock removes its file, so a lock on a file that
// is gone by then counts for nothing and is taken again on the one that is there.
func tryLockFile(d folder, name string) (l *lock, holder Holder, err error) {
	for range 20 {
		f, created, err := ownFile(d, name)
		if errors.Is(err, fs.ErrNotExist) {
			continue // it was removed meanwhile
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
			holder = f.holder()
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

// isCurrent tells whether the name of the lock still leads to its file.
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

// release removes the lock file, while nobody else can have it, and unlocks.
func (l *lock) release() {
	if l != nil {
		_ = l.folder.remove(l.name)
		_ = l.file.close()
	}
}

// ownFile opens a file that only iotlens writes, or creates it. It never opens
// one through a link, nor one that has other names, nor creates one through a link.
// The error is fs.ErrNotExist where the file was removed meanwhile.
func ownFile(d folder, name string) (f file, created bool, err error) {
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
	case !before.Mode().IsRegular() || hasOtherNames(before):
		return file{}, false, refusal(fmt.Sprintf("not written: %s is not a lock file of iotlens; remove it", name))
	}
	f, err = d.open(name, os.O_RDWR|nonblock, 0)
	if errors.Is(err, fs.ErrPermission) { // another user made it; it can be locked all the same
		f, err = d.open(name, os.O_RDONLY|nonblock, 0)
	}
	return f, false, err
}

// sweep removes what killed runs left behind in the locked folder. Nobody else
// writes there now; a note on an open file is removed if nobody has it any more.
func (l *lock) sweep() {
	entries, err := l.folder.readDir()
	if err != nil {
		return
	}
	for _, e := range entries {
		name, ours := e.Name(), e.Type().IsRegular() || e.IsDir()
		if !strings.HasPrefix(name, ".") || !ours {
			continue
		}
		switch filepath.Ext(name) {
		case tempSuffix:
			_ = l.folder.remove(name)
		case sessionSuffix:
			if note, _, err := tryLockFile(l.folder, name); err == nil {
				note.release()
			}
		}
	}
}

// An OpenNote says beside a file that somebody has it open, and where in it they are. It is for
// people: it keeps nobody from writing. The nil note says nothing.
type OpenNote struct {
	lock   *lock
	target *target
	holder Holder
}

// NoteOpen notes beside a file that somebody has it open, until the note is closed, and
// returns who else has it. Where the note cannot be made, there is none.
func NoteOpen(path string, h Holder) (other *Holder, note *OpenNote) {
	t, err := find(Output{Path: path}, Options{})
	if err != nil || t.direct() {
		return nil, nil
	}
	l, holder, err := tryLockFile(t.folder, sessionNote(t.name))
	if err != nil {
		t.close()
		if errors.Is(err, errBusy) {
			other = &holder
		}
		return other, nil
	}
	l.record(h)
	return nil, &OpenNote{l, t, h}
}

func sessionNote(name string) string { return "." + name + sessionSuffix }

// SetPlace notes where in the file its holder is.
func (n *OpenNote) SetPlace(place string) {
	if n != nil && n.holder.Place != place {
		n.holder.Place = place
		n.lock.record(n.holder)
	}
}

// Close removes the note.
func (n *OpenNote) Close() {
	if n != nil {
		n.lock.release()
		n.target.close()
	}
}

// OpenedBy reads the note that somebody has a file open; false where there is none.
// One that a killed run left behind is not told from others.
func OpenedBy(path string) (Holder, bool) {
	t, err := find(Output{Path: path}, Options{})
	if err != nil || t.direct() {
		return Holder{}, false
	}
	defer t.close()
	name := sessionNote(t.name)
	seen, err := t.folder.lstat(name)
	if err != nil || !seen.Mode().IsRegular() {
		return Holder{}, false
	}
	f, err := t.folder.open(name, os.O_RDONLY|nonblock, 0)
	if err != nil {
		return Holder{}, false
	}
	h := f.holder()
	return h, f.close() == nil
}

// A Holder is who writes in a folder or has a file open. Others are told.
type Holder struct {
	Name  string `json:"name,omitempty"`  // of a person; may be unknown
	Since string `json:"since,omitempty"` // as people read it
	Place string `json:"place,omitempty"` // where in the file they are; anybody can write it
	Host  string `json:"host,omitempty"`  // the computer; set by this package
	PID   int    `json:"pid,omitempty"`   // the process there; set by this package
}

// String is one line of printable text, as anybody can write a lock file.
func (h Holder) String() string {
	s := h.Name
	if h.Since != "" {
		s = strings.TrimSpace(s + " since " + h.Since)
	}
	if h.PID > 0 {
		s = strings.TrimSpace(fmt.Sprintf("%s (process %d on %s)", s, h.PID, h.Host))
	}
	return DisplayPath(cmp.Or(s, "by whom is unknown"))
}

// The record of the holder begins behind the first byte, which is the one that
// the lock of Windows covers, and has a fixed length, so that nothing of an older
// one is left.
const (
	recordAt   = 1
	recordSize = 1024
)

// record writes who has the lock. That it cannot be written is no reason not to work.
func (l *lock) record(h Holder) {
	h.PID = os.Getpid()
	h.Host, _ = os.Hostname()
	data, err := json.Marshal(h)
	if err == nil && len(data) < recordSize {
		_, _ = l.file.WriteAt(fmt.Appendf(nil, "%-*s\n", recordSize-1, data), recordAt)
	}
}

// holder reads who has a lock; nothing where that cannot be determined.
func (f file) holder() Holder {
	var h Holder
	data, err := io.ReadAll(io.NewSectionReader(f, recordAt, recordSize))
	if err != nil || json.Unmarshal(data, &h) != nil {
		return Holder{}
	}
	return h
}
