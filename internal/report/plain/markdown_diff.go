package plain

import (
	"io"

	"github.com/iotlens/iotlens/internal/compare"
	"github.com/iotlens/iotlens/internal/report/view"
	"github.com/iotlens/iotlens/internal/text"
)

// MarkdownDiff writes a comparison for a pull request.
func MarkdownDiff(w io.Writer, c *compare.Comparison) error {
	p := &text.Page{}
	p.Line("# What changed: %s", md(view.Or(c.New.Workload, c.New.Name)))
	p.Line("")
	p.Line("**%s**", md(view.DiffVerdict(c)))
	p.Line("")
	p.Line("- Old: %s", md(view.SourceText(c.Old)))
	p.Line("- New: %s", md(view.SourceText(c.New)))
	mdHead(p, "Findings")
	p.Line("%s.", view.ClassCounts(c))
	mdFindingChanges(p, c.Findings)
	for _, s := range view.DiffSections(c) {
		Section(p, s)
	}
	_, err := io.WriteString(w, p.String())
	return err
}

func mdFindingChanges(p *text.Page, findings []compare.Finding) {
	if len(findings) == 0 {
		return
	}
	p.Line("")
	p.Line("| | best practice | now | |")
	p.Line("| --- | --- | --- | --- |")
	for _, f := range findings {
		p.Line("| %s | %s | %s | %s |", f.Class, md(f.ID), md(view.ClassText(f)), md(f.Title))
	}
}
