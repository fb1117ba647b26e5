package plain

import (
	"io"
	"strings"

	"github.com/iotlens/iotlens/internal/brand"
	"github.com/iotlens/iotlens/internal/compare"
	"github.com/iotlens/iotlens/internal/report/view"
	"github.com/iotlens/iotlens/internal/scoring"
	"github.com/iotlens/iotlens/internal/text"
)

// md escapes text for a line of Markdown or a cell of a table.
func md(s string) string { return text.EscapeMarkdown(s) }

// Markdown writes a report as Markdown, for GitHub, a wiki or a mail.
func Markdown(w io.Writer, a *scoring.Assessment) error { return MarkdownWith(nil, false)(w, a) }

// MarkdownWithLedger is Markdown followed by every answer in scope.
func MarkdownWithLedger(w io.Writer, a *scoring.Assessment) error {
	return MarkdownWith(nil, true)(w, a)
}

// MarkdownWith returns a writer of Markdown with a brand, which may be nil, and with or
// without every answer in scope.
func MarkdownWith(b *brand.Brand, ledger bool) func(io.Writer, *scoring.Assessment) error {
	return func(w io.Writer, a *scoring.Assessment) error {
		sections := view.Sections(a)
		if ledger {
			sections = append(sections, view.EvidencePack(a)...)
		}
		return writeMarkdown(w, a, sections, b)
	}
}

func writeMarkdown(w io.Writer, a *scoring.Assessment, sections []view.Section, b *brand.Brand) error {
	p := &text.Page{}
	p.Line("# %s review: %s", md(a.LensShort), md(a.Workload.Name))
	if class := b.ClassificationText(); class != "" {
		p.Line("")
		p.Line("**%s**", md(class))
	}
	if parties := b.Parties(); len(parties) > 0 {
		p.Line("")
		p.Line("%s", md(strings.Join(parties, " · ")))
	}
	p.Line("")
	p.Line("**%s**", md(view.Conclude(a).String()))
	p.Line("")
	if a.Workload.Description != "" {
		p.Line("%s", md(a.Workload.Description))
		p.Line("")
	}
	p.Line("%s, assessed as of %s.", md(view.LensTitle(a)), md(a.Today))
	return mdPage(w, p, sections)
}

// MaxComment is the maximum number of characters of a comment on GitHub. GitLab allows more.
const MaxComment = 65536

// MarkdownVerdict writes the verdicts of a gate as Markdown of at most MaxComment characters,
// for the summary page of a pipeline or a comment.
func MarkdownVerdict(w io.Writer, results []view.GateResult) error {
	p := &text.Page{}
	for i, result := range results {
		if i > 0 {
			p.Line("")
		}
		p.Line("## %s", md(result.Headline()))
		if result.Err != nil {
			p.Line("")
			p.Line("%s: %s", md(result.File), md(result.Err.Error()))
			continue
		}
		mdSections(p, result.Sections())
	}
	return writeComment(w, p)
}

// MarkdownSummary writes a short report as Markdown of at most MaxComment characters, for the
// summary of a job or a comment: page one, what to do first, scores, waivers and frameworks.
func MarkdownSummary(w io.Writer, a *scoring.Assessment) error {
	p := &text.Page{}
	p.Line("## %s review: %s", md(a.LensShort), md(a.Workload.Name))
	p.Line("")
	p.Line("%s", md(view.Conclude(a).String()))
	sections := append(view.NewPageOne(a).Sections(), view.WhatToDoFirst(a), view.Scores(a))
	if len(a.Waivers) > 0 {
		sections = append(sections, view.Waivers(a))
	}
	sections = append(sections, view.FrameworkSummary(a))
	if n := len(a.Unassessed); n > 0 {
		sections = append(sections, view.Section{Intro: text.Plural(n, "best practice is", "best practices are") + " not assessed."})
	}
	mdSections(p, sections)
	return writeComment(w, p)
}

// writeComment writes a page. If it has more than MaxComment characters, it is cut at the end
// of a line, and a last line says how many lines are missing.
func writeComment(w io.Writer, p *text.Page) error {
	page := p.String()
	const room = MaxComment - 200 // in bytes, as a character has at least one; leaves room for the last line
	if len(page) > room {
		lines := strings.SplitAfter(page, "\n")
		size, kept := 0, 0
		for kept < len(lines) && size+len(lines[kept]) <= room {
			size += len(lines[kept])
			kept++
		}
		page = page[:size] + "\n" + text.Plural(len(lines)-kept, "more line does", "more lines do") + " not fit into a comment.\n"
	}
	_, err := io.WriteString(w, page)
	return err
}

// MarkdownDiff writes a comparison as Markdown, for a pull request.
func MarkdownDiff(w io.Writer, c *compare.Comparison) error {
	p := &text.Page{}
	p.Line("# What changed: %s", md(view.OrDefault(c.New.Workload, c.New.Name)))
	p.Line("")
	p.Line("**%s**", md(view.DiffSummary(c)))
	p.Line("")
	p.Line("- Old: %s", md(view.SourceText(c.Old)))
	p.Line("- New: %s", md(view.SourceText(c.New)))
	return mdPage(w, p, view.DiffSections(c))
}

// mdPage adds sections to a page and writes it.
func mdPage(w io.Writer, p *text.Page, sections []view.Section) error {
	p.Grow(256 << 10)
	mdSections(p, sections)
	_, err := io.WriteString(w, p.String())
	return err
}

// mdSections adds the sections that are not empty.
func mdSections(p *text.Page, sections []view.Section) {
	for _, s := range sections {
		if !s.Empty() {
			mdSection(p, s)
		}
	}
}

func mdSection(p *text.Page, s view.Section) {
	p.Line("")
	if s.Title != "" {
		p.Line("## %s", md(s.Heading()))
		p.Line("")
	}
	if s.Intro != "" {
		p.Line("%s", md(s.Intro))
		if len(s.Table.Rows)+len(s.Groups)+len(s.Facts) > 0 {
			p.Line("")
		}
	}
	mdTable(p, s.Table)
	for i, g := range s.Groups {
		if i > 0 {
			p.Line("")
		}
		if g.Title != "" && g.Title != s.Title {
			p.Line("**%s**", md(g.Heading()))
			p.Line("")
		}
		for _, item := range g.Items {
			switch {
			case s.FullText:
				mdEntry(p, item)
			default:
				mdItem(p, item, s.Details)
			}
		}
	}
	for _, t := range s.Facts {
		p.Line("- **%s:** %s", md(t.Label), md(t.Text))
	}
	if s.Note != "" {
		p.Line("")
		p.Line("%s", md(s.Note))
	}
}

// mdTable adds a table. A table without a header becomes a list.
func mdTable(p *text.Page, t view.Table) {
	line := func(cells []string) { p.Line("| %s |", strings.Join(view.Map(cells, md), " | ")) }
	align := " :---: |"
	if t.Lines != nil {
		align = " --- |"
	}
	if len(t.Header) > 0 && len(t.Rows) > 0 {
		line(t.Header)
		p.Line("| --- |%s", strings.Repeat(align, len(t.Header)-1))
	}
	for _, row := range t.Rows {
		if len(t.Header) > 0 {
			line(row)
		} else {
			p.Line("- %s", md(row[0]))
		}
	}
}

func mdItem(p *text.Page, item view.Item, details bool) {
	id := ""
	if item.ID != "" {
		id = "**" + md(item.ID) + "** "
	}
	if !details {
		p.Line("- %s%s", id, md(item.Line()))
		return
	}
	p.Line("### %s %s", md(item.ID), md(item.TitleWithBadge()))
	p.Line("")
	for _, t := range item.Texts {
		if t.Label == "" {
			p.Line("- %s", md(t.Text))
		} else {
			p.Line("- **%s:** %s", t.Label, md(t.Text))
		}
	}
	p.Line("")
}

// mdEntry adds an item with a nested list of its texts.
func mdEntry(p *text.Page, item view.Item) {
	p.Line("- **%s** %s", md(item.ID), md(item.TitleWithBadge()))
	for _, t := range item.Texts {
		values := t.Items
		if len(values) == 0 {
			values = []string{t.Text}
		}
		for _, value := range values {
			p.Line("  - **%s:** %s", md(t.Label), md(value))
		}
	}
}
