package tui

import (
	"sync"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/iotlens/iotlens/internal/disk"
	"github.com/iotlens/iotlens/internal/review"
)

// orderedSaver saves versions of a review one at a time, and never an older one over a
// newer one. It is safe for concurrent use.
type orderedSaver struct {
	write       SaveFunc
	mu          sync.Mutex
	lastVersion int // version that was saved last
}

// save saves a version and merges the file; wrote is false if a later version was saved
// before.
func (s *orderedSaver) save(version int, from, r *review.Review) (done review.SyncResult, wrote bool, err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if version < s.lastVersion {
		return review.SyncResult{}, false, nil
	}
	if done, err = s.write(from, r); err != nil {
		return review.SyncResult{}, false, err
	}
	s.lastVersion = version
	return done, true, nil
}

// saveState is the state of saving the review of a screen.
type saveState struct {
	version      int    // of the review on the screen; each change increments it
	attempted    int    // version of the last save that was started
	savedVersion int    // version in the file
	savedAnswers int    // number of answers in the file
	savedAt      string // time of day of the last save; empty without a clock
	inProgress   bool   // a save is running
	checking     bool   // a check of the file is running
	err          error  // of the last save
	quitWarned   bool   // the user was warned that quitting loses answers
}

func (s saveState) allSaved() bool { return s.savedVersion == s.version && s.err == nil }

// savedMsg is sent when a save ends.
type savedMsg struct {
	version  int
	snapshot *review.Review
	done     review.SyncResult
	wrote    bool
	err      error
}

// fileUnchangedMsg is sent when a check found the file unchanged.
type fileUnchangedMsg struct{}

// checkFileMsg is sent when it is time to check the file.
type checkFileMsg struct{}

// fileCheckInterval is how often the file is checked for changes of others.
const fileCheckInterval = time.Second

// startSave saves the current version in the background, unless that was tried already or
// another save is running, after which the next one starts.
func (m *model) startSave() {
	s := &m.saving
	if s.inProgress || s.checking || s.attempted == s.version {
		return
	}
	s.inProgress = true
	m.queue(m.saveCmd())
}

// saveCmd returns a command that saves the current version.
func (m *model) saveCmd() tea.Cmd {
	m.saving.attempted = m.saving.version
	version, from, snapshot := m.saving.version, m.file.base, m.review.Clone()
	return func() tea.Msg {
		done, wrote, err := m.saver.save(version, from, snapshot)
		return savedMsg{version: version, snapshot: snapshot, done: done, wrote: wrote, err: err}
	}
}

// checkFile checks in the background whether somebody else changed the file, and merges
// that. After an error it saves again.
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

// scheduleFileCheck schedules the next check of the file.
func (m *model) scheduleFileCheck() {
	if m.FileChanged != nil {
		m.queue(tea.Tick(fileCheckInterval, func(time.Time) tea.Msg { return checkFileMsg{} }))
	}
}

// handleSaved applies the result of a save.
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
	case s.allSaved(), msg.err != nil && (m.abandoned || m.interrupted.Load()): // Run saves once more and reports the error
		m.queue(tea.Quit)
	case msg.err != nil:
		m.quitting, s.quitWarned = false, true
		m.report("Not saved, so the review is still open. q again leaves it. %s", m.rescueText())
	}
}

// reportSaveError shows the error of the last save, unless the one before failed, too.
func (m *model) reportSaveError(again bool) {
	if !again && m.ReadOnlyReason == "" {
		m.report("Not saved: %s %s", saveErrorText(m.saving.err), m.rescueText())
	}
}

// rescueText says where the answers are that could not be saved.
func (m *model) rescueText() string {
	if lost := m.rescueError(); lost != nil {
		return "The unsaved changes are in " + disk.DisplayPath(lost.RescuePath) + "."
	}
	return "The changes since then are not on disk; they are printed at the end."
}

// saveAndQuit quits once everything is saved. If that fails, it shows a warning, and quits
// without saving the next time.
func (m *model) saveAndQuit() {
	switch {
	case m.ReadOnlyReason != "", m.saving.allSaved() && m.FileChanged == nil:
		m.queue(tea.Quit)
	default:
		m.abandoned = m.saving.err != nil && m.saving.quitWarned // it still tries to save once more
		m.quitting, m.saving.attempted = true, m.saving.version-1
	}
}
