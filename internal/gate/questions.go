package gate

import (
	"github.com/iotlens/iotlens/internal/compare"
	"github.com/iotlens/iotlens/internal/lens"
	"github.com/iotlens/iotlens/internal/review"
	"github.com/iotlens/iotlens/internal/scoring"
)

// question is what is open in one question and is neither waived nor accepted.
type question struct {
	level      failLevel // the strictest of its open best practices
	unanswered bool
	unknown    bool
	named      Outcome // what its best practices have come to by name
}

// open notes that a best practice of a question is not in place.
func (j *judge) open(p *scoring.Practice, s review.Status) {
	q := j.questionOf(p.Question)
	q.level = stricter(q.level, j.p.partLevel(p.Pillar, p.Layers))
	q.unanswered = q.unanswered || s == review.Unanswered
	q.unknown = q.unknown || s == review.CannotDetermine
}

func (j *judge) name(id string, o Outcome) {
	q := j.questionOf(id)
	q.named = max(q.named, o)
}

func (j *judge) questionOf(id string) *question {
	q, ok := j.questions[id]
	if !ok {
		q = &question{}
		j.questions[id] = q
	}
	return q
}

// risks holds each question's risk to the level, though its findings be of a
// lower severity. A question of which a best practice was named is not named
// again.
//
// It fails where the risk is at the level whatever the missing answers turn out
// to be; where it depends on them, also because they leave the question without a
// risk, it comes to what missing answers come to. What is waived or accepted
// counts as in place.
func (j *judge) risks() {
	for _, q := range j.a.Questions {
		open := j.questionOf(q.ID)
		if open.level.rule == (Rule{}) { // nothing is open: what the scope leaves out can still make a risk
			var layers []string
			if q.Layer != "" {
				layers = []string{q.Layer}
			}
			open.level = j.p.partLevel(q.Pillar, layers)
		}
		at := func(r scoring.Risk) bool { return level(r) != "" && open.level.includes(level(r)) }
		o, rule, text := Failed, open.level.rule, string(level(q.Accepted))+" risk by the question's rules"
		switch unrated := q.Accepted == scoring.RiskUnanswered; {
		case unrated && at(q.Worst):
			o, rule = j.dependsOnMissing(open)
			text = "can carry a " + string(level(q.Worst)) + " risk, as answers are missing"
			if at(q.Best) && j.a.Mode == scoring.Monotone {
				o, rule, text = Failed, open.level.rule, string(level(q.Best))+" risk by the question's rules, whatever the missing answers are"
			}
		case !at(q.Accepted) || q.Risk != scoring.RiskUnanswered && !at(q.Risk):
			continue
		case !at(q.Best):
			o, rule = j.dependsOnMissing(open)
			text += " for as long as answers are missing"
		}
		text += ": " + q.Title
		switch {
		case o == Failed && j.notWorseThanBaseline(q):
			j.v.add(Passed, ruleBaseline, q.ID, "as in the baseline; %s", text)
		case o == Passed:
			j.v.add(o, rule, q.ID, "%s", text)
			j.v.note(q.ID, "%s", text)
		case o > open.named:
			j.v.add(o, rule, q.ID, "%s", text)
		}
	}
}

// dependsOnMissing is the outcome, and its rule, of a question whose risk depends on
// missing answers.
func (j *judge) dependsOnMissing(q *question) (Outcome, Rule) {
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
// baseline, each whatever its missing answers turn out to be. A baseline that knows no
// risks, as a review in the open schema, had it where it had every gap behind it.
func (j *judge) notWorseThanBaseline(now scoring.Question) bool {
	switch {
	case j.base == nil:
		return false
	case len(j.base.Before) == 0:
		return j.everyGapBefore(now.ID)
	}
	for _, q := range j.base.Before {
		if q.ID == now.ID {
			return compare.Grade(q.Best) >= compare.Grade(now.Best)
		}
	}
	return false
}

// everyGapBefore tells whether a question has open gaps and the baseline had each.
func (j *judge) everyGapBefore(question string) bool {
	some := false
	for _, f := range j.a.Findings {
		if f.Question != question || f.Waived || j.accepted(f.ID) || f.Status == review.CannotDetermine {
			continue
		}
		if old, known := j.before(f.ID); !known || old.Class != compare.StillOpen {
			return false
		}
		some = true
	}
	return some
}

// level is the severity that a risk is as grave as; empty where there is none.
func level(r scoring.Risk) lens.Level {
	switch compare.Grade(r) {
	case 2:
		return lens.High
	case 1:
		return lens.Medium
	}
	return ""
}
