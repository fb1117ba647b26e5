package scoring

import (
	"cmp"
	"slices"
	"time"

	"github.com/iotlens/iotlens/internal/lens"
)

// An Effect is what the plan buys: the number of questions at high risk once the
// findings of a horizon are closed, those of the horizons before it included.
type Effect struct {
	Today     int      `json:"today" jsonschema:"questions at high risk on the day"`
	AfterNow  int      `json:"after_now" jsonschema:"the same, once Now is closed"`
	AfterNext int      `json:"after_next" jsonschema:"the same, once Next is closed, too"`
	Left      []string `json:"left" jsonschema:"questions still at high risk after Next: waived, unanswered, or of rules that nothing satisfies"`
}

// MaxDoFirst is how many findings every report names under "what to do first".
const MaxDoFirst = 5

// DoFirst is what to do first: the head of Now, without what another finding closes.
func (a *Assessment) DoFirst() []Finding {
	var out []Finding
	for _, f := range a.Findings {
		if f.Horizon == Now && f.ClosedBy == "" && len(out) < MaxDoFirst {
			out = append(out, f)
		}
	}
	return out
}

// Days from the day of the assessment to the end of Now, a month, and of Next, a
// quarter.
const (
	nowDays  = 30
	nextDays = 90
)

// HorizonEnd is the last day of a horizon; empty for Later and where the day of the
// assessment is not known.
func (a *Assessment) HorizonEnd(h Horizon) string {
	today, err := time.Parse(time.DateOnly, a.Today)
	length := map[Horizon]int{Now: nowDays, Next: nextDays}[h]
	if err != nil || length == 0 {
		return ""
	}
	return today.AddDate(0, 0, length).Format(time.DateOnly)
}

// DueState is how the owner's date of a finding fits the day and the plan. The zero
// value is that it fits, or that there is no date.
type DueState string

// The states of a due date.
const (
	DueOverdue DueState = "overdue"
	DueAfter   DueState = "after its horizon"  // later than the horizon ends
	DueBefore  DueState = "before its horizon" // earlier than the horizon begins
)

// Values lists the states.
func (DueState) Values() []string { return lens.Strings(DueOverdue, DueAfter, DueBefore) }

// dueState compares the date of a finding with the day and with its horizon. A waived
// finding has no horizon, and no date that counts.
func (a *Assessment) dueState(f Finding) DueState {
	if f.Due == "" || f.Waived {
		return ""
	}
	end := a.HorizonEnd(f.Horizon)
	switch {
	case f.Due < a.Today:
		return DueOverdue
	case end != "" && f.Due > end:
		return DueAfter
	case f.Horizon == Next && f.Due <= a.HorizonEnd(Now), f.Horizon == Later && f.Due <= a.HorizonEnd(Next):
		return DueBefore
	}
	return ""
}

// A planner places the findings of an assessment in the plan.
type planner struct {
	assessment *Assessment
	questions  []plannedQuestion
	relates    map[string]string           // what a best practice deepens, by id
	closed     map[string]bool             // findings that the plan closes so far
	finding    map[string]*Finding         // by id; those that no waiver covers
	question   map[string]*plannedQuestion // by finding
}

// A plannedQuestion question is a question with its risk once findings are closed.
type plannedQuestion struct {
	id      string
	today   Risk
	risk    func(statuses) Risk // with some of its statuses changed
	open    []string            // its findings that no waiver covers, the most expensive first
	closing map[string]statuses // what closing each of them changes
	now     Risk                // its risk once what is closed is in place
	need    []string            // the fewest findings that still take it off high risk; none if it is not at high risk, or the plan can't
}

// lowers reports whether the risk is lower once findings are closed.
func (q *plannedQuestion) lowers(base statuses, ids ...string) bool {
	changed := slices.Clone(base)
	for _, id := range ids {
		changed.overlay(q.closing[id])
	}
	return riskGrade(q.risk(changed)) < riskGrade(q.today)
}

// fewestToLower lists the fewest findings whose closing lowers the risk. Of several such sets
// it takes the one without the most expensive findings. It is nil if closing all is not
// enough.
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

// riskGrade orders the risks that a plan lowers.
func riskGrade(r Risk) int { return slices.Index([]Risk{RiskMedium, RiskHigh}, r) + 1 }

// fixRank orders where a gap is fixed, from what can be undone to what can't.
func fixRank(f lens.Fix) int {
	return slices.Index([]lens.Fix{lens.Process, lens.Cloud, lens.OverTheAir, lens.FieldVisit, lens.Hardware}, f)
}

// markHolding finds which findings hold a question at its risk: those whose closing lowers
// it, alone or as one of the fewest that do. Where closing every finding is not enough,
// what is unanswered or waived counts as in place.
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

// plan sorts the open findings into horizons and quadrants, joins those that are the
// same work, and computes what that buys. The findings must be sorted.
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
	for _, f := range open {
		f.Quadrant = quadrant(f.Horizon != Later, f.Effort)
		f.DueState = p.assessment.dueState(*f)
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

// halveHighRisks adds to Now the findings that take half of the questions off high risk with the
// least effort: question by question, the cheapest first. It stops earlier where the
// others take new hardware, a waiver's end or an answer.
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

// close closes a finding: its question gets the risk that is left, and needs the
// fewest of the others.
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

// highRiskQuestions lists the questions that are at high risk once what is closed is in place.
func (p *planner) highRiskQuestions() []string {
	out := []string{}
	for _, q := range p.questions {
		if q.now == RiskHigh {
			out = append(out, q.id)
		}
	}
	return out
}

// remainingEffort is the effort that is left for some findings: 1, 2 or 3 each, 2 where it is
// not known. It is 0 if nothing is left, or where something takes new hardware.
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

// firstIndex is the place of the first of some findings in the list of all.
func (p *planner) firstIndex(ids []string) int {
	for i := range p.assessment.Findings {
		if slices.Contains(ids, p.assessment.Findings[i].ID) {
			return i
		}
	}
	return -1
}

// closeWork puts findings into Now, with what is the same work.
func (p *planner) closeWork(ids ...string) {
	for _, id := range ids {
		p.close(id)
		if other := p.sameWork(p.finding[id]); other != nil {
			p.close(other.ID)
		}
	}
}

// sameWork is the finding that closing another one closes, too: what its best practice
// deepens, where that takes no more effort and no later fix. It is nil if there is none.
func (p *planner) sameWork(f *Finding) *Finding {
	other := p.finding[p.relates[f.ID]]
	if other == nil || effortRank(other.Effort) > effortRank(f.Effort) || fixRank(other.Fix) > fixRank(f.Fix) {
		return nil
	}
	return other
}

// joinSameWork makes one item of the plan of what is the same work, in the horizon of the
// work. What is needed earlier stays an item of its own.
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

// quadrant sorts a finding by whether it is important and by its effort.
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
