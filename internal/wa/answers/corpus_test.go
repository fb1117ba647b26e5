package answers_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/iotlens/iotlens/internal/corpus"
	"github.com/iotlens/iotlens/internal/lens"
	"github.com/iotlens/iotlens/internal/review"
	"github.com/iotlens/iotlens/internal/rules"
	"github.com/iotlens/iotlens/internal/scoring"
	"github.com/iotlens/iotlens/internal/testlens"
	"github.com/iotlens/iotlens/internal/wa/answers"
	"github.com/iotlens/iotlens/internal/wa/customlens"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// Answers to published lenses, imported as banks: exports name the choices of the JSON of
// the lens, its rules give them the risk of --scoring aws, and an import returns the same
// answers.
func TestAnswersToPublishedLensesRoundTrip(t *testing.T) {
	files := append(corpus.Lenses(t), corpus.IoTLens(t))
	lenses := 0
	for _, file := range files {
		doc, problems := customlens.Read(file.Name, file.Data)
		if len(problems) > 0 {
			continue
		}
		l, problems := customlens.Import(doc, "", "")
		if len(problems) > 0 {
			continue
		}
		lenses++
		originals := map[string]customlens.Question{}
		for _, p := range doc.Lens.Pillars {
			for _, q := range p.Questions {
				originals[q.ID.Value] = q
			}
		}
		rapid.Check(t, func(t *rapid.T) {
			r := drawReview(t, l, rapid.Just("A note."))
			out, _ := answers.Export(l, r, answers.Target{})
			var pages []any
			for _, u := range out {
				original, ok := originals[u.QuestionID]
				require.True(t, ok, "%s: %s", file.Name, u.QuestionID)
				risk, page := shownFor(t, original, u)
				pages = append(pages, page)
				q, _ := l.Question(u.Question)
				require.Equal(t, string(scoring.AWSRisk(q, r.Answers)), risk, "%s: %s", file.Name, u.QuestionID)
			}
			require.Len(t, requireRoundTrip(t, l, r, pages), len(r.Answers), file.Name)
		})
	}
	require.GreaterOrEqual(t, lenses, 25, "most of the corpus can be imported")
}

// requireRoundTrip imports what get-answer would print into an empty review, and compares
// each answer with the exported one.
func requireRoundTrip(t *rapid.T, l *lens.Lens, r *review.Review, pages []any) map[string]review.Answer {
	if len(pages) == 0 {
		return nil
	}
	data, err := json.Marshal(pages)
	require.NoError(t, err)
	given, err := answers.Read("answers.json", data)
	require.NoError(t, err)
	matches, unmatched := answers.MatchAll(l, given, nil)
	require.Empty(t, unmatched)
	taken := answers.Import(&review.Review{}, matches, answers.ImportOptions{Unselected: review.NotImplemented})
	for id, is := range taken.Review.Answers {
		require.Equal(t, r.Answers[id].Status, is.Status, "%s", id)
	}
	return taken.Review.Answers
}

// Answers to exports of the shipped lens (unchanged, repaired and the layer banks) give
// every choice a state.
func TestAnswersToExportedLenses(t *testing.T) {
	l := testlens.Lens()
	for _, c := range []struct {
		name   string
		lens   customlens.Options
		target answers.Target
	}{
		{"as AWS has it", customlens.Options{}, answers.Target{}},
		{"repaired", customlens.Options{Repair: true}, answers.Target{Repaired: true}},
		{"layers", customlens.Options{Layers: true}, answers.Target{Layers: true}},
		{"layers, repaired", customlens.Options{Layers: true, Repair: true}, answers.Target{Layers: true, Repaired: true}},
	} {
		there, err := customlens.Export(l, c.lens)
		require.NoError(t, err)
		originals := map[string]customlens.Question{}
		for _, p := range there.Pillars {
			for _, q := range p.Questions {
				originals[q.ID.Value] = q
			}
		}
		rapid.Check(t, func(t *rapid.T) {
			r := &review.Review{Answers: map[string]review.Answer{}}
			for _, q := range rapid.SliceOfNDistinct(rapid.IntRange(0, len(l.Questions)-1), 1, 10, rapid.ID).Draw(t, "questions") {
				for _, p := range l.Questions[q].Practices {
					if s := rapid.SampledFrom(append(review.Statuses(), review.Unanswered)).Draw(t, p.ID); s != review.Unanswered {
						r.Answers[p.ID] = review.Answer{Status: s, Reason: "r"}
					}
				}
			}
			out, remarks := answers.Export(l, r, c.target)
			var pages []any
			for _, u := range out {
				original, ok := originals[u.QuestionID]
				require.True(t, ok, "%s: %s", c.name, u.QuestionID)
				risk, page := shownFor(t, original, u)
				pages = append(pages, page)
				q, _ := l.Question(u.Question)
				want := scoring.AWSRisk(q, r.Answers)
				if q.None == "" && q.AWS() && c.target.Repaired && risk != string(want) {
					require.Equal(t, scoring.RiskUnanswered, want, "the choice that was missing has an effect now")
					continue
				}
				require.Equal(t, string(want), risk, "%s: %s", c.name, u.QuestionID)
			}
			requireRoundTrip(t, l, r, pages)
			for _, remark := range remarks {
				require.False(t, c.target.Repaired && strings.HasPrefix(remark.Text, "nothing is implemented"))
			}
		})
	}
}

// shownFor returns the risk that the rules in the JSON of a lens give to an input, and what
// get-answer would print.
func shownFor(t *rapid.T, q customlens.Question, u answers.UpdateAnswer) (string, any) {
	var set []rules.Rule
	for _, r := range q.RiskRules {
		risk := map[string]string{"HIGH_RISK": "high", "MEDIUM_RISK": "medium", "NO_RISK": "none"}[r.Risk.Value]
		rule, err := rules.ParseRule(r.Condition.Value, risk)
		require.NoError(t, err)
		set = append(set, rule)
	}
	states := map[string]rules.State{}
	answered := len(u.SelectedChoices) > 0
	var choices, given []any
	for _, c := range q.Choices {
		update, ok := u.ChoiceUpdates[c.ID.Value]
		require.True(t, ok, "%s has no state", c.ID.Value)
		switch update.Status {
		case answers.ChoiceSelected:
			states[c.ID.Value] = rules.Selected
		case answers.ChoiceNotApplicable:
			states[c.ID.Value], answered = rules.NotApplicable, true
		}
		choices = append(choices, map[string]any{"ChoiceId": c.ID.Value, "Title": c.Title.Value})
		given = append(given, map[string]any{"ChoiceId": c.ID.Value, "Status": update.Status, "Reason": update.Reason, "Notes": update.Notes})
	}
	require.Len(t, u.ChoiceUpdates, len(q.Choices))
	shown := "UNANSWERED"
	if answered {
		shown = "UNDETERMINED" // what the tool shows where no rule holds is not known
		if risk, ok := rules.Eval(set, func(id string) rules.State { return states[id] }); ok {
			shown = risk.String()
		}
	}
	return shown, map[string]any{"Answer": map[string]any{
		"QuestionId": u.QuestionID, "QuestionTitle": q.Title.Value, "Choices": choices, "SelectedChoices": u.SelectedChoices,
		"ChoiceAnswers": given, "IsApplicable": u.IsApplicable, "Notes": u.Notes,
	}}
}
