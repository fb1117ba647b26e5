package recap

import (
	"cmp"
	"fmt"
	"strings"

	"github.com/iotlens/iotlens/internal/review"
	"github.com/iotlens/iotlens/internal/text"
)

// Lines is what a recap should not be longer than: what people read of a mail.
const Lines = 60

// Text writes a recap as plain text, 80 columns wide. file is the review as the
// user named it. Everything has its own line while that keeps the whole to Lines;
// else the lists give way: the head of each in full and the rest as ids, and in the
// end fewer ids, with the number of those left out.
func Text(r Recap, file string) string {
	page := ""
	for _, room := range []room{
		{1 << 20, 1 << 20}, {20, 1 << 20}, {15, 1 << 20}, {12, 1 << 20}, {10, 1 << 20}, {8, 1 << 20}, {6, 1 << 20}, {4, 1 << 20}, {4, 60}, {4, 30}, {3, 20}, {2, 12}, {1, 8},
	} {
		page = write(r, file, room)
		if strings.Count(page, "\n") <= Lines {
			break
		}
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
	title := text.Clean(r.Workload+": review of "+r.Day, false)
	w.Wrapped("", "", title)
	w.Line("")
	w.sum()
	w.decisions("Gaps", w.Gaps)
	w.decisions("Changed", w.Changed)
	w.ids("In place", "", w.InPlace)
	w.ids("Not applicable", "", w.Excluded)
	if len(w.Unknown)+len(w.Unproven) > 0 {
		w.section("To verify")
		w.ids("", "don't know: ", w.Unknown)
		w.ids("", "in place, no evidence named: ", w.Unproven)
	}
	w.waivers()
	w.parked()
	w.open()
	w.next(file)
	return w.String()
}

func (w *writer) section(name string) {
	w.Line("")
	w.Line("%s", name)
}

func (w *writer) sum() {
	var names []string
	for _, p := range w.People {
		names = append(names, fmt.Sprintf("%s %d", cmp.Or(p.Name, "not named"), p.Answers))
	}
	switch n := w.Decided(); {
	case n > 0:
		w.Wrapped("", "", fmt.Sprintf("%s on that day (%s).", text.Count(n, "answer"), strings.Join(names, ", ")))
	case w.LastDay != "":
		w.Wrapped("", "", fmt.Sprintf("Nobody answered anything on that day; the last answers are of %s.", w.LastDay))
	default:
		w.Wrapped("", "", "Nobody has answered anything yet.")
	}
	w.Wrapped("", "", fmt.Sprintf("So far %d of %d best practices are answered, with %s, %d of high severity.",
		w.Answered, w.Practices, text.Count(w.Findings, "finding"), w.High))
}

// decisions lists answers, each with who closes the gap and what it was before.
func (w *writer) decisions(name string, list []Decision) {
	if len(list) == 0 {
		return
	}
	w.section(fmt.Sprintf("%s (%d)", name, len(list)))
	head := min(len(list), w.room.full)
	for _, d := range list[:head] {
		w.Wrapped("  ", "    ", w.words(d))
		w.Line("    %s", text.Cut(d.Title, text.Width-4))
	}
	w.rest(list[head:])
}

// words is an answer on one line: what it is, what it was, who closes the gap.
func (w *writer) words(d Decision) string {
	a := d.Answer
	s := d.ID + "  " + a.Status.Words()
	if a.Finding() {
		s = fmt.Sprintf("%s  %s, %s", d.ID, d.Severity, a.Status.Words())
	}
	if d.changed() {
		s += ", was " + d.Before.Status.Words()
		if from := strings.TrimSpace(d.Before.By + " " + review.DayOf(d.Before.At)); from != "" {
			s += " (" + from + ")"
		}
	}
	if len(w.People) > 1 && a.By != "" && a.By != a.Owner {
		s += "; said " + a.By
	}
	if a.Owner != "" {
		s += "; owner " + a.Owner
	}
	if a.Due != "" {
		s += ", " + a.Due
	}
	return s
}

func (w *writer) rest(list []Decision) {
	if len(list) > 0 {
		w.Wrapped("  ", "    ", fmt.Sprintf("and %d more: %s", len(list), w.names(list)))
	}
}

// ids lists answers by their ids alone, below a name or behind a lead.
func (w *writer) ids(name, lead string, list []Decision) {
	if len(list) == 0 {
		return
	}
	if name != "" {
		w.section(fmt.Sprintf("%s (%d)", name, len(list)))
	}
	w.Wrapped("  ", "    ", lead+w.names(list))
}

// names names best practices by id: further ones of a question without its name,
// and owners of what is answered "don't know".
func (w *writer) names(list []Decision) string {
	var b strings.Builder
	left := max(len(list)-w.room.ids, 0)
	list = list[:len(list)-left]
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
		if d.Answer.Owner != "" && d.Answer.Status == review.CannotDetermine {
			b.WriteString(" (" + d.Answer.Owner + ")")
		}
	}
	if left > 0 {
		fmt.Fprintf(&b, " and %d more", left)
	}
	return b.String()
}

func (w *writer) waivers() {
	if len(w.Waivers) == 0 {
		return
	}
	w.section(fmt.Sprintf("Waived (%d)", len(w.Waivers)))
	head := min(len(w.Waivers), w.room.full)
	for _, v := range w.Waivers[:head] {
		w.Wrapped("  ", "    ", fmt.Sprintf("%s until %s; %s carries it, %s accepted it: %s", v.Practice, v.Expires, v.Owner, v.Approver, v.Reason))
	}
	if more := w.Waivers[head:]; len(more) > 0 {
		names := make([]string, len(more))
		for i, v := range more {
			names[i] = v.Practice
		}
		w.Wrapped("  ", "    ", fmt.Sprintf("and %d more: %s", len(more), strings.Join(names, ", ")))
	}
}

func (w *writer) parked() {
	if len(w.Parked) == 0 {
		return
	}
	w.section(fmt.Sprintf("Parked (%d)", len(w.Parked)))
	head := min(len(w.Parked), w.room.full)
	for _, t := range w.Parked[:head] {
		who := cmp.Or(t.Owner, "nobody yet")
		if t.Practice != "" {
			who = t.Practice + ", " + who
		}
		w.Wrapped("  ", "    ", fmt.Sprintf("%s (%s)", t.Topic, who))
	}
	if more := len(w.Parked) - head; more > 0 {
		w.Line("  and %d more, in the review under parked", more)
	}
}

func (w *writer) open() {
	total := 0
	var parts []string
	for _, o := range w.Open {
		total += o.Count
		parts = append(parts, fmt.Sprintf("%s %d", o.Name, o.Count))
	}
	if total == 0 {
		return
	}
	w.section(fmt.Sprintf("Not answered (%d)", total))
	w.Wrapped("  ", "  ", strings.Join(parts, ", "))
}

func (w *writer) next(file string) {
	w.section("Next")
	if len(w.Ownerless) > 0 {
		w.Wrapped("  - ", "    ", fmt.Sprintf("%s without an owner, gravest first: %s", text.Count(len(w.Ownerless), "finding"), w.names(w.Ownerless)))
	}
	if len(w.Open) > 0 {
		w.Line("  - go on:  iotlens review %s", file)
	}
	w.Line("  - report: iotlens report %s -f markdown=report.md", file)
	if w.Superseded > 0 {
		w.Line("  - freeze: iotlens milestone %s NAME", file)
	}
}
