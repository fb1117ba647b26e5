// Package watool reads and writes the custom lenses of the AWS Well-Architected
// Tool.
//
// Read gives the lens as plain values, each with the place where it stands, so
// that lint can point at it; Write gives its JSON. What the format doesn't know
// is kept: a lens that is read and written again has the same JSON values, and
// its unknown fields stand where they stood. Source of the format: the custom
// lens specification of the WA Tool user guide, schema 2021-11-01.
package customlens

import "github.com/iotlens/iotlens/internal/jsonfile"

// SchemaVersion is the only version of the format that there is.
const SchemaVersion = "2021-11-01"

// A Doc is one file with a custom lens.
type Doc struct {
	File  string
	Lens  Lens
	Root  *jsonfile.Node // the JSON as it stands
	Src   []byte
	Whole bool // the file could be read to its end
	lines *jsonfile.Lines
}

// Place returns line and column of an offset in the file, both from 1.
func (d *Doc) Place(offset int) (line, column int) { return d.lines.Place(offset) }

// A Text is the value of a field.
type Text struct {
	Value string
	Set   bool // the field is there, be it empty
	KeyAt jsonfile.Span
	At    jsonfile.Span // quotes included
}

// Says makes a Text that stands in no file.
func Says(s string) Text { return Text{Value: s, Set: true} }

// Maybe is Says for a text, and an absent field for an empty one.
func Maybe(s string) Text { return Text{Value: s, Set: s != ""} }

// An Extra is a field that the format doesn't know, or a known one whose value
// is of a wrong type.
type Extra struct {
	Key   string
	Raw   string // its JSON, as written; not JSON only where Read has problems
	After string // the key before it; empty: it is the first
	KeyAt jsonfile.Span
	At    jsonfile.Span // of the value
}

// Lists are nil where the field is absent, and empty where it is an empty list.

// A Lens is a custom lens.
type Lens struct {
	SchemaVersion Text
	Name          Text
	Description   Text
	Pillars       []Pillar
	PillarsAt     jsonfile.Span
	Extra         []Extra
	At            jsonfile.Span
}

// A Pillar groups questions.
type Pillar struct {
	ID          Text
	Name        Text
	Questions   []Question
	QuestionsAt jsonfile.Span
	Extra       []Extra
	At          jsonfile.Span
}

// A Question is answered by selecting choices.
type Question struct {
	ID              Text
	Title           Text
	Description     Text
	HelpfulResource *Resource
	Choices         []Choice
	ChoicesAt       jsonfile.Span
	RiskRules       []RiskRule
	RiskRulesAt     jsonfile.Span
	Extra           []Extra
	At              jsonfile.Span
}

// A Choice is a best practice, or None of these.
type Choice struct {
	ID                  Text
	Title               Text
	HelpfulResource     *Resource
	ImprovementPlan     *Resource
	AdditionalResources []Resources
	AdditionalAt        jsonfile.Span
	Extra               []Extra
	At                  jsonfile.Span
}

// A Resource is a text with a link.
type Resource struct {
	DisplayText Text
	URL         Text
	Extra       []Extra
	KeyAt       jsonfile.Span // nowhere inside a list
	At          jsonfile.Span
}

// Resources are further resources of one type: HELPFUL_RESOURCE or
// IMPROVEMENT_PLAN.
type Resources struct {
	Type      Text
	Content   []Resource
	ContentAt jsonfile.Span
	Extra     []Extra
	At        jsonfile.Span
}

// A RiskRule gives the risk of a question where its condition holds.
type RiskRule struct {
	Condition Text // see package rules
	Risk      Text // HIGH_RISK, MEDIUM_RISK or NO_RISK
	Extra     []Extra
	At        jsonfile.Span
}
