// Package runsheet is what a facilitator prints before a workshop: an agenda with
// minutes and breaks, who should be in the room, ground rules, and one card for each
// question with what to ask, what to hear and what to be shown. Of makes the
// value, Markdown writes it.
package runsheet

import (
	"slices"

	"github.com/iotlens/iotlens/internal/interview"
	"github.com/iotlens/iotlens/internal/lens"
	"github.com/iotlens/iotlens/internal/review"
)

// Times in minutes.
const (
	Opening = 10 // hello, purpose, ground rules
	Closing = 10 // gaps and owners read out
	Pause   = 10
	AtAGo   = 90 // how long people listen: a break comes before this is over
)

// A Sheet is a run sheet.
type Sheet struct {
	Workload string // empty: the sheet is of the lens alone
	Lens     string
	Narrowed string        // the filter in words; empty: everything in the scope of the review
	RuledOut int           // best practices that the profile rules out
	SetAside int           // those that it sets aside
	Budget   int           // minutes planned for questions; 0: as many as they take
	Agenda   []Slot        // in order
	Pillars  []lens.Pillar // of the questions asked
	Cards    []Card        // in the order of the agenda
	LeftOut  []Card        // what doesn't fit into the budget, in lens order
}

// A Slot is a line of the agenda.
type Slot struct {
	From, To  int    // minutes since the beginning
	Chapter   string // a pillar or a layer bank; empty for opening, break and closing
	What      string // of what is no chapter
	Questions []string
}

// A Card is a question with those of its best practices that are asked.
type Card struct {
	Question  *lens.Question
	Ask       string // for the segment of the workload
	Chapter   string
	Minutes   int
	Practices []*lens.Practice
	Answers   map[string]review.Answer // of the review
}

// Minutes is how long the questions take, without opening, breaks and closing.
func (s Sheet) Minutes() int { return minutes(s.Cards) }

func minutes(cards []Card) int {
	n := 0
	for _, c := range cards {
		n += c.Minutes
	}
	return n
}

// Of makes the run sheet of a review, or of the lens alone where r is nil: of the
// questions of a filter, or with a budget of minutes, of the open ones that fit into
// it (interview.Plan).
func Of(l *lens.Lens, r *review.Review, f interview.Filter, budget int) Sheet {
	s := Sheet{Lens: l.Name + ", " + l.Version, Narrowed: f.Words(l), Budget: budget}
	if r == nil {
		r = &review.Review{}
	}
	r = r.Clone()
	interview.ApplyProfile(l, r, r.Workload.Profile, "")
	s.Workload = r.Workload.Name
	var cards []Card
	walk := interview.New(l, r, f)
	s.RuledOut, s.SetAside = len(walk.RuledOut()), len(walk.SetAside())
	for _, stop := range walk.Stops() {
		if a := r.Answers[stop.Practice.ID]; a.RuledOut() {
			continue // ruled out
		}
		if n := len(cards); n == 0 || cards[n-1].Question != stop.Question {
			cards = append(cards, Card{
				Question: stop.Question, Ask: stop.Question.AskFor(r.Workload.Profile.Segment), Chapter: interview.Chapter(l, stop.Question), Answers: r.Answers,
			})
		}
		c := &cards[len(cards)-1]
		c.Practices = append(c.Practices, stop.Practice)
		c.Minutes = interview.MinutesFor(c.Question, len(c.Practices))
	}
	if budget > 0 {
		plan := interview.Plan(l, r, f, budget)
		s.Cards, s.LeftOut = chosen(cards, plan.Ask), chosen(cards, plan.LeftOut)
	} else {
		s.Cards = cards
	}
	s.Agenda = agenda(s.Cards)
	s.Pillars = asked(l, s.Cards)
	return s
}

// chosen takes the cards of an agenda's questions, with its minutes.
func chosen(cards []Card, items []interview.Item) []Card {
	var out []Card
	for _, c := range cards {
		if i := slices.IndexFunc(items, func(i interview.Item) bool { return i.Question == c.Question }); i >= 0 {
			c.Minutes = items[i].Minutes
			out = append(out, c)
		}
	}
	return out
}

// agenda lays questions out in time. A break comes before people have listened for
// longer than AtAGo; one question takes what it takes.
func agenda(cards []Card) []Slot {
	slots := []Slot{{To: Opening, What: "Opening: purpose, ground rules, who takes notes"}}
	now, since := Opening, Opening
	for _, c := range cards {
		if last := &slots[len(slots)-1]; since+c.Minutes > AtAGo && last.Chapter != "" {
			slots = append(slots, Slot{From: now, To: now + Pause, What: "Break"})
			now, since = now+Pause, 0
		}
		if last := &slots[len(slots)-1]; last.Chapter != c.Chapter {
			slots = append(slots, Slot{From: now, To: now, Chapter: c.Chapter})
		}
		last := &slots[len(slots)-1]
		now, since = now+c.Minutes, since+c.Minutes
		last.To, last.Questions = now, append(last.Questions, c.Question.ID)
	}
	return append(slots, Slot{From: now, To: now + Closing, What: "Closing: gaps, owners and dates read out; parked topics get an owner"})
}

// asked lists the pillars of what is asked, in lens order.
func asked(l *lens.Lens, cards []Card) []lens.Pillar {
	return slices.DeleteFunc(slices.Clone(l.Pillars), func(p lens.Pillar) bool {
		return !slices.ContainsFunc(cards, func(c Card) bool {
			return slices.ContainsFunc(c.Practices, func(b *lens.Practice) bool { return b.Pillar == p.ID })
		})
	})
}
