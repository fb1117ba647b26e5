package gate_test

import (
	"strings"
	"testing"

	"github.com/iotlens/iotlens/internal/compare"
	"github.com/iotlens/iotlens/internal/gate"
	"github.com/iotlens/iotlens/internal/review"
	"github.com/iotlens/iotlens/internal/scoring"
	"github.com/iotlens/iotlens/internal/testlens"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

const dayBefore, dayAfter = "2026-02-28", "2026-03-02" // today

// judgeReview judges a review against a baseline, which may be nil.
func judgeReview(r *review.Review, p gate.Policy, baseline *review.Review) gate.Verdict {
	assess := func(r *review.Review) *scoring.Assessment {
		return scoring.Assess(testlens.Lens(), r, scoring.Options{Today: today, AcceptedGaps: p.AcceptedGaps(r, nil)})
	}
	a := assess(r)
	if baseline == nil {
		return gate.Judge(a, p, nil)
	}
	return gate.Judge(a, p, compare.Compare(snapshot(assess(baseline)), snapshot(a)))
}

// fromTemplate returns a review with one answer marked as copied from a template.
func fromTemplate(r *review.Review, id, until string) *review.Review {
	r = r.Clone()
	a := r.Answers[id]
	a.Template, a.VouchedBy, a.VouchedUntil = "Platform", "Ana", until
	r.Answers[id] = a
	return r
}

// Whatever the policy and the baseline, an unconfirmed answer is named in the verdict, never
// improves the outcome over the same answer given by the team, and does not pass once
// nobody vouches for it.
func TestUnconfirmedAnswerIsNamed(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		scope := rapid.SliceOfNDistinct(rapid.SampledFrom(someQuestions), 1, 4, rapid.ID).Draw(t, "scope")
		ids := practicesOf(scope)
		p := drawPolicy(t, ids)
		p.Safeguards.UnconfirmedAnswers = anyEnforcement.Draw(t, "unconfirmed")
		given := drawAnswers(t, "now", scope)
		id := rapid.SampledFrom(ids).Draw(t, "id")
		given[id] = rapid.SampledFrom([]review.Status{yes, part, no, dunno}).Draw(t, "from a template")
		own := reviewOf(scope, given, nil)
		var baseline *review.Review
		if rapid.Bool().Draw(t, "baseline") {
			baseline = own
		}
		without := judgeReview(own, p, baseline)
		for _, until := range []string{dayBefore, today, dayAfter} {
			with := fromTemplate(own, id, until)
			if assessed := scoring.Assess(testlens.Lens(), with, scoring.Options{Today: today}); settled(assessed, id) {
				return
			}
			v := judgeReview(with, p, baseline)
			require.GreaterOrEqual(t, v.Outcome, without.Outcome)
			require.True(t, namesUnconfirmed(v, id), "%+v", v)
			if until < today {
				require.NotEqual(t, gate.Passed, v.Outcome)
			}
		}
	})
}

func settled(a *scoring.Assessment, id string) bool {
	for i := range a.Practices {
		if a.Practices[i].ID == id {
			return a.Practices[i].Settled
		}
	}
	return true
}

func namesUnconfirmed(v gate.Verdict, id string) bool {
	for _, r := range v.Reasons {
		if r.Rule.Setting == "unconfirmed" && r.Subject == id {
			return true
		}
	}
	for _, n := range v.Notes {
		if strings.Contains(n.Text, "not confirmed") && strings.Contains(n.Text, id) {
			return true
		}
	}
	return false
}

func TestUnconfirmedAnswersByPolicy(t *testing.T) {
	scope := []string{"LABSEC04"}
	own := reviewOf(scope, answers{"LABSEC04-BP01": yes}, nil)
	for _, c := range []struct {
		setting gate.Enforcement
		until   string
		want    gate.Outcome
	}{
		{"", dayAfter, gate.Passed},
		{"", today, gate.Passed}, // the last day counts
		{"", dayBefore, gate.Incomplete},
		{gate.EnforceNote, dayBefore, gate.Incomplete},
		{gate.EnforceIncomplete, dayAfter, gate.Incomplete},
		{gate.EnforceIncomplete, dayBefore, gate.Incomplete},
		{gate.EnforceFail, dayAfter, gate.Failed},
		{gate.EnforceFail, dayBefore, gate.Failed},
	} {
		p := gate.Default()
		p.Safeguards.UnconfirmedAnswers = c.setting
		v := judgeReview(fromTemplate(own, "LABSEC04-BP01", c.until), p, nil)
		require.Equal(t, c.want, v.Outcome, "%+v", c)
		if c.want != gate.Passed {
			require.Contains(t, v.NextStep, "iotlens review --only unconfirmed")
		}
	}
}

// Extending the day until which an unconfirmed answer is vouched for, and removing its
// origin, are relaxations.
func TestUnconfirmedAnswerRelaxations(t *testing.T) {
	const id = "LABSEC04-BP01"
	own := reviewOf([]string{"LABSEC04"}, answers{id: yes}, nil)
	vouched := fromTemplate(own, id, today)
	confirmed := vouched.Clone()
	a := confirmed.Answers[id]
	a.Sign("Bo", today)
	confirmed.PutAnswer(id, a)
	for _, c := range []struct {
		was, is *review.Review
		want    []compare.RelaxationKind
	}{
		{vouched, vouched, nil},
		{vouched, fromTemplate(own, id, dayAfter), []compare.RelaxationKind{compare.VouchedLonger}},
		{vouched, fromTemplate(own, id, dayBefore), nil},
		{vouched, own, []compare.RelaxationKind{compare.OriginRemoved}},
		{vouched, confirmed, nil},
		{own, vouched, nil},
	} {
		v := judgeReview(c.is, gate.Default(), c.was)
		var got []compare.RelaxationKind
		for _, r := range v.Relaxations {
			got = append(got, r.Kind)
		}
		require.Equal(t, c.want, got)
		require.Equal(t, len(c.want) == 0 && c.is.Answers[id].VouchedUntil != dayBefore, v.Outcome == gate.Passed, "%+v", v.Reasons)
	}
}
