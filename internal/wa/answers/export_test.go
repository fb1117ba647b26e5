package answers_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/iotlens/iotlens/internal/lens"
	"github.com/iotlens/iotlens/internal/review"
	"github.com/iotlens/iotlens/internal/rules"
	"github.com/iotlens/iotlens/internal/scoring"
	"github.com/iotlens/iotlens/internal/testlens"
	"github.com/iotlens/iotlens/internal/wa/answers"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// awsQuestions generates a subset of AWS's questions.
func awsQuestions(t *rapid.T, l *lens.Lens) []*lens.Question {
	var all []*lens.Question
	for i := range l.Questions {
		if l.Questions[i].AWS() {
			all = append(all, &l.Questions[i])
		}
	}
	return rapid.SliceOfNDistinct(rapid.SampledFrom(all), 1, 8, func(q *lens.Question) string { return q.ID }).Draw(t, "questions")
}

func drawReview(t *rapid.T, l *lens.Lens, text *rapid.Generator[string]) *review.Review {
	r := &review.Review{Schema: 1, Lens: l.ID, LensVersion: l.Version, Answers: map[string]review.Answer{}}
	statuses := append(review.Statuses(), review.Unanswered)
	for _, q := range awsQuestions(t, l) {
		for i := range q.Practices {
			id := q.Practices[i].ID
			s := rapid.SampledFrom(statuses).Draw(t, id)
			if s == review.Unanswered {
				continue
			}
			a := review.Answer{Status: s, Note: text.Draw(t, "note")}
			if s == review.NotApplicable {
				a.Reason = "x" + text.Draw(t, "reason")
			}
			if rapid.Bool().Draw(t, "more") {
				a.Owner = text.Draw(t, "owner")
				a.Due = rapid.SampledFrom([]string{"", "2027-01-31"}).Draw(t, "due")
				for _, e := range rapid.SliceOfN(text, 0, 2).Draw(t, "evidence") {
					if e != "" && !slices.Contains(a.Evidence, e) {
						a.Evidence = append(a.Evidence, e)
					}
				}
			}
			r.Answers[id] = a
		}
	}
	return r
}

// words generates texts of any length, as people write them.
var words = rapid.Custom(func(t *rapid.T) string {
	word := rapid.SampledFrom([]string{
		"key", "device", "übergang", "温度", "🔧", "owner: x", "note: y", "Not implemented.", "done.", "Really?", "\n", "\n\n",
		"LABSEC05-BP01: implemented", "Noted with iotlens:", "[…]", "a-very-long-word-that-nobody-breaks-at-any-place-at-all",
	})
	text := strings.Join(rapid.SliceOfN(word, 0, 12).Draw(t, "words"), " ")
	return strings.TrimSpace(strings.Repeat(text+" ", rapid.SampledFrom([]int{1, 1, 1, 3, 60}).Draw(t, "times")))
})

// readAsWATool returns what the WA Tool would print after an input. It is an independent
// implementation by the section UpdateAnswer of the API reference and AWS's published
// measurements.
func readAsWATool(t require.TestingT, q *lens.Question, data []byte) (risk string, getAnswer map[string]any) {
	var u map[string]any
	require.NoError(t, json.Unmarshal(data, &u))
	ticked := map[string]bool{}
	for _, c := range u["SelectedChoices"].([]any) {
		ticked[c.(string)] = true
	}
	states := map[string]rules.State{}
	marked := false
	var choices, answers []any
	for i := range q.Practices {
		choices = append(choices, map[string]any{"ChoiceId": strings.ReplaceAll(q.Practices[i].ID, "-", "_"), "Title": q.Practices[i].Title})
	}
	if q.None != "" {
		choices = append(choices, map[string]any{"ChoiceId": q.None, "Title": "None of these"})
	}
	updates := u["ChoiceUpdates"].(map[string]any)
	require.Len(t, updates, len(choices), "every choice has a state")
	for _, c := range choices {
		id := c.(map[string]any)["ChoiceId"].(string)
		update := updates[id].(map[string]any)
		require.Equal(t, update["Status"] == "SELECTED", ticked[id], "%s", id)
		switch update["Status"] {
		case "SELECTED":
			states[id] = rules.Selected
		case "NOT_APPLICABLE":
			states[id], marked = rules.NotApplicable, true
			require.NotEqual(t, q.None, id, "the service refuses that")
			require.NotEmpty(t, update["Reason"])
		default:
			require.Equal(t, "UNSELECTED", update["Status"])
		}
		notes, _ := update["Notes"].(string)
		require.LessOrEqual(t, len(utf16.Encode([]rune(notes))), 250)
		answers = append(answers, map[string]any{"ChoiceId": id, "Status": update["Status"], "Reason": update["Reason"], "Notes": notes})
	}
	notes, _ := u["Notes"].(string)
	require.LessOrEqual(t, len(utf16.Encode([]rune(notes))), 2084)
	require.True(t, utf8.ValidString(notes))
	var set []rules.Rule
	for _, r := range q.Rules {
		rule, err := rules.ParseRule(strings.ReplaceAll(r.When, "-", "_"), string(r.Risk))
		require.NoError(t, err)
		set = append(set, rule)
	}
	risk = "UNANSWERED"
	if u["IsApplicable"] != true {
		risk = "NOT_APPLICABLE"
	} else if len(ticked) > 0 || marked {
		if given, ok := rules.Eval(set, func(id string) rules.State { return states[id] }); ok {
			risk = given.String()
		}
	}
	return risk, map[string]any{
		"WorkloadId": u["WorkloadId"], "LensAlias": u["LensAlias"],
		"Answer": map[string]any{
			"QuestionId": u["QuestionId"], "QuestionTitle": q.Title, "Choices": choices, "SelectedChoices": u["SelectedChoices"],
			"ChoiceAnswers": answers, "IsApplicable": u["IsApplicable"], "Notes": notes, "Risk": risk,
		},
	}
}

func TestTheWAToolShowsTheRiskOfAWSScoring(t *testing.T) {
	l := testlens.Lens()
	rapid.Check(t, func(t *rapid.T) {
		r := drawReview(t, l, words)
		out, _ := answers.Export(l, r, answers.Target{NoQuestionNotes: rapid.Bool().Draw(t, "plain")})
		exported := map[string]bool{}
		for _, u := range out {
			q, ok := l.Question(u.Question)
			require.True(t, ok)
			data, err := json.Marshal(u)
			require.NoError(t, err)
			risk, _ := readAsWATool(t, q, data)
			assert.Equal(t, string(scoring.AWSRisk(q, r.Answers)), risk, "%s %s", q.ID, data)
			exported[q.ID] = true
		}
		for id := range r.Answers {
			p, _ := l.Practice(id)
			assert.True(t, exported[p.Question], "%s", id)
		}
	})
}

// Importing an export into a review without answers gives the same answers: equal statuses,
// and texts that differ only where the limits cut them. That holds for the output of the WA
// Tool and for the inputs themselves.
func TestAnswersRoundTrip(t *testing.T) {
	l := testlens.Lens()
	rapid.Check(t, func(t *rapid.T) {
		r := drawReview(t, l, words)
		out, remarks := answers.Export(l, r, answers.Target{
			WorkloadID: strings.Repeat("ab", 16), LensAlias: "arn:aws:wellarchitected::aws:lens/iot", WholeQuestions: rapid.Bool().Draw(t, "whole"),
		})
		var pages []string
		unsent := rapid.Bool().Draw(t, "unsent")
		for _, u := range out {
			q, _ := l.Question(u.Question)
			data, err := json.Marshal(u)
			require.NoError(t, err)
			if unsent {
				pages = append(pages, string(data))
				continue
			}
			_, answer := readAsWATool(t, q, data)
			page, err := json.MarshalIndent(answer, "", rapid.SampledFrom([]string{"", "    "}).Draw(t, "indent"))
			require.NoError(t, err)
			pages = append(pages, string(page))
		}
		if len(pages) == 0 {
			return
		}
		text := strings.Join(pages, "\n")
		if rapid.Bool().Draw(t, "as a list") {
			text = "[" + strings.Join(pages, ",") + "]"
		}
		given, err := answers.Read("answers.json", []byte(text))
		require.NoError(t, err)
		given, err = answers.Merge(given)
		require.NoError(t, err)
		matches, unmatched := answers.MatchAll(l, given, nil)
		require.Empty(t, unmatched)

		taken := answers.Import(&review.Review{}, matches, answers.ImportOptions{Unselected: review.NotImplemented})
		require.Len(t, taken.Review.Answers, len(r.Answers))
		cut := map[string]bool{} // by id
		for _, remark := range remarks {
			if strings.HasPrefix(remark.Text, "shortened") {
				for _, id := range remark.IDs {
					cut[id] = true
				}
			}
		}
		for id, was := range r.Answers {
			is := taken.Review.Answers[id]
			require.Equal(t, was.Status, is.Status, "%s", id)
			if cut[id] {
				continue
			}
			assert.Equal(t, was.Reason, is.Reason, "%s", id)
			assert.Equal(t, was.Note, is.Note, "%s", id)
			assert.Equal(t, was.Owner, is.Owner, "%s", id)
			assert.Equal(t, was.Due, is.Due, "%s", id)
			assert.ElementsMatch(t, was.Evidence, is.Evidence, "%s", id)
		}

		again := answers.Import(r, matches, answers.ImportOptions{Unselected: review.NotImplemented})
		assert.Empty(t, again.Changes, "what came from a review changes nothing in it")
		assert.Equal(t, r.Answers, again.Review.Answers)
	})
}

// Importing the output of list-answers, which has no notes, loses no detail of a review.
func TestListAnswersLosesNoDetail(t *testing.T) {
	l := testlens.Lens()
	rapid.Check(t, func(t *rapid.T) {
		r := drawReview(t, l, rapid.Just("a note"))
		out, _ := answers.Export(l, r, answers.Target{})
		var summaries []any
		for _, u := range out {
			q, _ := l.Question(u.Question)
			data, err := json.Marshal(u)
			require.NoError(t, err)
			_, page := readAsWATool(t, q, data)
			answer := page["Answer"].(map[string]any)
			for _, c := range answer["ChoiceAnswers"].([]any) {
				delete(c.(map[string]any), "Notes")
			}
			answer["ChoiceAnswerSummaries"] = answer["ChoiceAnswers"]
			delete(answer, "ChoiceAnswers")
			delete(answer, "Notes")
			summaries = append(summaries, answer)
		}
		data, err := json.Marshal(map[string]any{"WorkloadId": "x", "AnswerSummaries": summaries})
		require.NoError(t, err)
		if len(out) == 0 {
			return
		}
		given, err := answers.Read("answers.json", data)
		require.NoError(t, err)
		matches, _ := answers.MatchAll(l, given, nil)
		taken := answers.Import(r, matches, answers.ImportOptions{Unselected: review.NotImplemented})
		for id, was := range r.Answers {
			assert.Equal(t, was, taken.Review.Answers[id], "%s", id)
		}
		for _, c := range taken.Changes {
			assert.Equal(t, review.Unanswered, c.Before.Status, "only what had no answer takes one")
		}
		careful := answers.Import(r, matches, answers.ImportOptions{Unselected: review.Unanswered})
		assert.Equal(t, r.Answers, careful.Review.Answers)
	})
}

// A review with one status for all practices: the states of the choices and the risks by the
// unchanged rules of the lens.
func TestExportOfOneStatusForAllPractices(t *testing.T) {
	l := testlens.Lens()
	risks := func(s review.Status) map[string]int {
		r := &review.Review{Answers: map[string]review.Answer{}}
		for _, id := range l.PracticeIDs() {
			r.Answers[id] = review.Answer{Status: s, Reason: map[bool]string{true: "No such devices."}[s == review.NotApplicable]}
		}
		out, remarks := answers.Export(l, r, answers.Target{})
		counts := map[string]int{"inputs": len(out)}
		for _, u := range out {
			q, _ := l.Question(u.Question)
			data, err := json.Marshal(u)
			require.NoError(t, err)
			risk, _ := readAsWATool(t, q, data)
			counts[risk]++
		}
		for _, remark := range remarks {
			counts[remark.Text] += len(remark.IDs)
		}
		return counts
	}
	const (
		layers = "not exported: in the layer banks, which the lens in the WA Tool does not have (--layers exports them alone)"
		none   = `nothing is implemented, but the lens in the WA Tool has no choice "None of these": the WA Tool will show UNANSWERED`
	)
	assert.Equal(t, map[string]int{"inputs": 14, "NONE": 14, layers: 4}, risks(review.Implemented))
	assert.Equal(t, map[string]int{"inputs": 14, "NONE": 14, layers: 4}, risks(review.NotApplicable))
	for _, gap := range []review.Status{review.NotImplemented, review.PartiallyImplemented, review.CannotDetermine} {
		assert.Equal(t, map[string]int{"inputs": 14, "HIGH": 9, "MEDIUM": 4, "UNANSWERED": 1, layers: 4, none: 1}, risks(gap), "%s", gap)
	}
}

// Texts that fit neither the notes of the choice nor those of the question are cut and
// reported; others are complete.
func TestShortenedTextsAreReported(t *testing.T) {
	l := testlens.Lens()
	long := strings.Repeat("The old line follows. ", 20) // 440 characters
	endless := strings.Repeat("The old line follows. ", 200)
	r := &review.Review{Answers: map[string]review.Answer{
		"LABSEC03-BP01": {Status: review.Implemented, Note: long}, "LABSEC03-BP02": {Status: review.Implemented},
		"LABOPS03-BP01": {Status: review.Implemented, Note: endless}, "LABOPS03-BP02": {Status: review.Implemented, Note: "Short."},
	}}
	out, remarks := answers.Export(l, r, answers.Target{})
	assert.Equal(t, []answers.Remark{{Text: "shortened: the notes of a question can have 2,084 characters in the WA Tool", IDs: []string{"LABOPS03-BP01"}}}, remarks)
	require.Len(t, out, 2)
	for _, u := range out {
		note := u.ChoiceUpdates[u.Question+"_BP01"].Notes
		assert.True(t, strings.HasSuffix(note, "The old line follows. […]"), "%s", note)
	}
	_, remarks = answers.Export(l, r, answers.Target{NoQuestionNotes: true})
	assert.Contains(t, remarks, answers.Remark{Text: "shortened in the notes of the choice", IDs: []string{"LABOPS03-BP01", "LABSEC03-BP01"}})
}

func TestExportOfAQuestionWithoutApplicablePractices(t *testing.T) {
	l := testlens.Lens()
	r := &review.Review{Answers: map[string]review.Answer{
		"LABSEC03-BP01": {Status: review.NotApplicable, Reason: "Out of scope: one site."}, "LABSEC03-BP02": {Status: review.NotApplicable, Reason: "Out of scope."},
		"LABOPS03-BP01": {Status: review.NotApplicable, Reason: "Out of scope."}, "LABOPS03-BP02": {Status: review.NotApplicable, Reason: "Few devices."},
		"LABSEC02-BP01": {Status: review.NotApplicable, Reason: "Out of scope."},
	}}
	marks := func(whole bool) (out []string) {
		list, _ := answers.Export(l, r, answers.Target{WholeQuestions: whole})
		for _, u := range list {
			out = append(out, fmt.Sprint(u.Question, " ", u.IsApplicable, " ", u.Reason))
		}
		return out
	}
	assert.Equal(t, []string{"LABOPS03 true ", "LABSEC02 true ", "LABSEC03 true "}, marks(false))
	assert.Equal(t, []string{"LABOPS03 false OTHER", "LABSEC02 true ", "LABSEC03 false OUT_OF_SCOPE"}, marks(true))
}

// A reason in the words of a Reason is not repeated in the notes; any other is.
func TestAReasonIsWrittenOnce(t *testing.T) {
	for reason, want := range map[string]answers.ChoiceUpdate{
		"Out of scope.":           {Status: answers.ChoiceNotApplicable, Reason: answers.OutOfScope},
		"Out of scope: one site.": {Status: answers.ChoiceNotApplicable, Reason: answers.OutOfScope, Notes: "Out of scope: one site."},
		"Few devices.":            {Status: answers.ChoiceNotApplicable, Reason: answers.OtherReason, Notes: "Few devices."},
	} {
		out, _ := answers.Export(testlens.Lens(), &review.Review{Answers: map[string]review.Answer{"LABSEC03-BP01": {Status: review.NotApplicable, Reason: reason}}}, answers.Target{})
		require.Len(t, out, 1)
		assert.Equal(t, want, out[0].ChoiceUpdates["LABSEC03_BP01"])
	}
}

// Unselected choices count as missing only if another choice is selected: a partly answered
// question with gaps alone stays unanswered in the WA Tool.
func TestAPartlyAnsweredQuestionIsReported(t *testing.T) {
	half := func(s review.Status) []answers.Remark {
		_, remarks := answers.Export(testlens.Lens(), &review.Review{Answers: map[string]review.Answer{"LABSEC03-BP01": {Status: s}}}, answers.Target{})
		return remarks
	}
	assert.Equal(t, []answers.Remark{{Text: "partly answered; the WA Tool counts unselected choices as missing", IDs: []string{"LABSEC03"}}}, half(review.Implemented))
	assert.Empty(t, half(review.NotImplemented))
}

func ExampleExport() {
	l := testlens.Lens()
	r := &review.Review{Answers: map[string]review.Answer{
		"LABOPS03-BP01": {Status: review.PartiallyImplemented, Note: "Only the new line does it.", Owner: "Marta", Due: "2027-01-31"},
		"LABOPS03-BP02": {Status: review.NotApplicable, Reason: "Out of scope: the plant has one site."},
	}}
	out, _ := answers.Export(l, r, answers.Target{WorkloadID: "0123456789abcdef0123456789abcdef", LensAlias: "iot"})
	data, _ := json.MarshalIndent(out, "", "  ")
	fmt.Println(string(data))
	// Output:
	// [
	//   {
	//     "WorkloadId": "0123456789abcdef0123456789abcdef",
	//     "LensAlias": "iot",
	//     "QuestionId": "LABOPS03",
	//     "SelectedChoices": [
	//       "LABOPS3_no"
	//     ],
	//     "ChoiceUpdates": {
	//       "LABOPS03_BP01": {
	//         "Status": "UNSELECTED",
	//         "Notes": "Partially implemented. Only the new line does it."
	//       },
	//       "LABOPS03_BP02": {
	//         "Status": "NOT_APPLICABLE",
	//         "Reason": "OUT_OF_SCOPE",
	//         "Notes": "Out of scope: the plant has one site."
	//       },
	//       "LABOPS3_no": {
	//         "Status": "SELECTED",
	//         "Notes": ""
	//       }
	//     },
	//     "Notes": "Noted with iotlens:\nLABOPS03-BP01: partially implemented\n  owner: Marta\n  due: 2027-01-31",
	//     "IsApplicable": true
	//   }
	// ]
}
