package tui

import (
	"fmt"
	"strings"

	"github.com/iotlens/iotlens/internal/card"
	"github.com/iotlens/iotlens/internal/interview"
	"github.com/iotlens/iotlens/internal/review"
	"github.com/iotlens/iotlens/internal/text"
)

// help lists the keys; do obeys them.
const help = `  1 or y   implemented                 ?        the card: why, how, what to ask
  2 or h   partly (half)               n TEXT   note; n - takes it away
  3 or m   not implemented (missing)   o NAME   owner
  4 or a   not applicable + reason     e TEXT   evidence: a link, a path
  5 or x   don't know                  d DATE   due, YYYY-MM-DD
  u        undo, at any depth          r        redo
  b        back                        s        skip for now
  >  <     next, previous pillar       g ID     go to a practice or a question
  w        waive; w - ends a waiver    / TEXT   search everything; g 2: 2nd hit
  list     all questions               map      layers x pillars
  sum      the findings so far         report   write the reports
  p TEXT   park a topic for later; p TEXT @ NAME gives it an owner
  parked   the parked topics; parked 1 NAME gives the first an owner
  f WORDS  filter: unanswered, findings, a severity, a pillar, a layer; f all
  t        time left and what still fits; t 60 plans an hour; t go asks just it
  Enter    keep the answer and go on   q        stop; what is answered is saved
  help     this list`

// statusOf is the status of a key, if it is one.
func statusOf(key string) (review.Status, bool) {
	switch key {
	case "1", "y":
		return review.Implemented, true
	case "2", "h":
		return review.PartiallyImplemented, true
	case "3", "m":
		return review.NotImplemented, true
	case "4", "a":
		return review.NotApplicable, true
	case "5", "x":
		return review.CannotDetermine, true
	}
	return "", false
}

// do obeys one line. It tells whether the walk moved, so that the next stop is
// to be shown. The error is that of a save, or errStop.
func (l *Line) do(s interview.Stop, line string) (moved bool, err error) {
	key, rest, _ := strings.Cut(line, " ")
	key, rest = strings.ToLower(key), strings.TrimSpace(rest)
	if query, ok := strings.CutPrefix(line, "/"); ok {
		key, rest = "/", strings.TrimSpace(query)
	}
	if status, ok := statusOf(key); ok {
		return l.status(status, rest)
	}
	switch key {
	case "n":
		return false, l.detail(detailNote, rest)
	case "o":
		return false, l.detail(detailOwner, rest)
	case "e":
		return false, l.detail(detailEvidence, rest)
	case "d":
		return false, l.detail(detailDue, rest)
	case "p":
		return false, l.park(rest)
	case "parked":
		return false, l.listParked(rest)
	case "w":
		return false, l.waive(rest)
	case "u":
		return l.changedIf(l.undo())
	case "r":
		return l.changedIf(l.redo())
	case "q":
		if l.mayLeave() {
			return false, errStop
		}
	case "?":
		fmt.Fprint(l.Out, "\n", card.Practice(l.Lens, s.Practice), "\n")
		l.say(statusesLine)
	case "help":
		l.say("%s", help)
	case "list":
		l.rows(questionRows(linePen, l.Lens, l.Walk.Questions(), rest, lineWidth))
		l.say("g ID goes there.")
	case "map":
		l.page(l.heat(linePen, lineWidth+2, false))
	case "sum":
		l.summarise()
	case "report":
		l.report()
	case "/":
		l.search(rest)
	default:
		return l.move(key, rest), nil
	}
	return false, nil
}

// move obeys the keys that go somewhere else; it tells whether the walk moved.
func (l *Line) move(key, rest string) bool {
	switch key {
	case "":
		if _, answered := l.Walk.Answer(); answered || l.Walk.ReadOnly {
			l.Walk.Step()
			return true
		}
		l.tell("Not answered yet. s skips it for now, 5 says don't know, help shows all keys.")
	case "s":
		l.Walk.Skip()
		return true
	case "b":
		return l.back()
	case ">", "tab":
		return l.nextPillar()
	case "<":
		return l.prevPillar()
	case "g":
		return l.goTo(rest)
	case "f":
		return l.filter(rest)
	case "t":
		return l.time(rest)
	default:
		l.say("unknown key %q: 1 to 5 answer, ? shows the card, help shows all keys", text.Clean(key, false))
	}
	return false
}

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
	if gap := status == review.PartiallyImplemented || status == review.NotImplemented; gap && a.Owner == "" && !l.hinted {
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
