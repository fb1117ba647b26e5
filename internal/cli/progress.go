package cli

import (
	"fmt"
	"io"
	"strings"
	"time"
)

// A progress shows on one line of a terminal how far a long run is. A nil progress shows
// nothing, and neither does that of a short run.
type progress struct {
	to    io.Writer
	what  string // what is counted
	now   func() time.Time
	next  time.Time // earliest time of the next update
	shown int       // characters on the line
}

// The line appears after a second and then changes at most twice a second.
const (
	firstProgress = time.Second
	everyProgress = 500 * time.Millisecond
)

// newProgress returns nil if standard error is not a terminal that can show progress.
func (a *app) newProgress(what string) *progress {
	if !a.StderrTTY || a.env("CI") != "" || a.env("TERM") == "dumb" || a.env("ACCESSIBLE") != "" {
		return nil
	}
	return &progress{to: a.Err, what: what, now: a.Now, next: a.Now().Add(firstProgress)}
}

// show shows that n of so many are done.
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

// clear removes the line, before anything else is written.
func (p *progress) clear() {
	if p != nil && p.shown > 0 {
		fmt.Fprintf(p.to, "\r%s\r", strings.Repeat(" ", p.shown))
		p.shown = 0
	}
}
