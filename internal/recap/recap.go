// Package recap sums up one day of a review, for those who were in the workshop and
// those who weren't: what was decided, what is to be verified, what is open, what
// was parked and who owns it. Of makes the value, Text writes it in the size of a
// mail.
package recap

import (
	"cmp"
	"slices"
	"strings"

	"github.com/iotlens/iotlens/internal/lens"
	"github.com/iotlens/iotlens/internal/review"
	"github.com/iotlens/iotlens/internal/scoring"
)

// A Recap is one day of a review, and the state of the review. Lists are in lens
// order unless noted otherwise.
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

	Unknown    []Decision // of any day: answered with "don't know"
	Unproven   []Decision // of any day: implemented, and no evidence is named
	Ownerless  []Decision // of any day: findings without an owner and a waiver; by priority
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
	*scoring.Practice
	Before *review.Answer // the answer before that day; nil for none
}

// A Person answered on the day.
type Person struct {
	Name    string // empty: not named
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

// Of sums up a day, YYYY-MM-DD, of the review that was assessed. A day is that of
// UTC, as all times in the review are.
func Of(a *scoring.Assessment, day string) Recap {
	c := Recap{
		Workload: a.Workload.Name, Day: day, Parked: a.Parked,
		Practices: len(a.Practices), Answered: len(a.Practices) - len(a.Unassessed), Findings: len(a.Findings),
	}
	people := map[string]int{}
	for i := range a.Practices {
		p := &a.Practices[i]
		d := Decision{Practice: p, Before: before(p.Answer, day)}
		c.Superseded += len(p.History)
		switch {
		case p.Status == review.CannotDetermine:
			c.Unknown = append(c.Unknown, d)
		case p.Status == review.Implemented && len(p.Evidence) == 0:
			c.Unproven = append(c.Unproven, d)
		}
		if p.Status == review.Unanswered || p.Settled || p.By == review.ByProfile {
			continue
		}
		c.LastDay = max(c.LastDay, review.DayOf(p.At))
		if review.DayOf(p.At) != day {
			continue
		}
		people[p.By]++
		switch {
		case d.changed():
			c.Changed = append(c.Changed, d)
		case p.Finding():
			// below, by priority
		case p.Status == review.Implemented:
			c.InPlace = append(c.InPlace, d)
		default:
			c.Excluded = append(c.Excluded, d)
		}
	}
	for _, f := range a.Findings {
		d := Decision{Practice: f.Practice, Before: before(f.Answer, day)}
		if f.Severity == lens.High {
			c.High++
		}
		if f.Owner == "" && f.Waiver == nil {
			c.Ownerless = append(c.Ownerless, d)
		}
		if !d.changed() && f.By != review.ByProfile && review.DayOf(f.At) == day {
			c.Gaps = append(c.Gaps, d)
		}
	}
	for name, n := range people {
		c.People = append(c.People, Person{Name: name, Answers: n})
	}
	slices.SortFunc(c.People, func(a, b Person) int {
		return cmp.Or(b.Answers-a.Answers, strings.Compare(a.Name, b.Name))
	})
	for _, v := range a.Waivers {
		if review.DayOf(v.At) == day {
			c.Waivers = append(c.Waivers, v.Waiver)
		}
	}
	for _, p := range a.Pillars {
		if n := p.Lens.Applicable() - p.Lens.Answered + p.LayerBanks.Applicable() - p.LayerBanks.Answered; n > 0 {
			c.Open = append(c.Open, Open{Name: p.Name, Count: n})
		}
	}
	return c
}

// changed reports whether the status was another one when the day began.
func (d Decision) changed() bool {
	return d.Before != nil && d.Before.Status != cmp.Or(d.Given, d.Status)
}

// before is the answer as it was when the day began.
func before(a review.Answer, day string) *review.Answer {
	for _, p := range slices.Backward(a.History) {
		if review.DayOf(p.At) < day {
			return &p
		}
	}
	return nil
}
