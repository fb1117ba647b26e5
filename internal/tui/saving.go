package tui

import (
	"sync"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/iotlens/iotlens/internal/disk"
	"github.com/iotlens/iotlens/internal/review"
)

// saver writes states of a review one at a time, and never an older one over a newer
// one. It can be used from several goroutines.
type saver struct {
	write SaveFunc
	mu    sync.Mutex
	last  int // version of the state that was written last
}

// put brings a state and the file together, unless a later one was written before;
// false then.
func (d *saver) put(version int, from, r *review.Review) (done review.SyncResult, wrote bool, err error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if version < d.last {
		return review.SyncResult{}, false, nil
	}
	if done, err = d.write(from, r); err != nil {
		return review.SyncResult{}, false, err
	}
	d.last = version
	return done, true, nil
}

// saves is how far the disk is behind the screen.
type saves struct {
	version int    // of the review on the screen; it grows with each change
	tried   int    // of the last save
	saved   int    // of what is on disk
	answers int    // how many answers that has
	at      string // time of day; empty where the clock is stopped
	running bool   // a save is under way
	looking bool   // a look at the file is under way
	err     error  // of the last save
	warned  bool   // that it is left without being saved
}

func (s saves) safe() bool { return s.saved == s.version && s.err == nil }

// savedMsg is the end of a save.
type savedMsg struct {
	version  int
	snapshot *review.Review
	done     review.SyncResult
	wrote    bool
	err      error
}

// lookedMsg is the end of a look at the file that found nothing new.
type lookedMsg struct{}

// lookMsg says that it is time to look at the file.
type lookMsg struct{}

// lookEvery is how often the file is looked at for what others change.
const lookEvery = time.Second

// save brings the review as it is now and the file together while the screen goes on,
// unless that was tried already or is under way; its end starts the next one.
func (m *model) save() {
	s := &m.saves
	if s.running || s.looking || s.tried == s.version {
		return
	}
	s.running = true
	m.later(m.put())
}

// put is the command that saves the review as it is now.
func (m *model) put() tea.Cmd {
	m.saves.tried = m.saves.version
	version, from, snapshot := m.saves.version, m.onDisk.from, m.review.Clone()
	return func() tea.Msg {
		done, wrote, err := m.disk.put(version, from, snapshot)
		return savedMsg{version: version, snapshot: snapshot, done: done, wrote: wrote, err: err}
	}
}

// lookAtFile looks whether somebody else changed the file, and takes that in. What could not
// be saved is tried again.
func (m *model) lookAtFile() {
	s := &m.saves
	if s.running || s.looking || m.leaving {
		return
	}
	s.looking = true
	again, put := s.err != nil, m.put()
	m.later(func() tea.Msg {
		if !again && !m.FileChanged() {
			return lookedMsg{}
		}
		return put()
	})
}

// lookLater looks at the file once in a while.
func (m *model) lookLater() {
	if m.FileChanged != nil {
		m.later(tea.Tick(lookEvery, func(time.Time) tea.Msg { return lookMsg{} }))
	}
}

// stored takes the end of a save in.
func (m *model) stored(msg savedMsg) {
	s := &m.saves
	again := s.err != nil
	if s.looking {
		s.looking = false
		m.lookLater()
	}
	s.running, s.err = false, msg.err
	switch {
	case msg.err != nil:
		m.notSaved(msg.err)
		m.failed(again)
	case msg.wrote:
		s.saved, s.answers, s.at, s.warned = msg.version, len(msg.done.Review.Answers), m.Clock(), false
		m.takeIn(msg.snapshot, msg.done)
		m.readNow(msg.done.FileChanged)
		if again {
			m.report("%s", m.againWords())
		}
	}
	switch {
	case !m.leaving:
	case s.safe(), msg.err != nil && (m.abandoned || m.interrupted.Load()): // then the caller tries once more and reports the error
		m.later(tea.Quit)
	case msg.err != nil:
		m.leaving, s.warned = false, true
		m.report("Not saved, so the review is still open. q again leaves it. %s", m.rescueWords())
	}
}

// failed says once where what can't be saved is.
func (m *model) failed(again bool) {
	if !again && m.ReadOnlyReason == "" {
		m.report("Not saved: %s %s", reason(m.saves.err), m.rescueWords())
	}
}

// rescueWords say where what could not be saved is.
func (m *model) rescueWords() string {
	if lost := m.rescued(); lost != nil {
		return "What was said is in " + disk.DisplayPath(lost.RescuePath) + "."
	}
	return "What was said since is not on disk; it is printed at the end."
}

// leave ends the session once everything is on disk. Where that is not possible, it says
// so, and leaves when it is asked to again.
func (m *model) leave() {
	switch {
	case m.ReadOnlyReason != "", m.saves.safe() && m.FileChanged == nil:
		m.later(tea.Quit)
	default:
		m.abandoned = m.saves.err != nil && m.saves.warned // it is tried once more all the same
		m.leaving, m.saves.tried = true, m.saves.version-1
	}
}
