package tui

import (
	"io"
	"time"
)

// A Reader reads what is typed, and reports whether more has arrived. A terminal hands over
// one line at a time, so of pasted text the next line arrives within a moment.
type Reader struct {
	in       io.Reader
	reads    chan read
	reading  bool
	buffered read
}

type read struct {
	data []byte
	err  error
}

// NewReader makes a reader of in.
func NewReader(in io.Reader) *Reader { return &Reader{in: in, reads: make(chan read, 1)} }

// Read reads what is typed.
func (r *Reader) Read(p []byte) (int, error) {
	if len(r.buffered.data) == 0 && r.buffered.err == nil {
		r.start()
		r.buffered, r.reading = <-r.reads, false
	}
	n := copy(p, r.buffered.data)
	if r.buffered.data = r.buffered.data[n:]; n > 0 || len(r.buffered.data) > 0 {
		return n, nil
	}
	return 0, r.buffered.err
}

func (r *Reader) start() {
	if !r.reading {
		r.reading = true
		go func() {
			data := make([]byte, 4096)
			n, err := r.in.Read(data)
			r.reads <- read{data[:n], err}
		}()
	}
}

// Ready reports whether more data arrives within d.
func (r *Reader) Ready(d time.Duration) bool { return r.Wait(d) && len(r.buffered.data) > 0 }

// Wait reports whether data arrives, or the input ends, within d.
func (r *Reader) Wait(d time.Duration) bool {
	if len(r.buffered.data) > 0 || r.buffered.err != nil {
		return true
	}
	r.start()
	select {
	case r.buffered = <-r.reads:
		r.reading = false
		return true
	case <-time.After(d):
		return false
	}
}
