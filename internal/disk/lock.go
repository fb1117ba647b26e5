package disk

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"time"
)

// A LockedError is returned where somebody else has had the lock of a file for
// as long as Options.Wait.
type LockedError struct {
	Path   string
	Holder Holder // as far as it is known
	Waited time.Duration
}

func (e *LockedError) Error() string {
	s := Shown(e.Path) + ": another iotlens is writing this file"
	if who := e.Holder.String(); who != "" {
		s += ": " + who
	}
	if e.Waited > 0 {
		s += fmt.Sprintf("; gave up after %s", e.Waited)
	}
	return s
}

// A lock keeps other iotlens processes from writing a file. The nil lock locks
// nothing.
type lock struct {
	folder Folder
	name   string // of the lock file
	file   File
}

// acquire locks the file of a stem (see stem) in a folder.
func acquire(folder Folder, stem, path string, o Options) (*lock, error) {
	if o.NoLock {
		return nil, nil
	}
	l := &lock{folder: folder, name: "." + stem + lockSuffix}
	began, pause := time.Now(), 2*time.Millisecond
	for {
		err := l.try()
		if err == nil {
			o.Holder.write(l.file)
			return l, nil
		}
		var busy *LockedError
		if !errors.As(err, &busy) {
			return nil, lockError(path, l.name, err)
		}
		if time.Since(began)+pause > o.Wait {
			busy.Path, busy.Waited = path, o.Wait
			return nil, busy
		}
		time.Sleep(pause)
		pause = min(2*pause, 50*time.Millisecond)
	}
}

// try takes the lock if nobody has it; the error is a *LockedError if somebody has.
// Who releases it removes the lock file, so a lock on a file that has gone by then
// counts for nothing and is taken again on the one that is there.
func (l *lock) try() error {
	for range 20 {
		f, created, err := ownFile(l.folder, l.name)
		if err != nil {
			return err
		}
		err = f.TryLock()
		for range 100 {
			if !interrupted(err) {
				break
			}
			err = f.TryLock()
		}
		if errors.Is(err, errBusy) {
			h := holder(f)
			return errors.Join(&LockedError{Holder: h}, f.Close())
		}
		current, held := false, err == nil
		if held {
			current, err = leadsTo(l.folder, l.name, f)
		}
		switch {
		case current:
			l.file = f
			return nil
		case err != nil && created && (held || noLocks(err)): // else somebody may have it by now
			_ = l.folder.Remove(l.name)
		}
		if err = errors.Join(err, f.Close()); err != nil {
			return err
		}
	}
	return &LockedError{}
}

// leadsTo tells whether a name still leads to an open file.
func leadsTo(folder Folder, name string, f File) (bool, error) {
	there, err := folder.Lstat(name)
	if errors.Is(err, fs.ErrNotExist) {
		return false, nil
	}
	mine, err2 := f.Stat()
	return err == nil && err2 == nil && os.SameFile(mine, there), errors.Join(err, err2)
}

// release removes the lock file, while nobody else can have it, and unlocks.
func (l *lock) release() {
	if l == nil || l.file == nil {
		return
	}
	_ = l.folder.Remove(l.name)
	_ = l.file.Close()
	l.file = nil
}

// ownFile opens a file that only iotlens writes, or creates it. It never opens
// one through a link, nor one that has other names, nor creates one through a link.
func ownFile(folder Folder, name string) (f File, created bool, err error) {
	for range 20 {
		f, err = folder.Open(name, os.O_RDWR|os.O_CREATE|os.O_EXCL|nonblock, 0o666)
		if !errors.Is(err, fs.ErrExist) {
			return f, err == nil, err
		}
		before, err := folder.Lstat(name)
		switch {
		case errors.Is(err, fs.ErrNotExist):
			continue // it was removed meanwhile
		case err != nil:
			return nil, false, err
		case before.Mode()&fs.ModeSymlink != 0:
			return nil, false, ErrLink
		case !before.Mode().IsRegular() || names(before) > 1:
			return nil, false, refusal("is no lock file of iotlens; remove it")
		}
		f, err = folder.Open(name, os.O_RDWR|nonblock, 0)
		if errors.Is(err, fs.ErrPermission) { // another user made it; it can be locked all the same
			f, err = folder.Open(name, os.O_RDONLY|nonblock, 0)
		}
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			return nil, false, err
		}
		if opened, err := f.Stat(); err == nil && os.SameFile(before, opened) {
			return f, false, nil
		}
		_ = f.Close() // another file took the name meanwhile
	}
	return nil, false, &LockedError{}
}

// lockError is the error that a file could not be locked.
func lockError(path, lock string, err error) error {
	switch {
	case noLocks(err):
		return fmt.Errorf("%s: %w (%w); nothing was changed. --no-lock writes without one, as long as nobody else does", Shown(path), ErrNoLocks, reason(err))
	case said(err):
		return fmt.Errorf("%s: not written: the lock file %s %w", Shown(path), Shown(lock), err)
	}
	return fmt.Errorf("%s: cannot be locked: %w", Shown(path), reason(err))
}
