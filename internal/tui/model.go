package tui

import (
	"cmp"
	"fmt"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/iotlens/iotlens/internal/review"
)

// The least window in which the screen can be used.
const (
	minWidth  = 30
	minHeight = 8
)

// panelMinWidth is the width of a window from which the card is shown beside the
// question.
const panelMinWidth = 100

// model is the state of the screen. It is its own tea.Model: one person, one
// screen, one state.
type model struct {
	*Screen
	display
	review *review.Review
	saver  orderedSaver

	mode         Mode
	showsDetails bool // a presenter's screen shows notes, owners and dates

	pane   *pane   // what covers the question; nil: nothing
	prompt *prompt // what is asked at the foot; nil: nothing

	panelPractice string // the best practice whose card is beside the question
	panelTop      int    // its first line that is seen

	pending       pendingTexts // what was typed and not entered
	pendingWarned bool         // of that

	message string // of the last key
	saving  saveState
	keyboard
	mouseOff bool
	cmds     []tea.Cmd // to be started at the end of Update

	paste  pasteDetector
	readAt time.Time // when the file was last read; zero: it isn't followed

	quitting           bool // ends once everything is saved
	abandoned          bool // left without saving, as the user wanted
	conflictsPostponed bool // what has to be decided is put off
	tickPending        bool // looks at the minutes
}

func newModel(s *Screen) *model {
	r := s.Walk.Review()
	m := &model{
		Screen: s, review: r,
		display: newDisplay(s.Theme),
		saver:   orderedSaver{write: s.Save},
		mode:    cmp.Or(s.Mode, ModeFull),
		message: strings.Join(strings.Fields(s.Notice), " "),
	}
	m.mouseOff = !s.Mouse
	s.notify = m.report
	s.reviewChanged = func() { m.saving.version++ }
	m.saving.savedAnswers = len(r.Answers)
	s.initFile()
	m.noteRead(true)
	m.followWriter()
	m.warnOfTime()
	return m
}

// Init implements tea.Model.
func (m *model) Init() tea.Cmd {
	m.tick()
	m.scheduleFileCheck()
	if m.Theme == ThemeAuto {
		m.queue(tea.RequestBackgroundColor)
	}
	return m.queued()
}

// Update implements tea.Model.
func (m *model) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	m.handle(msg)
	m.trackTime()
	m.showOpenConflicts()
	m.OnMove(m.currentPlace())
	if !m.following() {
		m.startSave()
	}
	return m, m.queued()
}

// queue starts a command at the end of Update.
func (m *model) queue(cmd tea.Cmd) { m.cmds = append(m.cmds, cmd) }

func (m *model) queued() tea.Cmd {
	cmds := m.cmds
	m.cmds = nil
	return tea.Batch(cmds...)
}

// handle takes a message in.
func (m *model) handle(msg tea.Msg) {
	m.display.update(msg, m.Theme)
	switch msg := msg.(type) {
	case tea.KeyPressMsg:
		m.receiveKey(msg)
	case pasteGapMsg:
		m.endPasteGap(msg)
	case tea.PasteMsg:
		m.pasteText(msg)
	case tea.MouseClickMsg:
		m.click(msg)
	case tea.MouseWheelMsg:
		m.wheel(msg)
	case savedMsg:
		m.handleSaved(msg)
	case checkFileMsg:
		m.followWriter()
		m.checkFile()
	case fileUnchangedMsg:
		m.saving.checking = false
		m.scheduleFileCheck()
	case interruptMsg:
		m.interrupted.Store(true)
		m.saveAndQuit()
	case editorDoneMsg:
		m.handleEditorDone(msg)
	case reportsWrittenMsg:
		m.handleReportsWritten(msg)
	case tickMsg:
		m.tickPending = false
		if m.message == "" && m.prompt == nil {
			m.warnOfTime()
		}
		m.tick()
	}
}

// report shows a message in the footer until the next key.
func (m *model) report(format string, args ...any) { m.message = safe(fmt.Sprintf(format, args...)) }

// handleKey obeys a key.
func (m *model) handleKey(msg tea.KeyPressMsg) {
	msg = m.toLatin(msg, m.prompt != nil || m.pane != nil && m.pane.hasInput)
	key := msg.String()
	switch {
	case key == "ctrl+c":
		m.interrupted.Store(true)
		m.saveAndQuit()
		return
	case key == "ctrl+z" && canSuspend():
		m.queue(tea.Suspend)
		return
	case key == "ctrl+z":
		m.report("There is no shell here to go back to; q stops.")
		return
	case m.quitting:
		return
	}
	m.message = ""
	m.saving.quitWarned = m.saving.quitWarned && key == "q"
	defer m.noteDetached(m.practiceID(), "F")
	k := screenKeyFor(key)
	switch {
	case m.prompt != nil:
		m.promptKey(msg)
	case m.pane != nil:
		m.paneKey(msg)
	case m.checkCapsLock(msg, k):
	case k.changes && m.ReadOnlyReason != "":
		m.report("Read only: %s.", m.ReadOnlyReason)
	case m.pickKey(key):
	case k.run == nil:
		m.reportUnknownKey(key)
	default:
		k.run(m)
	}
}

// pasteText puts pasted text where text is typed; elsewhere it would be obeyed as
// keys.
func (m *model) pasteText(msg tea.PasteMsg) {
	switch {
	case m.prompt != nil:
		m.prompt.input.insert(msg.Content)
	case m.pane != nil && m.pane.hasInput:
		m.pane.input.insert(msg.Content)
		m.refreshPane()
	default:
		m.report("Text can only be pasted into a prompt: n for a note.")
	}
}
