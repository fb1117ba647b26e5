package scoring

import (
	"cmp"
	"slices"
	"time"

	"github.com/iotlens/iotlens/internal/lens"
)

// An Effect is the effect of the plan: the number of questions at high risk once the findings
// of a horizon, and of the horizons before it, are closed.
type Effect struct {
	Today     int      `json:"today" jsonschema:"questions at high risk on the day"`
	AfterNow  int      `json:"after_now" jsonschema:"the same, once Now is closed"`
	AfterNext int      `json:"after_next" jsonschema:"the same, once Next is closed, too"`
	Left      []string `json:"left" jsonschema:"questions still at high risk after Next: waived, unanswered, or of rules that nothing satisfies"`
}

// MaxDoFirst is the number of findings that reports show under "what to do first".
const MaxDoFirst = 5

// DoFirst returns what to do first: the first findings in Now, without those that are closed
// with another one.
func (a *Assessment) DoFirst() []Finding {
	var out []Finding
	for _, f := range a.Findings {
		if f.Horizon == Now && f.ClosedBy == "" && len(out) < MaxDoFirst {
			out = append(out, f)
		}
	}
	return out
}

// The length of Now (a month) and of Now and Next together (a quarter), in days from the day of
// the assessment.
const (
	nowDays  = 30
	nextDays = 90
)

// HorizonEnd is the last day of a horizon, YYYY-MM-DD; empty for Later, and if the day of the
// assessment is not known.
func (a *Assessment) HorizonEnd(h Horizon) string {
	today, err := time.Parse(time.DateOnly, a.Today)
	length := map[Horizon]int{Now: nowDays, Next: nextDays}[h]
	if err != nil || length == 0 {
		return ""
	}
	return today.AddDate(0, 0, length).Format(time.DateOnly)
}

// DueState says how the due date of a finding fits the plan. The zero value means that it
// fits, or that the finding has no due date.
type DueState string

// The states of a due date.
const (
	DueOverdue DueState = "overdue"
	DueAfter   DueState = "after its horizon"  // later than the horizon ends
	DueBefore  DueState = "before its horizon" // earlier than the horizon begins
)

// Values lists the states.
func (DueState) Values() []string { return lens.Strings(DueOverdue, DueAfter, DueBefore) }

// dueState compares the due date of a finding with today and with its horizon; ends are those
// of the horizons. The due date of a waived finding does not count.
func dueState(f *Finding, today string, ends map[Horizon]string) DueState {
	if f.Due == "" || f.Waived {
		return ""
	}
	switch end := ends[f.Horizon]; {
	case f.Due < today:
		return DueOverdue
	case end != "" && f.Due > end:
		return DueAfter
	case f.Horizon == Next && f.Due <= ends[Now], f.Horizon == Later && f.Due <= ends[Next]:
		return DueBefore
	}
	return ""
}

// A planner sorts the findings of an assessment into horizons and quadrants.
type planner struct {
	assessment *Assessment
	questions  []plannedQuestion
	relates    map[string]string           // by id: the best practice that another one relates to first
	closed     map[string]bool             // ids of findings that the plan closes so far
	finding    map[string]*Finding         // by id; only those that no waiver covers
	question   map[string]*plannedQuestion // by id of a finding
}

// A plannedQuestion is a question with its risk once findings are closed.
type plannedQuestion struct {
	id      string
	today   Risk
	risk    func(statuses) Risk // of its answers with changes overlaid
	open    []string            // ids of its findings that no waiver covers, the most expensive first
	closing map[string]statuses // the statuses that closing each of them changes
	now     Risk                // its risk once planner.closed are closed
	need    []string            // the fewest findings that still take it off high risk; none if it is not at high risk, or if closing all is not enough
}

// lowers reports whether the risk is lower than today once findings are closed on top of base.
func (q *plannedQuestion) lowers(base statuses, ids ...string) bool {
	changed := slices.Clone(base)
	for _, id := range ids {
		changed.overlay(q.closing[id])
	}
	return riskGrade(q.risk(changed)) < riskGrade(q.today)
}

// fewestToLower returns the fewest findings whose closing lowers the risk. Of several such sets
// it returns the one without the most expensive findings; nil if closing all is not enough.
func (q *plannedQuestion) fewestToLower(base statuses) []string {
	if !q.lowers(base, q.open...) {
		return nil
	}
	need := q.open
	for _, id := range q.open {
		if without := slices.DeleteFunc(slices.Clone(need), func(s string) bool { return s == id }); q.lowers(base, without...) {
			need = without
		}
	}
	return need
}

// riskGrade orders the risks that a plan lowers: 2 for high, 1 for medium, 0 for any other.
func riskGrade(r Risk) int { return slices.Index([]Risk{RiskMedium, RiskHigh}, r) + 1 }

// fixRank orders fixes from the cheapest to the most expensive.
func fixRank(f lens.Fix) int {
	return slices.Index([]lens.Fix{lens.Process, lens.Cloud, lens.OverTheAir, lens.FieldVisit, lens.Hardware}, f)
}

// markHolding sets Holds of the findings that hold a question at its risk: those whose closing
// lowers it, alone or as one of the fewest that do. If closing all findings is not enough,
// unanswered and waived best practices count as in place; rest has these statuses.
func (p *planner) markHolding(q Question, risk func(statuses) Risk, rest statuses, closing map[string]statuses) {
	var open []*Finding
	for i := len(p.assessment.Findings) - 1; i >= 0 && p.assessment.Findings[i].Question == q.ID; i-- {
		if f := &p.assessment.Findings[i]; !f.Waived {
			open = append(open, f)
		}
	}
	slices.SortStableFunc(open, func(x, y *Finding) int {
		return cmp.Or(fixRank(y.Fix)-fixRank(x.Fix), effortRank(y.Effort)-effortRank(x.Effort))
	})
	p.questions = append(p.questions, plannedQuestion{id: q.ID, today: q.Risk, now: q.Risk, risk: risk, closing: closing})
	out := &p.questions[len(p.questions)-1]
	for _, f := range open {
		out.open = append(out.open, f.ID)
	}
	if riskGrade(q.Risk) == 0 {
		return
	}
	base := make(statuses, len(rest))
	need := out.fewestToLower(base)
	if q.Risk == RiskHigh {
		out.need = need
	}
	if need == nil {
		base = rest
		need = out.fewestToLower(base)
	}
	for _, f := range open {
		if slices.Contains(need, f.ID) || len(need) > 0 && out.lowers(base, f.ID) {
			f.Holds = q.Risk
		}
	}
}

// plan sorts the open findings into horizons and quadrants, joins those that are the same work,
// and computes the effect. The findings must be sorted by priority.
func (p *planner) plan() {
	p.closed, p.finding, p.question = map[string]bool{}, map[string]*Finding{}, map[string]*plannedQuestion{}
	var open []*Finding
	for i := range p.assessment.Findings {
		if f := &p.assessment.Findings[i]; !f.Waived {
			open = append(open, f)
			p.finding[f.ID] = f
		}
	}
	for i := range p.questions {
		for _, id := range p.questions[i].open {
			p.question[id] = &p.questions[i]
		}
	}
	p.assessment.Effect = &Effect{Today: len(p.highRiskQuestions())}
	t := p.assessment.Weights.Plan
	top := func(percentile int) int { return (len(open)*(100-percentile) + 99) / 100 }
	for _, f := range open[:top(t.Urgent)] {
		p.closeWork(f.ID)
	}
	p.halveHighRisks()
	for i, f := range open {
		f.Horizon = Later
		switch {
		case p.closed[f.ID]:
			f.Horizon = Now
		case f.Holds == RiskHigh, f.Severity == lens.High, cmp.Or(f.OwnSeverity.Level, f.Severity) == lens.High, i < top(t.Important):
			f.Horizon = Next
		}
	}
	p.joinSameWork(open)
	ends := map[Horizon]string{Now: p.assessment.HorizonEnd(Now), Next: p.assessment.HorizonEnd(Next)}
	for _, f := range open {
		f.Quadrant = quadrant(f.Horizon != Later, f.Effort)
		f.DueState = dueState(f, p.assessment.Today, ends)
	}
	p.assessment.Effect.AfterNow = len(p.highRiskQuestions())
	for _, f := range open {
		if f.Horizon != Later {
			p.close(f.ID)
		}
	}
	p.assessment.Effect.Left = p.highRiskQuestions()
	p.assessment.Effect.AfterNext = len(p.assessment.Effect.Left)
}

// halveHighRisks adds findings to Now until half of the questions are off high risk, question
// by question, the one with the least effort first. It stops earlier if the others need new
// hardware, the end of a waiver or an answer.
func (p *planner) halveHighRisks() {
	for 2*len(p.highRiskQuestions()) > p.assessment.Effect.Today {
		var best []string
		least := 0
		for _, q := range p.questions {
			cost := p.remainingEffort(q.need)
			if cost > 0 && (best == nil || cost < least || cost == least && p.firstIndex(q.need) < p.firstIndex(best)) {
				best, least = q.need, cost
			}
		}
		if best == nil {
			return
		}
		p.closeWork(best...)
	}
}

// close marks a finding as closed and updates the risk and the needs of its question.
func (p *planner) close(id string) {
	if p.closed[id] {
		return
	}
	p.closed[id] = true
	q := p.question[id]
	closed := make(statuses, len(q.closing[id]))
	for _, id := range q.open {
		if p.closed[id] {
			closed.overlay(q.closing[id])
		}
	}
	q.now, q.need = q.risk(closed), nil
	if q.now == RiskHigh {
		q.need = q.fewestToLower(closed)
	}
}

// highRiskQuestions lists the questions that are still at high risk once planner.closed are
// closed.
func (p *planner) highRiskQuestions() []string {
	out := []string{}
	for _, q := range p.questions {
		if q.now == RiskHigh {
			out = append(out, q.id)
		}
	}
	return out
}

// remainingEffort adds up the effort of findings that are not closed yet: 1 to 3 each, 2 if it
// is not known. It is 0 if all are closed, or if one needs new hardware.
func (p *planner) remainingEffort(ids []string) int {
	n := 0
	for _, id := range ids {
		switch f := p.finding[id]; {
		case p.closed[id]:
		case f.Fix == lens.Hardware:
			return 0
		default:
			n += cmp.Or(f.Effort.Rank(), lens.Medium.Rank())
		}
	}
	return n
}

// firstIndex is the smallest index of some findings in Assessment.Findings.
func (p *planner) firstIndex(ids []string) int {
	for i := range p.assessment.Findings {
		if slices.Contains(ids, p.assessment.Findings[i].ID) {
			return i
		}
	}
	return -1
}

// closeWork closes findings and those that are the same work.
func (p *planner) closeWork(ids ...string) {
	for _, id := range ids {
		p.close(id)
		if other := p.sameWork(p.finding[id]); other != nil {
			p.close(other.ID)
		}
	}
}

// sameWork is the finding that is closed together with another one: that of the best practice
// that it relates to first, if that needs no more effort and no more expensive fix. It is nil
// if there is none.
func (p *planner) sameWork(f *Finding) *Finding {
	other := p.finding[p.relates[f.ID]]
	if other == nil || effortRank(other.Effort) > effortRank(f.Effort) || fixRank(other.Fix) > fixRank(f.Fix) {
		return nil
	}
	return other
}

// joinSameWork joins findings that are the same work into one item of the plan. A finding that
// the plan needs in an earlier horizon stays an item of its own.
func (p *planner) joinSameWork(open []*Finding) {
	for _, h := range Horizons() {
		for _, f := range open {
			other := p.sameWork(f)
			if f.Horizon != h || f.ClosedBy != "" || other == nil || other.ClosedBy != "" || other.Closes != "" || slices.Index(Horizons(), h) > slices.Index(Horizons(), other.Horizon) {
				continue
			}
			f.Closes, other.ClosedBy, other.Horizon = other.ID, f.ID, h
		}
	}
}

// quadrant is the quadrant of a finding by importance and effort.
func quadrant(important bool, effort lens.Level) Quadrant {
	switch {
	case effort == "":
		return Unsized
	case important && effort == lens.Low:
		return QuickWin
	case important:
		return MajorProject
	case effort == lens.Low:
		return FillIn
	}
	return Reconsider
}
