package answers_test

import (
	"errors"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/iotlens/iotlens/internal/lens"
	"github.com/iotlens/iotlens/internal/review"
	"github.com/iotlens/iotlens/internal/testlens"
	"github.com/iotlens/iotlens/internal/wa/answers"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

const summary = `{"WorkloadId": "x", "LensAlias": "iot", "AnswerSummaries": [
  {"QuestionId": "LABSEC03", "QuestionTitle": "T", "Choices": [{"ChoiceId": "LABSEC03_BP01"}, {"ChoiceId": "LABSEC03_no"}],
   "SelectedChoices": ["LABSEC03_BP01"], "IsApplicable": true, "Risk": "MEDIUM", "JiraConfiguration": {}}]}`

const single = `{"WorkloadId": "x", "LensArn": "arn", "Answer": {"QuestionId": "LABSEC03", "Choices": [{"ChoiceId": "LABSEC03_BP01"}],
   "SelectedChoices": ["LABSEC03_BP01"], "ChoiceAnswers": [{"ChoiceId": "LABSEC03_BP01", "Status": "SELECTED", "Notes": "bell \u0007 rings\r\ntwice"}], "IsApplicable": true}}`

func utf16LE(s string) string {
	var b strings.Builder
	b.WriteString("\xFF\xFE")
	for _, u := range utf16.Encode([]rune(s)) {
		b.WriteByte(byte(u))
		b.WriteByte(byte(u >> 8))
	}
	return b.String()
}

func TestReadAcceptsEveryOutputForm(t *testing.T) {
	for name, c := range map[string]struct {
		text string
		n    int
	}{
		"list-answers":                 {summary, 1},
		"get-answer":                   {single, 1},
		"one after the other":          {summary + "\n" + single, 2},
		"a list":                       {"[" + summary + "," + single + "]", 2},
		"bare answers":                 {`[{"QuestionId": "A"}, {"QuestionId": "B"}]`, 2},
		"with a byte order mark":       {"\uFEFF" + summary, 1},
		"as Windows PowerShell writes": {utf16LE(summary), 1},
		"a page and the one behind it": {strings.Replace(summary, `"WorkloadId"`, `"NextToken": "t", "WorkloadId"`, 1) + summary, 2},
		"a workload without answers":   {`{"WorkloadId": "x", "AnswerSummaries": []}`, 0},
		"keys in the order of others":  {`{"Answer": {"Risk": "HIGH", "QuestionId": "A", "IsApplicable": false, "Reason": "OUT_OF_SCOPE"}, "New": {}}`, 1},
	} {
		given, err := answers.Read("a.json", []byte(c.text))
		require.NoError(t, err, name)
		assert.Len(t, given, c.n, name)
	}
	given, err := answers.Read("a.json", []byte(single))
	require.NoError(t, err)
	assert.Equal(t, "bell  rings\ntwice", given[0].Choices[0].Notes)
	assert.True(t, given[0].HasNotes)
	assert.Equal(t, "arn", given[0].Lens)
}

func TestOtherFilesAreRefused(t *testing.T) {
	for text, want := range map[string]string{
		"":                                    "a.json: the file is empty",
		" \n":                                 "a.json: the file is empty",
		"\xff\xff":                            "a.json: not in UTF-8",
		"AnswerSummaries:\n- QuestionId: a\n": "a.json:1: invalid JSON at or just above this line; run the aws command with --output json",
		"{\"a\": 1,\n\n}":                     "a.json:3: invalid JSON at or just above this line; run the aws command with --output json",
		`{"Answer": {`:                        "a.json: unexpected end of the file",
		`{}`:                                  "a.json:1: no AnswerSummaries and no Answer; expected the output of aws wellarchitected list-answers or get-answer",
		`[]`:                                  "a.json: no answers; expected the output of aws wellarchitected list-answers or get-answer",
		`"x"`:                                 "a.json:1: the document has the wrong type for the output of list-answers or get-answer",
		"\n{\"Answer\": {\"QuestionId\": 5}}": "a.json:2: Answer.QuestionId has the wrong type for the output of list-answers or get-answer",
		`{"Answer": {"QuestionId": " "}}`:     "a.json:1: an answer has no QuestionId",
		`{"Answer": {"QuestionId": "Q", "ChoiceAnswers": [{"ChoiceId": "c", "Status": "YES"}]}}`: `a.json:1: Q: unknown status "YES" of the choice c; known: SELECTED, UNSELECTED, NOT_APPLICABLE`,
	} {
		given, err := answers.Read("a.json", []byte(text))
		assert.EqualError(t, err, want, "%q", text)
		assert.Empty(t, given)
	}
	given, err := answers.Read("a.json", []byte(strings.Replace(summary, `"WorkloadId"`, `"NextToken": "t", "WorkloadId"`, 1)))
	assert.True(t, errors.Is(err, answers.ErrMorePages))
	assert.Len(t, given, 1)
}

func TestMerge(t *testing.T) {
	a, b := read(t, "a.json", summary), read(t, "b.json", single)
	joined, err := answers.Merge(append(a, b...))
	require.NoError(t, err)
	require.Len(t, joined, 1)
	assert.Equal(t, "b.json", joined[0].File, "the one with the notes")
	joined, err = answers.Merge(append(b, a...))
	require.NoError(t, err)
	assert.Equal(t, "b.json", joined[0].File)

	other := read(t, "c.json", strings.Replace(single, `"SELECTED"`, `"NOT_APPLICABLE"`, 1))
	other[0].Choices[0].Status = answers.ChoiceNotApplicable
	_, err = answers.Merge(append(a, other...))
	assert.EqualError(t, err, "LABSEC03 has different answers in a.json and c.json; leave out the older file")
}

func read(t *testing.T, name, text string) []answers.ToolAnswer {
	t.Helper()
	given, err := answers.Read(name, []byte(text))
	require.NoError(t, err)
	return given
}

func TestMatchByIDThenByTitle(t *testing.T) {
	l := testlens.Lens()
	q, _ := l.Question("LABSEC03")
	title := func(id string) string { p, _ := l.Practice(id); return p.Title }
	choice := func(id, title string) answers.ToolChoice { return answers.ToolChoice{ID: id, Title: title} }
	for _, c := range []struct {
		name     string
		question string
		title    string
		choices  []answers.ToolChoice
		want     map[string]string
		none     string
		left     []string
		reworded []string
	}{
		{
			"as AWS's custom lens", "LABSEC03", "",
			[]answers.ToolChoice{choice("LABSEC03_BP01", ""), choice("LABSEC03_BP02", ""), choice("LABSEC03_no", "")},
			map[string]string{"LABSEC03-BP01": "LABSEC03_BP01", "LABSEC03-BP02": "LABSEC03_BP02"},
			"LABSEC03_no", nil, nil,
		},
		{
			"as the catalogue's siblings", "labsec3", "",
			[]answers.ToolChoice{choice("labsec3_1", ""), choice("labsec3_2", ""), choice("labsec3_no", "")},
			map[string]string{"LABSEC03-BP01": "labsec3_1", "LABSEC03-BP02": "labsec3_2"},
			"labsec3_no", nil, nil,
		},
		{
			"as the whitepaper", "LABSEC03", "",
			[]answers.ToolChoice{choice("LABSEC03-BP01", ""), choice("LABSEC03-BP02", "")},
			map[string]string{"LABSEC03-BP01": "LABSEC03-BP01", "LABSEC03-BP02": "LABSEC03-BP02"},
			"", nil, nil,
		},
		{
			"by title, where ids count otherwise", "labsec3", q.Title,
			[]answers.ToolChoice{choice("labsec3_1", title("LABSEC03-BP02")), choice("labsec3_2", title("LABSEC03-BP01"))},
			map[string]string{"LABSEC03-BP01": "labsec3_2", "LABSEC03-BP02": "labsec3_1"},
			"", nil, nil,
		},
		{
			"by title alone", "q17", strings.ToUpper(q.Title),
			[]answers.ToolChoice{choice("c1", "  "+title("LABSEC03-BP01")+". "), choice("c2", "None of these"), choice("c3", "Something new")},
			map[string]string{"LABSEC03-BP01": "c1"},
			"c2",
			[]string{"c3"},
			nil,
		},
		{
			"by id, reworded", "LABSEC03", "Something else?",
			[]answers.ToolChoice{choice("LABSEC03_BP01", "Do it differently")},
			map[string]string{"LABSEC03-BP01": "LABSEC03_BP01"},
			"", nil,
			[]string{"LABSEC03-BP01"},
		},
		{
			"one of two with the same sense", "LABSEC03", "",
			[]answers.ToolChoice{choice("LABSEC03_BP01", ""), choice("labsec3-1", "")},
			map[string]string{"LABSEC03-BP01": "LABSEC03_BP01"},
			"",
			[]string{"labsec3-1"},
			nil,
		},
	} {
		matches, unmatched := answers.MatchAll(l, []answers.ToolAnswer{{Question: c.question, Title: c.title, Choices: c.choices}}, nil)
		require.Len(t, matches, 1, c.name)
		assert.Equal(t, "LABSEC03", matches[0].Question.ID, c.name)
		assert.Equal(t, c.want, matches[0].Choices, c.name)
		assert.Equal(t, c.none, matches[0].None, c.name)
		assert.Equal(t, c.reworded, matches[0].Reworded, c.name)
		var left []string
		for _, u := range unmatched {
			left = append(left, u.Choice)
		}
		assert.Equal(t, c.left, left, c.name)
	}
	_, unmatched := answers.MatchAll(l, []answers.ToolAnswer{{Question: "ops_1", Title: "How?\n now"}}, nil)
	assert.Equal(t, []answers.MapUnmatched{{Question: "ops_1", Title: "How? now"}}, unmatched)
}

// All ids of the lens match, including numbers of several digits and the misnamed None
// choices.
func TestAllIDsMatchInEverySpelling(t *testing.T) {
	l := testlens.Lens()
	for _, spell := range []func(string) string{
		func(id string) string { return strings.ReplaceAll(id, "-", "_") },
		strings.ToLower,
		func(id string) string {
			return strings.NewReplacer("S0", "S", "C0", "C", "L0", "L", "F0", "F", "T0", "T", "-BP0", "_", "-BP", "_").Replace(id)
		},
	} {
		var given []answers.ToolAnswer
		for i := range l.Questions {
			q := &l.Questions[i]
			g := answers.ToolAnswer{Question: spell(q.ID)}
			for j := range q.Practices {
				g.Choices = append(g.Choices, answers.ToolChoice{ID: spell(q.Practices[j].ID)})
			}
			if q.None != "" {
				g.Choices = append(g.Choices, answers.ToolChoice{ID: spell(q.None)})
			}
			given = append(given, g)
		}
		matches, unmatched := answers.MatchAll(l, given, nil)
		require.Empty(t, unmatched)
		require.Len(t, matches, len(l.Questions))
		for i, m := range matches {
			q := &l.Questions[i]
			require.Equal(t, q.ID, m.Question.ID)
			require.Equal(t, spell(q.ID), m.Answer.Question)
			require.Len(t, m.Choices, len(q.Practices))
			for _, p := range q.Practices {
				require.Equal(t, spell(p.ID), m.Choices[p.ID])
			}
			require.Equal(t, q.None != "", m.None != "", "%s", q.ID)
		}
	}
}

func TestAMapTakesPrecedence(t *testing.T) {
	l := testlens.Lens()
	m, problems := answers.ParseMap("map.yaml", []byte(`schema: 1
lens: lab-iot
lens_alias: arn:aws:wellarchitected::aws:lens/iot
questions:
  LABSEC03:
    id: q1
    none: c0
    choices:
      LABSEC03-BP01: c1
ignore: [junk]
unmatched:
  - question: old
    title: Old
`), l)
	require.Empty(t, problems)
	matches, unmatched := answers.MatchAll(l, []answers.ToolAnswer{
		{Question: "q1", Lens: "iot", Choices: []answers.ToolChoice{{ID: "c0", Title: "No"}, {ID: "c1", Title: "Any"}, {ID: "LABSEC03_BP02"}, {ID: "junk"}, {ID: "c9"}}},
		{Question: "LABSEC03"}, // taken already
		{Question: "junk"},
	}, m)
	require.Len(t, matches, 1)
	assert.Equal(t, "c0", matches[0].None)
	assert.Equal(t, map[string]string{"LABSEC03-BP01": "c1", "LABSEC03-BP02": "LABSEC03_BP02"}, matches[0].Choices)
	assert.Equal(t, []answers.MapUnmatched{{Question: "q1", Choice: "c9"}, {Question: "LABSEC03"}}, unmatched)

	written := answers.EncodeMap(answers.NewMap(l, matches, unmatched, m))
	again, problems := answers.ParseMap("map.yaml", written, l)
	require.Empty(t, problems, "%s", written)
	assert.Equal(t, matches[0].Choices, again.Questions["LABSEC03"].Choices)
	assert.Equal(t, unmatched, again.Unmatched)
	assert.Equal(t, []string{"junk"}, again.Ignore)

	out, remarks := answers.Export(l, &review.Review{Answers: map[string]review.Answer{
		"LABSEC03-BP01": {Status: review.Implemented}, "LABSEC02-BP01": {Status: review.Implemented},
	}}, answers.Target{Map: again})
	require.Len(t, out, 1)
	assert.Equal(t, "q1", out[0].QuestionID)
	assert.Equal(t, []string{"c1"}, out[0].SelectedChoices)
	assert.Equal(t, []answers.Remark{
		{Text: "not exported: the map has no id for the question", IDs: []string{"LABSEC02"}},
		{Text: "partly answered; the WA Tool counts unselected choices as missing", IDs: []string{"LABSEC03"}},
	}, remarks)
}

func TestParseMapReportsAllProblems(t *testing.T) {
	_, problems := answers.ParseMap("map.yaml", []byte(`schema: 2
lens: other
lens_alais: x
questions:
  LABSEC1:
    id: a
  LABSEC02:
    id: b
    none: n
    choices:
      LABSEC02-BP01: n
      LABSEC03-BP01: c
  LABSEC03:
    id: b
  LABSEC04:
    none: n
`), testlens.Lens())
	var lines []string
	for _, p := range problems {
		lines = append(lines, p.String())
	}
	assert.Equal(t, []string{
		`map.yaml:1: schema must be 1; begin the file with schema: 1`,
		`map.yaml:2: the map is for the lens "other", but the bank is "lab-iot"`,
		`map.yaml:3: unknown key "lens_alais", did you mean "lens_alias"?`,
		`map.yaml:5: the lens has no question "LABSEC1", did you mean "LABSEC01"?`,
		`map.yaml:11: duplicate id "n", already used for None of these`,
		`map.yaml:12: LABSEC02 has no best practice "LABSEC03-BP01", did you mean "LABSEC02-BP01"?`,
		`map.yaml:14: duplicate id "b", already used for LABSEC02`,
		`map.yaml:15: LABSEC04 has no id of the WA Tool`,
	}, lines)
}

// The imported answer depends on the answer in the review and the state in the WA Tool.
func TestImportStatuses(t *testing.T) {
	l := testlens.Lens()
	q, _ := l.Question("LABSEC03") // two practices
	const id = "LABSEC03-BP01"
	our := func(s review.Status) *review.Answer { return &review.Answer{Status: s, Note: "ours", By: "Ana"} }
	na := &review.Answer{Status: review.NotApplicable, Reason: "No such devices.", By: "Ana"}
	for _, c := range []struct {
		name   string
		ours   *review.Answer
		states string // BP01 BP02 None, each S, U or N
		notes  string
		want   review.Status
		change bool
	}{
		{"ticked", nil, "SUU", "", review.Implemented, true},
		{"ticked, ours too", our(review.Implemented), "SUU", "", review.Implemented, false},
		{"ticked, ours in part", our(review.PartiallyImplemented), "SUU", "", review.Implemented, true},
		{"not ticked beside another", nil, "USU", "", review.NotImplemented, true},
		{"not ticked, ours in part", our(review.PartiallyImplemented), "USU", "", review.PartiallyImplemented, false},
		{"not ticked, ours don't know", our(review.CannotDetermine), "USU", "", review.CannotDetermine, false},
		{"not ticked, ours implemented", our(review.Implemented), "USU", "", review.NotImplemented, true},
		{"not ticked, ours not applicable", na, "USU", "", review.NotImplemented, true},
		{"nothing ticked", nil, "UUU", "", review.Unanswered, false},
		{"nothing ticked, ours implemented", our(review.Implemented), "UUU", "", review.Implemented, false},
		{"nothing ticked, in words", nil, "UUU", "Don't know. Ask Jo.", review.CannotDetermine, true},
		{"None of these", nil, "UUS", "", review.NotImplemented, true},
		{"None of these, ours in part", our(review.PartiallyImplemented), "UUS", "", review.PartiallyImplemented, false},
		{"a status in the notes replaces ours", our(review.NotImplemented), "USU", "Partially implemented. One line.", review.PartiallyImplemented, true},
		{"words of no answer don't", our(review.NotImplemented), "USU", "Unanswered.", review.NotImplemented, false},
		{"ticked after all, words or not", nil, "SUU", "Partially implemented. One line.", review.Implemented, true},
		{"not applicable", nil, "NUU", "Only one site.", review.NotApplicable, true},
		{"not applicable without a reason, ours with one", na, "NUU", "", review.NotApplicable, false},
	} {
		g := answers.ToolAnswer{Question: "LABSEC03", Applicable: true, HasNotes: true}
		for i, choice := range []string{"LABSEC03_BP01", "LABSEC03_BP02", "LABSEC03_no"} {
			g.Choices = append(g.Choices, answers.ToolChoice{ID: choice, Status: map[byte]answers.ChoiceStatus{
				'S': answers.ChoiceSelected, 'U': answers.ChoiceUnselected, 'N': answers.ChoiceNotApplicable,
			}[c.states[i]]})
		}
		g.Choices[0].Notes = c.notes
		r := &review.Review{Answers: map[string]review.Answer{}}
		if c.ours != nil {
			r.Answers[id] = *c.ours
		}
		matches, _ := answers.MatchAll(l, []answers.ToolAnswer{g}, nil)
		require.Equal(t, q.ID, matches[0].Question.ID)
		taken := answers.Import(r, matches, answers.ImportOptions{Unselected: review.NotImplemented, By: "WA Tool"})
		assert.Equal(t, c.want, taken.Review.Answers[id].Status, c.name)
		changed := false
		for _, ch := range taken.Changes {
			changed = changed || ch.Practice == id
		}
		assert.Equal(t, c.change, changed, c.name)
		if c.ours != nil {
			assert.Equal(t, *c.ours, r.Answers[id], "the review itself stays as it is")
		}
		if c.want == review.NotApplicable {
			assert.NotEmpty(t, taken.Review.Answers[id].Reason, c.name)
		} else {
			assert.Empty(t, taken.Review.Answers[id].Reason, c.name)
		}
	}
}

func TestImportOfAQuestionThatDoesNotApply(t *testing.T) {
	l := testlens.Lens()
	g := answers.ToolAnswer{Question: "LABSEC03", Reason: answers.OutOfScope, HasNotes: true, Notes: "Decided on Monday.", Choices: []answers.ToolChoice{
		{ID: "LABSEC03_BP01", Status: answers.ChoiceSelected}, {ID: "LABSEC03_BP02", Status: answers.ChoiceUnselected}, {ID: "LABSEC03_no", Status: answers.ChoiceUnselected},
	}}
	matches, _ := answers.MatchAll(l, []answers.ToolAnswer{g}, nil)
	taken := answers.Import(&review.Review{}, matches, answers.ImportOptions{Unselected: review.NotImplemented, By: "WA Tool", At: "2026-11-24"})
	assert.Equal(t, map[string]review.Answer{
		"LABSEC03-BP01": {Status: review.NotApplicable, Reason: "Out of scope.", Note: "On the whole question: Decided on Monday.", By: "WA Tool", At: "2026-11-24"},
		"LABSEC03-BP02": {Status: review.NotApplicable, Reason: "Out of scope.", By: "WA Tool", At: "2026-11-24"},
	}, taken.Review.Answers)
	assert.Equal(t, []answers.Remark{{Text: "not applicable as a whole; its selected choices were not imported", IDs: []string{"LABSEC03"}}}, taken.Remarks)
	require.Len(t, taken.Changes, 2)

	again := answers.Import(&review.Review{Answers: taken.Review.Answers}, matches, answers.ImportOptions{Unselected: review.NotImplemented})
	assert.Empty(t, again.Changes, "once is enough")
}

func TestNearest(t *testing.T) {
	l := testlens.Lens()
	p, _ := l.Practice("LABSEC05-BP01")
	id, ok := answers.Nearest(l, answers.MapUnmatched{Question: "q", Choice: "c", Title: p.Title + "s"})
	assert.True(t, ok)
	assert.Equal(t, "LABSEC05-BP01", id)
	_, ok = answers.Nearest(l, answers.MapUnmatched{Question: "q", Title: "Something quite different"})
	assert.False(t, ok)
}

func FuzzReadAnswers(f *testing.F) {
	for _, s := range []string{summary, single, "[" + summary + "]", utf16LE(single), `{"Answer":{"QuestionId":"LABSEC03","Notes":"Noted with iotlens:\nLABSEC03-BP01: don't know\n  owner: x"}}`} {
		f.Add([]byte(s))
	}
	l := testlens.Lens()
	f.Fuzz(func(t *testing.T, data []byte) {
		given, err := answers.Read("a.json", data)
		if err != nil && !errors.Is(err, answers.ErrMorePages) {
			assert.Empty(t, given)
			return
		}
		if given, err = answers.Merge(given); err != nil {
			return
		}
		matches, _ := answers.MatchAll(l, given, nil)
		taken := answers.Import(&review.Review{}, matches, answers.ImportOptions{Unselected: review.NotImplemented, By: "WA Tool"})
		for id, a := range taken.Review.Answers {
			_, known := l.Practice(id)
			assert.True(t, known)
			assert.Contains(t, review.Statuses(), a.Status)
			assert.Equal(t, a.Status == review.NotApplicable, a.Reason != "")
		}
	})
}

func TestReplacedAnswersStayInTheHistory(t *testing.T) {
	l := testlens.Lens()
	g := watoolGiven("LABSEC03", "LABSEC03_BP01")
	g.Notes = "Decided on Monday."
	matches, _ := answers.MatchAll(l, []answers.ToolAnswer{g}, nil)
	ours := review.Answer{Status: review.PartiallyImplemented, Note: "One line.", By: "Ana", At: "2026-11-01"}
	taken := answers.Import(&review.Review{Answers: map[string]review.Answer{"LABSEC03-BP01": ours}}, matches, answers.ImportOptions{
		Unselected: review.NotImplemented, By: "WA Tool", At: "2026-11-24",
	})
	a := taken.Review.Answers["LABSEC03-BP01"]
	assert.Equal(t, review.Implemented, a.Status)
	assert.Equal(t, "One line.\nOn the whole question: Decided on Monday.", a.Note)
	require.Len(t, a.History, 1)
	assert.Equal(t, review.PartiallyImplemented, a.History[0].Status)
	assert.Equal(t, "Ana", a.History[0].By)
}

func TestAnswersOutsideTheScopeAreReported(t *testing.T) {
	l := testlens.Lens()
	matches, _ := answers.MatchAll(l, []answers.ToolAnswer{watoolGiven("LABSEC03", "LABSEC03_BP01"), watoolGiven("LABSEC05", "LABSEC05_BP01")}, nil)
	taken := answers.Import(&review.Review{Scope: review.Scope{Questions: []string{"LABSEC05"}}}, matches, answers.ImportOptions{Unselected: review.Unanswered})
	assert.Contains(t, taken.Remarks, answers.Remark{Text: "imported, but outside the scope of the review and not assessed", IDs: []string{"LABSEC03-BP01"}})
	assert.Len(t, taken.Changes, 2)
}

// watoolGiven returns an answer with one selected choice.
func watoolGiven(question, ticked string) answers.ToolAnswer {
	return answers.ToolAnswer{Question: question, Applicable: true, HasNotes: true, Choices: []answers.ToolChoice{{ID: ticked, Status: answers.ChoiceSelected}}}
}

// If two best practices have the title, the id decides.
func TestTheIDDecidesBetweenEqualTitles(t *testing.T) {
	l := &lens.Lens{Questions: []lens.Question{{ID: "OPS01", Title: "How do you begin?"}, {ID: "OPS02", Title: "How do you begin?"}}}
	for _, id := range []string{"ops1", "ops2"} {
		matches, unmatched := answers.MatchAll(l, []answers.ToolAnswer{{Question: id, Title: "How do you begin?"}}, nil)
		require.Empty(t, unmatched)
		assert.Equal(t, strings.ToUpper(id[:3])+"0"+id[3:], matches[0].Question.ID)
	}
}
