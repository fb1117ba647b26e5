package tui

import (
	"cmp"
	"fmt"
	"strings"

	"github.com/iotlens/iotlens/internal/interview"
	"github.com/iotlens/iotlens/internal/lens"
	"github.com/iotlens/iotlens/internal/scoring"
	"github.com/iotlens/iotlens/internal/text"
)

// page is how many hits are listed at a time.
const page = 12

// search lists what has all words; without words, more of the last search.
func (l *Line) search(query string) {
	if query != "" {
		l.found, l.shown = l.walk.Search(query), 0
	}
	if l.shown >= len(l.found) {
		if query == "" {
			l.say("Type what to look for behind the /: / certificate rotation")
		} else {
			l.say("Nothing has all of: %s", text.Clean(query, false))
		}
		return
	}
	upTo := min(l.shown+page, len(l.found))
	for i := l.shown; i < upTo; i++ {
		h := l.found[i]
		note := ""
		if h.Stop < 0 {
			note = "  (not on this walk)"
		}
		l.say("%3d  %s%s", i+1, hitName(h), note)
		l.wrapped("     ", string(h.Where)+": "+h.Snippet)
	}
	l.shown = upTo
	if more := len(l.found) - upTo; more > 0 {
		l.say("g NUMBER goes there; / shows %d more.", more)
	} else {
		l.say("g NUMBER goes there.")
	}
}

func hitName(h interview.Hit) string {
	switch {
	case h.Topic >= 0 && h.ID() == "":
		return "a parked topic"
	case h.Topic >= 0:
		return h.ID() + ", a parked topic"
	case h.Practice != nil:
		return text.Clean(h.ID(), false) + "  " + string(h.Practice.Severity)
	}
	return text.Clean(h.ID(), false)
}

// list shows how far each question is.
func (l *Line) list() {
	chapter := ""
	for _, q := range l.walk.Questions() {
		if c := interview.Chapter(l.Lens, q.Question); c != chapter {
			chapter = c
			l.say("%s", text.Clean(c, false))
		}
		state := map[interview.State]string{interview.Done: "[x]", interview.Partly: "[/]", interview.Open: "[ ]"}[q.State]
		worst := ""
		if q.Worst != "" {
			worst = text.Count(q.Findings, "finding") + ", " + string(q.Worst) + "; "
		}
		l.say("  %s %-12s %2d of %-2d  %s", state, text.Clean(q.Question.ID, false), q.Answered, q.Stops, text.Cut(text.Clean(worst+q.Question.Ask, false), 50))
	}
	l.say("[x] answered, [/] in part, [ ] open. g ID goes there.")
}

// heat shows the layers x pillars: answered of all, and the gravest finding.
func (l *Line) heat() {
	if len(l.Lens.Layers) == 0 {
		l.say("This lens has no layers.")
		return
	}
	head := fmt.Sprintf("%-26s", "")
	for _, p := range l.Lens.Pillars {
		head += fmt.Sprintf(" %-8.8s", text.Clean(p.Name, false))
	}
	l.say("%s", strings.TrimRight(head, " "))
	cells := l.walk.Map()
	for i, y := range l.Lens.Layers {
		row := fmt.Sprintf("%-26.26s", text.Clean(y.Name, false))
		for _, c := range cells[i*len(l.Lens.Pillars) : (i+1)*len(l.Lens.Pillars)] {
			s := "."
			if c.Stops > 0 {
				s = fmt.Sprintf("%d/%d %s", c.Answered, c.Stops, letter[c.Worst])
			}
			row += fmt.Sprintf(" %-8s", s)
		}
		l.say("%s", strings.TrimRight(row, " "))
	}
	l.say("Answered of all; H, M, L: the gravest finding. A dot: nothing to ask.")
}

var letter = map[lens.Level]string{lens.High: "H", lens.Medium: "M", lens.Low: "L"}

// top is how many findings a summary names.
const top = 10

// summary shows what was found, what is open and what is parked.
func (l *Line) summary() {
	ranked := scoring.Assess(l.Lens, l.walk.Review(), scoring.Options{}).Findings
	if len(ranked) > 0 {
		l.say("To do first, by priority:")
	}
	for i, f := range ranked[:min(top, len(ranked))] {
		s := fmt.Sprintf("%2d. %3d  %s %s, %s", i+1, f.Priority, f.ID, f.Severity, f.Status.Words())
		if f.Owner != "" {
			s += ", " + f.Owner
		}
		if f.Waiver != nil {
			s += ", waived"
		}
		l.say("%s", text.Clean(s, false))
		l.wrapped("         ", f.Title)
	}
	if more := len(ranked) - top; more > 0 {
		l.say("and %d more, which the report lists.", more)
	}
	var open []string
	for _, part := range l.walk.Pillars() {
		if n := part.Stops - part.Answered; n > 0 {
			open = append(open, fmt.Sprintf("%s %d", part.Name, n))
		}
	}
	if len(open) > 0 {
		l.wrapped("", "Not assessed: "+strings.Join(open, ", ")+".")
	}
	l.topics()
}

// topics lists the parked topics.
func (l *Line) topics() {
	parked := l.walk.Review().Parked
	if len(parked) > 0 {
		l.say("Parked:")
	}
	for i, t := range parked {
		owner := "nobody yet"
		if t.Owner != "" {
			owner = t.Owner
		}
		l.wrapped("  ", fmt.Sprintf("%d. %s (%s)", i+1, t.Topic, strings.TrimPrefix(t.Practice+", "+owner, ", ")))
	}
}

// report writes the reports. That they can't be written is no reason to stop.
func (l *Line) report() {
	if l.Write == nil {
		l.say("Report: iotlens report %s -f markdown=report.md", cmp.Or(l.Again, l.Where))
		return
	}
	paths, err := l.Write()
	for _, p := range paths {
		l.say("  wrote %s", text.Clean(p, false))
	}
	if err != nil {
		l.say("%s", text.Clean(err.Error(), true))
	}
}

// end says what there is and how to go on.
func (l *Line) end(first string) error {
	l.keep()
	l.summary()
	l.say("")
	fmt.Fprint(l.Out, l.Lost())
	l.say("%s%s", first, farewell(l.walk, l.Where, cmp.Or(l.Again, l.Where)))
	return nil
}

// farewell says what there is in a file and how to go on; again is the file with
// the flags that a further command needs.
func farewell(w *interview.Walk, where, again string) string {
	p, all := w.Progress(), w.Overall()
	lines := []string{fmt.Sprintf("%d of %d answered, %s (%d high), in %s.", all.Answered, all.Stops, text.Count(all.Findings, "finding"), all.High, where)}
	if !w.Filter().Empty() {
		lines = append(lines, fmt.Sprintf("With the filter of this walk: %d of %d answered.", p.Answered, p.Stops))
	}
	if p.Skipped > 0 {
		lines = append(lines, fmt.Sprintf("Skipped: %d. They come again the next time.", p.Skipped))
	}
	if all.Answered < all.Stops && !w.ReadOnly {
		lines = append(lines, "Go on:  iotlens review "+again)
	}
	return strings.Join(append(lines, "Recap:  iotlens recap "+again, "Report: iotlens report "+again+" -f markdown=report.md"), "\n")
}
