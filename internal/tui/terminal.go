package tui

import (
	"io"
	"sync/atomic"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"
	"github.com/charmbracelet/x/ansi"
)

// A Terminal is where a Screen or a Form runs.
type Terminal struct {
	In    io.Reader // a terminal
	Out   io.Writer // a terminal
	Env   []string  // NAME=value: TERM, NO_COLOR, EDITOR and the like
	Theme string    // of Themes

	program     atomic.Pointer[tea.Program] // while it runs
	interrupted atomic.Bool
}

// framesPerSecond is how often Bubble Tea looks for something new to draw, for as
// long as the screen is open: a letter shows within a thirtieth of a second.
const framesPerSecond = 30

// run runs a model on the terminal until it quits.
func (t *Terminal) run(m tea.Model) error {
	program := tea.NewProgram(m, tea.WithInput(t.In), tea.WithOutput(t.Out), tea.WithEnvironment(t.Env), tea.WithoutSignalHandler(), tea.WithFPS(framesPerSecond))
	t.program.Store(program)
	defer t.program.Store(nil)
	_, err := program.Run()
	return err
}

// Interrupt ends what runs on the terminal from outside; false if nothing does. It can be
// called during Run.
func (t *Terminal) Interrupt() bool {
	program := t.program.Load()
	if program == nil {
		return false
	}
	t.interrupted.Store(true)
	program.Send(interruptMsg{})
	return true
}

// interruptMsg ends what runs on the terminal.
type interruptMsg struct{}

// A display is the window of a terminal, and how it is drawn on.
type display struct {
	renderer
	width, height int
	colours       terminalColours
}

// newDisplay makes a display for a terminal that has reported nothing yet.
func newDisplay(theme string) display {
	return display{renderer: renderer{theme: themeOf(theme, terminalColours{}), method: ansi.WcWidth}, width: 80, height: 24}
}

// update applies what the terminal reports about itself.
func (d *display) update(msg tea.Msg, theme string) {
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		d.width, d.height = msg.Width, msg.Height
	case tea.BackgroundColorMsg:
		d.colours.background, d.colours.dark = true, msg.IsDark()
	case tea.ColorProfileMsg:
		d.colours.none, d.colours.sixteen = msg.Profile <= colorprofile.ASCII, msg.Profile == colorprofile.ANSI
	case tea.ModeReportMsg:
		if msg.Mode == ansi.ModeUnicodeCore && (msg.Value == ansi.ModeReset || msg.Value == ansi.ModeSet || msg.Value == ansi.ModePermanentlySet) {
			d.method = ansi.GraphemeWidth // Bubble Tea's renderer measures like this from here on
		}
	default:
		return
	}
	d.theme = themeOf(theme, d.colours)
}
