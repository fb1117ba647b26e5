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

// Taken is what a table does to a review.
type Taken struct {
	Changes []review.Change // in the order of the table
	Same    int             // rows that agree with the review
	Foreign []string        // columns that were ignored, as they are not ours
}

// Take compares a table or workbook named name with a review and returns what it would
// change; the review stays as it is. Only the columns that the table has are
// read, and only the rows. A cell that is as it was written agrees with the
// review. By and At of a changed answer are those given.
//
// With problems, all of them are returned, each with row and column, and nothing is
// taken: an unknown or duplicate best practice, an unknown or emptied status, a text
// without a status, an invalid or ambiguous date, not_applicable without a reason.
func Take(name string, data []byte, l *lens.Lens, r *review.Review, by, at string) (Taken, Problems) {
	t, problems := read(name, data)
	if t == nil {
		return Taken{}, problems
	}
	k := taker{
		name: name, lens: l, review: r, by: by, at: at, problems: problems, fields: editable(), seen: map[string]int{},
		written: Cells, restore: restore,
	}
	if t.workbook {
		k.written, k.restore = Texts, func(s string) string { return s }
	}
	k.order = k.orderOf(t)
	for _, row := range t.rows {
		k.row(row)
	}
	if len(k.problems) > 0 {
		return Taken{}, k.problems
	}
	k.taken.Foreign = t.foreign
	return k.taken, nil
}

type taker struct {
	name     string
	lens     *lens.Lens
	review   *review.Review
	by, at   string
	fields   []review.Field[review.Answer] // that people may change
	order    order
	written  func(review.Answer) map[string]string // the cells of an answer, as they are written
	restore  func(string) string                   // a text as it was before it was written
	seen     map[string]int                        // practice to row
	taken    Taken
	problems Problems
}

// orderOf finds the order of day and month in the table, by all of its dates.
func (k *taker) orderOf(t *table) order {
	cells, known := map[string]string{}, map[string]string{}
	for _, row := range t.rows {
		p, ok := k.lens.Practice(row.cells[Practice])
		for _, f := range k.fields {
			if ok && f.Kind == review.KindDate {
				id := p.ID + " " + f.Key
				cells[id], known[id] = row.day(f.Key), f.Text(k.review.Answers[p.ID])
			}
		}
	}
	return orderOf(cells, known)
}

func (k *taker) row(row row) {
	report := func(column, format string, args ...any) { k.problems.add(k.name, row.number, column, format, args...) }
	given := row.cells[Practice]
	p, ok := k.lens.Practice(given)
	switch {
	case strings.TrimSpace(given) == "" && row.cells[Parked]+row.cells[Record] != "" && !slices.ContainsFunc(k.fields, func(f review.Field[review.Answer]) bool {
		return strings.TrimSpace(row.cells[f.Key]) != ""
	}):
		return // what belongs to no best practice
	case strings.TrimSpace(given) == "":
		report(Practice, "the id is missing")
		return
	case !ok:
		report(Practice, "the lens has no best practice %q%s", given, suggest.DidYouMean(given, k.lens.PracticeIDs()))
		return
	case k.seen[p.ID] > 0:
		report(Practice, "%s is already in row %d", p.ID, k.seen[p.ID])
		return
	}
	k.seen[p.ID] = row.number
	if row.extra != "" {
		report("", "more cells than columns: %q", row.extra)
	}
	was := k.review.Answers[p.ID]
	problems := len(k.problems)
	is, edited := k.answer(row, p.ID, was, report)
	switch {
	case len(k.problems) > problems:
	case len(edited) == 0:
		k.taken.Same++
	default:
		if is.Status != review.Unanswered {
			is.Sign(k.by, k.at)
			if err := is.Check(); err != nil {
				report("", "%s: %s", p.ID, strings.ReplaceAll(err.Error(), "\n", "; "))
				return
			}
		}
		k.taken.Changes = append(k.taken.Changes, review.Change{Practice: p.ID, Title: p.Title, Before: was, After: is})
	}
}

// answer is the answer that a row gives, with the fields whose cells differ from
// the review.
func (k *taker) answer(row row, id string, was review.Answer, report func(string, string, ...any)) (is review.Answer, edited []review.Field[review.Answer]) {
	is, written := was.Clone(), k.written(was)
	for _, f := range k.fields {
		cell, ok := row.cells[f.Key]
		if f.Kind == review.KindDate {
			cell = row.day(f.Key)
		}
		switch {
		case row.runs[f.Key] && (f.Kind != review.KindDate || row.days[f.Key] == ""):
			report(f.Key, "the cell is a formula, which is not read; write its result in its place")
			continue
		case !ok || same(cell, written[f.Key]):
			continue
		case strings.Contains(cell, strings.TrimSpace(workbook.CutMark)):
			report(f.Key, "the text was longer than a cell holds and was cut, so it cannot be changed here; change it in the review file")
			continue
		case f.Kind == review.KindStatus && strings.TrimSpace(cell) == "":
			report(f.Key, "%s has an empty status, but is %s in the review; write %s to remove that answer", id, was.Status, Unanswered)
			continue
		}
		values, err := k.values(f, k.restore(cell))
		if err != nil {
			report(f.Key, "%v", err)
			continue
		}
		f.Set(&is, values...)
		edited = append(edited, f)
	}
	return k.fit(id, was, is, edited, report)
}

// values reads the content of a cell as that of a field.
func (k *taker) values(f review.Field[review.Answer], cell string) ([]string, error) {
	switch f.Kind {
	case review.KindStatus:
		s, err := status(cell)
		return []string{string(s)}, err
	case review.KindDate:
		day, err := due(cell, k.order)
		return []string{day}, err
	case review.KindList:
		return lines(cell), nil
	}
	return []string{strings.TrimSpace(cell)}, nil
}

// day is a date in a row: what the cell holds, where it holds a day, or what it shows.
func (r row) day(column string) string { return cmp.Or(r.days[column], r.cells[column]) }

// fit checks the edited cells together.
func (k *taker) fit(
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
				report(f.Key, "%s is %s, but %s goes with %s only; use the note for any other text", id, is.Status, f.Key, f.OnlyWithStatus)
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

// same reports whether a cell is as it was written: a spreadsheet may remove
// blanks at the end, and an empty status counts as unanswered.
func same(cell, written string) bool {
	trim := func(s string) string { return strings.TrimRight(s, " \n\t") }
	return trim(cell) == trim(written) || written == Unanswered && trim(cell) == ""
}

func lines(text string) []string {
	var out []string
	for l := range strings.Lines(text) {
		if l = strings.TrimSpace(l); l != "" {
			out = append(out, l)
		}
	}
	return out
}
