package compare

import (
	"cmp"
	"slices"

	"github.com/iotlens/iotlens/internal/lens"
	"github.com/iotlens/iotlens/internal/review"
)

// Compare says what changed from an older to a newer state. Both are of the
// same lens, in whatever versions; ids pair what is compared.
func Compare(older, newer Snapshot) *Comparison {
	p := pair{older: older, newer: newer, was: byID(older.Practices), is: byID(newer.Practices), order: order(newer.Lens, older.Lens)}
	c := &Comparison{Old: older.Source, New: newer.Source}
	for _, id := range p.ids() {
		was, before := p.was[id]
		is, now := p.is[id]
		if f, ok := p.finding(id); ok {
			c.Findings = append(c.Findings, f)
		}
		switch {
		case before && now && was.Status != is.Status, p.silent(before, now) && was.Status != is.Status:
			c.Answers = append(c.Answers, Answer{id, cmp.Or(is.Title, was.Title), was.Status, is.Status, is.By, is.At, was.By, was.At})
		case p.silent(before, now):
		case before && !now && p.gone(id) != NoLongerAsked:
			c.Left = append(c.Left, was)
		case now && !before && p.absent(id) != NotAsked:
			c.Joined = append(c.Joined, is)
		}
	}
	slices.SortStableFunc(c.Findings, func(a, b Finding) int {
		classes := Classes()
		return cmp.Or(
			cmp.Compare(slices.Index(classes, a.Class), slices.Index(classes, b.Class)),
			cmp.Compare(b.Severity.Rank(), a.Severity.Rank()),
		)
	})
	c.Risks, c.Before = p.risks(), older.Questions
	c.Areas = moved(older.Areas, newer.Areas)
	c.Lens = p.lens()
	c.Caveats = caveats(older, newer)
	return c
}

// pair is two states on the way to a comparison.
type pair struct {
	older, newer Snapshot
	was, is      map[string]Practice
	order        map[string]int
}

func byID(ps []Practice) map[string]Practice {
	out := make(map[string]Practice, len(ps))
	for _, p := range ps {
		out[p.ID] = p
	}
	return out
}

// order numbers the ids of questions and best practices in lens order.
func order(lenses ...*lens.Lens) map[string]int {
	out := map[string]int{}
	for _, l := range lenses {
		if l == nil {
			continue
		}
		for i := range l.Questions {
			q := &l.Questions[i]
			for _, id := range append([]string{q.ID}, practiceIDs(q)...) {
				if _, ok := out[id]; !ok {
					out[id] = len(out)
				}
			}
		}
	}
	return out
}

func practiceIDs(q *lens.Question) []string {
	out := make([]string, len(q.Practices))
	for i := range q.Practices {
		out[i] = q.Practices[i].ID
	}
	return out
}

// ids lists the best practices of both states, in lens order, those of no lens
// at hand last and by id.
func (p *pair) ids() []string {
	var out []string
	for id := range p.was {
		out = append(out, id)
	}
	for id := range p.is {
		if _, ok := p.was[id]; !ok {
			out = append(out, id)
		}
	}
	p.sort(out)
	return out
}

func (p *pair) sort(ids []string) {
	slices.SortFunc(ids, func(a, b string) int {
		i, known := p.order[a]
		j, also := p.order[b]
		switch {
		case known && also:
			return i - j
		case known:
			return -1
		case also:
			return 1
		}
		return cmp.Compare(a, b)
	})
}

func gap(s review.Status) bool {
	return s == review.NotImplemented || s == review.PartiallyImplemented
}

func passes(s review.Status) bool {
	return s == review.Implemented || s == review.NotApplicable
}

// byStatusAlone tells whether findings are sorted the way of the open review
// schema's own gate.
func (p *pair) byStatusAlone() bool {
	return p.older.Kind == AWSReview || p.newer.Kind == AWSReview
}

// silent tells whether one of the two states lacks a best practice only because
// an open review doesn't mention what has no answer.
func (p *pair) silent(before, now bool) bool {
	return before && !now && p.newer.Kind == AWSReview || now && !before && p.older.Kind == AWSReview
}

// finding sorts one best practice, if it is a finding in one of the two states.
func (p *pair) finding(id string) (Finding, bool) {
	was, before := p.was[id]
	is, now := p.is[id]
	f := Finding{Practice: is, Was: was.Status}
	if !now {
		f.Practice = was
	}
	unknown := was.Status == review.CannotDetermine
	switch {
	case gap(is.Status) && passes(was.Status):
		f.Class, f.Why = Regressed, Passed
	case gap(is.Status) && gap(was.Status):
		f.Class, f.Why = p.open(was, is)
	case gap(is.Status) && unknown:
		f.Class, f.Why = New, NotKnown
	case gap(is.Status):
		f.Class, f.Why = New, p.absent(id)
	case is.Status == review.CannotDetermine && unknown:
		f.Class = StillOpen
		return f, !p.byStatusAlone()
	case is.Status == review.CannotDetermine:
		f.Class, f.Why = Unknown, p.absent(id)
		if gap(was.Status) {
			f.Why = WasGap
		} else if passes(was.Status) {
			f.Why = WasPass
		}
	case passes(is.Status) && gap(was.Status):
		f.Class = Resolved
	case passes(is.Status) && unknown:
		f.Class = Resolved
		return f, !p.byStatusAlone()
	case before && (gap(was.Status) || unknown):
		f.Class, f.Why = Gone, p.gone(id)
	default:
		return Finding{}, false
	}
	return f, true
}

// open sorts a gap that was one before.
func (p *pair) open(was, is Practice) (Class, Why) {
	switch {
	case p.byStatusAlone():
		return StillOpen, ""
	case was.Status == review.PartiallyImplemented && is.Status == review.NotImplemented:
		return Regressed, Grew
	case is.Severity.Rank() > was.Severity.Rank() && was.Severity.Rank() > 0:
		return Regressed, Rerated
	case was.Waived && !is.Waived:
		return Regressed, Unwaived
	case was.Status == review.NotImplemented && is.Status == review.PartiallyImplemented:
		return StillOpen, Shrank
	}
	return StillOpen, ""
}

// absent says why nothing was known of a best practice before.
func (p *pair) absent(id string) Why {
	_, before := p.was[id]
	switch {
	case before:
		return NotAnswered
	case p.older.Kind == AWSReview:
		return NotMentioned
	case p.older.Lens != nil && !has(p.older.Lens, id):
		return NotAsked
	}
	return NotInScope
}

// gone says why nothing is known of a best practice now.
func (p *pair) gone(id string) Why {
	_, now := p.is[id]
	switch {
	case now:
		return Unanswered
	case p.newer.Kind == AWSReview:
		return Unmentioned
	case p.newer.Lens != nil && !has(p.newer.Lens, id):
		return NoLongerAsked
	case p.newer.Lens != nil || p.older.LensVersion == p.newer.LensVersion:
		return OutOfScope
	}
	return Unmentioned
}

func has(l *lens.Lens, id string) bool {
	_, ok := l.Practice(id)
	return ok
}
