package cli

import (
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"strings"

	"github.com/iotlens/iotlens/internal/report"
	"github.com/iotlens/iotlens/internal/review"
	"github.com/iotlens/iotlens/internal/scoring"
	"github.com/iotlens/iotlens/internal/tui"
)

// screen is the review on the full screen.
func (a *app) screen(s *sitting, o *reviewOptions, tty io.Reader, hello string) error {
	stop := a.startScreen()
	defer a.endScreen()
	assess := func(r *review.Review) *scoring.Assessment {
		return scoring.Assess(s.lens, r, scoring.Options{Today: a.today()})
	}
	screen := &tui.Screen{
		In: tty, Out: a.Out, Env: a.Env, Stop: stop,
		Lens: s.lens, Where: s.file.Path, Again: a.again(s.file.Path), Theme: o.theme, Hello: strings.Join(strings.Fields(hello), " "),
		Save: s.file.SaveSnapshot, Keep: s.keep, Clock: a.clock, Minutes: s.minutes,
		Elapsed: func() int { return int(s.elapsed().Minutes()) },
		Judge: func(r *review.Review) tui.Summary {
			judged := assess(r)
			return tui.Summary{Verdict: report.Verdict(judged), Assessment: judged}
		},
		Write: func(r *review.Review) ([]string, error) { return writeReports(s.file.Path, assess(r)) },
	}
	if o.readOnly {
		screen.Busy = "it was opened read-only"
		if s.busy != "" {
			screen.Busy, screen.Keep = "in use by "+s.busy, nil // the place is theirs
		}
	}
	a.mu.Lock()
	a.full = screen
	a.mu.Unlock()
	err := screen.Run(s.walk, s.file.Review)
	if errors.Is(err, tui.ErrInterrupted) {
		fmt.Fprintln(a.Err, err)
		return exitError{Interrupted}
	}
	return err
}

// clock is the time of day; empty where --today stops it.
func (a *app) clock() string {
	if a.day != "" {
		return ""
	}
	return a.Now().Format("15:04")
}

// writeReports writes what the team reads and what programs read beside a review
// file, and says where.
func writeReports(file string, judged *scoring.Assessment) ([]string, error) {
	base := strings.TrimSuffix(strings.TrimSuffix(filepath.Base(file), ".yaml"), ".review")
	var paths []string
	for _, out := range []struct{ format, ending string }{{"markdown", ".report.md"}, {"json", ".report.json"}} {
		f, err := report.Find(out.format)
		if err != nil {
			return paths, err
		}
		path := filepath.Join(filepath.Dir(file), base+out.ending)
		if err := writeFile(path, func(w io.Writer) error { return f.Write(w, judged) }); err != nil {
			return paths, err
		}
		paths = append(paths, path)
	}
	return paths, nil
}

// startScreen says that the terminal is the full screen's until endScreen. What
// it returns is closed by stopScreen.
func (a *app) startScreen() <-chan struct{} {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.stop = make(chan struct{})
	return a.stop
}

func (a *app) endScreen() {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.stop = nil
}

// editing tells whether the user's editor has the terminal.
func (a *app) editing() bool {
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.full != nil && a.full.Editing()
}

// stopScreen ends the full screen; false where there is none.
func (a *app) stopScreen() bool {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.stop == nil {
		return false
	}
	close(a.stop)
	return true
}
