package tui

import (
	"errors"
	"fmt"
	"strings"
	"sync/atomic"
	"time"
)

// A Screen is the full-screen review: the same walk as the line review, for a
// room with a projector. It draws the state of the walk and decides nothing of it.
type Screen struct {
	*Session

	Terminal
	Mode  Mode          // in which it begins; empty: ModeFull
	Clock func() string // the time of day; empty: none is shown
	// Now is the time; nil: it is not shown as of when a review stands that is followed.
	Now func() time.Time
	// PasteDelay is for how long no other character may come for one to be a key; zero: keys
	// are obeyed at once.
	PasteDelay time.Duration
	Mouse      bool // a click goes to what it hits; without it the terminal selects text

	editing atomic.Bool
}

// Editing reports whether the user's editor has the terminal; an interrupt is for
// that then. It can be called during Run.
func (s *Screen) Editing() bool { return s.editing.Load() }

// ErrInterrupted is returned by Run where ctrl+c or Interrupt ended the review. Every
// answer is on disk by then; what could not be saved is in the text of the error.
var ErrInterrupted = errors.New("interrupted")

// Run takes the whole terminal until the user stops. What was answered is on
// disk by then, or there is an error.
func (s *Screen) Run() error {
	fmt.Fprint(s.Out, s.Notice) // stays on the terminal below the screen
	m := newModel(s)
	err := s.run(m)
	if s.ReadOnlyReason == "" && (s.FileChanged != nil || !m.saving.allSaved()) {
		// The terminal may have gone away before everything was on disk, the last save
		// failed, or the file was changed since: once more.
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

// interruptError is ErrInterrupted with what is not saved, as there was no prompt
// for it.
func (m *model) interruptError() error {
	unentered := m.unenteredText()
	if unentered == "" {
		return ErrInterrupted
	}
	return fmt.Errorf("%w\n%s", ErrInterrupted, strings.TrimSuffix(unentered, "\n"))
}
