package report

import (
	"fmt"
	"io"

	"github.com/iotlens/iotlens/internal/compare"
	"github.com/iotlens/iotlens/internal/text"
)

func diffText(w io.Writer, c *compare.Comparison) error {
	p := &text.Page{}
	p.Line("%s", text.Clean(diffVerdict(c), false))
	p.Line("  old  %s", text.Clean(sourceText(c.Old), false))
	p.Line("  new  %s", text.Clean(sourceText(c.New), false))
	p.Line("")
	p.Line("Findings: %s", classCounts(c))
	textFindingChanges(p, c.Findings)
	if len(c.Areas) > 0 {
		head(p, "Scores that moved")
		p.Line("  %-34s %-18s %-18s %-9s %-9s %s", "", "score", "coverage", "high", "medium", "findings")
		for _, m := range c.Areas {
			p.Line("  %-34s %-18s %-18s %-9s %-9s %s", text.Clean(areaName(m), false), moveScore(m.Was.Score, m.Is.Score), moveScore(m.Was.Coverage, m.Is.Coverage),
				moveCount(m.Was.High, m.Is.High), moveCount(m.Was.Medium, m.Is.Medium), moveCount(m.Was.Findings, m.Is.Findings))
		}
	}
	if len(c.Risks) > 0 {
		head(p, "Risks that moved")
		for _, r := range c.Risks {
			p.Wrapped("  ", "    ", fmt.Sprintf("%s %s to %s: %s", r.ID, riskText(r.Was), riskText(r.Is), r.Title))
		}
	}
	if len(c.Answers) > 0 {
		head(p, "Answers that changed")
		for _, a := range c.Answers {
			p.Wrapped("  ", "    ", a.ID+" "+answerText(a)+": "+a.Title)
		}
	}
	for _, s := range []struct {
		title string
		list  []compare.Practice
	}{{"No longer in scope", c.Left}, {"Newly in scope", c.Joined}} {
		if len(s.list) > 0 {
			head(p, s.title)
			for _, b := range s.list {
				p.Wrapped("  ", "    ", b.ID+" ("+b.Status.Words()+"): "+b.Title)
			}
		}
	}
	if len(c.Caveats) > 0 {
		head(p, "Hard to compare")
		for _, caveat := range c.Caveats {
			p.Wrapped("  ", "    ", sentence(caveat)+".")
		}
	}
	if lines := lensLines(c.Lens); len(lines) > 0 {
		head(p, "The lens")
		for _, l := range lines {
			p.Wrapped("  ", "    ", l)
		}
	}
	_, err := io.WriteString(w, p.String())
	return err
}
