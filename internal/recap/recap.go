// Package recap sums up one day of a review, for people who were in the workshop and others:
// who does what until when, what was decided, what is to be verified, what was parked, what is
// open. New makes the value, Text renders it as a mail.
package recap

import (
	"cmp"
	"slices"
	"strings"

	"github.com/iotlens/iotlens/internal/lens"
	"github.com/iotlens/iotlens/internal/review"
	"github.com/iotlens/iotlens/internal/scoring"
)

// A Recap sums up one day of a review and its state. Lists are in lens order unless noted
// otherwise.
type Recap struct {
	Workload string
	Day      string // YYYY-MM-DD
	LastDay  string // on which a person answered; empty if nobody did

	Owners         []Owner        // people who have something to do, by name
	UnownedActions []Action       // findings without an owner, by priority
	UnownedTopics  []review.Topic // parked topics without an owner

	Changed         []Decision      // answers of the day with another status than before it
	InPlace         []Decision      // other answers of the day: implemented
	NotApplicable   []Decision      // other answers of the day: not applicable
	Respondents     []Respondent    // of the day, most answers first
	Waivers         []review.Waiver // given on the day
	Unconfirmed     []Decision      // of any day: copied from a template and not confirmed
	WithoutEvidence []Decision      // of any day: implemented, without evidence
	OpenPillars     []OpenPillar    // with unanswered best practices

	Practices      int // in scope
	Answered       int
	Decided        int // best practices that people answered on the day
	Findings       int
	HighSeverity   int // findings of high severity
	HistoryEntries int // replaced answers in the histories
}

// An Owner is a person with everything that the review has for them to do, from any day.
type Owner struct {
	Name    string
	Actions []Action // by due date, those without one last, then by priority
	Topics  []review.Topic
}

// An Action is a finding that somebody closes or finds out about.
type Action struct {
	scoring.Finding
	New bool // answered on the day
}

// A Decision is an answer.
type Decision struct {
	*scoring.Practice
	Before *review.Answer // the answer before the day; nil for none
}

// A Respondent is somebody who answered on the day.
type Respondent struct {
	Name    string // empty if not recorded
	Answers int
}

// An OpenPillar is what is unanswered in a pillar.
type OpenPillar struct {
	Name      string
	Count     int      // unanswered best practices
	Questions []string // their ids
}

// New sums up a day, YYYY-MM-DD in UTC, of the assessed review.
func New(a *scoring.Assessment, day string) Recap {
	c := Recap{
		Workload: a.Workload.Name, Day: day,
		Practices: len(a.Practices), Answered: len(a.Practices) - len(a.Unassessed), Findings: len(a.Findings),
	}
	speakers := map[string]int{}
	for i := range a.Practices {
		p := &a.Practices[i]
		c.HistoryEntries += len(p.History)
		if p.Unconfirmed() && !p.Settled {
			c.Unconfirmed = append(c.Unconfirmed, Decision{Practice: p})
			continue // nobody in the team answered it
		}
		if p.Status == review.Implemented && len(p.Evidence) == 0 {
			c.WithoutEvidence = append(c.WithoutEvidence, Decision{Practice: p})
		}
		if p.Status == review.Unanswered || p.Settled || p.By == review.ByProfile {
			continue
		}
		c.LastDay = max(c.LastDay, review.DayOf(p.At))
		if review.DayOf(p.At) != day {
			continue
		}
		speakers[p.By]++
		c.Decided++
		switch d := (Decision{Practice: p, Before: answerBefore(p.Answer, day)}); {
		case d.changed():
			c.Changed = append(c.Changed, d)
		case p.IsFinding():
			// listed as an action
		case p.Status == review.Implemented:
			c.InPlace = append(c.InPlace, d)
		default:
			c.NotApplicable = append(c.NotApplicable, d)
		}
	}
	for name, n := range speakers {
		c.Respondents = append(c.Respondents, Respondent{Name: name, Answers: n})
	}
	slices.SortFunc(c.Respondents, func(a, b Respondent) int {
		return cmp.Or(b.Answers-a.Answers, strings.Compare(a.Name, b.Name))
	})
	c.assign(a, day)
	for _, v := range a.Waivers {
		if review.DayOf(v.At) == day {
			c.Waivers = append(c.Waivers, v.Waiver)
		}
	}
	c.listOpenPillars(a)
	return c
}

// assign gives findings and parked topics to their owners, or to the lists without one. A
// finding without an owner belongs to the owner of its waiver.
func (c *Recap) assign(a *scoring.Assessment, day string) {
	for _, f := range a.Findings {
		if f.Severity == lens.High {
			c.HighSeverity++
		}
		action := Action{Finding: f, New: f.By != review.ByProfile && !f.Unconfirmed() && review.DayOf(f.At) == day}
		owner := f.Owner
		if f.Waiver != nil {
			owner = cmp.Or(owner, f.Waiver.Owner)
		}
		if o := c.owner(owner); o != nil {
			o.Actions = append(o.Actions, action)
		} else {
			c.UnownedActions = append(c.UnownedActions, action)
		}
	}
	for _, t := range a.Parked {
		if o := c.owner(t.Owner); o != nil {
			o.Topics = append(o.Topics, t)
		} else {
			c.UnownedTopics = append(c.UnownedTopics, t)
		}
	}
	slices.SortFunc(c.Owners, func(a, b Owner) int { return strings.Compare(review.PersonKey(a.Name), review.PersonKey(b.Name)) })
	for _, o := range c.Owners {
		slices.SortStableFunc(o.Actions, func(a, b Action) int {
			return strings.Compare(cmp.Or(a.Due, "9999-99-99"), cmp.Or(b.Due, "9999-99-99"))
		})
	}
}

// owner returns the entry of a person, whose name may be spelled in several ways; nil for
// no name.
func (c *Recap) owner(name string) *Owner {
	key := review.PersonKey(name)
	if key == "" {
		return nil
	}
	i := slices.IndexFunc(c.Owners, func(o Owner) bool { return review.PersonKey(o.Name) == key })
	if i < 0 {
		i = len(c.Owners)
		c.Owners = append(c.Owners, Owner{Name: strings.Join(strings.Fields(name), " ")})
	}
	return &c.Owners[i]
}

// listOpenPillars lists what is unanswered, by pillar.
func (c *Recap) listOpenPillars(a *scoring.Assessment) {
	for _, pillar := range a.Pillars {
		open := OpenPillar{Name: pillar.Name}
		for _, p := range a.Unassessed {
			if p.Pillar != pillar.ID {
				continue
			}
			open.Count++
			if !slices.Contains(open.Questions, p.Question) {
				open.Questions = append(open.Questions, p.Question)
			}
		}
		if open.Count > 0 {
			c.OpenPillars = append(c.OpenPillars, open)
		}
	}
}

// changed reports whether the status was different when the day began.
func (d Decision) changed() bool {
	return d.Before != nil && d.Before.Status != cmp.Or(d.ReviewStatus, d.Status)
}

// answerBefore returns the answer as it was when the day began; nil for none.
func answerBefore(a review.Answer, day string) *review.Answer {
	for _, p := range slices.Backward(a.History) {
		if review.DayOf(p.At) < day {
			return &p
		}
	}
	return nil
}
