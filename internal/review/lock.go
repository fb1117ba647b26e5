package review

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"unicode"

	"github.com/gofrs/flock"
)

// A Holder is who is at work on a review file. Others are told.
type Holder struct {
	Name  string `json:"name,omitempty"`  // of a person; may be unknown
	Host  string `json:"host,omitempty"`  // the computer; Lock sets it
	PID   int    `json:"pid,omitempty"`   // the process there; Lock sets it
	Since string `json:"since,omitempty"` // as people read it, in UTC
}

// String is one line of printable text. It may be empty.
func (h Holder) String() string {
	s := h.Name
	if h.Since != "" {
		s = strings.TrimSpace(s + " since " + h.Since)
	}
	if h.PID > 0 {
		s = strings.TrimSpace(fmt.Sprintf("%s (process %d on %s)", s, h.PID, h.Host))
	}
	return printable(s)
}

// ErrLocked is what a LockedError is.
var ErrLocked = errors.New("another iotlens is at work on this review; close it first")

// A LockedError is returned by Lock and Save where another iotlens is at work on
// the file.
type LockedError struct {
	Path   string
	Holder Holder // as far as it is known
}

func (e *LockedError) Error() string {
	if who := e.Holder.String(); who != "" {
		return fmt.Sprintf("%s: %v: %s", e.Path, ErrLocked, who)
	}
	return fmt.Sprintf("%s: %v", e.Path, ErrLocked)
}

// Is makes errors.Is(err, ErrLocked) true.
func (e *LockedError) Is(target error) bool { return target == ErrLocked }

// Lock keeps other writers away until Unlock, and tells them who is at work. The
// error is a *LockedError where somebody else is, and ErrFrozen for a milestone.
func (f *File) Lock() error {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.frozen {
		return fmt.Errorf("%s: %w", f.Path, ErrFrozen)
	}
	if err := f.acquire(); err != nil {
		return err
	}
	f.sweep()
	return nil
}

// sweep takes away what a save left behind that was killed half-way. Whoever holds
// the lock is the only one who saves.
func (f *File) sweep() {
	path := f.Path
	if target, err := filepath.EvalSymlinks(path); err == nil {
		path = target
	}
	entries, err := os.ReadDir(filepath.Dir(path))
	if err != nil {
		return
	}
	for _, e := range entries {
		name := e.Name()
		if strings.HasPrefix(name, "."+filepath.Base(path)+".") && strings.HasSuffix(name, ".tmp") && e.Type().IsRegular() {
			_ = os.Remove(filepath.Join(filepath.Dir(path), name))
		}
	}
}

func (f *File) acquire() error {
	path := lockPath(f.Path)
	// Who unlocks takes the lock file away. A lock on a file that is gone by then
	// keeps nobody out, so it is taken again on the one that is there.
	for range 20 {
		lock := flock.New(path, flock.SetFlag(os.O_CREATE|os.O_RDWR))
		ok, err := lock.TryLock()
		if err != nil {
			return fmt.Errorf("%s: can't be locked: %w", f.Path, err)
		}
		if !ok {
			return &LockedError{Path: f.Path, Holder: readHolder(path)}
		}
		mine, err1 := lock.Stat()
		there, err2 := os.Stat(path)
		if err1 == nil && err2 == nil && os.SameFile(mine, there) {
			f.lock = lock
			f.announce()
			return nil
		}
		_ = lock.Unlock()
	}
	return &LockedError{Path: f.Path}
}

// lockPath is a hidden neighbour: the file itself is replaced by every save.
func lockPath(path string) string {
	return filepath.Join(filepath.Dir(path), "."+filepath.Base(path)+".lock")
}

// The record of the holder begins behind the first byte, which is the one that
// the lock of Windows covers, and has a fixed length, so that nothing of an older
// one is left.
const (
	recordAt   = 1
	recordSize = 1024
)

// announce writes who holds the lock. That it can't be told is no reason not to work.
func (f *File) announce() {
	h := f.Holder
	h.PID = os.Getpid()
	h.Host, _ = os.Hostname()
	data, err := json.Marshal(h)
	if err != nil || len(data) > recordSize-1 {
		return
	}
	w, err := os.OpenFile(f.lock.Path(), os.O_WRONLY, 0)
	if err != nil {
		return
	}
	_, _ = w.WriteAt([]byte(fmt.Sprintf("%-*s\n", recordSize-1, data)), recordAt)
	_ = w.Close()
}

// readHolder reads who holds a lock; nothing where that can't be told.
func readHolder(path string) Holder {
	r, err := os.Open(path)
	if err != nil {
		return Holder{}
	}
	var h Holder
	data, err := io.ReadAll(io.NewSectionReader(r, recordAt, recordSize))
	if errors.Join(err, r.Close()) != nil || json.Unmarshal(data, &h) != nil {
		return Holder{}
	}
	return h
}

// printable drops what could drive a terminal: anybody can write a lock file.
func printable(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsPrint(r) {
			return r
		}
		return -1
	}, s)
}

// Unlock lets other writers in again, after a save that is under way.
func (f *File) Unlock() {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.surrender()
}

func (f *File) surrender() {
	if f.lock != nil {
		_ = os.Remove(f.lock.Path()) // while it is still held: nobody else can have it
		_ = f.lock.Unlock()
		f.lock = nil
	}
}
