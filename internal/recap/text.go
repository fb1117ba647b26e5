package recap

import (
	"cmp"
	"fmt"
	"strings"

	"github.com/iotlens/iotlens/internal/review"
	"github.com/iotlens/iotlens/internal/text"
)

// Lines is the most lines of a recap: what people read of a mail.
const Lines = 60

// Text writes a recap as plain text, 80 columns wide. file is the review as the
// user named it. Everything has its own line while that keeps the whole to Lines;
// else the lists are shortened: the first of each in full and the others as ids, and
// in the end fewer ids, with the number of those left out.
func Text(r Recap, file string) string {
	page := write(r, file, room{full: 1 << 20, ids: 1 << 20})
	for full := 20; full > 0 && strings.Count(page, "\n") > Lines; full-- {
		ids := 1 << 20
		if full < 4 {
			ids = 8 * full
		}
		page = write(r, file, room{full: full, ids: ids})
	}
	return page
}

// A room is how much of a list is written.
type room struct {
	full int // items in full
	ids  int // further ones as ids
}

type writer struct {
	text.Page
	Recap
	room room
}

func write(r Recap, file string, room room) string {
	w := &writer{Recap: r, room: room}
	w.Wrapped("", "", r.Workload+": review of "+r.Day)
	w.Line("")
	w.sum()
	w.decisions("Gaps", w.Gaps)
	w.decisions("Changed", w.Changed)
	w.ids("In place", w.InPlace)
	w.ids("Not applicable", w.Excluded)
	if len(w.Unknown)+len(w.Unproven) > 0 {
		w.Section("To verify")
		w.named("don't know: ", w.Unknown)
		w.named("in place, no evidence named: ", w.Unproven)
	}
	w.waivers()
	w.parked()
	w.open()
	w.next(file)
	return w.String()
}

// item writes a text of a section.
func (w *writer) item(format string, args ...any) {
	w.Wrapped("  ", "    ", fmt.Sprintf(format, args...))
}

// split writes the title of a section, and returns the items for which there is
// room in full, and the others.
func split[T any](w *writer, title string, list []T) (head, rest []T) {
	if len(list) > 0 {
		w.Section("%s (%d)", title, len(list))
	}
	n := min(len(list), w.room.full)
	return list[:n], list[n:]
}

func (w *writer) sum() {
	var names []string
	for _, p := range w.People {
		names = append(names, fmt.Sprintf("%s %d", cmp.Or(p.Name, "not named"), p.Answers))
	}
	day := "No answers yet."
	switch n := w.Decided(); {
	case n > 0:
		day = fmt.Sprintf("%s on that day (%s).", text.Count(n, "answer"), strings.Join(names, ", "))
	case w.LastDay != "":
		day = fmt.Sprintf("No answers on that day; the last answers are of %s.", w.LastDay)
	}
	w.Wrapped("", "", day)
	w.Wrapped("", "", fmt.Sprintf("So far %d of %d best practices are answered, with %s, %d of high severity.",
		w.Answered, w.Practices, text.Count(w.Findings, "finding"), w.High))
}

// decisions lists answers, each with who closes the gap and what it was before.
func (w *writer) decisions(title string, list []Decision) {
	head, rest := split(w, title, list)
	for _, d := range head {
		w.item("%s", w.words(d))
		w.Line("    %s", text.Cut(d.Title, text.Width-4))
	}
	w.named(fmt.Sprintf("and %d more: ", len(rest)), rest)
}

// words is an answer on one line: what it is, what it was, who closes the gap.
func (w *writer) words(d Decision) string {
	a := d.Answer
	s := d.ID + "  " + d.Words()
	if a.Finding() {
		s = fmt.Sprintf("%s  %s, %s", d.ID, d.Severity, d.Words())
	}
	if d.changed() {
		s += ", was " + d.Before.Status.Words()
		if from := strings.TrimSpace(d.Before.By + " " + review.DayOf(d.Before.At)); from != "" {
			s += " (" + from + ")"
		}
	}
	if len(w.People) > 1 && a.By != "" && a.By != a.Owner {
		s += "; by " + a.By
	}
	if a.Owner != "" {
		s += "; owner " + a.Owner
	}
	if a.Due != "" {
		s += ", " + a.Due
	}
	return s
}

// ids lists answers by their ids alone.
func (w *writer) ids(title string, list []Decision) {
	split(w, title, list)
	w.named("", list)
}

// named writes the ids of answers behind a lead; nothing for none.
func (w *writer) named(lead string, list []Decision) {
	if len(list) > 0 {
		w.item("%s%s", lead, w.names(list))
	}
}

// names lists best practices by id: further ones of a question without its id, and
// with the owners of "don't know".
func (w *writer) names(list []Decision) string {
	var b strings.Builder
	shown := list[:min(len(list), w.room.ids)]
	for i, d := range shown {
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
		if d.Owner != "" && d.Status == review.CannotDetermine {
			b.WriteString(" (" + d.Owner + ")")
		}
	}
	if more := len(list) - len(shown); more > 0 {
		fmt.Fprintf(&b, " and %d more", more)
	}
	return b.String()
}

func (w *writer) waivers() {
	head, rest := split(w, "Waived", w.Waivers)
	for _, v := range head {
		w.item("%s until %s; owner %s, approved by %s: %s", v.Practice, v.Expires, v.Owner, v.Approver, v.Reason)
	}
	var names []string
	for _, v := range rest {
		names = append(names, v.Practice)
	}
	if len(rest) > 0 {
		w.item("and %d more: %s", len(rest), strings.Join(names, ", "))
	}
}

func (w *writer) parked() {
	head, rest := split(w, "Parked", w.Parked)
	for _, t := range head {
		who := cmp.Or(t.Owner, "no owner yet")
		if t.Practice != "" {
			who = t.Practice + ", " + who
		}
		w.item("%s (%s)", t.Topic, who)
	}
	if len(rest) > 0 {
		w.item("and %d more, in the review under parked", len(rest))
	}
}

func (w *writer) open() {
	total := 0
	var parts []string
	for _, o := range w.Open {
		total += o.Count
		parts = append(parts, fmt.Sprintf("%s %d", o.Name, o.Count))
	}
	if total > 0 {
		w.Section("Not answered (%d)", total)
		w.Wrapped("  ", "  ", strings.Join(parts, ", "))
	}
}

func (w *writer) next(file string) {
	w.Section("Next")
	if n := len(w.Ownerless); n > 0 {
		w.Items("  - ", []string{fmt.Sprintf("%s without an owner, highest priority first: %s", text.Count(n, "finding"), w.names(w.Ownerless))})
	}
	if len(w.Open) > 0 {
		w.Line("  - go on:  iotlens review %s", file)
	}
	w.Line("  - report: iotlens report %s -f markdown=report.md", file)
	if w.Superseded > 0 {
		w.Line("  - freeze: iotlens milestone %s NAME", file)
	}
}
