package disk_test

import (
	"errors"
	"io"
	"strings"
	"syscall"

	"github.com/iotlens/iotlens/internal/disk"
)

// A fault is the outcome of a failing system call.
type fault struct {
	name  string
	do    func() // runs before the call, as another program may; may be nil
	err   error  // of the call; nil: it doesn't fail
	from  bool   // every further call fails like it
	short bool   // a write writes half of the data
	after bool   // the call has its effect before it fails
	kill  bool   // the process ends here: no further call has an effect, but that files are closed
}

// faults lists the faults to try with every call.
func faults() []fault {
	return []fault{
		{name: "EIO", err: syscall.EIO},
		{name: "ENOSPC", err: syscall.ENOSPC},
		{name: "ENOSPC from here on", err: syscall.ENOSPC, from: true},
		{name: "EACCES", err: syscall.EACCES},
		{name: "EINTR", err: syscall.EINTR},
		{name: "short write", err: io.ErrShortWrite, short: true},
		{name: "kill before", err: errKilled, kill: true},
		{name: "kill after", err: errKilled, kill: true, after: true},
	}
}

var errKilled = errors.New("killed")

// A system makes and counts the calls of package disk. It skips syncs, so that thousands of
// runs are possible.
type system struct {
	fault
	at     int    // call at which the fault happens, from 1; 0: at none
	on     string // or the beginning of its name, such as "rename plant"
	calls  int
	hit    string // the call that failed; empty: none yet
	killed bool
}

// under runs a function with the calls of a system.
func (s *system) under(run func() error) error {
	defer disk.Intercept(s.call)()
	return run()
}

func (s *system) call(name string, data *[]byte, do func() error) error {
	s.calls++
	if strings.HasPrefix(name, "sync ") {
		do = func() error { return nil }
	}
	first := s.calls == s.at || s.on != "" && s.hit == "" && strings.HasPrefix(name, s.on)
	switch {
	case s.killed:
		return errKilled
	case !first && (!s.from || s.hit == ""), s.short && data == nil:
		return do()
	}
	if s.hit == "" {
		s.hit = name
	}
	if s.do != nil {
		s.do()
	}
	switch {
	case s.err == nil:
		return do()
	case s.short:
		*data = (*data)[:len(*data)/2]
		_ = do()
	case s.after:
		_ = do()
	}
	s.killed = s.kill
	return s.err
}
