package recap

import (
	"cmp"
	"fmt"
	"strings"

	"github.com/iotlens/iotlens/internal/review"
	"github.com/iotlens/iotlens/internal/text"
)

type writer struct {
	text.Page
	Recap
}

// Text renders a recap as plain text of 80 columns: what each person has to do, then what
// was decided, parked and waived on the day, and what is open. file is the path of the
// review as the user gave it.
func Text(r Recap, file string) string {
	w := &writer{Recap: r}
	w.Wrapped("", "", r.Workload+": review of "+r.Day)
	w.Line("")
	w.sum()
	for _, o := range w.Owners {
		w.owner(o)
	}
	w.ownerless()
	w.decisions("Changed", w.Changed)
	w.decisions("In place", w.InPlace)
	w.decisions("Not applicable", w.NotApplicable)
	w.waivers()
	w.unconfirmed()
	if len(w.WithoutEvidence) > 0 {
		w.title("To verify: in place, and no evidence is named", len(w.WithoutEvidence))
		w.item("%s", joinIDs(w.WithoutEvidence))
	}
	w.unanswered()
	w.next(file)
	return w.String()
}

// title begins a section with the number of its entries.
func (w *writer) title(title string, n int) {
	w.Line("")
	w.Wrapped("", "", fmt.Sprintf("%s (%d)", title, n))
}

// item writes an entry of a section.
func (w *writer) item(format string, args ...any) {
	w.Wrapped("  ", "    ", fmt.Sprintf(format, args...))
}

// detail writes a detail of an entry.
func (w *writer) detail(format string, args ...any) {
	w.Wrapped("      ", "      ", fmt.Sprintf(format, args...))
}

func (w *writer) sum() {
	var names []string
	for _, p := range w.Respondents {
		names = append(names, fmt.Sprintf("%s %d", cmp.Or(p.Name, "not named"), p.Answers))
	}
	day := "No answers yet."
	switch {
	case w.Decided > 0:
		day = fmt.Sprintf("%s on that day (%s).", text.Count(w.Decided, "answer"), strings.Join(names, ", "))
	case w.LastDay != "":
		day = fmt.Sprintf("No answers on that day; the last answers are of %s.", w.LastDay)
	}
	w.Wrapped("", "", day)
	w.Wrapped("", "", fmt.Sprintf("So far %d of %d best practices are answered, with %s, %d of high severity.",
		w.Answered, w.Practices, text.Count(w.Findings, "finding"), w.HighSeverity))
}

// owner writes everything that a person has to do.
func (w *writer) owner(o Owner) {
	w.title(o.Name, len(o.Actions)+len(o.Topics))
	for n, a := range o.Actions {
		w.action(n+1, a)
	}
	for n, t := range o.Topics {
		w.Wrapped(fmt.Sprintf("  %2d. ", len(o.Actions)+n+1), "      ", topicText(t))
	}
}

// ownerless writes what nobody has to do yet.
func (w *writer) ownerless() {
	n := len(w.UnownedActions) + len(w.UnownedTopics)
	if n == 0 {
		return
	}
	w.title("Without an owner, highest priority first", n)
	for n, a := range w.UnownedActions {
		w.action(n+1, a)
	}
	for n, t := range w.UnownedTopics {
		w.Wrapped(fmt.Sprintf("  %2d. ", len(w.UnownedActions)+n+1), "      ", topicText(t))
	}
}

// topicText returns a parked topic as an action.
func topicText(t review.Topic) string {
	if t.Practice == "" {
		return "Parked: " + t.Topic
	}
	return "Parked: " + t.Topic + " (" + t.Practice + ")"
}

// action writes a finding: what is missing, until when, the note, and what to do.
func (w *writer) action(n int, a Action) {
	w.Wrapped(fmt.Sprintf("  %2d. ", n), "      ", a.Title+" ("+a.ID+")")
	var state []string
	if a.Due != "" {
		state = append(state, "Due "+a.Due)
	} else if a.Owner != "" {
		state = append(state, "No due date")
	}
	if a.Deadline != "" {
		state = append(state, "deadline "+a.Deadline)
	}
	words := a.Words()
	if a.Extent != "" {
		words += " (" + a.Extent + " of it is)"
	}
	state = append(state, words, string(a.Severity)+" severity")
	if !a.New && a.At != "" {
		state = append(state, "since "+review.DayOf(a.At))
	}
	w.detail("%s.", capitalise(strings.Join(state, "; ")))
	if a.Note != "" {
		w.detail("%s: %s", noteBy(a.By), a.Note)
	}
	if a.Waiver != nil {
		w.detail("%s until %s, approved by %s.", map[bool]string{true: "Accepted", false: "Was accepted"}[a.Waived], a.Waiver.Expires, a.Waiver.Approver)
	}
	if do := firstStep(a); do != "" {
		w.detail("To do: %s", do)
	}
}

// noteBy returns the label of a note with its author.
func noteBy(by string) string {
	if by == "" || by == review.ByProfile {
		return "Note"
	}
	return "Note by " + by
}

// firstStep returns what the owner of a finding does first.
func firstStep(a Action) string {
	if a.Status == review.CannotDetermine {
		return "Find out whether it is in place, and who can show it."
	}
	return a.Guide.FirstStep()
}

func capitalise(s string) string { return strings.ToUpper(s[:1]) + s[1:] }

// decisions writes answers, each with the previous one and the reason.
func (w *writer) decisions(title string, list []Decision) {
	if len(list) == 0 {
		return
	}
	w.title(title, len(list))
	for _, d := range list {
		w.item("%s (%s)%s", d.Title, d.ID, w.words(d))
		if d.Reason != "" {
			w.Wrapped("    ", "    ", "Reason: "+d.Reason)
		}
		if d.Note != "" && !d.IsFinding() { // the action of a finding has its note
			w.Wrapped("    ", "    ", noteBy(d.By)+": "+d.Note)
		}
	}
}

// words returns how an answer changed, and who gave it if several people answered.
func (w *writer) words(d Decision) string {
	s := ""
	if d.changed() {
		s = ": " + d.Words() + ", was " + d.Before.Status.Words()
		if from := strings.TrimSpace(d.Before.By + " " + review.DayOf(d.Before.At)); from != "" {
			s += " (" + from + ")"
		}
	}
	if len(w.Respondents) > 1 && d.By != "" {
		s += "; answered by " + d.By
	}
	return s
}

// joinIDs lists best practices by id; those of the same question without repeating its id.
func joinIDs(list []Decision) string {
	var b strings.Builder
	for i, d := range list {
		id := d.ID
		switch {
		case i == 0:
		case list[i-1].Question == d.Question:
			b.WriteString(", ")
			id = strings.TrimPrefix(id, d.Question+"-")
		default:
			b.WriteString("; ")
		}
		b.WriteString(id)
	}
	return b.String()
}

func (w *writer) waivers() {
	if len(w.Waivers) == 0 {
		return
	}
	w.title("Accepted for a time on that day", len(w.Waivers))
	for _, v := range w.Waivers {
		s := fmt.Sprintf("%s until %s; owner %s, approved by %s: %s", v.Practice, v.Expires, v.Owner, v.Approver, v.Reason)
		if v.Control != "" {
			s += "; compensating control: " + v.Control
		}
		w.item("%s", s)
	}
}

func (w *writer) unanswered() {
	total := 0
	for _, o := range w.OpenPillars {
		total += o.Count
	}
	if total == 0 {
		return
	}
	w.title("Not assessed", total)
	for _, o := range w.OpenPillars {
		w.item("%s %d: %s", o.Name, o.Count, strings.Join(o.Questions, ", "))
	}
}

func (w *writer) next(file string) {
	w.Section("Next")
	if len(w.OpenPillars) > 0 {
		w.Line("  - go on:  iotlens review %s", file)
	}
	w.Line("  - report: iotlens report %s -f markdown=report.md", file)
	if w.HistoryEntries > 0 {
		w.Line("  - freeze: iotlens milestone %s NAME", file)
	}
}

// unconfirmed writes the unconfirmed answers from templates, by template.
func (w *writer) unconfirmed() {
	if len(w.Unconfirmed) == 0 {
		return
	}
	w.title("To confirm: copied from a template", len(w.Unconfirmed))
	var origins []string
	by := map[string][]Decision{}
	for _, d := range w.Unconfirmed {
		if by[d.Origin()] == nil {
			origins = append(origins, d.Origin())
		}
		by[d.Origin()] = append(by[d.Origin()], d)
	}
	for _, origin := range origins {
		state := ""
		if by[origin][0].VouchingExpired(w.Day) {
			state = ", which has passed"
		}
		w.item("%s%s: %s", capitalise(origin), state, joinIDs(by[origin]))
	}
}
