package gate_test

import (
	"strings"
	"testing"

	"github.com/iotlens/iotlens/internal/compare"
	"github.com/iotlens/iotlens/internal/gate"
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
)

// strict has the thresholds of iotlens gate without flags.
var strict = threshold(lens.High, 100, 0)

func threshold(failOn lens.Level, coverage, score float64) gate.Policy {
	return gate.Policy{Threshold: gate.Threshold{FailOn: failOn, MinCoverage: coverage, MinScore: score}}
}

// answers maps ids of best practices to their statuses. The test cases mostly use three
// questions: LABSEC10 has best practices of high, low and medium severity; LABSEC11 has
// two of medium severity and is at high risk if neither is in place; LABCOST01 has one of
// low severity and is at medium risk without it.
type answers map[string]review.Status

func TestJudge(t *testing.T) {
	for _, c := range []struct {
		name      string
		questions []string // the scope
		answers   answers
		waivers   map[string]string // practice to expiry
		policy    gate.Policy
		outcome   gate.Outcome
		reasons   []string // subjects
		text      string   // of the first reason
	}{
		{
			name: "everything in place", questions: []string{"LABSEC10"}, policy: strict,
			answers: answers{"LABSEC10-BP01": yes, "LABSEC10-BP02": yes, "LABSEC10-BP03": yes},
			outcome: gate.Passed,
		},
		{
			name: "not applicable is not a gap", questions: []string{"LABSEC11"}, policy: strict,
			answers: answers{"LABSEC11-BP01": yes, "LABSEC11-BP02": na},
			outcome: gate.Passed,
		},
		{
			name: "finding of high severity", questions: []string{"LABSEC10"}, policy: strict,
			answers: answers{"LABSEC10-BP01": part, "LABSEC10-BP02": yes, "LABSEC10-BP03": yes},
			outcome: gate.Failed, reasons: []string{"LABSEC10-BP01"},
			text: "high severity, partially implemented: Encrypt data in transit and at rest",
		},
		{
			name: "medium finding passes at fail_on high", questions: []string{"LABSEC11"}, policy: strict,
			answers: answers{"LABSEC11-BP01": yes, "LABSEC11-BP02": no},
			outcome: gate.Passed,
		},
		{
			name: "medium finding fails at fail_on medium", questions: []string{"LABSEC11"}, policy: threshold(lens.Medium, 100, 0),
			answers: answers{"LABSEC11-BP01": yes, "LABSEC11-BP02": no},
			outcome: gate.Failed, reasons: []string{"LABSEC11-BP02"},
		},
		{
			name: "every finding fails at fail_on low", questions: []string{"LABSEC10"}, policy: threshold(lens.Low, 0, 0),
			answers: answers{"LABSEC10-BP01": yes, "LABSEC10-BP02": no, "LABSEC10-BP03": yes},
			outcome: gate.Failed, reasons: []string{"LABSEC10-BP02"},
		},
		{
			name: "no finding fails at fail_on none", questions: []string{"LABSEC10"}, policy: gate.Policy{},
			answers: answers{"LABSEC10-BP01": no, "LABSEC10-BP02": dunno},
			outcome: gate.Passed,
		},
		{
			name: "two medium findings put the question at high risk", questions: []string{"LABSEC11"}, policy: strict,
			answers: answers{"LABSEC11-BP01": no, "LABSEC11-BP02": part},
			outcome: gate.Failed, reasons: []string{"LABSEC11"},
			text: "high risk by the question's rules: " + title("LABSEC11"),
		},
		{
			name: "a question is not reported if its finding is", questions: []string{"LABSEC10"}, policy: strict,
			answers: answers{"LABSEC10-BP01": no, "LABSEC10-BP02": no, "LABSEC10-BP03": no},
			outcome: gate.Failed, reasons: []string{"LABSEC10-BP01"},
		},
		{
			name: "unanswered practice at the level", questions: []string{"LABSEC10"}, policy: threshold(lens.High, 0, 0),
			answers: answers{"LABSEC10-BP02": yes, "LABSEC10-BP03": yes},
			outcome: gate.Incomplete, reasons: []string{"LABSEC10-BP01"},
			text: "high severity, unanswered: Encrypt data in transit and at rest",
		},
		{
			name: "unanswered practice below the level does not raise the risk", questions: []string{"LABSEC10"}, policy: threshold(lens.High, 0, 0),
			answers: answers{"LABSEC10-BP01": yes},
			outcome: gate.Passed,
		},
		{
			name: "unanswered practice below the level decides the risk", questions: []string{"LABINGEST01"}, policy: strict,
			answers: answers{"LABINGEST01-BP02": yes},
			outcome: gate.Incomplete, reasons: []string{"LABINGEST01"},
		},
		{
			name: "nothing answered below the level leaves the risk unknown", questions: []string{"LABINGEST01"}, policy: strict,
			answers: answers{},
			outcome: gate.Incomplete, reasons: []string{"LABINGEST01"},
			text: "can be at high risk, as answers are missing: " + title("LABINGEST01"),
		},
		{
			name: "a gap decides the risk whatever the unanswered practice is", questions: []string{"LABINGEST01"}, policy: strict,
			answers: answers{"LABINGEST01-BP01": part},
			outcome: gate.Failed, reasons: []string{"LABINGEST01"},
			text: "high risk by the question's rules, whatever the missing answers are: " + title("LABINGEST01"),
		},
		{
			name: "a low finding puts the question at medium risk", questions: []string{"LABCOST01"}, policy: threshold(lens.Medium, 0, 0),
			answers: answers{"LABCOST01-BP01": no},
			outcome: gate.Failed, reasons: []string{"LABCOST01"},
		},
		{
			name: "don't know at the level", questions: []string{"LABSEC10"}, policy: strict,
			answers: answers{"LABSEC10-BP01": dunno, "LABSEC10-BP02": yes, "LABSEC10-BP03": yes},
			outcome: gate.Incomplete, reasons: []string{"LABSEC10-BP01"},
			text: "high severity, don't know: Encrypt data in transit and at rest",
		},
		{
			name: "don't know decides the risk", questions: []string{"LABSEC11"}, policy: strict,
			answers: answers{"LABSEC11-BP01": dunno, "LABSEC11-BP02": no},
			outcome: gate.Incomplete, reasons: []string{"LABSEC11"},
			text: "high risk by the question's rules while answers are missing: " + title("LABSEC11"),
		},
		{
			name: "don't know does not change the risk", questions: []string{"LABSEC11"}, policy: threshold(lens.Medium, 0, 0),
			answers: answers{"LABSEC11-BP01": dunno, "LABSEC11-BP02": no},
			outcome: gate.Failed, reasons: []string{"LABSEC11-BP01", "LABSEC11-BP02"}, // by priority
		},
		{
			name: "coverage below the minimum", questions: []string{"LABSEC11"}, policy: strict,
			answers: answers{"LABSEC11-BP01": yes},
			outcome: gate.Incomplete, reasons: []string{""},
			text: "1 of 2 best practices are answered (50 %), fewer than 100 %",
		},
		{
			name: "coverage at the minimum", questions: []string{"LABSEC11"}, policy: threshold(lens.High, 50, 0),
			answers: answers{"LABSEC11-BP01": yes},
			outcome: gate.Passed,
		},
		{
			name: "failed outweighs incomplete", questions: []string{"LABSEC10", "LABSEC04"}, policy: strict,
			answers: answers{"LABSEC10-BP01": no, "LABSEC10-BP02": yes, "LABSEC10-BP03": yes},
			outcome: gate.Failed, reasons: []string{"LABSEC10-BP01", "LABSEC04-BP01", ""},
		},
		{
			name: "active waiver", questions: []string{"LABSEC10"}, policy: strict,
			answers: answers{"LABSEC10-BP01": no, "LABSEC10-BP02": yes, "LABSEC10-BP03": yes},
			waivers: map[string]string{"LABSEC10-BP01": "2026-06-01"},
			outcome: gate.Passed,
		},
		{
			name: "active waiver lowers the risk of the question", questions: []string{"LABSEC11"}, policy: strict,
			answers: answers{"LABSEC11-BP01": no, "LABSEC11-BP02": no},
			waivers: map[string]string{"LABSEC11-BP01": "2026-06-01"},
			outcome: gate.Passed, // LABSEC11-BP02 alone puts the question at medium risk
		},
		{
			name: "waiver does not cover the risk from other findings", questions: []string{"LABSEC10"}, policy: threshold(lens.Medium, 0, 0),
			answers: answers{"LABSEC10-BP01": yes, "LABSEC10-BP02": no, "LABSEC10-BP03": no},
			waivers: map[string]string{"LABSEC10-BP03": "2026-06-01"},
			outcome: gate.Failed, reasons: []string{"LABSEC10"},
		},
		{
			name: "all findings of a question waived", questions: []string{"LABSEC11"}, policy: threshold(lens.Low, 0, 0),
			answers: answers{"LABSEC11-BP01": no, "LABSEC11-BP02": dunno},
			waivers: map[string]string{"LABSEC11-BP01": "2026-06-01", "LABSEC11-BP02": "2026-06-01"},
			outcome: gate.Passed,
		},
		{
			name: "expired waiver", questions: []string{"LABSEC10"}, policy: gate.Policy{},
			answers: answers{"LABSEC10-BP01": no},
			waivers: map[string]string{"LABSEC10-BP01": "2026-03-01"},
			outcome: gate.Failed, reasons: []string{"LABSEC10-BP01"},
			text: "the waiver expired on 2026-03-01 (owner Ana, approved by Bo): Encrypt data in transit and at rest",
		},
		{
			name: "score below the minimum", questions: []string{"LABSEC11"}, policy: threshold("", 0, 50.1),
			answers: answers{"LABSEC11-BP01": yes, "LABSEC11-BP02": no},
			outcome: gate.Failed, reasons: []string{""},
			text: "the score is 50 %, below 50.1 %",
		},
		{
			name: "score at the minimum", questions: []string{"LABSEC11"}, policy: threshold("", 0, 50),
			answers: answers{"LABSEC11-BP01": yes, "LABSEC11-BP02": no},
			outcome: gate.Passed,
		},
		{
			name: "no score", questions: []string{"LABSEC11"}, policy: threshold("", 0, 1),
			answers: answers{"LABSEC11-BP01": na},
			outcome: gate.Incomplete, reasons: []string{""},
			text: "nothing was assessed, so there is no score to compare with 1 %",
		},
		{
			name: "empty scope", questions: []string{"LABSEC99"}, policy: gate.Policy{},
			outcome: gate.Incomplete, reasons: []string{""},
			text: "the scope leaves nothing to assess",
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			v := gate.Judge(assess(c.questions, c.answers, c.waivers), c.policy, nil)
			assert.Equal(t, c.outcome, v.Outcome)
			var subjects []string
			for _, r := range v.Reasons {
				subjects = append(subjects, r.Subject)
			}
			assert.Equal(t, c.reasons, subjects)
			if c.text != "" && assert.NotEmpty(t, v.Reasons) {
				assert.Equal(t, c.text, v.Reasons[0].Text)
			}
			assert.Equal(t, c.outcome == gate.Passed, v.NextStep == "", "next step: %q", v.NextStep)
		})
	}
}

func TestNotesDoNotChangeTheOutcome(t *testing.T) {
	l := testlens.Lens()
	all := answers{}
	for _, id := range l.PracticeIDs() {
		all[id] = yes
	}
	for _, c := range []struct {
		name      string
		questions []string
		waivers   map[string]string
		version   string
		want      []string
	}{
		{name: "nothing to note", version: l.Version},
		{name: "narrowed scope", version: l.Version, questions: l.QuestionIDs()[1:], want: []string{"the scope of the review leaves out 2 best practices"}},
		{name: "other version of the lens", version: "2024-01-01", want: []string{"the review answered lens version 2024-01-01; this is " + l.Version}},
		{name: "unused waiver", version: l.Version, waivers: map[string]string{"LABSEC01-BP01": "2026-03-05"}, want: []string{"waivers without a finding: LABSEC01-BP01"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			a := assess(c.questions, all, c.waivers)
			a.ReviewLensVersion = c.version
			v := gate.Judge(a, strict, nil)
			assert.Equal(t, gate.Passed, v.Outcome)
			assert.Equal(t, c.want, notes(v))
		})
	}
}

func TestExpiringWaiverIsNoted(t *testing.T) {
	for expires, want := range map[string][]string{
		"2026-04-01": nil,
		"2026-03-31": {"the waiver of LABSEC11-BP01 expires in 30 days, on 2026-03-31 (owner Ana)"},
		"2026-03-02": {"the waiver of LABSEC11-BP01 expires in 1 day, on 2026-03-02 (owner Ana)"},
	} {
		a := assess([]string{"LABSEC11"}, answers{"LABSEC11-BP01": no, "LABSEC11-BP02": yes}, map[string]string{"LABSEC11-BP01": expires})
		a.OutOfScope = 0
		v := gate.Judge(a, threshold(lens.Low, 0, 0), nil)
		assert.Equal(t, gate.Passed, v.Outcome, expires)
		assert.Equal(t, want, notes(v), expires)
	}
}

// Without waivers and without a baseline, a review passes if and only if nothing at the
// level is missing, unknown or open, by severity or by risk.
func TestPassMeansNothingOpenAtTheLevel(t *testing.T) {
	var questions []string
	for _, q := range testlens.Lens().Questions {
		questions = append(questions, q.ID)
	}
	status := rapid.SampledFrom([]review.Status{yes, yes, yes, na, part, no, dunno, review.Unanswered})
	rapid.Check(t, func(t *rapid.T) {
		scope := rapid.SliceOfNDistinct(rapid.SampledFrom(questions), 1, 4, rapid.ID).Draw(t, "scope")
		given := answers{}
		for _, id := range scope {
			q, _ := testlens.Lens().Question(id)
			for _, p := range q.Practices {
				if s := status.Draw(t, p.ID); s != review.Unanswered {
					given[p.ID] = s
				}
			}
		}
		level := rapid.SampledFrom([]lens.Level{lens.High, lens.Medium, lens.Low}).Draw(t, "level")
		mode := rapid.SampledFrom([]scoring.Mode{scoring.Monotone, scoring.AWS}).Draw(t, "mode")
		a := scoring.Assess(testlens.Lens(), reviewOf(scope, given, nil), scoring.Options{Mode: mode, Today: today})
		clean := a.Lens.Applicable()+a.LayerBanks.Applicable() > 0 // a review without an applicable practice is incomplete
		for _, f := range a.Findings {
			clean = clean && f.Severity.Rank() < level.Rank()
		}
		for _, u := range a.Unassessed {
			clean = clean && u.Severity.Rank() < level.Rank()
		}
		for _, q := range a.Questions {
			for _, r := range []scoring.Risk{q.Risk, q.WorstRisk} {
				if r == q.Risk || q.Risk == scoring.RiskUnanswered {
					clean = clean && r != scoring.RiskHigh && (r != scoring.RiskMedium || level == lens.High)
				}
			}
		}
		require.Equal(t, clean, gate.Judge(a, threshold(level, 0, 0), nil).Outcome == gate.Passed)
	})
}

// By the letter of AWS's rules, LABSEC10 without BP03 is at high risk. The gate uses the
// scoring mode of the assessment.
func TestScoringModeDecidesTheOutcome(t *testing.T) {
	r := reviewOf([]string{"LABSEC10"}, answers{"LABSEC10-BP01": yes, "LABSEC10-BP02": yes, "LABSEC10-BP03": no}, nil)
	assert.Equal(t, gate.Passed, gate.Judge(scoring.Assess(testlens.Lens(), r, scoring.Options{Mode: scoring.Monotone, Today: today}), strict, nil).Outcome)
	assert.Equal(t, gate.Failed, gate.Judge(scoring.Assess(testlens.Lens(), r, scoring.Options{Mode: scoring.AWS, Today: today}), strict, nil).Outcome)
}

func TestNextStep(t *testing.T) {
	for _, c := range []struct {
		name      string
		questions []string
		answers   answers
		want      string
	}{
		{"failed finding", []string{"LABSEC10"}, answers{"LABSEC10-BP01": no, "LABSEC10-BP02": yes, "LABSEC10-BP03": yes}, "start with LABSEC10-BP01"},
		{"failed question", []string{"LABSEC11"}, answers{"LABSEC11-BP01": no, "LABSEC11-BP02": no}, "iotlens report shows"},
		{"unanswered", []string{"LABSEC11"}, answers{}, "iotlens review --only unanswered"},
		{"don't know", []string{"LABSEC04"}, answers{"LABSEC04-BP01": dunno}, "iotlens review --only findings"},
		{"empty scope", []string{"LABSEC99"}, nil, "widen the scope"},
		{"nothing applies", []string{"LABSEC04"}, answers{"LABSEC04-BP01": na}, "answer what applies"},
	} {
		assert.Contains(t, gate.Judge(assess(c.questions, c.answers, nil), strict, nil).NextStep, c.want, c.name)
	}
}

// In binary fractions, 0.3 added three times is less than 0.9. A review must not fail with
// "the score is 90 %, below 90 %".
func TestScoreThresholdToleratesRounding(t *testing.T) {
	third := 0.3
	a := &scoring.Assessment{Lens: scoring.Tally{InScope: 4, Answered: 4, Earned: third + third + third, Possible: 1}}
	assert.Equal(t, gate.Passed, gate.Judge(a, threshold("", 0, 90), nil).Outcome)
	assert.Equal(t, gate.Failed, gate.Judge(a, threshold("", 0, 90.001), nil).Outcome)
}

const today = "2026-03-01"

func reviewOf(questions []string, given answers, waivers map[string]string) *review.Review {
	l := testlens.Lens()
	r := &review.Review{
		Schema: review.Schema, Lens: l.ID, LensVersion: l.Version,
		Scope: review.Scope{Questions: questions}, Answers: map[string]review.Answer{},
	}
	for id, status := range given {
		r.Answers[id] = review.Answer{Status: status, Reason: "as said", By: "Ana"}
	}
	for id, expires := range waivers {
		r.Waivers = append(r.Waivers, review.Waiver{Practice: id, Owner: "Ana", Approver: "Bo", Reason: "x", Expires: expires})
	}
	return r
}

func assess(questions []string, given answers, waivers map[string]string) *scoring.Assessment {
	return scoring.Assess(testlens.Lens(), reviewOf(questions, given, waivers), scoring.Options{Mode: scoring.Monotone, Today: today})
}

func title(question string) string {
	q, _ := testlens.Lens().Question(question)
	return q.Title
}

// notes returns the notes of a verdict as a reader sees them.
func notes(v gate.Verdict) []string {
	var out []string
	for _, n := range v.Notes {
		out = append(out, n.String())
	}
	return out
}

// A passed verdict notes what was exempted and by which rules, and what may be an attempt
// to pass without fixing anything.
func TestPassNotesExemptions(t *testing.T) {
	all := answers{"LABSEC10-BP01": no, "LABSEC10-BP02": yes, "LABSEC10-BP03": yes}
	noted := func(a *scoring.Assessment, p gate.Policy) string {
		v := gate.Judge(a, p, nil)
		require.Equal(t, gate.Passed, v.Outcome)
		return strings.Join(notes(v), "\n")
	}
	assert.Contains(t, noted(assess([]string{"LABSEC10"}, all, nil), threshold(gate.LevelNone, 0, 0)), "high severity, not in place, exempted: 1 by fail_on")

	waived := assess([]string{"LABSEC10"}, all, map[string]string{"LABSEC10-BP01": "2027-12-31"})
	said := noted(waived, strict)
	assert.Contains(t, said, "high severity, not in place, exempted: 1 by waivers")
	assert.NotContains(t, said, "approved by their owners")
	waived.Waivers[0].Approver = " " + strings.ToUpper(waived.Waivers[0].Owner)
	assert.Contains(t, noted(waived, strict), "waivers approved by their own owners: LABSEC10-BP01")

	excluded := assess([]string{"LABSEC10"}, answers{"LABSEC10-BP01": na, "LABSEC10-BP02": yes, "LABSEC10-BP03": yes}, nil)
	assert.Contains(t, noted(excluded, strict), "high severity, not applicable: LABSEC10-BP01")

	sound := assess([]string{"LABSEC04"}, answers{"LABSEC04-BP01": yes}, nil)
	sound.Practices[0].At = today + "T10:00:00Z"
	assert.NotContains(t, noted(sound, strict), "dated later")
	sound.Practices[0].At = "2099-01-01"
	assert.Contains(t, noted(sound, strict), "1 answer is dated later than "+today+", the day of this verdict")
}

// If a review in the open schema does not confirm that a finding of our own baseline is
// fixed, the verdict is incomplete. Between two open reviews, the rules of that schema's
// gate apply.
func TestJudgeComparisonWithOwnBaseline(t *testing.T) {
	was := compare.Practice{ID: "LABSEC04-BP01", Severity: "high", Answer: review.Answer{Status: no}}
	for _, c := range []struct {
		name string
		was  compare.Kind
		is   []compare.Practice
		want gate.Outcome
	}{
		{"no longer mentioned", compare.ReviewFile, nil, gate.Incomplete},
		{"no longer mentioned, baseline is a saved report", compare.Report, nil, gate.Incomplete},
		{"don't know now", compare.ReviewFile, []compare.Practice{{ID: was.ID, Severity: "high", Answer: review.Answer{Status: dunno}}}, gate.Incomplete},
		{"in place", compare.ReviewFile, []compare.Practice{{ID: was.ID, Severity: "high", Answer: review.Answer{Status: yes}}}, gate.Incomplete},
		{"two open reviews", compare.AWSReview, nil, gate.Passed},
	} {
		older := compare.Snapshot{Source: compare.Source{Kind: c.was}, Practices: []compare.Practice{was}}
		newer := compare.Snapshot{Source: compare.Source{Kind: compare.AWSReview}, Practices: c.is}
		assert.Equal(t, c.want, gate.JudgeComparison(compare.Compare(older, newer), gate.Policy{Threshold: gate.Threshold{FailOn: lens.High}}, "2026-11-24").Outcome, c.name)
	}
}

// A baseline in the open schema has no risks of questions. A question passes if all of its
// gaps were in the baseline, and fails if one is new.
func TestBaselineWithoutRisks(t *testing.T) {
	for _, c := range []struct {
		name string
		was  []compare.Practice
		want gate.Outcome
	}{
		{"both gaps in the baseline", []compare.Practice{{ID: "LABSEC11-BP01", Answer: review.Answer{Status: no}}, {ID: "LABSEC11-BP02", Answer: review.Answer{Status: no}}}, gate.Passed},
		{"one gap is new", []compare.Practice{{ID: "LABSEC11-BP01", Answer: review.Answer{Status: no}}, {ID: "LABSEC11-BP02", Answer: review.Answer{Status: yes}}}, gate.Failed},
		{"one practice not mentioned in the baseline", []compare.Practice{{ID: "LABSEC11-BP01", Answer: review.Answer{Status: no}}}, gate.Failed},
	} {
		a := assess([]string{"LABSEC11"}, answers{"LABSEC11-BP01": no, "LABSEC11-BP02": no}, nil)
		older := compare.Snapshot{Source: compare.Source{Kind: compare.AWSReview}, Practices: c.was}
		newer := compare.FromAssessment("now", compare.ReviewFile, a, testlens.Lens())
		assert.Equal(t, c.want, gate.Judge(a, strict, compare.Compare(older, newer)).Outcome, c.name)
	}
}
