package compare

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/iotlens/iotlens/internal/lens"
)

// lens compares the lenses of the two states. If one of them is not available, only the ids,
// titles and severities that the states have are compared.
func (p *statePair) lens() LensChange {
	old, now := p.older.Lens, p.newer.Lens
	if at := p.newer.order; now == nil && at != nil && at.Version == p.newer.LensVersion {
		now = at // the review is judged by this lens, even if it was asked with an earlier revision
	}
	c := LensChange{Was: p.older.edition(), Is: p.newer.edition()}
	c.Complete = old != nil && now != nil || !c.Changed() && c.Was.Version != ""
	if old == now && old != nil {
		return c
	}
	was, is := itemTexts(p.older, old), itemTexts(p.newer, now)
	for _, id := range sortedIDs(p, was, is) {
		a, before := was[id]
		b, after := is[id]
		w := LensItemChange{ID: id, Of: cmp.Or(b.of, a.of), Was: a.title, Is: b.title}
		switch {
		case after && p.older.AskedIDs != nil && !containsID(p.older.AskedIDs, id), !before && old != nil:
			w.Was = ""
			c.Added = append(c.Added, w)
		case before && p.newer.LensIDs != nil && !containsID(p.newer.LensIDs, id), !after && now != nil:
			c.Dropped = append(c.Dropped, w)
		case before && after:
			if w.Changed = a.changes(b); len(w.Changed) > 0 {
				c.Reworded = append(c.Reworded, w)
			}
		}
	}
	return c
}

func (s Source) edition() Edition { return Edition{s.LensVersion, s.Revision, s.Digest} }

// An itemText is the content of a question or best practice, as far as it is known.
type itemText struct {
	title    string
	of       string // id of the question of a best practice
	severity lens.Level
	kind     lens.ChoiceKind

	known    bool   // the fields below are set: the lens is available
	ask, why string // ask: the topic, plain forms and follow-ups of a question
	how      []lens.HowStep
	rules    []lens.Rule
}

// changes names what differs in b.
func (a itemText) changes(b itemText) []string {
	both := a.known && b.known
	severity := a.severity != b.severity && a.severity != "" && b.severity != ""
	var out []string
	for _, part := range []struct {
		name    string
		changed bool
	}{
		{"title", a.title != b.title && a.title != "" && b.title != ""},
		{fmt.Sprintf("severity %s to %s", a.severity, b.severity), severity},
		{fmt.Sprintf("kind %s to %s", kindWord(a.kind), kindWord(b.kind)), both && a.kind != b.kind},
		{"plain words", both && a.ask != b.ask},
		{"why", both && a.why != b.why},
		{"how", both && !slices.Equal(a.how, b.how)},
		{"risk rules", both && !slices.Equal(a.rules, b.rules)},
	} {
		if part.changed {
			out = append(out, part.name)
		}
	}
	return out
}

func kindWord(k lens.ChoiceKind) string { return cmp.Or(string(k), "practice") }

// itemTexts collects the texts of a lens by id; if it is nil, those that the state has.
func itemTexts(s Snapshot, l *lens.Lens) map[string]itemText {
	out := map[string]itemText{}
	if l == nil {
		for _, q := range s.Questions {
			out[q.ID] = itemText{title: q.Title}
		}
		for _, p := range s.Practices {
			out[p.ID] = itemText{title: p.Title, of: p.Question, severity: p.Severity}
		}
		return out
	}
	return lensTexts(l)
}

// lensTexts collects the texts of all questions and best practices of a lens by id.
func lensTexts(l *lens.Lens) map[string]itemText {
	out := map[string]itemText{}
	for _, q := range l.Questions {
		ask := q.Ask
		if ask == q.Title {
			ask = "" // the bank used the title as the plain form
		}
		asked := slices.Concat([]string{q.Topic, ask}, q.FollowUps)
		for _, w := range q.Asks {
			asked = append(asked, strings.Join(w.Segments, " ")+": "+w.Ask)
		}
		out[q.ID] = itemText{known: true, title: q.Title, ask: strings.Join(asked, "\n"), rules: q.Rules}
		for _, p := range q.Practices {
			out[p.ID] = itemText{known: true, title: p.Title, of: q.ID, severity: p.Severity, kind: p.Kind, why: p.Why, how: p.How}
		}
	}
	return out
}
