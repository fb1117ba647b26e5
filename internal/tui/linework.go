package tui

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/iotlens/iotlens/internal/interview"
	"github.com/iotlens/iotlens/internal/lens"
	"github.com/iotlens/iotlens/internal/review"
	"github.com/iotlens/iotlens/internal/suggest"
	"github.com/iotlens/iotlens/internal/text"
)

// park sets a topic aside: "TEXT" or "TEXT @ NAME".
func (l *Line) park(rest string) error {
	prompted := rest == ""
	rest = l.given(rest, "topic to park> ")
	if rest == "" {
		l.say("Nothing was parked.")
		return nil
	}
	topic, owner := rest, ""
	if i := strings.LastIndex(rest, " @ "); i >= 0 {
		topic, owner = strings.TrimSpace(rest[:i]), strings.TrimSpace(rest[i+3:])
	} else if prompted {
		owner = l.given("", "who takes it up (Enter: nobody yet)> ")
	}
	ok, err := l.changed(l.walk.Park(review.Topic{Topic: topic, Owner: owner}))
	if ok {
		l.say("  parked; the report lists it")
	}
	return err
}

// parked lists the parked topics, or gives one an owner: "2 NAME".
func (l *Line) parked(rest string) error {
	number, owner, _ := strings.Cut(rest, " ")
	n := ordinal(number)
	list := l.walk.Review().Parked
	switch {
	case rest == "" && len(list) == 0:
		l.say("Nothing is parked.")
		return nil
	case rest == "":
		l.topics()
		return nil
	case n < 1 || n > len(list) || strings.TrimSpace(owner) == "":
		l.say("To give a parked topic an owner: parked 1 NAME. There %s.", are(len(list), "parked topic"))
		return nil
	}
	t := list[n-1]
	if t.Owner = strings.TrimSpace(owner); t.Owner == none {
		t.Owner = ""
	}
	_, err := l.changed(l.walk.Repark(n-1, t))
	return err
}

// ordinal is a number that was typed; 0 for anything else.
func ordinal(s string) int {
	n, err := strconv.Atoi(s)
	if err != nil {
		return 0
	}
	return n
}

func are(n int, word string) string {
	if n == 1 {
		return "is 1 " + word
	}
	return "are " + text.Count(n, word)
}

const lastDay = "the day on which it ends, YYYY-MM-DD> "

// waive accepts the finding at hand for a time, or takes its waiver away.
func (l *Line) waive(rest string) error {
	if rest == none {
		ok, err := l.changed(l.walk.Unwaive())
		if ok {
			l.say("  the waiver is gone")
		}
		return err
	}
	switch a, _ := l.walk.Answer(); {
	case l.walk.ReadOnly:
		_, err := l.changed(interview.ErrReadOnly)
		return err
	case !a.Finding():
		l.tell("Only a finding can be waived: partly, not implemented or don't know. Answer first, then b and w.")
		return nil
	}
	l.tell("A waiver accepts this finding for a time. Enter at a prompt that must be answered stops.")
	var v review.Waiver
	for _, f := range []struct {
		into   *string
		prompt string
		must   bool
	}{
		{&v.Owner, "who carries the risk> ", true},
		{&v.Approver, "who accepts it> ", true},
		{&v.Reason, "why> ", true},
		{&v.Control, "what is done instead (Enter: nothing)> ", false},
		{&v.Expires, lastDay, true},
	} {
		if *f.into = l.given("", f.prompt); *f.into == "" && f.must {
			l.say("Nothing was waived.")
			return nil
		}
	}
	refused := l.walk.Waive(v)
	for refused != nil { // the date is what can be wrong; the rest needn't be typed again
		l.say("%s", text.Clean(refused.Error(), true))
		if v.Expires = l.given("", lastDay); v.Expires == "" {
			l.say("Nothing was waived.")
			return nil
		}
		refused = l.walk.Waive(v)
	}
	ok, err := l.changed(nil)
	if ok {
		l.say("  waived until %s; it stays in every report", v.Expires)
	}
	return err
}

// filter narrows the walk to words, which all must match.
func (l *Line) filter(rest string) bool {
	if rest == "" {
		now := l.walk.Filter().Words(l.Lens)
		if now == "" {
			now = "everything"
		}
		l.wrapped("", "The walk is over: "+now+".")
		l.wrapped("", "Words for f: all, "+strings.Join(filterWords(l.Lens), ", ")+", or question ids.")
		return false
	}
	f, err := parseFilter(l.Lens, rest)
	if err != nil {
		l.wrapped("", err.Error())
		return false
	}
	was := l.walk.Filter()
	if l.walk.Refilter(f); len(l.walk.Stops()) == 0 {
		l.walk.Refilter(was)
		l.tell("Nothing matches that; the filter stays as it was.")
		return false
	}
	p := l.walk.Progress()
	l.say("  %s, %d answered", text.Count(p.Stops, "best practice"), p.Answered)
	l.question = ""
	return true
}

const allWord = "all"

func filterWords(l *lens.Lens) []string {
	return slices.Concat(interview.Only("").Values(), lens.Level("").Values(), l.PillarIDs(), l.LayerIDs(), l.ScenarioIDs())
}

// parseFilter makes a filter of words, with blanks or commas between them.
func parseFilter(l *lens.Lens, words string) (interview.Filter, error) {
	var f interview.Filter
	for _, w := range strings.FieldsFunc(strings.ToLower(words), func(r rune) bool { return r == ',' || r == ' ' }) {
		switch {
		case w == allWord:
		case slices.Contains(f.Only.Values(), w):
			f.Only = interview.Only(w)
		case slices.Contains(lens.Level("").Values(), w):
			f.Severity = lens.Level(w)
		case f.Scope.Add(l, w):
		default:
			return f, fmt.Errorf("f lists the words of a filter; %q is none%s", text.Clean(w, false), suggest.DidYouMean(w, append(filterWords(l), allWord)))
		}
	}
	return f, nil
}

// elapsed is how many minutes the review takes so far.
func (l *Line) elapsed() int {
	if l.Elapsed == nil {
		return 0
	}
	return int(l.Elapsed().Minutes())
}

// remind says once that time is short.
func (l *Line) remind() {
	if l.Minutes == 0 || l.short {
		return
	}
	if p := l.walk.Pace(l.Minutes, l.elapsed()); p.Short() {
		l.short = true
		l.tell("Time is short: %d minutes left, about %d needed. t shows what matters most.", max(p.Left, 0), p.Needed)
	}
}

// time shows what still fits, plans anew ("60"), or narrows the walk ("go").
func (l *Line) time(rest string) (moved bool) {
	if n := ordinal(rest); n > 0 {
		l.Minutes, l.short = l.elapsed()+n, true
	} else if rest != "" && rest != "go" {
		l.say("t shows the time, t 60 plans for 60 minutes from now, t go asks just what fits.")
		return false
	}
	if l.Minutes == 0 {
		p := l.walk.Pace(0, 0)
		l.tell("No time is planned. What is open on this walk takes about %d minutes; t 60 plans for an hour.", p.Needed)
		return false
	}
	left := l.Minutes - l.elapsed()
	a := interview.Plan(l.Lens, l.walk.Review(), l.walk.Filter(), left)
	l.say("%d minutes left; what is open on this walk takes about %d.", max(left, 0), a.Needed)
	if rest == "go" && len(a.Ask) > 0 {
		l.walk.Refilter(a.Narrow(l.walk.Filter()))
		l.say("The walk is over what fits now; f all takes the filter away.")
		l.question = ""
		return true
	}
	if len(a.Ask) > 0 {
		l.say("What fits, most important first:")
	}
	for _, i := range a.Ask {
		l.wrapped("  ", fmt.Sprintf("%s, %d min: %s", i.Question.ID, i.Minutes, i.Question.Ask))
	}
	if len(a.LeftOut) > 0 {
		ids := make([]string, len(a.LeftOut))
		for n, i := range a.LeftOut {
			ids[n] = i.Question.ID
		}
		l.wrapped("", "Left out, and reported as not assessed: "+strings.Join(ids, ", ")+".")
	}
	if len(a.Ask) > 0 && len(a.LeftOut) > 0 {
		l.say("t go asks just what fits.")
	}
	return false
}
