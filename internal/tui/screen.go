package tui

import (
	"errors"
	"fmt"
	"strings"
	"sync/atomic"
	"time"
)

// A Screen is the full-screen review. It draws the state of the walk and turns keys into
// operations of the walk.
type Screen struct {
	*Session

	Terminal
	Mode  Mode          // at the start; empty: ModeFull
	Clock func() string // the time of day; empty: none is shown
	// Now is the time, to show when a followed review was read; nil: that is not shown.
	Now func() time.Time
	// PasteDelay is how long a key that changes the review waits for another character,
	// which would make both a paste; zero: no wait, and no detection of pastes.
	PasteDelay time.Duration
	Mouse      bool // clicks and the wheel work; without it dragging selects text in the terminal

	editing atomic.Bool
}

// Editing reports whether the user's editor has the terminal; an interrupt is then meant
// for the editor. It can be called during Run.
func (s *Screen) Editing() bool { return s.editing.Load() }

// ErrInterrupted is returned by Run if ctrl+c or Interrupt ended it. Every answer is saved
// by then; the text of the error has what could not be saved.
var ErrInterrupted = errors.New("interrupted")

// Run takes the whole terminal until the user quits. It returns an error if not every
// answer could be saved.
func (s *Screen) Run() error {
	fmt.Fprint(s.Out, s.Notice) // stays on the terminal below the screen
	m := newModel(s)
	err := s.run(m)
	if s.ReadOnlyReason == "" && (s.FileChanged != nil || !m.saving.allSaved()) {
		// Save once more: the terminal may have gone away before everything was saved, the
		// last save may have failed, or the file may have changed since.
		done, wrote, saveErr := m.saver.save(m.saving.version, m.file.base, m.review.Clone())
		switch {
		case saveErr != nil:
			m.notSaved(saveErr)
		case wrote:
			m.applySync(m.review.Clone(), done)
		}
	}
	if notSaved := s.notSavedError(); notSaved != nil {
		return notSaved
	}
	if s.interrupted.Load() {
		return m.interruptError()
	}
	if err != nil {
		return fmt.Errorf("the screen: %w", err)
	}
	_, err = fmt.Fprintln(s.Out, m.unenteredText()+s.closingText())
	return err
}

// interruptError is ErrInterrupted with what could not be saved.
func (m *model) interruptError() error {
	unentered := m.unenteredText()
	if unentered == "" {
		return ErrInterrupted
	}
	return fmt.Errorf("%w\n%s", ErrInterrupted, strings.TrimSuffix(unentered, "\n"))
}
