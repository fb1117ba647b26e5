package lens

import (
	"iter"
	"slices"
	"strings"
)

// Question returns the question with an id; see SameID.
func (l *Lens) Question(id string) (*Question, bool) {
	id = NormalizeID(id)
	for i := range l.Questions {
		if NormalizeID(l.Questions[i].ID) == id {
			return &l.Questions[i], true
		}
	}
	return nil, false
}

// Practice returns the best practice with an id; see SameID.
func (l *Lens) Practice(id string) (*Practice, bool) {
	id = NormalizeID(id)
	for _, p := range l.All() {
		if NormalizeID(p.ID) == id {
			return p, true
		}
	}
	return nil, false
}

// Asks reports whether the lens has a question or best practice with an id.
func (l *Lens) Asks(id string) bool {
	_, question := l.Question(id)
	_, practice := l.Practice(id)
	return question || practice
}

// All visits all best practices with their questions, in lens order.
func (l *Lens) All() iter.Seq2[*Question, *Practice] {
	return func(yield func(*Question, *Practice) bool) {
		for i := range l.Questions {
			q := &l.Questions[i]
			for j := range q.Practices {
				if !yield(q, &q.Practices[j]) {
					return
				}
			}
		}
	}
}

// SameID reports whether two ids are the same, in upper or lower case and with - or _. No two ids of
// a lens are the same.
func SameID(a, b string) bool { return NormalizeID(a) == NormalizeID(b) }

// NormalizeID returns an id in the form of the shipped banks: IOTSEC05-BP01. The WA Tool writes
// IOTSEC05_BP01.
func NormalizeID(id string) string {
	return strings.ReplaceAll(strings.ToUpper(strings.TrimSpace(id)), "_", "-")
}

// PracticeIDs lists the ids of all best practices, in lens order.
func (l *Lens) PracticeIDs() []string {
	ids := make([]string, 0, 4*len(l.Questions))
	for _, p := range l.All() {
		ids = append(ids, p.ID)
	}
	return ids
}

// PracticeIDs lists the ids of the best practices of a question, in their order.
func (q *Question) PracticeIDs() []string {
	return idsOf(q.Practices, func(p *Practice) string { return p.ID })
}

// QuestionIDs lists the ids of all questions, in lens order.
func (l *Lens) QuestionIDs() []string {
	return idsOf(l.Questions, func(q *Question) string { return q.ID })
}

// IDs lists the ids of all questions and best practices, in lens order.
func (l *Lens) IDs() []string {
	var ids []string
	for _, q := range l.Questions {
		ids = append(ids, q.ID)
		for _, p := range q.Practices {
			ids = append(ids, p.ID)
		}
	}
	return ids
}

// PillarIDs lists the ids of the pillars, in lens order.
func (l *Lens) PillarIDs() []string {
	return idsOf(l.Pillars, func(p *Pillar) string { return p.ID })
}

// LayerIDs lists the ids of the layers, in lens order.
func (l *Lens) LayerIDs() []string {
	return idsOf(l.Layers, func(a *Layer) string { return a.ID })
}

// PartIDs lists the ids of the parts, in lens order.
func (l *Lens) PartIDs() []string {
	return idsOf(l.Parts, func(p *Part) string { return p.ID })
}

// ScenarioIDs lists the ids of the scenarios, in lens order.
func (l *Lens) ScenarioIDs() []string {
	return idsOf(l.Scenarios, func(s *Scenario) string { return s.ID })
}

// TermIDs lists the ids of terms.
func TermIDs(terms []Term) []string {
	return idsOf(terms, func(t *Term) string { return t.ID })
}

// FactIDs lists the ids of facts.
func FactIDs(facts []Fact) []string {
	return idsOf(facts, func(f *Fact) string { return f.ID })
}

// StakeIDs lists the ids of stakes.
func StakeIDs(stakes []Stake) []string {
	return idsOf(stakes, func(s *Stake) string { return s.ID })
}

// PillarName returns the name of a pillar, or its id if there is none.
func (l *Lens) PillarName(id string) string {
	return nameOf(id, l.Pillars, func(p *Pillar) (string, string) { return p.ID, p.Name })
}

// LayerName returns the name of a layer, or its id if there is none.
func (l *Lens) LayerName(id string) string {
	return nameOf(id, l.Layers, func(a *Layer) (string, string) { return a.ID, a.Name })
}

// PartName returns the name of a part, or its id if there is none.
func (l *Lens) PartName(id string) string {
	return nameOf(id, l.Parts, func(p *Part) (string, string) { return p.ID, p.Name })
}

// BankName names the pillar of a question, or the bank of a layer or a part that it is
// in: "Security", "Edge layer", "Product".
func (l *Lens) BankName(q *Question) string {
	switch {
	case q.Part != "":
		return l.PartName(q.Part)
	case q.Layer != "":
		return l.LayerName(q.Layer) + " layer"
	}
	return l.PillarName(q.Pillar)
}

// ScenarioName returns the name of a scenario, or its id if there is none.
func (l *Lens) ScenarioName(id string) string {
	return nameOf(id, l.Scenarios, func(s *Scenario) (string, string) { return s.ID, s.Name })
}

func nameOf[T any](id string, list []T, of func(*T) (id, name string)) string {
	for i := range list {
		if found, name := of(&list[i]); found == id {
			return name
		}
	}
	return id
}

// Service returns the AWS service with a name.
func (l *Lens) Service(name string) (Service, bool) {
	for _, s := range l.Services {
		if s.Name == name {
			return s, true
		}
	}
	return Service{}, false
}

// UncheckedServices lists the services whose status nobody has compared with AWS's pages
// since a day, YYYY-MM-DD. One that is shut down stays so.
func (l *Lens) UncheckedServices(since string) []Service {
	return slices.DeleteFunc(slices.Clone(l.Services), func(s Service) bool { return s.Checked >= since || s.Status == ShutDown })
}

func idsOf[T any](list []T, id func(*T) string) []string {
	out := make([]string, len(list))
	for i := range list {
		out[i] = id(&list[i])
	}
	return out
}
