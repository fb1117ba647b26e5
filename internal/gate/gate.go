// Package gate says whether a review may pass: the verdict that a pipeline
// stops a release on.
//
// It is honest: what was not answered, what nobody knew and what an expired
// waiver covered never count as a pass. It is pure; the day on which waivers
// are judged is part of the assessment.
package gate

import (
	"fmt"

	"github.com/iotlens/iotlens/internal/lens"
	"github.com/iotlens/iotlens/internal/review"
	"github.com/iotlens/iotlens/internal/scoring"
)

// A Policy is what must hold.
type Policy struct {
	FailOn      lens.Level // fail on findings of this severity and above, and on questions of this risk; empty: on none
	MinCoverage float64    // percent of the applicable AWS best practices that must be answered
	MinScore    float64    // percent
}

// An Outcome is what a gate comes to.
type Outcome int

// The outcomes, in the order in which they outweigh each other.
const (
	Passed Outcome = iota
	Incomplete
	Failed
)

func (o Outcome) String() string {
	return [...]string{"passed", "incomplete", "failed"}[o]
}

// A Verdict is an outcome with its reasons.
type Verdict struct {
	Outcome Outcome
	Reasons []Reason
	Notes   []string // what a reader should know although it decides nothing
	Next    string   // what to do next
}

// A Reason is one thing that failed or is missing.
type Reason struct {
	Outcome Outcome // Failed or Incomplete
	Subject string  // id of a best practice or question; empty where it is the whole
	Text    string
}

// Judge holds an assessment against a policy.
func Judge(a *scoring.Assessment, p Policy) Verdict {
	var v Verdict
	add := func(o Outcome, subject, format string, args ...any) {
		v.Reasons = append(v.Reasons, Reason{o, subject, fmt.Sprintf(format, args...)})
		v.Outcome = max(v.Outcome, o)
	}
	if p.FailOn != "" {
		findings(a, p, add)
	}
	for _, w := range a.Waivers {
		if w.State == scoring.WaiverExpired {
			add(Failed, w.Practice, "the waiver expired on %s (owner %s): %s", w.Expires, w.Owner, w.Title)
		}
	}
	if score, ok := a.Lens.Score(); p.MinScore > 0 && !ok {
		add(Incomplete, "", "nothing was assessed, so there is no score to hold against %s", Percent(p.MinScore))
	} else if score < p.MinScore-rounding {
		add(Failed, "", "the score is %s, below %s", Percent(score), Percent(p.MinScore))
	}
	if coverage, ok := a.Lens.Coverage(); p.MinCoverage > 0 && ok && coverage < p.MinCoverage-rounding {
		add(Incomplete, "", "%d of %d best practices are answered (%s), fewer than %s", a.Lens.Answered, a.Lens.Applicable(), Percent(coverage), Percent(p.MinCoverage))
	}
	if a.Lens.InScope+a.LayerBanks.InScope == 0 {
		add(Incomplete, "", "the scope leaves nothing to assess")
	}
	v.notes(a)
	v.Next = next(v, a)
	return v
}

func findings(a *scoring.Assessment, p Policy, add func(Outcome, string, string, ...any)) {
	named := map[string]Outcome{} // by question: what its best practices come to
	for _, f := range a.Findings {
		if f.Severity.Rank() < p.FailOn.Rank() || f.Waived {
			continue
		}
		if f.Status == review.CannotDetermine {
			add(Incomplete, f.ID, "%s severity, nobody could say: %s", f.Severity, f.Title)
			named[f.Question] = max(named[f.Question], Incomplete)
			continue
		}
		add(Failed, f.ID, "%s severity, %s: %s", f.Severity, f.Status.Words(), f.Title)
		named[f.Question] = Failed
	}
	for _, u := range a.Unassessed {
		if u.Severity.Rank() >= p.FailOn.Rank() {
			add(Incomplete, u.ID, "%s severity, not answered: %s", u.Severity, u.Title)
			named[u.Question] = max(named[u.Question], Incomplete)
		}
	}
	for _, q := range a.Questions {
		if o := question(q, p.FailOn); o > named[q.ID] {
			words := "risk by the question's rules"
			if o == Incomplete {
				words += " for as long as answers are missing"
			}
			add(o, q.ID, "%s %s: %s", level(q.Risk), words, q.Title)
		}
	}
}

// question is what the risk of a question comes to. It fails where the risk is
// at the level whatever the missing answers turn out to be, and is incomplete
// where they can still bring it below. What is waived counts as in place.
func question(q scoring.Question, failOn lens.Level) Outcome {
	at := func(r scoring.Risk) bool { return level(r).Rank() >= failOn.Rank() }
	switch {
	case !at(q.Risk) || !at(q.Accepted):
		return Passed
	case !at(q.Best):
		return Incomplete
	}
	return Failed
}

// level is the severity that a risk is as grave as; empty where there is none.
func level(r scoring.Risk) lens.Level {
	return map[scoring.Risk]lens.Level{scoring.RiskHigh: lens.High, scoring.RiskMedium: lens.Medium}[r]
}

func (v *Verdict) notes(a *scoring.Assessment) {
	for _, w := range a.Waivers {
		if w.State == scoring.WaiverExpiring {
			v.Notes = append(v.Notes, fmt.Sprintf("%s is waived for %s, until %s (owner %s)", w.Practice, days(w.Days), w.Expires, w.Owner))
		}
	}
	if a.OutOfScope > 0 {
		v.Notes = append(v.Notes, fmt.Sprintf("the scope of the review leaves out %d best practices", a.OutOfScope))
	}
	if a.LensVersion != a.ReviewLensVersion {
		v.Notes = append(v.Notes, fmt.Sprintf("the review answered the lens of %s; this is the lens of %s", a.ReviewLensVersion, a.LensVersion))
	}
}

func days(n int) string {
	if n == 1 {
		return "1 more day"
	}
	return fmt.Sprintf("%d more days", n)
}

func next(v Verdict, a *scoring.Assessment) string {
	switch v.Outcome {
	case Failed:
		for _, f := range a.Findings {
			for _, r := range v.Reasons {
				if r.Outcome == Failed && r.Subject == f.ID {
					return "start with " + f.ID + "; iotlens explain " + f.ID + " says how. A risk that is accepted for a time belongs under waivers in the review file"
				}
			}
		}
		return "iotlens report shows the findings by priority"
	case Incomplete:
		if a.Lens.InScope+a.LayerBanks.InScope == 0 {
			return "widen the scope in the review file"
		}
		if len(a.Unassessed) == 0 {
			return "find out what nobody could say: iotlens review --only findings"
		}
		return "answer what is open: iotlens review --only unanswered"
	}
	return ""
}

// rounding is what sums of binary fractions may be off: 0.3 three times is less
// than 0.9.
const rounding = 1e-9

// Percent writes a percentage with one decimal, rounded down, so that 99.96 is
// not shown as the 100 that it isn't.
func Percent(p float64) string {
	tenths := int((p + rounding) * 10)
	if tenths%10 == 0 {
		return fmt.Sprintf("%d %%", tenths/10)
	}
	return fmt.Sprintf("%d.%d %%", tenths/10, tenths%10)
}
