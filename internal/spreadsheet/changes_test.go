package spreadsheet_test

import (
	"bytes"
	"encoding/csv"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf16"

	"github.com/iotlens/iotlens/internal/report"
	"github.com/iotlens/iotlens/internal/review"
	"github.com/iotlens/iotlens/internal/scoring"
	"github.com/iotlens/iotlens/internal/spreadsheet"
	"github.com/iotlens/iotlens/internal/testlens"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

const today = "2026-11-24"

// exported is the table of a review as report -f csv writes it.
func exported(t require.TestingT, r *review.Review) string {
	f, err := report.Formats().Find("csv")
	require.NoError(t, err)
	var b bytes.Buffer
	require.NoError(t, f.Write(&b, scoring.Assess(testlens.Lens(), r, scoring.Options{Mode: scoring.Monotone, Today: today})))
	return b.String()
}

func answers(given map[string]review.Answer) *review.Review {
	l := testlens.Lens()
	return &review.Review{Schema: 1, Lens: l.ID, LensVersion: l.Version, Workload: review.Workload{Name: "Plant"}, Answers: given}
}

func anyAnswers(t *rapid.T) *review.Review {
	said := rapid.OneOf(
		rapid.SampledFrom([]string{"", "", "=cmd()", "- a\n- b", "'=x", "a;=b", " padded ", "\ttab", "\u202eevil", "=1\n\n=2", strings.Repeat("=x ", 20<<10)}),
		rapid.StringMatching(`[=+@;,"' \n\tx-]{0,8}`), rapid.StringOf(rapid.RuneFrom([]rune("aé日😀\"';,"))),
	)
	r := answers(map[string]review.Answer{})
	for _, id := range rapid.SliceOfNDistinct(rapid.SampledFrom(testlens.Lens().PracticeIDs()), 0, 8, rapid.ID).Draw(t, "answered") {
		a := review.Answer{
			Status: rapid.SampledFrom(review.Statuses()).Draw(t, id), Note: said.Draw(t, "note"), Owner: said.Draw(t, "owner"),
			Due:      rapid.SampledFrom([]string{"", "2027-01-31", "2027-03-04", "2027-05-05"}).Draw(t, "due"),
			Evidence: rapid.SliceOfN(said, 0, 3).Draw(t, "evidence"), By: "Ana", At: "2026-01-01",
		}
		if a.Status == review.NotApplicable {
			a.Reason = "r" + said.Draw(t, "reason")
		}
		r.Answers[id] = a
	}
	return r
}

// A table that was not edited changes nothing, whatever a spreadsheet did to its
// form on the way.
func TestAnUneditedTableChangesNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r := anyAnswers(t)
		table := exported(t, r)
		for name, saved := range map[string]string{
			"as it is": table, "semicolons": resaved(t, table, ';'), "tabs, UTF-16": wide(resaved(t, table, '\t')),
			"line breaks": strings.ReplaceAll(table, "\r\n", "\n"), "old Mac": strings.ReplaceAll(table, "\r\n", "\r"),
			"said separator": "sep=;\r\n" + resaved(t, table, ';'), "an empty line": strings.Replace(table, "\r\n", "\r\n\r\n", 1),
		} {
			taken, problems := spreadsheet.ReadChanges("t.csv", []byte(saved), testlens.Lens(), r, "Bo", today)
			require.Empty(t, problems, name)
			require.Empty(t, taken.Changes, name)
			require.Equal(t, len(testlens.Lens().PracticeIDs()), taken.Unchanged, name)
		}
	})
}

// Dates that a spreadsheet wrote its own way come back as they were, in every
// country.
func TestDatesOfOtherCountriesAreUnchanged(t *testing.T) {
	layouts := map[string]string{"Britain": "02/01/2006", "America": "1/2/2006", "Germany": "02.01.2006", "Czechia": "2. 1. 2006"}
	rapid.Check(t, func(t *rapid.T) {
		r := answers(map[string]review.Answer{})
		for _, id := range rapid.SliceOfNDistinct(rapid.SampledFrom(testlens.Lens().PracticeIDs()), 1, 6, rapid.ID).Draw(t, "answered") {
			day := time.Date(2027, time.Month(rapid.IntRange(1, 12).Draw(t, "month")), rapid.IntRange(1, 28).Draw(t, "day"), 0, 0, 0, 0, time.UTC)
			r.Answers[id] = review.Answer{Status: review.NotImplemented, Due: day.Format(time.DateOnly)}
		}
		for country, layout := range layouts {
			table := "practice;due\n"
			for id, a := range r.Answers {
				day, err := time.Parse(time.DateOnly, a.Due)
				require.NoError(t, err)
				table += id + ";" + day.Format(layout) + "\n"
			}
			taken, problems := spreadsheet.ReadChanges("t.csv", []byte(table), testlens.Lens(), r, "Bo", today)
			require.Empty(t, problems, "%s: %s", country, table)
			require.Empty(t, taken.Changes, "%s: %s", country, table)
		}
	})
}

// resaved writes a table the way that a spreadsheet does: another separator,
// the columns turned round, empty cells and rows at the end, blanks lost.
func resaved(t require.TestingT, table string, separator rune) string {
	rows, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(table, "\uFEFF"))).ReadAll()
	require.NoError(t, err)
	var b strings.Builder
	w := csv.NewWriter(&b)
	w.Comma = separator
	for _, row := range rows {
		turned := make([]string, len(row), len(row)+2)
		for i, c := range row {
			turned[len(row)-1-i] = c
		}
		require.NoError(t, w.Write(append(turned, "", "")))
	}
	require.NoError(t, w.Write(make([]string, 5)))
	w.Flush()
	return b.String()
}

func wide(s string) string {
	b := []byte("\xff\xfe")
	for _, u := range utf16.Encode([]rune(s)) {
		b = append(b, byte(u), byte(u>>8))
	}
	return string(b)
}

// What people write comes in as they meant it.
func TestReadChanges(t *testing.T) {
	const id = "LABSEC05-BP01"
	before := review.Answer{Status: review.NotImplemented, Note: "=old", Owner: "Marta", Due: "2027-01-31", Evidence: []string{"a", "b"}, By: "Ana", At: "2026-01-01"}
	excluded := review.Answer{Status: review.NotApplicable, Reason: "No such devices."}
	for name, c := range map[string]struct {
		table     string
		was, want review.Answer
	}{
		"status in words":        {"practice,status\n" + id + ",Partially Implemented\n", before, with(before, func(a *review.Answer) { a.Status, a.Evidence = review.PartiallyImplemented, nil })},
		"short words":            {"practice;status\nlabsec05_bp01; Yes \n", before, with(before, func(a *review.Answer) { a.Status, a.Evidence = review.Implemented, nil })},
		"typographic quotes":     {"practice,status\n" + id + ",don’t know\n", before, with(before, func(a *review.Answer) { a.Status, a.Evidence = review.CannotDetermine, nil })},
		"a note":                 {"note,practice\nnew words," + id + "\n", before, with(before, func(a *review.Answer) { a.Note = "new words" })},
		"a guarded note":         {"note,practice\n'=new," + id + "\n", before, with(before, func(a *review.Answer) { a.Note = "=new" })},
		"a note taken away":      {"note,practice\n," + id + "\n", before, with(before, func(a *review.Answer) { a.Note = "" })},
		"evidence":               {"practice,evidence\n" + id + ",\"a\n\n c \"\n", before, with(before, func(a *review.Answer) { a.Evidence = []string{"a", "c"} })},
		"evidence of a status":   {"practice,status,evidence\n" + id + ",yes,\"a\nc\"\n", before, with(before, func(a *review.Answer) { a.Status, a.Evidence = review.Implemented, []string{"a", "c"} })},
		"untouched evidence":     {"practice,status,evidence\n" + id + ",yes,\"a\nb\"\n", before, with(before, func(a *review.Answer) { a.Status, a.Evidence = review.Implemented, nil })},
		"a German date":          {"practice;due\n" + id + ";31.12.2026\n", before, with(before, func(a *review.Answer) { a.Due = "2026-12-31" })},
		"a Dutch date":           {"practice;due\n" + id + ";31-12-2026\n", before, with(before, func(a *review.Answer) { a.Due = "2026-12-31" })},
		"a Japanese date":        {"practice,due\n" + id + ",2026/12/31\n", before, with(before, func(a *review.Answer) { a.Due = "2026-12-31" })},
		"a day of Excel":         {"practice,due\n" + id + ",31-Dec-26\n", before, with(before, func(a *review.Answer) { a.Due = "2026-12-31" })},
		"titles above the heads": {"Plant telemetry\n\"as of 2026-11-24\nby Bo\"\n\npractice;due\n" + id + ";31.12.2026 08:30\n", before, with(before, func(a *review.Answer) { a.Due = "2026-12-31" })},
		"a date of one digit":    {"practice,due\n" + id + ",2027-4-3\n", before, with(before, func(a *review.Answer) { a.Due = "2027-04-03" })},
		"a British date":         {"practice,due\n" + id + ",31/12/2026\n", before, with(before, func(a *review.Answer) { a.Due = "2026-12-31" })},
		"an American date":       {"practice,due\n" + id + ",12/31/2026\n", before, with(before, func(a *review.Answer) { a.Due = "2026-12-31" })},
		"by the other dates":     {"practice,due\n" + id + ",03/04/2027\nLABSEC01-BP01,\nLABSEC02-BP01,\n", with(before, func(a *review.Answer) { a.Due = "2027-04-03" }), with(before, func(a *review.Answer) { a.Due = "2027-04-03" })},
		"unanswered":             {"practice,status,note\n" + id + ",unanswered,'=old\n", before, review.Answer{}},
		"applies after all":      {"practice,status\n" + id + ",no\n", excluded, review.Answer{Status: review.NotImplemented}},
		"a column of one's own":  {"practice,status,comment\n" + id + ",no,hello\n", before, before},
	} {
		r := answers(map[string]review.Answer{id: c.was})
		taken, problems := spreadsheet.ReadChanges("t.csv", []byte(c.table), testlens.Lens(), r, "Bo", today)
		require.Empty(t, problems, name)
		assert.Equal(t, c.was, r.Answers[id], "the review stays as it is")
		if c.want.SameContent(c.was) {
			assert.Empty(t, taken.Changes, name)
			continue
		}
		require.Len(t, taken.Changes, 1, name)
		if c.want.Status != review.Unanswered {
			c.want.By, c.want.At = "Bo", today
		}
		assert.Equal(t, c.want, taken.Changes[0].After, name)
	}
}

func with(a review.Answer, change func(*review.Answer)) review.Answer {
	a = a.Clone()
	change(&a)
	return a
}

// What doesn't fit is told all at once, with row and column, and nothing is taken.
func TestInvalidTablesAreRefused(t *testing.T) {
	long := strings.Repeat("long ", 10000)
	r := answers(map[string]review.Answer{
		"LABSEC05-BP01": {Status: review.NotImplemented, Note: long, Due: "2027-01-31"},
		"LABSEC01-BP01": {Status: review.Implemented},
	})
	editable := slices.DeleteFunc(spreadsheet.Columns(), func(column string) bool {
		return !slices.ContainsFunc(review.AnswerFields(), func(f review.Field[review.Answer]) bool { return f.TableColumn && f.Key == column })
	})
	for name, c := range map[string]struct {
		table string
		want  []string
	}{
		"empty":          {"", []string{"t.csv: is empty"}},
		"half a file":    {"PK\x03\x04...", []string{"t.csv: is an incomplete or broken workbook; copy it again, or save it again as .xlsx"}},
		"Windows-1252":   {"practice,note\nLABSEC01-BP01,\xe4\n", []string{`t.csv: is not in UTF-8; in Excel save it as "CSV UTF-8"`}},
		"no ids":         {"status,note\nyes,x\n", []string{"t.csv: row 1: the required column practice is missing; columns that are read: practice, " + strings.Join(editable, ", ")}},
		"a near column":  {"practice,statsu\nLABSEC01-BP01,no\n", []string{`t.csv: row 1: unknown column "statsu", did you mean "status"?`}},
		"a column twice": {"practice,note,Note\nLABSEC01-BP01,a,b\n", []string{"t.csv: row 1: duplicate column note"}},
		"quotes":         {"practice,note\nLABSEC01-BP01,\"a\n", []string{"t.csv: row 2: unmatched quotes (line 2 of the file)"}},
		"many": {
			"practice,status,note,due,reason,evidence\r\n" +
				"LABSEC05-BP01,,,,,\r\n" +
				"\r\n" +
				"LABSEC1-BP01,no,,,,\r\n" +
				"LABSEC02-BP01,done-ish,,,,\r\n" +
				"labsec05_bp01,no,,,,\r\n" +
				"LABSEC03-BP01,no,,03/04/2027,,\r\n" +
				"LABSEC04-BP01,not applicable,,,,\r\n" +
				"LABSEC11-BP01,,words,,,\r\n" +
				"LABSEC11-BP02,no,,soon,because,\r\n" +
				",no,,,,\r\n" +
				"LABSEC01-BP01,yes,,,,,,more\r\n",
			[]string{
				"t.csv: row 2, column status: LABSEC05-BP01 has an empty status, but is not_implemented in the review; write unanswered to remove that answer",
				`t.csv: row 4, column practice: the lens has no best practice "LABSEC1-BP01", did you mean "LABSEC01-BP01"?`,
				`t.csv: row 5, column status: unknown status "done-ish"; known: implemented, partially_implemented, not_implemented, not_applicable, cannot_determine, unanswered`,
				"t.csv: row 6, column practice: LABSEC05-BP01 is already in row 2",
				`t.csv: row 7, column due: "03/04/2027" is ambiguous: 2027-04-03 or 2027-03-04; write one of them`,
				"t.csv: row 8: LABSEC04-BP01: this answer is not_applicable and needs a reason",
				"t.csv: row 9, column status: LABSEC11-BP01 has a value under note, but no status; an answer needs a status",
				`t.csv: row 10, column due: "soon" is not a date such as 2026-12-31`,
				"t.csv: row 10, column reason: LABSEC11-BP02 is not_implemented, but reason can only be set with not_applicable; use the note for other text",
				"t.csv: row 11, column practice: the id is missing",
				"t.csv: row 12: more cells than columns: \"more\"",
			},
		},
		"a cut text": {
			"practice,note\nLABSEC05-BP01,changed" + spreadsheet.SafeCell(long) + "\n",
			[]string{"t.csv: row 2, column note: the text was longer than a cell holds and was cut, so it cannot be changed here; change it in the review file"},
		},
	} {
		before := r.Clone()
		taken, problems := spreadsheet.ReadChanges("t.csv", []byte(c.table), testlens.Lens(), r, "Bo", today)
		assert.Equal(t, spreadsheet.Problems(c.want), problems, name)
		assert.Empty(t, taken.Changes, name)
		assert.Equal(t, before, r, name)
	}
}

func FuzzTake(f *testing.F) {
	r := answers(map[string]review.Answer{"LABSEC05-BP01": {Status: review.NotImplemented, Note: "=x"}})
	f.Add([]byte(exported(f, r)))
	f.Add([]byte("practice;status\nLABSEC05-BP01;no\n"))
	f.Add([]byte("\xff\xfep\x00"))
	f.Fuzz(func(t *testing.T, data []byte) {
		taken, problems := spreadsheet.ReadChanges("t.csv", data, testlens.Lens(), r, "Bo", today)
		if len(problems) > 0 {
			require.Empty(t, taken)
		}
		for _, c := range taken.Changes {
			if c.After.Status != review.Unanswered {
				require.NoError(t, c.After.Check())
			}
		}
	})
}
