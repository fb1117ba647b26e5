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

// tickInterval is how often the minutes are updated. Without a plan there is no tick.
const tickInterval = 15 * time.Second

type tickMsg struct{}

func (m *model) tick() {
	if m.Minutes > 0 && !m.tickPending {
		m.tickPending = true
		m.queue(tea.Tick(tickInterval, func(time.Time) tea.Msg { return tickMsg{} }))
	}
}

// timeText shows the minutes that are left, with those of the current question if the walk
// follows a plan. short reports that the open questions need more than is left.
func (m *model) timeText(w int) (words string, short bool) {
	if m.Minutes <= 0 {
		return "", false
	}
	p := m.pace()
	if w < 60 {
		return fmt.Sprintf("%d min", p.Left), p.Behind()
	}
	words = fmt.Sprintf("%d min left", p.Left)
	if p.Left < 0 {
		words = fmt.Sprintf("%d min over", -p.Left)
	}
	stop, ok := m.Walk.Current()
	switch {
	case m.Walk.FollowsPlan() && ok:
		return fmt.Sprintf("%d of %d min here, %s", m.minutesOnQuestion(), interview.Minutes(stop.Question), words), false
	case m.Walk.FollowsPlan():
		return words, false
	case p.Behind():
		words += fmt.Sprintf(", %d needed (t)", p.Needed)
	}
	return words, p.Behind()
}

// warnOfTime shows once that time is short.
func (m *model) warnOfTime() {
	if m.shouldWarnOfTime() {
		m.message = strings.TrimSpace(m.message + " Time is short: t shows what matters most.")
	}
}

// openPlan opens the plan of the session, after asking for its minutes if none are planned.
func (m *model) openPlan() {
	if m.Minutes <= 0 {
		m.askMinutes()
		return
	}
	p := &pane{title: "Time", key: "t"}
	p.rows = func(w int, _ string) []row {
		a := m.agenda()
		p.hints = planHints(a, m.Walk.FollowsPlan())
		return m.agendaRows(a, min(w, maxTextWidth))
	}
	p.choose = func(row) {
		if m.followAgenda(m.agenda()) {
			m.pane = nil
		}
	}
	p.extraKey = func(key string) bool { return m.planKey(p, key) }
	m.open(p)
	// A question that is not asked is in the lists at the end; selecting it would hide the plan.
	if here := m.questionID(); slices.ContainsFunc(m.agenda().Ask, func(i interview.Item) bool { return i.Question.ID == here }) {
		p.selectRow(here)
	}
}

// planHints lists the keys that work in the plan.
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

// planKey handles a key of the plan; false for an unknown one.
func (m *model) planKey(p *pane, key string) bool {
	id := p.selected().id
	needs := slices.Contains([]string{"p", "x", "<", ">"}, key)
	switch {
	case needs && id == "":
		m.report("No question is open.")
	case key == "p":
		m.changePlan(func(p *interview.Plan) { p.TogglePin(id) })
	case key == "x":
		m.changePlan(func(p *interview.Plan) { p.ToggleDrop(id) })
	case key == "<":
		m.moveQuestion(id, -1)
	case key == ">":
		m.moveQuestion(id, 1)
	case key == "n":
		m.askMinutes()
	case key == "w":
		m.openPresent()
	case key == "o":
		m.leavePlan()
	default:
		return false
	}
	switch at := p.cursor; {
	case m.pane != p:
	case key == "x": // select the next one
		m.refreshPane()
		p.cursor = min(at, len(p.current)-1)
		p.move(0)
	default:
		m.refreshPane()
		p.selectRow(id)
	}
	return true
}

// openPresent opens the roles, to choose who is in the room. Nothing changes before Enter.
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
			rows := textRows(m.paragraph(m.dim, "", about, min(w, maxTextWidth)-3))
			for _, role := range roles {
				rows = append(rows, m.checkboxRow("role", role, role, slices.Contains(present, role)))
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
			m.changePlan(func(p *interview.Plan) { p.Present = inListOrder(roles, present) })
			m.openPlan()
		},
	})
}

// inListOrder returns the chosen elements in the order of list.
func inListOrder(list, chosen []string) []string {
	return slices.DeleteFunc(slices.Clone(list), func(s string) bool { return !slices.Contains(chosen, s) })
}

func (m *model) askMinutes() {
	m.ask(prompt{label: "minutes for this session, from now on", onEnter: func(text string) error {
		n, err := strconv.Atoi(text)
		if err != nil || n < 1 || n > 24*60 {
			return errors.New("a number of minutes from 1 to 1440; Esc leaves it open")
		}
		m.planMinutes(n)
		m.Walk.UpdateAgenda(m.agenda())
		m.openPlan()
		m.tick()
		return nil
	}}, "")
}
