package compare

import (
	"cmp"
	"maps"
	"slices"

	"github.com/iotlens/iotlens/internal/lens"
	"github.com/iotlens/iotlens/internal/review"
)

// Compare finds what changed from an older to a newer state. Both must be of the same lens,
// in any versions; best practices are compared by id.
func Compare(older, newer Snapshot) *Comparison {
	id := func(p Practice) string { return p.ID }
	p := &statePair{older: older, newer: newer, before: byID(older.Practices, id), after: byID(newer.Practices, id), order: order(newer.order, older.order)}
	for _, practice := range newer.Practices {
		if _, retired := lens.FindRetired(newer.Retired, practice.ID); retired {
			delete(p.after, practice.ID) // answered but no longer asked
		}
	}
	c := &Comparison{before: p.before, Old: older.Source, New: newer.Source}
	for _, id := range sortedIDs(p, p.before, p.after) {
		was, before := p.before[id]
		is, now := p.after[id]
		if f, ok := p.finding(id); ok {
			c.Findings = append(c.Findings, f)
		}
		switch {
		case before && now, p.unmentioned(before, now):
			if changed := p.changed(was, is); len(changed) > 0 {
				c.Answers = append(c.Answers, AnswerChange{ID: id, Title: cmp.Or(is.Title, was.Title), Was: was.Answer, Is: is.Answer, Changed: changed})
			}
		case before && containsID(newer.SetAside, id) && was.Status == review.Unanswered: // see Profile
		case before && !now && p.causeOfLoss(id) != CauseNoLongerAsked && p.causeOfLoss(id) != CauseRetired:
			c.LeftScope = append(c.LeftScope, was)
		case now && !before && p.causeOfAbsence(id) != CauseNotAskedBefore && p.causeOfAbsence(id) != CauseSetAsideBefore:
			c.JoinedScope = append(c.JoinedScope, is)
		}
	}
	slices.SortStableFunc(c.Findings, func(a, b Finding) int {
		classes := Classes()
		return cmp.Or(
			cmp.Compare(slices.Index(classes, a.Class), slices.Index(classes, b.Class)),
			cmp.Compare(b.Severity.Rank(), a.Severity.Rank()),
		)
	})
	c.Risks, c.OldQuestions = p.risks(), older.Questions
	c.Areas = areaChanges(older.Areas, newer.Areas)
	c.Lens = p.lens()
	c.Profile = p.profile()
	c.Caveats = caveats(older, newer)
	c.Waivers = p.waivers()
	c.Relaxations = p.relaxations(c)
	return c
}

// A statePair is the two states that are compared.
type statePair struct {
	older, newer  Snapshot
	before, after map[string]Practice
	order         map[string]int
}

// changed lists the keys of the fields in which two answers differ. Of an open review only
// the status is compared: it has no other fields.
func (p *statePair) changed(was, is Practice) []string {
	var keys []string
	for _, f := range was.DifferingFields(is.Answer) {
		if f.Kind == review.KindStatus || !p.statusOnly() {
			keys = append(keys, f.Key)
		}
	}
	return keys
}

func byID[T any](list []T, id func(T) string) map[string]T {
	out := make(map[string]T, len(list))
	for _, e := range list {
		out[id(e)] = e
	}
	return out
}

// order numbers the ids of questions and best practices in the order of the lenses, of which
// any may be nil.
func order(lenses ...*lens.Lens) map[string]int {
	out := map[string]int{}
	for _, l := range lenses {
		if l == nil {
			continue
		}
		for _, id := range l.IDs() {
			if _, ok := out[id]; !ok {
				out[id] = len(out)
			}
		}
	}
	return out
}

// sortedIDs lists the ids of both maps in lens order, then those that no lens has, sorted.
func sortedIDs[T any](p *statePair, was, is map[string]T) []string {
	all := maps.Clone(was)
	maps.Copy(all, is)
	place := func(id string) int {
		if i, ok := p.order[id]; ok {
			return i
		}
		return len(p.order)
	}
	return slices.SortedFunc(maps.Keys(all), func(a, b string) int {
		return cmp.Or(cmp.Compare(place(a), place(b)), cmp.Compare(a, b))
	})
}
