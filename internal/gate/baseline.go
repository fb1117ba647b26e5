package gate

import (
	"fmt"
	"slices"
	"strings"

	"github.com/iotlens/iotlens/internal/compare"
	"github.com/iotlens/iotlens/internal/review"
	"github.com/iotlens/iotlens/internal/text"
)

// baseline names what the baseline knew and this state no longer says. At the
// level it makes the verdict incomplete: absence is never a pass.
func (j *judge) baseline() {
	if j.base == nil {
		return
	}
	j.v.check(ruleBaseline, "nothing new, regressed or out of sight since "+j.base.Old.Name, tally(j.base))
	for _, f := range j.base.Findings {
		switch {
		case f.Class == compare.Gone && f.Why == compare.Unanswered:
			// It is among what is not answered, and named there if it is at the level.
			j.remark(f)
		case f.Class == compare.Gone && f.Why == compare.Retired:
			j.remark(f) // the lens took it out, not the review
		case f.Class == compare.Gone && j.held(f.Practice):
			j.v.add(Incomplete, ruleBaseline, f.ID, "%s", lost(f))
		case f.Class == compare.Gone, f.Class == compare.Unknown:
			j.remark(f)
		case f.Class == compare.Resolved && f.Status == review.NotApplicable:
			j.v.note(f.ID, "said not to apply now; in the baseline it was %s: %s", f.Was.Words(), f.Title)
		}
	}
	j.narrowed()
	j.changed()
}

// held tells whether a best practice of the baseline is held to anything here.
func (j *judge) held(p compare.Practice) bool {
	switch {
	case slices.Contains(j.p.Hard, p.ID):
		return true
	case slices.Contains(j.p.Soft, p.ID):
		return false
	}
	return j.p.failLevel(p.ID, p.Pillar, p.Layers).includes(p.Severity)
}

// remark notes a finding of the baseline that can't be told any more, unless a
// reason or a note has named it.
func (j *judge) remark(f compare.Finding) {
	named := slices.ContainsFunc(j.v.Reasons, func(r Reason) bool { return r.Subject == f.ID }) ||
		slices.ContainsFunc(j.v.Notes, func(r Remark) bool { return r.Subject == f.ID })
	if named || slices.Contains(j.v.NoLongerAsked, f.ID) {
		return
	}
	j.v.note(f.ID, "%s", lost(f))
}

// lost says what became of a finding that can't be told any more.
func lost(f compare.Finding) string {
	now := string(f.Why)
	if f.Class == compare.Unknown {
		now = review.CannotDetermine.Words()
	}
	return now + "; in the baseline it was " + f.Was.Words() + ": " + f.Title
}

// narrowed names what is out of scope now and was no finding: what held in the
// baseline may not hold any more.
func (j *judge) narrowed() {
	var held, rest []string
	for _, p := range j.base.Left {
		if _, finding := j.base.Finding(p.ID); finding {
			continue
		}
		if j.held(p) {
			held = append(held, p.ID)
		} else {
			rest = append(rest, p.ID)
		}
	}
	if len(held) > 0 {
		j.v.add(Incomplete, ruleBaseline, "", "the baseline had %s in scope that this review leaves out: %s", text.Count(len(held), "best practice"), strings.Join(held, ", "))
	}
	if len(rest) > 0 {
		j.v.note("", "the baseline had %s in scope that this review leaves out, below what fails: %s", text.Count(len(rest), "best practice"), strings.Join(rest, ", "))
	}
	if n := len(j.base.Joined); n > 0 {
		j.v.note("", "%s in scope that the baseline left out", text.CountOf(n, "best practice is", "best practices are"))
	}
}

// changed names what makes the two states hard to compare.
func (j *judge) changed() {
	for _, caveat := range j.base.Caveats {
		j.v.note("", "%s", caveat)
	}
	c := j.base.Lens
	if c.Changed() {
		was, is := c.Words()
		j.v.note("", "the baseline answered the lens of %s, this review that of %s", was, is)
		if !c.Complete {
			j.v.note("", "the lens of the baseline is not at hand, so what was added or reworded since is not known")
		}
	}
	for _, l := range []struct {
		what string
		list []compare.Wording
	}{{"asks anew", c.Added}, {"no longer asks", c.Dropped}, {"words anew", c.Reworded}} {
		if ids := j.unnamed(l.list); len(ids) > 0 {
			j.v.note("", "the lens %s: %s", l.what, strings.Join(ids, ", "))
		}
	}
	old := j.base.Old
	if old.Workload != "" && old.Workload != j.base.New.Workload {
		j.v.note("", "the baseline is of the workload %q, this review of %q", old.Workload, j.base.New.Workload)
	}
	if old.Mode != "" && j.base.New.Mode != "" && old.Mode != j.base.New.Mode {
		j.v.note("", "the risks of the baseline were read in the mode %s, those of this review in %s", old.Mode, j.base.New.Mode)
	}
}

func tally(c *compare.Comparison) string {
	var parts []string
	for _, class := range compare.Classes() {
		parts = append(parts, fmt.Sprintf("%d %s", len(c.Of(class)), class))
	}
	return strings.Join(parts, ", ")
}

// unnamed lists the ids of what the lens changed, but for the best practices that
// a note on its revision has named, and their questions.
func (j *judge) unnamed(list []compare.Wording) []string {
	var ids []string
	named := func(w compare.Wording) bool {
		return slices.Contains(j.v.NewlyAsked, w.ID) || slices.Contains(j.v.NoLongerAsked, w.ID)
	}
	for _, w := range list {
		ofNamed := func(p compare.Wording) bool { return p.Of == w.ID && named(p) }
		if !named(w) && !slices.ContainsFunc(list, ofNamed) {
			ids = append(ids, w.ID)
		}
	}
	return ids
}
