package report_test

import (
	"bytes"
	"encoding/json"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/iotlens/iotlens/internal/bank/shipped"
	"github.com/iotlens/iotlens/internal/gate"
	"github.com/iotlens/iotlens/internal/lens"
	"github.com/iotlens/iotlens/internal/report"
	"github.com/iotlens/iotlens/internal/report/plain"
	"github.com/iotlens/iotlens/internal/report/view"
	"github.com/iotlens/iotlens/internal/review"
	"github.com/iotlens/iotlens/internal/scoring"
	"github.com/iotlens/iotlens/internal/testlens"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// drawReview draws a review of a lens: which statuses occur at all, then the answers,
// a scope and waivers.
func drawReview(t *rapid.T, l *lens.Lens) *review.Review {
	r := &review.Review{LensVersion: l.Version, Workload: review.Workload{Name: "any"}, Answers: map[string]review.Answer{}}
	all := append(review.Statuses(), review.Unanswered)
	occur := rapid.SliceOfNDistinct(rapid.SampledFrom(all), 1, len(all), rapid.ID).Draw(t, "statuses")
	ids := l.PracticeIDs()
	few := rapid.SliceOfNDistinct(rapid.SampledFrom(ids), 0, 4, rapid.ID).Draw(t, "few")
	most := rapid.SampledFrom(occur).Draw(t, "most")
	for _, id := range ids {
		s := most
		if slices.Contains(few, id) {
			s = rapid.SampledFrom(all).Draw(t, id)
		} else if l == testlens.Lens() && len(occur) > 1 {
			s = rapid.SampledFrom(occur).Draw(t, id)
		}
		if s == review.Unanswered {
			continue
		}
		a := review.Answer{Status: s, Reason: "as said"}
		if slices.Contains(few, id) && rapid.Bool().Draw(t, "from a template") {
			a.Template, a.VouchedBy, a.VouchedUntil = "Platform", "Ana", rapid.SampledFrom([]string{"2026-11-22", day}).Draw(t, "until")
		}
		r.Answers[id] = a
	}
	if rapid.Bool().Draw(t, "narrowed") {
		r.Scope.Questions = rapid.SliceOfNDistinct(rapid.SampledFrom(l.QuestionIDs()), 1, 3, rapid.ID).Draw(t, "scope")
	}
	for _, id := range few {
		r.Waivers = append(r.Waivers, review.Waiver{Practice: id, Expires: rapid.SampledFrom([]string{day, "2027-11-23"}).Draw(t, "expires")})
	}
	return r
}

// good is what a report says only where nothing is wrong.
var good = regexp.MustCompile(`(?i)no risk found|none of the \d+ questions carries|carries no high|class="verdict ok"`)

// No report says passed, green or no risk if a gate with its default policy fails or is
// incomplete, and the number in the sentence is that of the questions.
func TestConclusionIsNeverBetterThanTheGate(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) { notBetterThanTheGate(t, testlens.Lens(), drawCase(t, testlens.Lens())) })
	some := rapid.Custom(func(t *rapid.T) drawn { return drawCase(t, shipped.Lens()) })
	for seed := range 4 {
		notBetterThanTheGate(t, shipped.Lens(), some.Example(seed))
	}
}

// drawn is a review and how it is assessed.
type drawn struct {
	*review.Review
	mode scoring.Mode
}

func drawCase(t *rapid.T, l *lens.Lens) drawn {
	return drawn{drawReview(t, l), rapid.SampledFrom([]scoring.Mode{scoring.Monotone, scoring.AWS}).Draw(t, "mode")}
}

func notBetterThanTheGate(t require.TestingT, l *lens.Lens, c drawn) {
	r := c.Review
	policy := gate.Default()
	judged := gate.Judge(scoring.Assess(l, r, scoring.Options{Today: day, AcceptedGaps: policy.AcceptedGaps(r, r.NewlyAsked(l, r.AskedRevision()))}), policy, nil)
	a := scoring.Assess(l, r, scoring.Options{Mode: c.mode, Today: day})
	var saved struct {
		Verdict, Outcome string
		Risks            map[string]int
		Questions        []struct {
			Risk      string
			Practices []string
		}
	}
	for _, f := range report.Formats() {
		if f.Name == "pdf" { // drawn from the same conclusion, and slow
			continue
		}
		var b bytes.Buffer
		require.NoError(t, f.Write(&b, a))
		out := b.String()
		if f.Name == "json" {
			require.NoError(t, json.Unmarshal(b.Bytes(), &saved))
			out = saved.Verdict
		}
		if judged.Outcome == gate.Passed {
			continue
		}
		require.NotRegexp(t, good, strings.Split(out, "SCORES")[0], f.Name)
		if f.Name == "junit" {
			require.NotContains(t, out, `failures="0" errors="0">`+"\n  <testsuite", "%+v", judged.Reasons)
		}
	}
	conclusion := view.Conclude(a)
	var summary bytes.Buffer
	require.NoError(t, plain.MarkdownSummary(&summary, a))
	if judged.Outcome != gate.Passed {
		require.NotEqual(t, view.ToneGood, conclusion.Badge.Tone)
		require.NotEqual(t, gate.Passed.String(), saved.Outcome)
		require.NotRegexp(t, good, summary.String())
	}
	high := 0
	for _, q := range saved.Questions {
		require.NotEmpty(t, q.Practices)
		if q.Risk == "HIGH" {
			high++
		}
	}
	require.Equal(t, high, saved.Risks["HIGH"])
	if m := regexp.MustCompile(`^(\d+) of \d+ questions carr(y|ies) a high`).FindStringSubmatch(saved.Verdict); m != nil {
		require.Equal(t, m[1], jsonNumber(high))
	} else if len(saved.Questions) > 1 {
		require.Zero(t, high)
	}
}

func jsonNumber(n int) string {
	b, _ := json.Marshal(n)
	return string(b)
}

// The conclusion is green if everything is in place.
func TestConclusionIsGoodIfEverythingIsInPlace(t *testing.T) {
	r := &review.Review{Answers: map[string]review.Answer{}}
	for _, id := range shipped.Lens().PracticeIDs() {
		r.Answers[id] = review.Answer{Status: review.Implemented}
	}
	require.Equal(t, view.ToneGood, view.Conclude(scoring.Assess(shipped.Lens(), r, scoring.Options{Today: day})).Badge.Tone)
}

// The risk of a custom lens without rules is undetermined, wherever a risk is shown.
func TestUndeterminedRiskIsShown(t *testing.T) {
	l := *testlens.Lens()
	l.Questions = slices.Clone(l.Questions)
	for i := range l.Questions {
		l.Questions[i].Rules = nil
	}
	for status, outcome := range map[review.Status]gate.Outcome{review.Implemented: gate.Incomplete, review.PartiallyImplemented: gate.Failed} {
		r := &review.Review{Answers: map[string]review.Answer{}}
		for _, id := range l.PracticeIDs() {
			r.Answers[id] = review.Answer{Status: status}
		}
		a := scoring.Assess(&l, r, scoring.Options{Today: day})
		c := view.Conclude(a)
		require.Equal(t, outcome, c.Outcome)
		require.NotEqual(t, view.ToneGood, c.Badge.Tone)
		for _, name := range []string{"text", "markdown", "html", "json", "csv"} {
			f, err := report.Formats().Find(name)
			require.NoError(t, err)
			var b bytes.Buffer
			require.NoError(t, f.Write(&b, a))
			require.Regexp(t, `(?i)undetermined|no rule determines`, b.String(), name)
		}
	}
}

// Every format for people shows dates that do not fit the plan, and expired waivers.
func TestOverdueDatesAndExpiredWaiversAreShown(t *testing.T) {
	r := &review.Review{Answers: map[string]review.Answer{
		"LABSEC05-BP01": {Status: review.NotImplemented, Due: "2026-11-01"},
		"LABSEC01-BP01": {Status: review.NotImplemented, Due: "2028-01-01"},
	}, Waivers: []review.Waiver{{Practice: "LABSEC01-BP01", Expires: day}}}
	a := scoring.Assess(testlens.Lens(), r, scoring.Options{Today: day})
	for _, name := range []string{"text", "markdown", "html", "pdf", "csv", "json"} {
		f, err := report.Formats().Find(name)
		require.NoError(t, err)
		var b bytes.Buffer
		require.NoError(t, f.Write(&b, a))
		out := strings.Join(strings.Fields(b.String()), " ")
		if name == "pdf" {
			_, out = assertA4(t, b.Bytes())
		}
		require.Contains(t, out, "overdue", name)
		require.Regexp(t, `after (Now|Next) ends|after its horizon`, out, name)
		require.Regexp(t, "expired on "+day+`|,expired,`+day, out, name)
	}
}
