package report

import (
	"github.com/iotlens/iotlens/internal/lens"
	"github.com/iotlens/iotlens/internal/review"
	"github.com/iotlens/iotlens/internal/scoring"
)

// JSONSchemaVersion is the version of the JSON report. It changes when a field
// goes or changes its meaning, not when one is added.
const JSONSchemaVersion = 1

// JSON is the JSON report. It says all that an assessment says, so that ReadJSON
// gives the same assessment back, and says some of it twice, so that a program
// finds it where it looks: the verdict, percentages, lists of ids. Numbers that
// may be unknown are null; lists are never null.
type JSON struct {
	SchemaVersion int             `json:"schema_version"`
	Program       string          `json:"iotlens_version,omitempty"` // of the program that assessed
	Lens          jsonLens        `json:"lens"`
	Workload      review.Workload `json:"workload"`
	ReviewFile    string          `json:"review_file,omitempty"` // as it was given
	AsOf          string          `json:"as_of"`                 // the day on which waivers were judged
	Scoring       scoring.Mode    `json:"scoring"`               // monotone or aws
	Verdict       string          `json:"verdict"`
	Score         *float64        `json:"score"`    // percent, AWS's best practices
	Coverage      *float64        `json:"coverage"` // percent
	Counts        jsonTally       `json:"counts"`
	LayerBanks    jsonTally       `json:"layer_banks"` // best practices beyond AWS's
	Scope         review.Scope    `json:"scope"`
	OutOfScope    int             `json:"out_of_scope"`
	LeftOut       []string        `json:"left_out"` // the best practices that out_of_scope counts: with practices, all that the lens asked
	Retired       []lens.Retired  `json:"retired"`  // answered, and no longer asked
	Pillars       []jsonPart      `json:"pillars"`
	Layers        []jsonPart      `json:"layers"`
	Matrix        []jsonCell      `json:"matrix"`
	Questions     []jsonQuestion  `json:"questions"`
	Findings      []jsonFinding   `json:"findings"`
	QuickWins     []string        `json:"quick_wins"`
	Plan          jsonPlan        `json:"plan"`
	Scenarios     []jsonScenario  `json:"scenarios"`
	Waivers       []jsonWaiver    `json:"waivers"`
	Parked        []review.Topic  `json:"parked"`
	NotAssessed   []jsonPractice  `json:"not_assessed"`
	NotApplicable []jsonExclusion `json:"not_applicable"`
	Practices     []jsonAssessed  `json:"practices"` // every one in scope, in lens order
	Weights       lens.Weights    `json:"weights"`   // the constants behind the numbers
}

type jsonLens struct {
	ID             string `json:"id"`
	Name           string `json:"name"`
	Short          string `json:"short"`        // the name where there is little room
	By             string `json:"by,omitempty"` // who publishes it
	Version        string `json:"version"`
	Revision       int    `json:"revision,omitempty"`        // of its bank
	Digest         string `json:"digest,omitempty"`          // of its bank, SHA-256 in hex
	Source         string `json:"source,omitempty"`          // where it is published
	ReviewAnswered string `json:"review_answered"`           // the version that the review answered
	ReviewRevision int    `json:"review_revision,omitempty"` // the revision with which the review was last asked; none is the first
	ReviewDigest   string `json:"review_digest,omitempty"`   // first 12 hex digits of the digest of that revision
}

type jsonTally struct {
	Score         *float64 `json:"score"`
	Coverage      *float64 `json:"coverage"`
	InScope       int      `json:"in_scope"`
	NotApplicable int      `json:"not_applicable"`
	Answered      int      `json:"answered"`
	Unknown       int      `json:"cannot_determine"`
	Earned        float64  `json:"earned"`   // weight of what is in place
	Possible      float64  `json:"possible"` // weight of what was answered and applies
}

type jsonPart struct {
	ID         string    `json:"id"`
	Name       string    `json:"name"`
	About      string    `json:"about,omitempty"`
	Score      *float64  `json:"score"`
	Coverage   *float64  `json:"coverage"`
	Counts     jsonTally `json:"counts"`
	LayerBanks jsonTally `json:"layer_banks"`
	Risks      jsonRisks `json:"risks"`
	Findings   int       `json:"findings"`
}

type jsonRisks struct {
	High          int `json:"HIGH"`
	Medium        int `json:"MEDIUM"`
	None          int `json:"NONE"`
	Unanswered    int `json:"UNANSWERED"`
	NotApplicable int `json:"NOT_APPLICABLE"`
}

type jsonCell struct {
	Layer      string     `json:"layer"`
	Pillar     string     `json:"pillar"`
	Score      *float64   `json:"score"`
	Coverage   *float64   `json:"coverage"`
	Counts     jsonTally  `json:"counts"`
	LayerBanks jsonTally  `json:"layer_banks"`
	Findings   int        `json:"findings"`
	Worst      lens.Level `json:"worst,omitempty"`
}

type jsonQuestion struct {
	ID       string       `json:"id"`
	Title    string       `json:"title"`
	Pillar   string       `json:"pillar,omitempty"`
	Layer    string       `json:"layer,omitempty"` // of a layer bank
	Ask      string       `json:"ask"`
	Risk     scoring.Risk `json:"risk"`
	AWSRisk  scoring.Risk `json:"aws_risk"`
	Monotone scoring.Risk `json:"monotone_risk"`
	Accepted scoring.Risk `json:"accepted_risk"` // as it would be if what is waived were in place
	Best     scoring.Risk `json:"best_risk"`     // and what is unanswered or unknown, too
	Worst    scoring.Risk `json:"worst_risk"`    // if what is waived were in place and what is unanswered were not
	Complete bool         `json:"complete"`
	Differs  bool         `json:"differs"` // the letter of AWS's rules and their monotone form
}

type jsonPractice struct {
	Practice string     `json:"practice"`
	Title    string     `json:"title"`
	Question string     `json:"question"`
	Pillar   string     `json:"pillar"`
	Layers   []string   `json:"layers"`
	Severity lens.Level `json:"severity"`
	RatedBy  string     `json:"rated_by"`
	Effort   lens.Level `json:"effort"`
	Fix      lens.Fix   `json:"fix"`
}

type jsonAssessed struct {
	jsonPractice
	LayerBank bool           `json:"layer_bank"`       // not AWS's own
	Since     int            `json:"since,omitempty"`  // revision of the bank that first asked it; none is the first
	Answer    *review.Answer `json:"answer,omitempty"` // missing where there is none
	Line      int            `json:"line,omitempty"`   // of the answer in the review file
	Guidance  jsonGuidance   `json:"guidance"`
}

type jsonGuidance struct {
	Why       string          `json:"why"`
	How       []lens.HowStep  `json:"how"`
	Probes    []string        `json:"probes"`
	Evidence  []string        `json:"evidence"`
	RedFlags  []string        `json:"red_flags"`
	Resources []lens.Resource `json:"resources"`
	Services  []string        `json:"services"`
}

type jsonFinding struct {
	jsonPractice
	Status     review.Status    `json:"status"`
	Priority   int              `json:"priority"`
	Quadrant   scoring.Quadrant `json:"quadrant"`
	Horizon    scoring.Horizon  `json:"horizon"`
	Because    []string         `json:"because"`
	Compensate bool             `json:"compensate"`
	First      string           `json:"first_step"`
	Why        string           `json:"why"`
	Note       string           `json:"note,omitempty"`
	Evidence   []string         `json:"evidence,omitempty"`
	Owner      string           `json:"owner,omitempty"`
	Due        string           `json:"due,omitempty"`
	By         string           `json:"by,omitempty"`
	At         string           `json:"at,omitempty"`
	Waived     bool             `json:"waived"`
}

type jsonPlan struct {
	Now   []string `json:"now"`
	Next  []string `json:"next"`
	Later []string `json:"later"`
}

type jsonScenario struct {
	ID    string     `json:"id"`
	Name  string     `json:"name"`
	About string     `json:"about,omitempty"`
	Kind  lens.Kind  `json:"kind"`
	Steps []jsonStep `json:"steps"`
}

type jsonStep struct {
	Title       string            `json:"title"`
	Text        string            `json:"text"`
	State       scoring.StepState `json:"state"`
	Worst       lens.Level        `json:"worst,omitempty"`
	Findings    []string          `json:"findings"`
	NotAssessed []string          `json:"not_assessed"`
	Protected   []string          `json:"protected"`
}

type jsonWaiver struct {
	review.Waiver
	Title string              `json:"title"`
	State scoring.WaiverState `json:"state"`
	Days  int                 `json:"days_left"`
}

type jsonExclusion struct {
	jsonPractice
	Reason string `json:"reason"`
	By     string `json:"by,omitempty"`
}
