package tui

import (
	"fmt"
	"strings"

	"charm.land/lipgloss/v2"
	"github.com/iotlens/iotlens/internal/interview"
	"github.com/iotlens/iotlens/internal/text"
)

// agendaIndent is the width of the minutes before the texts of an agenda.
const agendaIndent = 8

// agendaRows lists the questions of an agenda with their reasons, and those that are not
// asked.
func (r renderer) agendaRows(a interview.Agenda, w int) []row {
	var rows []row
	line := func(style lipgloss.Style, indent int, s string) {
		rows = append(rows, textRows(r.paragraph(style, strings.Repeat(" ", indent), s, w-3))...)
	}
	line(r.strong, 0, agendaText(a))
	list := func(title string, items []interview.Item, style lipgloss.Style) {
		if len(items) == 0 {
			return
		}
		rows = append(rows, row{spans: []span{{r.plain, ""}}})
		line(r.accent, 0, title)
		for _, i := range items {
			id := fmt.Sprintf("%-10s ", safe(i.Question.ID))
			label := r.wrap(i.Question.Label()+itemMarks(i), max(w-agendaIndent-3-r.textWidth(id), 10))
			rows = append(rows, row{id: i.Question.ID, spans: []span{{style, fmt.Sprintf("%3d min ", i.Minutes)}, {style, id + label[0]}}})
			for _, more := range label[1:] {
				line(style, agendaIndent+2, more)
			}
			if i.Reason != "" {
				line(r.dim, agendaIndent+2, i.Reason)
			}
		}
	}
	minutes := text.Count(a.Planned, "minute")
	list("Asked, in this order: "+minutes, a.Ask, r.plain)
	list("Left out for lack of time; returns when there is some", a.LeftOut, r.dim)
	list("Waiting: nobody in the room owns it", a.Waiting, r.dim)
	list("Dropped by the room", a.Dropped, r.dim)
	list("Skipped in this session", a.Skipped, r.dim)
	if len(a.NotAsked()) > 0 {
		rows = append(rows, row{spans: []span{{r.plain, ""}}})
		line(r.dim, 0, "What is not asked is reported as not assessed.")
	}
	return rows
}

// itemMarks lists the marks of a question on an agenda, in brackets.
func itemMarks(i interview.Item) string {
	var marks []string
	for _, m := range []struct {
		is   bool
		word string
	}{{i.Current, "now"}, {i.Core, "core"}, {i.Pinned, "pinned"}, {i.Absent, "owner absent"}} {
		if m.is {
			marks = append(marks, m.word)
		}
	}
	if len(marks) == 0 {
		return ""
	}
	return "  [" + strings.Join(marks, ", ") + "]"
}

// agendaText compares the time that is left with the time that is needed.
func agendaText(a interview.Agenda) string {
	left := "The time is over; "
	if a.Minutes > 0 {
		left = text.Plural(a.Minutes, "minute is left; ", "minutes are left; ")
	}
	about := fmt.Sprintf("what is open takes about %d.", a.Needed)
	switch {
	case a.Needed == 0:
		return strings.TrimSuffix(left, "; ") + ". Everything on this walk is answered."
	case len(a.NotAsked()) == 0:
		return left + strings.TrimSuffix(about, ".") + ", and all of it fits."
	case len(a.Ask) == 0 && len(a.LeftOut) > 0:
		return left + about + " No open question fits."
	case len(a.Ask) == 0:
		return left + about + " Nothing of it is asked."
	}
	return left + about
}
