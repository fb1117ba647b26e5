package internal_test

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/iotlens/iotlens/internal/cli"
	"github.com/iotlens/iotlens/internal/compare"
	"github.com/iotlens/iotlens/internal/interview"
	"github.com/iotlens/iotlens/internal/lens"
	"github.com/iotlens/iotlens/internal/report"
	"github.com/iotlens/iotlens/internal/report/wire"
	"github.com/iotlens/iotlens/internal/review"
	"github.com/iotlens/iotlens/internal/scoring"
	"github.com/iotlens/iotlens/internal/spreadsheet"
	"github.com/iotlens/iotlens/internal/testlens"
	"github.com/iotlens/iotlens/internal/wa/answers"
	"github.com/iotlens/iotlens/internal/yamlfile"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// The fields of records are listed once, in internal/review/fields.go or scope.go. The tests
// in this file set each struct field to a distinct value, so that they fail wherever a field
// is missing.

// records use one id, the first best practice of the lens.
func recordID() string { return testlens.Lens().PracticeIDs()[0] }

// aValue returns a value for a field of a record: a date if its description asks for one.
func aValue(f reflect.StructField) reflect.Value {
	v := reflect.New(f.Type).Elem()
	switch text := "a value of " + f.Name; {
	case f.Type == reflect.TypeFor[review.Status]():
		v.SetString(string(review.NotImplemented))
	case f.Type.Kind() == reflect.Slice:
		v.Set(reflect.ValueOf([]string{text, "and another"}))
	case f.Name == "Extent":
		v.SetString("35%")
	case strings.Contains(f.Tag.Get("jsonschema"), "YYYY-MM-DD"):
		v.SetString("2031-05-17")
	default:
		v.SetString(text)
	}
	return v
}

func yamlKey(f reflect.StructField) string {
	key, _, _ := strings.Cut(f.Tag.Get("yaml"), ",")
	return key
}

// pairOf returns two valid answers that differ in one field.
func pairOf(f reflect.StructField) (before, after review.Answer) {
	before.Status = review.PartiallyImplemented
	if f.Name == "Reason" {
		before.Status, before.Reason = review.NotApplicable, "another reason"
	}
	if ofTemplate(yamlKey(f)) { // they go together
		before.Template, before.VouchedBy, before.VouchedUntil = "Platform", "Ana", "2030-01-01"
	}
	after = before
	reflect.ValueOf(&after).Elem().FieldByIndex(f.Index).Set(aValue(f))
	return before, after
}

// ofTemplate reports whether a field says which template an answer came from.
func ofTemplate(key string) bool { return key == "template" || strings.HasPrefix(key, "vouched_") }

func reviewWith(a review.Answer) *review.Review {
	l := testlens.Lens()
	return &review.Review{
		Schema: review.Schema, Lens: l.ID, LensVersion: l.Version, Workload: review.Workload{Name: "Plant"},
		Answers: map[string]review.Answer{recordID(): a},
	}
}

func TestEveryFieldOfAnAnswerIsEverywhere(t *testing.T) {
	record := reflect.TypeFor[review.Answer]()
	tableHasEvery[review.Answer](t, review.AnswerFields(), "history")
	for i := range record.NumField() {
		f := record.Field(i)
		if f.Name == "History" {
			continue
		}
		t.Run(f.Name, func(t *testing.T) {
			before, after := pairOf(f)
			require.NoError(t, before.Check())
			require.NoError(t, after.Check())
			j := slices.IndexFunc(review.AnswerFields(), func(g review.Field[review.Answer]) bool { return g.Key == yamlKey(f) })
			require.GreaterOrEqual(t, j, 0, "it is in the table")
			entry := review.AnswerFields()[j]

			assert.Equal(t, entry.Signature, before.SameContent(after), "Same")
			fieldIsKept(t, entry, before, after)
			fieldIsCopied(t, f, after)
			fieldIsStored(t, before, after)
			fieldIsInATable(t, entry, before, after)
			if entry.InWANotes {
				fieldIsInNotes(t, entry, after)
			}
			fieldIsReported(t, entry, before, after)
			if !entry.Signature && entry.Kind != review.KindStatus {
				fieldHasAFlag(t, entry, before, after)
			}
		})
	}
}

// tableHasEvery requires that a table has all fields of its struct under the right keys.
func tableHasEvery[T any](t *testing.T, table []review.Field[T], but ...string) {
	t.Helper()
	record := reflect.TypeFor[T]()
	var want, got []string
	for _, f := range table {
		got = append(got, f.Key)
	}
	for i := range record.NumField() {
		f := record.Field(i)
		if slices.Contains(but, yamlKey(f)) {
			continue
		}
		want = append(want, yamlKey(f))
		assert.Equal(t, want[len(want)-1], strings.Split(f.Tag.Get("json"), ",")[0], "one name in YAML and JSON")
		j := slices.IndexFunc(table, func(g review.Field[T]) bool { return g.Key == yamlKey(f) })
		if j < 0 {
			continue
		}
		var v, set T
		reflect.ValueOf(&v).Elem().FieldByIndex(f.Index).Set(aValue(f))
		values := table[j].Values(v)
		require.NotEmpty(t, values, "%s of %s", f.Name, record)
		table[j].Set(&set, values...)
		assert.Equal(t, v, set, "%s of %s", f.Name, record)
		assert.NotEmpty(t, table[j].Text(v))
		reflect.ValueOf(&v).Elem().FieldByIndex(f.Index).SetZero()
		assert.Empty(t, table[j].Values(v))
	}
	assert.Equal(t, want, got, "%s", record)
}

// Replaced values are kept in the history.
func fieldIsKept(t *testing.T, f review.Field[review.Answer], before, after review.Answer) {
	t.Helper()
	r := reviewWith(before)
	before.By, before.At = "Ana", "2026-11-24"
	after.By, after.At = "Ana", "2026-11-24"
	if !f.Signature {
		r.Answers[recordID()] = after
		assert.True(t, r.PutAnswer(recordID(), before), "taking a value away is a change")
		require.Len(t, r.Answers[recordID()].History, 1)
		assert.Equal(t, f.Values(after), f.Values(r.Answers[recordID()].History[0]))
	}
	r.Answers[recordID()] = before
	assert.Equal(t, !f.Signature || ofTemplate(f.Key), r.PutAnswer(recordID(), after))
	assert.Equal(t, f.Values(after), f.Values(r.Answers[recordID()]))
}

// A clone shares no memory with the original.
func fieldIsCopied(t *testing.T, f reflect.StructField, a review.Answer) {
	t.Helper()
	a.History = []review.Answer{a.Clone()}
	r := reviewWith(a)
	c := r.Clone()
	require.Equal(t, r, c)
	if f.Type.Kind() == reflect.Slice {
		copied := c.Answers[recordID()]
		reflect.ValueOf(copied).FieldByIndex(f.Index).Index(0).SetString("changed")
		reflect.ValueOf(copied.History[0]).FieldByIndex(f.Index).Index(0).SetString("changed")
		assert.Equal(t, a, r.Answers[recordID()])
	}
}

// A new or patched file gives back the saved values, including the history.
func fieldIsStored(t *testing.T, before, after review.Answer) {
	t.Helper()
	after.History = []review.Answer{after.Clone()}
	data, err := yamlfile.Patch(yamlfile.Encode(*reviewWith(before)), *reviewWith(after))
	require.NoError(t, err)
	for _, saved := range [][]byte{data, yamlfile.Encode(*reviewWith(after))} {
		r, problems := review.Parse("x.review.yaml", saved, testlens.Lens())
		require.Empty(t, problems)
		assert.Equal(t, after, r.Answers[recordID()])
	}
}

func fieldIsInATable(t *testing.T, f review.Field[review.Answer], before, after review.Answer) {
	t.Helper()
	var b bytes.Buffer
	format, err := report.Formats().Find("csv")
	require.NoError(t, err)
	require.NoError(t, format.Write(&b, scoring.Assess(testlens.Lens(), reviewWith(after), scoring.Options{})))
	assert.Contains(t, spreadsheet.Columns(), f.Key)
	assert.Contains(t, b.String(), f.Values(after)[0])
	if !f.TableColumn {
		return
	}
	taken, problems := spreadsheet.ReadChanges("t.csv", b.Bytes(), testlens.Lens(), reviewWith(before), "Bo", "2026-11-25")
	require.Empty(t, problems)
	require.Len(t, taken.Changes, 1)
	assert.True(t, after.SameContent(taken.Changes[0].After), "%+v", taken.Changes[0].After)
}

// An export to the notes of the WA Tool and an import keep the field.
func fieldIsInNotes(t *testing.T, f review.Field[review.Answer], after review.Answer) {
	t.Helper()
	inputs, _ := answers.Export(testlens.Lens(), reviewWith(after), answers.Target{})
	require.Len(t, inputs, 1)
	data, err := json.Marshal(inputs[0])
	require.NoError(t, err)
	given, err := answers.Read("a.json", data)
	require.NoError(t, err)
	matches, _ := answers.MatchAll(testlens.Lens(), given, nil)
	taken := answers.Import(&review.Review{}, matches, answers.ImportOptions{})
	assert.Equal(t, f.Values(after), f.Values(taken.Review.Answers[recordID()]))
}

// A saved report has the field, a comparison reports its change, and a search finds it.
func fieldIsReported(t *testing.T, f review.Field[review.Answer], before, after review.Answer) {
	t.Helper()
	was, is := scoring.Assess(testlens.Lens(), reviewWith(before), scoring.Options{Today: "2026-11-24"}), scoring.Assess(testlens.Lens(), reviewWith(after), scoring.Options{Today: "2026-11-24"})
	var b bytes.Buffer
	format, err := report.Formats().Find("json")
	require.NoError(t, err)
	require.NoError(t, format.Write(&b, is))
	saved, _, err := wire.Read("report.json", b.Bytes(), nil)
	require.NoError(t, err)
	assert.Equal(t, after, saved.Practices[0].Answer)

	snapshot := func(a *scoring.Assessment) compare.Snapshot {
		return compare.FromAssessment("x", compare.Report, a, testlens.Lens())
	}
	c := compare.Compare(snapshot(was), snapshot(saved))
	if f.Signature {
		assert.Empty(t, c.Answers)
		return
	}
	require.Len(t, c.Answers, 1)
	assert.Equal(t, []string{f.Key}, c.Answers[0].Changed)
	for _, name := range report.DiffFormats().Names() {
		b.Reset()
		diff, err := report.DiffFormats().Find(name)
		require.NoError(t, err)
		require.NoError(t, diff.Write(&b, c))
		want := f.Key
		if f.Kind == review.KindStatus {
			want = after.Status.Words()
		}
		assert.Contains(t, strings.ReplaceAll(b.String(), "_", " "), want, name)
	}
	if f.Kind == review.KindText || f.Kind == review.KindList {
		assert.NotEmpty(t, interview.Search(testlens.Lens(), reviewWith(after), f.Values(after)[0]))
	}
}

// iotlens answer has a flag for the field.
func fieldHasAFlag(t *testing.T, f review.Field[review.Answer], before, after review.Answer) {
	t.Helper()
	file := filepath.Join(t.TempDir(), "x.review.yaml")
	require.NoError(t, os.WriteFile(file, yamlfile.Encode(*reviewWith(before)), 0o644))
	args := []string{"answer", file, recordID(), string(after.Status)}
	for _, v := range f.Values(after) {
		args = append(args, "--"+f.Key, v)
	}
	var said bytes.Buffer
	world := cli.IO{Lens: testlens.Lens(), In: strings.NewReader(""), Out: &said, Err: &said, Now: func() time.Time { return time.Date(2026, 11, 24, 0, 0, 0, 0, time.UTC) }}
	require.Zero(t, cli.Main(args, world), said.String())
	saved, err := review.Load(file, testlens.Lens())
	require.NoError(t, err)
	assert.True(t, after.SameContent(saved.Review.Answers[recordID()]), "%+v", saved.Review.Answers[recordID()])
}

func TestEveryFieldOfAWaiverAndATopicIsInItsTable(t *testing.T) {
	tableHasEvery(t, review.WaiverFields())
	tableHasEvery(t, review.TopicFields())
}

func TestEveryListOfAScopeIsEverywhere(t *testing.T) {
	l := testlens.Lens()
	record := reflect.TypeFor[review.Scope]()
	require.Len(t, review.Dimensions(), record.NumField())
	for i, d := range review.Dimensions() {
		f := record.Field(i)
		t.Run(f.Name, func(t *testing.T) {
			require.Equal(t, yamlKey(f), d.Key)
			ids := d.KnownIDs(l)
			id := ids[len(ids)-1]
			var s review.Scope
			reflect.ValueOf(&s).Elem().Field(i).Set(reflect.ValueOf([]string{id}))
			assert.Equal(t, []string{id}, d.IDs(s))
			assert.NotEmpty(t, d.Title(l, id))

			assert.False(t, s.Empty())
			assert.False(t, s.Equal(review.Scope{}))
			assert.False(t, interview.Filter{Scope: s}.Equal(interview.Filter{}))
			c := (&review.Review{Scope: s}).Clone()
			assert.True(t, s.Equal(c.Scope))
			(*d.Field(&c.Scope))[0] = "changed"
			assert.Equal(t, []string{id}, d.IDs(s), "a copy shares nothing with the original")
			in := 0
			for i := range l.Questions {
				q := &l.Questions[i]
				for j := range q.Practices {
					if s.Includes(q, &q.Practices[j]) {
						in++
					}
				}
			}
			assert.Positive(t, in)
			assert.Less(t, in, len(l.PracticeIDs()))
			assert.True(t, s.ValidFor(l))
			*d.Field(&c.Scope) = []string{"moon"}
			assert.False(t, c.Scope.ValidFor(l))
			assert.False(t, interview.ResumePoint{Filter: interview.Filter{Scope: c.Scope}}.ValidFor(l))
			assert.Contains(t, interview.Filter{Scope: s}.Words(l), d.Title(l, id))

			r := reviewWith(review.Answer{Status: review.Implemented})
			r.Scope = s
			scopeIsStored(t, l, r, d, id)
		})
	}
}

func scopeIsStored(t *testing.T, l *lens.Lens, r *review.Review, d review.Dimension, id string) {
	t.Helper()
	saved, problems := review.Parse("x.review.yaml", yamlfile.Encode(*r), l)
	require.Empty(t, problems)
	assert.Equal(t, r.Scope, saved.Scope)
	bad := r.Clone()
	*d.Field(&bad.Scope) = []string{"moon"}
	_, problems = review.Parse("x.review.yaml", yamlfile.Encode(*bad), l)
	require.Len(t, problems, 1)
	assert.Contains(t, problems[0].String(), "unknown "+d.Name+` "moon"`)
	for name, want := range map[string]string{"json": `"` + d.Key + `"`, "html": d.Key + " " + id} {
		var b bytes.Buffer
		format, err := report.Formats().Find(name)
		require.NoError(t, err)
		require.NoError(t, format.Write(&b, scoring.Assess(l, r, scoring.Options{Today: "2026-11-24"})))
		assert.Contains(t, b.String(), want, name)
	}
}
