package review_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/iotlens/iotlens/internal/review"
	"github.com/iotlens/iotlens/internal/testlens"
	"github.com/iotlens/iotlens/internal/yamlfile"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

func template(name, until string, answers map[string]review.Answer) *review.Review {
	l := testlens.Lens()
	return &review.Review{
		Schema: review.Schema, Lens: l.ID, LensVersion: l.Version, Workload: review.Workload{Name: name},
		Template: review.Template{Name: name, VouchedBy: "The team of " + name, VouchedUntil: until}, Answers: answers,
	}
}

func plant() *review.Review {
	l := testlens.Lens()
	return &review.Review{Schema: review.Schema, Lens: l.ID, LensVersion: l.Version, Workload: review.Workload{Name: "Plant"}}
}

func drawTemplate(t *rapid.T, name string) *review.Review {
	status := rapid.SampledFrom(append(review.Statuses(), review.Unanswered, review.Unanswered))
	answers := map[string]review.Answer{}
	for _, id := range testlens.Lens().PracticeIDs() {
		a := review.Answer{Status: status.Draw(t, name+" "+id), Note: rapid.SampledFrom([]string{"", "As agreed."}).Draw(t, "note"), By: "Ana", At: "2026-11-01"}
		if a.Status == review.NotApplicable {
			a.Reason = "No such part."
		}
		if a.Status != review.Unanswered {
			answers[id] = a
		}
	}
	return template(name, rapid.SampledFrom([]string{"2027-01-01", "2028-01-01"}).Draw(t, name+" until"), answers)
}

// Copying a template and confirming each answer is the same as answering oneself, but for
// the history, which has where each answer came from.
func TestConfirmTemplateAnswer(t *testing.T) {
	l := testlens.Lens()
	rapid.Check(t, func(t *rapid.T) {
		from := drawTemplate(t, "Platform")
		confirmed, own := plant(), plant()
		copied := confirmed.PlanCopy(l, from)
		confirmed.Apply(copied.Changes)
		for id, a := range confirmed.Answers {
			require.True(t, a.Unconfirmed())
			require.Equal(t, from.Template, review.Template{Name: a.Template, VouchedBy: a.VouchedBy, VouchedUntil: a.VouchedUntil})
			a.Sign("Bo", "2026-11-29")
			require.True(t, confirmed.PutAnswer(id, a))
			require.False(t, confirmed.PutAnswer(id, a), "confirmed already")
			mine := from.Answers[id]
			mine.By, mine.At = "Bo", "2026-11-29"
			own.PutAnswer(id, mine)
		}
		for id, a := range confirmed.Answers {
			require.Len(t, a.History, 1)
			require.Equal(t, "Platform", a.History[0].Template)
			require.Equal(t, "Ana", a.History[0].By)
			a.History = nil
			confirmed.Answers[id] = a
		}
		require.Equal(t, own, confirmed)
		require.Empty(t, confirmed.PlanCopy(l, from).Changes, "what the team confirmed is not replaced")
	})
}

// Whatever templates say: what the team answered stays, nothing is copied where they
// disagree, a second copy changes nothing, and the result loads again as it is.
func TestPlanCopyKeepsAnswersOfTheTeam(t *testing.T) {
	l := testlens.Lens()
	rapid.Check(t, func(t *rapid.T) {
		r := plant()
		for id, a := range drawTemplate(t, "own").Answers {
			if rapid.Bool().Draw(t, "own "+id) {
				r.PutAnswer(id, a)
			}
		}
		before := r.Clone()
		a, b := drawTemplate(t, "Platform"), drawTemplate(t, "Security")
		copied := r.PlanCopy(l, a, b)
		require.Equal(t, before, r, "CopyFrom changes nothing")
		r.Apply(copied.Changes)
		for id, was := range before.Answers {
			require.Equal(t, was, r.Answers[id])
		}
		for _, d := range copied.Disputed {
			require.False(t, d.Answers[0].SameContent(d.Answers[1]))
			require.Equal(t, before.Answers[d.Practice], r.Answers[d.Practice])
		}
		for id, is := range r.Answers {
			if _, own := before.Answers[id]; own {
				continue
			}
			for _, from := range []*review.Review{a, b} {
				if said, ok := from.Answers[id]; ok {
					require.True(t, is.SameContent(said))
					require.GreaterOrEqual(t, is.VouchedUntil, from.Template.VouchedUntil, "the longer of two that agree")
				}
			}
		}
		require.Empty(t, r.PlanCopy(l, a, b).Changes)
		again, problems := review.Parse("x.review.yaml", yamlfile.Encode(*r), l)
		require.Empty(t, problems)
		require.Equal(t, r.Answers, again.Answers)
	})
}

func TestPlanCopy(t *testing.T) {
	const id = "LABSEC04-BP01"
	l := testlens.Lens()
	yes, no := review.Answer{Status: review.Implemented}, review.Answer{Status: review.NotImplemented}
	from := func(name, until string, a review.Answer) review.Answer {
		a.Template, a.VouchedBy, a.VouchedUntil, a.By = name, "The team of "+name, until, "The team of "+name
		return a
	}
	short, long := "2027-01-01", "2028-01-01"
	for name, c := range map[string]struct {
		is        review.Answer // of no status: none
		templates []*review.Review
		want      review.Answer
		disputed  bool
	}{
		"unanswered":                  {review.Answer{}, []*review.Review{template("A", short, map[string]review.Answer{id: yes})}, from("A", short, yes), false},
		"own":                         {no, []*review.Review{template("A", short, map[string]review.Answer{id: yes})}, no, false},
		"an update":                   {from("A", short, no), []*review.Review{template("A", long, map[string]review.Answer{id: yes})}, from("A", long, yes), false},
		"vouched for longer":          {from("A", short, yes), []*review.Review{template("A", long, map[string]review.Answer{id: yes})}, from("A", long, yes), false},
		"withdrawn":                   {from("A", short, yes), []*review.Review{template("A", long, nil)}, review.Answer{}, false},
		"another one is silent":       {from("A", short, yes), []*review.Review{template("B", long, nil)}, from("A", short, yes), false},
		"another one disagrees":       {from("A", short, yes), []*review.Review{template("B", long, map[string]review.Answer{id: no})}, from("A", short, yes), true},
		"another one vouches longer":  {from("A", short, yes), []*review.Review{template("B", long, map[string]review.Answer{id: yes})}, from("B", long, yes), false},
		"another one vouches shorter": {from("A", long, yes), []*review.Review{template("B", short, map[string]review.Answer{id: yes})}, from("A", long, yes), false},
		"two that disagree": {review.Answer{}, []*review.Review{
			template("A", short, map[string]review.Answer{id: yes}), template("B", short, map[string]review.Answer{id: no}),
		}, review.Answer{}, true},
		"two that agree": {review.Answer{}, []*review.Review{
			template("A", short, map[string]review.Answer{id: yes}), template("B", long, map[string]review.Answer{id: yes}),
		}, from("B", long, yes), false},
		"unconfirmed there": {review.Answer{}, []*review.Review{template("A", long, map[string]review.Answer{id: from("C", short, yes)})}, from("C", short, yes), false},
		"by the profile there": {review.Answer{}, []*review.Review{
			template("A", long, map[string]review.Answer{id: {Status: review.NotApplicable, Reason: "x", By: review.ByProfile}}),
		}, review.Answer{}, false},
	} {
		t.Run(name, func(t *testing.T) {
			r := plant()
			if c.is.Status != review.Unanswered {
				r.Answers = map[string]review.Answer{id: c.is}
			}
			copied := r.PlanCopy(l, c.templates...)
			r.Apply(copied.Changes)
			got := r.Answers[id]
			got.History = nil
			require.Equal(t, c.want, got)
			require.Equal(t, c.disputed, len(copied.Disputed) > 0)
		})
	}
}

// Answers that are out of scope or not in the lens are listed and not copied.
func TestPlanCopyListsSkippedAndUnknown(t *testing.T) {
	yes := review.Answer{Status: review.Implemented}
	r := plant()
	r.Scope.Questions = []string{"LABSEC04"}
	copied := r.PlanCopy(testlens.Lens(), template("A", "2027-01-01", map[string]review.Answer{"LABSEC04-BP01": yes, "LABOPS01-BP01": yes, "LABOLD01-BP01": yes}))
	require.Len(t, copied.Changes, 1)
	require.Equal(t, []string{"LABOPS01-BP01"}, copied.Skipped)
	require.Equal(t, []string{"LABOLD01-BP01"}, copied.Unknown)
}

// If one session confirms an answer and another renews its template, the merged answer is
// confirmed if the content is the same.
func TestMergeKeepsConfirmation(t *testing.T) {
	const id = "LABSEC04-BP01"
	l := testlens.Lens()
	base := plant()
	base.Apply(base.PlanCopy(l, template("A", "2027-01-01", map[string]review.Answer{id: {Status: review.Implemented, By: "Ana", At: "2026-11-01"}})).Changes)
	confirmed, renewed := base.Clone(), base.Clone()
	a := confirmed.Answers[id]
	a.Sign("Bo", "2026-11-29")
	confirmed.PutAnswer(id, a)
	renewed.Apply(renewed.PlanCopy(l, template("A", "2028-01-01", map[string]review.Answer{id: {Status: review.Implemented, By: "Ana", At: "2026-11-01"}})).Changes)
	for _, sides := range [][2]*review.Review{{confirmed, base}, {base, confirmed}, {confirmed, renewed}, {renewed, confirmed}} {
		merged, conflicts := review.Merge(base, sides[0], sides[1])
		require.Empty(t, conflicts)
		require.Equal(t, confirmed.Answers[id], merged.Answers[id])
	}
}

func TestLoadReportsTemplateProblems(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a.template.yaml")
	require.NoError(t, os.WriteFile(path, []byte(`schema: 1
lens: lab-iot
lens_version: 2026-01-15
template:
  name: "two\nlines"
  vouched_by: ""
  vouched_until: soon
workload:
  name: Plant
answers:
  LABSEC04-BP01:
    status: implemented
    template: Platform
    vouched_until: "2027-13-01"
unanswered:
  LABOPS01-BP01:
    note: Ask them.
    template: Platform
`), 0o644))
	_, err := review.Load(path, testlens.Lens())
	require.Error(t, err)
	for _, want := range []string{
		":5: name must be one line without control characters",
		":6: the template has no vouched_by",
		`:7: vouched_until: "soon" is not a date such as 2026-12-31`,
		":13: LABSEC04-BP01 has no vouched_by; template, vouched_by and vouched_until go together",
		`:14: vouched_until: "2027-13-01" is not a date`,
		":18: LABOPS01-BP01 has no answer here that a template could give",
	} {
		require.Contains(t, err.Error(), want)
	}
}
