package customlens

import (
	"slices"
	"strings"

	"github.com/iotlens/iotlens/internal/jsonfile"
)

// An Object is a JSON object of a custom lens: a Lens, a Pillar, a Question and so on.
type Object interface {
	fields() []field // the known fields, in the order of AWS's specification
	meta() *ObjectMeta
}

func (p *ObjectMeta) meta() *ObjectMeta { return p }

// Keys lists the known fields of an object.
func Keys(o Object) []string {
	var out []string
	for _, f := range o.fields() {
		out = append(out, f.key)
	}
	return out
}

// Unknown lists the unknown fields of an object.
func Unknown(o Object) []Extra {
	keys := Keys(o)
	return slices.DeleteFunc(slices.Clone(o.meta().Extra), func(x Extra) bool { return slices.Contains(keys, x.Key) })
}

// WrongType reports whether the value of a known field has the wrong type, which Read has
// reported.
func (p *ObjectMeta) WrongType(key string) bool {
	return slices.ContainsFunc(p.Extra, func(x Extra) bool { return x.Key == key })
}

// A field is a known field of an object.
type field struct {
	key string
	value
}

// A value reads and writes the Go value of a field.
type value interface {
	kind() jsonfile.Kind // the expected JSON type
	set() bool           // the field is present
	read(r *reader, f jsonfile.Field)
	json() string
}

func (l *Lens) fields() []field {
	return []field{
		{"schemaVersion", &l.SchemaVersion},
		{"name", &l.Name},
		{"description", &l.Description},
		{"pillars", list[Pillar, *Pillar]{"a pillar", &l.Pillars, &l.PillarsAt}},
	}
}

func (p *Pillar) fields() []field {
	return []field{
		{"id", &p.ID},
		{"name", &p.Name},
		{"questions", list[Question, *Question]{"a question", &p.Questions, &p.QuestionsAt}},
	}
}

func (q *Question) fields() []field {
	return []field{
		{"id", &q.ID},
		{"title", &q.Title},
		{"description", &q.Description},
		{"helpfulResource", optional{&q.HelpfulResource}},
		{"choices", list[Choice, *Choice]{"a choice", &q.Choices, &q.ChoicesAt}},
		{"riskRules", list[RiskRule, *RiskRule]{"a rule", &q.RiskRules, &q.RiskRulesAt}},
	}
}

func (c *Choice) fields() []field {
	return []field{
		{"id", &c.ID},
		{"title", &c.Title},
		{"helpfulResource", optional{&c.HelpfulResource}},
		{"improvementPlan", optional{&c.ImprovementPlan}},
		{"additionalResources", list[Resources, *Resources]{"a group of resources", &c.AdditionalResources, &c.AdditionalAt}},
	}
}

func (r *Resources) fields() []field {
	return []field{
		{"type", &r.Type},
		{"content", list[Resource, *Resource]{"a resource", &r.Content, &r.ContentAt}},
	}
}

func (r *Resource) fields() []field {
	return []field{{"displayText", &r.DisplayText}, {"url", &r.URL}}
}

func (r *RiskRule) fields() []field {
	return []field{{"condition", &r.Condition}, {"risk", &r.Risk}}
}

func (t *Text) kind() jsonfile.Kind { return jsonfile.String }
func (t *Text) set() bool           { return t.Set }

func (t *Text) read(_ *reader, f jsonfile.Field) {
	*t = Text{Value: f.Value.Text, Set: true, KeyAt: f.KeyAt, At: f.Value.At}
}

func (t *Text) json() string { return Quote(t.Value) }

// optional is an object that may be absent.
type optional struct{ to **Resource }

func (o optional) kind() jsonfile.Kind { return jsonfile.Object }
func (o optional) set() bool           { return *o.to != nil }

func (o optional) read(r *reader, f jsonfile.Field) {
	*o.to = &Resource{KeyAt: f.KeyAt}
	r.object(f.Value, f.Key, *o.to)
}

func (o optional) json() string { return objectJSON(*o.to) }

// list is a list of objects.
type list[T any, P interface {
	*T
	Object
}] struct {
	item  string // what messages call an element
	items *[]T
	at    *jsonfile.Span
}

func (l list[T, P]) kind() jsonfile.Kind { return jsonfile.Array }
func (l list[T, P]) set() bool           { return *l.items != nil }

func (l list[T, P]) read(r *reader, f jsonfile.Field) {
	*l.items, *l.at = make([]T, 0, len(f.Value.Items)), f.Value.At
	for _, n := range f.Value.Items {
		var item T
		if r.object(n, l.item, P(&item)) {
			*l.items = append(*l.items, item)
		}
	}
}

func (l list[T, P]) json() string {
	var items []string
	for i := range *l.items {
		items = append(items, objectJSON(P(&(*l.items)[i])))
	}
	return "[" + strings.Join(items, ",") + "]"
}
