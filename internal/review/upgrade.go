package review

import (
	"maps"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/iotlens/iotlens/internal/lens"
)

// An IDMapping maps ids of a lens to those of its successor.
type IDMapping struct {
	NewID    func(id string) (string, bool) // of a question or best practice; false if it has none
	OldTitle func(practice string) string   // in the old lens; empty if not known
}

// An UpgradeResult is what an upgrade did to a review.
type UpgradeResult struct {
	Carried      int                  // answers that are kept as such
	Renamed      map[string]string    // old to new ids of answers and waivers, if they differ
	WithoutPlace []AnswerWithoutPlace // the others
	Dropped      []string             // entries of the scope that the new lens lacks, such as "question SEC01"
	Widened      []string             // dimensions of the scope that lost all ids, so that everything is in scope
}

// UpToDate reports whether the review was last asked with this lens and revision, as far as
// the file records it.
func (r *Review) UpToDate(l *lens.Lens) bool { return r.Lens == l.ID && r.askedWithLens(l) }

// Upgrade changes a review of one lens into one of another: answers with their histories,
// waivers, parked topics, notes and the scope. Answers and waivers that the new lens has no
// place for are kept in WithoutPlace. If several ids map to the same new id, the one that
// is unchanged takes it, else the first. from may be nil.
func (r *Review) Upgrade(from, to *lens.Lens, places IDMapping) UpgradeResult {
	u := UpgradeResult{Renamed: map[string]string{}}
	taken := map[string]bool{}
	was := r.Answers
	r.Answers = map[string]Answer{}
	place := map[string]string{} // of answers and waivers
	ids := slices.Collect(maps.Keys(was))
	for _, w := range r.Waivers {
		ids = append(ids, w.Practice)
	}
	slices.Sort(ids)
	ids = slices.Compact(ids)
	for _, stays := range []bool{true, false} {
		for _, id := range ids {
			now, ok := places.NewID(id)
			if !ok || taken[now] || (now == id) != stays {
				continue
			}
			place[id], taken[now] = now, true
			if !stays {
				u.Renamed[id] = now
			}
		}
	}
	for _, id := range ids {
		a, answered := was[id]
		now, ok := place[id]
		switch {
		case !ok:
			w, _, _ := r.Waiver(id)
			u.WithoutPlace = append(u.WithoutPlace, AnswerWithoutPlace{Practice: id, Title: places.OldTitle(id), Lens: r.Lens, LensVersion: r.LensVersion, Answer: a, Waiver: w})
		case answered:
			r.Answers[now] = a
			u.Carried++
		}
	}
	u.upgradeDetails(r, places)
	waivers := r.Waivers
	r.Waivers = nil
	for _, w := range waivers {
		if now, ok := place[w.Practice]; ok {
			w.Practice = now
			r.Waivers = append(r.Waivers, w)
		}
	}
	for i := range r.Parked {
		t := &r.Parked[i]
		if t.Practice == "" {
			continue
		}
		if now, ok := places.NewID(t.Practice); ok {
			t.Practice = now
		} else {
			t.Topic, t.Practice = t.Topic+" ("+t.Practice+")", ""
		}
	}
	u.upgradeScope(&r.Scope, from, to, places)
	u.upgradeNotes(&r.Notes, from, to)
	// The imported states are those of the old version; the next import starts over.
	r.WA = WATool{WorkloadID: r.WA.WorkloadID, Lens: r.WA.Lens}
	r.WithoutPlace = append(r.WithoutPlace, u.WithoutPlace...)
	r.Lens, r.LensVersion, r.LensRevision, r.LensDigest = to.ID, to.Version, to.Revision, lens.ShortDigest(to.Digest)
	return u
}

// upgradeDetails moves the details of unanswered best practices to their new ids.
func (u *UpgradeResult) upgradeDetails(r *Review, places IDMapping) {
	was := r.UnansweredDetails
	r.UnansweredDetails = nil
	for _, id := range slices.Sorted(maps.Keys(was)) {
		now, ok := places.NewID(id)
		if !ok {
			u.WithoutPlace = append(u.WithoutPlace, AnswerWithoutPlace{Practice: id, Title: places.OldTitle(id), Lens: r.Lens, LensVersion: r.LensVersion, Answer: was[id]})
			continue
		}
		if before, two := r.UnansweredDetails[now]; two {
			a := was[id]
			a.Note = joinNotes(before.Note, a.Note)
			was[id] = a
		}
		r.PutDetails(now, was[id])
	}
	r.moveDetailsToAnswers()
}

// upgradeScope maps the ids of a scope: questions by the mapping, the others by id or name.
func (u *UpgradeResult) upgradeScope(s *Scope, from, to *lens.Lens, places IDMapping) {
	for _, d := range dimensions {
		list := d.Field(s)
		var now []string
		for _, id := range *list {
			there, ok := d.idIn(id, from, to)
			if d.Key == "questions" {
				there, ok = places.NewID(id)
			}
			if !ok {
				u.Dropped = append(u.Dropped, d.Name+" "+id)
			} else if !slices.Contains(now, there) {
				now = append(now, there)
			}
		}
		if len(*list) > 0 && len(now) == 0 {
			u.Widened = append(u.Widened, d.Key)
		}
		*list = now
	}
}

// idIn returns the id of another lens that is the same as, or has the same name as, an id
// of from.
func (d Dimension) idIn(id string, from, to *lens.Lens) (string, bool) {
	known := d.KnownIDs(to)
	if slices.Contains(known, id) || from == nil {
		return id, slices.Contains(known, id)
	}
	i := slices.IndexFunc(known, func(other string) bool { return d.Title(to, other) == d.Title(from, id) })
	if i < 0 {
		return "", false
	}
	return known[i], true
}

// upgradeNotes maps the notes on pillars. Notes on a removed pillar are appended to those
// on the lens, if they fit; the milestone has all of them.
func (u *UpgradeResult) upgradeNotes(n *Notes, from, to *lens.Lens) {
	was := n.Pillars
	n.Pillars = nil
	for _, id := range slices.Sorted(maps.Keys(was)) {
		there, ok := dimensions[0].idIn(id, from, to)
		if !ok {
			u.Dropped = append(u.Dropped, "notes on the pillar "+id)
			if all := strings.TrimSpace(n.Lens + "\n\n" + id + ": " + was[id]); utf8.RuneCountInString(all) <= maxNotesLength {
				n.Lens = all
			}
			continue
		}
		if n.Pillars == nil {
			n.Pillars = map[string]string{}
		}
		n.Pillars[there] = was[id]
	}
}
