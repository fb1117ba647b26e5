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

// A Row is everything that a portfolio uses of one review. A Builder counts it; formats with a line
// for each best practice write its Answers.
type Row struct {
	File   string     // as a report may name it
	Digest string     // SHA-256 of the file, in hex
	Lens   *lens.Lens // the lens that assessed it
	// The row is the same from ValidFrom on and before ValidUntil, both YYYY-MM-DD. An empty one
	// is no bound.
	ValidFrom, ValidUntil string

	Workload      string
	Owner         string // of the review; may be empty
	Facts         []Fact
	AskedVersion  string // version of the lens that it answers
	AskedRevision int    // revision of the lens with which it was last asked
	Answered      string // day of the newest answer, YYYY-MM-DD; empty if none has one
	Outcome       gate.Outcome
	Verdict       Badge
	LensTally     scoring.Tally   // of the lens's own best practices
	BankTally     scoring.Tally   // of the banks of layers and parts
	Pillars       []scoring.Tally // of the lens's own best practices, in lens order
	Layers        []scoring.Tally // of all banks, in lens order
	Questions     []QuestionRisk  // those in scope, in lens order
	Answers       []Answer        // of every best practice in scope, in lens order
	Waivers       []review.Waiver // of best practices that the lens asks
	Standings     []RowStanding   // in the order of the frameworks that were named
	Milestones    []Milestone     // earliest first
}

// A QuestionRisk is the risk of a question.
type QuestionRisk struct {
	Index int // index in Lens.Questions
	Risk  scoring.Risk
}

// An Answer is the answer to one best practice.
type Answer struct {
	Index        int             // index of the best practice in lens order, see Lens.All
	Status       review.Status   // as it counts; Unanswered if there is no answer
	Severity     lens.Level      // as it counts
	Finding      bool            // it was assessed and is not in place
	Waived       bool            // a waiver covers the finding on the day
	Priority     float64         // of a finding, 0 to 100
	Horizon      scoring.Horizon // of an open finding
	Owner        string
	Due          string        // YYYY-MM-DD; may be empty
	At           string        // when it was answered; may be empty
	By           string        // who gave the answer
	ReviewStatus review.Status // status in the review if the answer counts as another status, else empty
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
	NotComparable   []string // why the numbers cannot be compared with those of today; empty if they can
}

// RowOf makes the row of a review from its assessment by a lens. The outcome and the badge are
// those of its report. The caller adds File, Digest and Milestones.
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

// validity returns the days between which the row of an assessment is the same; see Row. A row
// changes when a waiver expires and when nobody vouches any longer for an answer from a template.
// With a deadline it changes daily, as priorities depend on the days left.
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

// ValidOn reports whether the row is valid on a day, YYYY-MM-DD.
func (row *Row) ValidOn(day string) bool {
	return row.ValidFrom <= day && (row.ValidUntil == "" || day < row.ValidUntil)
}

// factsOf lists the facts of a workload that have a value.
func factsOf(w *review.Workload) []Fact {
	var out []Fact
	for _, f := range factFields() {
		if values := f.Values(w); len(values) > 0 {
			out = append(out, Fact{f.Flag, values})
		}
	}
	return out
}

// answersOf lists the answers to the best practices in scope. The practices of an assessment are
// in lens order, too.
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

// answerPool has the answers of released rows. They are most of the memory of a row.
var answerPool sync.Pool

// newAnswers returns an empty list with room for n answers.
func newAnswers(n int) []Answer {
	if known, _ := answerPool.Get().(*[]Answer); known != nil && cap(*known) >= n {
		return (*known)[:0]
	}
	return make([]Answer, 0, n)
}

// Release returns the memory of the answers to a pool. The row must not be used after it.
func (row *Row) Release() {
	answers := row.Answers
	clear(answers)
	answerPool.Put(&answers)
	row.Answers = nil
}

// addTallies adds up two tallies.
func addTallies(a, b scoring.Tally) scoring.Tally {
	a.InScope += b.InScope
	a.NotApplicable += b.NotApplicable
	a.Answered += b.Answered
	a.Unknown += b.Unknown
	a.Earned += b.Earned
	a.Possible += b.Possible
	return a
}
