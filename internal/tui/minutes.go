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

func (m *model) tick() tea.Cmd {
	if m.Minutes <= 0 || m.ticking {
		return nil
	}
	m.ticking = true
	return tea.Tick(tickEvery, func(time.Time) tea.Msg { return tickMsg{} })
}

// timeWords are the minutes left against the plan, and whether what is open takes
// longer.
func (m *model) timeWords(w int) (words string, short bool) {
	if m.Minutes <= 0 {
		return "", false
	}
	p := m.walk.Pace(m.Minutes, m.Elapsed())
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

// remind says once that what is open takes longer than the time that is left, and
// where the offer is.
func (m *model) remind() {
	if m.Minutes <= 0 || m.short || !m.walk.Pace(m.Minutes, m.Elapsed()).Short() {
		return
	}
	m.short = true
	m.message = strings.TrimSpace(m.message + " Time is short: t shows what matters most.")
}

// openTime shows what still fits into the session; without a length it asks for
// one first.
func (m *model) openTime() {
	if m.Minutes <= 0 {
		m.askMinutes()
		return
	}
	var agenda interview.Agenda
	m.open(pager{
		title: "Time", key: "t", hints: []string{"Enter walk through what fits", "Esc back", "↑↓ scroll", "n other length"},
		set: func(w int) []string {
			left := max(m.Minutes-m.Elapsed(), 0)
			agenda = interview.Plan(m.Lens, m.review, m.walk.Filter(), left)
			return m.agenda(agenda, min(w, widestQuestion))
		},
		enter: func() tea.Cmd {
			if len(agenda.Ask) == 0 {
				m.tell("Nothing that is open fits any more.")
				return nil
			}
			m.refilter(agenda.Narrow(m.walk.Filter()))
			return nil
		},
		more: func(key string) (tea.Cmd, bool) {
			if key == "n" {
				m.askMinutes()
			}
			return nil, key == "n"
		},
	})
}

func (m *model) askMinutes() {
	m.ask("minutes for this session, from now on", "", false, func(text string) (tea.Cmd, error) {
		n, err := strconv.Atoi(text)
		if err != nil || n < 1 || n > 24*60 {
			return nil, errors.New("a number of minutes from 1 to 1440; Esc leaves it as it was")
		}
		m.Minutes, m.short = n+m.Elapsed(), true
		m.view = viewQuestion
		m.openTime()
		return m.tick(), nil
	})
}

// agenda says what fits and what is left out.
func (m *model) agenda(a interview.Agenda, w int) []string {
	c := &sheet{pen: m.pen, width: w}
	words := fmt.Sprintf("%d minutes are left; what is open takes %d.", a.Minutes, a.Needed)
	if len(a.LeftOut) == 0 {
		words += " All of it fits."
	} else {
		words += " The most important of it fits: what a gap would weigh by severity, exposure and what it takes to mend it later. Enter walks through that."
	}
	c.text(m.strong, "", words)
	items := func(title string, list []interview.Item, style lipgloss.Style) {
		if len(list) == 0 {
			return
		}
		c.head(title)
		for _, i := range list {
			c.lines = append(c.lines, c.fit(style.Render(safe(fmt.Sprintf("%3d min  %-10s %s", i.Minutes, i.Question.ID, i.Question.Ask))), w))
		}
	}
	items(fmt.Sprintf("What fits, most important first: %d minutes", a.Planned), a.Ask, m.plain)
	items("Left out; reported as not assessed", a.LeftOut, m.dim)
	return c.lines
}
