package xlsx

import (
	"strings"

	"github.com/iotlens/iotlens/internal/brand"
	"github.com/iotlens/iotlens/internal/report/view"
	"github.com/iotlens/iotlens/internal/scoring"
	"github.com/iotlens/iotlens/internal/workbook"
)

// A page is a sheet of text that is being written.
type page struct{ rows []workbook.Row }

func (p *page) row(cells ...workbook.Cell) { p.rows = append(p.rows, workbook.Row{Cells: cells}) }

func (p *page) title(s string) {
	if len(p.rows) > 0 {
		p.row()
	}
	p.rows = append(p.rows, workbook.Row{Bold: true, Cells: []workbook.Cell{workbook.Text(s)}})
}

func (p *page) fact(name, text string) {
	if strings.TrimSpace(text) != "" {
		p.row(workbook.Text(name), workbook.Text(text))
	}
}

// summary is page one of every report, and the scores, under the names of a brand.
func summary(a *scoring.Assessment, b *brand.Brand) workbook.Sheet {
	p := &page{}
	front := view.NewPageOne(a)
	p.title(a.Workload.Name)
	if b != nil {
		p.fact("Classification", b.Classification)
		p.fact("For", b.Customer)
		p.fact("By", b.Author)
		p.fact("Contact", b.Contact)
	}
	p.fact("Workload", strings.Join(view.WorkloadFacts(a), " · "))
	p.fact("Description", a.Workload.Description)
	p.fact("Lens", view.LensTitle(a))
	p.row(workbook.Text("As of"), workbook.Day(a.Today))
	p.fact("Review", a.File)
	p.fact("Verdict", front.Conclusion.Badge.Words)
	p.fact("", front.Conclusion.String())
	for _, s := range append(front.Sections(), view.Scores(a), view.Pillars(a)) {
		p.section(s)
	}
	s := workbook.Sheet{Name: "Summary", Rows: p.rows, Columns: []workbook.Column{{Width: 24}, {Width: 60}}}
	for range 6 {
		s.Columns = append(s.Columns, workbook.Column{Width: 14})
	}
	if b != nil && b.Logo != nil {
		wide, _ := b.Logo.Fit(180, 48) // pixels
		s.Picture = &workbook.Picture{PNG: b.Logo.PNG, Name: b.LogoName(), Scale: wide / float64(b.Logo.Wide)}
	}
	return s
}

// section writes a section: its table, its lists, and what stands before and after them.
func (p *page) section(s view.Section) {
	p.title(s.Heading())
	p.fact("", s.Intro)
	if len(s.Table.Rows) > 0 {
		heads := workbook.Row{Bold: true}
		for _, h := range s.Table.Header {
			heads.Cells = append(heads.Cells, workbook.Text(h))
		}
		p.rows = append(p.rows, heads)
	}
	for _, r := range s.Table.Rows {
		var row workbook.Row
		for i, cell := range r {
			if i == 0 {
				row.Cells = append(row.Cells, workbook.Text(cell))
				continue
			}
			row.Cells = append(row.Cells, typed(cell))
		}
		p.rows = append(p.rows, row)
	}
	for _, g := range s.Groups {
		if g.Title != "" {
			p.row(workbook.Text(""), workbook.Text(g.Heading()))
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
			p.row(workbook.Text(i.ID), workbook.Text(strings.TrimSpace(strings.Join(lines, "\n"))))
		}
	}
	for _, f := range s.Facts {
		p.fact(f.Label, f.Text)
	}
	p.fact("", s.Note)
}
