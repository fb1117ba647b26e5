package scoring

import (
	"cmp"
	"slices"

	"github.com/iotlens/iotlens/internal/choice"
	"github.com/iotlens/iotlens/internal/lens"
	"github.com/iotlens/iotlens/internal/review"
	"github.com/iotlens/iotlens/internal/rules"
)

// addQuestion adds a question with its risks if some of it is in scope, counts its risk and
// marks the findings that hold it there.
func (a *Assessment) addQuestion(l *lens.Lens, rated *ratedQuestion, r *review.Review, counted []choice.Counted, waivers map[string]*Waiver, plan *planner) {
	q := rated.q
	allInScope := true
	complete := true
	leftOut := rated.newStatuses() // set aside, or out of scope and unanswered: as if not applicable
	accepted, best, worst := rated.newStatuses(), rated.newStatuses(), rated.newStatuses()
	rest := rated.newStatuses()     // unanswered and waived best practices, as in place
	var closing map[string]statuses // the statuses that closing each finding changes
	ideal := rated.bestStatuses(r.Answers)
	for i := range q.Practices {
		p := &q.Practices[i]
		status := counted[i].Status
		inScope, waived := !rated.setAside[i] && r.Scope.Includes(q, p), waivers[p.ID].Active()
		allInScope = allInScope && inScope
		if waived || status != review.NotApplicable && slices.Contains(a.AcceptedGaps, p.ID) {
			for _, as := range []statuses{accepted, best, worst} {
				as.overlay(rated.inPlace(i, ideal))
			}
		}
		if plan != nil && (waived || inScope && status == review.Unanswered) {
			rest.overlay(rated.inPlace(i, ideal))
		}
		if plan != nil && status.IsFinding() {
			if closing == nil {
				closing = map[string]statuses{}
			}
			closing[p.ID] = rated.inPlace(i, ideal)
		}
		switch {
		case !inScope && status == review.Unanswered && !waived:
			leftOut[i] = review.NotApplicable
		case !inScope:
		case status == review.Unanswered:
			complete = complete && waived
			best[i] = ideal[i]
			worst[i] = cmp.Or(worst[i], worstStatus(p))
		case status == review.CannotDetermine:
			best[i] = ideal[i]
		}
	}
	asked := rated.ids
	if !allInScope {
		asked = nil
		for i := range q.Practices {
			if p := &q.Practices[i]; !rated.setAside[i] && r.Scope.Includes(q, p) {
				asked = append(asked, p.ID)
			}
		}
	}
	if len(asked) == 0 {
		return
	}
	out := Question{ID: q.ID, Pillar: q.Pillar, Layer: q.Layer, Practices: asked, Complete: complete}
	if q.Part != "" {
		out.Part = l.PartName(q.Part)
	}
	if !a.brief {
		out.Title, out.Topic, out.Ask = q.Title, q.Topic, q.AskFor(r.Workload.Profile.Segment)
	}
	given := rated.newStatuses()
	for i := range given {
		given[i] = counted[i].ReviewStatus
	}
	a.NeverHighRisk = a.NeverHighRisk && rated.neverHigh()
	if !a.brief || a.Mode != AWS {
		out.MonotoneRisk = rated.risk(Monotone, given, leftOut)
	}
	if !a.brief || a.Mode == AWS {
		out.AWSRisk = rated.risk(AWS, given)
	}
	out.Risk = out.MonotoneRisk
	if a.Mode == AWS {
		out.Risk = out.AWSRisk
	}
	now := out.Risk
	risk := func(changes statuses) Risk {
		switch {
		case changes.answered() == 0:
			return now
		case a.Mode == AWS:
			return rated.risk(AWS, given, changes)
		}
		return rated.risk(Monotone, given, changes, leftOut)
	}
	out.AcceptedRisk, out.BestRisk, out.WorstRisk = risk(accepted), risk(best), risk(worst)
	out.RisksDiffer = hasRisk(out.AWSRisk) && hasRisk(out.MonotoneRisk) && out.AWSRisk != out.MonotoneRisk
	a.Questions = append(a.Questions, out)
	if !a.brief {
		a.countRisk(out)
	}
	if plan != nil {
		plan.markHolding(out, risk, rest, closing)
	}
}

// countRisk counts the risk of a question in each pillar and layer in which it has a best
// practice in scope. The best practices of the question must be the last of Practices.
func (a *Assessment) countRisk(q Question) {
	practices := a.Practices[len(a.Practices)-len(q.Practices):]
	in := func(is func(*Practice) bool) bool {
		for i := range practices {
			if is(&practices[i]) {
				return true
			}
		}
		return false
	}
	for _, part := range a.Pillars {
		if in(func(p *Practice) bool { return p.Pillar == part.ID }) {
			part.Risks[q.Risk]++
		}
	}
	for _, part := range a.Layers {
		if in(func(p *Practice) bool { return slices.Contains(p.Layers, part.ID) }) {
			part.Risks[q.Risk]++
		}
	}
}

// canBeHigh reports whether an answer to a question can be a high risk.
func canBeHigh(q *lens.Question, set []rules.Rule) bool {
	var none []string
	if q.None != "" {
		none = []string{q.None}
	}
	p, proven := rules.Prove(set, q.PracticeIDs(), none)
	return !proven || p.Risks[rules.High].By == rules.Valid
}

// worstStatus is the status of a choice that is worst for the risk.
func worstStatus(p *lens.Practice) review.Status {
	if p.Kind == lens.Negative {
		return review.Implemented
	}
	return review.NotImplemented
}

// statuses has the statuses of the best practices of a question, in its order.
type statuses []review.Status

func statusesOf(q *lens.Question, answers map[string]review.Answer) statuses {
	s := make(statuses, len(q.Practices))
	for i := range q.Practices {
		s[i] = answers[q.Practices[i].ID].Status
	}
	return s
}

// overlay sets the statuses that are answered in changes.
func (s statuses) overlay(changes statuses) {
	for i, status := range changes {
		s[i] = cmp.Or(status, s[i])
	}
}

// count counts the best practices with a status.
func (s statuses) count(of review.Status) int {
	n := 0
	for _, status := range s {
		if status == of {
			n++
		}
	}
	return n
}

// answered counts the best practices with an answer.
func (s statuses) answered() int { return len(s) - s.count(review.Unanswered) }

// state is the state of a choice in a rule; not selected if it is not one of the question.
func (s statuses) state(q *lens.Question, id string) rules.State {
	for i := range s {
		if q.Practices[i].ID != id {
			continue
		}
		switch s[i] {
		case review.Implemented:
			return rules.Selected
		case review.NotApplicable:
			return rules.NotApplicable
		}
	}
	return rules.NotSelected
}

// hasRisk reports whether a question is rated.
func hasRisk(r Risk) bool { return r == RiskHigh || r == RiskMedium || r == RiskNone }

// AWSRisk is the risk of a question to the letter of AWS's rules, as the WA Tool shows it. An
// implemented practice is selected, one that is not applicable is dropped from its operator,
// and any other is not selected. If nothing is selected, the risk is UNANSWERED, unless
// something is not applicable, or every practice has an answer and the question has the choice
// "None of these", which is selected then.
func AWSRisk(q *lens.Question, answers map[string]review.Answer) Risk {
	return awsRisk(q, choice.RuleSet(q), statusesOf(q, answers))
}

func awsRisk(q *lens.Question, set []rules.Rule, s statuses) Risk {
	implemented, notApplicable, all := s.count(review.Implemented), s.count(review.NotApplicable), s.answered() == len(s)
	hasNone := q.None != "" || !q.AWS() // a layer bank is not in the WA Tool, so its questions need no such choice
	if implemented == 0 && notApplicable == 0 && (!all || !hasNone) {
		return RiskUnanswered
	}
	// A rule may also name the choice "None of these".
	none := rules.NotSelected
	if all && implemented == 0 && notApplicable < len(s) {
		none = rules.Selected
	}
	return riskOf(rules.Eval(set, func(id string) rules.State {
		if id == q.None && id != "" {
			return none
		}
		return s.state(q, id)
	}))
}

// MonotoneRisk is the risk of a question by the monotone form of its rules: the lowest risk over
// all subsets of the implemented practices. If every practice is answered and none is
// implemented, it is the default of the rules, whether or not AWS offers "None of these". If
// nothing applies, it is NOT_APPLICABLE.
func MonotoneRisk(q *lens.Question, answers map[string]review.Answer) Risk {
	return monotoneRisk(q, choice.RuleSet(q), statusesOf(q, answers))
}

func monotoneRisk(q *lens.Question, set []rules.Rule, s statuses) Risk {
	switch notApplicable := s.count(review.NotApplicable); {
	case notApplicable == len(s):
		return RiskNotApplicable
	case s.answered() == notApplicable, s.count(review.Implemented) == 0 && s.answered() < len(s):
		return RiskUnanswered
	}
	return riskOf(rules.EvalMonotone(set, q.PracticeIDs(), q.None, func(id string) rules.State { return s.state(q, id) }))
}

// riskOf converts the result of evaluating rules.
func riskOf(r rules.Risk, ok bool) Risk {
	if !ok {
		return RiskUndetermined
	}
	return Risk(r.String())
}
