package tui

import (
	"fmt"
	"strings"

	"github.com/iotlens/iotlens/internal/interview"
	"github.com/iotlens/iotlens/internal/lens"
	"github.com/iotlens/iotlens/internal/text"
)

// A timer counts the minutes that the room spends on each question.
type timer struct {
	question string         // the current question; empty at the end of the walk
	since    int            // minute of the session at which the walk came to it
	spent    map[string]int // minutes by question id, before that
}

// StartPlan plans a session of so many minutes with those roles in the room. With 0 minutes
// it resumes the plan of the last session, if that had minutes left. What was pinned,
// dropped or ordered before is kept.
func (s *Session) StartPlan(minutes int, present []string) {
	p := s.Walk.Plan()
	if len(present) > 0 {
		p.Present = present
	}
	resumed := minutes <= 0 && p.Active && p.Minutes > 0
	if resumed {
		minutes = p.Minutes
	}
	s.Walk.SetPlan(p)
	if minutes <= 0 {
		return
	}
	s.Minutes = minutes
	here, end := s.Walk.Position(), len(s.Walk.Stops())
	stop, somewhere := s.Walk.Current()
	if !resumed {
		s.Walk.GoTo(end) // no question is begun
	}
	if !s.Walk.FollowAgenda(s.agenda()) {
		s.Walk.GoTo(here)
	} else if resumed && somewhere {
		s.Walk.GoToID(stop.Practice.ID)
	}
}

// PlanSummary says in a sentence what the plan is going to ask.
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

// RemainingPlan returns the plan with the minutes of this session.
func (s *Session) RemainingPlan() interview.Plan {
	p := s.Walk.Plan()
	p.Minutes = s.Minutes
	return p
}

// elapsedMinutes is the number of minutes since the session began.
func (s *Session) elapsedMinutes() int {
	if s.Elapsed == nil {
		return 0 // not begun
	}
	return s.Elapsed()
}

// minutesLeft is the number of planned minutes that are left; negative once they are over.
func (s *Session) minutesLeft() int { return s.Minutes - s.elapsedMinutes() }

// planMinutes plans so many minutes from now on.
func (s *Session) planMinutes(minutes int) {
	s.Minutes, s.timeWarned = s.elapsedMinutes()+minutes, true
}

func (s *Session) pace() interview.Pace { return s.Walk.Pace(s.Minutes, s.elapsedMinutes()) }

// agenda plans the open questions for the minutes that are left.
func (s *Session) agenda() interview.Agenda {
	p := s.Walk.Plan()
	p.Minutes = s.minutesLeft()
	return s.Walk.Agenda(p)
}

// resumePoint is where the next session resumes, with the minutes that are left.
func (s *Session) resumePoint() interview.ResumePoint {
	p := s.Walk.ResumePoint()
	p.Plan.Minutes = 0
	if s.Minutes > 0 {
		p.Plan.Minutes = max(s.minutesLeft(), 0)
	}
	return p
}

// trackTime counts the minutes of the question that the walk has left. When the walk comes
// to another question, it fits the plan into the time that is left, and shows what changed.
func (s *Session) trackTime() {
	at := s.questionID()
	if at == s.timer.question || s.Minutes <= 0 {
		return
	}
	now, first := s.elapsedMinutes(), s.timer.question == ""
	if s.timer.spent == nil {
		s.timer.spent = map[string]int{}
	}
	s.timer.spent[s.timer.question] += now - s.timer.since
	s.timer.question, s.timer.since = at, now
	if first || !s.Walk.FollowsPlan() {
		return
	}
	if words := planChangeText(s.Walk.FitInto(s.minutesLeft())); words != "" {
		s.notify("%s", words)
	}
}

// minutesOnQuestion is the number of minutes spent on the current question.
func (s *Session) minutesOnQuestion() int {
	return s.timer.spent[s.timer.question] + s.elapsedMinutes() - s.timer.since
}

// planChangeText says which questions a plan lost and which it has again; empty if none.
func planChangeText(off, back []*lens.Question) string {
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

// followAgenda makes the walk follow an agenda. It reports whether that asks anything.
func (s *Session) followAgenda(a interview.Agenda) bool {
	if s.Walk.FollowsPlan() {
		s.Walk.UpdateAgenda(a)
		return true
	}
	if !s.Walk.FollowAgenda(a) {
		s.notify("No open question fits; t and a number of minutes plan more time.")
		return false
	}
	s.notify("%s in %s, the most important first.", text.Count(len(a.Ask), "question"), text.Count(a.Planned, "minute"))
	return true
}

// changePlan changes the plan, and a walk that follows it.
func (s *Session) changePlan(change func(*interview.Plan)) {
	p := s.Walk.Plan()
	change(&p)
	s.Walk.SetPlan(p)
	s.Walk.UpdateAgenda(s.agenda())
}

// moveQuestion moves a question of the plan, and shows a message if it can't be moved.
func (s *Session) moveQuestion(id string, by int) {
	a := s.agenda()
	s.changePlan(func(p *interview.Plan) {
		s.orNotify(p.Move(a, id, by), "It can't be moved there: "+id+" is the first, the last, or not asked.")
	})
}

// leavePlan makes the walk visit everything again.
func (s *Session) leavePlan() {
	if s.orNotify(s.Walk.FollowsPlan(), "The walk goes by no plan; it goes through everything.") {
		s.Walk.LeavePlan()
		s.notify("The walk goes through everything, in the order of the lens. The plan is kept.")
	}
}

// timeLeftText says how many minutes are left, or for how long the time is over.
func timeLeftText(n int) string {
	switch {
	case n > 0:
		return text.Count(n, "minute") + " left"
	case n == 0:
		return "the time is over"
	}
	return "the time is over since " + text.Count(-n, "minute")
}
