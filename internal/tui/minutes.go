package tui

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"
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

// timeWords are the minutes left, and of a walk by a plan those of the current question;
// else, whether what is open takes longer.
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
	stop, ok := m.Walk.Current()
	switch {
	case m.Walk.Planned() && ok:
		return fmt.Sprintf("%d of %d min here, %s", m.minutesHere(), interview.Minutes(stop.Question), words), false
	case m.Walk.Planned():
		return words, false
	case p.Short():
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
	p := &pane{title: "Time", key: "t"}
	p.rows = func(w int, _ string) []row {
		a := m.agenda()
		p.hints = planHints(a, m.Walk.Planned())
		return m.agendaRows(a, min(w, widestQuestion))
	}
	p.choose = func(row) {
		if m.goBy(m.agenda()) {
			m.pane = nil
		}
	}
	p.more = func(key string) bool { return m.planKey(p, key) }
	m.open(p)
	// A question that is not asked would hide the plan: its list is at the end.
	if here := m.questionHere(); slices.ContainsFunc(m.agenda().Ask, func(i interview.Item) bool { return i.Question.ID == here }) {
		p.goTo(here)
	}
}

// planHints lists the keys of the plan that do something.
func planHints(a interview.Agenda, planned bool) []string {
	var hints []string
	if len(a.Ask) > 0 {
		hints = append(hints, "Enter go")
	}
	if len(a.Ask)+len(a.NotAsked()) > 0 {
		hints = append(hints, "p pin", "x drop", "<,> move")
	}
	hints = append(hints, "n minutes", "w who")
	if planned {
		hints = append(hints, "o no plan")
	}
	return append(hints, "Esc back")
}

// planKey obeys a key of the plan.
func (m *model) planKey(p *pane, key string) bool {
	id := p.current().id
	needs := slices.Contains([]string{"p", "x", "<", ">"}, key)
	switch {
	case needs && id == "":
		m.report("No question is open.")
	case key == "p":
		m.wish(func(p *interview.Plan) { p.Pin(id) })
	case key == "x":
		m.wish(func(p *interview.Plan) { p.Drop(id) })
	case key == "<":
		m.move(id, -1)
	case key == ">":
		m.move(id, 1)
	case key == "n":
		m.askMinutes()
	case key == "w":
		m.openPresent()
	case key == "o":
		m.leavePlan()
	default:
		return false
	}
	switch at := p.at; {
	case m.pane != p:
	case key == "x": // the next one takes its place
		m.fill()
		p.at = min(at, len(p.now)-1)
		p.move(0)
	default:
		m.fill()
		p.goTo(id)
	}
	return true
}

// openPresent asks who is in the room. Nothing changes before Enter.
func (m *model) openPresent() {
	roles := m.Lens.Roles()
	if len(roles) == 0 {
		m.report("This lens does not say who should be in the room.")
		return
	}
	present := slices.Clone(m.Walk.Plan().Present)
	m.open(&pane{
		title: "Who is here?", hints: []string{"Space choose", "Enter plan", "Esc cancel", "↑↓ move"},
		rows: func(w int, _ string) []row {
			const about = "Questions wait where nobody who is here knows about them; core questions don't. Nobody chosen: everybody is here."
			rows := textRows(m.paragraph(m.dim, "", about, min(w, widestQuestion)-3))
			for _, role := range roles {
				rows = append(rows, m.choiceRow("role", role, role, slices.Contains(present, role)))
			}
			return rows
		},
		toggle: func(r row) {
			if i := slices.Index(present, r.id); i >= 0 {
				present = slices.Delete(present, i, i+1)
			} else {
				present = append(present, r.id)
			}
		},
		choose: func(row) {
			m.wish(func(p *interview.Plan) { p.Present = inOrder(roles, present) })
			m.openTime()
		},
	})
}

// inOrder lists what was chosen in the order of a list.
func inOrder(list, chosen []string) []string {
	return slices.DeleteFunc(slices.Clone(list), func(s string) bool { return !slices.Contains(chosen, s) })
}

func (m *model) askMinutes() {
	m.ask(prompt{label: "minutes for this session, from now on", done: func(text string) error {
		n, err := strconv.Atoi(text)
		if err != nil || n < 1 || n > 24*60 {
			return errors.New("a number of minutes from 1 to 1440; Esc leaves it open")
		}
		m.plan(n)
		m.Walk.Replan(m.agenda())
		m.openTime()
		m.tick()
		return nil
	}}, "")
}
