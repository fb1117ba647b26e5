// Package customlens reads and writes the custom lenses of the AWS
// Well-Architected Tool, and converts them to and from the banks of iotlens.
//
// Read returns a lens as plain values with their positions in the file, which lint
// reports. Write returns the JSON of a lens. Unknown fields are kept: a lens that is read
// and written again has the same JSON values, and its unknown fields stay where they were.
//
// Import converts a custom lens to a lens.Lens, Export a lens.Lens to a custom lens.
//
// Suggested reading order: doc.go has the values and fields.go their JSON fields, which
// read.go and write.go use; import.go, export.go and compose.go convert; preserve.go and
// texts.go keep what a bank has no field for.
//
// Source of the format: the custom lens specification of the WA Tool user guide,
// schema 2021-11-01.
package customlens

import "github.com/iotlens/iotlens/internal/jsonfile"

// SchemaVersion is the only known version of the format.
const SchemaVersion = "2021-11-01"

// A Doc is a parsed custom lens file.
type Doc struct {
	File     string
	Lens     Lens
	Root     *jsonfile.Node // the JSON as written
	Src      []byte
	Complete bool // false: parsing stopped before the end of the file
	lines    *jsonfile.Lines
}

// Position returns the line and column of a byte offset in the file, both from 1.
func (d *Doc) Position(offset int) (line, column int) { return d.lines.Position(offset) }

// A Text is the value of a text field.
type Text struct {
	Value string
	Set   bool // the field is present, even if empty
	KeyAt jsonfile.Span
	At    jsonfile.Span // quotes included
}

// NewText returns a present field without a position.
func NewText(s string) Text { return Text{Value: s, Set: true} }

// OptionalText is like NewText, but returns an absent field for an empty value.
func OptionalText(s string) Text { return Text{Value: s, Set: s != ""} }

// ObjectMeta is the part that all objects of the format have in common.
type ObjectMeta struct {
	Extra []Extra
	At    jsonfile.Span
}

// An Extra is a field that the format does not know, or a known one whose value
// has the wrong type.
type Extra struct {
	Key   string
	Raw   string // its value as written; invalid JSON only if Read reported problems
	After string // the key before it; empty for the first field
	KeyAt jsonfile.Span
	At    jsonfile.Span // of the value
}

// In the types below a list is nil if its field is absent, and empty if the field is an
// empty list.

// A Lens is a custom lens.
type Lens struct {
	SchemaVersion Text
	Name          Text
	Description   Text
	Pillars       []Pillar
	PillarsAt     jsonfile.Span
	ObjectMeta
}

// A Pillar groups questions.
type Pillar struct {
	ID          Text
	Name        Text
	Questions   []Question
	QuestionsAt jsonfile.Span
	ObjectMeta
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
	ObjectMeta
}

// A Choice is a best practice, or None of these.
type Choice struct {
	ID                  Text
	Title               Text
	HelpfulResource     *Resource
	ImprovementPlan     *Resource
	AdditionalResources []Resources
	AdditionalAt        jsonfile.Span
	ObjectMeta
}

// A Resource is a text with a link.
type Resource struct {
	DisplayText Text
	URL         Text
	KeyAt       jsonfile.Span // zero inside a list
	ObjectMeta
}

// Resources are further resources of one type: HELPFUL_RESOURCE or
// IMPROVEMENT_PLAN.
type Resources struct {
	Type      Text
	Content   []Resource
	ContentAt jsonfile.Span
	ObjectMeta
}

// A RiskRule gives the risk of a question where its condition holds.
type RiskRule struct {
	Condition Text // see package rules
	Risk      Text // HIGH_RISK, MEDIUM_RISK or NO_RISK
	ObjectMeta
}
