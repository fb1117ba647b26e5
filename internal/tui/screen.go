package tui

import (
	"context"
	"errors"
	"io"
	"os"
	"os/signal"
	"syscall"

	tea "charm.land/bubbletea/v2"
	"github.com/iotlens/iotlens/internal/interview"
	"github.com/iotlens/iotlens/internal/lens"
	"github.com/iotlens/iotlens/internal/review"
)

// A Screen is the full-screen review: the same walk as the line review, for a
// room with a projector. It draws what the walk says and decides nothing of it.
type Screen struct {
	In      io.Reader // a terminal
	Out     io.Writer // a terminal
	Env     []string  // NAME=value: TERM, NO_COLOR, EDITOR and the like
	Lens    *lens.Lens
	Where   string                     // the file, as the user named it
	Save    func(*review.Review) error // puts a state of the review on disk; called after every change, from another goroutine
	Clock   func() string              // the time of day; empty: none is shown
	Theme   string                     // of Themes
	Busy    string                     // who else has the file, in words; then nothing can be changed
	Judge   func(*review.Review) Summary
	Write   func(*review.Review) (paths []string, e error) // writes the reports beside the file
	Hello   string                                         // said at the start
	Minutes int                                            // planned for this session; 0: not planned
	Elapsed func() int                                     // minutes since it began
}

// ErrInterrupted is returned by Run where ctrl+c or a signal ended the review.
// Every answer is on disk by then.
var ErrInterrupted = errors.New("interrupted")

// Run takes the whole terminal until the user stops. What was answered is on
// disk by then, or the error says why not.
func (s *Screen) Run(w *interview.Walk, r *review.Review) error {
	m := newModel(s, w, r)
	signals := make(chan os.Signal, 1)
	signal.Notify(signals, os.Interrupt, syscall.SIGTERM, syscall.SIGHUP)
	defer signal.Stop(signals)
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()

	program := tea.NewProgram(m, tea.WithInput(s.In), tea.WithOutput(s.Out), tea.WithEnvironment(s.Env), tea.WithoutSignalHandler())
	go func() {
		select {
		case <-signals:
			program.Send(interruptMsg{})
		case <-ctx.Done():
		}
	}()
	_, err := program.Run()
	if !m.saves.safe() && !m.abandoned {
		// The terminal went away, or the save at the end failed: once more.
		if saveErr := m.disk.put(m.saves.version, m.review); saveErr != nil {
			return saveErr
		}
	}
	if m.interrupted {
		return ErrInterrupted
	}
	return err
}

// interruptMsg ends the review from outside.
type interruptMsg struct{}
