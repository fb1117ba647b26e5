package bank

import (
	"fmt"
	"reflect"
	"slices"

	"github.com/iotlens/iotlens/internal/lens"
	"github.com/iotlens/iotlens/internal/lensmatch"
	"github.com/iotlens/iotlens/internal/yamlfile"
)

// Merged is an imported bank merged with another version of its lens.
type Merged struct {
	Lens      *lens.Lens
	Kept      []string // ids with changes of the bank that were kept
	Conflicts []string // changed in the bank and in the lens, as "WATER_1-a: why"; the change of the bank was kept
	Lost      []string // changes of the bank to ids that the lens drops, as "WATER_1-a: severity"
}

// Merge merges an imported bank with another version of its lens. base is the lens as it was
// imported, ours the bank, theirs the other version. Each field that was changed in the
// bank is kept; the others are taken from theirs. Questions and best practices that were
// added to the bank are kept, and those that were removed stay removed. Ids that theirs
// drops or renames are retired, so that reviews with answers to them still load. Rules and
// ids always follow the lens.
func Merge(base, ours, theirs *lens.Lens) (Merged, error) {
	var err error
	for _, l := range []**lens.Lens{&base, &theirs} {
		if *l, err = loadFiles("", Files(*l)); err != nil { // normalised like a bank that was written and loaded
			return Merged{}, err
		}
	}
	match := lensmatch.Lenses(base, theirs)
	m := merger{base: base, ours: ours, theirs: theirs, match: match, origin: match.Origins(), revision: ours.Revision + 1}
	l := merged(&m, *base, *ours, *theirs, ours.ID)
	l.ID, l.Version, l.Revision, l.Questions = ours.ID, theirs.Version, m.revision, nil
	l.Pillars = m.pillars()
	for i := range theirs.Questions {
		if q, ok := m.question(&theirs.Questions[i]); ok {
			l.Questions = append(l.Questions, q)
		}
	}
	for _, q := range ours.Questions {
		if _, imported := base.Question(q.ID); imported {
			continue
		}
		if _, taken := l.Question(q.ID); taken {
			return Merged{}, fmt.Errorf("the bank has a question %s of its own, and so has the new version; give the bank's another id", q.ID)
		}
		l.Questions = append(l.Questions, q)
	}
	for i := range l.Pillars {
		p := &l.Pillars[i]
		p.Order = nil
		for _, q := range l.Questions {
			if q.Pillar == p.ID && q.AWS() {
				p.Order = append(p.Order, q.ID)
			}
		}
	}
	m.retire(&l)
	m.out.Lens = &l
	return m.out, nil
}

type merger struct {
	base, ours, theirs *lens.Lens
	match              *lensmatch.Match  // of base and theirs
	origin             map[string]string // ids in base by ids in theirs
	revision           int
	out                Merged
}

// pillars returns those of the other version, and those that the bank added or needs for
// added questions.
func (m *merger) pillars() []lens.Pillar {
	find := func(list []lens.Pillar, id string) (lens.Pillar, bool) {
		i := slices.IndexFunc(list, func(p lens.Pillar) bool { return p.ID == id })
		if i < 0 {
			return lens.Pillar{}, false
		}
		return list[i], true
	}
	var out []lens.Pillar
	for _, t := range m.theirs.Pillars {
		b, imported := find(m.base.Pillars, t.ID)
		o, there := find(m.ours.Pillars, t.ID)
		if imported && there {
			b.Order, o.Order, t.Order = nil, nil, nil
			t = merged(m, b, o, t, t.ID)
		}
		out = append(out, t)
	}
	for _, o := range m.ours.Pillars {
		_, inTheirs := find(m.theirs.Pillars, o.ID)
		_, imported := find(m.base.Pillars, o.ID)
		needed := slices.ContainsFunc(m.ours.Questions, func(q lens.Question) bool {
			_, imported := m.base.Question(q.ID)
			return q.Pillar == o.ID && !imported
		})
		if !inTheirs && (!imported || needed) {
			out = append(out, o)
		}
	}
	return out
}

// question merges a question of the other version; false if it was removed from the bank.
func (m *merger) question(t *lens.Question) (lens.Question, bool) {
	b, imported := m.base.Question(m.origin[t.ID])
	if !imported {
		q := *t
		q.Since, q.Practices = m.revision, slices.Clone(t.Practices)
		for i := range q.Practices {
			p := &q.Practices[i]
			if practice, ok := m.practice(p); ok {
				*p = practice
			}
		}
		return q, true
	}
	o, there := m.ours.Question(b.ID)
	if !there {
		return lens.Question{}, false
	}
	q := merged(m, withoutPractices(*b), withoutPractices(*o), withoutPractices(*t), o.ID)
	for i := range t.Practices {
		if p, ok := m.practice(&t.Practices[i]); ok {
			q.Practices = append(q.Practices, p)
		}
	}
	for _, p := range o.Practices {
		if _, imported := m.base.Practice(p.ID); !imported {
			p.Question, p.Pillar = q.ID, q.Pillar
			q.Practices = append(q.Practices, p)
			m.keep(p.ID)
		}
	}
	return q, true
}

// withoutPractices returns a question without its best practices.
func withoutPractices(q lens.Question) lens.Question {
	q.Practices = nil
	return q
}

func (m *merger) practice(t *lens.Practice) (lens.Practice, bool) {
	b, imported := m.base.Practice(m.origin[t.ID])
	if !imported {
		p := *t
		p.Since = m.revision
		return p, true
	}
	o, there := m.ours.Practice(b.ID)
	if !there {
		return lens.Practice{}, false
	}
	return merged(m, *b, *o, *t, o.ID), true
}

// retire updates the list of retired ids and reports the changes of the bank that are lost.
func (m *merger) retire(l *lens.Lens) {
	successor := func(id string) string {
		if place := m.match.Places[id]; l.Asks(place.ID) {
			return place.ID
		}
		return ""
	}
	l.Retired = slices.DeleteFunc(slices.Clone(m.ours.Retired), func(r lens.Retired) bool { return l.Asks(r.ID) })
	for i := range l.Retired {
		r := &l.Retired[i]
		if r.Successor != "" && !l.Asks(r.Successor) {
			r.Successor = successor(r.Successor)
			if r.Successor+r.Reason == "" {
				r.Reason = "No longer asked."
			}
		}
	}
	gone := func(id string) {
		if l.Asks(id) {
			return
		}
		r := lens.Retired{ID: id, Since: m.revision, Successor: successor(id)}
		if r.Successor == "" {
			r.Reason = "Not in version " + m.theirs.Version + "."
		}
		l.Retired = append(l.Retired, r)
	}
	for _, q := range m.ours.Questions {
		b, imported := m.base.Question(q.ID)
		if !imported {
			continue
		}
		gone(q.ID)
		_, placed := m.match.Places[q.ID]
		if !placed {
			m.reportLost(q.ID, withoutPractices(*b), withoutPractices(q))
		}
		for _, p := range q.Practices {
			switch b, imported := m.base.Practice(p.ID); {
			case imported:
				gone(p.ID)
				if _, placed := m.match.Places[p.ID]; !placed {
					m.reportLost(p.ID, *b, p)
				}
			case !placed:
				gone(p.ID)
				m.out.Lost = append(m.out.Lost, p.ID+": the best practice")
			}
		}
	}
}

func (m *merger) keep(id string) {
	if !slices.Contains(m.out.Kept, id) {
		m.out.Kept = append(m.out.Kept, id)
	}
}

// reportLost reports the changed fields of a dropped question or best practice.
func (m *merger) reportLost(id string, base, ours any) {
	b, o := reflect.ValueOf(base), reflect.ValueOf(ours)
	for i := range b.NumField() {
		if !reflect.DeepEqual(b.Field(i).Interface(), o.Field(i).Interface()) {
			m.out.Lost = append(m.out.Lost, id+": "+yamlfile.Key(b.Type().Field(i)))
		}
	}
}

// alwaysTheirs are the fields that follow the lens if it changed them, as ids must be
// consistent.
var alwaysTheirs = []string{"ID", "WA", "Rules", "None", "NoneChoice", "Question", "Pillar"}

// merged merges three versions of one object field by field.
func merged[T any](m *merger, base, ours, theirs T, id string) T {
	out := ours
	b, o, t, into := reflect.ValueOf(base), reflect.ValueOf(ours), reflect.ValueOf(theirs), reflect.ValueOf(&out).Elem()
	for i := range b.NumField() {
		f := b.Type().Field(i)
		if slices.Contains([]string{"Pillars", "Questions", "PillarFiles", "Retired", "Revision", "Version", "Digest"}, f.Name) {
			continue // Merge sets them
		}
		was, here, there := b.Field(i).Interface(), o.Field(i).Interface(), t.Field(i).Interface()
		edited, changed := !reflect.DeepEqual(was, here), !reflect.DeepEqual(was, there)
		switch {
		case !edited, changed && slices.Contains(alwaysTheirs, f.Name):
			into.Field(i).Set(t.Field(i))
			if edited && !reflect.DeepEqual(here, there) {
				m.out.Conflicts = append(m.out.Conflicts, id+": "+yamlfile.Key(f)+", where the new version's was taken")
			}
		default:
			m.keep(id)
			if changed && !reflect.DeepEqual(here, there) {
				m.out.Conflicts = append(m.out.Conflicts, id+": "+yamlfile.Key(f))
			}
		}
	}
	return out
}
