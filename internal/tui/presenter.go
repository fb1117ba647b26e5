package tui

import (
	"cmp"
	"fmt"
	"strings"

	"github.com/iotlens/iotlens/internal/review"
)

// presenting reports whether the screen is for the room, which sees the question, its best
// practices with their status, and the legend.
func (m *model) presenting() bool { return m.mode == ModePresenter }

func (m *model) notPresenting() bool { return !m.presenting() }

// presenterHeader is the name of the workload and the current question.
func (m *model) presenterHeader(w, h int) (head section) {
	where := m.placeText()
	if s, ok := m.Walk.Current(); ok && w < 60 {
		where = safe(s.Question.ID)
	}
	head.add(m.headerBar(" "+safe(m.review.Workload.Name), where+" ", w))
	if h >= tallWindow {
		head.add(m.fit("", w))
	}
	return head
}

// presenterBody is the question in the middle of the screen.
func (m *model) presenterBody(w, h int) body {
	margin := 0
	if w >= 60 {
		margin = max((w-maxTextWidth)/2, w/20)
	}
	b := m.question(w-2*margin, h)
	indent := m.plain.Render(strings.Repeat(" ", margin))
	for i, line := range b.lines {
		b.lines[i] = indent + line
	}
	var top body
	top.pad((h - len(b.lines)) / 3)
	top.addFrom(b, 0, len(b.lines))
	b.lines, b.targets = top.lines, top.targets
	return b
}

// statusLegend explains the signs of the statuses, with their keys if the review can be
// changed.
func (m *model) statusLegend(w int) section {
	stop, ok := m.Walk.Current()
	if !ok {
		return section{}
	}
	_, asOne := m.Walk.Choice()
	keys := m.ReadOnlyReason == "" && !asOne
	short := map[review.Status]string{review.PartiallyImplemented: "partly", review.NotApplicable: "n/a", review.Unanswered: "open"}
	shortest := map[review.Status]string{review.Implemented: "yes", review.NotImplemented: "no"}
	form := func(gap int, in ...map[review.Status]string) legendForm {
		f := legendForm{gap: gap}
		for i, s := range append(review.Statuses(), review.Unanswered) {
			state := m.practiceLabel(stop.Practice, s)
			for _, words := range in {
				state.word = cmp.Or(words[s], state.word)
			}
			item := state.String()
			if keys && s != review.Unanswered {
				item = fmt.Sprint(i+1, " ", item)
			}
			f.items = append(f.items, item)
		}
		return f
	}
	return m.fitLegend(w, form(3), form(2, short), form(1, short), form(2, short, shortest), form(1, short, shortest))
}

// toggleDetails shows or hides the details of the current best practice on the presenter's
// screen.
func (m *model) toggleDetails() {
	if !m.presenting() {
		m.report("Notes, owners and dates are on this screen already; i shows them on the presenter's screen.")
		return
	}
	m.showsDetails = !m.showsDetails
	if m.showsDetails {
		m.report("Notes, owners and dates are shown; i hides them.")
	} else {
		m.report("Notes, owners and dates are hidden; i shows them.")
	}
}
