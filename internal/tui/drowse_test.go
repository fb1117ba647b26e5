package tui

import (
	"io"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// asleep is a program that ends with its first message.
type asleep struct {
	drowse *drowse
	found  bool
}

func (a *asleep) Init() tea.Cmd  { return nil }
func (a *asleep) View() tea.View { return tea.NewView("") }

func (a *asleep) Update(tea.Msg) (tea.Model, tea.Cmd) {
	a.drowse.stir()
	a.found = a.drowse.ticker != nil
	return a, tea.Quit
}

// A Bubble Tea that keeps its ticker elsewhere would never sleep, and nothing else
// would tell.
func TestTheTickerOfBubbleTeaIsFound(t *testing.T) {
	a := &asleep{}
	p := tea.NewProgram(a, tea.WithInput(strings.NewReader("")), tea.WithOutput(io.Discard), tea.WithoutSignalHandler())
	assert.Nil(t, tickerOf(p), "it doesn't run yet")
	a.drowse = &drowse{program: p}
	_, err := p.Run()
	require.NoError(t, err)
	assert.True(t, a.found)
}

// A message that comes while the screen is about to rest is drawn all the same.
func TestAMessageOnTheWayToRestKeepsTheScreenAwake(t *testing.T) {
	d := &drowse{ticker: time.NewTicker(time.Millisecond), last: time.Now()}
	d.stop()
	<-d.ticker.C // it still ticks: the last message is too young
	d.last = time.Now().Add(-restAfter)
	d.stop()
	select {
	case <-d.ticker.C: // one that was under way
	default:
	}
	select {
	case <-d.ticker.C:
		assert.Fail(t, "it ticks at rest")
	case <-time.After(20 * time.Millisecond):
	}
}
