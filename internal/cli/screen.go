package cli

import (
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"strings"

	"github.com/iotlens/iotlens/internal/report"
	"github.com/iotlens/iotlens/internal/scoring"
	"github.com/iotlens/iotlens/internal/tui"
)

// screen is the review on the full screen.
func (a *app) screen(s *tui.Screen) error {
	s.Stop = a.startScreen(s)
	defer a.endScreen()
	err := s.Run()
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
func (a *app) startScreen(s *tui.Screen) <-chan struct{} {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.full, a.stop = s, make(chan struct{})
	return a.stop
}

func (a *app) endScreen() {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.full = nil
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
	if a.full == nil {
		return false
	}
	close(a.stop)
	return true
}
