package tui

import (
	"slices"
	"strings"

	"github.com/iotlens/iotlens/internal/interview"
	"github.com/iotlens/iotlens/internal/suggest"
	"github.com/iotlens/iotlens/internal/text"
)

// timeHelp explains the arguments of the key t.
const timeHelp = "t shows the plan; t 60: 60 minutes from now; t go: ask what fits; t pin ID, t drop ID (again: undo); t up ID, t down ID; t here ROLE, ROLE (t here all); t off: no plan."

// planCommand shows the plan or changes it; timeHelp lists its arguments.
func (l *Line) planCommand(rest string) (moved bool) {
	word, of, _ := strings.Cut(rest, " ")
	of = strings.TrimSpace(of)
	minutes := parseOrdinal(rest)
	switch {
	case minutes > 0 && minutes <= 24*60:
		l.planMinutes(minutes)
		l.Walk.UpdateAgenda(l.agenda())
	case word == "here":
		if !l.setPresent(of) {
			return false
		}
	case slices.Contains([]string{"pin", "drop", "up", "down"}, word):
		if !l.changeAgenda(word, of) {
			return false
		}
	case rest != "" && rest != "go" && rest != "off":
		l.message("%s", timeHelp)
		return false
	}
	switch {
	case rest == "off":
		planned := l.Walk.FollowsPlan()
		l.leavePlan()
		return l.showAnew(planned)
	case l.Minutes == 0:
		l.message("No time is planned. What is open on this walk takes about %s; t 60 plans for an hour.", text.Count(l.pace().Needed, "minute"))
		return false
	case rest == "go":
		return l.showAnew(l.followAgenda(l.agenda()))
	}
	a := l.agenda()
	l.printRows(lineRenderer.agendaRows(a, lineWidth))
	switch {
	case rest != "":
	case len(a.Ask) > 0 && !l.Walk.FollowsPlan():
		l.message("t go asks just that. %s", timeHelp)
	default:
		l.message("%s", timeHelp)
	}
	return false
}

// changeAgenda pins, drops or moves a question of the plan.
func (l *Line) changeAgenda(what, id string) bool {
	q, ok := l.Lens.Question(id)
	switch {
	case !ok:
		l.message("t %s needs the id of a question: unknown id %q%s", what, id, suggest.DidYouMean(strings.ToUpper(id), l.Lens.QuestionIDs()))
		return false
	case what == "pin":
		l.changePlan(func(p *interview.Plan) { p.TogglePin(q.ID) })
	case what == "drop":
		l.changePlan(func(p *interview.Plan) { p.ToggleDrop(q.ID) })
	case what == "up":
		l.moveQuestion(q.ID, -1)
	default:
		l.moveQuestion(q.ID, 1)
	}
	return true
}

// setPresent sets who is in the room: roles separated by commas, or all.
func (l *Line) setPresent(words string) bool {
	roles := l.Lens.Roles()
	var chosen []string
	for _, name := range strings.Split(words, ",") {
		name = strings.TrimSpace(name)
		at := slices.IndexFunc(roles, func(r string) bool { return strings.EqualFold(r, name) })
		switch {
		case len(roles) == 0:
			l.message("This lens does not say who should be in the room.")
			return false
		case strings.EqualFold(words, allWord):
		case at < 0:
			l.message("unknown role %q%s. Roles: %s.", name, suggest.DidYouMean(name, roles), strings.Join(roles, ", "))
			return false
		default:
			chosen = append(chosen, roles[at])
		}
	}
	l.changePlan(func(p *interview.Plan) { p.Present = inListOrder(roles, chosen) })
	return true
}
