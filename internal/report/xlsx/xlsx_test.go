package xlsx_test

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/iotlens/iotlens/internal/brand"
	"github.com/iotlens/iotlens/internal/report/xlsx"
	"github.com/iotlens/iotlens/internal/review"
	"github.com/iotlens/iotlens/internal/scoring"
	"github.com/iotlens/iotlens/internal/spreadsheet"
	"github.com/iotlens/iotlens/internal/testlens"
	"github.com/iotlens/iotlens/internal/workbook"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

const today = "2026-11-24"

func written(t require.TestingT, r *review.Review) []byte {
	var b bytes.Buffer
	require.NoError(t, xlsx.Write(&b, scoring.Assess(testlens.Lens(), r, scoring.Options{Mode: scoring.Monotone, Today: today})))
	return b.Bytes()
}

func sample(t *testing.T) *review.Review {
	t.Helper()
	f, err := review.Load(testlens.ReviewPath(testlens.Waterworks), testlens.Lens())
	require.NoError(t, err)
	return f.Review
}

// python runs a script of a reader that isn't ours: openpyxl.
func python(t *testing.T, script string, args ...string) []byte {
	t.Helper()
	for _, path := range []string{"/usr/bin/python3", "python3"} { // Debian's own has its packages
		if exec.Command(path, "-c", "import openpyxl").Run() != nil {
			continue
		}
		out, err := exec.Command(path, append([]string{"-c", script}, args...)...).CombinedOutput()
		require.NoError(t, err, "%s", out)
		return out
	}
	t.Fatal("python3 with openpyxl is missing: run .ci/setup")
	return nil
}

const look = `
import json, sys, datetime, openpyxl
book = openpyxl.load_workbook(sys.argv[1])
out = []
for s in book:
    cells = []
    for row in s.iter_rows():
        for c in row:
            if c.value is None: continue
            v = c.value.isoformat() if isinstance(c.value, datetime.datetime) else c.value
            cells.append({"at": c.coordinate, "column": c.column, "row": c.row, "type": c.data_type, "value": v, "date": c.is_date, "link": c.hyperlink is not None, "wrap": bool(c.alignment.wrap_text)})
    out.append({"name": s.title, "filter": s.auto_filter.ref, "frozen": s.freeze_panes, "size": s.dimensions,
        "header": [s.oddHeader.left.text, s.oddHeader.right.text], "footer": [s.oddFooter.left.text, s.oddFooter.right.text], "titles": s.print_title_rows,
        "width": s.column_dimensions["A"].width, "choices": [str(d.sqref) for d in s.data_validations.dataValidation], "cells": cells})
names = getattr(book.defined_names, "definedName", book.defined_names)
json.dump({"sheets": out, "names": [n.name for n in names if not n.name.startswith("_xlnm.")], "title": book.properties.title, "created": str(book.properties.created), "macros": book.vba_archive is not None}, sys.stdout)
`

type seenCell struct {
	At, Type         string
	Column, Row      int
	Value            any
	Date, Link, Wrap bool
}

type seenBook struct {
	Title, Created string
	Names          []string
	Macros         bool
	Sheets         []struct {
		Name, Filter, Frozen, Size string
		Header, Footer             []string
		Titles                     string
		Width                      float64
		Choices                    []string
		Cells                      []seenCell
	}
}

func seen(t *testing.T, data []byte) seenBook {
	t.Helper()
	file := filepath.Join(t.TempDir(), "book.xlsx")
	require.NoError(t, os.WriteFile(file, data, 0o600))
	var b seenBook
	require.NoError(t, json.Unmarshal(python(t, look, file), &b))
	return b
}

// hostile is what a spreadsheet would run, or could not hold.
var hostile = []string{
	"=cmd|' /C calc'!A0", "+1+1", "-1+1", "@SUM(A1)", "\t=1", "=HYPERLINK(\"http://evil\",\"x\")", "_x000D_", "_x003D_1", "a\x00b\x1b[2J", "\u202eevil\u200b", "\ufffe\uffff", "\xff\xed\xa0\x80",
	"https://example.org/x", "<v>1</v>]]>&amp;", "  blanks  ", "one\n\n=two\r\nthree", "日本語 🔑 العربية Ελληνικά", "1e5", "007", "2027-01-31", "TRUE", "'=x",
	strings.Repeat("long ", 20000), strings.Repeat("😀", 20000),
}

func hostileReview() *review.Review {
	l := testlens.Lens()
	r := &review.Review{
		Schema: 1, Lens: l.ID, LensVersion: l.Version, Workload: review.Workload{Name: hostile[0], Description: hostile[5]},
		Answers: map[string]review.Answer{}, Parked: []review.Topic{{Topic: hostile[0], Owner: hostile[1], By: hostile[2], At: "not a day"}},
		Waivers: []review.Waiver{{Practice: "LABSEC05-BP01", Owner: hostile[0], Approver: hostile[1], Reason: hostile[2], Control: hostile[3], Expires: "2027-01-01"}},
	}
	for i, id := range l.PracticeIDs() {
		h := hostile[i%len(hostile)]
		r.Answers[id] = review.Answer{
			Status: review.Statuses()[i%5], Note: h, Owner: h, By: h, At: "2026-01-01T08:30:00Z", Due: "2027-01-31", Evidence: []string{h, "https://example.org"},
			History: []review.Answer{{Status: review.NotImplemented, Note: h, By: h, At: "2025-01-01"}},
		}
		if a := r.Answers[id]; a.Status == review.NotApplicable {
			a.Reason = "r" + h
			r.Answers[id] = a
		}
	}
	return r
}

// Another library reads the sheets, filters, headers, days and numbers as they are meant, and
// finds no formulas or macros.
func TestWorkbookWithAnotherReader(t *testing.T) {
	for name, r := range map[string]*review.Review{"sample": sample(t), "hostile": hostileReview(), "empty": {Workload: review.Workload{Name: "Empty"}}} {
		book := seen(t, written(t, r))
		assert.Equal(t, today+" 00:00:00", book.Created, name)
		assert.Empty(t, book.Names, "no defined name")
		assert.False(t, book.Macros)
		var sheets []string
		for _, s := range book.Sheets {
			sheets = append(sheets, s.Name)
			assert.Greater(t, s.Width, 7.0, "%s: a width of its own", s.Name)
			heads := map[int]string{}
			for _, c := range s.Cells {
				require.NotEqual(t, "f", c.Type, "%s, %s: %q is a formula", s.Name, c.At, c.Value)
				require.False(t, c.Link, "%s, %s: a link", s.Name, c.At)
				assert.True(t, c.Wrap, "%s, %s: wrapped", s.Name, c.At)
				if s, ok := c.Value.(string); ok {
					assert.LessOrEqual(t, len(s), 4*32767)
				}
				if c.Row == 1 {
					heads[c.Column], _ = c.Value.(string)
					continue
				}
				switch head := heads[c.Column]; head {
				case "Due", "Deadline", "Expires", "Waiver expires", "Until":
					if s.Name != "Summary" {
						assert.True(t, c.Date, "%s, %s: %v is a day", s.Name, c.At, c.Value)
					}
				case "Rank", "Priority", "Days left", "Open", "Now":
					if s.Name != "Summary" {
						assert.Equal(t, "n", c.Type, "%s, %s: %v is a number", s.Name, c.At, c.Value)
					}
				case "Note", "Owner", "Title":
					if s.Name != "Summary" {
						assert.Equal(t, "s", c.Type, "%s, %s: %v is text", s.Name, c.At, c.Value)
					}
				}
			}
			if s.Name == "Summary" {
				continue
			}
			assert.Equal(t, strings.ReplaceAll(s.Filter, "$", ""), s.Size, "%s: the filter is over all of it", s.Name)
			assert.True(t, strings.HasSuffix(s.Frozen, "2"), "%s: the heads stay in sight (%s)", s.Name, s.Frozen)
		}
		assert.Equal(t, []string{"Summary", "Plan", "Findings", "Ledger", "Waivers", "Owners", "Parked topics"}, sheets, name)
	}
}

// Printed sheets have workload, classification and author in header and footer. Codes in
// these texts have no effect.
func TestPrintedSheetsHaveHeaderAndFooter(t *testing.T) {
	r := sample(t)
	r.Workload.Name = "R&D &P\n" + strings.Repeat("&", 300)
	b, problems := brand.Parse("../../../testdata/brand/brand.yaml", readFile(t, "../../../testdata/brand/brand.yaml"), func(string) ([]byte, error) {
		return readFile(t, "../../../testdata/brand/logo.png"), nil
	})
	require.Empty(t, problems)
	a := scoring.Assess(testlens.Lens(), r, scoring.Options{Today: today})
	var out, again bytes.Buffer
	require.NoError(t, xlsx.Branded(b)(&out, a))
	for range 5 {
		again.Reset()
		require.NoError(t, xlsx.Branded(b)(&again, a))
		require.True(t, bytes.Equal(out.Bytes(), again.Bytes()), "the same bytes")
	}
	assert.Contains(t, out.String(), "xl/media/", "the logo")
	book := seen(t, out.Bytes())
	for _, s := range book.Sheets {
		require.Len(t, s.Header, 2)
		assert.Regexp(t, `^R&&D &&P`, s.Header[0], s.Name)
		assert.Equal(t, b.Classification, s.Header[1], s.Name)
		assert.Equal(t, []string{strings.Join(b.Parties(), " · "), "&P / &N"}, s.Footer, s.Name)
		if s.Name == "Summary" {
			var texts []string
			for _, c := range s.Cells[:12] {
				texts = append(texts, fmt.Sprint(c.Value))
			}
			assert.Subset(t, texts, []string{b.Classification, b.Customer, b.Author, b.Contact})
		} else {
			assert.Contains(t, strings.ReplaceAll(s.Titles, "$", ""), "1:1", "the heads of %s stand on each page", s.Name)
		}
	}
}

func readFile(t *testing.T, path string) []byte {
	t.Helper()
	data, err := os.ReadFile(path)
	require.NoError(t, err)
	return data
}

// The ledger has everything that a review records about a best practice.
func TestLedgerSheetIsComplete(t *testing.T) {
	r := sample(t)
	l := testlens.Lens()
	id := l.PracticeIDs()[0]
	r.Answers[id] = review.Answer{
		Status: review.PartiallyImplemented, Extent: "35%", Note: "the note", Evidence: []string{"record 7", "record 8"}, Owner: "Zoë", Due: "2027-01-31", Deadline: "2027-03-01",
		By: "Ana", At: "2026-11-24T08:30:00Z", History: []review.Answer{{Status: review.NotImplemented, Note: "the note before", Evidence: []string{"record 1"}, By: "Bo", At: "2026-05-01"}},
	}
	r.Waivers = []review.Waiver{{Practice: id, Owner: "O", Approver: "A", Reason: "because", Expires: "2027-06-01"}}
	for _, s := range seen(t, written(t, r)).Sheets {
		if s.Name != spreadsheet.LedgerSheet {
			continue
		}
		require.Len(t, s.Choices, 1, "a status is chosen from a list")
		cells := map[string]any{}
		for _, c := range s.Cells {
			if c.Row == 2 {
				cells[spreadsheet.LedgerColumns()[c.Column-1]] = c.Value
			}
		}
		for column, want := range map[string]any{
			"practice": id, "status": "partially_implemented", "extent": "35%", "note": "the note", "evidence": "record 7\nrecord 8", "owner": "Zoë", "due": "2027-01-31T00:00:00",
			"deadline": "2027-03-01T00:00:00", "by": "Ana", "at": "2026-11-24T08:30:00", "history": "not implemented, answered Bo 2026-05-01; note: the note before; evidence: record 1",
			"waiver": "active", "waiver_expires": "2027-06-01T00:00:00",
		} {
			assert.Equal(t, want, cells[column], column)
		}
		return
	}
	t.Fatal("there is no ledger")
}

const edit = `
import sys, json, datetime, openpyxl
book = openpyxl.load_workbook(sys.argv[1])
s = book["Ledger"]
columns = {c.value.lower().replace(" ", "_"): c.column for c in s[1]}
if len(sys.argv) > 2:
    id, changes = sys.argv[2], json.loads(sys.argv[3])
    if changes.pop("title_rows", False):
        s.insert_rows(1, 3)
        s["A1"] = "Review of the plant"
    for row in s.iter_rows(min_row=2):
        if row[columns["practice"] - 1].value == id:
            for k, v in changes.items():
                if isinstance(v, str) and v.startswith("day:"):
                    v = datetime.datetime.fromisoformat(v[4:])
                row[columns[k] - 1].value = v
book.save(sys.argv[1])
`

// The import of a workbook that another program saved proposes exactly what was edited. Dates
// may be dates, texts or numbers.
func TestImportOfEditedWorkbook(t *testing.T) {
	for name, c := range map[string]struct {
		changes string
		want    func(*review.Answer)
	}{
		"nothing":            {"", nil},
		"a status":           {`{"status": "implemented"}`, func(a *review.Answer) { a.Status, a.Extent, a.Evidence = review.Implemented, "", nil }},
		"words":              {`{"note": "new words"}`, func(a *review.Answer) { a.Note = "new words" }},
		"a date":             {`{"due": "day:2028-02-29T00:00:00"}`, func(a *review.Answer) { a.Due = "2028-02-29" }},
		"with a time of day": {`{"due": "day:2028-02-29T17:45:10"}`, func(a *review.Answer) { a.Due = "2028-02-29" }},
		"a text":             {`{"due": "29-Feb-28"}`, func(a *review.Answer) { a.Due = "2028-02-29" }},
		"a serial number":    {`{"deadline": 46812}`, func(a *review.Answer) { a.Deadline = "2028-02-29" }},
		"a taken away date":  {`{"due": null}`, func(a *review.Answer) { a.Due = "" }},
		"titles":             {`{"title_rows": true, "owner": "Zoë"}`, func(a *review.Answer) { a.Owner = "Zoë" }},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			comesBack(t, c.changes, c.want)
		})
	}
}

func comesBack(t *testing.T, changes string, change func(*review.Answer)) {
	t.Helper()
	const id = "LABSEC05-BP01"
	r := sample(t)
	r.Answers[id] = review.Answer{Status: review.PartiallyImplemented, Extent: "half", Note: "old", Owner: "Marta", Due: "2027-01-31", Deadline: "2027-04-03", Evidence: []string{"a", "b"}, By: "Ana", At: "2026-01-01"}
	file := filepath.Join(t.TempDir(), "book.xlsx")
	require.NoError(t, os.WriteFile(file, written(t, r), 0o600))
	if changes == "" {
		python(t, edit, file)
	} else {
		python(t, edit, file, id, changes)
	}
	data, err := os.ReadFile(file)
	require.NoError(t, err)
	taken, problems := spreadsheet.ReadChanges("book.xlsx", data, testlens.Lens(), r, "Bo", today)
	require.Empty(t, problems)
	require.Empty(t, taken.IgnoredColumns)
	if change == nil {
		assert.Empty(t, taken.Changes)
		return
	}
	want := r.Answers[id].Clone()
	change(&want)
	want.By, want.At = "Bo", today
	require.Len(t, taken.Changes, 1)
	assert.Equal(t, want, taken.Changes[0].After)
}

// A formula in a cell is an error.
func TestImportRefusesFormulas(t *testing.T) {
	r := sample(t)
	file := filepath.Join(t.TempDir(), "book.xlsx")
	require.NoError(t, os.WriteFile(file, written(t, r), 0o600))
	python(t, edit, file, "LABSEC05-BP01", `{"note": "=new", "due": "=1+1"}`)
	data, err := os.ReadFile(file)
	require.NoError(t, err)
	taken, problems := spreadsheet.ReadChanges("book.xlsx", data, testlens.Lens(), r, "Bo", today)
	assert.Empty(t, taken.Changes)
	require.Len(t, problems, 2)
	for i, column := range []string{"note", "due"} {
		assert.Regexp(t, `^book.xlsx: row \d+, column `+column+`: the cell is a formula, which is not read; write its result in its place$`, problems[i])
	}
}

// The import of an unedited workbook changes nothing, and the same review gives the same
// bytes.
func TestImportOfUneditedWorkbook(t *testing.T) {
	l := testlens.Lens()
	said := rapid.OneOf(rapid.SampledFrom(hostile[:len(hostile)-2]), rapid.String(), rapid.StringMatching(`[=+@;,"'_x0-9a-fA-F \n\t-]{0,12}`))
	anyReview := rapid.Custom(func(t *rapid.T) *review.Review {
		r := &review.Review{Schema: 1, Lens: l.ID, LensVersion: l.Version, Workload: review.Workload{Name: said.Draw(t, "name")}, Answers: map[string]review.Answer{}}
		for _, id := range l.PracticeIDs() {
			a := review.Answer{Status: rapid.SampledFrom(review.Statuses()).Draw(t, id), Note: said.Draw(t, "note"), Owner: said.Draw(t, "owner"), Evidence: rapid.SliceOfN(said, 0, 2).Draw(t, "evidence"), By: "Ana", At: "2026-01-01"}
			if a.Status == review.NotApplicable {
				a.Reason = "r" + said.Draw(t, "reason")
			}
			r.Answers[id] = a
		}
		return r
	})
	reviews := []*review.Review{hostileReview(), sample(t)}
	for seed := range 12 { // a workbook takes its time: few, with many answers each
		reviews = append(reviews, anyReview.Example(seed))
	}
	for i, r := range reviews {
		data := written(t, r)
		taken, problems := spreadsheet.ReadChanges("book.xlsx", data, l, r, "Bo", today)
		require.Empty(t, problems, i)
		require.Empty(t, taken.Changes, i)
		require.Empty(t, taken.IgnoredColumns, i)
		require.Equal(t, len(l.PracticeIDs()), taken.Unchanged, i)
	}
	for range 5 {
		require.Equal(t, written(t, reviews[0]), written(t, reviews[0]), "the same bytes")
	}
}

// The file has no timestamps and no external links.
func TestWorkbookHasNoTimestampsOrLinks(t *testing.T) {
	data := written(t, hostileReview())
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	require.NoError(t, err)
	for _, f := range z.File {
		assert.True(t, f.Modified.IsZero() || f.Modified.Year() < 1981, f.Name)
		r, err := f.Open()
		require.NoError(t, err)
		var content bytes.Buffer
		_, err = content.ReadFrom(r)
		require.NoError(t, err)
		assert.NotContains(t, content.String(), `TargetMode="External"`, f.Name)
		assert.NotContains(t, content.String(), "<f>", f.Name)
	}
	assert.True(t, workbook.Is(data))
}
