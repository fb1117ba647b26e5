package tui

import (
	"fmt"
	"strings"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"
	"github.com/charmbracelet/x/ansi"
	"github.com/iotlens/iotlens/internal/review"
)

// The least window in which the screen can be used.
const (
	leastWidth  = 30
	leastHeight = 8
)

// panelWidth is the width of a window from which the card stands beside the
// question.
const panelWidth = 100

// model is the state of the screen. It is its own tea.Model: one person, one
// screen, one state.
type model struct {
	*Screen
	pen
	review *review.Review
	disk   disk
	keys   []keyHelp

	width, height int
	terminal      terminal

	pane   *pane   // what covers the question; nil: nothing
	prompt *prompt // what is asked at the foot; nil: nothing

	panelOf   string // the best practice whose card stands beside the question
	panelFrom int    // its first line that is seen

	detailLines int // how many lines the details took, at the cursor, as of the last frame

	message string // the last thing to say
	saves   saves

	leaving   bool // ends once everything is saved
	abandoned bool // left without saving, as the user said
	ticking   bool // looks at the minutes
}

func newModel(s *Screen) *model {
	r := s.Walk.Review()
	m := &model{
		Screen: s, review: r, keys: keyTable(),
		disk:  disk{write: s.Save},
		pen:   pen{theme: themeOf(s.Theme, terminal{}), method: ansi.WcWidth},
		width: 80, height: 24, message: strings.Join(strings.Fields(s.Notice), " "),
	}
	s.notify = m.tell
	m.saves.answers = len(r.Answers)
	m.remind()
	return m
}

// Init implements tea.Model.
func (m *model) Init() tea.Cmd {
	if m.Theme == ThemeAuto {
		return tea.Batch(tea.RequestBackgroundColor, m.tick())
	}
	return m.tick()
}

// Update implements tea.Model.
func (m *model) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	cmd := m.take(msg)
	m.position()
	return m, cmd
}

// take takes a message in.
func (m *model) take(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		m.width, m.height = msg.Width, msg.Height
	case tea.BackgroundColorMsg:
		m.terminal.known, m.terminal.dark = true, msg.IsDark()
		m.theme = themeOf(m.Theme, m.terminal)
	case tea.ColorProfileMsg:
		m.terminal.none, m.terminal.few = msg.Profile <= colorprofile.ASCII, msg.Profile == colorprofile.ANSI
		m.theme = themeOf(m.Theme, m.terminal)
	case tea.ModeReportMsg:
		if msg.Mode == ansi.ModeUnicodeCore && (msg.Value == ansi.ModeReset || msg.Value == ansi.ModeSet || msg.Value == ansi.ModePermanentlySet) {
			m.method = ansi.GraphemeWidth // from here on the renderer measures so
		}
	case tea.KeyPressMsg:
		return m.press(msg)
	case tea.PasteMsg:
		return m.paste(msg)
	case tea.MouseClickMsg:
		return m.click(msg)
	case tea.MouseWheelMsg:
		return m.wheel(msg)
	case savedMsg:
		return m.stored(msg)
	case interruptMsg:
		m.interrupted.Store(true)
		return m.leave()
	case editedMsg:
		return m.edited(msg)
	case wroteMsg:
		m.wrote(msg)
	case tickMsg:
		m.ticking = false
		if m.message == "" && m.prompt == nil {
			m.remind()
		}
		return m.tick()
	}
	return nil
}

// tell says something in the footer until the next key.
func (m *model) tell(format string, args ...any) { m.message = safe(fmt.Sprintf(format, args...)) }

// press obeys a key.
func (m *model) press(msg tea.KeyPressMsg) tea.Cmd {
	key := msg.String()
	switch key {
	case "ctrl+c":
		m.interrupted.Store(true)
		return m.leave()
	case "ctrl+z":
		if canSuspend() {
			return tea.Suspend
		}
		m.tell("There is no shell here to go back to; q stops.")
		return nil
	}
	if m.leaving {
		return nil
	}
	m.message = ""
	switch {
	case m.prompt != nil:
		return m.promptKey(msg)
	case m.pane != nil:
		return m.paneKey(msg)
	}
	if key == "Q" && m.saves.err != nil {
		m.abandoned = true
		return tea.Quit
	}
	k := actionOf(m.keys, key)
	if k.changes && m.ReadOnlyReason != "" {
		m.tell("Read only: %s.", safe(m.ReadOnlyReason))
		return nil
	}
	return k.do(m)
}

// paste puts pasted text where text is typed; elsewhere it would be obeyed as
// keys.
func (m *model) paste(msg tea.PasteMsg) tea.Cmd {
	switch {
	case m.prompt != nil:
		m.prompt.input.insert(msg.Content)
		return nil
	case m.pane != nil && m.pane.typed:
		m.pane.input.insert(msg.Content)
		m.fill()
		return nil
	}
	m.tell("Pasted text is taken where text is asked for: n for a note.")
	return nil
}
