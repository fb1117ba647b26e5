package tui

import (
	"fmt"
	"slices"
	"strings"

	"github.com/iotlens/iotlens/internal/card"
	"github.com/iotlens/iotlens/internal/review"
)

// A lineKey is what a line begins with, and what that does.
type lineKey struct {
	keys []string
	show string // as the help shows it
	does string
	do   func(l *Line, rest string) (moved bool)

	answers bool // it gives a status
	changes bool // it changes the review; what answers does, too
	follows bool // it does something only in a session that follows another one
}

// lineKeys lists the keys of the line review: the dispatch and the help are made
// from it.
func lineKeys() []lineKey {
	status := func(s review.Status) func(*Line, string) bool {
		return func(l *Line, rest string) bool { return l.status(s, rest) }
	}
	detail := func(d detail) func(*Line, string) bool {
		return func(l *Line, rest string) bool { l.detail(d, rest); return false }
	}
	on := func(do func(*Session) bool) func(*Line, string) bool {
		return func(l *Line, _ string) bool { return do(l.Session) }
	}
	show := func(do func(*Line)) func(*Line, string) bool {
		return func(l *Line, _ string) bool { do(l); return false }
	}
	return []lineKey{
		{keys: []string{"1", "y"}, show: "1 or y", does: "implemented", do: status(review.Implemented), answers: true},
		{keys: []string{"2", "h"}, show: "2 or h", does: "partly; 2 most: most of it", do: status(review.PartiallyImplemented), answers: true},
		{keys: []string{"3", "m"}, show: "3 or m", does: "not implemented (missing)", do: status(review.NotImplemented), answers: true},
		{keys: []string{"4", "a", "-"}, show: "4 or a", does: "not applicable + reason", do: status(review.NotApplicable), answers: true},
		{keys: []string{"na"}, show: "na", does: "whole question n/a + reason", do: (*Line).whole, answers: true},
		{keys: []string{"5", "x"}, show: "5 or x", does: "don't know", do: status(review.CannotDetermine), answers: true},
		{keys: []string{"0"}, show: "0", does: "no alternative; 1,3: these", do: status(review.NotImplemented), answers: true},
		{keys: []string{"u"}, show: "u", does: "undo, at any depth", do: on((*Session).undo), changes: true},
		{keys: []string{"r"}, show: "r", does: "redo", do: on((*Session).redo), changes: true},
		{keys: []string{"b"}, show: "b", does: "back", do: on(back)},
		{keys: []string{"s"}, show: "s", does: "skip for now", do: on((*Session).skip)},
		{keys: []string{"<"}, show: "<", does: "previous pillar", do: on(prevPillar)},
		{keys: []string{">", "tab"}, show: ">", does: "next pillar", do: on(nextPillar)},
		{keys: []string{"g"}, show: "g ID", does: "go to a practice or question", do: (*Line).goTo},
		{keys: []string{"/"}, show: "/ TEXT", does: "search; g 2: the 2nd hit", do: (*Line).search},
		{keys: []string{""}, show: "Enter", does: "keep the answer and go on", do: on((*Session).keep)},
		{keys: []string{"q"}, show: "q", does: "stop; answers are saved", do: show((*Line).quit)},
		{keys: []string{"?"}, show: "?", does: "card: why, how, what to ask", do: (*Line).card},
		{keys: []string{"n"}, show: "n TEXT", does: "note; n - removes it", do: detail(detailNote), changes: true},
		{keys: []string{"o"}, show: "o NAME", does: "owner", do: detail(detailOwner), changes: true},
		{keys: []string{"e"}, show: "e TEXT", does: "evidence; e 2 = TEXT, e 2 -", do: (*Line).moreEvidence, changes: true},
		{keys: []string{"d"}, show: "d DATE", does: "due: 31 Jan, +6w, friday", do: detail(detailDue), changes: true},
		{keys: []string{"deadline"}, show: "deadline", does: "DATE: the gap takes effect", do: detail(detailDeadline), changes: true},
		{keys: []string{"%"}, show: "% EXTENT", does: "few, half, most or 35% of it", do: detail(detailExtent), changes: true},
		{keys: []string{"w"}, show: "w", does: "waive; w - ends a waiver", do: (*Line).waive, changes: true},
		{keys: []string{"p"}, show: "p TEXT", does: "park a topic; p TEXT @ NAME", do: (*Line).park, changes: true},
		{keys: []string{"parked"}, show: "parked", does: "topics; parked 1 NAME: owner", do: (*Line).listParked},
		{keys: []string{"list"}, show: "list", does: "all questions", do: show((*Line).list)},
		{keys: []string{"map"}, show: "map", does: "layers x pillars", do: show((*Line).heatmap)},
		{keys: []string{"sum"}, show: "sum", does: "the findings so far", do: show((*Line).summarise)},
		{keys: []string{"report"}, show: "report", does: "write the reports", do: show((*Line).report)},
		{keys: []string{"f"}, show: "f WORDS", does: "filter; f lists words; f all", do: (*Line).filter},
		{keys: []string{"t"}, show: "t", does: "time: the plan; t 60, t go", do: (*Line).time},
		{keys: []string{"profile"}, show: "profile", does: "facts of the workload", do: (*Line).profile},
		{keys: []string{"aside"}, show: "aside", does: "set aside by the profile", do: show((*Line).aside)},
		{keys: []string{"conflict"}, show: "conflict", does: "decide what others changed", do: (*Line).settle, changes: true},
		{keys: []string{"@"}, show: "@ NAME", does: "who speaks; @ - for nobody", do: (*Line).who, changes: true},
		{keys: []string{"follow"}, show: "follow", does: "go where the others are", do: on((*Session).rejoin), follows: true},
		{keys: []string{"help"}, show: "help", does: "this list", do: show((*Line).help)},
	}
}

func (l *Line) help() { fmt.Fprint(l.Out, lineHelp(l.works)) }

// works tells whether a key does something in this session.
func (l *Line) works(k lineKey) bool {
	if l.Walk.ReadOnly && (k.answers || k.changes) {
		return false
	}
	return !k.follows || l.following()
}

// do obeys one line. It reports whether the walk moved, so that the next stop is to
// be shown.
func (l *Line) do(line string) (moved bool) {
	key, rest, _ := strings.Cut(line, " ")
	key, rest = strings.ToLower(key), strings.TrimSpace(rest)
	if query, ok := strings.CutPrefix(line, "/"); ok {
		key, rest = "/", strings.TrimSpace(query)
	}
	if name, ok := strings.CutPrefix(line, "@"); ok {
		key, rest = "@", strings.TrimSpace(name)
	}
	if rest == "" {
		key = onLatinKeys(key)
	}
	if rest == "" || !l.prose {
		if moved, ok := l.pickNumbers(line, review.Implemented); ok {
			return moved
		}
	}
	for _, k := range lineKeys() {
		switch {
		case !slices.Contains(k.keys, key):
		case l.alone(k, key, rest):
			return l.askBack(k, key, rest, line)
		default:
			l.prose = l.prose && rest == "" && key == ""
			return k.do(l, rest)
		}
	}
	l.prose = l.more()
	l.message("unknown key %q: 1 to 5 answer, ? shows the card, help shows all keys", key)
	return false
}

func (l *Line) quit() { l.err = errStop }

// card prints the card of a best practice, of alternatives that of a number.
func (l *Line) card(rest string) bool {
	s, ok := l.Walk.Current()
	if c, asOne := l.Walk.Choice(); asOne && ordinal(rest) > 0 {
		s = c.Stops[min(ordinal(rest), len(c.Stops))-1]
	}
	if ok {
		fmt.Fprint(l.Out, "\n", card.Practice(l.Lens, s.Practice), "\n")
		l.keys()
	}
	return false
}

func (l *Line) list() {
	l.rows(questionRows(linePen, l.Lens, l.Walk.Questions(), "", lineWidth))
	l.printf("g ID goes there.")
}

func (l *Line) heatmap() { l.page(l.heat(linePen, lineWidth+2, false, cell{})) }

// status answers the current best practice and moves on.
func (l *Line) status(status review.Status, rest string) (moved bool) {
	if _, asOne := l.Walk.Choice(); asOne && taken(status) {
		moved, ok := l.pickNumbers(rest, status)
		if !ok {
			l.message("These are alternatives: type the number of one, such as 2, or h 2 where it is done in part.")
		}
		return moved
	}
	reason := ""
	if status == review.NotApplicable && !l.Walk.ReadOnly {
		if reason, rest = l.gather(l.givenOf(rest, askWhyNot, l.said(detailReason)), " "), ""; reason == "" {
			l.printf("Not applicable needs a reason; nothing was changed.")
			return false
		}
	}
	if _, err := review.ParseExtent(rest); err != nil {
		rest = l.gather(rest, "\n")
	}
	before, _ := l.Walk.Answer()
	err := l.setStatus(l.Walk.Set, status, reason, rest)
	if after, _ := l.Walk.Answer(); err == nil && after.CountDroppedEvidence(before) > 0 {
		l.printf("  evidence of the earlier answer is kept in its history; b and then e TEXT: evidence for this one")
	}
	return l.answeredBy(err)
}

// answeredBy moves on after an answer, unless it was refused.
func (l *Line) answeredBy(refused error) (moved bool) {
	if !l.done(refused) {
		return false
	}
	if a := l.Walk.Counted(); a.Status.IsGap() && a.Owner == "" && !l.hinted {
		l.hinted = true
		l.printf("  a finding; it can have an owner: o NAME before the status, or b and then o NAME")
	}
	l.Walk.Next()
	return true
}

// save saves the review after a change, and takes in what others changed. What cannot be
// saved is tried again with the next line.
func (l *Line) save() {
	again := l.onDisk.err != nil
	snapshot := l.Walk.Review().Clone()
	done, err := l.Save(l.onDisk.from, snapshot)
	switch {
	case err != nil:
		l.notSaved(err)
		if !again {
			fmt.Fprint(l.Out, l.whyNot())
		}
		return
	case again:
		l.message("%s", l.againWords())
	case !l.announced && !done.FileChanged:
		l.announced = true
		l.printf("  saved in %s; every answer is saved at once", l.Path)
	}
	l.takeIn(snapshot, done)
}

// lookAtFile takes in what others changed in the file since the last line.
func (l *Line) lookAtFile() {
	switch {
	case l.FileChanged == nil, l.onDisk.err == nil && !l.FileChanged():
	case l.ReadOnlyReason == "":
		l.save()
	default:
		done, err := l.Save(l.onDisk.from, l.Walk.Review())
		if err != nil {
			if l.onDisk.err == nil {
				l.message("%v; shown is the review as it was before.", err)
			}
			l.onDisk.err = err
			return
		}
		l.takeIn(l.Walk.Review().Clone(), done)
	}
}

// settle asks which of two changes of one field stays. An answer that is neither is a
// line like any other, and the change is asked about again later.
func (l *Line) settle(string) (moved bool) {
	if len(l.onDisk.disputes) == 0 {
		l.printf("Nothing has to be decided.")
	}
	for len(l.onDisk.disputes) > 0 {
		l.message("%s", l.disputeWords(l.onDisk.disputes[0]))
		line, err := l.ask("Which one stays? ours or file> ")
		if err != nil {
			return false
		}
		switch strings.ToLower(line) {
		case "ours", "file":
			l.done(l.decide(1, strings.ToLower(line) == "ours"))
		default:
			l.message("Not decided; the file keeps its own until then. conflict asks again.")
			return line != "" && l.do(line)
		}
	}
	return false
}

// done reports whether a change was made, and shows why not.
func (l *Line) done(refused error) bool {
	if refused != nil {
		l.message("%v", refused)
	}
	return refused == nil
}

// none is typed to remove a note, owner, evidence or date.
const none = "-"

// detail sets a detail of the answer, or of the one to come.
func (l *Line) detail(d detail, rest string) {
	prompt := d.prompt
	if d.Kind == review.KindDate {
		prompt += " (31 Jan, +6w, friday)"
	}
	value := l.givenOf(rest, prompt, l.said(d))
	if d.lines {
		value = l.gather(value, "\n")
	}
	switch value {
	case "":
		l.printf(unchanged)
	case none:
		l.done(l.setDetail(d, ""))
	default:
		if l.done(l.setDetail(d, value)) && d.Kind == review.KindDate {
			a, _ := l.draft(l.here())
			l.message("%s: %s", d.Key, l.daySaid(d.Text(a)))
		}
	}
}

// goTo goes to a hit of the last search, by its number, or to what an id names.
func (l *Line) goTo(rest string) bool {
	if n := ordinal(rest); n >= 1 && n <= len(l.found) {
		return l.goToHit(l.found[n-1].ID())
	}
	return l.jump(rest)
}
