package tui

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/iotlens/iotlens/internal/interview"
	"github.com/iotlens/iotlens/internal/review"
	"github.com/iotlens/iotlens/internal/text"
)

// hitsAtATime is how many hits of a search are listed at a time.
const hitsAtATime = 12

// search lists what has all words; without words, more of the last search.
func (l *Line) search(query string) {
	if query != "" {
		l.found, l.shown = l.Walk.Search(query), 0
	}
	if l.shown >= len(l.found) {
		if query == "" {
			l.say("Type what to look for behind the /: / certificate rotation")
		} else {
			l.say("Nothing has all of: %s", text.Clean(query, false))
		}
		return
	}
	upTo := min(l.shown+hitsAtATime, len(l.found))
	for i, h := range l.found[l.shown:upTo] {
		r := linePen.hitRow(h, lineWidth)
		r.text = append([]bit{{text: fmt.Sprintf("%3d  ", l.shown+i+1)}}, r.text...)
		l.rows([]row{r})
	}
	l.shown = upTo
	if more := len(l.found) - upTo; more > 0 {
		l.say("g NUMBER goes there; / shows %d more.", more)
	} else {
		l.say("g NUMBER goes there.")
	}
}

// summarise shows what was found, what is open and what is parked.
func (l *Line) summarise() {
	l.say("")
	l.page(l.summary(linePen, l.Assess(l.Walk.Review()), lineWidth))
}

// report writes the reports. That they can't be written is no reason to stop.
func (l *Line) report() {
	paths, err := l.Write(l.Walk.Review())
	for _, p := range paths {
		l.say("  wrote %s", text.Clean(p, false))
	}
	if err != nil {
		l.say("%s", text.Clean(err.Error(), true))
	}
}

// park sets a topic aside: "TEXT" or "TEXT @ NAME".
func (l *Line) park(rest string) error {
	topic := l.given(rest, askTopic)
	if topic == "" {
		l.say("Nothing was parked.")
		return nil
	}
	owner := ""
	if i := strings.LastIndex(topic, " @ "); i >= 0 {
		topic, owner = strings.TrimSpace(topic[:i]), strings.TrimSpace(topic[i+3:])
	} else if rest == "" {
		owner = l.given("", askTopicOwner)
	}
	ok, err := l.changed(l.Walk.Park(review.Topic{Topic: topic, Owner: owner}))
	if ok {
		l.tell("Parked: %s", topic)
	}
	return err
}

// listParked lists the parked topics, or gives one an owner: "2 NAME".
func (l *Line) listParked(rest string) error {
	if rest == "" {
		c := &sheet{pen: linePen, width: lineWidth}
		l.parked(c)
		l.page(c.lines)
		return nil
	}
	number, owner, _ := strings.Cut(rest, " ")
	n, parked := ordinal(number), l.Walk.Review().Parked
	if owner = strings.TrimSpace(owner); n < 1 || n > len(parked) || owner == "" {
		l.say("To give a parked topic an owner: parked 1 NAME. Parked so far: %s.", text.Count(len(parked), "topic"))
		return nil
	}
	t := parked[n-1]
	if t.Owner = owner; owner == none {
		t.Owner = ""
	}
	_, err := l.changed(l.Walk.Repark(n-1, t))
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

// waive accepts the finding at hand for a time, or takes its waiver away.
func (l *Line) waive(rest string) error {
	switch {
	case l.Walk.ReadOnly:
		_, err := l.changed(interview.ErrReadOnly)
		return err
	case rest == none:
		_, err := l.changed(l.accept(review.Waiver{}))
		return err
	case !l.mayWaive():
		return nil
	}
	l.tell("A waiver accepts this finding for a time. Enter at a prompt that must be answered stops.")
	var v review.Waiver
	steps := waiverSteps(&v)
	for _, step := range steps {
		if *step.at = l.given("", step.label); *step.at == "" && !step.optional {
			l.say("Nothing was waived.")
			return nil
		}
	}
	refused := l.accept(v)
	for refused != nil { // the date is what can be wrong; the rest needn't be typed again
		l.say("%s", text.Clean(refused.Error(), true))
		if v.Expires = l.given("", steps[len(steps)-1].label); v.Expires == "" {
			l.say("Nothing was waived.")
			return nil
		}
		refused = l.accept(v)
	}
	_, err := l.changed(nil)
	return err
}

// filter narrows the walk to words, which all must match.
func (l *Line) filter(rest string) bool {
	if rest == "" {
		l.tell("The walk is over: %s.", l.filterWords())
		l.tell("Words for f: all, %s, or question ids.", strings.Join(choiceIDs(choices(l.Lens, interview.Filter{})), ", "))
		return false
	}
	f, err := parseFilter(l.Lens, rest)
	if err != nil {
		l.tell("%v", err)
		return false
	}
	return l.newWalk(l.narrow(f))
}

// newWalk shows the question anew where the walk was narrowed.
func (l *Line) newWalk(narrowed bool) bool {
	if narrowed {
		l.question = ""
	}
	return narrowed
}

// time shows what still fits, plans anew ("60"), or narrows the walk ("go").
func (l *Line) time(rest string) (moved bool) {
	if n := ordinal(rest); n > 0 {
		l.plan(n)
	} else if rest != "" && rest != "go" {
		l.say("t shows the time, t 60 plans for 60 minutes from now, t go asks just what fits.")
		return false
	}
	if l.Minutes == 0 {
		l.tell("No time is planned. What is open on this walk takes about %d minutes; t 60 plans for an hour.", l.pace().Needed)
		return false
	}
	a := l.agenda()
	if rest == "go" {
		return l.newWalk(l.narrowToAgenda(a))
	}
	l.page(agendaPage(linePen, a, "t go asks just that.", lineWidth))
	return false
}
