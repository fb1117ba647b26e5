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
	OpeningMinutes       = 10 // hello, purpose, ground rules
	ClosingMinutes       = 10 // gaps and owners read out
	BreakMinutes         = 10
	MinutesBetweenBreaks = 90 // how long people listen: a break comes before this is over
)

// A Sheet is a run sheet.
type Sheet struct {
	Workload     string // empty: the sheet is of the lens alone
	Lens         string
	Filter       string        // the filter in words; empty: everything in the scope of the review
	RuledOut     int           // best practices that the profile rules out
	SetAside     int           // those that it sets aside
	UnaskedParts []string      // of each part of the lens of which nothing is asked why, in a sentence
	Budget       int           // minutes planned for questions; 0: as many as they take
	Present      []string      // roles that are in the room; none: nobody said
	Repeated     bool          // everything is answered, and is planned once more
	Agenda       []Slot        // in order
	Participants []Participant // who should be in the room, in lens order
	Cards        []Card        // in the order of the agenda
	LeftOut      []Card        // what doesn't fit into the budget, most important first
	Waiting      []Card        // what waits for its owners
}

// A Slot is a line of the agenda.
type Slot struct {
	From, To int    // minutes since the beginning
	Title    string // opening, break or closing; empty for a question
	Card     *Card  // the question
}

// A Card is a question with those of its best practices that are asked.
type Card struct {
	interview.Item
	Text      string // for the segment of the workload
	Bank      string
	Practices []*lens.Practice
	Answers   map[string]review.Answer // of the review
}

// Minutes is how long the questions take, without opening, breaks and closing.
func (s Sheet) Minutes() int { return totalMinutes(s.Cards) }

func totalMinutes(cards []Card) int {
	n := 0
	for _, c := range cards {
		n += c.Minutes
	}
	return n
}

// New makes the run sheet of a review, or of the lens alone where r is nil: of the questions
// of a filter in lens order, or where the plan has minutes, of the open ones that fit into
// them in the order of the plan (interview.Walk.Agenda). Where everything is answered it
// plans all of it once more.
func New(l *lens.Lens, r *review.Review, f interview.Filter, p interview.Plan) Sheet {
	s := Sheet{Lens: l.Name + ", " + l.Version, Filter: f.Words(l), Budget: p.Minutes, Present: p.Present}
	if r == nil {
		r = &review.Review{}
	}
	r = r.Clone()
	interview.ApplyProfile(l, r, r.Workload.Profile, "")
	s.Workload = r.Workload.Name
	walk := interview.New(l, r, f)
	walk.GoTo(len(walk.Stops())) // nothing is begun
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

// planWithin takes the cards of what is open and fits into the minutes of a plan.
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

// planAll takes all cards, answered or not, in lens order, but for those that wait.
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

// newCards are the cards of a walk, in its order.
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

// selectCards takes the cards of an agenda's questions, in its order and with its minutes.
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

// newAgenda lays questions out in time. A break comes before people have listened for
// longer than AtAGo; one question takes what it takes.
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
