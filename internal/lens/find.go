package lens

import "strings"

// Question returns the question with an id, in any case and with - or _.
func (l *Lens) Question(id string) (*Question, bool) {
	id = strings.TrimSpace(id)
	for i := range l.Questions {
		if Same(l.Questions[i].ID, id) {
			return &l.Questions[i], true
		}
	}
	return nil, false
}

// Practice returns the best practice with an id, in any case and with - or _.
func (l *Lens) Practice(id string) (*Practice, bool) {
	id = strings.TrimSpace(id)
	for i := range l.Questions {
		q := &l.Questions[i]
		if len(id) <= len(q.ID) || !Same(q.ID, id[:len(q.ID)]) {
			continue // the id of a best practice begins with that of its question
		}
		for j := range q.Practices {
			if Same(q.Practices[j].ID, id) {
				return &q.Practices[j], true
			}
		}
	}
	return nil, false
}

// Same tells whether two ids are the same to a reader: the case doesn't count,
// nor whether it is - or _. No two ids of a lens are the same.
func Same(a, b string) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range len(a) {
		if a[i] != b[i] && fold(a[i]) != fold(b[i]) {
			return false
		}
	}
	return true
}

func fold(c byte) byte {
	switch {
	case c >= 'a' && c <= 'z':
		return c - 'a' + 'A'
	case c == '_':
		return '-'
	}
	return c
}

// Normal writes an id the way that the shipped banks do: IOTSEC05-BP01. The WA
// Tool writes IOTSEC05_BP01. Same ids have the same normal form.
func Normal(id string) string {
	return strings.ReplaceAll(strings.ToUpper(strings.TrimSpace(id)), "_", "-")
}

// PracticeIDs lists the ids of all best practices, in lens order.
func (l *Lens) PracticeIDs() []string {
	var ids []string
	for _, q := range l.Questions {
		for _, p := range q.Practices {
			ids = append(ids, p.ID)
		}
	}
	return ids
}

// QuestionIDs lists the ids of all questions, in lens order.
func (l *Lens) QuestionIDs() []string {
	ids := make([]string, len(l.Questions))
	for i, q := range l.Questions {
		ids[i] = q.ID
	}
	return ids
}

// PillarIDs lists the ids of the pillars, in lens order.
func (l *Lens) PillarIDs() []string {
	return idsOf(l.Pillars, func(p Pillar) string { return p.ID })
}

// LayerIDs lists the ids of the layers, in lens order.
func (l *Lens) LayerIDs() []string {
	return idsOf(l.Layers, func(a Layer) string { return a.ID })
}

// ScenarioIDs lists the ids of the scenarios, in lens order.
func (l *Lens) ScenarioIDs() []string {
	return idsOf(l.Scenarios, func(s Scenario) string { return s.ID })
}

// TermIDs lists the ids of terms.
func TermIDs(terms []Term) []string {
	return idsOf(terms, func(t Term) string { return t.ID })
}

// PillarName returns the name of a pillar, or its id where it is unknown.
func (l *Lens) PillarName(id string) string {
	for _, p := range l.Pillars {
		if p.ID == id {
			return p.Name
		}
	}
	return id
}

// LayerName returns the name of a layer, or its id where it is unknown.
func (l *Lens) LayerName(id string) string {
	for _, a := range l.Layers {
		if a.ID == id {
			return a.Name
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

func idsOf[T any](list []T, id func(T) string) []string {
	out := make([]string, len(list))
	for i, e := range list {
		out[i] = id(e)
	}
	return out
}
