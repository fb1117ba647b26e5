// Package lens is the vocabulary of a Well-Architected review: the lens with
// its pillars, architecture layers, scenarios, questions and best practices.
//
// It holds values and look-ups, no files and no printing. Package catalog makes
// a checked Lens out of the YAML banks; everything else takes it from there.
// All lists are in lens order: the order in which AWS prints the lens, then the
// layer banks in the order of the layers. The words are those of the AWS
// Well-Architected IoT Lens of July 2025.
package lens

// A Lens is everything a review asks about.
type Lens struct {
	ID            string     // "aws-iot"
	Name          string     // as people say it
	Version       string     // the date of the lens that it carries
	Source        string     // where AWS publishes it
	Description   string     // what it covers
	Pillars       []Pillar   // six
	Layers        []Layer    // seven
	Scenarios     []Scenario // common IoT scenarios, each with its steps
	Lifecycle     []Term     // phases of a device's life
	DeviceClasses []Term
	Protocols     []Term
	Segments      []Term
	Power         []Term
	Connectivity  []Term
	Stages        []Term // of a product, from open design to retirement
	Services      []Service
	Resources     []Resource // reading list
	Weights       Weights
	Questions     []Question
}

// A Term is a word of the vocabulary with its meaning.
type Term struct {
	ID          string `yaml:"id" json:"id"`
	Name        string `yaml:"name" json:"name"`
	Description string `yaml:"description" json:"description"`
}

// A Pillar is one of the pillars of the Well-Architected Framework.
type Pillar struct {
	ID          string      `yaml:"id" json:"id"`
	Name        string      `yaml:"name" json:"name"`
	Description string      `yaml:"description" json:"description"`
	Principles  []Principle `yaml:"principles" json:"principles"`
	Areas       []Area      `yaml:"areas" json:"areas"`
	Room        []string    `yaml:"room" json:"room"` // who should be in the room, and why
}

// A Principle is a design principle of a pillar.
type Principle struct {
	Title string `yaml:"title" json:"title"`
	Text  string `yaml:"text" json:"text"`
}

// An Area is a best-practice area of a pillar.
type Area struct {
	ID   string `yaml:"id" json:"id"`
	Name string `yaml:"name" json:"name"`
}

// A Layer is one of the architecture layers of the IoT Lens.
type Layer struct {
	ID          string `yaml:"id" json:"id"`
	Name        string `yaml:"name" json:"name"`
	Prefix      string `yaml:"prefix" json:"prefix"` // of the ids of its own bank: EDGE in EDGE01
	Description string `yaml:"description" json:"description"`
}

// A Scenario is a common way in which devices and cloud work together.
type Scenario struct {
	ID          string `yaml:"id" json:"id"`
	Name        string `yaml:"name" json:"name"`
	Kind        Kind   `yaml:"kind" json:"kind"`
	Description string `yaml:"description" json:"description"`
	Steps       []Step `yaml:"steps" json:"steps"`
}

// Kind tells how the steps of a scenario hang together.
type Kind string

// The kinds of scenario.
const (
	Sequence Kind = "sequence" // one step after the other
	Options  Kind = "options"  // one or another
	Parts    Kind = "parts"    // elements of one picture
)

// Values lists the kinds.
func (Kind) Values() []string {
	return []string{string(Sequence), string(Options), string(Parts)}
}

// A Step is one step of a scenario.
type Step struct {
	Title     string   `yaml:"title" json:"title"`
	Text      string   `yaml:"text" json:"text"`
	Practices []string `yaml:"practices" json:"practices"` // the best practices that protect it
}

// A Service is an AWS service that banks may name.
type Service struct {
	Name      string        `yaml:"name" json:"name"`
	Purpose   string        `yaml:"purpose" json:"purpose"`
	Status    ServiceStatus `yaml:"status" json:"status"`
	Date      string        `yaml:"date" json:"date,omitempty"`           // since when the status holds, YYYY-MM-DD
	Successor string        `yaml:"successor" json:"successor,omitempty"` // what to use instead
	Source    string        `yaml:"source" json:"source,omitempty"`       // where AWS says so
}

// ServiceStatus tells whether a new design can use a service.
type ServiceStatus string

// The states of a service.
const (
	Available   ServiceStatus = "available"
	ClosedToNew ServiceStatus = "closed to new customers"
	ShutDown    ServiceStatus = "shut down"
)

// Values lists the states.
func (ServiceStatus) Values() []string {
	return []string{string(Available), string(ClosedToNew), string(ShutDown)}
}

// A Resource is a page to read.
type Resource struct {
	Title string `yaml:"title" json:"title"`
	URL   string `yaml:"url" json:"url"` // https
	About string `yaml:"about" json:"about,omitempty"`
}

// A Question groups best practices; its rules turn their answers into a risk.
type Question struct {
	ID        string     // IOTSEC05, or EDGE01 in a layer bank
	Pillar    string     // id of the pillar; empty in a layer bank
	Layer     string     // id of the layer whose bank it is in; empty in AWS's lens
	Title     string     // AWS's wording, letter for letter
	Ask       string     // the same in plain words
	Area      string     // id of the best-practice area; empty in a layer bank
	Minutes   int        // to plan for it in a workshop
	None      string     // AWS's id of the choice "None of these"; empty where its lens has none
	Rules     []Rule     // in order: the first that holds gives the risk
	Practices []Practice // one or more
}

// AWS tells whether the question is AWS's own, rather than of a layer bank.
func (q Question) AWS() bool { return q.Layer == "" }

// A Rule is a risk rule as AWS writes it. Package rules gives it a meaning.
type Rule struct {
	When string   `yaml:"when" json:"when"` // a condition over best-practice ids, or "default"
	Risk RuleRisk `yaml:"risk" json:"risk"`
}

// RuleRisk is the risk that a rule gives.
type RuleRisk string

// The risks of a rule. AWS writes them NO_RISK, MEDIUM_RISK and HIGH_RISK.
const (
	RuleNone   RuleRisk = "none"
	RuleMedium RuleRisk = "medium"
	RuleHigh   RuleRisk = "high"
)

// Values lists the risks, lowest first.
func (RuleRisk) Values() []string {
	return []string{string(RuleNone), string(RuleMedium), string(RuleHigh)}
}

// A Practice is a best practice: what an answer is given to.
type Practice struct {
	ID        string    // IOTSEC05-BP01
	Question  string    // id of its question
	Title     string    // AWS's wording, letter for letter
	Severity  Level     // risk if it is not followed
	RatedBy   string    // who rated the severity: "aws" or "iotlens"
	Pillar    string    // id
	Relates   []string  // in a layer bank: the AWS practices that it deepens
	Effort    Level     // to close the gap, for a typical team
	Fix       Fix       // where a gap can still be closed once devices are in the field
	Layers    []string  // ids, the most affected first
	Scenarios []string  // ids of the scenarios that it protects
	Lifecycle []string  // ids of the phases in which it matters
	AppliesTo AppliesTo // to which workloads; nothing means all
	Why       string    // the failure that it prevents, and how that comes about
	How       []HowStep // what to do, in order
	Probes    []string  // questions that show whether it is done
	Evidence  []string  // what to ask to be shown
	RedFlags  []string  // what is heard or seen where it is not done
	Resources []Resource
	Services  []string // names of AWS services
}

// A HowStep is one step of doing a best practice.
type HowStep struct {
	Do       string `yaml:"do" json:"do"`
	Guidance string `yaml:"guidance" json:"guidance,omitempty"` // id of the AWS guidance item that it answers
}

// Level is high, medium or low: a severity or an effort.
type Level string

// The levels.
const (
	High   Level = "high"
	Medium Level = "medium"
	Low    Level = "low"
)

// Values lists the levels, highest first.
func (Level) Values() []string { return []string{string(High), string(Medium), string(Low)} }

// Rank is 3 for high, 2 for medium, 1 for low, 0 for anything else.
func (l Level) Rank() int {
	switch l {
	case High:
		return 3
	case Medium:
		return 2
	case Low:
		return 1
	}
	return 0
}

// Fix tells where a gap can be closed once devices are in the field.
type Fix string

// The places, from the cheapest to the dearest.
const (
	Cloud      Fix = "cloud"
	OverTheAir Fix = "over-the-air"
	FieldVisit Fix = "field-visit"
	Hardware   Fix = "hardware"
)

// Values lists the places.
func (Fix) Values() []string {
	return []string{string(Cloud), string(OverTheAir), string(FieldVisit), string(Hardware)}
}

// AppliesTo narrows a best practice to some workloads. Within a list one match
// is enough; of several lists all must match; an empty list matches everything.
type AppliesTo struct {
	DeviceClasses []string `yaml:"device_classes" json:"device_classes,omitempty"`
	Protocols     []string `yaml:"protocols" json:"protocols,omitempty"`
	Segments      []string `yaml:"segments" json:"segments,omitempty"`
	Power         []string `yaml:"power" json:"power,omitempty"`
	Connectivity  []string `yaml:"connectivity" json:"connectivity,omitempty"`
}
