package tui

import (
	"fmt"
	"slices"
	"strings"

	"github.com/iotlens/iotlens/internal/card"
	"github.com/iotlens/iotlens/internal/review"
	"github.com/iotlens/iotlens/internal/text"
)

// A lineKey is what a line begins with, and what that does.
type lineKey struct {
	keys []string
	show string // as the help shows it
	does string
	do   func(l *Line, rest string) (moved bool, err error) // the error is that of a save, or errStop
}

// lineKeys lists the keys of the line review: the dispatch and the help are made
// from it.
func lineKeys() []lineKey {
	status := func(s review.Status) func(*Line, string) (bool, error) {
		return func(l *Line, rest string) (bool, error) { return l.status(s, rest) }
	}
	detail := func(d detail) func(*Line, string) (bool, error) {
		return func(l *Line, rest string) (bool, error) { return false, l.detail(d, rest) }
	}
	change := func(do func(*Line, string) error) func(*Line, string) (bool, error) {
		return func(l *Line, rest string) (bool, error) { return false, do(l, rest) }
	}
	move := func(do func(*Line, string) bool) func(*Line, string) (bool, error) {
		return func(l *Line, rest string) (bool, error) { return do(l, rest), nil }
	}
	step := func(do func(*Session) bool) func(*Line, string) (bool, error) {
		return func(l *Line, _ string) (bool, error) { return do(l.Session), nil }
	}
	show := func(do func(*Line)) func(*Line, string) (bool, error) {
		return func(l *Line, _ string) (bool, error) { do(l); return false, nil }
	}
	return []lineKey{
		{[]string{"1", "y"}, "1 or y", "implemented", status(review.Implemented)},
		{[]string{"2", "h"}, "2 or h", "partly (half)", status(review.PartiallyImplemented)},
		{[]string{"3", "m"}, "3 or m", "not implemented (missing)", status(review.NotImplemented)},
		{[]string{"4", "a"}, "4 or a", "not applicable + reason", status(review.NotApplicable)},
		{[]string{"5", "x"}, "5 or x", "don't know", status(review.CannotDetermine)},
		{[]string{"u"}, "u", "undo, at any depth", func(l *Line, _ string) (bool, error) { return l.changedIf(l.undo()) }},
		{[]string{"r"}, "r", "redo", func(l *Line, _ string) (bool, error) { return l.changedIf(l.redo()) }},
		{[]string{"b"}, "b", "back", step((*Session).back)},
		{[]string{"s"}, "s", "skip for now", step((*Session).skip)},
		{[]string{"<"}, "<", "previous pillar", step((*Session).prevPillar)},
		{[]string{">", "tab"}, ">", "next pillar", step((*Session).nextPillar)},
		{[]string{"g"}, "g ID", "go to a practice or question", move((*Line).goTo)},
		{[]string{"/"}, "/ TEXT", "search; g 2: the 2nd hit", func(l *Line, rest string) (bool, error) { l.search(rest); return false, nil }},
		{[]string{""}, "Enter", "keep the answer and go on", step((*Session).keep)},
		{[]string{"q"}, "q", "stop; answers are saved", (*Line).quit},
		{[]string{"?"}, "?", "card: why, how, what to ask", show((*Line).card)},
		{[]string{"n"}, "n TEXT", "note; n - takes it away", detail(detailNote)},
		{[]string{"o"}, "o NAME", "owner", detail(detailOwner)},
		{[]string{"e"}, "e TEXT", "evidence: a link, a path", detail(detailEvidence)},
		{[]string{"d"}, "d DATE", "due, YYYY-MM-DD", detail(detailDue)},
		{[]string{"w"}, "w", "waive; w - ends a waiver", change((*Line).waive)},
		{[]string{"p"}, "p TEXT", "park a topic; p TEXT @ NAME", change((*Line).park)},
		{[]string{"parked"}, "parked", "topics; parked 1 NAME: owner", change((*Line).listParked)},
		{[]string{"list"}, "list", "all questions", show((*Line).list)},
		{[]string{"map"}, "map", "layers x pillars", show((*Line).heatmap)},
		{[]string{"sum"}, "sum", "the findings so far", show((*Line).summarise)},
		{[]string{"report"}, "report", "write the reports", show((*Line).report)},
		{[]string{"f"}, "f WORDS", "filter; f lists words; f all", move((*Line).filter)},
		{[]string{"t"}, "t", "time; t 60 plans; t go asks", move((*Line).time)},
		{[]string{"help"}, "help", "this list", show((*Line).help)},
	}
}

func (l *Line) help() { fmt.Fprint(l.Out, lineHelp()) }

// do obeys one line. It tells whether the walk moved, so that the next stop is
// to be shown. The error is that of a save, or errStop.
func (l *Line) do(line string) (moved bool, err error) {
	key, rest, _ := strings.Cut(line, " ")
	key, rest = strings.ToLower(key), strings.TrimSpace(rest)
	if query, ok := strings.CutPrefix(line, "/"); ok {
		key, rest = "/", strings.TrimSpace(query)
	}
	for _, k := range lineKeys() {
		if slices.Contains(k.keys, key) {
			return k.do(l, rest)
		}
	}
	l.say("unknown key %q: 1 to 5 answer, ? shows the card, help shows all keys", text.Clean(key, false))
	return false, nil
}

func (l *Line) quit(string) (bool, error) {
	if l.mayLeave() {
		return false, errStop
	}
	return false, nil
}

func (l *Line) card() {
	if s, ok := l.Walk.Current(); ok {
		fmt.Fprint(l.Out, "\n", card.Practice(l.Lens, s.Practice), "\n")
		l.say(statusesLine)
	}
}

func (l *Line) list() {
	l.rows(questionRows(linePen, l.Lens, l.Walk.Questions(), "", lineWidth))
	l.say("g ID goes there.")
}

func (l *Line) heatmap() { l.page(l.heat(linePen, lineWidth+2, false)) }

// status answers the current best practice and moves on.
func (l *Line) status(status review.Status, rest string) (bool, error) {
	reason := ""
	if status == review.NotApplicable && !l.Walk.ReadOnly {
		if reason, rest = l.given(rest, "why does it not apply"), ""; reason == "" {
			l.say("Not applicable needs a reason; nothing was changed.")
			return false, nil
		}
	}
	if ok, err := l.changed(l.setStatus(l.Walk.Set, status, reason, rest)); !ok {
		return false, err
	}
	a, _ := l.Walk.Answer()
	if status.Gap() && a.Owner == "" && !l.hinted {
		l.hinted = true
		l.say("  a finding; it can have an owner: o NAME before the status, or b and then o NAME")
	}
	l.Walk.Next()
	return true, nil
}

// changed saves a change, or says why there was none. The error is that of a save.
func (l *Line) changed(refused error) (bool, error) {
	if refused != nil {
		l.say("%s", text.Clean(refused.Error(), true))
		return false, nil
	}
	if err := l.Save(l.Walk.Review()); err != nil {
		return false, err
	}
	if !l.told {
		l.told = true
		l.say("  saved in %s, as is every answer from here on", l.Path)
	}
	return true, nil
}

// changedIf saves where there was a change.
func (l *Line) changedIf(changed bool) (bool, error) {
	if !changed {
		return false, nil
	}
	return l.changed(nil)
}

// none is typed to take a note, owner, evidence or date away.
const none = "-"

// detail sets a detail of the answer, or of the one to come.
func (l *Line) detail(d detail, rest string) error {
	value := l.given(rest, string(d))
	switch value {
	case "":
		l.say("Nothing was changed.")
		return nil
	case none:
		value = ""
	}
	changed, err := l.setDetail(d, value)
	if changed || err != nil {
		_, err = l.changed(err)
	}
	return err
}

// goTo goes to a hit of the last search, by its number, or to what an id names.
func (l *Line) goTo(rest string) bool {
	if n := ordinal(rest); n >= 1 && n <= len(l.found) {
		return l.goToHit(l.found[n-1].ID())
	}
	return l.jump(rest)
}
