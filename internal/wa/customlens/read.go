package customlens

import (
	"fmt"
	"slices"
	"sort"

	"github.com/iotlens/iotlens/internal/jsonfile"
)

// Read reads a custom lens. All problems are told at once: where the file is not
// JSON, where a value is of a wrong type. What the format asks beyond that
// (fields that must be there, limits, sound rules) is for lint to say. The Doc
// is never nil and holds what could be understood; where there are problems it
// is good for telling more of them, and for nothing else.
func Read(name string, data []byte) (*Doc, Problems) {
	r := &reader{doc: &Doc{File: name, Src: data, lines: jsonfile.NewLines(data)}}
	root, problems := jsonfile.Parse(data)
	r.doc.Whole = true
	for _, p := range problems {
		r.doc.Whole = r.doc.Whole && !p.Last
		r.problem(p.Class, p.At, "%s", p.Text)
	}
	r.doc.Root = root
	r.lens(root)
	sort.SliceStable(r.problems, func(i, j int) bool { return r.problems[i].At.From < r.problems[j].At.From })
	return r.doc, r.problems
}

type reader struct {
	doc      *Doc
	problems Problems
}

func (r *reader) problem(c jsonfile.Class, at jsonfile.Span, format string, args ...any) {
	line, column := r.doc.Place(at.From)
	r.problems = append(r.problems, Problem{r.doc.File, line, column, c, at, fmt.Sprintf(format, args...)})
}

func (r *reader) lens(n *jsonfile.Node) {
	o, ok := r.object(n, "a custom lens")
	if !ok {
		return
	}
	l := &r.doc.Lens
	l.At = n.At
	l.SchemaVersion, l.Name, l.Description = o.text("schemaVersion"), o.text("name"), o.text("description")
	l.Pillars, l.PillarsAt = list(o, "pillars", "a pillar", r.pillar)
	l.Extra = o.extra()
}

func (r *reader) pillar(o *object) (p Pillar) {
	p.ID, p.Name = o.text("id"), o.text("name")
	p.Questions, p.QuestionsAt = list(o, "questions", "a question", r.question)
	p.Extra, p.At = o.extra(), o.node.At
	return p
}

func (r *reader) question(o *object) (q Question) {
	q.ID, q.Title, q.Description = o.text("id"), o.text("title"), o.text("description")
	q.HelpfulResource = o.resource("helpfulResource")
	q.Choices, q.ChoicesAt = list(o, "choices", "a choice", r.choice)
	q.RiskRules, q.RiskRulesAt = list(o, "riskRules", "a rule", r.rule)
	q.Extra, q.At = o.extra(), o.node.At
	return q
}

func (r *reader) choice(o *object) (c Choice) {
	c.ID, c.Title = o.text("id"), o.text("title")
	c.HelpfulResource, c.ImprovementPlan = o.resource("helpfulResource"), o.resource("improvementPlan")
	c.AdditionalResources, c.AdditionalAt = list(o, "additionalResources", "a group of resources", r.resources)
	c.Extra, c.At = o.extra(), o.node.At
	return c
}

func (r *reader) resources(o *object) (a Resources) {
	a.Type = o.text("type")
	a.Content, a.ContentAt = list(o, "content", "a resource", r.content)
	a.Extra, a.At = o.extra(), o.node.At
	return a
}

func (r *reader) content(o *object) (c Resource) {
	c.DisplayText, c.URL = o.text("displayText"), o.text("url")
	c.Extra, c.At = o.extra(), o.node.At
	return c
}

func (r *reader) rule(o *object) (x RiskRule) {
	x.Condition, x.Risk = o.text("condition"), o.text("risk")
	x.Extra, x.At = o.extra(), o.node.At
	return x
}

// An object is a JSON object whose fields are being taken; what nobody takes is
// extra.
type object struct {
	r     *reader
	node  *jsonfile.Node
	taken []string
}

func (r *reader) object(n *jsonfile.Node, what string) (*object, bool) {
	if n.Kind != jsonfile.Object {
		if n.Kind != jsonfile.Broken {
			r.problem(WrongType, n.At, "%s is an object in { }, not %s", what, n.Kind)
		}
		return nil, false
	}
	return &object{r: r, node: n}, true
}

// take returns a field of the wanted kind. Of another kind it is a problem, and
// the field is left for extra.
func (o *object) take(key string, want jsonfile.Kind) (jsonfile.Field, bool) {
	f, ok := o.node.Field(key)
	if !ok || f.Value.Kind == jsonfile.Broken {
		return f, false
	}
	if f.Value.Kind != want {
		o.r.problem(WrongType, f.Value.At, "%s must be %s, not %s", key, want, f.Value.Kind)
		return f, false
	}
	o.taken = append(o.taken, key)
	return f, true
}

func (o *object) text(key string) Text {
	f, ok := o.take(key, jsonfile.String)
	if !ok {
		return Text{}
	}
	return Text{Value: f.Value.Text, Set: true, KeyAt: f.KeyAt, At: f.Value.At}
}

func (o *object) resource(key string) *Resource {
	f, ok := o.take(key, jsonfile.Object)
	if !ok {
		return nil
	}
	in, _ := o.r.object(f.Value, key)
	c := o.r.content(in)
	c.KeyAt = f.KeyAt
	return &c
}

func list[T any](o *object, key, what string, read func(*object) T) ([]T, jsonfile.Span) {
	f, ok := o.take(key, jsonfile.Array)
	if !ok {
		return nil, jsonfile.Span{}
	}
	items := make([]T, 0, len(f.Value.Items))
	for _, n := range f.Value.Items {
		if in, ok := o.r.object(n, what); ok {
			items = append(items, read(in))
		}
	}
	return items, f.Value.At
}

// extra returns the fields that nobody took, in order; of a repeated key the
// last counts.
func (o *object) extra() []Extra {
	if len(o.node.Fields) == len(o.taken) {
		return nil
	}
	last := make(map[string]int, len(o.node.Fields))
	for i, f := range o.node.Fields {
		last[f.Key] = i
	}
	var out []Extra
	before := ""
	for i, f := range o.node.Fields {
		if last[f.Key] != i {
			continue
		}
		if !slices.Contains(o.taken, f.Key) {
			raw := string(o.r.doc.Src[f.Value.At.From:f.Value.At.To])
			out = append(out, Extra{Key: f.Key, Raw: raw, After: before, KeyAt: f.KeyAt, At: f.Value.At})
		}
		before = f.Key
	}
	return out
}

// wholeLens takes a lens without its pillars.
func (r *reader) wholeLens(o *object) Lens {
	l := Lens{SchemaVersion: o.text("schemaVersion"), Name: o.text("name"), Description: o.text("description")}
	l.Extra, l.At = o.extra(), o.node.At
	return l
}
