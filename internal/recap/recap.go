// Package recap sums up one day of a review for those who were in the room and
// those who weren't: what was decided, what is to be verified, what is open, what
// was parked and who takes it up. Of makes the value, Text writes it the size of a
// mail.
package recap

import (
	"slices"
	"strings"

	"github.com/iotlens/iotlens/internal/interview"
	"github.com/iotlens/iotlens/internal/lens"
	"github.com/iotlens/iotlens/internal/review"
)

// A Recap is one day of a review, and how the review stands. Lists are in lens
// order unless they say otherwise.
type Recap struct {
	Workload string
	Day      string // YYYY-MM-DD
	LastDay  string // the last day on which a person answered; empty where none did

	Gaps     []Decision // found or confirmed that day: partly, not implemented, don't know; by priority
	Changed  []Decision // answers whose status is another than it was before that day
	InPlace  []Decision // implemented, and was not answered otherwise before
	Excluded []Decision // not applicable, and was not answered otherwise before
	People   []Person   // who answered that day, most answers first
	Waivers  []review.Waiver

	Unknown    []Decision // of any day: answered "don't know"
	Unproven   []Decision // of any day: implemented, and no evidence is named
	Ownerless  []Decision // of any day: findings that nobody owns and no waiver covers; by priority
	Open       []Open     // not answered, by pillar
	Parked     []review.Topic
	Practices  int // in scope
	Answered   int
	Findings   int
	High       int // findings of high severity
	Superseded int // answers that are kept in histories
}

// A Decision is one answer.
type Decision struct {
	ID, Question, Title string
	Severity            lens.Level
	Answer              review.Answer
	Before              *review.Past // what stood before that day; nil where nothing did
}

// A Person answered on the day.
type Person struct {
	Name    string // empty: nobody was named
	Answers int
}

// Open counts what is not answered.
type Open struct {
	Name  string // of a pillar
	Count int
}

// Decided is how many best practices people answered that day.
func (r Recap) Decided() int {
	return len(r.Gaps) + len(r.Changed) + len(r.InPlace) + len(r.Excluded)
}

// Of sums up a day, YYYY-MM-DD, of a review. A day is that of UTC, as all times in
// the review are.
func Of(l *lens.Lens, r *review.Review, day string) Recap {
	c := Recap{Workload: r.Workload.Name, Day: day, Parked: r.Parked}
	people := map[string]int{}
	ranked := interview.Ranking(l, r)
	w := interview.New(l, r, interview.Filter{})
	for _, s := range w.Stops() {
		a, answered := r.Answers[s.Practice.ID]
		if !answered {
			continue
		}
		d := decision(s.Question, s.Practice, a)
		c.Superseded += len(a.History)
		switch {
		case a.Status == review.CannotDetermine:
			c.Unknown = append(c.Unknown, d)
		case a.Status == review.Implemented && len(a.Evidence) == 0:
			c.Unproven = append(c.Unproven, d)
		}
		if a.By == review.ByProfile {
			continue
		}
		c.LastDay = max(c.LastDay, dayOf(a.At))
		if dayOf(a.At) != day {
			continue
		}
		people[a.By]++
		d.Before = before(a, day)
		switch {
		case d.Before != nil && d.Before.Status != a.Status:
			c.Changed = append(c.Changed, d)
		case a.Finding():
			// below, by priority
		case a.Status == review.Implemented:
			c.InPlace = append(c.InPlace, d)
		default:
			c.Excluded = append(c.Excluded, d)
		}
	}
	for _, f := range ranked {
		d := decision(f.Question, f.Practice, f.Answer)
		if f.Answer.Owner == "" && !f.Waived {
			c.Ownerless = append(c.Ownerless, d)
		}
		d.Before = before(f.Answer, day)
		if same := d.Before == nil || d.Before.Status == f.Answer.Status; same && f.Answer.By != review.ByProfile && dayOf(f.Answer.At) == day {
			c.Gaps = append(c.Gaps, d)
		}
	}
	for name, n := range people {
		c.People = append(c.People, Person{name, n})
	}
	slices.SortFunc(c.People, func(a, b Person) int {
		if a.Answers != b.Answers {
			return b.Answers - a.Answers
		}
		return strings.Compare(a.Name, b.Name)
	})
	for _, v := range r.Waivers {
		if dayOf(v.At) == day {
			c.Waivers = append(c.Waivers, v)
		}
	}
	for _, p := range w.Pillars() {
		if n := p.Stops - p.Answered; n > 0 {
			c.Open = append(c.Open, Open{p.Name, n})
		}
	}
	p := w.Overall()
	c.Practices, c.Answered, c.Findings, c.High = p.Stops, p.Answered, p.Findings, p.High
	return c
}

func decision(q *lens.Question, p *lens.Practice, a review.Answer) Decision {
	return Decision{ID: p.ID, Question: q.ID, Title: p.Title, Severity: p.Severity, Answer: a}
}

// before is the answer that stood when the day began.
func before(a review.Answer, day string) *review.Past {
	for _, p := range slices.Backward(a.History) {
		if dayOf(p.At) < day {
			return &p
		}
	}
	return nil
}

// dayOf is the day of a date or of a time in UTC; empty where there is none.
func dayOf(at string) string {
	day, _, _ := strings.Cut(at, "T")
	return day
}
