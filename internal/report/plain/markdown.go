package plain

import (
	"io"
	"strings"

	"github.com/iotlens/iotlens/internal/compare"
	"github.com/iotlens/iotlens/internal/report/view"
	"github.com/iotlens/iotlens/internal/scoring"
	"github.com/iotlens/iotlens/internal/text"
)

// md makes text safe inside a line of Markdown or a cell of a table.
func md(s string) string { return text.Markdown(s) }

// Markdown writes a report for GitHub, a wiki or a mail.
func Markdown(w io.Writer, a *scoring.Assessment) error {
	p := &text.Page{}
	p.Line("# %s review: %s", md(a.LensShort), md(a.Workload.Name))
	p.Line("")
	p.Line("**%s**", md(view.Verdict(a)))
	p.Line("")
	if a.Workload.Description != "" {
		p.Line("%s", md(a.Workload.Description))
		p.Line("")
	}
	p.Line("%s, assessed as of %s.", md(view.Lens(a)), md(a.Today))
	return MarkdownSections(w, p, view.Sections(a))
}

// MarkdownVerdict writes the verdict of a gate for the summary page of a pipeline.
func MarkdownVerdict(w io.Writer, j view.Judged) error {
	p := &text.Page{}
	p.Line("## Gate %s: %s", j.Verdict.Outcome, md(j.File))
	p.Line("")
	p.Line("%s. Lens: %s. Policy: %s.", md(j.Numbers()), md(j.Bank.String()), md(j.Policy()))
	return MarkdownSections(w, p, j.Sections())
}

// MarkdownDiff writes a comparison for a pull request.
func MarkdownDiff(w io.Writer, c *compare.Comparison) error {
	p := &text.Page{}
	p.Line("# What changed: %s", md(view.Or(c.New.Workload, c.New.Name)))
	p.Line("")
	p.Line("**%s**", md(view.DiffVerdict(c)))
	p.Line("")
	p.Line("- Old: %s", md(view.SourceText(c.Old)))
	p.Line("- New: %s", md(view.SourceText(c.New)))
	return MarkdownSections(w, p, view.DiffSections(c))
}

// MarkdownSections writes a page, followed by sections. An empty section has no heading.
func MarkdownSections(w io.Writer, p *text.Page, sections []view.Section) error {
	p.Grow(256 << 10)
	for _, s := range sections {
		if !s.Empty() {
			mdSection(p, s)
		}
	}
	_, err := io.WriteString(w, p.String())
	return err
}

func mdSection(p *text.Page, s view.Section) {
	p.Line("")
	if s.Title != "" {
		p.Line("## %s", md(s.Heading()))
		p.Line("")
	}
	if s.Intro != "" {
		p.Line("%s", md(s.Intro))
		if len(s.Table.Rows)+len(s.Groups) > 0 {
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
			mdItem(p, item, s.Details)
		}
	}
	if s.Note != "" {
		p.Line("")
		p.Line("%s", md(s.Note))
	}
}

// mdTable writes a table; one without heads is a list.
func mdTable(p *text.Page, t view.Table) {
	line := func(cells []string) { p.Line("| %s |", strings.Join(view.List(cells, md), " | ")) }
	align := " :---: |"
	if t.Lines != nil {
		align = " --- |"
	}
	if len(t.Heads) > 0 && len(t.Rows) > 0 {
		line(t.Heads)
		p.Line("| --- |%s", strings.Repeat(align, len(t.Heads)-1))
	}
	for _, row := range t.Rows {
		if len(t.Heads) > 0 {
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
	p.Line("### %s %s", md(item.ID), md(item.Name()))
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
