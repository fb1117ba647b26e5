package xlsx

import (
	"strings"

	"github.com/iotlens/iotlens/internal/brand"
	"github.com/iotlens/iotlens/internal/report/view"
	"github.com/iotlens/iotlens/internal/scoring"
	"github.com/iotlens/iotlens/internal/workbook"
)

// A textSheet is a sheet of text in two columns that is being written.
type textSheet struct{ rows []workbook.Row }

func (p *textSheet) addRow(cells ...workbook.Cell) {
	p.rows = append(p.rows, workbook.Row{Cells: cells})
}

func (p *textSheet) addTitle(s string) {
	if len(p.rows) > 0 {
		p.addRow()
	}
	p.rows = append(p.rows, workbook.Row{Bold: true, Cells: []workbook.Cell{workbook.Text(s)}})
}

func (p *textSheet) addFact(name, text string) {
	if strings.TrimSpace(text) != "" {
		p.addRow(workbook.Text(name), workbook.Text(text))
	}
}

// summarySheet has the brand, the workload, page one and the scores.
func summarySheet(a *scoring.Assessment, b *brand.Brand) workbook.Sheet {
	p := &textSheet{}
	front := view.NewPageOne(a)
	p.addTitle(a.Workload.Name)
	if b != nil {
		p.addFact("Classification", b.Classification)
		p.addFact("For", b.Customer)
		p.addFact("By", b.Author)
		p.addFact("Contact", b.Contact)
	}
	p.addFact("Workload", strings.Join(view.WorkloadFacts(a), " · "))
	p.addFact("Description", a.Workload.Description)
	p.addFact("Lens", view.LensTitle(a))
	p.addRow(workbook.Text("As of"), workbook.Day(a.Today))
	p.addFact("Review", a.File)
	p.addFact("Verdict", front.Conclusion.Badge.Words)
	p.addFact("", front.Conclusion.String())
	for _, s := range append(front.Sections(), view.Scores(a), view.Pillars(a)) {
		p.addSection(s)
	}
	s := workbook.Sheet{Name: "Summary", Rows: p.rows, Columns: []workbook.Column{{Width: 24}, {Width: 60}}}
	for range 6 {
		s.Columns = append(s.Columns, workbook.Column{Width: 14})
	}
	if b != nil && b.Logo != nil {
		width, _ := b.Logo.Fit(180, 48) // pixels
		s.Picture = &workbook.Picture{PNG: b.Logo.PNG, Name: b.LogoAltText(), Scale: width / float64(b.Logo.Width)}
	}
	return s
}

// addSection adds a section with its table and lists.
func (p *textSheet) addSection(s view.Section) {
	p.addTitle(s.Heading())
	p.addFact("", s.Intro)
	if len(s.Table.Rows) > 0 {
		heads := workbook.Row{Bold: true}
		for _, h := range s.Table.Header {
			heads.Cells = append(heads.Cells, workbook.Text(h))
		}
		p.rows = append(p.rows, heads)
	}
	for _, row := range s.Table.Rows {
		p.rows = append(p.rows, tableRow(row))
	}
	for _, g := range s.Groups {
		if g.Title != "" {
			p.addRow(workbook.Text(""), workbook.Text(g.Heading()))
		}
		for _, i := range g.Items {
			lines := []string{i.TitleWithBadge()}
			for _, t := range i.TextsExceptHTML() {
				if t.Label != "" {
					lines = append(lines, t.Label+": "+t.Text)
				} else {
					lines = append(lines, t.Text)
				}
			}
			p.addRow(workbook.Text(i.ID), workbook.Text(strings.TrimSpace(strings.Join(lines, "\n"))))
		}
	}
	for _, f := range s.Facts {
		p.addFact(f.Label, f.Text)
	}
	p.addFact("", s.Note)
}
