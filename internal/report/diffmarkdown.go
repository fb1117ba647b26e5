package report

import (
	"io"

	"github.com/iotlens/iotlens/internal/compare"
	"github.com/iotlens/iotlens/internal/text"
)

func diffMarkdown(w io.Writer, c *compare.Comparison) error {
	p := &text.Page{}
	p.Line("# What changed: %s", md(or(c.New.Workload, c.New.Name)))
	p.Line("")
	p.Line("**%s**", md(diffVerdict(c)))
	p.Line("")
	p.Line("- Old: %s", md(sourceText(c.Old)))
	p.Line("- New: %s", md(sourceText(c.New)))
	section(p, "Findings")
	p.Line("%s.", classCounts(c))
	mdFindingChanges(p, c.Findings)
	if len(c.Areas) > 0 {
		section(p, "Scores that moved")
		p.Line("| | score | coverage | high risk | medium risk | findings |")
		p.Line("| --- | --- | --- | --- | --- | --- |")
		for _, m := range c.Areas {
			p.Line("| %s | %s | %s | %s | %s | %s |", md(areaName(m)), moveScore(m.Was.Score, m.Is.Score), moveScore(m.Was.Coverage, m.Is.Coverage),
				moveCount(m.Was.High, m.Is.High), moveCount(m.Was.Medium, m.Is.Medium), moveCount(m.Was.Findings, m.Is.Findings))
		}
	}
	if len(c.Risks) > 0 {
		section(p, "Risks that moved")
		p.Line("| question | was | is | |")
		p.Line("| --- | --- | --- | --- |")
		for _, r := range c.Risks {
			p.Line("| %s | %s | %s | %s |", md(r.ID), md(riskText(r.Was)), md(riskText(r.Is)), md(r.Title))
		}
	}
	if len(c.Answers) > 0 {
		section(p, "Answers that changed")
		for _, a := range c.Answers {
			p.Line("- **%s** %s: %s", md(a.ID), md(answerText(a)), md(a.Title))
		}
	}
	for _, s := range []struct {
		title string
		list  []compare.Practice
	}{{"No longer in scope", c.Left}, {"Newly in scope", c.Joined}} {
		if len(s.list) > 0 {
			section(p, s.title)
			for _, b := range s.list {
				p.Line("- **%s** (%s) %s", md(b.ID), b.Status.Words(), md(b.Title))
			}
		}
	}
	if len(c.Caveats) > 0 {
		section(p, "Hard to compare")
		for _, caveat := range c.Caveats {
			p.Line("- %s", md(sentence(caveat)+"."))
		}
	}
	if lines := lensLines(c.Lens); len(lines) > 0 {
		section(p, "The lens")
		for _, l := range lines {
			p.Line("- %s", md(l))
		}
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
		p.Line("| %s | %s | %s | %s |", f.Class, md(f.ID), md(classText(f)), md(f.Title))
	}
}
