package tui

import (
	"fmt"
	"strings"

	tea "charm.land/bubbletea/v2"
	"github.com/iotlens/iotlens/internal/review"
	"github.com/iotlens/iotlens/internal/scoring"
	"github.com/iotlens/iotlens/internal/text"
)

// A Summary is what a review comes to.
type Summary struct {
	Verdict    string // in a sentence
	Assessment *scoring.Assessment
}

// topTen is how many findings the summary names.
const topTen = 10

// wroteMsg is the end of writing the reports.
type wroteMsg struct {
	paths []string
	err   error
}

func (m *model) openSummary() {
	at, summary := -1, Summary{}
	m.open(pager{
		title: "Summary", key: "s", hints: []string{"Enter write the reports", "Esc back", "↑↓ scroll", "q back"},
		set: func(w int) []string {
			if at != m.saves.version {
				at, summary = m.saves.version, m.Judge(m.review)
			}
			return m.summary(summary, min(w, widestQuestion))
		},
		enter: m.writeReports,
	})
}

// writeReports writes them beside the review file.
func (m *model) writeReports() tea.Cmd {
	snapshot := m.review.Clone()
	m.tell("Writing the reports.")
	return func() tea.Msg {
		paths, err := m.Write(snapshot)
		return wroteMsg{paths, err}
	}
}

func (m *model) wrote(msg wroteMsg) {
	if msg.err != nil {
		m.tell("The reports could not be written: %v", msg.err)
		return
	}
	m.tell("Wrote %s.", strings.Join(msg.paths, " and "))
}

// summary says what was found, what to begin with, what is open and what is
// parked.
func (m *model) summary(s Summary, w int) []string {
	c := &sheet{pen: m.pen, width: w}
	a := s.Assessment
	c.text(m.strong, "", s.Verdict)
	p := m.walk.Overall()
	words := fmt.Sprintf("%d of %d answered; %s, %d of high severity", p.Answered, p.Stops, text.Count(p.Findings, "finding"), p.High)
	if p.Skipped > 0 {
		words += fmt.Sprintf("; %d skipped in this session", p.Skipped)
	}
	c.text(m.plain, "", words+".")

	c.head("What to begin with")
	n := 0
	for _, f := range a.Findings {
		if f.Waived {
			continue
		}
		if n++; n > topTen {
			break
		}
		st := m.status(f.Status)
		owner := ""
		if f.Owner != "" {
			owner = "; " + f.Owner
			if f.Due != "" {
				owner += " until " + f.Due
			}
		}
		c.text(m.level(f.Severity), fmt.Sprintf("%2d. ", n), f.ID+"  "+f.Title)
		c.text(m.dim, "    ", fmt.Sprintf("%s %s, %s severity, priority %d%s", st.sign, st.word, f.Severity, f.Priority, owner))
	}
	if n == 0 {
		c.text(m.plain, "", "No finding so far.")
	}

	c.head("Open")
	unknown := 0
	for _, f := range a.Findings {
		if f.Status == review.CannotDetermine {
			unknown++
		}
	}
	if p.Answered == p.Stops {
		c.text(m.plain, "", "Everything in scope is answered.")
	}
	for _, part := range m.walk.Pillars() {
		if open := part.Stops - part.Answered; open > 0 {
			c.text(m.plain, "- ", fmt.Sprintf("%s: %d of %d not answered", part.Name, open, part.Stops))
		}
	}
	if unknown > 0 {
		c.text(m.plain, "- ", fmt.Sprintf("%d answered with \"don't know\": to be verified", unknown))
	}

	c.head("Parked")
	for _, t := range m.review.Parked {
		line := t.Topic
		if t.Owner != "" {
			line += " (" + t.Owner + ")"
		}
		if t.Practice != "" {
			line += ", at " + t.Practice
		}
		c.text(m.plain, "- ", line)
	}
	if len(m.review.Parked) == 0 {
		c.text(m.plain, "", "Nothing.")
	}
	if len(a.Waivers) > 0 {
		c.head("Waived")
		for _, v := range a.Waivers {
			c.text(m.plain, "- ", fmt.Sprintf("%s until %s, %s (%s)", v.Practice, v.Expires, v.Owner, v.State))
		}
	}
	return c.lines
}
