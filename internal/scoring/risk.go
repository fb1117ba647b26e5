package scoring

import (
	"slices"

	"github.com/iotlens/iotlens/internal/lens"
	"github.com/iotlens/iotlens/internal/review"
	"github.com/iotlens/iotlens/internal/rules"
)

// question takes the risk of a question in scope and counts it.
func (a *Assessment) question(q *lens.Question, r *review.Review, waivers map[string]*Waiver, layers []string) {
	out := Question{ID: q.ID, Title: q.Title, Ask: q.Ask, Pillar: q.Pillar, Layer: q.Layer, Complete: true}
	missing := map[string]bool{} // left out of scope and not answered all the same
	accepted, best, worst := overlay{}, overlay{}, overlay{}
	for i := range q.Practices {
		p := &q.Practices[i]
		answer, answered := r.Answers[p.ID]
		inScope, waived := r.Scope.Includes(q, p), waivers[p.ID].Holds()
		if waived || answer.Status != review.NotApplicable && slices.Contains(a.Accepted, p.ID) {
			accepted[p.ID], best[p.ID], worst[p.ID] = review.Implemented, review.Implemented, review.Implemented
		}
		if !answered && !waived {
			missing[p.ID] = !inScope
			out.Complete = out.Complete && !inScope
		}
		if inScope && (!answered || answer.Status == review.CannotDetermine) {
			best[p.ID] = review.Implemented
		}
		if inScope && !answered && worst[p.ID] == review.Unanswered {
			worst[p.ID] = review.NotImplemented
		}
	}
	drop := func(p *lens.Practice) bool { return missing[p.ID] }
	set := ruleSet(q)
	risk := func(answers map[string]review.Answer) Risk {
		if a.Mode == AWS {
			return awsRisk(q, set, answers)
		}
		return monotoneRisk(q, set, answers, drop)
	}
	out.Risk = risk(r.Answers)
	with := func(o overlay) Risk {
		if len(o) == 0 {
			return out.Risk
		}
		return risk(o.over(q, r.Answers))
	}
	out.Accepted, out.Best, out.Worst = with(accepted), with(best), with(worst)
	out.AWSRisk, out.MonotoneRisk = awsRisk(q, set, r.Answers), monotoneRisk(q, set, r.Answers, drop)
	out.Differs = rated(out.AWSRisk) && rated(out.MonotoneRisk) && out.AWSRisk != out.MonotoneRisk
	a.Questions = append(a.Questions, out)
	if !q.AWS() {
		return
	}
	for i := range a.Pillars {
		if a.Pillars[i].ID == q.Pillar {
			a.Pillars[i].Risks[out.Risk]++
		}
	}
	for i := range a.Layers {
		if slices.Contains(layers, a.Layers[i].ID) {
			a.Layers[i].Risks[out.Risk]++
		}
	}
}

// An overlay is what some best practices count as in place of their answers.
type overlay map[string]review.Status

// over is the answers to a question as they count.
func (o overlay) over(q *lens.Question, answers map[string]review.Answer) map[string]review.Answer {
	out := map[string]review.Answer{}
	for i := range q.Practices {
		id := q.Practices[i].ID
		if s, ok := o[id]; ok {
			out[id] = review.Answer{Status: s}
		} else if a, ok := answers[id]; ok {
			out[id] = a
		}
	}
	return out
}

func rated(r Risk) bool { return r == RiskHigh || r == RiskMedium || r == RiskNone }

// AWSRisk is the risk of a question to the letter of AWS's rules, as the WA Tool
// shows it: implemented is selected, not applicable is dropped from its
// operator, anything else is not selected. Nothing selected is UNANSWERED,
// unless every practice has an answer (then it is the choice "None of these",
// where the question has one) or something does not apply.
func AWSRisk(q *lens.Question, answers map[string]review.Answer) Risk {
	return awsRisk(q, ruleSet(q), answers)
}

func awsRisk(q *lens.Question, set []rules.Rule, answers map[string]review.Answer) Risk {
	s := count(q, answers)
	none := q.None != "" || !q.AWS() // a layer bank is not in the WA Tool: nothing there lacks the choice
	if s.implemented == 0 && s.notApplicable == 0 && (!s.all || !none) {
		return RiskUnanswered
	}
	risk, ok := rules.Eval(set, withNone(q, s, state(answers)))
	return named(risk, ok)
}

// withNone is what is selected where a rule may also name the choice "None of
// these": it is selected where all practices have an answer and none of them is
// implemented.
func withNone(q *lens.Question, s counts, state func(string) rules.State) func(string) rules.State {
	if q.None == "" {
		return state
	}
	none := rules.NotSelected
	if s.all && s.implemented == 0 && s.notApplicable < s.answered {
		none = rules.Selected
	}
	return func(id string) rules.State {
		if id == q.None {
			return none
		}
		return state(id)
	}
}

// MonotoneRisk is the risk of a question by the monotone form of its rules: the
// lowest over all subsets of what is implemented. All practices answered and
// none implemented is what the rules' default says, whether AWS offers "None of
// these" or not; a question of which nothing applies is NOT_APPLICABLE.
func MonotoneRisk(q *lens.Question, answers map[string]review.Answer) Risk {
	return monotoneRisk(q, ruleSet(q), answers, func(*lens.Practice) bool { return false })
}

// monotoneRisk is MonotoneRisk with some practices dropped, as if they did not
// apply.
func monotoneRisk(q *lens.Question, set []rules.Rule, answers map[string]review.Answer, drop func(*lens.Practice) bool) Risk {
	s := count(q, answers)
	dropped := map[string]bool{}
	ids := make([]string, len(q.Practices))
	for i := range q.Practices {
		p := &q.Practices[i]
		ids[i] = p.ID
		if drop(p) {
			dropped[p.ID] = true
		}
	}
	switch {
	case s.notApplicable+len(dropped) == len(q.Practices):
		return RiskNotApplicable
	case s.answered == s.notApplicable,
		s.implemented == 0 && s.answered+len(dropped) < len(q.Practices):
		return RiskUnanswered
	}
	given := state(answers)
	risk, ok := rules.EvalMonotone(set, ids, q.None, func(id string) rules.State {
		if dropped[id] {
			return rules.NotApplicable
		}
		return given(id)
	})
	return named(risk, ok)
}

type counts struct {
	answered, implemented, notApplicable int
	all                                  bool
}

func count(q *lens.Question, answers map[string]review.Answer) counts {
	var s counts
	for i := range q.Practices {
		a, ok := answers[q.Practices[i].ID]
		if !ok {
			continue
		}
		s.answered++
		switch a.Status {
		case review.Implemented:
			s.implemented++
		case review.NotApplicable:
			s.notApplicable++
		}
	}
	s.all = s.answered == len(q.Practices)
	return s
}

func state(answers map[string]review.Answer) func(string) rules.State {
	return func(id string) rules.State {
		switch answers[id].Status {
		case review.Implemented:
			return rules.Selected
		case review.NotApplicable:
			return rules.NotApplicable
		}
		return rules.NotSelected
	}
}

// ruleSet parses the rules of a question. The catalog has checked that they parse.
func ruleSet(q *lens.Question) []rules.Rule {
	set := make([]rules.Rule, len(q.Rules))
	for i, r := range q.Rules {
		rule, err := rules.ParseRule(r.When, string(r.Risk))
		if err != nil {
			panic("scoring: unchecked lens: " + q.ID + ": " + err.Error())
		}
		set[i] = rule
	}
	return set
}

func named(r rules.Risk, ok bool) Risk {
	if !ok {
		return RiskUnanswered
	}
	return Risk(r.String())
}
