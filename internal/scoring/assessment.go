// Package scoring makes an assessment of a lens and a review: risks of questions, scores,
// findings with their priority, a plan, and scenarios with the steps at risk.
//
// It uses no files, no clock and no randomness: the same input gives the same assessment.
// Every constant is in pillars/lens.yaml under weights, and docs/scoring.md explains every
// rule. The assessment has everything that a report shows, so no writer looks anything up.
package scoring

import (
	"slices"

	"github.com/iotlens/iotlens/internal/framework"
	"github.com/iotlens/iotlens/internal/lens"
	"github.com/iotlens/iotlens/internal/review"
)

// Mode is how the rules of the lens are read to rate the risk of a question.
type Mode = lens.Scoring

// The modes.
const (
	Monotone = lens.ScoringMonotone
	AWS      = lens.ScoringAWS
)

// Risk is the risk of a question, in the words of the WA Tool.
type Risk string

// The risks.
const (
	RiskHigh          Risk = "HIGH"
	RiskMedium        Risk = "MEDIUM"
	RiskNone          Risk = "NONE"
	RiskUnanswered    Risk = "UNANSWERED"
	RiskUndetermined  Risk = "UNDETERMINED" // no rule of the question determines it
	RiskNotApplicable Risk = "NOT_APPLICABLE"
)

// Severity is the severity that corresponds to a risk; empty if there is none.
func (r Risk) Severity() lens.Level {
	switch r {
	case RiskHigh:
		return lens.High
	case RiskMedium:
		return lens.Medium
	}
	return ""
}

// Risks lists the risks, highest first.
func Risks() []Risk {
	return []Risk{RiskHigh, RiskMedium, RiskNone, RiskUnanswered, RiskUndetermined, RiskNotApplicable}
}

// An Assessment is everything that a report or a gate uses of a review.
type Assessment struct {
	LensID, LensName, LensVersion string
	LensShort                     string // the name for narrow columns
	LensBy                        string // who publishes it: AWS; may be empty
	LensSource                    string // where the lens is published
	LensRevision                  int    // of the bank, from 1; 0 in a saved report without it
	LensDigest                    string // of the bank, in hex; empty in a saved report without it
	ReviewLensVersion             string // of the lens that the review answered
	ReviewLensRevision            int    // with which it was last asked; 0 if there is none, which counts as 1
	ReviewLensDigest              string // of that revision, short; may be empty
	Program                       string // version of the program that assessed; may be empty
	File                          string // path of the review file to show to a reader; may be empty
	Mode                          Mode
	Today                         string   // YYYY-MM-DD: the day as of which waivers are judged
	AcceptedGaps                  []string // ids of best practices whose gaps a policy accepts; see Options
	Workload                      review.Workload
	Scope                         review.Scope
	Weights                       lens.Weights // the constants behind every number here

	Lens          Tally // the best practices of the lens itself: AWS's
	LayerBanks    Tally // those of the banks of layers and parts
	Pillars       []Part
	Layers        []Part
	Matrix        []Cell // one cell for each layer and pillar: layer by layer
	Questions     []Question
	Practices     []Practice // every best practice in scope, in lens order; the lists below point into it
	Findings      []Finding  // by priority
	Effect        *Effect    // of the plan; nil in a saved report without it
	Scenarios     []Scenario
	Waivers       []Waiver
	Parked        []review.Topic
	NoPlace       []review.AnswerWithoutPlace // answers to what the lens no longer asks; they are not counted
	Unassessed    []*Practice                 // in scope and unanswered, in lens order
	Excluded      []*Practice                 // not applicable, in lens order
	SetAside      []ProfileRuling             // in scope, unanswered and asked on demand only, by the profile: not counted anywhere, in lens order
	OutOfScope    int                         // number of best practices that the scope leaves out
	OutOfScopeIDs []string                    // ids of those, in lens order; none in a saved report without them
	NeverHighRisk bool                        // the rules of an imported lens rate no question in scope HIGH, whatever the answers; not in a saved report

	// Retired has the best practices that the review answers and the lens no longer asks. They
	// are neither counted nor shown.
	Retired []lens.Retired

	Template review.Template // of a review template; empty for any other review

	Ignored []IgnoredAnswer // answers and waivers that are not counted, by id
	Notes   review.Notes    // on the lens and its pillars
	Record  AuditRecord

	Since *ChangesSince // what changed since an earlier state; nil if there is none

	Frameworks []framework.Standing // against the frameworks that were named; see StandingAgainst

	brief bool // set while the assessment is made; see Options.Brief
}

// PracticesName is what reports call the best practices of the lens itself: "AWS best
// practices".
func (a *Assessment) PracticesName() string {
	if a.LensBy == "" {
		return "Best practices"
	}
	return a.LensBy + " best practices"
}

// RulesName is what reports call the risk rules: "AWS's rules".
func (a *Assessment) RulesName() string {
	if a.LensBy == "" {
		return "the lens's rules"
	}
	return a.LensBy + "'s rules"
}

// A Tally counts best practices. Weights are those of the lens by severity.
type Tally struct {
	InScope       int     `json:"in_scope" jsonschema:"best practices in scope"`
	NotApplicable int     `json:"not_applicable" jsonschema:"best practices that do not apply"`
	Answered      int     `json:"answered" jsonschema:"of those that apply, don't know included"`
	Unknown       int     `json:"cannot_determine" jsonschema:"answered don't know"`
	Earned        float64 `json:"earned" jsonschema:"weight of what is in place"`
	Possible      float64 `json:"possible" jsonschema:"weight of what was answered and applies"`
}

// Applicable is the number of best practices that apply.
func (t Tally) Applicable() int { return t.InScope - t.NotApplicable }

// Score is the earned share of the possible weight in percent; false if
// nothing was assessed, which is neither 0 nor 100.
func (t Tally) Score() (percent float64, ok bool) {
	if t.Possible == 0 {
		return 0, false
	}
	return 100 * t.Earned / t.Possible, true
}

// Coverage is the answered share of what applies in percent; false if
// nothing applies.
func (t Tally) Coverage() (percent float64, ok bool) {
	if t.Applicable() == 0 {
		return 0, false
	}
	return 100 * float64(t.Answered) / float64(t.Applicable()), true
}

// A Part is one pillar or one layer.
type Part struct {
	ID, Name   string
	About      string // description of the pillar or layer
	Lens       Tally
	LayerBanks Tally
	Risks      map[Risk]int // number of questions by risk, of those with a best practice there, layer banks included
	Findings   int          // layer banks included
}

// A Cell is one layer of one pillar.
type Cell struct {
	Layer, Pillar string
	Lens          Tally
	LayerBanks    Tally
	Findings      int        // layer banks included
	Worst         lens.Level // highest severity of a finding; empty if there is none
}

// A Question is the risk of one question in scope.
type Question struct {
	ID           string   `json:"id"`
	Title        string   `json:"title"`
	Pillar       string   `json:"pillar,omitempty" jsonschema:"id"`
	Layer        string   `json:"layer,omitempty" jsonschema:"id, only in a layer bank"`
	Part         string   `json:"part,omitempty" jsonschema:"name of the part whose bank it is in: Product"`
	Topic        string   `json:"topic,omitempty"`
	Ask          string   `json:"ask" jsonschema:"for the segment of the workload"`
	Risk         Risk     `json:"risk" jsonschema:"in the mode of the assessment"`
	AWSRisk      Risk     `json:"aws_risk" jsonschema:"to the letter of the rules"`
	MonotoneRisk Risk     `json:"monotone_risk" jsonschema:"by their monotone form"`
	AcceptedRisk Risk     `json:"accepted_risk" jsonschema:"risk as it would be if what is waived or accepted were in place"`
	BestRisk     Risk     `json:"best_risk" jsonschema:"accepted_risk as it would be if what is unanswered or unknown were in place, too"`
	WorstRisk    Risk     `json:"worst_risk" jsonschema:"accepted_risk as it would be if what is unanswered were not in place"`
	Practices    []string `json:"practices" jsonschema:"ids of those in scope"`
	Complete     bool     `json:"complete" jsonschema:"every best practice in scope has an answer"`
	RisksDiffer  bool     `json:"differs" jsonschema:"the letter of AWS's rules and their monotone form give different risks"`
}

// AWS reports whether the question is one of the lens itself, not of a layer bank or a part.
func (q Question) AWS() bool { return q.Layer == "" && q.Part == "" }

// A Practice is a best practice in scope: what was asked, what was answered, and the guidance
// of the bank.
type Practice struct {
	ID, Title         string
	Question          string // id
	Since             int    // revision of the bank that first asked it; 0 means 1
	Pillar            string // id
	PillarName        string
	Layers            []string // ids
	LayerNames        []string
	Severity          lens.Level
	RatedBy           string           // who rated the severity: "aws" or "iotlens"
	OwnSeverity       lens.OwnSeverity // ours if it differs; it decides priorities, but neither scores nor gates unless a policy says so
	Effort            lens.Level
	Fix               lens.Fix
	FromLayer         bool // it is of a layer bank or a part, not of the lens itself
	Kind              lens.ChoiceKind
	Guide             Guide
	review.Answer                       // as it counts, see package choice; Status is Unanswered if there is no answer
	Pending           review.Answer     // what was recorded before it is answered, such as an owner or a note; not counted
	ReviewStatus      review.Status     // status in the review if the answer counts as another status, else empty
	CountsAsMissing   bool              // it has no answer in the review but counts as not implemented, as it stands for what its question needs
	Settled           bool              // it is not counted, as another answer to its question decides or it is a fact; see Reason
	RuledOutByProfile bool              // it is not applicable because the profile rules it out; not in a saved report
	CustomKeys        map[string]string // custom keys of the answer, which begin with "x-"
	Line              int               // line of the answer in the review file, from 1; 0 if there is none
}

// ReviewAnswer is the answer as the review has it.
func (p *Practice) ReviewAnswer() review.Answer {
	a := p.Answer
	switch {
	case p.CountsAsMissing:
		a.Status = review.Unanswered
	case p.Settled:
		a.Status, a.Reason = p.ReviewStatus, ""
	case p.ReviewStatus != "":
		a.Status = p.ReviewStatus
	}
	return a
}

// Words is the status for people. A negative is true or not true.
func (p *Practice) Words() string {
	switch {
	case p.Kind == lens.Alternative && p.Status == review.NotImplemented && p.ReviewStatus == review.Implemented:
		return "in conflict with another alternative"
	case p.Kind != lens.Negative:
	case p.Status == review.NotImplemented:
		return "true"
	case p.Status == review.PartiallyImplemented:
		return "true in part"
	case p.Status == review.Implemented:
		return "not true"
	}
	return p.Status.Words()
}

// An ProfileRuling is a best practice that the profile of the workload sets aside or rules
// out.
type ProfileRuling struct {
	Practice string `json:"practice"`
	Title    string `json:"title"`
	Question string `json:"question"`
	Reason   string `json:"reason"`
	Part     string `json:"part,omitempty" jsonschema:"name of the part of which nothing is asked; empty where the reason is about this best practice"`
}

// NotAsked has a sentence for each part of the lens that is not asked, with the reason.
func (a *Assessment) NotAsked() []string {
	var out []string
	for _, s := range a.SetAside {
		if s.Part != "" && !slices.Contains(out, s.Reason) {
			out = append(out, s.Reason)
		}
	}
	return out
}

// RuledOut lists the best practices that the profile of the workload rules out.
func (a *Assessment) RuledOut() []ProfileRuling {
	var out []ProfileRuling
	for _, p := range a.Excluded {
		if p.RuledOut() {
			out = append(out, ProfileRuling{Practice: p.ID, Title: p.Title, Question: p.Question, Reason: p.Reason})
		}
	}
	return out
}

// A Guide is the guidance of the bank on a best practice. It shares its lists with the lens
// and must not be changed.
type Guide struct {
	Why       string          `json:"why" jsonschema:"the failure that it prevents, and how that comes about"`
	How       []lens.HowStep  `json:"how,omitempty"`
	Probes    []string        `json:"probes,omitempty" jsonschema:"questions that show whether it is done"`
	Evidence  []string        `json:"evidence,omitempty" jsonschema:"what to ask to be shown"`
	RedFlags  []string        `json:"red_flags,omitempty" jsonschema:"what is heard or seen where it is not done"`
	Resources []lens.Resource `json:"resources,omitempty"`
	Services  []string        `json:"services,omitempty" jsonschema:"names of AWS services"`
}

// FirstStep is the first step of How; empty if there is none.
func (g Guide) FirstStep() string {
	if len(g.How) == 0 {
		return ""
	}
	return g.How[0].Do
}

// A Finding is a best practice in scope that was assessed and is not in place.
type Finding struct {
	*Practice
	Priority   float64  // 0 to 100, to one decimal
	Reasons    []string // at most two reasons for its priority that few other findings share
	Holds      Risk     // HIGH or MEDIUM if it holds its question at that risk: closing it lowers the risk, alone or as one of the fewest that do
	Quadrant   Quadrant // empty if it is waived
	Horizon    Horizon  // empty if it is waived
	Closes     string   // id of a finding that is the same work and is closed with it; may be empty
	ClosedBy   string   // id of the finding that this one is closed with; may be empty
	DueState   DueState
	Compensate bool    // it cannot be fixed on devices that have shipped and needs a compensating control
	Waiver     *Waiver // its waiver in any state; nil if it has none
	Waived     bool    // its waiver is active
}

// Quadrant is the place of a finding by importance and effort. Findings in Now and Next are
// important.
type Quadrant string

// The quadrants.
const (
	QuickWin     Quadrant = "quick win"
	MajorProject Quadrant = "major project"
	FillIn       Quadrant = "fill-in"
	Reconsider   Quadrant = "reconsider"
	Unsized      Quadrant = "not sized" // the effort is unknown
)

// Quadrants lists the quadrants.
func Quadrants() []Quadrant {
	return []Quadrant{QuickWin, MajorProject, FillIn, Reconsider, Unsized}
}

// Horizon is when the plan closes a finding.
type Horizon string

// The horizons.
const (
	Now   Horizon = "now"
	Next  Horizon = "next"
	Later Horizon = "later"
)

// Horizons lists the horizons in order.
func Horizons() []Horizon { return []Horizon{Now, Next, Later} }

// A Waiver is a waiver with its state on the day of the assessment.
type Waiver struct {
	review.Waiver
	Title string      `json:"title" jsonschema:"of the practice"`
	State WaiverState `json:"state"`
	Days  int         `json:"days_left" jsonschema:"until it ends; negative after that"`
}

// Active reports whether w is not nil and active on the day of the assessment.
func (w *Waiver) Active() bool {
	return w != nil && (w.State == WaiverActive || w.State == WaiverExpiring)
}

// WaiverState is the state of a waiver on the day of the assessment.
type WaiverState string

// The states of a waiver.
const (
	WaiverActive   WaiverState = "active"
	WaiverExpiring WaiverState = "expiring" // active, and expires within warn_days of the lens
	WaiverExpired  WaiverState = "expired"
	WaiverUnused   WaiverState = "unused" // it covers no finding
)

// A Scenario is a scenario of the lens with the state of its steps.
type Scenario struct {
	ID          string            `json:"id"`
	Name        string            `json:"name"`
	Description string            `json:"about,omitempty"`
	Kind        lens.ScenarioKind `json:"kind"`
	Steps       []Step            `json:"steps"`
}

// A Step is one step of a scenario with its best practices.
type Step struct {
	Title      string     `json:"title"`
	Text       string     `json:"text"`
	State      StepState  `json:"state"`
	Worst      lens.Level `json:"worst,omitempty" jsonschema:"highest severity of its findings"`
	Findings   []string   `json:"findings" jsonschema:"ids, by priority"`
	Unassessed []string   `json:"not_assessed" jsonschema:"ids"`
	Protected  []string   `json:"protected" jsonschema:"ids of what is in place"`
}

// StepState is how well a step is protected.
type StepState string

// The states of a step.
const (
	StepAtRisk        StepState = "at risk"
	StepUnassessed    StepState = "not assessed"
	StepProtected     StepState = "protected"
	StepNotApplicable StepState = "not applicable"
)

// Values lists the values.
func (Risk) Values() []string { return lens.Strings(Risks()...) }

// Values lists the values.
func (Quadrant) Values() []string { return lens.Strings(Quadrants()...) }

// Values lists the values.
func (Horizon) Values() []string { return lens.Strings(Horizons()...) }

// Values lists the values.
func (WaiverState) Values() []string {
	return lens.Strings(WaiverActive, WaiverExpiring, WaiverExpired, WaiverUnused)
}

// Values lists the values.
func (StepState) Values() []string {
	return lens.Strings(StepAtRisk, StepUnassessed, StepProtected, StepNotApplicable)
}
