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
	for _, s := range view.DiffSections(c) {
		textSection(p, s)
	}
	_, err := io.WriteString(w, p.String())
	return err
}
