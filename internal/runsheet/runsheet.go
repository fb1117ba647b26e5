// Package runsheet makes what a facilitator prints before a workshop: an agenda with minutes
// and breaks, who should be in the room, ground rules, and a card for each question with what
// to ask, what to listen for and what to be shown. New makes the value, Markdown renders it.
package runsheet

import (
	"slices"

	"github.com/iotlens/iotlens/internal/interview"
	"github.com/iotlens/iotlens/internal/lens"
	"github.com/iotlens/iotlens/internal/review"
)

// Times in minutes.
const (
	OpeningMinutes       = 10 // purpose, ground rules
	ClosingMinutes       = 10 // gaps and owners read out
	BreakMinutes         = 10
	MinutesBetweenBreaks = 90 // at most
)

// A Sheet is a run sheet.
type Sheet struct {
	Workload     string // empty for a sheet of the lens alone
	Lens         string
	Filter       string        // in words; empty for everything in the scope of the review
	RuledOut     int           // number of best practices that the profile rules out
	SetAside     int           // number of those that it sets aside
	UnaskedParts []string      // for each part of the lens that is not asked why, in a sentence
	Budget       int           // minutes for questions; 0 for as many as they take
	Present      []string      // roles in the room; empty if not known
	Repeated     bool          // everything is answered and is planned again
	Agenda       []Slot        // in order
	Participants []Participant // who should be in the room, in lens order
	Cards        []Card        // in the order of the agenda
	LeftOut      []Card        // questions that do not fit into the budget, most important first
	Waiting      []Card        // questions whose owners are absent
}

// A Slot is a line of the agenda.
type Slot struct {
	From, To int    // minutes from the start
	Title    string // opening, break or closing; empty for a question
	Card     *Card  // the question
}

// A Card is a question with the best practices of it that are asked.
type Card struct {
	interview.Item
	Text      string // to read aloud, for the segment of the workload
	Bank      string
	Practices []*lens.Practice
	Answers   map[string]review.Answer // all answers of the review
}

// Minutes returns how long the questions take, without opening, breaks and closing.
func (s Sheet) Minutes() int { return totalMinutes(s.Cards) }

func totalMinutes(cards []Card) int {
	n := 0
	for _, c := range cards {
		n += c.Minutes
	}
	return n
}

// New makes the run sheet of a review, or of the lens alone if r is nil. If the plan has
// minutes, it has the open questions that fit into them, in the order of the plan
// (interview.Walk.Agenda), or all of them again if everything is answered. Otherwise it has
// all questions that match the filter, in lens order.
func New(l *lens.Lens, r *review.Review, f interview.Filter, p interview.Plan) Sheet {
	s := Sheet{Lens: l.Name + ", " + l.Version, Filter: f.Words(l), Budget: p.Minutes, Present: p.Present}
	if r == nil {
		r = &review.Review{}
	}
	r = r.Clone()
	interview.ApplyProfile(l, r, r.Workload.Profile, "")
	s.Workload = r.Workload.Name
	walk := interview.New(l, r, f)
	walk.GoTo(len(walk.Stops())) // no question counts as begun
	s.RuledOut, s.SetAside = len(walk.RuledOut()), len(interview.WithoutParts(walk.SetAside()))
	s.UnaskedParts = review.FactsOf(l, r.Workload.Profile).UnaskedReasons()
	cards := newCards(l, r, walk)
	if p.Minutes > 0 {
		s.planWithin(walk, cards, p)
	} else {
		s.planAll(walk, cards, p)
	}
	s.Agenda = newAgenda(s.Cards)
	s.Participants = participants(l, s.Cards, p.Present)
	return s
}

// planWithin takes the cards of open questions that fit into the minutes of a plan.
func (s *Sheet) planWithin(walk *interview.Walk, cards []Card, p interview.Plan) {
	a := walk.Agenda(p)
	if a.Needed == 0 {
		p.Again = true
		if a = walk.Agenda(p); a.Needed > 0 {
			s.Repeated = true
		}
	}
	s.Cards, s.LeftOut, s.Waiting = selectCards(cards, a.Ask), selectCards(cards, a.LeftOut), selectCards(cards, a.Waiting)
}

// planAll takes all cards, answered or not, in lens order, except those that wait for their
// owners.
func (s *Sheet) planAll(walk *interview.Walk, cards []Card, p interview.Plan) {
	p.Again, p.Minutes = true, totalMinutes(cards)
	a := walk.Agenda(p)
	s.Waiting = selectCards(cards, a.Waiting)
	for _, c := range cards {
		same := func(i interview.Item) bool { return i.Question == c.Question }
		if slices.ContainsFunc(a.Waiting, same) {
			continue
		}
		if n := slices.IndexFunc(a.Ask, same); n >= 0 {
			of := a.Ask[n]
			of.Minutes = c.Minutes
			c.Item = of
		}
		s.Cards = append(s.Cards, c)
	}
}

// newCards returns the cards of a walk, in its order.
func newCards(l *lens.Lens, r *review.Review, walk *interview.Walk) []Card {
	var cards []Card
	for _, stop := range walk.Stops() {
		if a := r.Answers[stop.Practice.ID]; a.RuledOut() {
			continue
		}
		if n := len(cards); n == 0 || cards[n-1].Question != stop.Question {
			cards = append(cards, Card{
				Item: interview.Item{Question: stop.Question}, Text: walk.QuestionText(stop.Question), Bank: interview.Chapter(l, stop.Question), Answers: r.Answers,
			})
		}
		c := &cards[len(cards)-1]
		c.Practices = append(c.Practices, stop.Practice)
		c.Minutes = interview.MinutesFor(c.Question, len(c.Practices))
	}
	return cards
}

// selectCards returns the cards of the items of an agenda, in its order and with its
// minutes.
func selectCards(cards []Card, items []interview.Item) []Card {
	var out []Card
	for _, i := range items {
		if n := slices.IndexFunc(cards, func(c Card) bool { return c.Question == i.Question }); n >= 0 {
			c := cards[n]
			c.Item = i
			out = append(out, c)
		}
	}
	return out
}

// newAgenda assigns times to questions. A break comes before MinutesBetweenBreaks are over,
// unless a single question is longer.
func newAgenda(cards []Card) []Slot {
	slots := []Slot{{To: OpeningMinutes, Title: "Opening: purpose, ground rules, who takes notes"}}
	now, since := OpeningMinutes, OpeningMinutes
	for i := range cards {
		c := &cards[i]
		if since+c.Minutes > MinutesBetweenBreaks && slots[len(slots)-1].Card != nil {
			slots = append(slots, Slot{From: now, To: now + BreakMinutes, Title: "Break"})
			now, since = now+BreakMinutes, 0
		}
		slots = append(slots, Slot{From: now, To: now + c.Minutes, Card: c})
		now, since = now+c.Minutes, since+c.Minutes
	}
	return append(slots, Slot{From: now, To: now + ClosingMinutes, Title: "Closing: gaps, owners and dates read out; parked topics get an owner"})
}
