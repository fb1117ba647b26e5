package tui

import (
	"fmt"
	"strings"

	"github.com/iotlens/iotlens/internal/card"
	"github.com/iotlens/iotlens/internal/interview"
	"github.com/iotlens/iotlens/internal/review"
	"github.com/iotlens/iotlens/internal/suggest"
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
// to be shown.
func (l *Line) do(s interview.Stop, line string) (moved bool, err error) {
	key, rest, _ := strings.Cut(line, " ")
	key, rest = strings.ToLower(key), strings.TrimSpace(rest)
	if query, ok := strings.CutPrefix(line, "/"); ok {
		key, rest = "/", strings.TrimSpace(query)
	}
	if status, ok := statusOf(key); ok {
		return l.status(s, status, rest)
	}
	switch key {
	case "n", "o", "e", "d":
		return false, l.field(s, key, rest)
	case "p":
		return false, l.park(rest)
	case "parked":
		return false, l.parked(rest)
	case "w":
		return false, l.waive(rest)
	case "u":
		return l.shift(l.walk.Undo, "taken back", "There is nothing to take back.")
	case "r":
		return l.shift(l.walk.Redo, "done again", "There is nothing to do again.")
	case "q":
		if words := l.waiting.words(l.Lens); words != "" && !l.warned {
			l.warned = true
			l.tell("%s. q again leaves without.", words)
			return false, nil
		}
		return false, errStop
	case "?":
		fmt.Fprint(l.Out, "\n", card.Practice(l.Lens, s.Practice), "\n")
		l.say(choices)
	case "help":
		l.say("%s", help)
	case "list":
		l.list()
	case "map":
		l.heat()
	case "sum":
		p := l.walk.Overall()
		l.say("%d of %d answered, %s (%d high).", p.Answered, p.Stops, text.Count(p.Findings, "finding"), p.High)
		l.summary()
	case "report":
		l.report()
	case "/":
		l.search(rest)
	default:
		return l.move(key, rest)
	}
	return false, nil
}

// move obeys the keys that go somewhere else.
func (l *Line) move(key, rest string) (moved bool, err error) {
	switch key {
	case "":
		if _, answered := l.walk.Answer(); answered || l.walk.ReadOnly {
			l.walk.Step()
			return true, nil
		}
		l.tell("Not answered yet. s skips it for now, 5 says that nobody knows, help shows all keys.")
	case "s":
		l.walk.Skip()
		return true, nil
	case "b":
		return l.went(l.walk.Back(), "This is the first one.")
	case ">", "tab":
		return l.went(l.walk.NextPillar(), "This is the last pillar of the walk.")
	case "<":
		return l.went(l.walk.PrevPillar(), "This is the first pillar of the walk.")
	case "g":
		return l.goTo(rest), nil
	case "f":
		return l.filter(rest), nil
	case "t":
		return l.time(rest), nil
	default:
		l.say("%q is no key here. 1 to 5 answer, ? shows the card, help shows all keys.", text.Clean(key, false))
	}
	return false, nil
}

func (l *Line) went(ok bool, otherwise string) (bool, error) {
	if !ok {
		l.say("%s", otherwise)
	}
	return ok, nil
}

// status answers the current best practice and moves on.
func (l *Line) status(s interview.Stop, status review.Status, rest string) (bool, error) {
	a, answered := l.walk.Answer()
	if !answered || a.By == review.ByProfile {
		a, _ = l.waiting.of(s.Practice.ID)
	}
	a.Status, a.Reason = status, ""
	switch {
	case status == review.NotApplicable && !l.walk.ReadOnly:
		if a.Reason = l.given(rest, "why does it not apply> "); a.Reason == "" {
			l.say("Not applicable needs a reason; nothing was changed.")
			return false, nil
		}
	case rest != "":
		a.Note = rest
	}
	if ok, err := l.changed(l.walk.Set(a)); !ok {
		return false, err
	}
	l.waiting.drop(s.Practice.ID)
	if status.Gap() && a.Owner == "" && !l.hinted {
		l.hinted = true
		l.say("  a finding; it can have an owner: o NAME before the status, or b and then o NAME")
	}
	l.walk.Next()
	return true, nil
}

// changed saves a change, or says why there was none.
func (l *Line) changed(refused error) (bool, error) {
	if refused != nil {
		l.say("%s", text.Clean(refused.Error(), true))
		return false, nil
	}
	if err := l.Save(); err != nil {
		return false, err
	}
	if !l.told {
		l.told = true
		l.say("  saved in %s, as is every answer from here on", l.Where)
	}
	return true, nil
}

// none is typed to take a note, owner, evidence or date away.
const none = "-"

// field sets note, owner, evidence or due: of the answer where there is one,
// else of the one to come.
func (l *Line) field(s interview.Stop, key, rest string) error {
	name := map[string]string{"n": "note", "o": "owner", "e": "evidence", "d": "due (YYYY-MM-DD)"}[key]
	if rest = l.given(rest, name+"> "); rest == "" {
		l.say("Left as it was.")
		return nil
	}
	a, answered := l.walk.Answer()
	if !answered {
		a, _ = l.waiting.of(s.Practice.ID)
	}
	value, evidence := rest, append(append([]string(nil), a.Evidence...), rest)
	if rest == none {
		value, evidence = "", nil
	}
	switch key {
	case "n":
		a.Note = value
	case "o":
		a.Owner = value
	case "e":
		a.Evidence = evidence
	case "d":
		if err := review.CheckDate(value, false); value != "" && err != nil {
			l.say("%v", err)
			return nil
		}
		a.Due = value
	}
	if !answered {
		l.waiting.put(s.Practice.ID, a)
		l.warned = false
		l.say("  kept for this answer; now the status: 1 to 5")
		return nil
	}
	_, err := l.changed(l.walk.Set(a))
	return err
}

// shift takes a change back or does it again.
func (l *Line) shift(shift func() (interview.Change, bool), done, nothing string) (bool, error) {
	c, ok := shift()
	if !ok {
		l.say("%s", nothing)
		return false, nil
	}
	if ok, err := l.changed(nil); !ok {
		return false, err
	}
	l.say("  %s: %s", done, c)
	return true, nil
}

// goTo moves to what an id names, or to a hit of the last search.
func (l *Line) goTo(rest string) bool {
	if n := ordinal(rest); n >= 1 && n <= len(l.found) {
		h := l.found[n-1]
		if h.Stop < 0 {
			l.say("%s is not on this walk; f all takes the filter away", hitName(h))
			return false
		}
		l.walk.GoTo(h.Stop)
		return true
	}
	if l.walk.Go(rest) {
		return true
	}
	known := append(l.Lens.PracticeIDs(), l.Lens.QuestionIDs()...)
	hint := suggest.DidYouMean(strings.ToUpper(rest), known)
	_, practice := l.Lens.Practice(rest)
	if _, question := l.Lens.Question(rest); practice || question {
		hint = "; the review leaves it out of its scope"
		if !l.walk.Filter().Empty() {
			hint = "; f all takes the filter away"
		}
	}
	l.say("%q is not on this walk%s", text.Clean(rest, false), hint)
	return false
}
