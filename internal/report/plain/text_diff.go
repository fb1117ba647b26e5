package plain

import (
	"io"

	"github.com/iotlens/iotlens/internal/compare"
	"github.com/iotlens/iotlens/internal/report/view"
	"github.com/iotlens/iotlens/internal/text"
)

// TextDiff writes a comparison for a terminal.
func TextDiff(w io.Writer, c *compare.Comparison) error {
	p := &text.Page{}
	p.Line("%s", text.Clean(view.DiffVerdict(c), false))
	p.Line("  old  %s", text.Clean(view.SourceText(c.Old), false))
	p.Line("  new  %s", text.Clean(view.SourceText(c.New), false))
	p.Line("")
	p.Line("Findings: %s", view.ClassCounts(c))
	textFindingChanges(p, c.Findings)
	if len(c.Areas) > 0 {
		textHead(p, "Scores that moved")
		p.Line("  %-34s %-18s %-18s %-9s %-9s %s", "", "score", "coverage", "high", "medium", "findings")
		for _, m := range c.Areas {
			p.Line("  %-34s %-18s %-18s %-9s %-9s %s", text.Clean(view.AreaName(m), false), view.MoveScore(m.Was.Score, m.Is.Score), view.MoveScore(m.Was.Coverage, m.Is.Coverage),
				view.MoveCount(m.Was.High, m.Is.High), view.MoveCount(m.Was.Medium, m.Is.Medium), view.MoveCount(m.Was.Findings, m.Is.Findings))
		}
	}
	for _, s := range view.DiffSections(c) {
		textSection(p, s)
	}
	_, err := io.WriteString(w, p.String())
	return err
}
