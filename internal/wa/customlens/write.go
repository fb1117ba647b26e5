package customlens

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
)

// Write gives the JSON of a lens: two blanks a level, the fields in the order of
// AWS's specification, unknown fields after the field which they followed. The
// same lens gives the same bytes. An Extra whose Raw is no JSON is an error.
func Write(l *Lens) ([]byte, error) {
	w := &writer{}
	w.object(l.Extra, lensKnown(*l))
	if w.err != nil {
		return nil, w.err
	}
	var out bytes.Buffer
	if err := json.Indent(&out, w.b.Bytes(), "", "  "); err != nil {
		return nil, err
	}
	out.WriteByte('\n')
	return out.Bytes(), nil
}

// A field writes its value; one without a writer is absent.
type field struct {
	key   string
	value func(*writer)
}

type writer struct {
	b   bytes.Buffer
	err error
}

func lensKnown(l Lens) []field {
	return []field{
		{"schemaVersion", text(l.SchemaVersion)},
		{"name", text(l.Name)},
		{"description", text(l.Description)},
		{"pillars", items(l.Pillars, pillar)},
	}
}

func pillarKnown(p Pillar) []field {
	return []field{{"id", text(p.ID)}, {"name", text(p.Name)}, {"questions", items(p.Questions, question)}}
}

func questionKnown(q Question) []field {
	return []field{
		{"id", text(q.ID)},
		{"title", text(q.Title)},
		{"description", text(q.Description)},
		{"helpfulResource", resource(q.HelpfulResource)},
		{"choices", items(q.Choices, choice)},
		{"riskRules", items(q.RiskRules, rule)},
	}
}

func choiceKnown(c Choice) []field {
	return []field{
		{"id", text(c.ID)},
		{"title", text(c.Title)},
		{"helpfulResource", resource(c.HelpfulResource)},
		{"improvementPlan", resource(c.ImprovementPlan)},
		{"additionalResources", items(c.AdditionalResources, resources)},
	}
}

func pillar(w *writer, p Pillar) { w.object(p.Extra, pillarKnown(p)) }

func question(w *writer, q Question) { w.object(q.Extra, questionKnown(q)) }

func choice(w *writer, c Choice) { w.object(c.Extra, choiceKnown(c)) }

func resources(w *writer, a Resources) {
	w.object(a.Extra, []field{{"type", text(a.Type)}, {"content", items(a.Content, content)}})
}

func content(w *writer, c Resource) {
	w.object(c.Extra, []field{{"displayText", text(c.DisplayText)}, {"url", text(c.URL)}})
}

func rule(w *writer, r RiskRule) {
	w.object(r.Extra, []field{{"condition", text(r.Condition)}, {"risk", text(r.Risk)}})
}

func resource(r *Resource) func(*writer) {
	if r == nil {
		return nil
	}
	return func(w *writer) { content(w, *r) }
}

func text(t Text) func(*writer) {
	if !t.Set {
		return nil
	}
	return func(w *writer) { w.text(t.Value) }
}

func items[T any](list []T, write func(*writer, T)) func(*writer) {
	if list == nil {
		return nil
	}
	return func(w *writer) {
		w.b.WriteByte('[')
		for i, item := range list {
			if i > 0 {
				w.b.WriteByte(',')
			}
			write(w, item)
		}
		w.b.WriteByte(']')
	}
}

// object writes known fields in their order, and behind each the extras that
// followed it. Extras that followed nothing that is there come last.
func (w *writer) object(extra []Extra, known []field) {
	o := &fields{w: w, extra: extra, written: make([]bool, len(extra)), after: map[string][]int{}}
	own := map[string]bool{}
	for i, x := range extra {
		own[x.Key] = true
		o.after[x.After] = append(o.after[x.After], i)
	}
	w.b.WriteByte('{')
	o.followers("")
	for _, f := range known {
		if f.value != nil && !own[f.key] {
			o.key(f.key)
			f.value(w)
		}
		o.followers(f.key)
	}
	for i := range extra {
		o.put(i)
	}
	w.b.WriteByte('}')
}

// fields is one object that is being written.
type fields struct {
	w       *writer
	extra   []Extra
	after   map[string][]int // the extras that followed a key
	written []bool
	some    bool
}

func (o *fields) key(key string) {
	if o.some {
		o.w.b.WriteByte(',')
	}
	o.some = true
	o.w.text(key)
	o.w.b.WriteByte(':')
}

// followers writes the extras that followed a key, and those that followed them.
func (o *fields) followers(key string) {
	waiting := slices.Clone(o.after[key])
	for len(waiting) > 0 {
		i := waiting[0]
		waiting = waiting[1:]
		if o.put(i) {
			waiting = append(slices.Clone(o.after[o.extra[i].Key]), waiting...)
		}
	}
}

// put writes an extra, once.
func (o *fields) put(i int) bool {
	if o.written[i] {
		return false
	}
	o.written[i] = true
	o.key(o.extra[i].Key)
	if err := json.Compact(&o.w.b, []byte(o.extra[i].Raw)); err != nil && o.w.err == nil {
		o.w.err = fmt.Errorf("the unknown field %q: %w", o.extra[i].Key, err)
	}
	return true
}

// text writes a string so that people can read it: no escapes for < > &.
func (w *writer) text(s string) {
	enc := json.NewEncoder(&w.b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(s); err != nil && w.err == nil {
		w.err = err
	}
	w.b.Truncate(w.b.Len() - 1) // the line break of Encode
}
