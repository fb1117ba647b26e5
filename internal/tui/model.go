package tui

import (
	"cmp"
	"fmt"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/iotlens/iotlens/internal/review"
)

// The smallest window in which the screen can be used.
const (
	minWidth  = 30
	minHeight = 8
)

// panelMinWidth is the smallest width of a window that shows the card beside the question.
const panelMinWidth = 100

// model is the state of the screen, a tea.Model.
type model struct {
	*Screen
	display
	review *review.Review
	saver  orderedSaver

	mode         Mode
	showsDetails bool // the presenter's screen shows notes, owners and dates

	pane   *pane   // covers the question; nil: none is open
	prompt *prompt // asks for text in the footer; nil: none is open

	panelPractice string // the best practice that the panel beside the question is about
	panelTop      int    // first visible line of the panel

	pending       pendingTexts // texts that were typed and not entered
	pendingWarned bool         // the user was warned of them

	message string // about the last key; shown in the footer
	saving  saveState
	keyboard
	mouseOff bool
	cmds     []tea.Cmd // started at the end of Update

	paste  pasteDetector
	readAt time.Time // when the followed file was read last; zero: none is followed

	quitting           bool // quits once everything is saved
	abandoned          bool // the user chose to quit without saving
	conflictsPostponed bool // the user decides on conflicts later
	tickPending        bool // a tickMsg is on its way
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
	m.OnMove(m.resumePoint())
	if !m.following() {
		m.startSave()
	}
	return m, m.queued()
}

// queue has a command started at the end of Update.
func (m *model) queue(cmd tea.Cmd) { m.cmds = append(m.cmds, cmd) }

func (m *model) queued() tea.Cmd {
	cmds := m.cmds
	m.cmds = nil
	return tea.Batch(cmds...)
}

// handle applies a message to the state.
func (m *model) handle(msg tea.Msg) {
	m.update(msg, m.Theme)
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

// handleKey runs what a key does in the current state.
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

// pasteText inserts pasted text into the open input; without one it is refused, as it would
// run as keys.
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
