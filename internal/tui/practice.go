package tui

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"charm.land/lipgloss/v2"
	"github.com/iotlens/iotlens/internal/interview"
	"github.com/iotlens/iotlens/internal/lens"
	"github.com/iotlens/iotlens/internal/review"
)

// practice adds the best practice at index i: title, status, severity and effort, and the
// details of the current one. With cut the title takes one line. It returns the number of
// lines of the details.
func (m *model) practice(b *body, i, w int, cut bool) (details int) {
	s := m.Walk.Stops()[i]
	here := i == m.Walk.Position()
	lead, title := "   ", m.strong
	if here {
		lead, title = " > ", m.mark
	}
	lead += cmp.Or(m.alternativeNumber(i), shortID(s)) + " "
	indent := strings.Repeat(" ", m.textWidth(lead))
	width := w - len(indent) - 1
	words := m.wrap(s.Practice.Title, width)
	if cut {
		words = m.cutLines(words, 1, width)
	}
	for _, line := range words {
		line = title.Render(lead + line)
		if here {
			line = m.fitStyled(line, w, m.mark)
		}
		b.add(i, line)
		lead = indent
	}
	b.add(i, m.plain.Render(indent)+m.statusLine(s, w-len(indent)))
	if !here || m.presenting() && !m.showsDetails {
		return 0
	}
	lines := m.detailLines(m.renderer, s, width)
	for _, line := range lines {
		b.add(i, m.plain.Render(indent)+line)
	}
	return len(lines)
}

// shortID is the id of a best practice without that of its question: BP01.
func shortID(s interview.Stop) string {
	return safe(strings.TrimPrefix(s.Practice.ID, s.Question.ID+"-"))
}

// statusLine shows the status, the severity, the effort and, unless it is the current best
// practice, which details there are.
func (m *model) statusLine(s interview.Stop, w int) string {
	a, _ := m.answerOrRemark(s.Practice.ID)
	if m.presenting() {
		state := m.stopLabel(m.renderer, s)
		line := state.style.Render(state.String())
		if a.Unconfirmed() {
			line += m.dim.Render("   not confirmed")
		}
		return m.method.Truncate(line, max(w, 0), "…")
	}
	st, severity := m.stopLabel(m.renderer, s), m.severityStyle(s.Practice.Severity)
	status := st.style.Render(st.sign+" "+st.word) + m.dim.Render("   ")
	line := status + severity.Render(string(s.Practice.Severity)+" severity")
	effort := ""
	if s.Practice.Effort != "" {
		effort = m.dim.Render("   " + string(s.Practice.Effort) + " effort")
	}
	switch { // the card has what is left out
	case m.textWidth(line+effort) <= w:
		line += effort
	case m.textWidth(line) > w:
		line = status + severity.Render(string(s.Practice.Severity))
	}
	if here, _ := m.Walk.Current(); here.Practice == s.Practice {
		return m.method.Truncate(line, max(w, 0), "…")
	}
	var extra []string
	if a.Note != "" {
		extra = append(extra, "note")
	}
	if a.Unconfirmed() {
		extra = append(extra, "not confirmed")
	}
	if n := len(a.Evidence); n > 0 {
		extra = append(extra, fmt.Sprintf("evidence %d", n))
	}
	if a.Owner != "" {
		extra = append(extra, safe(a.Owner))
	}
	if _, _, ok := m.review.Waiver(s.Practice.ID); ok {
		extra = append(extra, "waived")
	}
	if m.Walk.Skipped(s.Practice.ID) {
		extra = append(extra, "skipped")
	}
	separator := "   "
	for _, e := range extra {
		e = m.plain.Render(separator + e)
		if m.textWidth(line)+m.textWidth(e) > w {
			break
		}
		line, separator = line+e, ", "
	}
	return m.method.Truncate(line, max(w, 0), "…")
}

// detailLines shows what the review has about a best practice besides its status.
func (s *Session) detailLines(r renderer, stop interview.Stop, w int) []string {
	t := &styledText{renderer: r, width: w}
	add := func(name, value string, style lipgloss.Style) {
		if value == "" {
			return
		}
		for i, line := range r.wrap(name+": "+value, w) {
			if i == 0 {
				line = r.dim.Render(name+":") + style.Render(strings.TrimPrefix(line, name+":"))
			} else {
				line = style.Render("  " + line)
			}
			t.lines = append(t.lines, line)
		}
	}
	id := stop.Practice.ID
	a, answered := s.answerOrRemark(id)
	add("kind", map[lens.ChoiceKind]string{
		lens.Negative:   "a negative: is this true?",
		lens.FactChoice: "a fact without a score: is this true?",
	}[stop.Practice.Kind], r.plain)
	if counts := s.Walk.CountedAnswerOf(stop); !answered && counts.Settled() && stop.Practice.Kind != lens.Alternative {
		add("needs no answer", counts.Reason, r.plain)
	}
	for _, f := range review.AnswerFields() {
		if f.Kind != review.KindStatus && !f.Signature {
			add(f.Key, f.Text(a), r.plain)
		}
	}
	if answered {
		signed := "answered by"
		if a.By == "" {
			signed = "answered"
		}
		add(signed, strings.TrimSpace(a.By+" "+review.DayOf(a.At)), r.dim)
		add("not confirmed", s.originText(stop.Practice, a), r.warn)
		add("before", previousText(stop.Practice, a), r.dim)
	}
	if _, noted := s.Walk.Review().UnansweredDetails[id]; noted && !answered {
		t.text(r.warn, "", "not answered yet: 1 to 5")
	}
	if v, _, ok := s.Walk.Review().Waiver(id); ok {
		add("waived", fmt.Sprintf("until %s, approved by %s: %s", v.Expires, v.Approver, v.Reason), r.warn)
	}
	if s.Walk.Skipped(id) {
		t.text(r.dim, "", "skipped in this session")
	}
	return t.lines
}

// originText says where an unconfirmed answer came from and, except for alternatives, which
// are answered as one, which key confirms it.
func (s *Session) originText(of *lens.Practice, a review.Answer) string {
	if !a.Unconfirmed() {
		return ""
	}
	words := a.Origin()
	if a.VouchingExpired(s.today()) {
		words += ", which has passed"
	}
	if of.Kind == lens.Alternative {
		return words
	}
	return fmt.Sprintf("%s; %d confirms it", words, slices.Index(review.Statuses(), a.Status)+1)
}

// previousText says what the last change of an answer replaced: the status if that changed,
// else the fields that did; empty if nothing was replaced.
func previousText(of *lens.Practice, a review.Answer) string {
	if len(a.History) == 0 {
		return ""
	}
	before := a.History[len(a.History)-1]
	var parts []string
	for _, f := range a.DifferingFields(before) {
		if f.Kind == review.KindStatus {
			parts = []string{statusText(of, before.Status)}
			break
		}
		if was := f.Text(before); was != "" {
			parts = append(parts, f.Key+" "+was)
		}
	}
	origin := ""
	if before.Unconfirmed() {
		origin = ", " + before.Origin()
	}
	if len(parts) == 0 && origin == "" {
		return ""
	}
	signed := strings.TrimSpace(before.By + " " + review.DayOf(before.At))
	return strings.TrimPrefix(strings.TrimSpace(strings.Join(parts, ", ")+" "+signed)+origin, ", ")
}
