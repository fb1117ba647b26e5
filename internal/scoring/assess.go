package scoring

import (
	"cmp"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/iotlens/iotlens/internal/choice"
	"github.com/iotlens/iotlens/internal/lens"
	"github.com/iotlens/iotlens/internal/priority"
	"github.com/iotlens/iotlens/internal/review"
	"github.com/iotlens/iotlens/internal/rules"
)

// Options are the inputs of an assessment beside the lens and the review. The zero value is
// enough for counts and priorities.
type Options struct {
	Mode  Mode   // empty: Monotone
	Today string // day of the assessment, YYYY-MM-DD; if it is empty, no waiver is active
	// AcceptedGaps has the ids of best practices whose gaps a policy accepts without a waiver.
	// AcceptedRisk, BestRisk and WorstRisk of questions count them as in place. Nothing else
	// depends on it.
	AcceptedGaps []string
	File         string                       // path of the review file to show to a reader; may be empty
	Program      string                       // version of the program; may be empty
	Lines        map[string]int               // line of each answer in File by best practice, from 1; may be nil
	Record       AuditRecord                  // for audits; may be empty
	CustomKeys   map[string]map[string]string // custom keys of answers by best practice; may be nil
	Facts        *review.Facts                // facts of the workload; nil: computed from the profile
	// Brief leaves out what a portfolio does not use: the plan and everything that depends on it
	// (the Effect, and of findings the reasons, Holds, quadrant, horizon and due state), the
	// matrix, the risks of parts, the texts of questions, the risk in the other mode, the
	// scenarios and the ignored answers. Findings are in lens order. All else is the same.
	Brief bool
}

// Assess assesses a review.
func Assess(l *lens.Lens, r *review.Review, o Options) *Assessment {
	return NewAssessor(l).Assess(r, o)
}

// Assess assesses a review.
func (s *Assessor) Assess(r *review.Review, o Options) *Assessment {
	l := s.lens
	a := &Assessment{
		LensID: l.ID, LensName: l.Name, LensShort: l.Short, LensBy: l.By, LensVersion: l.Version, LensSource: l.Source, ReviewLensVersion: r.LensVersion,
		LensRevision: l.Revision, LensDigest: l.Digest, ReviewLensRevision: r.LensRevision, ReviewLensDigest: r.LensDigest,
		Mode: cmp.Or(o.Mode, l.Scoring, Monotone), Today: o.Today, AcceptedGaps: o.AcceptedGaps, File: o.File, Program: o.Program,
		Workload: r.Workload, Scope: r.Scope, Weights: l.Weights, Parked: r.Parked, NoPlace: r.WithoutPlace, Notes: r.Notes, Record: o.Record, Template: r.Template,
	}
	for _, p := range l.Pillars {
		a.Pillars = append(a.Pillars, Part{ID: p.ID, Name: p.Name, About: p.Description, Risks: map[Risk]int{}})
	}
	for _, y := range l.Layers {
		a.Layers = append(a.Layers, Part{ID: y.ID, Name: y.Name, About: y.Description, Risks: map[Risk]int{}})
		for _, p := range l.Pillars {
			if o.Brief {
				break
			}
			a.Matrix = append(a.Matrix, Cell{Layer: y.ID, Pillar: p.ID})
		}
	}
	counted := *r
	var counts [][]choice.Counted
	s.reset()
	a.brief = o.Brief
	counts, counted.Answers = choice.AllInto(s.counts, l, r.Answers)
	s.counts = counts
	waivers := a.addWaivers(l, &counted)
	var p *planner // nil if there is no plan
	if !o.Brief {
		p = &planner{assessment: a, relates: map[string]string{}}
	}
	var facts review.Facts
	if o.Facts != nil {
		facts = *o.Facts
	} else {
		facts = review.FactsOf(l, r.Workload.Profile)
	}
	aside := facts.SetAside(r)
	a.NeverHighRisk = l.Scoring != "" && len(l.Questions) > 0
	a.Practices, a.Questions, a.Findings = s.practices, s.rated, s.findings // with enough capacity: the other lists point into Practices
	for i := range l.Questions {
		q := &l.Questions[i]
		for j := range q.Practices {
			b := &q.Practices[j]
			reason, set := aside[b.ID]
			s.questions[i].setAside[j] = set
			if !r.Scope.Includes(q, b) {
				a.OutOfScope++
				a.OutOfScopeIDs = append(a.OutOfScopeIDs, b.ID)
				continue
			}
			if set {
				a.SetAside = append(a.SetAside, ProfileRuling{Practice: b.ID, Title: strings.TrimSpace(b.Title), Question: q.ID, Reason: reason, Part: facts.UnaskedPart(b)})
				continue
			}
			a.addPractice(&facts, s.parts[i][j], q, b, &counts[i][j], waivers[b.ID], o.Lines[b.ID])
			last := &a.Practices[len(a.Practices)-1]
			last.CustomKeys = o.CustomKeys[b.ID]
			if details, ok := r.UnansweredDetails[b.ID]; ok && last.Status == review.Unanswered {
				last.Pending = details.Clone()
			}
			if p != nil && len(b.Relates) > 0 {
				p.relates[b.ID] = b.Relates[0]
			}
		}
		a.addQuestion(l, &s.questions[i], r, counts[i], waivers, p)
	}
	s.findings = a.Findings[:0] // it may have grown
	if len(a.Findings) == 0 {
		a.Findings = nil
	}
	if a.brief = false; o.Brief {
		return a
	}
	reasons := make([][]string, len(a.Findings))
	for i, f := range a.Findings {
		reasons[i] = f.Reasons
	}
	for i, kept := range priority.DistinctReasons(reasons) {
		a.Findings[i].Reasons = kept
	}
	slices.SortStableFunc(a.Findings, func(x, y Finding) int {
		return cmp.Or(cmp.Compare(y.Priority, x.Priority), riskGrade(y.Holds)-riskGrade(x.Holds), fixRank(y.Fix)-fixRank(x.Fix), effortRank(x.Effort)-effortRank(y.Effort))
	})
	p.plan()
	a.addScenarios(l, &counted, aside)
	for id := range r.Answers {
		if retired, ok := s.retired[lens.NormalizeID(id)]; ok {
			retired.ID = id
			a.Retired = append(a.Retired, retired)
		}
	}
	slices.SortFunc(a.Retired, func(x, y lens.Retired) int { return cmp.Compare(x.ID, y.ID) })
	a.Ignored = a.ignoredAnswers(l, r)
	return a
}

// ignoredAnswers lists the answers and waivers that are not counted, by id.
func (a *Assessment) ignoredAnswers(l *lens.Lens, r *review.Review) []IgnoredAnswer {
	counted := make(map[string]bool, len(a.Practices))
	for i := range a.Practices {
		counted[a.Practices[i].ID] = true
	}
	found := map[string]IgnoredAnswer{}
	other := func(id string) IgnoredAnswer {
		if o, known := found[id]; known {
			return o
		}
		if p, asked := l.Practice(id); asked {
			return IgnoredAnswer{Practice: id, Title: p.Title, Why: IgnoredOutOfScope}
		}
		return IgnoredAnswer{Practice: id, Why: IgnoredNoLongerAsked}
	}
	for id, answer := range r.Answers {
		if !counted[id] {
			o := other(id)
			o.Answer = answer
			found[id] = o
		}
	}
	for i, w := range r.Waivers {
		if o := other(w.Practice); !counted[w.Practice] {
			o.Waiver = &r.Waivers[i]
			found[w.Practice] = o
		}
	}
	return slices.SortedFunc(maps.Values(found), func(x, y IgnoredAnswer) int { return cmp.Compare(x.Practice, y.Practice) })
}

// addPractice adds a best practice in scope, counts it and adds its finding.
func (a *Assessment) addPractice(facts *review.Facts, in partIndexes, q *lens.Question, p *lens.Practice, counts *choice.Counted, w *Waiver, line int) {
	a.Practices = append(a.Practices, describe(facts.Lens, slices.Clip(in.names), q, p, counts.Answer))
	described := &a.Practices[len(a.Practices)-1]
	described.Line = line
	if counts.By == review.ByProfile && counts.Status == review.NotApplicable {
		ruling, _ := facts.Applicability(p)
		described.RuledOutByProfile = ruling == review.RuledOut
	}
	if counts.ReviewStatus != counts.Status {
		described.ReviewStatus, described.Settled = counts.ReviewStatus, counts.Settled()
		described.CountsAsMissing = counts.ReviewStatus == review.Unanswered && !described.Settled
	}
	if counts.PartlyMet && p.RatedBy == lens.RatedByRules {
		described.Severity = severityByRisk[counts.Risk]
	}
	a.countIn(described, in)
	if !counts.IsFinding() {
		return
	}
	rated := p
	if described.Severity != p.Severity {
		of := *p
		of.Severity, rated = described.Severity, &of
	}
	left := 0
	if described.Deadline != "" {
		left = DaysBetween(a.Today, described.Deadline)
	}
	gap := priority.GapOf(facts.Lens.Weights.Gap, described.Answer, left)
	if a.brief {
		rank := priority.WithoutReasons(*facts, rated, gap)
		a.Findings = append(a.Findings, Finding{Practice: described, Waiver: w, Waived: w.Active(), Priority: rank.Priority, Compensate: rank.Compensate})
		return
	}
	rank := priority.Of(*facts, rated, gap)
	a.Findings = append(a.Findings, Finding{
		Practice: described, Waiver: w, Waived: w.Active(), Priority: rank.Priority, Compensate: rank.Compensate,
		Reasons: append(neededReason(facts.Lens, counts.Needed), rank.Reasons...),
	})
}

// Count adds a best practice to the tallies of the whole lens, its pillar, its layers and its
// cells of the matrix, and to Excluded or Unassessed if it belongs there. Pillars, Layers,
// Matrix and Weights must be set.
func (a *Assessment) Count(p *Practice) {
	in := partIndexes{pillar: slices.IndexFunc(a.Pillars, func(part Part) bool { return part.ID == p.Pillar })}
	for i := range a.Layers {
		if slices.Contains(p.Layers, a.Layers[i].ID) {
			in.layers = append(in.layers, i)
		}
	}
	a.countIn(p, in)
}

// partIndexes has the indexes of the pillar and the layers of a best practice.
type partIndexes struct {
	pillar int      // -1 if it has none
	layers []int    // in lens order
	names  []string // of its layers, in the order of the best practice
}

// countIn is Count for a best practice whose parts are known.
func (a *Assessment) countIn(p *Practice, in partIndexes) {
	switch p.Status {
	case review.NotApplicable:
		a.Excluded = append(a.Excluded, p)
	case review.Unanswered:
		a.Unassessed = append(a.Unassessed, p)
	}
	var whole int // not used: the findings of the whole lens are in a list
	a.count(p, &a.Lens, &a.LayerBanks, &whole)
	if in.pillar >= 0 {
		part := &a.Pillars[in.pillar]
		a.count(p, &part.Lens, &part.LayerBanks, &part.Findings)
	}
	for _, i := range in.layers {
		part := &a.Layers[i]
		a.count(p, &part.Lens, &part.LayerBanks, &part.Findings)
		if !a.brief && in.pillar >= 0 {
			a.countCell(p, &a.Matrix[i*len(a.Pillars)+in.pillar])
		}
	}
}

// countCell adds a best practice to a cell of the matrix.
func (a *Assessment) countCell(p *Practice, c *Cell) {
	a.count(p, &c.Lens, &c.LayerBanks, &c.Findings)
	if p.IsFinding() && p.Severity.Rank() > c.Worst.Rank() {
		c.Worst = p.Severity
	}
}

// count adds a best practice to the tallies of one part, and to its number of findings.
func (a *Assessment) count(p *Practice, own, layerBanks *Tally, findings *int) {
	t := own
	if p.FromLayer {
		t = layerBanks
	}
	if p.IsFinding() {
		*findings++
	}
	t.InScope++
	switch p.Status {
	case review.Unanswered:
	case review.NotApplicable:
		t.NotApplicable++
	default:
		weight := a.Weights.Severity.Of(p.Severity)
		t.Answered++
		t.Possible += weight
		t.Earned += float64(weight * creditOf(a.Weights.Credit, p.Status)) // the conversion prevents a fused multiply-add, which rounds differently
		if p.Status == review.CannotDetermine {
			t.Unknown++
		}
	}
}

// GuideOf returns the guidance of the bank on a best practice.
func GuideOf(p *lens.Practice) Guide {
	return Guide{
		Why: p.Why, How: p.How, Probes: p.Probes, Evidence: p.Evidence,
		RedFlags: p.RedFlags, Resources: p.Resources, Services: p.Services,
	}
}

// describe makes the Practice of a best practice with an answer.
func describe(l *lens.Lens, layers []string, q *lens.Question, p *lens.Practice, answer review.Answer) Practice {
	return Practice{
		ID: p.ID, Title: strings.TrimSpace(p.Title), Question: q.ID, Since: p.Since, Pillar: p.Pillar, PillarName: l.PillarName(p.Pillar),
		Layers: p.Layers, LayerNames: layers, Severity: p.Severity, RatedBy: string(p.RatedBy), OwnSeverity: p.OwnSeverity, Effort: p.Effort, Fix: p.Fix,
		FromLayer: !q.AWS(), Kind: p.Kind, Answer: answer,
		Guide: GuideOf(p),
	}
}

// severityByRisk is the severity of a finding by the risk that its question has with it.
var severityByRisk = map[rules.Risk]lens.Level{rules.High: lens.High, rules.Medium: lens.Medium, rules.None: lens.Low}

// neededReason is the reason of a finding that stands for the alternatives that its question
// needs; none if there are no ids.
func neededReason(l *lens.Lens, better []string) []string {
	var titles []string
	for _, id := range better {
		p, _ := l.Practice(id)
		titles = append(titles, id+" ("+strings.Trim(p.Title, " .")+")")
	}
	switch len(titles) {
	case 0:
		return nil
	case 1:
		return []string{"the question needs " + titles[0]}
	}
	return []string{"the question needs one of " + strings.Join(titles, ", ")}
}

// creditOf is the share of its weight that a status earns.
func creditOf(c lens.Credit, s review.Status) float64 {
	switch s {
	case review.Implemented:
		return c.Implemented
	case review.PartiallyImplemented:
		return c.PartiallyImplemented
	}
	return 0
}

// effortRank orders efforts, an unknown one last.
func effortRank(effort lens.Level) int {
	if effort == "" {
		return lens.High.Rank() + 1
	}
	return effort.Rank()
}

// addWaivers adds every waiver of a best practice that the lens asks, with its state today. It
// returns them by best practice.
func (a *Assessment) addWaivers(l *lens.Lens, r *review.Review) map[string]*Waiver {
	a.Waivers = make([]Waiver, 0, len(r.Waivers)) // with enough capacity: findings point into it
	out := map[string]*Waiver{}
	for _, given := range r.Waivers {
		p, asked := l.Practice(given.Practice)
		if !asked {
			continue // retired, or of another version
		}
		w := Waiver{Waiver: given, Title: p.Title, Days: DaysBetween(a.Today, given.Expires)}
		switch {
		case !r.Answers[given.Practice].IsFinding():
			w.State = WaiverUnused
		case w.Days <= 0:
			w.State = WaiverExpired
		case w.Days <= l.Weights.Plan.WarnDays:
			w.State = WaiverExpiring
		default:
			w.State = WaiverActive
		}
		a.Waivers = append(a.Waivers, w)
		out[given.Practice] = &a.Waivers[len(a.Waivers)-1]
	}
	return out
}

// DaysBetween counts the days from one day to another, YYYY-MM-DD; 0 if one of them is not
// a day.
func DaysBetween(from, to string) int {
	a, err1 := time.Parse(time.DateOnly, from)
	b, err2 := time.Parse(time.DateOnly, to)
	if err1 != nil || err2 != nil {
		return 0
	}
	return int((b.Unix() - a.Unix()) / (24 * 60 * 60)) // a time.Duration overflows after 292 years
}

// addScenarios adds the scenarios that the profile names; all if it names none.
func (a *Assessment) addScenarios(l *lens.Lens, r *review.Review, aside map[string]string) {
	used := r.Workload.Profile.Scenarios
	for _, s := range l.Scenarios {
		if len(used) > 0 && !slices.Contains(used, s.ID) {
			continue
		}
		out := Scenario{ID: s.ID, Name: s.Name, Description: s.Description, Kind: s.Kind}
		for _, step := range s.Steps {
			out.Steps = append(out.Steps, a.step(step, r, aside))
		}
		a.Scenarios = append(a.Scenarios, out)
	}
}

// step rates one step of a scenario.
func (a *Assessment) step(step lens.Step, r *review.Review, aside map[string]string) Step {
	out := Step{Title: step.Title, Text: step.Text, State: StepNotApplicable, Findings: []string{}, Unassessed: []string{}, Protected: []string{}}
	for _, f := range a.Findings {
		if slices.Contains(step.Practices, f.ID) {
			out.Findings = append(out.Findings, f.ID)
			if f.Severity.Rank() > out.Worst.Rank() {
				out.Worst = f.Severity
			}
		}
	}
	for _, id := range step.Practices {
		answer, ok := r.Answers[id]
		_, set := aside[id]
		switch {
		case set:
		case !ok:
			out.Unassessed = append(out.Unassessed, id)
		case answer.Status == review.Implemented:
			out.Protected = append(out.Protected, id)
		}
	}
	switch {
	case len(out.Findings) > 0:
		out.State = StepAtRisk
	case len(out.Unassessed) > 0:
		out.State = StepUnassessed
	case len(out.Protected) > 0:
		out.State = StepProtected
	}
	return out
}
