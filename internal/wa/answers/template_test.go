package answers_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/iotlens/iotlens/internal/review"
	"github.com/iotlens/iotlens/internal/testlens"
	"github.com/iotlens/iotlens/internal/wa/answers"
	"github.com/stretchr/testify/require"
)

// exported returns the WA Tool's answer for a review with one answer, edited in the tool.
func exported(t *testing.T, a review.Answer, edit *strings.Replacer) []answers.Match {
	t.Helper()
	l := testlens.Lens()
	inputs, _ := answers.Export(l, &review.Review{Answers: map[string]review.Answer{"LABSEC04-BP01": a}}, answers.Target{})
	require.Len(t, inputs, 1)
	data, err := json.Marshal(inputs[0])
	require.NoError(t, err)
	given, err := answers.Read("a.json", []byte(edit.Replace(string(data))))
	require.NoError(t, err)
	matches, _ := answers.MatchAll(l, given, nil)
	return matches
}

// After an export and an import, an answer from a template is still marked as such, and a
// confirmed one is still confirmed.
func TestAnswersFromTemplatesRoundTrip(t *testing.T) {
	copied := review.Answer{Status: review.Implemented, By: "Ana", At: "2026-11-01", Template: "Platform", VouchedBy: "Platform team", VouchedUntil: "2027-06-30"}
	confirmed := copied.Clone()
	confirmed.Sign("Bo", "2026-11-20")
	as := func(a review.Answer, template, by, until string) review.Answer {
		a.Sign("Eve", "2026-11-29")
		a.Template, a.VouchedBy, a.VouchedUntil = template, by, until
		return a
	}
	same := strings.NewReplacer()
	for name, c := range map[string]struct {
		there []answers.Match
		here  review.Answer
		want  review.Answer
	}{
		"into an empty review":  {exported(t, copied, same), review.Answer{}, as(copied, "Platform", "Platform team", "2027-06-30")},
		"the day was garbled":   {exported(t, copied, strings.NewReplacer("2027-06-30", "next year")), review.Answer{}, as(copied, "Platform", "Platform team", "2026-11-29")},
		"the template was lost": {exported(t, copied, strings.NewReplacer("template:", "tmpl:")), review.Answer{}, as(copied, "not named", "Platform team", "2027-06-30")},
		"into the copy":         {exported(t, copied, same), copied, copied},
		"into a confirmed one":  {exported(t, copied, same), confirmed, confirmed},
		"another state there": {exported(t, copied, strings.NewReplacer(`["LABSEC04_BP01"]`, `[]`, `"SELECTED"`, `"NOT_APPLICABLE"`)), copied, as(review.Answer{
			Status: review.NotApplicable, Reason: "Marked as not applicable in the WA Tool, without a reason.",
		}, "", "", "")},
	} {
		t.Run(name, func(t *testing.T) {
			r := &review.Review{}
			if c.here.Status != review.Unanswered {
				r.Answers = map[string]review.Answer{"LABSEC04-BP01": c.here}
			}
			got := answers.Import(r, c.there, answers.ImportOptions{By: "Eve", At: "2026-11-29", Unselected: review.NotImplemented}).Review.Answers["LABSEC04-BP01"]
			got.History, got.Note = nil, ""
			require.Equal(t, c.want, got)
			require.NoError(t, got.Check())
		})
	}
}
