package pdf

import "github.com/iotlens/iotlens/internal/report/view"

// The columns of the ledger: what it is about, the answer, and what was said and shown.
var entryColumns = [3]float64{50, 35, 83}

const (
	entryGap  = 3.0
	entryRule = 1.3  // above each entry
	entryMost = 90.0 // a higher entry flows over pages, its columns below each other
)

// An entry is an entry of the ledger, by its columns. Every text is whole.
type entry struct {
	sign    view.Badge
	columns [3][]para
}

// entryOf lays out an entry: words, names and dates in the middle, texts at the right.
func entryOf(item view.Item) entry {
	e := entry{sign: item.Badge}
	add := func(column int, p para) {
		if p.text != "" {
			p.size = fine
			e.columns[column] = append(e.columns[column], p)
		}
	}
	add(0, para{ink: muted, text: item.ID, in: 3.2})
	add(0, para{ink: ink, text: item.Title, in: 3.2})
	add(1, para{style: "B", ink: ink, text: item.Badge.Words})
	for _, t := range item.Texts {
		if t.Short {
			lead := t.Label + ": "
			if t.Label == view.LabelAnswered {
				lead = ""
			}
			add(1, para{ink: ink, text: lead + t.Text})
			continue
		}
		for _, v := range valuesOf(t, whole) {
			c := muted
			if t.Label == view.LabelNote {
				c = ink
			}
			add(2, para{ink: c, text: t.Label + ": " + v.text, to: v.to})
		}
	}
	return e
}

// entryHeight is how high an entry is on its page, and whether it flows over pages: then it
// needs the height of its first lines.
func (d *pdfDoc) entryHeight(e entry) (high float64, flows bool) {
	for i, column := range e.columns {
		high = max(high, d.tall(entryColumns[i], column))
	}
	if flows = high > entryMost; flows {
		high = 5 * step(fine)
	}
	return entryRule + high + 0.8, flows
}

// entry draws an entry of the ledger.
func (d *pdfDoc) entry(item view.Item) {
	e := entryOf(item)
	high, flows := d.entryHeight(e)
	d.need(high)
	d.line(pdfLeft, pdfRight)
	d.y += entryRule
	if e.sign.Words != "" {
		d.sign(e.sign, pdfLeft, d.y+2.3, 1.6)
	}
	if flows {
		for _, column := range e.columns {
			d.stack(pdfLeft+3.2, pdfWide-3.2, column)
		}
		d.y += 0.8
		return
	}
	top, x := d.y, pdfLeft
	for i, column := range e.columns {
		d.y = top
		d.stack(x, entryColumns[i], column)
		x += entryColumns[i] + entryGap
	}
	d.y = top - entryRule + high
}
