package tui

import (
	"cmp"
	"errors"
	"fmt"
	"strings"

	tea "charm.land/bubbletea/v2"
)

// reportsWrittenMsg is sent when the reports are written.
type reportsWrittenMsg struct {
	paths []string
	err   error
}

func (m *model) openSummary() {
	m.openText(&pane{
		title: "Summary", key: "s", hints: []string{"Enter write the reports", "Esc back", "↑↓ scroll", "q back"},
		choose: func(row) { m.writeReports(false) },
	}, func(w int) []string { return m.summary(m.renderer, m.Assess(m.review), min(w, maxTextWidth)) })
}

// writeReports writes the reports beside the review file. If some exist and replace is
// false, the user is asked first.
func (m *model) writeReports(replace bool) {
	snapshot := m.review.Clone()
	m.report("Writing the reports.")
	m.queue(func() tea.Msg {
		paths, err := m.WriteReports(snapshot, replace)
		return reportsWrittenMsg{paths: paths, err: err}
	})
}

func (m *model) handleReportsWritten(msg reportsWrittenMsg) {
	if errors.Is(msg.err, ErrReportsExist) {
		m.message = ""
		m.ask(prompt{label: replacePrompt(msg.paths), onEnter: func(answer string) error {
			if !isYes(answer) {
				m.report("The reports were not written.")
				return nil
			}
			m.writeReports(true)
			return nil
		}}, "")
		return
	}
	if msg.err != nil {
		m.report("The reports could not be written: %v", msg.err)
		return
	}
	m.report("Wrote %s.", strings.Join(msg.paths, " and "))
}

// summary shows the verdict, what to do first, what is open, parked and waived.
func (s *Session) summary(r renderer, result Summary, w int) []string {
	t := &styledText{renderer: r, width: w}
	a := result.Assessment
	t.text(r.strong, "", result.Verdict)
	all := s.Walk.Overall()
	words := progressText(all)
	if all.Skipped > 0 {
		words += fmt.Sprintf("; %d skipped in this session", all.Skipped)
	}
	t.text(r.plain, "", words+".")

	t.heading("What to do first")
	first := a.DoFirst()
	for i, f := range first {
		owner := ""
		if f.Owner != "" {
			owner = "; " + f.Owner
			if f.Due != "" {
				owner += " until " + f.Due
			}
		}
		t.text(r.severityStyle(f.Severity), fmt.Sprintf("%2d. ", i+1), f.ID+"  "+f.Title)
		look := r.statusLabel(f.Status)
		look.word = f.Words()
		t.text(r.dim, "    ", fmt.Sprintf("%s, %s severity, priority %v%s", look, f.Severity, f.Priority, owner))
	}
	if len(first) == 0 {
		t.text(r.plain, "", "No finding so far.")
	} else if more := len(a.Findings) - len(first); more > 0 {
		t.text(r.plain, "", fmt.Sprintf("and %d more, which the report lists", more))
	}

	t.heading("Open")
	if all.Answered == all.Stops {
		t.text(r.plain, "", "Everything in scope is answered.")
	}
	for _, pillar := range s.Lens.Pillars {
		part := s.Walk.Part(pillar.ID, "")
		if open := part.Stops - part.Answered; open > 0 {
			t.text(r.plain, "- ", fmt.Sprintf("%s: %d of %d not answered", pillar.Name, open, part.Stops))
		}
	}
	if unknown := a.Lens.Unknown + a.LayerBanks.Unknown; unknown > 0 {
		t.text(r.plain, "- ", fmt.Sprintf("%d answered with \"don't know\": to be verified", unknown))
	}

	s.addParked(t)
	if len(a.Waivers) > 0 {
		t.heading("Waived")
		for _, v := range a.Waivers {
			t.text(r.plain, "- ", fmt.Sprintf("%s until %s, %s (%s)", v.Practice, v.Expires, v.Owner, v.State))
		}
	}
	return t.lines
}

// addParked adds the parked topics.
func (s *Session) addParked(t *styledText) {
	t.heading("Parked")
	parked := s.Walk.Review().Parked
	for i, topic := range parked {
		about := cmp.Or(topic.Owner, "no owner yet")
		if topic.Practice != "" {
			about = topic.Practice + ", " + about
		}
		t.text(t.plain, fmt.Sprintf("%2d. ", i+1), topic.Topic+" ("+about+")")
	}
	if len(parked) == 0 {
		t.text(t.plain, "", "Nothing.")
	}
}
