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
	Badge   Sign
	Outcome gate.Outcome // of a gate with its default policy
	Risk    string       // how many questions carry a risk, in a sentence
	Effect  string       // what the plan buys, in a sentence; may be empty
	More    []string     // sentences on what to start with, and on what is missing or expired
}

// Verdict is the conclusion as one text.
func Verdict(a *scoring.Assessment) string { return Conclude(a).String() }

func (c Conclusion) String() string {
	return strings.Join(slices.DeleteFunc(append([]string{c.Risk, c.Effect}, c.More...), func(s string) bool { return s == "" }), " ")
}

// Conclude draws the conclusion from an assessment.
func Conclude(a *scoring.Assessment) Conclusion {
	judged := gate.Judge(a, gate.Default(), nil)
	c := Conclusion{Badge: badge(a, judged.Outcome), Outcome: judged.Outcome, Effect: effectSentence(a), More: more(a)}
	c.Risk = riskSentence(a, c.Badge)
	return c
}

// Badge is the badge of the conclusion with the outcome that it rests on: no more than a
// line of many reviews says.
func Badge(a *scoring.Assessment) (Sign, gate.Outcome) {
	outcome := gate.OutcomeOf(a, gate.Default())
	return badge(a, outcome), outcome
}

// nothing is why nothing was assessed; empty where something was, or where the letter of
// the rules makes a risk of what is not applicable.
func nothing(a *scoring.Assessment) string {
	switch {
	case len(a.Practices) == 0:
		return "The scope leaves nothing to assess."
	case numberAt(a, scoring.RiskHigh, scoring.RiskMedium) > 0:
	case len(a.Excluded) == len(a.Practices):
		return "Nothing was assessed: every best practice in scope is not applicable."
	case len(a.Excluded)+len(a.Unassessed) == len(a.Practices):
		return "Nothing has been assessed yet."
	}
	return ""
}

// badge is the conclusion as a sign. It is good only where the gate passes and every
// question has a risk.
func badge(a *scoring.Assessment, outcome gate.Outcome) Sign {
	if nothing(a) != "" {
		return Sign{Tone: Plain, Mark: "?", Words: "Nothing assessed"}
	}
	unrated := numberAt(a, scoring.RiskUnanswered, scoring.RiskUndetermined)
	incomplete := outcome == gate.Incomplete || len(a.Unassessed)+unrated > 0
	var out Sign
	switch {
	case numberAt(a, scoring.RiskHigh) > 0:
		out = Sign{Tone: High, Mark: "▲", Words: "High risk"}
	case len(severe(a)) > 0:
		out = Sign{Tone: High, Mark: "▲", Words: "High severity"}
	case outcome == gate.Failed:
		out = Sign{Tone: High, Mark: "▲", Words: "Expired waiver"}
	case numberAt(a, scoring.RiskMedium) > 0:
		out = Sign{Tone: Medium, Mark: "■", Words: "Medium risk"}
	case len(a.Unassessed) == 0 && incomplete && outcome == gate.Passed:
		return Sign{Tone: Plain, Mark: "?", Words: "Risk undetermined"}
	case incomplete:
		return Sign{Tone: Plain, Mark: "?", Words: "Incomplete"}
	default:
		return Sign{Tone: Good, Mark: "✓", Words: "No risk found"}
	}
	if incomplete {
		out.Words += ", incomplete"
	}
	return out
}

// severe lists the open findings of high severity.
func severe(a *scoring.Assessment) []scoring.Finding {
	return filter(Open(a), func(f scoring.Finding) bool { return f.Severity == lens.High })
}

// riskSentence counts the questions that carry a risk.
func riskSentence(a *scoring.Assessment, badge Sign) string {
	if s := nothing(a); s != "" {
		return s
	}
	total := len(a.Questions)
	of := func(n int) string {
		if total == 1 {
			return "The one question in scope carries"
		}
		return fmt.Sprintf("%d of %d questions %s", n, total, carry(n))
	}
	high, medium := atRisk(a, scoring.RiskHigh), atRisk(a, scoring.RiskMedium)
	switch {
	case len(high) > 0:
		own, rest := split(a, high), ""
		if n := len(medium); n > 0 {
			rest = fmt.Sprintf(" and %d a medium one", n)
		}
		if own != "" && rest != "" {
			own += ","
		}
		return of(len(high)) + " a high risk" + own + rest + "."
	case len(severe(a)) > 0:
		s := text.Plural(len(severe(a)), "finding of high severity is", "findings of high severity are") + " open"
		if len(medium) > 0 {
			s += ", and " + lowerFirst(of(len(medium))) + " a medium risk"
		}
		return s + "."
	case len(medium) > 0:
		return of(len(medium)) + " a medium risk" + split(a, medium) + "."
	case badge.Tone == Good && total == 1:
		return "The one question in scope carries no high or medium risk."
	case badge.Tone == Good:
		return fmt.Sprintf("None of the %d questions carries a high or medium risk.", total)
	}
	unrated := numberAt(a, scoring.RiskUnanswered, scoring.RiskUndetermined)
	return fmt.Sprintf("%d of %s have a risk rating so far.", total-unrated, text.Count(total, "question"))
}

// split says how many of some questions are of the lens itself, where the review has
// layer banks, too.
func split(a *scoring.Assessment, qs []scoring.Question) string {
	if a.LayerBanks.InScope == 0 || a.Lens.InScope == 0 {
		return ""
	}
	switch own := len(filter(qs, scoring.Question.AWS)); own {
	case 0:
		return ", of which none is " + publisher(a)
	case 1:
		return ", of which 1 is " + publisher(a)
	default:
		return fmt.Sprintf(", of which %d are %s", own, publisher(a))
	}
}

func carry(n int) string {
	if n == 1 {
		return "carries"
	}
	return "carry"
}

// effectSentence is what the plan buys; empty where no question is at high risk.
func effectSentence(a *scoring.Assessment) string {
	e := a.Effect
	if e == nil || e.Today == 0 || len(Open(a)) == 0 {
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

// more says what to start with, what is not known, and what has expired.
func more(a *scoring.Assessment) []string {
	var out []string
	if first := a.DoFirst(); len(first) > 0 {
		out = append(out, "Start with "+first[0].ID+" ("+first[0].Title+").")
	}
	if nothing(a) == "" && len(a.Unassessed) > 0 {
		out = append(out, text.Plural(len(a.Unassessed), "best practice is", "best practices are")+" not assessed, so the picture is incomplete.")
	}
	if n := a.Lens.Unknown + a.LayerBanks.Unknown; n > 0 {
		out = append(out, text.Plural(n, "best practice was", "best practices were")+" answered with \"don't know\".")
	}
	if qs := atRisk(a, scoring.RiskUndetermined); len(qs) > 0 {
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

// unconfirmed lists the answers from templates that nobody has confirmed: those that are
// vouched for, and those for which nobody vouches any longer.
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
