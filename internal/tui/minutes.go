package tui

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"
	"charm.land/lipgloss/v2"
	"github.com/iotlens/iotlens/internal/interview"
)

// tickEvery is how often the minutes are looked at, where they are shown. A
// screen without them has no clock at all.
const tickEvery = 15 * time.Second

type tickMsg struct{}

func (m *model) tick() {
	if m.Minutes > 0 && !m.ticking {
		m.ticking = true
		m.later(tea.Tick(tickEvery, func(time.Time) tea.Msg { return tickMsg{} }))
	}
}

// timeWords are the minutes left against the plan, and whether what is open takes
// longer.
func (m *model) timeWords(w int) (words string, short bool) {
	if m.Minutes <= 0 {
		return "", false
	}
	p := m.pace()
	if w < 60 {
		return fmt.Sprintf("%d min", p.Left), p.Short()
	}
	words = fmt.Sprintf("%d min left", p.Left)
	if p.Left < 0 {
		words = fmt.Sprintf("%d min over", -p.Left)
	}
	if p.Short() {
		words += fmt.Sprintf(", %d needed (t)", p.Needed)
	}
	return words, p.Short()
}

// remind shows once that time is short, and which key helps.
func (m *model) remind() {
	if m.timeIsShort() {
		m.message = strings.TrimSpace(m.message + " Time is short: t shows what matters most.")
	}
}

// openTime shows what still fits into the session; without a length it asks for
// one first.
func (m *model) openTime() {
	if m.Minutes <= 0 {
		m.askMinutes()
		return
	}
	var a interview.Agenda
	m.openText(&pane{
		title: "Time", key: "t", hints: []string{"Enter walk through what fits", "Esc back", "↑↓ scroll", "n other length"},
		choose: func(row) {
			if m.narrowToAgenda(a) {
				m.pane = nil
			}
		},
		more: func(key string) bool {
			if key == "n" {
				m.askMinutes()
			}
			return key == "n"
		},
	}, func(w int) []string {
		a = m.agenda()
		return agendaPage(m.pen, a, "Enter walks through it.", min(w, widestQuestion))
	})
}

func (m *model) askMinutes() {
	m.ask(prompt{label: "minutes for this session, from now on", done: func(text string) error {
		n, err := strconv.Atoi(text)
		if err != nil || n < 1 || n > 24*60 {
			return errors.New("a number of minutes from 1 to 1440; Esc cancels")
		}
		m.plan(n)
		m.openTime()
		m.tick()
		return nil
	}}, "")
}

// narrowToAgenda narrows the walk to what fits; it reports whether anything does.
func (s *Session) narrowToAgenda(a interview.Agenda) bool {
	if len(a.Ask) == 0 {
		s.notify("No open question fits any more.")
		return false
	}
	return s.narrow(a.Narrow(s.Walk.Filter()))
}

// agendaPage lists what fits and what is left out; walk is how to walk through what
// fits.
func agendaPage(p pen, a interview.Agenda, walk string, w int) []string {
	c := &sheet{pen: p, width: w}
	words := fmt.Sprintf("%d minutes left; what is open takes about %d.", a.Minutes, a.Needed)
	if len(a.LeftOut) == 0 {
		words += " All of it fits."
	} else {
		words += " The most important of it fits, by harm, reach and the cost of waiting. " + walk
	}
	c.text(p.strong, "", words)
	items := func(title string, list []interview.Item, style lipgloss.Style) {
		if len(list) == 0 {
			return
		}
		c.head(title)
		for _, i := range list {
			c.lines = append(c.lines, p.fit(style.Render(safe(fmt.Sprintf("%3d min  %-10s %s", i.Minutes, i.Question.ID, i.Question.Label()))), w))
		}
	}
	items(fmt.Sprintf("What fits, most important first: %d minutes", a.Planned), a.Ask, p.plain)
	items("Left out; reported as not assessed", a.LeftOut, p.dim)
	return c.lines
}
