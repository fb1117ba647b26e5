package portfolio

import (
	"cmp"
	"sync"

	"github.com/iotlens/iotlens/internal/compare"
	"github.com/iotlens/iotlens/internal/framework"
	"github.com/iotlens/iotlens/internal/gate"
	"github.com/iotlens/iotlens/internal/lens"
	"github.com/iotlens/iotlens/internal/review"
	"github.com/iotlens/iotlens/internal/scoring"
)

// A Row is what one review says in a portfolio. A format with a line a best practice
// writes it (Answers), a Sum counts it.
type Row struct {
	File   string     // as a report may name it
	Digest string     // SHA-256 of the file, in hex
	Lens   *lens.Lens // that assessed it
	// From and Until bound the days, YYYY-MM-DD, on which the row is the same: from the
	// first on, and up to the other but not on it. Empty: for all time.
	ValidFrom, ValidUntil string

	Workload      string
	Owner         string // of the review; may be empty
	Facts         []Fact
	AskedVersion  string // of the lens that it answers
	AskedRevision int    // revision of it with which it was last asked
	Answered      string // day of the newest answer, YYYY-MM-DD; empty if none has one
	Outcome       gate.Outcome
	Verdict       Badge
	LensTally     scoring.Tally   // of the lens's own best practices
	BankTally     scoring.Tally   // of the banks of layers and parts
	Pillars       []scoring.Tally // of the lens's own best practices, in lens order
	Layers        []scoring.Tally // of all banks, in lens order
	Questions     []QuestionRisk  // those in scope, in lens order
	Answers       []Answer        // of every best practice in scope, in lens order
	Waivers       []review.Waiver // of what is asked
	Standings     []RowStanding   // in the order of the frameworks that were named
	Milestones    []Milestone     // earliest first
}

// A QuestionRisk is the risk of a question.
type QuestionRisk struct {
	Index int // of the question in Lens.Questions
	Risk  scoring.Risk
}

// An Answer is what is said of one best practice.
type Answer struct {
	Index        int             // of the best practice in lens order, see Lens.All
	Status       review.Status   // as it counts; Unanswered if there is none
	Severity     lens.Level      // as it counts
	Finding      bool            // it was assessed and is not in place
	Waived       bool            // a waiver covers the finding on the day
	Priority     float64         // of a finding, 0 to 100
	Horizon      scoring.Horizon // of an open finding
	Owner        string
	Due          string        // YYYY-MM-DD; may be empty
	At           string        // when it was answered; may be empty
	By           string        // who gave the answer
	ReviewStatus review.Status // the status in the review, where it counts as another
	Extent       string
	Deadline     string // YYYY-MM-DD; may be empty
}

// Overdue reports whether an answer is an open finding whose due date is over.
func (a Answer) Overdue(today string) bool {
	return a.Finding && !a.Waived && a.Due != "" && a.Due < today
}

// A RowStanding is where the review stands against a framework.
type RowStanding struct {
	Applies framework.Applies
	States  []framework.State // of the provisions, in their order
}

// A Milestone is what a review came to on a day.
type Milestone struct {
	Name            string
	Day             string // YYYY-MM-DD
	Score, Coverage compare.Percent
	High, Medium    int      // questions
	Open            int      // findings
	NotComparable   []string // why the numbers cannot be compared with those of today
}

// RowOf makes the row of a review, of its assessment by a lens. The outcome
// and the badge are those of its report. The milestones are to be added.
func RowOf(l *lens.Lens, r *review.Review, a *scoring.Assessment, outcome gate.Outcome, badge Badge) *Row {
	row := &Row{
		Lens: l, Workload: r.Workload.Name, Owner: r.Workload.ReviewOwner, Facts: factsOf(&r.Workload),
		AskedVersion: r.LensVersion, AskedRevision: r.AskedRevision(), Answered: review.DayOf(r.AsOf()),
		Outcome: outcome, Verdict: badge, LensTally: a.Lens, BankTally: a.LayerBanks,
	}
	for _, p := range a.Pillars {
		row.Pillars = append(row.Pillars, p.Lens)
	}
	for _, p := range a.Layers {
		row.Layers = append(row.Layers, addTallies(p.Lens, p.LayerBanks))
	}
	at := 0
	for _, q := range a.Questions {
		for l.Questions[at].ID != q.ID {
			at++
		}
		row.Questions = append(row.Questions, QuestionRisk{at, q.Risk})
	}
	row.Answers = answersOf(l, a)
	row.ValidFrom, row.ValidUntil = validity(a)
	for _, w := range a.Waivers {
		row.Waivers = append(row.Waivers, w.Waiver)
	}
	for _, s := range a.Frameworks {
		out := RowStanding{Applies: s.Applies}
		for _, h := range s.Provisions {
			out.States = append(out.States, h.State)
		}
		row.Standings = append(row.Standings, out)
	}
	return row
}

// validity is how long the row of an assessment is the same: until the next waiver ends, or
// nobody vouches any more for what was copied from a template. A deadline counts the days up
// to it.
func validity(a *scoring.Assessment) (from, until string) {
	changes := func(day string) {
		switch {
		case day <= a.Today:
			from = max(from, day)
		case until == "" || day < until:
			until = day
		}
	}
	for i := range a.Practices {
		p := &a.Practices[i]
		if p.Deadline != "" {
			return a.Today, addDays(a.Today, 1)
		}
		if p.Unconfirmed() {
			changes(addDays(p.VouchedUntil, 1))
		}
	}
	for _, w := range a.Waivers {
		changes(w.Expires)
	}
	return from, until
}

// ValidOn reports whether the row is that of a day.
func (row *Row) ValidOn(day string) bool {
	return row.ValidFrom <= day && (row.ValidUntil == "" || day < row.ValidUntil)
}

func factsOf(w *review.Workload) []Fact {
	var out []Fact
	for _, f := range factFields() {
		if values := f.Values(w); len(values) > 0 {
			out = append(out, Fact{f.Flag, values})
		}
	}
	return out
}

// answersOf lists the best practices in scope. Those of an assessment stand in lens order.
func answersOf(l *lens.Lens, a *scoring.Assessment) []Answer {
	out := newAnswers(len(a.Practices))
	next, place := 0, 0
	for _, p := range l.All() {
		if next < len(a.Practices) && a.Practices[next].ID == p.ID {
			in := &a.Practices[next]
			out = append(out, Answer{
				Index: place, Status: in.Status, Severity: in.Severity, At: in.At,
				Owner: cmp.Or(in.Owner, in.Pending.Owner), Due: cmp.Or(in.Due, in.Pending.Due),
				By: in.By, ReviewStatus: in.ReviewStatus, Extent: in.Extent, Deadline: cmp.Or(in.Deadline, in.Pending.Deadline),
			})
			next++
		}
		place++
	}
	x := indexOf(l)
	for i := range a.Findings {
		f := &a.Findings[i]
		at, _ := findAnswer(out, x.places[f.ID])
		of := &out[at]
		of.Finding, of.Waived, of.Priority, of.Horizon = true, f.Waived, f.Priority, f.Horizon
	}
	return out
}

// answerPool has the memory of the answers of rows that are done with. They are most of a row.
var answerPool sync.Pool

func newAnswers(n int) []Answer {
	if known, _ := answerPool.Get().(*[]Answer); known != nil && cap(*known) >= n {
		return (*known)[:0]
	}
	return make([]Answer, 0, n)
}

// Release gives back the memory of the answers. The row must not be used after it.
func (row *Row) Release() {
	answers := row.Answers
	clear(answers)
	answerPool.Put(&answers)
	row.Answers = nil
}

func addTallies(a, b scoring.Tally) scoring.Tally {
	a.InScope += b.InScope
	a.NotApplicable += b.NotApplicable
	a.Answered += b.Answered
	a.Unknown += b.Unknown
	a.Earned += b.Earned
	a.Possible += b.Possible
	return a
}
