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

// Import is what a table does to a review.
type Import struct {
	Changes        []review.Change // in the order of the table
	Unchanged      int             // rows that agree with the review
	IgnoredColumns []string        // columns that were ignored, as they are not ours
}

// ReadChanges compares a table or workbook named name with a review and returns what it would
// change; the review stays as it is. Only the columns that the table has are
// read, and only the rows. A cell that is as it was written agrees with the
// review. By and At of a changed answer are those given.
//
// With problems, all of them are returned, each with row and column, and nothing is
// taken: an unknown or duplicate best practice, an unknown or emptied status, a text
// without a status, an invalid or ambiguous date, not_applicable without a reason.
func ReadChanges(name string, data []byte, l *lens.Lens, r *review.Review, by, at string) (Import, Problems) {
	t, problems := readTable(name, data)
	if t == nil {
		return Import{}, problems
	}
	k := importer{
		name: name, lens: l, review: r, by: by, at: at, problems: problems, fields: editableFields(), seenInRow: map[string]int{},
		writtenCells: CSVCells, unescape: unescapeFormulas,
	}
	if t.workbook {
		k.writtenCells, k.unescape = WorkbookCells, func(s string) string { return s }
	}
	k.order = k.detectOrder(t)
	for _, row := range t.rows {
		k.readRow(row)
	}
	if len(k.problems) > 0 {
		return Import{}, k.problems
	}
	k.result.IgnoredColumns = t.ignored
	return k.result, nil
}

type importer struct {
	name         string
	lens         *lens.Lens
	review       *review.Review
	by, at       string
	fields       []review.Field[review.Answer] // that people may change
	order        dateOrder
	writtenCells func(review.Answer) map[string]string // the cells of an answer, as they are written
	unescape     func(string) string                   // a text as it was before it was written
	seenInRow    map[string]int                        // practice to row
	result       Import
	problems     Problems
}

// detectOrder finds the order of day and month in the table, by all of its dates.
func (k *importer) detectOrder(t *table) dateOrder {
	cells, known := map[string]string{}, map[string]string{}
	for _, row := range t.rows {
		p, ok := k.lens.Practice(row.cells[PracticeColumn])
		for _, f := range k.fields {
			if ok && f.Kind == review.KindDate {
				id := p.ID + " " + f.Key
				cells[id], known[id] = row.date(f.Key), f.Text(k.review.Answers[p.ID])
			}
		}
	}
	return detectOrder(cells, known)
}

func (k *importer) readRow(row row) {
	report := func(column, format string, args ...any) { k.problems.add(k.name, row.number, column, format, args...) }
	given := row.cells[PracticeColumn]
	p, ok := k.lens.Practice(given)
	switch {
	case strings.TrimSpace(given) == "" && row.cells[parkedColumn]+row.cells[recordColumn] != "" && !slices.ContainsFunc(k.fields, func(f review.Field[review.Answer]) bool {
		return strings.TrimSpace(row.cells[f.Key]) != ""
	}):
		return // what belongs to no best practice
	case strings.TrimSpace(given) == "":
		report(PracticeColumn, "the id is missing")
		return
	case !ok:
		report(PracticeColumn, "the lens has no best practice %q%s", given, suggest.DidYouMean(given, k.lens.PracticeIDs()))
		return
	case k.seenInRow[p.ID] > 0:
		report(PracticeColumn, "%s is already in row %d", p.ID, k.seenInRow[p.ID])
		return
	}
	k.seenInRow[p.ID] = row.number
	if row.excess != "" {
		report("", "more cells than columns: %q", row.excess)
	}
	was := k.review.Answers[p.ID]
	problems := len(k.problems)
	is, edited := k.readAnswer(row, p.ID, was, report)
	switch {
	case len(k.problems) > problems:
	case len(edited) == 0:
		k.result.Unchanged++
	default:
		if is.Status != review.Unanswered {
			is.Sign(k.by, k.at)
			if err := is.Check(); err != nil {
				report("", "%s: %s", p.ID, strings.ReplaceAll(err.Error(), "\n", "; "))
				return
			}
		}
		k.result.Changes = append(k.result.Changes, review.Change{Practice: p.ID, Title: p.Title, Before: was, After: is})
	}
}

// readAnswer is the answer that a row gives, with the fields whose cells differ from
// the review.
func (k *importer) readAnswer(row row, id string, was review.Answer, report func(string, string, ...any)) (is review.Answer, edited []review.Field[review.Answer]) {
	is, written := was.Clone(), k.writtenCells(was)
	for _, f := range k.fields {
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
			report(f.Key, "%s has an empty status, but is %s in the review; write %s to remove that answer", id, was.Status, unansweredStatus)
			continue
		}
		values, err := k.parseCell(f, k.unescape(cell))
		if err != nil {
			report(f.Key, "%v", err)
			continue
		}
		f.Set(&is, values...)
		edited = append(edited, f)
	}
	return k.checkEdited(id, was, is, edited, report)
}

// parseCell reads the content of a cell as that of a field.
func (k *importer) parseCell(f review.Field[review.Answer], cell string) ([]string, error) {
	switch f.Kind {
	case review.KindStatus:
		s, err := parseStatus(cell)
		return []string{string(s)}, err
	case review.KindDate:
		day, err := parseDate(cell, k.order)
		return []string{day}, err
	case review.KindList:
		return nonBlankLines(cell), nil
	}
	return []string{strings.TrimSpace(cell)}, nil
}

// date is a date in a row: what the cell holds, where it holds a day, or what it shows.
func (r row) date(column string) string { return cmp.Or(r.days[column], r.cells[column]) }

// checkEdited checks the edited cells together.
func (k *importer) checkEdited(
	id string, was, is review.Answer, edited []review.Field[review.Answer], report func(string, string, ...any),
) (review.Answer, []review.Field[review.Answer]) {
	if is.Status == review.Unanswered {
		for _, f := range edited {
			if f.Kind != review.KindStatus && strings.TrimSpace(f.Text(is)) != "" {
				report("status", "%s has a value under %s, but no status; an answer needs a status", id, f.Key)
			}
		}
		is = review.Answer{}
	} else {
		for _, f := range edited {
			if f.OnlyWithStatus != review.Unanswered && f.OnlyWithStatus != is.Status && f.Text(is) != "" {
				report(f.Key, "%s is %s, but %s can only be set with %s; use the note for other text", id, is.Status, f.Key, f.OnlyWithStatus)
			}
		}
		turned := was.Clone()
		turned.SetStatus(is.Status)
		if !slices.ContainsFunc(edited, func(f review.Field[review.Answer]) bool { return f.Kind == review.KindList }) {
			is.Evidence = turned.Evidence // a cell that nobody touched gives no evidence for another status
		}
		is.SetStatus(is.Status)
	}
	if is.SameContent(was) {
		return is, nil
	}
	return is, edited
}

// sameCell reports whether a cell is as it was written: a spreadsheet may remove
// blanks at the end, and an empty status counts as unanswered.
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
