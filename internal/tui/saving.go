package tui

import (
	"sync"

	tea "charm.land/bubbletea/v2"
	"github.com/iotlens/iotlens/internal/review"
)

// disk writes states of a review one at a time, and never an older one over a newer
// one. It can be used from several goroutines.
type disk struct {
	write func(*review.Review) error
	mu    sync.Mutex
	last  int // version of the state that was written last
}

// put writes a state, unless its version or a later one was written before.
func (d *disk) put(version int, r *review.Review) error {
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
	saved   int    // of what is on disk
	answers int    // how many answers that has
	at      string // time of day; empty where the clock stands still
	running bool
	err     error // of the last save
}

func (s saves) safe() bool { return s.saved == s.version }

// savedMsg is the end of a save.
type savedMsg struct {
	version, answers int
	err              error
}

// changed is called after each change of the review: the state as it is now
// goes to disk while the screen goes on.
func (m *model) changed() tea.Cmd {
	m.saves.version++
	return m.startSave()
}

// startSave saves what is not on disk yet, unless a save is under way; its end
// starts the next one.
func (m *model) startSave() tea.Cmd {
	if m.saves.running || m.saves.safe() {
		return nil
	}
	m.saves.running = true
	version, snapshot := m.saves.version, m.review.Clone()
	return func() tea.Msg {
		return savedMsg{version, len(snapshot.Answers), m.disk.put(version, snapshot)}
	}
}

// stored takes the end of a save in.
func (m *model) stored(msg savedMsg) tea.Cmd {
	m.saves.running = false
	m.saves.err = msg.err
	if msg.err == nil {
		m.saves.saved, m.saves.answers, m.saves.at = msg.version, msg.answers, m.Clock()
	}
	switch {
	case m.saves.safe() && m.leaving:
		return tea.Quit
	case msg.err != nil && m.leaving && m.interrupted.Load():
		return tea.Quit // the caller tries once more and tells the error
	case msg.err != nil && m.leaving:
		m.leaving = false
		m.tell("Not saved, so the review is still open. q tries again; Q leaves without saving.")
		return nil
	case msg.version < m.saves.version:
		return m.startSave()
	}
	return nil
}

// leave ends the session once everything is on disk.
func (m *model) leave() tea.Cmd {
	if m.saves.safe() {
		return tea.Quit
	}
	m.leaving = true
	return m.startSave()
}
