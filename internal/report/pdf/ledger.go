package pdf

import "github.com/iotlens/iotlens/internal/report/view"

// The widths of the columns of the ledger: best practice, answer, notes and evidence.
var ledgerColumns = [3]float64{50, 35, 83}

const (
	ledgerColumnGap      = 3.0
	ledgerEntryGap       = 1.3  // above each entry
	maxLedgerEntryHeight = 90.0 // a higher entry is set in one column over several pages
)

// A ledgerEntry is an entry of the ledger as it is laid out in columns. No text is shortened.
type ledgerEntry struct {
	sign    view.Badge
	columns [3][]paragraph
}

// ledgerEntryOf lays out an entry: short texts in the middle column, long ones at the right.
func ledgerEntryOf(item view.Item) ledgerEntry {
	e := ledgerEntry{sign: item.Badge}
	add := func(column int, p paragraph) {
		if p.text != "" {
			p.size = ledgerSize
			e.columns[column] = append(e.columns[column], p)
		}
	}
	add(0, paragraph{colour: mutedColour, text: item.ID, indent: 3.2})
	add(0, paragraph{colour: inkColour, text: item.Title, indent: 3.2})
	add(1, paragraph{style: "B", colour: inkColour, text: item.Badge.Words})
	for _, t := range item.Texts {
		if t.Short {
			lead := t.Label + ": "
			if t.Label == view.LabelAnswered {
				lead = ""
			}
			add(1, paragraph{colour: inkColour, text: lead + t.Text})
			continue
		}
		for _, v := range valuesOf(t, unchanged) {
			c := mutedColour
			if t.Label == view.LabelNote {
				c = inkColour
			}
			add(2, paragraph{colour: c, text: t.Label + ": " + v.text, target: v.target})
		}
	}
	return e
}

// ledgerEntryHeight returns the height that an entry needs on its page, and whether it flows
// over pages; then the height is that of its first lines.
func (d *document) ledgerEntryHeight(e ledgerEntry) (height float64, flows bool) {
	for i, column := range e.columns {
		height = max(height, d.stackHeight(ledgerColumns[i], column))
	}
	if flows = height > maxLedgerEntryHeight; flows {
		height = 5 * lineHeight(ledgerSize)
	}
	return ledgerEntryGap + height + 0.8, flows
}

// drawLedgerEntry draws an entry of the ledger.
func (d *document) drawLedgerEntry(item view.Item) {
	e := ledgerEntryOf(item)
	height, flows := d.ledgerEntryHeight(e)
	d.ensureSpace(height)
	d.separator(leftEdge, rightEdge)
	d.y += ledgerEntryGap
	if e.sign.Words != "" {
		d.drawBadge(e.sign, leftEdge, d.y+2.3, 1.6)
	}
	if flows {
		for _, column := range e.columns {
			d.drawStack(leftEdge+3.2, contentWidth-3.2, column)
		}
		d.y += 0.8
		return
	}
	top, x := d.y, leftEdge
	for i, column := range e.columns {
		d.y = top
		d.drawStack(x, ledgerColumns[i], column)
		x += ledgerColumns[i] + ledgerColumnGap
	}
	d.y = top - ledgerEntryGap + height
}
