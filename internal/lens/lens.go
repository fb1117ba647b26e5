// Package lens has the types of a lens: pillars, architecture layers, scenarios, questions and best
// practices, with look-ups by id. It does no I/O: package bank reads the YAML banks and makes a
// checked Lens of them.
//
// All lists are in lens order: the order in which AWS prints the lens, then the layer banks in the
// order of the layers. The terms are those of the AWS Well-Architected IoT Lens of July 2025.
//
// Other lenses have the same types and may have less: no layers, no scenarios, no terms for the
// profile of a workload, no efforts and no fixes. Nothing here assumes what a lens has.
package lens

import (
	"cmp"
	"slices"
	"strings"
)

// A Lens is everything that a review asks about. Its yaml tags are the keys of
// pillars/lens.yaml in their order, its json tags those of lens list.
type Lens struct {
	ID          string `yaml:"id,omitempty" json:"id"`                   // "aws-iot"
	Name        string `yaml:"name,omitempty" json:"name"`               // as people use it
	Short       string `yaml:"short,omitempty" json:"short"`             // name for narrow columns; never empty
	By          string `yaml:"by,omitempty" json:"by,omitempty"`         // who publishes it: "AWS"; may be empty
	Version     string `yaml:"version,omitempty" json:"version"`         // the date of the lens that it carries
	Revision    int    `yaml:"revision,omitempty" json:"revision"`       // number of the state of its bank, from 1 on; it only grows, across versions too
	Digest      string `yaml:"-" json:"digest"`                          // SHA-256 of its content in hex, however its files are laid out; empty if it was not read from a bank
	Source      string `yaml:"source,omitempty" json:"source"`           // where it is published; may be empty
	Description string `yaml:"description,omitempty" json:"description"` // what it covers

	Promises    []Promise `yaml:"promises,omitempty" json:"promises"`         // what its author guarantees
	Scoring     Scoring   `yaml:"scoring,omitempty" json:"scoring,omitempty"` // how its rules are read unless asked otherwise; empty: monotone
	WA          WA        `yaml:"wa,omitempty" json:"wa,omitzero"`            // what only the WA Tool's JSON has
	PillarFiles []string  `yaml:"pillars,omitempty" json:"-"`                 // only in lens.yaml: ids of the pillars, each of which has a file
	Pillars     []Pillar  `yaml:"-" json:"pillars"`                           // of the IoT Lens six

	Layers         []Layer    `yaml:"layers,omitempty" json:"layers"`         // of the IoT Lens seven; may be none
	Parts          []Part     `yaml:"parts,omitempty" json:"parts,omitempty"` // banks of our own beside those of the layers; may be none
	Scenarios      []Scenario `yaml:"scenarios,omitempty" json:"scenarios"`   // common IoT scenarios, each with its steps
	Lifecycle      []Term     `yaml:"lifecycle,omitempty" json:"lifecycle"`   // phases of a device's life
	DeviceClasses  []Term     `yaml:"device_classes,omitempty" json:"device_classes"`
	Protocols      []Term     `yaml:"protocols,omitempty" json:"protocols"`
	Segments       []Term     `yaml:"segments,omitempty" json:"segments"`
	Power          []Term     `yaml:"power,omitempty" json:"power"`
	Connectivity   []Term     `yaml:"connectivity,omitempty" json:"connectivity"`
	Stages         []Term     `yaml:"stages,omitempty" json:"stages"`                             // of a product, from open design to retirement
	Markets        []Term     `yaml:"markets,omitempty" json:"markets,omitempty"`                 // where a product is sold
	Audiences      []Term     `yaml:"audiences,omitempty" json:"audiences,omitempty"`             // to whom it is sold
	ProductClasses []Term     `yaml:"product_classes,omitempty" json:"product_classes,omitempty"` // its class in product law
	Facts          []Fact     `yaml:"facts,omitempty" json:"facts,omitempty"`                     // of a workload, that best practices refer to; may be none
	Stakes         []Stake    `yaml:"stakes,omitempty" json:"stakes,omitempty"`                   // what a gap can cost; may be none
	Services       []Service  `yaml:"services,omitempty" json:"services"`
	Resources      []Resource `yaml:"resources,omitempty" json:"resources"`       // reading list
	Retired        []Retired  `yaml:"retired,omitempty" json:"retired,omitempty"` // what earlier revisions asked and this one doesn't
	Weights        Weights    `yaml:"weights,omitempty" json:"weights"`
	Questions      []Question `yaml:"-" json:"questions"`
}

// A Promise is a property of a lens that its author guarantees and package bank checks.
type Promise string

// The promises.
const (
	Cards Promise = "cards" // every best practice has its whole card, and ids have the form of the shipped bank's
	Rules Promise = "rules" // risk rules end in a default, name what there is, and give no risk for everything
)

// Values lists the promises.
func (Promise) Values() []string { return Strings(Cards, Rules) }

// Strings converts values of a string type to strings.
func Strings[T ~string](values ...T) []string {
	out := make([]string, len(values))
	for i, v := range values {
		out[i] = string(v)
	}
	return out
}

// Scoring is how the rules of a lens are read to rate the risk of a question.
type Scoring string

// The scoring modes.
const (
	ScoringMonotone Scoring = "monotone" // the lowest risk over all answers that are part of the one given: doing more never hurts
	ScoringAWS      Scoring = "aws"      // the letter of the rules, as in the WA Tool
)

// Values lists the modes.
func (Scoring) Values() []string { return Strings(ScoringMonotone, ScoringAWS) }

// Promised reports whether the author of the lens makes a promise.
func (l *Lens) Promised(p Promise) bool { return slices.Contains(l.Promises, p) }

// WA is what only the JSON of the AWS Well-Architected Tool has. It is empty in a lens that was not imported.
type WA struct {
	ID      string   `yaml:"id,omitempty" json:"id,omitempty"`           // its id there, where it doesn't follow from the id here
	JSON    string   `yaml:"json,omitempty" json:"json,omitempty"`       // an object with the fields whose values would otherwise be lost
	Without []string `yaml:"without,omitempty" json:"without,omitempty"` // fields that are not there although others of its kind have them
}

// A Term is a word of the vocabulary with its meaning.
type Term struct {
	ID          string `yaml:"id,omitempty" json:"id"`
	Name        string `yaml:"name,omitempty" json:"name"`
	Description string `yaml:"description,omitempty" json:"description"`
}

// A Pillar is one of the pillars of the Well-Architected Framework.
type Pillar struct {
	ID          string      `yaml:"id,omitempty" json:"id"`
	Name        string      `yaml:"name,omitempty" json:"name"`
	Description string      `yaml:"description,omitempty" json:"description"`
	Principles  []Principle `yaml:"principles,omitempty" json:"principles"`
	Areas       []Area      `yaml:"areas,omitempty" json:"areas"`
	Room        []Role      `yaml:"room,omitempty" json:"room"`                     // who should be in the room; may be empty
	Order       []string    `yaml:"questions,omitempty" json:"questions,omitempty"` // ids of its questions, where they are not in the order of their ids
	WA          WA          `yaml:"wa,omitempty" json:"wa,omitzero"`
}

// A Principle is a design principle of a pillar.
type Principle struct {
	Title string `yaml:"title,omitempty" json:"title"`
	Text  string `yaml:"text,omitempty" json:"text"`
}

// An Area is a best-practice area of a pillar.
type Area struct {
	ID   string `yaml:"id,omitempty" json:"id"`
	Name string `yaml:"name,omitempty" json:"name"`
}

// A Layer is one of the architecture layers of the IoT Lens.
type Layer struct {
	ID          string `yaml:"id,omitempty" json:"id"`
	Name        string `yaml:"name,omitempty" json:"name"`
	Prefix      string `yaml:"prefix,omitempty" json:"prefix"` // of the ids of its own bank: EDGE in EDGE01
	Description string `yaml:"description,omitempty" json:"description"`
}

// A Part is a bank of our own that belongs to no layer, such as the one about the product as it is
// sold. Its questions are in a folder with its id, and their ids begin with its prefix.
type Part struct {
	ID          string `yaml:"id,omitempty" json:"id"`
	Name        string `yaml:"name,omitempty" json:"name"`
	Prefix      string `yaml:"prefix,omitempty" json:"prefix"` // of the ids of its questions: PRODUCT in PRODUCT01
	Description string `yaml:"description,omitempty" json:"description"`
	Needs       Need   `yaml:"needs,omitempty" json:"needs,omitempty"` // what the profile must say before its questions are asked; empty: they always are
}

// Need is a key of the profile that must be set before the questions of a part are asked.
type Need string

// NeedMarkets is the key for where the product is sold.
const NeedMarkets Need = "markets"

// Values lists the keys.
func (Need) Values() []string { return Strings(NeedMarkets) }

// A Scenario is a common way in which devices and cloud work together.
type Scenario struct {
	ID          string       `yaml:"id,omitempty" json:"id"`
	Name        string       `yaml:"name,omitempty" json:"name"`
	Kind        ScenarioKind `yaml:"kind,omitempty" json:"kind"`
	Description string       `yaml:"description,omitempty" json:"description"`
	Steps       []Step       `yaml:"steps,omitempty" json:"steps"`
}

// ScenarioKind tells how the steps of a scenario relate to each other.
type ScenarioKind string

// The kinds of scenario.
const (
	ScenarioSequence ScenarioKind = "sequence" // one step after the other
	ScenarioOptions  ScenarioKind = "options"  // one or another
	ScenarioParts    ScenarioKind = "parts"    // elements of one picture
)

// Values lists the kinds.
func (ScenarioKind) Values() []string {
	return Strings(ScenarioSequence, ScenarioOptions, ScenarioParts)
}

// A Step is one step of a scenario.
type Step struct {
	Title     string   `yaml:"title,omitempty" json:"title"`
	Text      string   `yaml:"text,omitempty" json:"text"`
	Practices []string `yaml:"practices,omitempty" json:"practices"` // the best practices that protect it
}

// A Service is an AWS service that banks may name.
type Service struct {
	Name      string        `yaml:"name,omitempty" json:"name"`
	Purpose   string        `yaml:"purpose,omitempty" json:"purpose"`
	Status    ServiceStatus `yaml:"status,omitempty" json:"status"`
	Date      string        `yaml:"date,omitempty" json:"date,omitempty"`           // since when the service has the status, YYYY-MM-DD
	Successor string        `yaml:"successor,omitempty" json:"successor,omitempty"` // what to use instead
	Source    string        `yaml:"source,omitempty" json:"source,omitempty"`       // AWS's announcement
	Checked   string        `yaml:"checked,omitempty" json:"checked,omitempty"`     // when its status was last compared with AWS's pages, YYYY-MM-DD
}

// ServiceStatus says whether a new design can use a service.
type ServiceStatus string

// The states of a service.
const (
	Available   ServiceStatus = "available"
	ClosedToNew ServiceStatus = "closed to new customers"
	ShutDown    ServiceStatus = "shut down"
)

// Values lists the states.
func (ServiceStatus) Values() []string {
	return Strings(Available, ClosedToNew, ShutDown)
}

// A Resource is a page to read.
type Resource struct {
	Title string `yaml:"title,omitempty" json:"title"`
	URL   string `yaml:"url,omitempty" json:"url"` // https
	About string `yaml:"about,omitempty" json:"about,omitempty"`
	For   Place  `yaml:"for,omitempty" json:"for,omitempty"` // in an imported lens: its field in the WA Tool's JSON
}

// Place is the field of a link in the JSON of the WA Tool.
type Place string

// The places.
const (
	ForPlan     Place = "plan"      // improvementPlan
	ForHelp     Place = "help"      // helpfulResource
	ForMorePlan Place = "more-plan" // additionalResources of the type IMPROVEMENT_PLAN
	ForMoreHelp Place = "more-help" // additionalResources of the type HELPFUL_RESOURCE
)

// Values lists the places.
func (Place) Values() []string {
	return Strings(ForPlan, ForHelp, ForMorePlan, ForMoreHelp)
}

// IsLink reports whether a text is a link that can be shown and followed safely: https, or http if
// secure is false.
func IsLink(url string, secure bool) bool {
	rest, ok := strings.CutPrefix(url, "https://")
	if !ok && !secure {
		rest, ok = strings.CutPrefix(url, "http://")
	}
	return ok && rest != "" && !strings.ContainsAny(url, " \t\n\"<>")
}

// A Question groups best practices; its rules turn their answers into a risk.
// Its yaml tags are the keys of its file in their order.
type Question struct {
	ID          string     `yaml:"id,omitempty" json:"id"` // IOTSEC05, or EDGE01 in a layer bank
	WA          WA         `yaml:"wa,omitempty" json:"wa,omitzero"`
	Since       int        `yaml:"since,omitempty" json:"since,omitempty"`             // revision of the bank that first asked it; 0 means 1
	Pillar      string     `yaml:"-" json:"pillar,omitempty"`                          // id of the pillar; empty in the bank of a layer or a part
	Layer       string     `yaml:"-" json:"layer,omitempty"`                           // id of the layer whose bank it is in; empty in the lens itself and in a part
	Part        string     `yaml:"-" json:"part,omitempty"`                            // id of the part whose bank it is in; empty elsewhere
	Title       string     `yaml:"title,omitempty" json:"title"`                       // AWS's wording, letter for letter
	Topic       string     `yaml:"topic,omitempty" json:"topic,omitempty"`             // what it is about in two to four words, for lists; may be empty
	Ask         string     `yaml:"ask,omitempty" json:"ask"`                           // the same in plain words; the title where the lens has none
	Asks        []Wording  `yaml:"asks,omitempty" json:"asks,omitempty"`               // Ask for segments in which its example would be out of place
	FollowUps   []string   `yaml:"follow_ups,omitempty" json:"follow_ups,omitempty"`   // what to ask once Ask was answered
	Description string     `yaml:"description,omitempty" json:"description,omitempty"` // what it is about, where the title needs it
	Help        string     `yaml:"help,omitempty" json:"help,omitempty"`               // background to it
	Area        string     `yaml:"area,omitempty" json:"area,omitempty"`               // id of the best-practice area; empty in a layer bank
	Minutes     int        `yaml:"minutes,omitempty" json:"minutes"`                   // to plan for it in a workshop
	Core        Core       `yaml:"core,omitempty" json:"core,omitzero"`                // why no workshop should skip it; zero: it may
	None        string     `yaml:"none,omitempty" json:"none,omitempty"`               // AWS's id of the choice "None of these"; empty if its lens has none
	NoneChoice  NoneChoice `yaml:"none_choice,omitempty" json:"none_choice,omitzero"`  // what else is known of that choice
	Resources   []Resource `yaml:"resources,omitempty" json:"resources,omitempty"`
	Rules       []Rule     `yaml:"rules,omitempty" json:"rules"`         // in order: the first that is true gives the risk
	Practices   []Practice `yaml:"practices,omitempty" json:"practices"` // one or more
}

// A Core says why no workshop should skip a question.
type Core struct {
	OneOf string `yaml:"one_of,omitempty" json:"one_of,omitempty"` // a group: the shortest plan holds one of its questions; may be empty
	Why   string `yaml:"why,omitempty" json:"why"`                 // in one clause; empty: the question is not core
}

// A Wording is the plain form of a question for certain segments.
type Wording struct {
	Segments []string `yaml:"segments,omitempty" json:"segments"` // ids
	Ask      string   `yaml:"ask,omitempty" json:"ask"`
}

// AskFor is the plain form of the question for the segment of a workload, which may
// be empty.
func (q Question) AskFor(segment string) string {
	for _, w := range q.Asks {
		if slices.Contains(w.Segments, segment) {
			return w.Ask
		}
	}
	return q.Ask
}

// Label is the question in a list: its topic, or its plain form where the lens has no
// topics.
func (q Question) Label() string { return cmp.Or(q.Topic, q.Ask, q.Title) }

// A NoneChoice is the choice "None of these" of a question.
type NoneChoice struct {
	Title string `yaml:"title,omitempty" json:"title,omitempty"` // empty: None of these
	At    int    `yaml:"at,omitempty" json:"at,omitempty"`       // its place among the choices, from 1; 0: the last
	WA    WA     `yaml:"wa,omitempty" json:"wa,omitzero"`
}

// NoneOfThese is the name of the choice where a lens has none.
const NoneOfThese = "None of these"

// AWS reports whether the question is one of the lens itself, not of the bank of a layer or a part.
func (q Question) AWS() bool { return q.Layer == "" && q.Part == "" }

// A Rule is a risk rule as AWS writes it. Package rules gives it a meaning.
type Rule struct {
	When string   `yaml:"when,omitempty" json:"when"` // a condition over best-practice ids and the id of None, or "default"
	Risk RuleRisk `yaml:"risk,omitempty" json:"risk"`
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
	return Strings(RuleNone, RuleMedium, RuleHigh)
}

// A Practice is a best practice: what an answer is given to. Its yaml tags are
// the keys in the file of its question in their order.
type Practice struct {
	ID          string              `yaml:"id,omitempty" json:"id"` // IOTSEC05-BP01
	Question    string              `yaml:"-" json:"-"`             // id of its question
	Part        string              `yaml:"-" json:"-"`             // id of the part whose bank it is in; mostly empty
	WA          WA                  `yaml:"wa,omitempty" json:"wa,omitzero"`
	Since       int                 `yaml:"since,omitempty" json:"since,omitempty"`              // revision of the bank that first asked it; 0 means 1
	Title       string              `yaml:"title,omitempty" json:"title"`                        // AWS's wording, letter for letter
	Kind        ChoiceKind          `yaml:"kind,omitempty" json:"kind,omitempty"`                // empty: a best practice, which all others of the question add to
	Severity    Level               `yaml:"severity,omitempty" json:"severity"`                  // risk if it is not followed
	RatedBy     Rater               `yaml:"rated_by,omitempty" json:"rated_by"`                  // who rated the severity
	OwnSeverity OwnSeverity         `yaml:"own_severity,omitempty" json:"own_severity,omitzero"` // ours, where it differs
	Pillar      string              `yaml:"pillar,omitempty" json:"pillar"`                      // id
	Relates     []string            `yaml:"relates,omitempty" json:"relates"`                    // in a layer bank: the AWS practices that it deepens, the closest first
	Effort      Level               `yaml:"effort,omitempty" json:"effort"`                      // to close the gap, for a typical team; empty: unknown
	Fix         Fix                 `yaml:"fix,omitempty" json:"fix"`                            // where a gap can still be closed once devices are in the field; empty: unknown
	Closes      Closing             `yaml:"closes,omitempty" json:"closes,omitempty"`            // until when what decides it is open; empty: at any time
	AtStake     []string            `yaml:"at_stake,omitempty" json:"at_stake,omitempty"`        // ids of what a gap costs at worst, the most important first
	Worse       []string            `yaml:"worse,omitempty" json:"worse,omitempty"`              // ids of the facts that make a gap worse
	Layers      []string            `yaml:"layers,omitempty" json:"layers"`                      // ids, the most affected first
	Scenarios   []string            `yaml:"scenarios,omitempty" json:"scenarios"`                // ids of the scenarios that it protects
	Lifecycle   []string            `yaml:"lifecycle,omitempty" json:"lifecycle"`                // ids of the phases in which it matters
	Meets       map[string][]string `yaml:"meets,omitempty" json:"meets,omitempty"`              // by id of a framework: ids of provisions that it answers fully, beside those that the framework itself says
	AppliesTo   Condition           `yaml:"applies_to,omitempty" json:"applies_to"`              // to which workloads; nothing means all
	AskedOf     Condition           `yaml:"asked_of,omitempty" json:"asked_of,omitzero"`         // of which of them it is asked; the others answer it on demand; nothing means all
	Why         string              `yaml:"why,omitempty" json:"why"`                            // the failure that it prevents, and how that comes about
	How         []HowStep           `yaml:"how,omitempty" json:"how"`                            // what to do, in order
	Probes      []string            `yaml:"probes,omitempty" json:"probes"`                      // questions that show whether it is done
	Evidence    []string            `yaml:"evidence,omitempty" json:"evidence"`                  // what to ask to be shown
	RedFlags    []string            `yaml:"red_flags,omitempty" json:"red_flags"`                // what is heard or seen where it is not done
	Resources   []Resource          `yaml:"resources,omitempty" json:"resources"`
	Services    []string            `yaml:"services,omitempty" json:"services"` // names of AWS services
}

// An OwnSeverity is the severity that our bank gives a best practice, if it differs from the
// published one.
type OwnSeverity struct {
	Level Level  `yaml:"level,omitempty" json:"level"`
	Why   string `yaml:"why,omitempty" json:"why"` // in one sentence
}

// Rated is the severity that priorities use: that of OwnSeverity if there is one.
func (p *Practice) Rated() Level { return cmp.Or(p.OwnSeverity.Level, p.Severity) }

// ChoiceKind is what a choice of a custom lens is. A bank calls all of them practices.
type ChoiceKind string

// The kinds of choice.
const (
	BestPractice ChoiceKind = ""            // to be in place; written practice, or left out
	Alternative  ChoiceKind = "alternative" // one of several ways: needed until the question needs no more
	Negative     ChoiceKind = "negative"    // no, or don't know: a finding where it holds
	FactChoice   ChoiceKind = "fact"        // size or context: neither good nor bad
)

// Values lists the kinds.
func (ChoiceKind) Values() []string {
	return append([]string{"practice"}, Strings(Alternative, Negative, FactChoice)...)
}

// Rater is who rated a severity.
type Rater string

// The raters.
const (
	RatedByAWS    Rater = "aws"     // AWS publishes it for the practice
	RatedByUs     Rater = "iotlens" // AWS publishes none
	RatedByAuthor Rater = "lens"    // the author of a lens that isn't AWS's
	RatedByRules  Rater = "rules"   // it follows from the risk rules of the question
)

// Values lists the raters.
func (Rater) Values() []string {
	return Strings(RatedByAWS, RatedByUs, RatedByAuthor, RatedByRules)
}

// A HowStep is one step of doing a best practice.
type HowStep struct {
	Do       string `yaml:"do,omitempty" json:"do"`
	Guidance string `yaml:"guidance,omitempty" json:"guidance,omitempty"` // id of the AWS guidance item that it answers
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
func (Level) Values() []string { return Strings(High, Medium, Low) }

// String is the level for people; "unknown" if it is empty.
func (l Level) String() string { return cmp.Or(string(l), unknown) }

const unknown = "unknown"

// Critical is a severity in reviews of other tools. No lens has it.
const Critical Level = "critical"

// Rank is 4 for critical, 3 for high, 2 for medium, 1 for low, 0 for anything else.
func (l Level) Rank() int {
	switch l {
	case Low:
		return 1
	case Medium:
		return 2
	case High:
		return 3
	case Critical:
		return 4
	}
	return 0
}

// Sign is a symbol for a severity: ▲ high, ■ medium, ● low; empty for anything else.
func (l Level) Sign() string { return map[Level]string{High: "▲", Medium: "■", Low: "●"}[l] }

// Fix is where a gap can be fixed once devices are in the field.
type Fix string

// The places, from the cheapest to the most expensive.
const (
	Process    Fix = "process" // a contract or a way of working
	Cloud      Fix = "cloud"
	OverTheAir Fix = "over-the-air"
	FieldVisit Fix = "field-visit"
	Hardware   Fix = "hardware"
)

// String is the place for people.
func (f Fix) String() string { return cmp.Or(string(f), unknown) }

// Values lists the places.
func (Fix) Values() []string {
	return Strings(Process, Cloud, OverTheAir, FieldVisit, Hardware)
}
