package view

import (
	"fmt"
	"slices"
	"strings"

	"github.com/iotlens/iotlens/internal/gate"
	"github.com/iotlens/iotlens/internal/lens"
	"github.com/iotlens/iotlens/internal/review"
	"github.com/iotlens/iotlens/internal/scoring"
	"github.com/iotlens/iotlens/internal/text"
)

// A Conclusion is the verdict of a report, the same in every format. It counts every
// question in scope, and is never better than the verdict of a gate with its default
// policy.
type Conclusion struct {
	Badge   Badge
	Outcome gate.Outcome // of a gate with its default policy
	Risk    string       // a sentence: how many questions carry a risk
	Effect  string       // a sentence: the effect of the plan; may be empty
	Notes   []string     // sentences: what to start with, what is missing, what has expired
}

// String returns all sentences of a conclusion as one text.
func (c Conclusion) String() string {
	return strings.Join(slices.DeleteFunc(append([]string{c.Risk, c.Effect}, c.Notes...), func(s string) bool { return s == "" }), " ")
}

// Conclude returns the conclusion of an assessment.
func Conclude(a *scoring.Assessment) Conclusion {
	badge, outcome := ConclusionBadge(a)
	return Conclusion{Badge: badge, Outcome: outcome, Risk: riskSentence(a, badge), Effect: effectSentence(a), Notes: conclusionNotes(a)}
}

// ConclusionBadge returns the badge and the outcome of the conclusion of an assessment.
func ConclusionBadge(a *scoring.Assessment) (Badge, gate.Outcome) {
	outcome := gate.OutcomeOf(a, gate.Default())
	return badge(a, outcome), outcome
}

// nothingAssessed says why nothing was assessed. It is empty if something was, or if rules
// that are read to the letter rate a question although nothing of it is applicable.
func nothingAssessed(a *scoring.Assessment) string {
	switch {
	case len(a.Practices) == 0:
		return "The scope leaves nothing to assess."
	case countAtRisk(a, scoring.RiskHigh, scoring.RiskMedium) > 0:
	case len(a.Excluded) == len(a.Practices):
		return "Nothing was assessed: every best practice in scope is not applicable."
	case len(a.Excluded)+len(a.Unassessed) == len(a.Practices):
		return "Nothing has been assessed yet."
	}
	return ""
}

// badge returns the badge of the conclusion. Its tone is good only if the gate passes and
// every question has a risk.
func badge(a *scoring.Assessment, outcome gate.Outcome) Badge {
	if nothingAssessed(a) != "" {
		return Badge{Tone: ToneNeutral, Symbol: "?", Words: "Nothing assessed"}
	}
	unrated := countAtRisk(a, scoring.RiskUnanswered, scoring.RiskUndetermined)
	incomplete := outcome == gate.Incomplete || len(a.Unassessed)+unrated > 0
	var out Badge
	switch {
	case countAtRisk(a, scoring.RiskHigh) > 0:
		out = Badge{Tone: ToneHigh, Symbol: "▲", Words: "High risk"}
	case len(openHighSeverity(a)) > 0:
		out = Badge{Tone: ToneHigh, Symbol: "▲", Words: "High severity"}
	case outcome == gate.Failed:
		out = Badge{Tone: ToneHigh, Symbol: "▲", Words: "Expired waiver"}
	case countAtRisk(a, scoring.RiskMedium) > 0:
		out = Badge{Tone: ToneMedium, Symbol: "■", Words: "Medium risk"}
	case len(a.Unassessed) == 0 && incomplete && outcome == gate.Passed:
		return Badge{Tone: ToneNeutral, Symbol: "?", Words: "Risk undetermined"}
	case incomplete:
		return Badge{Tone: ToneNeutral, Symbol: "?", Words: "Incomplete"}
	default:
		return Badge{Tone: ToneGood, Symbol: "✓", Words: "No risk found"}
	}
	if incomplete {
		out.Words += ", incomplete"
	}
	return out
}

// openHighSeverity returns the open findings of high severity.
func openHighSeverity(a *scoring.Assessment) []scoring.Finding {
	return filter(a.Findings, func(f scoring.Finding) bool { return isOpen(f) && f.Severity == lens.High })
}

// riskSentence counts the questions that carry a risk.
func riskSentence(a *scoring.Assessment, badge Badge) string {
	if s := nothingAssessed(a); s != "" {
		return s
	}
	total := len(a.Questions)
	questionsCarry := func(n int) string {
		if total == 1 {
			return "The one question in scope carries"
		}
		return fmt.Sprintf("%d of %d questions %s", n, total, pluralForm(n, "carries", "carry"))
	}
	high, medium := questionsAtRisk(a, scoring.RiskHigh), questionsAtRisk(a, scoring.RiskMedium)
	switch {
	case len(high) > 0:
		own, rest := shareOfLens(a, high), ""
		if n := len(medium); n > 0 {
			rest = fmt.Sprintf(" and %d a medium one", n)
		}
		if own != "" && rest != "" {
			own += ","
		}
		return questionsCarry(len(high)) + " a high risk" + own + rest + "."
	case len(openHighSeverity(a)) > 0:
		s := text.Plural(len(openHighSeverity(a)), "finding of high severity is", "findings of high severity are") + " open"
		if len(medium) > 0 {
			s += ", and " + lowerFirst(questionsCarry(len(medium))) + " a medium risk"
		}
		return s + "."
	case len(medium) > 0:
		return questionsCarry(len(medium)) + " a medium risk" + shareOfLens(a, medium) + "."
	case badge.Tone == ToneGood && total == 1:
		return "The one question in scope carries no high or medium risk."
	case badge.Tone == ToneGood:
		return fmt.Sprintf("None of the %d questions carries a high or medium risk.", total)
	}
	unrated := countAtRisk(a, scoring.RiskUnanswered, scoring.RiskUndetermined)
	return fmt.Sprintf("%d of %s have a risk rating so far.", total-unrated, text.Count(total, "question"))
}

// shareOfLens says how many of the questions are of the lens itself; empty unless the review
// has questions both of the lens and of layer banks.
func shareOfLens(a *scoring.Assessment, qs []scoring.Question) string {
	if a.LayerBanks.InScope == 0 || a.Lens.InScope == 0 {
		return ""
	}
	switch own := len(filter(qs, scoring.Question.AWS)); own {
	case 0:
		return ", of which none is " + publisherPossessive(a)
	case 1:
		return ", of which 1 is " + publisherPossessive(a)
	default:
		return fmt.Sprintf(", of which %d are %s", own, publisherPossessive(a))
	}
}

// effectSentence says what effect the plan has; empty if no question is at high risk.
func effectSentence(a *scoring.Assessment) string {
	e := a.Effect
	if e == nil || e.Today == 0 || openCount(a) == 0 {
		return ""
	}
	count := func(n int) string {
		if n == 0 {
			return "none"
		}
		return fmt.Sprint(n)
	}
	return fmt.Sprintf("%s at high risk today, %s after Now, %s after Next.", text.Count(e.Today, "question"), count(e.AfterNow), count(e.AfterNext))
}

// conclusionNotes says in sentences what to start with, what is unknown, and what has expired.
func conclusionNotes(a *scoring.Assessment) []string {
	var out []string
	if first := a.DoFirst(); len(first) > 0 {
		out = append(out, "Start with "+first[0].ID+" ("+first[0].Title+").")
	}
	if nothingAssessed(a) == "" && len(a.Unassessed) > 0 {
		out = append(out, text.Plural(len(a.Unassessed), "best practice is", "best practices are")+" not assessed, so the picture is incomplete.")
	}
	if n := a.Lens.Unknown + a.LayerBanks.Unknown; n > 0 {
		out = append(out, text.Plural(n, "best practice was", "best practices were")+" answered with \"don't know\".")
	}
	if qs := questionsAtRisk(a, scoring.RiskUndetermined); len(qs) > 0 {
		out = append(out, "No rule determines the risk of "+text.Count(len(qs), "question")+": "+questionIDs(qs)+".")
	}
	vouched, lapsed := unconfirmed(a)
	if n := len(lapsed); n > 0 {
		out = append(out, text.Plural(n, "answer from a template is", "answers from templates are")+" no longer vouched for and not confirmed.")
	}
	if n := len(vouched); n > 0 {
		out = append(out, text.Plural(n, "answer from a template is", "answers from templates are")+" not confirmed by the team.")
	}
	expired := filter(a.Waivers, func(w scoring.Waiver) bool { return w.State == scoring.WaiverExpired })
	for _, w := range expired {
		out = append(out, "The waiver of "+w.Practice+" expired on "+w.Expires+".")
	}
	return out
}

// unconfirmed returns the ids of answers from templates that nobody has confirmed: those
// that somebody vouches for, and those whose date of vouching has passed.
func unconfirmed(a *scoring.Assessment) (vouched, lapsed []string) {
	for i := range a.Practices {
		switch p := &a.Practices[i]; {
		case p.Status == review.Unanswered || p.Settled || !p.Unconfirmed():
		case p.VouchingExpired(a.Today):
			lapsed = append(lapsed, p.ID)
		default:
			vouched = append(vouched, p.ID)
		}
	}
	return vouched, lapsed
}
