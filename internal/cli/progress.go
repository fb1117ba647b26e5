package cli

import (
	"fmt"
	"io"
	"strings"
	"time"
)

// A progress is a line on a terminal that says how far a long run is. A nil progress, and
// one whose run is short, says nothing.
type progress struct {
	to    io.Writer
	what  string // is counted
	now   func() time.Time
	next  time.Time // when it may be written again
	shown int       // characters on the line
}

// The line comes after a second, and then changes twice a second.
const (
	firstProgress = time.Second
	everyProgress = 500 * time.Millisecond
)

// newProgress is nil where nobody watches: standard error is no terminal that takes it.
func (a *app) newProgress(what string) *progress {
	if !a.StderrTTY || a.env("CI") != "" || a.env("TERM") == "dumb" || a.env("ACCESSIBLE") != "" {
		return nil
	}
	return &progress{to: a.Err, what: what, now: a.Now, next: a.Now().Add(firstProgress)}
}

// show says that n of so many are done.
func (p *progress) show(n, of int) {
	if p == nil || n == of {
		return
	}
	now := p.now()
	if now.Before(p.next) {
		return
	}
	p.next = now.Add(everyProgress)
	line := fmt.Sprintf("%d of %d %s", n, of, p.what)
	fmt.Fprintf(p.to, "\r%s%s", line, strings.Repeat(" ", max(0, p.shown-len(line))))
	p.shown = len(line)
}

// clear takes the line away, before anything else is written.
func (p *progress) clear() {
	if p != nil && p.shown > 0 {
		fmt.Fprintf(p.to, "\r%s\r", strings.Repeat(" ", p.shown))
		p.shown = 0
	}
}
