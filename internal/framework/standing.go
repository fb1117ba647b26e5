package framework

import (
	"slices"

	"github.com/iotlens/iotlens/internal/review"
)

// A Standing is where a review stands against a framework: the state of each provision, and the
// answers behind it. It is evidence for an assessment, not a declaration of conformity.
type Standing struct {
	ID         string              `json:"id"`
	Title      string              `json:"title"`
	Short      string              `json:"short"`
	Version    string              `json:"version"`
	Date       string              `json:"date"` // of the version
	Source     string              `json:"source"`
	Applies    Applies             `json:"applies"`              // to the workload, by its profile
	Because    string              `json:"because,omitempty"`    // why it does not apply, in a sentence
	Markets    MarketsState        `json:"markets"`              // whether the profile says where the product is sold
	FirstSold  string              `json:"first_sold,omitempty"` // day of the first placing on a market, as the profile has it
	Duties     []Duty              `json:"duties"`               // in the order in which they take effect
	Provisions []ProvisionStanding `json:"provisions"`           // in the order of the document
}

// Applies says whether a framework applies to a workload.
type Applies string

// The values of Applies.
const (
	AppliesYes     Applies = "yes"
	AppliesNo      Applies = "no"
	AppliesUnknown Applies = "unknown" // the profile leaves it open
)

// Values lists the values.
func (Applies) Values() []string {
	return []string{string(AppliesYes), string(AppliesNo), string(AppliesUnknown)}
}

// MarketsState says whether a profile has the markets of the product. If it has not, the
// product questions are not asked.
type MarketsState string

// The states.
const (
	MarketsSet      MarketsState = "set"
	MarketsUnset    MarketsState = "unset"
	MarketsNotAsked MarketsState = "not asked" // the lens knows no markets
)

// Values lists the values.
func (MarketsState) Values() []string {
	return []string{string(MarketsSet), string(MarketsUnset), string(MarketsNotAsked)}
}

// A ProvisionStanding is a provision with its state in a review.
type ProvisionStanding struct {
	Provision   string             `json:"provision"`             // id
	Status      string             `json:"status,omitempty"`      // as the framework gives it
	Title       string             `json:"title"`                 // in our own words
	State       State              `json:"state"`                 // what the answers make of it
	Conditional bool               `json:"conditional,omitempty"` // it need not apply, for a recorded reason
	Outside     string             `json:"outside,omitempty"`     // why no review can answer it
	When        When               `json:"when"`                  // when it must be met
	Due         string             `json:"due,omitempty"`         // YYYY-MM-DD: from which day; empty: at once, or never
	Starts      string             `json:"starts,omitempty"`      // what starts on that day, as the framework says
	Practices   []PracticeStanding `json:"practices"`             // the best answers first
}

// A PracticeStanding is a best practice that answers or supports a provision, with its answer.
type PracticeStanding struct {
	Answer
	Title          string        `json:"title,omitempty"`
	Status         review.Status `json:"answer,omitempty"`  // as it counts; empty: not answered
	Words          string        `json:"words"`             // the same for people
	Reason         string        `json:"reason,omitempty"`  // why it does not apply
	NotAskedReason string        `json:"unasked,omitempty"` // why nobody was asked: out of scope, set aside by the profile
	Evidence       []string      `json:"evidence,omitempty"`
	Note           string        `json:"note,omitempty"`
	Owner          string        `json:"owner,omitempty"`
	Due            string        `json:"due,omitempty"`
	By             string        `json:"by,omitempty"`
	At             string        `json:"at,omitempty"`
	Origin         string        `json:"unconfirmed,omitempty"`  // where an answer came from that nobody in the team confirmed: see review.Answer.Origin
	Waived         string        `json:"waived_until,omitempty"` // day until which a waiver holds; it makes no provision met
}

// When says when a provision must be met, as of the day of a report.
type When string

// The times, the nearest first.
const (
	InForce  When = "in force"
	DueNow   When = "now"   // within the horizon Now of the plan
	DueNext  When = "next"  // within Next
	DueLater When = "later" // after that
	NeverDue When = "never" // the product was placed on a market before
)

// Values lists the times.
func (When) Values() []string {
	return []string{string(InForce), string(DueNow), string(DueNext), string(DueLater), string(NeverDue)}
}

// A Duty counts the provisions of a framework that are due at the same time.
type Duty struct {
	Title      string `json:"title,omitempty"` // what starts; empty if the framework is in force as a whole
	When       When   `json:"when"`
	Due        string `json:"due,omitempty"` // YYYY-MM-DD
	Provisions int    `json:"provisions"`    // that a review can answer
	Met        int    `json:"met"`
	Open       int    `json:"open"` // neither met nor not applicable
}

// Dates decide when a provision is due, each YYYY-MM-DD.
type Dates struct {
	Today       string
	Now, Next   string // last days of the horizons of the plan
	FirstMarket string // first placing of the product on a market; may be empty
}

// StandingOf returns where a review stands against a framework. show returns a best practice with
// its answer.
func (f *Framework) StandingOf(d Dates, show func(practice string) PracticeStanding) Standing {
	out := Standing{
		ID: f.ID, Title: f.Title, Short: f.Short, Version: f.Version, Date: f.Date, Source: f.Source,
		FirstSold: d.FirstMarket, Duties: []Duty{}, Provisions: []ProvisionStanding{},
	}
	for i := range f.Provisions {
		p := &f.Provisions[i]
		held := ProvisionStanding{
			Provision: p.ID, Status: p.Status, Title: p.Title, Outside: p.Outside, Practices: []PracticeStanding{},
			Conditional: f.conditional(p),
		}
		status := map[string]review.Status{}
		for _, a := range p.Answers() {
			s := show(a.Practice)
			s.Answer = a
			status[a.Practice] = s.Status
			held.Practices = append(held.Practices, s)
		}
		held.State = p.StateOf(func(id string) review.Status { return status[id] })
		start, dated := f.StartOf(p.ID)
		held.Due, held.When = d.when(start, dated)
		held.Starts = start.Title
		out.Provisions = append(out.Provisions, held)
	}
	out.Duties = out.DutiesOf(func(ProvisionStanding) bool { return true })
	return out
}

// when returns the day from which a provision of a start must be met, and when that is. A
// provision that is not dated applies at once.
func (d Dates) when(s Start, dated bool) (string, When) {
	if !dated {
		return "", InForce
	}
	day, ever := s.Due(d.FirstMarket)
	switch {
	case !ever:
		return "", NeverDue
	case day <= d.Today:
		return day, InForce
	case day <= d.Now:
		return day, DueNow
	case day <= d.Next:
		return day, DueNext
	}
	return day, DueLater
}

// DutiesOf counts the provisions that meet a condition by when they are due, the nearest first.
// Provisions outside a review are left out.
func (s *Standing) DutiesOf(counts func(ProvisionStanding) bool) []Duty {
	out := []Duty{}
	for _, p := range s.Provisions {
		if p.State == Outside || !counts(p) {
			continue
		}
		i := slices.IndexFunc(out, func(d Duty) bool { return d.Title == p.Starts && d.When == p.When && d.Due == p.Due })
		if i < 0 {
			i = len(out)
			out = append(out, Duty{Title: p.Starts, When: p.When, Due: p.Due})
		}
		out[i].Provisions++
		switch p.State {
		case Met:
			out[i].Met++
		case NotApplicable:
		default:
			out[i].Open++
		}
	}
	times := When("").Values()
	slices.SortStableFunc(out, func(x, y Duty) int {
		return slices.Index(times, string(x.When)) - slices.Index(times, string(y.When))
	})
	return out
}

// ProvisionsIn lists the provisions in a state.
func (s *Standing) ProvisionsIn(state State) []ProvisionStanding {
	return slices.DeleteFunc(slices.Clone(s.Provisions), func(p ProvisionStanding) bool { return p.State != state })
}

// Open lists the best practices that keep a provision from being met: those that answer it fully
// or partly, apply, and are not implemented. A provision that is met has none.
func (h ProvisionStanding) Open() []PracticeStanding {
	if h.State == Met {
		return nil
	}
	return slices.DeleteFunc(slices.Clone(h.Practices), func(s PracticeStanding) bool {
		return s.How == Supports || s.Status == review.Implemented || s.Status == review.NotApplicable
	})
}
