// Package plain writes reports, verdicts, comparisons and portfolios as text for a terminal
// and as Markdown, and their tables as CSV.
package plain

import (
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"github.com/iotlens/iotlens/internal/compare"
	"github.com/iotlens/iotlens/internal/report/view"
	"github.com/iotlens/iotlens/internal/scoring"
	"github.com/iotlens/iotlens/internal/text"
)

// clean makes text from a file safe for one line of a terminal.
func clean(s string) string { return text.Clean(s, false) }

// Text writes a report for a terminal.
func Text(w io.Writer, a *scoring.Assessment) error { return writeText(w, a, view.Sections(a)) }

// TextWithLedger is Text followed by every answer in scope.
func TextWithLedger(w io.Writer, a *scoring.Assessment) error {
	return writeText(w, a, append(view.Sections(a), view.EvidencePack(a)...))
}

func writeText(w io.Writer, a *scoring.Assessment, sections []view.Section) error {
	p := &text.Page{}
	p.Line("%s", clean(a.Workload.Name))
	p.Line("%s, as of %s", clean(view.LensTitle(a)), clean(a.Today))
	p.Line("")
	p.Wrapped("", "", view.Conclude(a).String())
	textSections(p, sections)
	p.Line("")
	p.Line("  How scores and priorities are computed: docs/scoring.md")
	_, err := io.WriteString(w, p.String())
	return err
}

// TextVerdict writes the verdicts of a gate for a terminal or the log of a pipeline: a line
// with the outcome, then a line for each blocking case. It skips reviews that could not be
// judged, because the program reports these as errors.
func TextVerdict(w io.Writer, results []view.GateResult) error {
	p := &text.Page{}
	for i, result := range results {
		if result.Err != nil {
			continue
		}
		if i > 0 {
			p.Line("")
		}
		p.Line("%s", clean(result.Headline()))
		sections := result.Sections()
		for _, line := range sections[0].Table.Lines {
			p.Line("%s", clean(line))
		}
		textSections(p, sections[1:])
	}
	_, err := io.WriteString(w, p.String())
	return err
}

// TextDiff writes a comparison for a terminal.
func TextDiff(w io.Writer, c *compare.Comparison) error {
	p := &text.Page{}
	p.Line("%s", clean(view.DiffSummary(c)))
	p.Line("  old  %s", clean(view.SourceText(c.Old)))
	p.Line("  new  %s", clean(view.SourceText(c.New)))
	textSections(p, view.DiffSections(c))
	_, err := io.WriteString(w, p.String())
	return err
}

// textSections adds the sections that are not empty.
func textSections(p *text.Page, sections []view.Section) {
	p.Grow(256 << 10)
	for _, s := range sections {
		if !s.Empty() {
			textSection(p, s)
		}
	}
}

func textSection(p *text.Page, s view.Section) {
	if s.Title != "" {
		p.Line("")
		p.Line("%s", strings.ToUpper(clean(s.Heading())))
		p.Line("")
	}
	switch {
	case s.Intro == "":
	case s.Title == "":
		p.Line("%s", clean(s.Intro)) // a line of a log
	default:
		p.Wrapped("  ", "  ", s.Intro)
	}
	if s.Table.Lines == nil {
		textTable(p, s.Table)
	}
	for _, line := range s.Table.Lines {
		p.Line("  %s", clean(line))
	}
	for i, g := range s.Groups {
		if i > 0 || s.Intro != "" {
			p.Line("")
		}
		if g.Title != "" && g.Title != s.Title {
			p.Wrapped("  ", "  ", g.Heading())
		}
		for j, item := range g.Items {
			if (s.Details || s.FullText) && j > 0 {
				p.Line("")
			}
			textItem(p, item, s.Details || s.FullText)
		}
	}
	if len(s.Facts) > 0 && s.Intro != "" {
		p.Line("")
	}
	for _, t := range s.Facts {
		p.Wrapped("  ", "    ", t.Label+": "+t.Text)
	}
	if s.Note != "" {
		p.Line("")
		p.Wrapped("  ", "  ", s.Note)
	}
}

// nameWidth is the width of the first column. A longer name has a line of its own above the
// row.
const nameWidth = 24

func textTable(p *text.Page, t view.Table) {
	if len(t.Rows) == 0 {
		return
	}
	widths := make([]int, len(t.Header))
	heads := make([]string, len(t.Header))
	for i, head := range t.Header {
		heads[i] = shortHeader(head)
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
		name := clean(row[0])
		if utf8.RuneCountInString(name) > nameWidth {
			p.Wrapped("  ", "  ", name)
			name = ""
		}
		line := fmt.Sprintf("  %-*s", nameWidth, name)
		for i, cell := range row[1:] {
			line += gap + fmt.Sprintf("%-*s", widths[i+1], clean(cell))
		}
		p.Line("%s", line)
	}
}

// shortHeader shortens the header of a column to its first word, at most 8 characters.
func shortHeader(name string) string {
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
	p.Wrapped(first, blanks, item.TitleWithBadge())
	for _, t := range item.Texts {
		switch {
		case t.NotInTerminal:
		case t.Label == "":
			p.Wrapped("    ", "    ", t.Text)
		case t.MayLink && len(t.Items) > 0: // one on each line, so that a terminal can open it
			for _, item := range t.Items {
				p.Wrapped("    ", "      ", t.Label+": "+item)
			}
		default:
			p.Wrapped("    ", "      ", t.Label+": "+t.Text)
		}
	}
}
