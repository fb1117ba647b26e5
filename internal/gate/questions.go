package gate

import (
	"strings"

	"github.com/iotlens/iotlens/internal/compare"
	"github.com/iotlens/iotlens/internal/review"
	"github.com/iotlens/iotlens/internal/scoring"
)

// question is what is open in one question and is neither waived nor accepted.
type question struct {
	level      failLevel // the strictest of its open best practices
	unanswered bool
	unknown    bool
	reported   Outcome // the worst outcome that was reported for its best practices
}

// addOpen records that a best practice of a question is not in place.
func (j *judge) addOpen(p *scoring.Practice) {
	q := j.questionOf(p.Question)
	q.level = stricter(q.level, j.p.partLevel(p.Pillar, p.Layers))
	q.unanswered = q.unanswered || p.Status == review.Unanswered
	q.unknown = q.unknown || p.Status == review.CannotDetermine
}

// addReported records that an outcome was reported for a best practice of a question.
func (j *judge) addReported(id string, o Outcome) {
	q := j.questionOf(id)
	q.reported = max(q.reported, o)
}

func (j *judge) questionOf(id string) *question {
	q, ok := j.questions[id]
	if !ok {
		q = &question{}
		j.questions[id] = q
	}
	return q
}

// checkQuestions checks the risk of each question against the level, even where its findings
// are of a lower severity. A question is not reported where one of its best practices
// was.
//
// It fails where the risk is at the level whatever the missing answers turn out
// to be; where it depends on them, also because they leave the question without a
// risk, the policy for missing answers applies. Where no rule determines a risk, the
// verdict is incomplete. What is waived or accepted counts as in place.
func (j *judge) checkQuestions() {
	for _, q := range j.a.Questions {
		open := j.questionOf(q.ID)
		if open.level.rule == (Rule{}) { // nothing is open: what the scope leaves out can still make a risk
			open.level = j.p.partLevel(q.Pillar, strings.Fields(q.Layer)) // one layer or none
		}
		atLevel := func(r scoring.Risk) bool { return r.Severity() != "" && open.level.includes(r.Severity()) }
		o, rule, what := Failed, open.level.rule, ""
		if !j.v.silent {
			what = string(q.Accepted.Severity()) + " risk by the question's rules"
		}
		switch unrated := isUnrated(q.Accepted); {
		case unrated && atLevel(q.Best) && j.a.Mode == scoring.Monotone:
			what = string(q.Best.Severity()) + " risk by the question's rules, whatever the missing answers are"
		case unrated && atLevel(q.Worst):
			o, rule = j.missingOutcome(open)
			what = "can carry a " + string(q.Worst.Severity()) + " risk, as answers are missing"
		case q.Accepted == scoring.RiskUndetermined:
			if open.level.level == None {
				continue
			}
			o, what = Incomplete, "no rule determines the risk of the question"
		case !atLevel(q.Accepted) || !isUnrated(q.Risk) && !atLevel(q.Risk):
			continue
		case !atLevel(q.Best):
			o, rule = j.missingOutcome(open)
			what += " while answers are missing"
		}
		what += ": " + q.Title
		switch {
		case o == Failed && j.notWorseThanBaseline(q):
			j.v.add(Passed, ruleBaseline, q.ID, "as in the baseline; %s", what)
		case o == Passed:
			j.v.add(o, rule, q.ID, "%s", what)
			j.v.note(q.ID, "%s", what)
		case o > open.reported:
			j.v.add(o, rule, q.ID, "%s", what)
		}
	}
}

// isUnrated tells whether a question has no risk, neither good nor bad.
func isUnrated(r scoring.Risk) bool {
	return r == scoring.RiskUnanswered || r == scoring.RiskUndetermined
}

// missingOutcome is the outcome, and its rule, of a question whose risk depends on
// missing answers.
func (j *judge) missingOutcome(q *question) (Outcome, Rule) {
	o, rule := Passed, ruleUnanswered
	if q.unanswered {
		o = j.p.Unanswered.outcome()
	}
	if q.unknown && j.p.Unknown.outcome() >= o {
		o, rule = j.p.Unknown.outcome(), ruleUnknown
	}
	return o, rule
}

// notWorseThanBaseline tells whether the question had at least the same risk in the
// baseline, each whatever its missing answers turn out to be. A baseline without risks,
// such as a review in the open schema, had it where it had all the gaps.
func (j *judge) notWorseThanBaseline(now scoring.Question) bool {
	switch {
	case j.base == nil:
		return false
	case len(j.base.Before) == 0:
		return j.allGapsInBaseline(now.ID)
	}
	for _, q := range j.base.Before {
		if q.ID == now.ID {
			return q.Best.Severity().Rank() >= now.Best.Severity().Rank()
		}
	}
	return false
}

// allGapsInBaseline tells whether a question has open gaps and the baseline had each.
func (j *judge) allGapsInBaseline(question string) bool {
	found := false
	for _, f := range j.a.Findings {
		if f.Question != question || f.Waived || j.accepted(f.ID) || f.Status == review.CannotDetermine {
			continue
		}
		if old, known := j.inBaseline(f.ID); !known || old.Class != compare.StillOpen {
			return false
		}
		found = true
	}
	return found
}
