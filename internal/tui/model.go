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
	leastWidth  = 30
	leastHeight = 8
)

// panelWidth is the width of a window from which the card is shown beside the
// question.
const panelWidth = 100

// model is the state of the screen. It is its own tea.Model: one person, one
// screen, one state.
type model struct {
	*Screen
	display
	review *review.Review
	disk   saver

	mode      Mode
	showsSaid bool // a presenter's screen shows notes, owners and dates

	pane   *pane   // what covers the question; nil: nothing
	prompt *prompt // what is asked at the foot; nil: nothing

	panelOf   string // the best practice whose card is beside the question
	panelFrom int    // its first line that is seen

	kept       keptTexts // what was typed and not entered
	keptWarned bool      // of that

	message string // of the last key
	saves   saves
	keyboard
	mouseOff bool
	cmds     []tea.Cmd // to be started at the end of Update

	burst  burst
	readAt time.Time // when the file was last read; zero: it isn't followed

	leaving   bool // ends once everything is saved
	abandoned bool // left without saving, as the user wanted
	postponed bool // what has to be decided is put off
	ticking   bool // looks at the minutes
}

func newModel(s *Screen) *model {
	r := s.Walk.Review()
	m := &model{
		Screen: s, review: r,
		display: newDisplay(s.Theme),
		disk:    saver{write: s.Save},
		mode:    cmp.Or(s.Mode, ModeFull),
		message: strings.Join(strings.Fields(s.Notice), " "),
	}
	m.mouseOff = !s.Mouse
	s.notify = m.report
	s.changed = func() { m.saves.version++ }
	m.saves.answers = len(r.Answers)
	s.begin()
	m.readNow(true)
	m.followWriter()
	m.remind()
	return m
}

// Init implements tea.Model.
func (m *model) Init() tea.Cmd {
	m.tick()
	m.lookLater()
	if m.Theme == ThemeAuto {
		m.later(tea.RequestBackgroundColor)
	}
	return m.started()
}

// Update implements tea.Model.
func (m *model) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	m.take(msg)
	m.keepPace()
	m.askDisputes()
	m.OnMove(m.place())
	if !m.following() {
		m.save()
	}
	return m, m.started()
}

// later starts a command at the end of Update.
func (m *model) later(cmd tea.Cmd) { m.cmds = append(m.cmds, cmd) }

func (m *model) started() tea.Cmd {
	cmds := m.cmds
	m.cmds = nil
	return tea.Batch(cmds...)
}

// take takes a message in.
func (m *model) take(msg tea.Msg) {
	m.display.take(msg, m.Theme)
	switch msg := msg.(type) {
	case tea.KeyPressMsg:
		m.key(msg)
	case quietMsg:
		m.quiet(msg)
	case tea.PasteMsg:
		m.paste(msg)
	case tea.MouseClickMsg:
		m.click(msg)
	case tea.MouseWheelMsg:
		m.wheel(msg)
	case savedMsg:
		m.stored(msg)
	case lookMsg:
		m.followWriter()
		m.lookAtFile()
	case lookedMsg:
		m.saves.looking = false
		m.lookLater()
	case interruptMsg:
		m.interrupted.Store(true)
		m.leave()
	case editedMsg:
		m.edited(msg)
	case wroteMsg:
		m.wrote(msg)
	case tickMsg:
		m.ticking = false
		if m.message == "" && m.prompt == nil {
			m.remind()
		}
		m.tick()
	}
}

// report shows a message in the footer until the next key.
func (m *model) report(format string, args ...any) { m.message = safe(fmt.Sprintf(format, args...)) }

// press obeys a key.
func (m *model) press(msg tea.KeyPressMsg) {
	msg = m.latin(msg, m.prompt != nil || m.pane != nil && m.pane.typed)
	key := msg.String()
	switch {
	case key == "ctrl+c":
		m.interrupted.Store(true)
		m.leave()
		return
	case key == "ctrl+z" && canSuspend():
		m.later(tea.Suspend)
		return
	case key == "ctrl+z":
		m.report("There is no shell here to go back to; q stops.")
		return
	case m.leaving:
		return
	}
	m.message = ""
	m.saves.warned = m.saves.warned && key == "q"
	defer m.wentAlone(m.here(), "F")
	k := actionOf(key)
	switch {
	case m.prompt != nil:
		m.promptKey(msg)
	case m.pane != nil:
		m.paneKey(msg)
	case m.capsLock(msg, k):
	case k.changes && m.ReadOnlyReason != "":
		m.report("Read only: %s.", m.ReadOnlyReason)
	case m.pickKey(key):
	case k.do == nil:
		m.unknownKey(key)
	default:
		k.do(m)
	}
}

// paste puts pasted text where text is typed; elsewhere it would be obeyed as
// keys.
func (m *model) paste(msg tea.PasteMsg) {
	switch {
	case m.prompt != nil:
		m.prompt.input.insert(msg.Content)
	case m.pane != nil && m.pane.typed:
		m.pane.input.insert(msg.Content)
		m.fill()
	default:
		m.report("Text can only be pasted into a prompt: n for a note.")
	}
}
