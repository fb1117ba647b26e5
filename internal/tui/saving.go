package tui

import (
	"sync"

	tea "charm.land/bubbletea/v2"
	"github.com/iotlens/iotlens/internal/review"
)

// saver writes states of a review one at a time, and never an older one over a newer
// one. It can be used from several goroutines.
type saver struct {
	write func(*review.Review) error
	mu    sync.Mutex
	last  int // version of the state that was written last
}

// put writes a state, unless its version or a later one was written before.
func (d *saver) put(version int, r *review.Review) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	if version <= d.last {
		return nil
	}
	if err := d.write(r); err != nil {
		return err
	}
	d.last = version
	return nil
}

// saves is how far the disk is behind the screen.
type saves struct {
	version int    // of the review on the screen; it grows with each change
	tried   int    // of the last save
	saved   int    // of what is on disk
	answers int    // how many answers that has
	at      string // time of day; empty where the clock is stopped
	running bool
	err     error // of the last save
}

func (s saves) safe() bool { return s.saved == s.version }

// savedMsg is the end of a save.
type savedMsg struct {
	version, answers int
	err              error
}

// save puts the review as it is now on disk while the screen goes on, unless that
// was tried already or a save is under way; its end starts the next one.
func (m *model) save() {
	s := &m.saves
	if s.running || s.tried == s.version {
		return
	}
	s.running, s.tried = true, s.version
	version, snapshot := s.version, m.review.Clone()
	m.later(func() tea.Msg {
		return savedMsg{version: version, answers: len(snapshot.Answers), err: m.disk.put(version, snapshot)}
	})
}

// stored takes the end of a save in.
func (m *model) stored(msg savedMsg) {
	s := &m.saves
	s.running, s.err = false, msg.err
	if msg.err == nil {
		s.saved, s.answers, s.at = msg.version, msg.answers, m.Clock()
	}
	switch {
	case !m.leaving:
	case s.safe(), msg.err != nil && m.interrupted.Load(): // then the caller tries once more and reports the error
		m.later(tea.Quit)
	case msg.err != nil:
		m.leaving = false
		m.report("Not saved, so the review is still open. q tries again; Q leaves without saving.")
	}
}

// leave ends the session once everything is on disk.
func (m *model) leave() {
	if m.saves.safe() {
		m.later(tea.Quit)
		return
	}
	m.leaving, m.saves.tried = true, m.saves.saved
}
