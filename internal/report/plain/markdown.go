package plain

import (
	"io"
	"strings"

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
	p.Line("%s, version %s, assessed as of %s.", md(a.LensName), md(a.LensVersion), a.Today)
	for _, s := range view.Sections(a) {
		Section(p, s)
	}
	_, err := io.WriteString(w, p.String())
	return err
}

func mdHead(p *text.Page, title string) {
	p.Line("")
	p.Line("## %s", md(title))
	p.Line("")
}

// Section writes a section as Markdown; one that says nothing has no heading.
func Section(p *text.Page, s view.Section) {
	if s.Empty() {
		return
	}
	mdHead(p, s.Heading())
	if s.Intro != "" {
		p.Line("%s", md(s.Intro))
	}
	mdTable(p, s.Table)
	for i, g := range s.Groups {
		if i > 0 || s.Intro != "" {
			p.Line("")
		}
		if g.Title != "" && g.Title != s.Title {
			p.Line("**%s**", md(view.Titled(g)))
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

func mdTable(p *text.Page, t view.Table) {
	if len(t.Rows) == 0 {
		return
	}
	line := func(cells []string) { p.Line("| %s |", strings.Join(view.List(cells, md), " | ")) }
	line(t.Heads)
	p.Line("| --- |%s", strings.Repeat(" :---: |", len(t.Heads)-1))
	for _, row := range t.Rows {
		line(row)
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
