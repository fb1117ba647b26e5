// Package disktest lets the calls fail that package disk makes, one at a time, for
// tests of what is left on disk then.
package disktest

import (
	"errors"
	"io"
	"io/fs"
	"strings"
	"sync"
	"syscall"

	"github.com/iotlens/iotlens/internal/disk"
)

// A Fault is what happens at a call.
type Fault struct {
	Name  string
	Do    func() // runs before the call, as another program may; may be nil
	Err   error  // of the call; nil: it doesn't fail
	From  bool   // every further call fails like it
	Short bool   // a write writes half of the data
	After bool   // the call has its effect before it fails
	Kill  bool   // the process ends here: no further call has an effect, and its locks are gone
}

// Faults lists those that every call is tried with.
func Faults() []Fault {
	return []Fault{
		{Name: "EIO", Err: syscall.EIO},
		{Name: "ENOSPC", Err: syscall.ENOSPC},
		{Name: "ENOSPC from here on", Err: syscall.ENOSPC, From: true},
		{Name: "EACCES", Err: syscall.EACCES},
		{Name: "EINTR", Err: syscall.EINTR},
		{Name: "short write", Err: io.ErrShortWrite, Short: true},
		{Name: "kill before", Err: errKilled, Kill: true},
		{Name: "kill after", Err: errKilled, Kill: true, After: true},
	}
}

var errKilled = errors.New("killed")

// A System makes the calls of another one and counts them. Syncs are counted and
// not made, which is what makes thousands of runs possible.
type System struct {
	mu     sync.Mutex
	under  disk.System
	fault  Fault
	at     int    // call at which it happens, from 1; 0: at none
	on     string // or the beginning of its name, such as "rename plant"
	calls  int
	hit    string // the call that failed; empty: none yet
	killed bool
	open   []io.Closer
}

// New is a System in which one call fails.
func New(under disk.System, at int, fault Fault) *System {
	return &System{under: under, at: at, fault: fault}
}

// On is a System in which the first call fails whose name begins with a text.
func On(under disk.System, call string, fault Fault) *System {
	return &System{under: under, on: call, fault: fault}
}

// Calls is how many calls were made.
func (s *System) Calls() int { return s.calls }

// Hit is the call that failed, such as "rename plant.review.yaml".
func (s *System) Hit() string { return s.hit }

// Killed tells whether the process ended.
func (s *System) Killed() bool { return s.killed }

// do makes a call, or lets it fail. half does the half of it that a short write
// does; it may be nil.
func (s *System) do(call string, effect func() error, half func()) error {
	s.mu.Lock()
	s.calls++
	first := s.calls == s.at || s.on != "" && s.hit == "" && strings.HasPrefix(call, s.on)
	dead, now := s.killed, first || s.fault.From && s.hit != ""
	s.mu.Unlock()
	if dead {
		return errKilled
	}
	if !now || s.fault.Short && half == nil {
		return effect()
	}
	if s.hit == "" {
		s.hit = call
	}
	if s.fault.Do != nil {
		s.fault.Do()
	}
	switch {
	case s.fault.Err == nil:
		return effect()
	case s.fault.Short:
		half()
	case s.fault.After:
		_ = effect()
	}
	if s.fault.Kill {
		s.die()
	}
	return s.fault.Err
}

// die closes what is open, as the system does with the files of a killed process.
func (s *System) die() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.killed = true
	for _, c := range s.open {
		_ = c.Close()
	}
}

func (s *System) opened(c io.Closer) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.killed {
		_ = c.Close()
	}
	s.open = append(s.open, c)
}

// get is do for a call that returns something.
func get[T any](s *System, call string, effect func() (T, error)) (out T, err error) {
	err = s.do(call, func() error {
		out, err = effect()
		return err
	}, nil)
	return out, err
}

func (s *System) file(call string, effect func() (disk.File, error)) (disk.File, error) {
	var f disk.File
	err := s.do(call, func() (err error) {
		if f, err = effect(); err == nil {
			s.opened(f)
		}
		return err
	}, nil)
	if err != nil {
		return nil, err
	}
	return &file{f, s, call}, nil
}

func (s *System) folder(call string, effect func() (disk.Folder, error)) (disk.Folder, error) {
	var f disk.Folder
	err := s.do(call, func() (err error) {
		if f, err = effect(); err == nil {
			s.opened(f)
		}
		return err
	}, nil)
	if err != nil {
		return nil, err
	}
	return &folder{f, s}, nil
}

// Stat and the other methods are those of disk.System.
func (s *System) Stat(path string) (fs.FileInfo, error) {
	return get(s, "stat "+path, func() (fs.FileInfo, error) { return s.under.Stat(path) })
}

func (s *System) Lstat(path string) (fs.FileInfo, error) {
	return get(s, "lstat "+path, func() (fs.FileInfo, error) { return s.under.Lstat(path) })
}

func (s *System) Resolve(path string) (string, error) {
	return get(s, "resolve "+path, func() (string, error) { return s.under.Resolve(path) })
}

func (s *System) ReadDir(path string) ([]fs.DirEntry, error) {
	return get(s, "readdir "+path, func() ([]fs.DirEntry, error) { return s.under.ReadDir(path) })
}

func (s *System) Open(path string, flag int, perm fs.FileMode) (disk.File, error) {
	return s.file("open "+path, func() (disk.File, error) { return s.under.Open(path, flag, perm) })
}

func (s *System) Descriptor(n int) (disk.File, error) {
	return s.file("dup", func() (disk.File, error) { return s.under.Descriptor(n) })
}

func (s *System) Folder(path string) (disk.Folder, error) {
	return s.folder("open "+path, func() (disk.Folder, error) { return s.under.Folder(path) })
}
