package tui

import (
	"fmt"
	"strings"

	"github.com/iotlens/iotlens/internal/interview"
	"github.com/iotlens/iotlens/internal/lens"
	"github.com/iotlens/iotlens/internal/text"
)

// A timer knows for how long the room has been at each question, in minutes.
type timer struct {
	at    string         // the current question; empty at the end of the walk
	since int            // minutes into the session when the walk came to it
	spent map[string]int // before that
}

// StartPlan plans a session from its beginning: as many minutes, with those roles in the
// room. Without minutes it goes on with the plan of the last session, where that had some
// left. What the room said of its plan before holds.
func (s *Session) StartPlan(minutes int, present []string) {
	p := s.Walk.Plan()
	if len(present) > 0 {
		p.Present = present
	}
	resumed := minutes <= 0 && p.Active && p.Minutes > 0
	if resumed {
		minutes = p.Minutes
	}
	s.Walk.Wish(p)
	if minutes <= 0 {
		return
	}
	s.Minutes = minutes
	here, end := s.Walk.At(), len(s.Walk.Stops())
	stop, somewhere := s.Walk.Current()
	if !resumed {
		s.Walk.GoTo(end) // nothing is begun
	}
	if !s.Walk.GoBy(s.agenda()) {
		s.Walk.GoTo(here)
	} else if resumed && somewhere {
		s.Walk.Go(stop.Practice.ID)
	}
}

// PlanSummary says what a walk by a plan is about to ask.
func (s *Session) PlanSummary() string {
	a := s.agenda()
	words := fmt.Sprintf("%s planned: %s, the most important first", text.Count(a.Minutes, "minute"), text.Count(len(a.Ask), "question"))
	if n := len(a.LeftOut); n > 0 {
		words += fmt.Sprintf("; %d don't fit", n)
	}
	if n := len(a.Waiting); n > 0 {
		words += fmt.Sprintf("; %d wait for their owners", n)
	}
	return words + ". t shows and changes the plan."
}

// RemainingPlan is the plan of the session as it begins, for its run sheet.
func (s *Session) RemainingPlan() interview.Plan {
	p := s.Walk.Plan()
	p.Minutes = s.Minutes
	return p
}

// elapsed is how many minutes the session has lasted.
func (s *Session) elapsed() int {
	if s.Elapsed == nil {
		return 0 // it has not begun
	}
	return s.Elapsed()
}

// left is how many minutes are left; negative once the time is over.
func (s *Session) left() int { return s.Minutes - s.elapsed() }

// plan plans minutes from now on.
func (s *Session) plan(minutes int) { s.Minutes, s.reminded = s.elapsed()+minutes, true }

func (s *Session) pace() interview.Pace { return s.Walk.Pace(s.Minutes, s.elapsed()) }

// agenda is what still fits into the planned minutes.
func (s *Session) agenda() interview.Agenda {
	p := s.Walk.Plan()
	p.Minutes = s.left()
	return s.Walk.Agenda(p)
}

// place is where the session is, with the minutes that are left.
func (s *Session) place() interview.Place {
	p := s.Walk.Place()
	p.Plan.Minutes = 0
	if s.Minutes > 0 {
		p.Plan.Minutes = max(s.left(), 0)
	}
	return p
}

// keepPace counts the minutes of the question that the walk has left, and makes a plan fit
// into the time when the walk comes to another one. What falls off and what returns is
// said.
func (s *Session) keepPace() {
	at := s.questionHere()
	if at == s.timer.at || s.Minutes <= 0 {
		return
	}
	now, first := s.elapsed(), s.timer.at == ""
	if s.timer.spent == nil {
		s.timer.spent = map[string]int{}
	}
	s.timer.spent[s.timer.at] += now - s.timer.since
	s.timer.at, s.timer.since = at, now
	if first || !s.Walk.Planned() {
		return
	}
	if words := changeWords(s.Walk.Fit(s.left())); words != "" {
		s.notify("%s", words)
	}
}

// minutesHere is how many minutes the room has been at the current question.
func (s *Session) minutesHere() int {
	return s.timer.spent[s.timer.at] + s.elapsed() - s.timer.since
}

// changeWords says what a plan lost, and what it has again.
func changeWords(off, back []*lens.Question) string {
	var parts []string
	for _, change := range []struct {
		list      []*lens.Question
		one, many string
	}{{off, "no longer fits", "no longer fit"}, {back, "fits now", "fit now"}} {
		switch n := len(change.list); {
		case n == 1:
			parts = append(parts, strings.TrimSpace(change.list[0].ID+" "+change.list[0].Topic)+" "+change.one)
		case n > 1:
			var ids []string
			for _, q := range change.list[:min(n, 4)] {
				ids = append(ids, q.ID)
			}
			if n > 4 {
				ids = append(ids, fmt.Sprintf("%d more", n-4))
			}
			parts = append(parts, fmt.Sprintf("%d questions %s: %s", n, change.many, strings.Join(ids, ", ")))
		}
	}
	if len(parts) == 0 {
		return ""
	}
	return strings.Join(parts, ". ") + ". t shows the plan."
}

// goBy makes the walk go by an agenda; it reports whether there is anything to ask.
func (s *Session) goBy(a interview.Agenda) bool {
	if s.Walk.Planned() {
		s.Walk.Replan(a)
		return true
	}
	if !s.Walk.GoBy(a) {
		s.notify("No open question fits; t and a number of minutes plan more time.")
		return false
	}
	s.notify("%s in %s, the most important first.", text.Count(len(a.Ask), "question"), text.Count(a.Planned, "minute"))
	return true
}

// wish changes what the room wants of its time, and with it a walk that goes by it.
func (s *Session) wish(change func(*interview.Plan)) {
	p := s.Walk.Plan()
	change(&p)
	s.Walk.Wish(p)
	s.Walk.Replan(s.agenda())
}

// move moves a question of the plan; it shows a message where that goes no further.
func (s *Session) move(id string, by int) {
	a := s.agenda()
	s.wish(func(p *interview.Plan) {
		s.moved(p.Move(a, id, by), "It can't be moved there: "+id+" is the first, the last, or not asked.")
	})
}

// leavePlan makes the walk go through everything again.
func (s *Session) leavePlan() {
	if s.moved(s.Walk.Planned(), "The walk goes by no plan; it goes through everything.") {
		s.Walk.Leave()
		s.notify("The walk goes through everything, in the order of the lens. The plan is kept.")
	}
}

// leftWords is how many minutes are left.
func leftWords(n int) string {
	switch {
	case n > 0:
		return text.Count(n, "minute") + " left"
	case n == 0:
		return "the time is over"
	}
	return "the time is over since " + text.Count(-n, "minute")
}
