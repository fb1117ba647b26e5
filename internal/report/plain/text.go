// Package plain writes reports, verdicts and comparisons as text for a terminal
// and as Markdown, and a review as a table for spreadsheets.
package plain

import (
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"github.com/iotlens/iotlens/internal/report/view"
	"github.com/iotlens/iotlens/internal/scoring"
	"github.com/iotlens/iotlens/internal/text"
)

// Text writes a report for a terminal. Whatever came from a file or a person
// passes text.Clean on its way, so that a note can't drive the terminal.
func Text(w io.Writer, a *scoring.Assessment) error {
	p := &text.Page{}
	p.Line("%s", text.Clean(a.Workload.Name, false))
	p.Line("%s %s, as of %s", text.Clean(a.LensName, false), text.Clean(a.LensVersion, false), a.Today)
	p.Line("")
	p.Wrapped("", "", view.Verdict(a))
	for _, s := range view.Sections(a) {
		textSection(p, s)
	}
	p.Line("")
	p.Line("  How scores and priorities come about: docs/scoring.md")
	_, err := io.WriteString(w, p.String())
	return err
}

// textSection writes a section; one that says nothing has no heading.
func textSection(p *text.Page, s view.Section) {
	if s.Empty() {
		return
	}
	p.Line("")
	p.Line("%s", strings.ToUpper(text.Clean(s.Heading(), false)))
	p.Line("")
	if s.Intro != "" {
		p.Wrapped("  ", "  ", s.Intro)
	}
	textTable(p, s.Table)
	for i, g := range s.Groups {
		if i > 0 || s.Intro != "" {
			p.Line("")
		}
		if g.Title != "" && g.Title != s.Title {
			p.Wrapped("  ", "  ", view.Titled(g))
		}
		for j, item := range g.Items {
			if s.Details && j > 0 {
				p.Line("")
			}
			textItem(p, item, s.Details)
		}
	}
	if s.Note != "" {
		p.Line("")
		p.Wrapped("  ", "  ", s.Note)
	}
}

// nameWidth is the width of the first column. A longer name, as other lenses have
// them, stands in the line above, so that the columns stay columns.
const nameWidth = 24

func textTable(p *text.Page, t view.Table) {
	if len(t.Rows) == 0 {
		return
	}
	widths := make([]int, len(t.Heads))
	heads := make([]string, len(t.Heads))
	for i, head := range t.Heads {
		heads[i] = short(head)
		widths[i] = utf8.RuneCountInString(heads[i])
		for _, row := range t.Rows {
			widths[i] = max(widths[i], utf8.RuneCountInString(row[i]))
		}
	}
	gap, wide := "  ", 2+nameWidth
	for _, w := range widths[1:] {
		wide += len(gap) + w
	}
	if wide > text.Width {
		gap = " "
	}
	for _, row := range append([][]string{heads}, t.Rows...) {
		name := text.Clean(row[0], false)
		if utf8.RuneCountInString(name) > nameWidth {
			p.Wrapped("  ", "  ", name)
			name = ""
		}
		line := fmt.Sprintf("  %-*s", nameWidth, name)
		for i, cell := range row[1:] {
			line += gap + fmt.Sprintf("%-*s", widths[i+1], text.Clean(cell, false))
		}
		p.Line("%s", line)
	}
}

// short is the head of a column.
func short(name string) string {
	word, _, _ := strings.Cut(name, " ")
	if utf8.RuneCountInString(word) > 8 {
		return string([]rune(word)[:7]) + "."
	}
	return word
}

func textItem(p *text.Page, item view.Item, details bool) {
	first := fmt.Sprintf("  %-14s ", item.ID)
	switch n := utf8.RuneCountInString(item.ID); {
	case n == 0:
		first = "  "
	case n < 3:
		first = fmt.Sprintf("  %2s. ", item.ID)
	}
	blanks := strings.Repeat(" ", max(4, text.Columns(first)))
	if !details {
		p.Wrapped(first, blanks, item.Line())
		return
	}
	p.Wrapped(first, blanks, item.Name())
	for _, t := range item.Texts {
		switch {
		case t.Label == view.WhatCanHappen: // long, and in every other format
		case t.Label == "":
			p.Wrapped("    ", "    ", t.Text)
		default:
			p.Wrapped("    "+t.Label+": ", "      ", t.Text)
		}
	}
}
