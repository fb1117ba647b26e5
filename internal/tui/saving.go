package tui

import (
	"sync"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/iotlens/iotlens/internal/disk"
	"github.com/iotlens/iotlens/internal/review"
)

// orderedSaver writes states of a review one at a time, and never an older one over a newer
// one. It can be used from several goroutines.
type orderedSaver struct {
	write       SaveFunc
	mu          sync.Mutex
	lastVersion int // version of the state that was written last
}

// save brings a state and the file together, unless a later one was written before;
// false then.
func (d *orderedSaver) save(version int, from, r *review.Review) (done review.SyncResult, wrote bool, err error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if version < d.lastVersion {
		return review.SyncResult{}, false, nil
	}
	if done, err = d.write(from, r); err != nil {
		return review.SyncResult{}, false, err
	}
	d.lastVersion = version
	return done, true, nil
}

// saveState is how far the disk is behind the screen.
type saveState struct {
	version      int    // of the review on the screen; it grows with each change
	attempted    int    // of the last save
	savedVersion int    // of what is on disk
	savedAnswers int    // how many answers that has
	savedAt      string // time of day; empty where the clock is stopped
	inProgress   bool   // a save is under way
	checking     bool   // a look at the file is under way
	err          error  // of the last save
	quitWarned   bool   // that it is left without being saved
}

func (s saveState) allSaved() bool { return s.savedVersion == s.version && s.err == nil }

// savedMsg is the end of a save.
type savedMsg struct {
	version  int
	snapshot *review.Review
	done     review.SyncResult
	wrote    bool
	err      error
}

// fileUnchangedMsg is the end of a look at the file that found nothing new.
type fileUnchangedMsg struct{}

// checkFileMsg says that it is time to look at the file.
type checkFileMsg struct{}

// fileCheckInterval is how often the file is looked at for what others change.
const fileCheckInterval = time.Second

// startSave brings the review as it is now and the file together while the screen goes on,
// unless that was tried already or is under way; its end starts the next one.
func (m *model) startSave() {
	s := &m.saving
	if s.inProgress || s.checking || s.attempted == s.version {
		return
	}
	s.inProgress = true
	m.queue(m.saveCmd())
}

// saveCmd is the command that saves the review as it is now.
func (m *model) saveCmd() tea.Cmd {
	m.saving.attempted = m.saving.version
	version, from, snapshot := m.saving.version, m.file.base, m.review.Clone()
	return func() tea.Msg {
		done, wrote, err := m.saver.save(version, from, snapshot)
		return savedMsg{version: version, snapshot: snapshot, done: done, wrote: wrote, err: err}
	}
}

// checkFile looks whether somebody else changed the file, and takes that in. What could not
// be saved is tried again.
func (m *model) checkFile() {
	s := &m.saving
	if s.inProgress || s.checking || m.quitting {
		return
	}
	s.checking = true
	again, put := s.err != nil, m.saveCmd()
	m.queue(func() tea.Msg {
		if !again && !m.FileChanged() {
			return fileUnchangedMsg{}
		}
		return put()
	})
}

// scheduleFileCheck looks at the file once in a while.
func (m *model) scheduleFileCheck() {
	if m.FileChanged != nil {
		m.queue(tea.Tick(fileCheckInterval, func(time.Time) tea.Msg { return checkFileMsg{} }))
	}
}

// handleSaved takes the end of a save in.
func (m *model) handleSaved(msg savedMsg) {
	s := &m.saving
	again := s.err != nil
	if s.checking {
		s.checking = false
		m.scheduleFileCheck()
	}
	s.inProgress, s.err = false, msg.err
	switch {
	case msg.err != nil:
		m.notSaved(msg.err)
		m.reportSaveError(again)
	case msg.wrote:
		s.savedVersion, s.savedAnswers, s.savedAt, s.quitWarned = msg.version, len(msg.done.Review.Answers), m.Clock(), false
		m.applySync(msg.snapshot, msg.done)
		m.noteRead(msg.done.FileChanged)
		if again {
			m.report("%s", m.savedAgainText())
		}
	}
	switch {
	case !m.quitting:
	case s.allSaved(), msg.err != nil && (m.abandoned || m.interrupted.Load()): // then the caller tries once more and reports the error
		m.queue(tea.Quit)
	case msg.err != nil:
		m.quitting, s.quitWarned = false, true
		m.report("Not saved, so the review is still open. q again leaves it. %s", m.rescueText())
	}
}

// reportSaveError says once where what can't be saved is.
func (m *model) reportSaveError(again bool) {
	if !again && m.ReadOnlyReason == "" {
		m.report("Not saved: %s %s", saveErrorText(m.saving.err), m.rescueText())
	}
}

// rescueText say where what could not be saved is.
func (m *model) rescueText() string {
	if lost := m.rescueError(); lost != nil {
		return "What was said is in " + disk.DisplayPath(lost.RescuePath) + "."
	}
	return "What was said since is not on disk; it is printed at the end."
}

// saveAndQuit ends the session once everything is on disk. Where that is not possible, it says
// so, and leaves when it is asked to again.
func (m *model) saveAndQuit() {
	switch {
	case m.ReadOnlyReason != "", m.saving.allSaved() && m.FileChanged == nil:
		m.queue(tea.Quit)
	default:
		m.abandoned = m.saving.err != nil && m.saving.quitWarned // it is tried once more all the same
		m.quitting, m.saving.attempted = true, m.saving.version-1
	}
}
