package compare

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/iotlens/iotlens/internal/lens"
)

// lens says what can be known of how the lens changed. Where a lens isn't at
// hand, the ids, titles and severities that the states carry must do.
func (p *pair) lens() LensChange {
	old, now := p.older.Lens, p.newer.Lens
	if at := p.newer.order; now == nil && at != nil && at.Version == p.newer.LensVersion {
		now = at // a later revision than the review was asked with is what it is held to
	}
	c := LensChange{Was: p.older.edition(), Is: p.newer.edition()}
	c.Complete = old != nil && now != nil || !c.Changed() && c.Was.Version != ""
	if old == now && old != nil {
		return c
	}
	was, is := words(p.older, old), words(p.newer, now)
	var ids []string
	for id := range was {
		ids = append(ids, id)
	}
	for id := range is {
		if _, ok := was[id]; !ok {
			ids = append(ids, id)
		}
	}
	p.sort(ids)
	for _, id := range ids {
		a, before := was[id]
		b, after := is[id]
		w := Wording{ID: id, Of: cmp.Or(b.of, a.of), Was: a.title, Is: b.title}
		switch {
		case after && p.older.Asked != nil && !has(p.older.Asked, id), !before && old != nil:
			w.Was = ""
			c.Added = append(c.Added, w)
		case before && p.newer.Listed != nil && !has(p.newer.Listed, id), !after && now != nil:
			c.Dropped = append(c.Dropped, w)
		case before && after:
			if w.Changed = a.against(b); len(w.Changed) > 0 {
				c.Reworded = append(c.Reworded, w)
			}
		}
	}
	return c
}

func (s Source) edition() Edition { return Edition{s.LensVersion, s.Revision, s.Digest} }

// wording is what a question or best practice says, as far as it is known.
type wording struct {
	title    string
	of       string // of a best practice, its question
	severity lens.Level
	texts    *texts // nil where the lens isn't at hand
}

// texts is what a lens says of a question or best practice beside its title.
type texts struct {
	ask, why string
	how      []lens.HowStep
	rules    []lens.Rule
}

func (a wording) against(b wording) []string {
	var out []string
	if a.title != "" && b.title != "" && a.title != b.title {
		out = append(out, "title")
	}
	if a.severity != b.severity && a.severity != "" && b.severity != "" {
		out = append(out, fmt.Sprintf("severity %s to %s", a.severity, b.severity))
	}
	if a.texts == nil || b.texts == nil {
		return out
	}
	for _, t := range []struct {
		what    string
		changed bool
	}{
		{"plain words", a.texts.ask != b.texts.ask},
		{"why", a.texts.why != b.texts.why},
		{"how", !slices.Equal(a.texts.how, b.texts.how)},
		{"risk rules", !slices.Equal(a.texts.rules, b.texts.rules)},
	} {
		if t.changed {
			out = append(out, t.what)
		}
	}
	return out
}

// words collects what a state knows of the wording of its lens, which may be nil.
func words(s Snapshot, l *lens.Lens) map[string]wording {
	out := map[string]wording{}
	if l == nil {
		for _, q := range s.Questions {
			out[q.ID] = wording{title: q.Title}
		}
		for _, p := range s.Practices {
			out[p.ID] = wording{title: p.Title, of: p.Question, severity: p.Severity}
		}
		return out
	}
	for i := range l.Questions {
		q := &l.Questions[i]
		out[q.ID] = wording{title: q.Title, texts: &texts{ask: q.Ask, rules: q.Rules}}
		for _, p := range q.Practices {
			out[p.ID] = wording{title: p.Title, of: q.ID, severity: p.Severity, texts: &texts{why: p.Why, how: p.How}}
		}
	}
	return out
}
