package plain

import (
	"fmt"
	"io"
	"math"
	"strings"

	"github.com/iotlens/iotlens/internal/compare"
	"github.com/iotlens/iotlens/internal/portfolio"
	"github.com/iotlens/iotlens/internal/report/view"
	"github.com/iotlens/iotlens/internal/spreadsheet"
	"github.com/iotlens/iotlens/internal/text"
)

// TextPortfolio writes a portfolio for a terminal.
func TextPortfolio(w io.Writer, p *portfolio.Portfolio) error {
	page := &text.Page{}
	page.Line("%s", clean(view.PortfolioTitle(p)))
	page.Line("")
	page.Wrapped("", "", view.PortfolioSummary(p))
	textSections(page, view.Portfolio(p))
	_, err := io.WriteString(w, page.String())
	return err
}

// MarkdownPortfolio writes a portfolio as Markdown.
func MarkdownPortfolio(w io.Writer, p *portfolio.Portfolio) error {
	page := &text.Page{}
	page.Line("# %s", md(view.PortfolioTitle(p)))
	page.Line("")
	page.Line("**%s**", md(view.PortfolioSummary(p)))
	return mdPage(w, page, view.Portfolio(p))
}

// CSVPortfolio writes PortfolioRows as CSV for spreadsheets.
func CSVPortfolio(w io.Writer, p *portfolio.Portfolio) error {
	columns, rows := PortfolioRows(p)
	cells := make([][]string, len(rows))
	for i, row := range rows {
		cells[i] = view.Map(row, spreadsheet.SafeCell)
	}
	return spreadsheet.WriteRows(w, columns, cells)
}

// PortfolioRows returns the table of the reviews of a portfolio, with a row for each review in
// the order of the portfolio. Each fact that a workload has is a column.
func PortfolioRows(p *portfolio.Portfolio) (columns []string, rows [][]string) {
	columns = []string{
		"file", "workload", "lens", "lens_version", "asked_revision", "outcome", "verdict", "score", "coverage", "high_risks", "medium_risks",
		"open", "open_high", "waived", "unanswered", "dont_know", "overdue", "overdue_since", "answered", "age_days", "old",
		"since", "since_milestone", "score_change", "high_risks_change", "open_change", "comparable",
	}
	var pillars, facts []string
	seen := map[string]bool{}
	once := func(list *[]string, name string) {
		if !seen[name] {
			seen[name] = true
			*list = append(*list, name)
		}
	}
	for _, g := range p.Groups {
		for _, pillar := range g.Lens.Pillars {
			once(&pillars, "score_"+pillar.ID)
		}
	}
	for _, f := range p.Frameworks {
		columns = append(columns, "met_"+f.ID, "of_"+f.ID)
	}
	have := map[string]bool{}
	for i := range p.Reviews {
		for _, f := range p.Reviews[i].Facts {
			have[f.Name] = true
		}
	}
	for _, name := range portfolio.FactNames() {
		if have[name] {
			facts = append(facts, name)
		}
	}
	columns = append(columns, pillars...)
	for _, name := range facts {
		columns = append(columns, strings.ReplaceAll(name, "-", "_"))
	}
	for _, r := range p.Sorted() {
		rows = append(rows, portfolioRow(p, r, pillars, facts))
	}
	return columns, rows
}

func portfolioRow(p *portfolio.Portfolio, r *portfolio.Review, pillars, facts []string) []string {
	g := p.Groups[r.Group]
	row := []string{
		r.File, r.Workload, g.LensID, g.LensVersion, fmt.Sprint(r.AskedRevision), r.Outcome.String(), r.Verdict.Words, percentText(r.Score), percentText(r.Coverage),
		fmt.Sprint(r.High), fmt.Sprint(r.Medium), fmt.Sprint(r.Open), fmt.Sprint(r.HighSeverity), fmt.Sprint(r.Waived), fmt.Sprint(r.Missing), fmt.Sprint(r.Unknown),
		fmt.Sprint(r.Overdue), r.Due, r.Answered, age(r), yesNo(r.Stale),
	}
	move := make([]string, 6)
	if m := r.Movement; m != nil {
		move[0], move[1], move[5] = m.Day, m.Name, yesNo(len(m.NotComparable) == 0)
		if len(m.NotComparable) == 0 {
			move[3], move[4] = fmt.Sprint(m.HighChange), fmt.Sprint(m.OpenChange)
			if m.ScoreChange.Known {
				move[2] = fmt.Sprint(math.Round(m.ScoreChange.Value*100) / 100)
			}
		}
	}
	row = append(row, move...)
	for _, s := range r.Met {
		row = append(row, fmt.Sprint(s.Met), fmt.Sprint(s.Applicable))
	}
	for _, pillar := range pillars {
		cell := ""
		for _, s := range r.Pillars {
			if "score_"+s.ID == pillar {
				cell = percentText(s.Score)
			}
		}
		row = append(row, cell)
	}
	for _, name := range facts {
		row = append(row, strings.Join(r.Fact(name), ", "))
	}
	return row
}

func age(r *portfolio.Review) string {
	if r.Answered == "" {
		return ""
	}
	return fmt.Sprint(r.Age)
}

func yesNo(b bool) string {
	if b {
		return "yes"
	}
	return "no"
}

// percentText returns a percentage with two decimals, rounded down; empty if it is unknown.
func percentText(p compare.Percent) string {
	if !p.Known {
		return ""
	}
	return fmt.Sprint(math.Floor(p.Value*100+1e-6) / 100)
}
