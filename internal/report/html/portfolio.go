package html

import (
	_ "embed"
	"fmt"
	"io"
	"net/url"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/iotlens/iotlens/internal/portfolio"
	"github.com/iotlens/iotlens/internal/report/grid"
	"github.com/iotlens/iotlens/internal/report/page"
	"github.com/iotlens/iotlens/internal/report/view"
	"github.com/iotlens/iotlens/internal/text"
)

var (
	//go:embed portfolio.css
	portfolioStyle string
	//go:embed portfolio.js
	portfolioScript string
)

// Portfolio writes the page of a portfolio. Its tables list the worst first; with its script
// they can be sorted and filtered.
func Portfolio(w io.Writer, p *portfolio.Portfolio) error {
	return PortfolioLinked(func(string) string { return "" })(w, p)
}

// PortfolioLinked returns a writer of the page in which workloads link to their files. path
// returns the path of a file relative to the page, with the separators of the system, or
// empty for no link.
func PortfolioLinked(path func(file string) string) func(io.Writer, *portfolio.Portfolio) error {
	return func(w io.Writer, p *portfolio.Portfolio) error {
		b := &portfolioPage{Writer: page.New(w), Portfolio: p, path: path}
		style := htmlStyle + portfolioStyle
		b.Head(view.PortfolioTitle(p), style, toolsScript+portfolioScript, nil)
		b.page()
		b.Foot(toolsScript + portfolioScript)
		return b.Flush()
	}
}

// A portfolioPage is a page of a portfolio that is being written.
type portfolioPage struct {
	*page.Writer
	*portfolio.Portfolio
	path func(string) string
}

func (b *portfolioPage) page() {
	tables := grid.Tables(b.Portfolio)
	b.Put(`<a class="skip" href="#workloads">Skip to the workloads</a>
<div class="frame portfolio">
<nav aria-label="Contents">
<p class="brand">Portfolio</p>
<ol>
<li><a href="#summary">Summary</a></li>
`)
	for _, t := range tables {
		b.Put("<li><a href=\"#%\">% <span class=\"count\">%</span></a></li>\n", t.ID, t.Name, len(t.Rows))
	}
	b.Put("</ol>\n")
	tools(b.Writer)
	b.Put("</nav>\n<main>\n")
	b.title()
	b.summary()
	for _, t := range tables {
		b.Put(`<section id="%" aria-labelledby="h-%"><h2 id="h-%">% <span class="count">%</span></h2>`+"\n", t.ID, t.ID, t.ID, t.Title, len(t.Rows))
		if t.About != "" {
			b.Put("<p class=\"intro\">%</p>\n", t.About)
		}
		if len(t.Rows) == 0 {
			b.Put("<p>%</p>\n", t.Empty)
		} else {
			b.table(t)
		}
		b.Put("</section>\n")
	}
	b.Put("</main>\n</div>\n")
}

func (b *portfolioPage) title() {
	b.Put(`<header class="title">
<p class="eyebrow">As of <time datetime="%">%</time></p>
<h1>Portfolio of %</h1>
<ul class="facts">`, b.Today, b.Today, text.Count(len(b.Reviews), "review"))
	for i := range b.Groups {
		g := &b.Groups[i]
		fact := g.LensName + " " + g.LensVersion + ", revision " + strconv.Itoa(g.LensRevision)
		if len(b.Groups) > 1 {
			fact += ": " + text.Count(len(g.Reviews), "review")
		}
		b.Put("<li>%</li>", fact)
	}
	if len(b.Where) > 0 {
		b.Put("<li>Only reviews with %; % left out</li>", strings.Join(b.Where, ", "), text.Plural(b.FilteredOut, "other is", "others are"))
	}
	if b.Templates > 0 {
		b.Put("<li>% not counted</li>", text.Plural(b.Templates, "review template is", "review templates are"))
	}
	b.Put("</ul>\n</header>\n")
}

// summary writes the figures of the portfolio and its verdicts.
func (b *portfolioPage) summary() {
	b.Put("<section id=\"summary\" aria-labelledby=\"h-summary\"><h2 id=\"h-summary\">Summary</h2>\n<ul class=\"figures\">\n")
	for _, f := range grid.Figures(b.Portfolio) {
		b.Put(`<li class="%"><div class="value">`, f.Tone)
		b.cell(f.Cell, f.Name)
		b.Put(`</div><span class="name">%</span></li>`+"\n", f.Name)
	}
	b.Put("</ul>\n")
	b.verdicts()
	b.Put("</section>\n")
}

// verdicts draws a bar with the share of each verdict, and lists the reviews of each.
func (b *portfolioPage) verdicts() {
	if len(b.Reviews) == 0 {
		return
	}
	b.Put(`<div class="split"><h3 class="subtitle">Verdicts</h3><svg viewBox="0 0 1000 10" preserveAspectRatio="none" aria-hidden="true">`)
	at := 0.0
	for _, v := range b.Verdicts {
		width := 1000 * float64(len(v.Reviews)) / float64(len(b.Reviews))
		b.Put(`<rect class="part%" x="%" width="%" height="10"/>`, slices.Index([]string{view.ToneHigh, view.ToneMedium, view.ToneNeutral, view.ToneGood}, b.verdictBadge(v).Tone), tenth(at), max(tenth(width)-1, 0.5))
		at += width
	}
	b.Put("</svg>\n<ul>\n")
	for _, v := range b.Verdicts {
		b.Put("<li>")
		chip(b.Writer, b.verdictBadge(v))
		b.Put(` <div class="value">`)
		b.cell(grid.Cell{Number: float64(len(v.Reviews)), Known: true, IDs: v.Reviews}, v.Name)
		b.Put("</div></li>\n")
	}
	b.Put("</ul></div>\n")
}

// verdictBadge returns the badge of the verdict of a bucket.
func (b *portfolioPage) verdictBadge(v portfolio.Bucket) view.Badge {
	return grid.VerdictBadge(b.Review(v.Reviews[0]).Verdict)
}

func (b *portfolioPage) table(t grid.Table) {
	b.controls(t)
	if t.ID == "workloads" {
		b.Put(`<p class="only" id="only" role="status" hidden><span>Only these reviews: <b id="only-what"></b></span> <button type="button" id="only-all">Show all reviews</button></p>` + "\n")
	}
	b.Put(`<p class="printed"></p><div class="scroll" tabindex="0" role="region" aria-label="%"><table class="grid" id="t-%"><thead><tr>`, t.Title+", table", t.ID)
	for _, c := range t.Columns {
		if !c.Extra {
			b.Put(`<th scope="col"%>%</th>`, numeric(c), c.Header)
		}
	}
	b.Put("</tr></thead><tbody>\n")
	for _, r := range t.Rows {
		b.row(t, r)
	}
	b.Put("</tbody></table></div>\n")
}

func numeric(c grid.Column) page.Markup {
	if c.Kind.Numeric() {
		return ` class="n"`
	}
	return ""
}

// maxRowsWithoutFilter is how many rows a table may have without a filter.
const maxRowsWithoutFilter = 8

// controls writes the form that filters a table. It needs the script and is hidden without it.
func (b *portfolioPage) controls(t grid.Table) {
	if len(t.Rows) <= maxRowsWithoutFilter && t.ID != "workloads" {
		return
	}
	b.Put(`<form class="filters" data-table="t-%" hidden aria-label="%"><label class="wide">Search <input type="search" autocomplete="off" spellcheck="false"></label>`+"\n", t.ID, t.Title+": search and filter")
	place := 0
	for i, c := range t.Columns {
		if c.Extra {
			continue
		}
		if values := facets(t, i); c.Facet && len(values) > 1 {
			b.Put(`<label>% <select data-column="%"><option value="">all</option>`, c.Header, place)
			for _, v := range values {
				b.Put(`<option value="=%">%</option>`, v, view.OrDefault(v, "none"))
			}
			b.Put("</select></label>\n")
		}
		place++
	}
	b.Put(`<p class="buttons"><button type="button">Reset</button></p><p class="shown" role="status">% shown</p></form><p class="empty" hidden>No row matches. Reset the filters to see all.</p>`+"\n", len(t.Rows))
}

// facets returns the distinct values of a column: badges in the order of the table, words
// sorted.
func facets(t grid.Table, column int) []string {
	var out []string
	for _, r := range t.Rows {
		if v := r.Cells[column].Value(); !slices.Contains(out, v) {
			out = append(out, v)
		}
	}
	if t.Columns[column].Kind == grid.WordsKind {
		slices.SortFunc(out, func(a, b string) int { return strings.Compare(strings.ToLower(a), strings.ToLower(b)) })
	}
	return out
}

func (b *portfolioPage) row(t grid.Table, r grid.Row) {
	if r.Review > 0 {
		b.Put(`<tr id="review-%" data-review="%">`, r.Review, r.Review)
	} else {
		b.Put("<tr>")
	}
	for i, c := range t.Columns {
		if c.Extra {
			continue
		}
		cell := r.Cells[i]
		if i == 0 {
			b.Put(`<th scope="row">`)
			b.rowHeader(r, cell)
			b.Put("</th>")
			continue
		}
		b.Put("<td")
		switch {
		case c.Kind.Numeric():
			b.Put(` class="n"`)
		case c.Kind == grid.WordsKind && len(cell.Text) > 40:
			b.Put(` class="long"`)
		case c.Kind == grid.WordsKind:
			b.Put(` class="words"`)
		case c.Kind == grid.DayKind:
			b.Put(` class="date"`)
		}
		if c.Facet {
			b.Put(` data-facet="%"`, cell.Value())
		}
		b.sortValue(c, cell)
		b.Put(">")
		b.cell(cell, t.Title+", "+r.Cells[0].Value()+", "+c.Header)
		b.Put("</td>")
	}
	b.Put("</tr>\n")
}

// rowHeader writes the first cell of a row. That of a review links to its file.
func (b *portfolioPage) rowHeader(r grid.Row, c grid.Cell) {
	link := ""
	if r.Review > 0 {
		link = relativeURL(b.path(b.Review(r.Review).File))
	}
	if link == "" {
		b.cell(c, "")
		return
	}
	b.Put(`<a href="%" dir="auto">%</a>`, link, c.Text)
	b.note(c)
}

// relativeURL returns the URL of a file by its path relative to the page; empty for an
// absolute path. It never has a scheme.
func relativeURL(path string) string {
	if path == "" || filepath.IsAbs(path) {
		return ""
	}
	u := url.URL{Path: filepath.ToSlash(path)}
	escaped := u.EscapedPath()
	if strings.HasPrefix(escaped, "../") {
		return escaped
	}
	return "./" + escaped
}

// sortValue writes the value by which the script sorts a cell, if that is not its text.
func (b *portfolioPage) sortValue(c grid.Column, cell grid.Cell) {
	switch {
	case c.Kind == grid.BadgeKind:
		b.Put(` data-v="%"`, strconv.Itoa(slices.Index([]string{view.ToneHigh, view.ToneMedium, view.ToneLow, view.ToneNeutral, view.ToneGood}, cell.Badge.Tone))+" "+cell.Badge.Words)
	case c.Kind.Numeric() && cell.Known && cell.Text != "":
		b.Put(` data-v="%"`, cell.Number)
	case c.Kind.Numeric() && !cell.Known:
		b.Put(` data-v=""`)
	}
}

// maxNamedReviews is how many reviews behind a number are listed.
const maxNamedReviews = 10

// cell writes a cell. what describes a number of reviews for the filter of the workloads.
func (b *portfolioPage) cell(c grid.Cell, what string) {
	switch {
	case len(c.IDs) > 0:
		b.reviews(c, what)
	case c.Review > 0:
		b.Put(`<a href="#review-%" dir="auto">%</a>`, c.Review, c.Text)
	case c.Badge.Words != "":
		chip(b.Writer, c.Badge)
	case c.Known && c.Number == 0 && c.Text == "":
		b.Put(`<span class="zero">0</span>`)
	case strings.Contains(c.Text, "\n"):
		b.Put(`<span class="lines" dir="auto">%</span>`, c.Text)
	default:
		b.Put(`<span dir="auto">%</span>`, c.Value())
	}
	b.note(c)
}

func (b *portfolioPage) note(c grid.Cell) {
	if c.Note != "" {
		b.Put(`<span class="meta block" dir="auto">%</span>`, c.Note)
	}
}

// reviews writes a number of reviews that opens to a list of them.
func (b *portfolioPage) reviews(c grid.Cell, what string) {
	b.Put(`<details class="who"><summary>%</summary><div><button type="button" class="js" hidden data-ids="%" data-what="%">Show in the table of workloads</button><ul>`, c.Value(), idRanges(c.IDs), what)
	for _, id := range c.IDs[:min(len(c.IDs), maxNamedReviews)] {
		b.Put(`<li><a href="#review-%" dir="auto">%</a></li>`, id, b.Review(id).Workload)
	}
	b.Put("</ul>")
	if more := len(c.IDs) - maxNamedReviews; more > 0 {
		b.Put("<p>and % more</p>", more)
	}
	b.Put("</div></details>")
}

// idRanges returns ids as ranges: "1-3 7".
func idRanges(ids portfolio.IDs) string {
	ids = slices.Sorted(slices.Values(ids))
	var out []string
	for i := 0; i < len(ids); {
		j := i
		for j+1 < len(ids) && ids[j+1] == ids[j]+1 {
			j++
		}
		if i == j {
			out = append(out, strconv.Itoa(int(ids[i])))
		} else {
			out = append(out, fmt.Sprintf("%d-%d", ids[i], ids[j]))
		}
		i = j + 1
	}
	return strings.Join(out, " ")
}
