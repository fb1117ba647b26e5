package spreadsheet

import (
	"cmp"
	"slices"
	"strings"

	"github.com/iotlens/iotlens/internal/lens"
	"github.com/iotlens/iotlens/internal/review"
	"github.com/iotlens/iotlens/internal/suggest"
	"github.com/iotlens/iotlens/internal/workbook"
)

// An Import is what a table would change in a review.
type Import struct {
	Changes        []review.Change // in the order of the table
	Unchanged      int             // rows that agree with the review
	IgnoredColumns []string        // columns that iotlens does not know
}

// ReadChanges compares a table or workbook with a review and returns what importing it
// would change; the review stays as it is. Only columns and rows that the table has are
// compared. Changed answers are signed with by and at.
//
// If there are problems, it returns all of them, each with row and column, and no changes:
// an unknown or duplicate best practice, an unknown or empty status, a text without a
// status, an invalid or ambiguous date, not_applicable without a reason.
func ReadChanges(name string, data []byte, l *lens.Lens, r *review.Review, by, at string) (Import, Problems) {
	t, problems := readTable(name, data)
	if t == nil {
		return Import{}, problems
	}
	im := importer{
		name: name, lens: l, review: r, by: by, at: at, problems: problems, fields: editableFields(), seenInRow: map[string]int{},
		writtenCells: CSVCells, unescape: unescapeFormulas,
	}
	if t.workbook {
		im.writtenCells, im.unescape = WorkbookCells, func(s string) string { return s }
	}
	im.order = im.detectOrder(t)
	for _, row := range t.rows {
		im.readRow(row)
	}
	if len(im.problems) > 0 {
		return Import{}, im.problems
	}
	im.result.IgnoredColumns = t.ignored
	return im.result, nil
}

// An importer compares the rows of a table with a review.
type importer struct {
	name         string
	lens         *lens.Lens
	review       *review.Review
	by, at       string
	fields       []review.Field[review.Answer] // that can be edited
	order        dateOrder
	writtenCells func(review.Answer) map[string]string // cells of an answer as they were written
	unescape     func(string) string                   // inverse of the escaping when cells were written
	seenInRow    map[string]int                        // row number by best practice
	result       Import
	problems     Problems
}

// detectOrder returns the order of day and month in all dates of the table.
func (im *importer) detectOrder(t *table) dateOrder {
	cells, known := map[string]string{}, map[string]string{}
	for _, row := range t.rows {
		p, ok := im.lens.Practice(row.cells[PracticeColumn])
		for _, f := range im.fields {
			if ok && f.Kind == review.KindDate {
				id := p.ID + " " + f.Key
				cells[id], known[id] = row.date(f.Key), f.Text(im.review.Answers[p.ID])
			}
		}
	}
	return detectOrder(cells, known)
}

func (im *importer) readRow(row row) {
	report := func(column, format string, args ...any) {
		im.problems.add(im.name, row.number, column, format, args...)
	}
	id := row.cells[PracticeColumn]
	p, ok := im.lens.Practice(id)
	switch {
	case strings.TrimSpace(id) == "" && row.cells[parkedColumn]+row.cells[recordColumn] != "" && !slices.ContainsFunc(im.fields, func(f review.Field[review.Answer]) bool {
		return strings.TrimSpace(row.cells[f.Key]) != ""
	}):
		return // the row is about something else than a best practice
	case strings.TrimSpace(id) == "":
		report(PracticeColumn, "the id is missing")
		return
	case !ok:
		report(PracticeColumn, "the lens has no best practice %q%s", id, suggest.DidYouMean(id, im.lens.PracticeIDs()))
		return
	case im.seenInRow[p.ID] > 0:
		report(PracticeColumn, "%s is already in row %d", p.ID, im.seenInRow[p.ID])
		return
	}
	im.seenInRow[p.ID] = row.number
	if row.excess != "" {
		report("", "more cells than columns: %q", row.excess)
	}
	before := im.review.Answers[p.ID]
	problems := len(im.problems)
	after, edited := im.readAnswer(row, p.ID, before, report)
	switch {
	case len(im.problems) > problems:
	case len(edited) == 0:
		im.result.Unchanged++
	default:
		if after.Status != review.Unanswered {
			after.Sign(im.by, im.at)
			if err := after.Check(); err != nil {
				report("", "%s: %s", p.ID, strings.ReplaceAll(err.Error(), "\n", "; "))
				return
			}
		}
		im.result.Changes = append(im.result.Changes, review.Change{Practice: p.ID, Title: p.Title, Before: before, After: after})
	}
}

// readAnswer returns the answer of a row, and the fields whose cells differ from the
// review.
func (im *importer) readAnswer(row row, id string, before review.Answer, report func(string, string, ...any)) (after review.Answer, edited []review.Field[review.Answer]) {
	after, written := before.Clone(), im.writtenCells(before)
	for _, f := range im.fields {
		cell, ok := row.cells[f.Key]
		if f.Kind == review.KindDate {
			cell = row.date(f.Key)
		}
		switch {
		case row.formulas[f.Key] && (f.Kind != review.KindDate || row.days[f.Key] == ""):
			report(f.Key, "the cell is a formula, which is not read; write its result in its place")
			continue
		case !ok || sameCell(cell, written[f.Key]):
			continue
		case strings.Contains(cell, strings.TrimSpace(workbook.CutMark)):
			report(f.Key, "the text was longer than a cell holds and was cut, so it cannot be changed here; change it in the review file")
			continue
		case f.Kind == review.KindStatus && strings.TrimSpace(cell) == "":
			report(f.Key, "%s has an empty status, but is %s in the review; write %s to remove that answer", id, before.Status, unansweredStatus)
			continue
		}
		values, err := im.parseCell(f, im.unescape(cell))
		if err != nil {
			report(f.Key, "%v", err)
			continue
		}
		f.Set(&after, values...)
		edited = append(edited, f)
	}
	return im.checkEdited(id, before, after, edited, report)
}

// parseCell returns the values of a field from its cell.
func (im *importer) parseCell(f review.Field[review.Answer], cell string) ([]string, error) {
	switch f.Kind {
	case review.KindStatus:
		s, err := parseStatus(cell)
		return []string{string(s)}, err
	case review.KindDate:
		day, err := parseDate(cell, im.order)
		return []string{day}, err
	case review.KindList:
		return nonBlankLines(cell), nil
	}
	return []string{strings.TrimSpace(cell)}, nil
}

// date returns the date in a cell: its day in a workbook, else its text.
func (r row) date(column string) string { return cmp.Or(r.days[column], r.cells[column]) }

// checkEdited checks the edited fields together.
func (im *importer) checkEdited(
	id string, before, after review.Answer, edited []review.Field[review.Answer], report func(string, string, ...any),
) (review.Answer, []review.Field[review.Answer]) {
	if after.Status == review.Unanswered {
		for _, f := range edited {
			if f.Kind != review.KindStatus && strings.TrimSpace(f.Text(after)) != "" {
				report("status", "%s has a value under %s, but no status; an answer needs a status", id, f.Key)
			}
		}
		after = review.Answer{}
	} else {
		for _, f := range edited {
			if f.OnlyWithStatus != review.Unanswered && f.OnlyWithStatus != after.Status && f.Text(after) != "" {
				report(f.Key, "%s is %s, but %s can only be set with %s; use the note for other text", id, after.Status, f.Key, f.OnlyWithStatus)
			}
		}
		withStatus := before.Clone()
		withStatus.SetStatus(after.Status)
		if !slices.ContainsFunc(edited, func(f review.Field[review.Answer]) bool { return f.Kind == review.KindList }) {
			after.Evidence = withStatus.Evidence // an unedited cell is no evidence for another status
		}
		after.SetStatus(after.Status)
	}
	if after.SameContent(before) {
		return after, nil
	}
	return after, edited
}

// sameCell reports whether a cell is as it was written. A spreadsheet may remove blanks at
// the end, and an empty status counts as unanswered.
func sameCell(cell, written string) bool {
	trim := func(s string) string { return strings.TrimRight(s, " \n\t") }
	return trim(cell) == trim(written) || written == unansweredStatus && trim(cell) == ""
}

func nonBlankLines(text string) []string {
	var out []string
	for l := range strings.Lines(text) {
		if l = strings.TrimSpace(l); l != "" {
			out = append(out, l)
		}
	}
	return out
}
