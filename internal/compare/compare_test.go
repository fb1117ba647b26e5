package compare_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/iotlens/iotlens/internal/compare"
	"github.com/iotlens/iotlens/internal/lens"
	"github.com/iotlens/iotlens/internal/review"
	"github.com/iotlens/iotlens/internal/scoring"
	"github.com/iotlens/iotlens/internal/testlens"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

const (
	yes   = review.Implemented
	part  = review.PartiallyImplemented
	no    = review.NotImplemented
	na    = review.NotApplicable
	dunno = review.CannotDetermine
	open  = review.Unanswered
	out   = review.Status("out of scope")
)

// state is a snapshot of one best practice; out of scope leaves it away.
func state(kind compare.Kind, s review.Status) compare.Snapshot {
	snap := compare.Snapshot{Source: compare.Source{Kind: kind, LensVersion: "1"}, Lens: testlens.Lens()}
	if s != out {
		snap.Practices = []compare.Practice{{ID: "LABSEC01-BP01", Severity: "high", Answer: review.Answer{Status: s}}}
	}
	return snap
}

// Each row has the statuses of a best practice in both states, and the class and cause that follow.
func TestClasses(t *testing.T) {
	type is struct {
		class compare.Class
		why   compare.Cause
	}
	none := is{}
	table := map[review.Status]map[review.Status]is{
		yes:   {yes: none, na: none, part: {compare.Regressed, compare.CausePassedBefore}, no: {compare.Regressed, compare.CausePassedBefore}, dunno: {compare.Unknown, compare.CausePassedBefore}, open: none, out: none},
		na:    {yes: none, na: none, part: {compare.Regressed, compare.CausePassedBefore}, no: {compare.Regressed, compare.CausePassedBefore}, dunno: {compare.Unknown, compare.CausePassedBefore}, open: none, out: none},
		part:  {yes: {compare.Resolved, ""}, na: {compare.Resolved, ""}, part: {compare.StillOpen, ""}, no: {compare.Regressed, compare.CauseGapGrew}, dunno: {compare.Unknown, compare.CauseGapBefore}, open: {compare.Gone, compare.CauseAnswerRemoved}, out: {compare.Gone, compare.CauseOutOfScope}},
		no:    {yes: {compare.Resolved, ""}, na: {compare.Resolved, ""}, part: {compare.StillOpen, compare.CauseGapShrank}, no: {compare.StillOpen, ""}, dunno: {compare.Unknown, compare.CauseGapBefore}, open: {compare.Gone, compare.CauseAnswerRemoved}, out: {compare.Gone, compare.CauseOutOfScope}},
		dunno: {yes: {compare.Resolved, ""}, na: {compare.Resolved, ""}, part: {compare.New, compare.CauseUnknownBefore}, no: {compare.New, compare.CauseUnknownBefore}, dunno: {compare.StillOpen, ""}, open: {compare.Gone, compare.CauseAnswerRemoved}, out: {compare.Gone, compare.CauseOutOfScope}},
		open:  {yes: none, na: none, part: {compare.New, compare.CauseUnansweredBefore}, no: {compare.New, compare.CauseUnansweredBefore}, dunno: {compare.Unknown, compare.CauseUnansweredBefore}, open: none, out: none},
		out:   {yes: none, na: none, part: {compare.New, compare.CauseNotInScopeBefore}, no: {compare.New, compare.CauseNotInScopeBefore}, dunno: {compare.Unknown, compare.CauseNotInScopeBefore}, open: none, out: none},
	}
	require.Len(t, table, 7)
	for was, row := range table {
		require.Len(t, row, 7)
		for now, want := range row {
			c := compare.Compare(state(compare.ReviewFile, was), state(compare.Report, now))
			if want == none {
				assert.Empty(t, c.Findings, "%s to %s", was, now)
				continue
			}
			if assert.Len(t, c.Findings, 1, "%s to %s", was, now) {
				f := c.Findings[0]
				assert.Equal(t, want, is{f.Class, f.Cause}, "%s to %s", was, now)
			}
		}
	}
}

// If one of the two is an open review, only the status counts, as in the open schema's own gate.
func TestOpenReviewsCompareByStatusOnly(t *testing.T) {
	for _, c := range []struct {
		was, is review.Status
		want    compare.Class
	}{
		{yes, part, compare.Regressed},
		{na, no, compare.Regressed},
		{out, no, compare.New},
		{dunno, part, compare.New},
		{part, no, compare.StillOpen},
		{no, part, compare.StillOpen},
		{no, yes, compare.Resolved},
		{part, na, compare.Resolved},
		{no, dunno, compare.Unknown},
		{no, out, compare.Gone},
		{dunno, dunno, ""},
		{dunno, yes, ""},
		{yes, yes, ""},
		{yes, out, ""},
	} {
		for _, mixed := range []compare.Kind{compare.AWSReview, compare.ReviewFile} {
			got := compare.Compare(state(compare.AWSReview, c.was), state(mixed, c.is)).Findings
			if c.want == "" {
				assert.Empty(t, got, "%s to %s", c.was, c.is)
			} else if assert.Len(t, got, 1, "%s to %s", c.was, c.is) {
				assert.Equal(t, c.want, got[0].Class, "%s to %s", c.was, c.is)
			}
		}
	}
	rerated := state(compare.AWSReview, no)
	rerated.Practices[0].Severity = "low"
	assert.Equal(t, compare.StillOpen, compare.Compare(rerated, state(compare.AWSReview, no)).Findings[0].Class)
}

func TestRegressionWithoutStatusChange(t *testing.T) {
	old := state(compare.ReviewFile, no)
	old.Practices[0].Severity = "medium"
	f := compare.Compare(old, state(compare.ReviewFile, no)).Findings[0]
	assert.Equal(t, [2]string{"regressed", "severity rose"}, [2]string{string(f.Class), f.Cause.Words()})

	old = state(compare.ReviewFile, no)
	old.Practices[0].Waived = true
	f = compare.Compare(old, state(compare.ReviewFile, no)).Findings[0]
	assert.Equal(t, [2]string{"regressed", "waiver removed"}, [2]string{string(f.Class), f.Cause.Words()})
}

func drawReview(t *rapid.T, name string) *review.Review {
	l := testlens.Lens()
	status := rapid.SampledFrom([]review.Status{yes, yes, part, no, na, dunno, open})
	r := &review.Review{Schema: 1, Lens: l.ID, LensVersion: l.Version, LensRevision: l.Revision, Answers: map[string]review.Answer{}}
	questions := rapid.SliceOfNDistinct(rapid.SampledFrom(l.QuestionIDs()[:8]), 1, 6, rapid.ID).Draw(t, name+" scope")
	r.Scope.Questions = questions
	for _, id := range questions {
		q, _ := l.Question(id)
		for _, p := range q.Practices {
			if s := status.Draw(t, name+" "+p.ID); s != open {
				r.Answers[p.ID] = review.Answer{Status: s, Reason: "as said", By: name}
			}
		}
	}
	for i, id := range rapid.SliceOfNDistinct(rapid.SampledFrom(l.PracticeIDs()[:20]), 0, 3, rapid.ID).Draw(t, name+" waivers") {
		expires := []string{"2026-01-01", "2027-01-01"}[i%2]
		r.Waivers = append(r.Waivers, review.Waiver{Practice: id, Owner: "Ana", Approver: "Bo", Reason: "x", Expires: expires})
	}
	return r
}

func snapshot(r *review.Review) compare.Snapshot {
	return compare.FromAssessment("x", compare.ReviewFile, scoring.Assess(testlens.Lens(), r, scoring.Options{Mode: scoring.Monotone, Today: "2026-03-01"}), testlens.Lens())
}

func TestCompareWithItself(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := snapshot(drawReview(t, "a"))
		c := compare.Compare(s, s)
		require.Empty(t, c.Answers)
		require.Empty(t, c.Risks)
		require.Empty(t, c.Areas)
		require.Empty(t, c.LeftScope)
		require.Empty(t, c.JoinedScope)
		edition := compare.Edition{Version: s.LensVersion, Revision: s.Revision}
		require.Equal(t, compare.LensChange{Was: edition, Is: edition, Complete: true}, c.Lens)
		for _, f := range c.Findings {
			require.Equal(t, compare.StillOpen, f.Class)
		}
	})
}

// A new or regressed finding is resolved or gone if the two states are swapped. A resolved
// or gone one is not resolved then.
func TestCompareInReverse(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b := snapshot(drawReview(t, "a")), snapshot(drawReview(t, "b"))
		there, back := compare.Compare(a, b), compare.Compare(b, a)
		for _, f := range there.Findings {
			r, ok := back.Finding(f.ID)
			require.True(t, ok, f.ID)
			switch {
			case f.Class == compare.New:
				require.Contains(t, []compare.Class{compare.Gone, compare.Unknown}, r.Class, f.ID)
			case f.Class == compare.Regressed && f.Cause == compare.CausePassedBefore:
				require.Equal(t, compare.Resolved, r.Class, f.ID)
			case f.Class == compare.Regressed:
				require.Contains(t, []compare.Class{compare.StillOpen, compare.Regressed}, r.Class, f.ID)
			}
		}
		require.Len(t, back.Findings, len(there.Findings))
		require.Len(t, back.Answers, len(there.Answers))
		require.Len(t, back.Areas, len(there.Areas))
		require.Len(t, back.Risks, len(there.Risks))
		require.Len(t, back.LeftScope, len(there.JoinedScope))
	})
}

// A finding is resolved only if the newer state says so.
func TestAbsenceIsNeverAPass(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b := snapshot(drawReview(t, "a")), snapshot(drawReview(t, "b"))
		c := compare.Compare(a, b)
		for _, was := range a.Practices {
			if was.Status != no && was.Status != part && was.Status != dunno {
				continue
			}
			f, ok := c.Finding(was.ID)
			require.True(t, ok, "%s was a finding and is not named", was.ID)
			i := slices.IndexFunc(b.Practices, func(p compare.Practice) bool { return p.ID == was.ID })
			passes := i >= 0 && (b.Practices[i].Status == yes || b.Practices[i].Status == na)
			require.Equal(t, passes, f.Class == compare.Resolved, was.ID)
		}
	})
}

func TestCompareIgnoresOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b := snapshot(drawReview(t, "a")), snapshot(drawReview(t, "b"))
		want := compare.Compare(a, b)
		slices.Reverse(a.Practices)
		slices.Reverse(b.Practices)
		slices.Reverse(b.Questions)
		slices.Reverse(a.Areas)
		require.Equal(t, want, compare.Compare(a, b))
	})
}

func TestAreaAndRiskChanges(t *testing.T) {
	old := snapshot(&review.Review{Lens: "lab-iot", LensVersion: "2026-01-15", Scope: review.Scope{Questions: []string{"LABSEC03", "LABSEC10"}}, Answers: map[string]review.Answer{
		"LABSEC03-BP01": {Status: yes, By: "Ana", At: "2026-01-01"}, "LABSEC03-BP02": {Status: yes},
		"LABSEC10-BP01": {Status: no, By: "Ana"}, "LABSEC10-BP02": {Status: no}, "LABSEC10-BP03": {Status: no},
	}})
	now := snapshot(&review.Review{Lens: "lab-iot", LensVersion: "2026-01-15", Scope: review.Scope{Questions: []string{"LABSEC10", "LABSEC04"}}, Answers: map[string]review.Answer{
		"LABSEC10-BP01": {Status: yes, By: "Bo", At: "2026-02-02"}, "LABSEC10-BP02": {Status: yes}, "LABSEC10-BP03": {Status: no},
	}})
	c := compare.Compare(old, now)
	require.Len(t, c.Answers, 2)
	assert.Equal(t, compare.AnswerChange{
		ID: "LABSEC10-BP01", Title: c.Answers[0].Title, Was: review.Answer{Status: no, By: "Ana"}, Is: review.Answer{Status: yes, By: "Bo", At: "2026-02-02"}, Changed: []string{"status"},
	}, c.Answers[0])
	require.Len(t, c.Risks, 1)
	assert.Equal(t, [2]scoring.Risk{scoring.RiskHigh, scoring.RiskMedium}, [2]scoring.Risk{c.Risks[0].Was, c.Risks[0].Is})
	assert.False(t, c.Risks[0].Worse())
	ids := func(ps []compare.Practice) (out []string) {
		for _, p := range ps {
			out = append(out, p.ID)
		}
		return out
	}
	assert.Equal(t, []string{"LABSEC03-BP01", "LABSEC03-BP02"}, ids(c.LeftScope))
	assert.Equal(t, []string{"LABSEC04-BP01"}, ids(c.JoinedScope))
	var areas []string
	for _, m := range c.Areas {
		areas = append(areas, string(m.Is.Kind)+" "+m.Is.ID)
	}
	assert.Contains(t, areas, "overall ")
	assert.Contains(t, areas, "pillar security")
	assert.NotContains(t, areas, "pillar reliability")
}

func TestLensChange(t *testing.T) {
	now := testlens.Lens()
	old := edited(now)
	state := func(l *lens.Lens, version string, known bool) compare.Snapshot {
		r := &review.Review{Lens: l.ID, LensVersion: version, LensRevision: l.Revision, Scope: review.Scope{Questions: []string{"LABSEC03", "LABSEC10", "OLD01"}}, Answers: map[string]review.Answer{
			"LABSEC03-BP01": {Status: no}, "LABSEC10-BP01": {Status: no}, "OLD01-BP01": {Status: no},
		}}
		s := compare.FromAssessment("x", compare.ReviewFile, scoring.Assess(l, r, scoring.Options{Mode: scoring.Monotone, Today: "2026-03-01"}), l)
		if !known {
			s.Lens, s.AskedIDs = nil, nil
		}
		return s
	}
	c := compare.Compare(state(old, "1", true), state(now, now.Version, true))
	assert.True(t, c.Lens.Changed())
	assert.True(t, c.Lens.Complete)
	assert.Equal(t, []compare.LensItemChange{{ID: "LABSEC03-BP02", Of: "LABSEC03", Is: c.Lens.Added[0].Is}}, c.Lens.Added)
	assert.Equal(t, []compare.LensItemChange{{ID: "OLD01", Was: "Old?"}, {ID: "OLD01-BP01", Of: "OLD01", Was: "Old"}}, c.Lens.Dropped)
	require.Len(t, c.Lens.Reworded, 4)
	assert.Equal(t, []string{"plain words"}, c.Lens.Reworded[0].Changed)                    // LABOPS01: a follow-up
	assert.Equal(t, []string{"plain words"}, c.Lens.Reworded[1].Changed)                    // LABSEC03
	assert.Equal(t, []string{"title", "why"}, c.Lens.Reworded[2].Changed)                   // LABSEC03-BP01
	assert.Equal(t, []string{"severity medium to high", "how"}, c.Lens.Reworded[3].Changed) // LABSEC10-BP01
	f, _ := c.Finding("OLD01-BP01")
	assert.Equal(t, [2]string{"gone", "no longer asked"}, [2]string{string(f.Class), f.Cause.Words()})
	assert.Empty(t, c.LeftScope, "what the lens dropped did not leave by the scope")

	c = compare.Compare(state(old, "1", false), state(now, now.Version, true))
	assert.False(t, c.Lens.Complete, "without the old lens what it asked is not known")
	assert.Empty(t, c.Lens.Added)
	assert.Equal(t, [][]string{{"title"}, {"severity medium to high"}}, [][]string{c.Lens.Reworded[0].Changed, c.Lens.Reworded[1].Changed})

	listed := state(old, "1", true)
	listed.Lens = nil // as in a saved report, which lists the ids that were asked
	c = compare.Compare(listed, state(now, now.Version, true))
	assert.Equal(t, []string{"LABSEC03-BP02"}, c.Lens.NewPractices())
	assert.Empty(t, c.JoinedScope, "what the lens added did not come by the scope")
}

// A review that was last asked with an earlier revision was not asked what the lens added
// since, and what the lens has retired since did not leave its scope.
func TestEarlierRevision(t *testing.T) {
	now := *testlens.Lens()
	now.Revision, now.Digest = 3, strings.Repeat("3", 64)
	now.Retired = []lens.Retired{{ID: "OLD01-BP07", Since: 2, Reason: "Nobody needs it."}}
	q, ok := now.Question("LABSEC03")
	require.True(t, ok)
	changed := *q
	changed.Practices = slices.Clone(q.Practices)
	changed.Practices[1].Since = 3
	now.Questions = []lens.Question{changed}
	state := func(revision int, answers ...string) compare.Snapshot {
		r := &review.Review{Lens: now.ID, LensVersion: now.Version, LensRevision: revision, Scope: review.Scope{Questions: []string{"LABSEC03"}}, Answers: map[string]review.Answer{}}
		for _, id := range answers {
			r.Answers[id] = review.Answer{Status: no}
		}
		return compare.FromAssessment("x", compare.ReviewFile, scoring.Assess(&now, r, scoring.Options{Mode: scoring.Monotone, Today: "2026-03-01"}), &now)
	}
	older := state(0)
	older.Practices = append(older.Practices, compare.Practice{ID: "OLD01-BP07", Answer: review.Answer{Status: no}})
	c := compare.Compare(older, state(3, "LABSEC03-BP01", "LABSEC03-BP02"))
	want := map[string][2]string{
		"LABSEC03-BP01": {"new", "unanswered before"},
		"LABSEC03-BP02": {"new", "not asked before"},
		"OLD01-BP07":    {"gone", "retired"},
	}
	got := map[string][2]string{}
	for _, f := range c.Findings {
		got[f.ID] = [2]string{string(f.Class), f.Cause.Words()}
	}
	assert.Equal(t, want, got)
	assert.Equal(t, []string{"LABSEC03-BP02"}, c.Lens.NewPractices())
	assert.Empty(t, c.LeftScope)
	was, is := c.Lens.Words()
	assert.Equal(t, [2]string{now.Version + ", revision 1", now.Version + ", revision 3"}, [2]string{was, is})
	assert.False(t, c.Lens.Complete, "what revision 1 said is not at hand")
}

// edited is a lens as it may have been: one best practice fewer, one question
// more, some words different.
func edited(l *lens.Lens) *lens.Lens {
	old := *l
	old.Version = "1"
	old.Questions = nil
	for _, q := range l.Questions {
		q.Practices = slices.Clone(q.Practices)
		switch q.ID {
		case "LABSEC03":
			q.Ask = "Other words?"
			q.Practices[0].Title, q.Practices[0].Why = "Other", "Other"
			q.Practices = q.Practices[:1]
			q.Rules = slices.Clone(q.Rules)
		case "LABOPS01":
			q.FollowUps = q.FollowUps[:1]
		case "LABSEC10":
			q.Practices[0].Severity, q.Practices[0].How = lens.Medium, nil
		}
		old.Questions = append(old.Questions, q)
	}
	old.Questions = append(old.Questions, lens.Question{
		ID: "OLD01", Pillar: "security", Title: "Old?", Rules: []lens.Rule{{When: "default", Risk: lens.RuleHigh}},
		Practices: []lens.Practice{{ID: "OLD01-BP01", Question: "OLD01", Title: "Old", Pillar: "security", Severity: lens.High, Effort: lens.Low, Fix: lens.Cloud}},
	})
	return &old
}

// An open review lists only answered practices, may have covered only a part, and may have
// gaps without an id.
func TestOpenReviewCaveats(t *testing.T) {
	older, newer := state(compare.AWSReview, out), state(compare.ReviewFile, no)
	f := compare.Compare(older, newer)
	assert.Equal(t, compare.CauseNotMentionedBefore, f.Findings[0].Cause)
	assert.Empty(t, f.JoinedScope, "what an open review doesn't mention was not out of its scope")
	require.Len(t, f.Answers, 1)
	assert.Equal(t, open, f.Answers[0].Was.Status)

	f = compare.Compare(state(compare.ReviewFile, yes), state(compare.AWSReview, out))
	assert.Empty(t, f.LeftScope)
	require.Len(t, f.Answers, 1)
	assert.Equal(t, open, f.Answers[0].Is.Status)
	assert.Empty(t, compare.Compare(state(compare.ReviewFile, open), state(compare.AWSReview, out)).Answers)

	older, newer = state(compare.AWSReview, yes), state(compare.AWSReview, yes)
	older.Schema, newer.Schema, older.Depth, newer.Depth = "1.0.0", "1.4.2", "full", "full"
	assert.Empty(t, compare.Compare(older, newer).Caveats)
	newer.Schema, newer.Depth = "2.0.0", "quick"
	newer.GapsWithoutID = []compare.Practice{{Title: "A"}, {Title: "B"}}
	assert.Equal(t, []string{
		"the open schema has version 1 in the older review and version 2 in the newer one",
		"the older review is full and the newer one quick; findings that it does not mention are not resolved",
		"2 gaps without an id are not compared and cannot fail: A; B",
	}, compare.Compare(older, newer).Caveats)
	assert.Empty(t, compare.Compare(older, state(compare.ReviewFile, yes)).Caveats)
}
