package plain

import (
	"io"

	"github.com/iotlens/iotlens/internal/report/view"
	"github.com/iotlens/iotlens/internal/text"
)

// MarkdownVerdict writes the verdict of a gate for the summary page of a pipeline.
func MarkdownVerdict(w io.Writer, j view.Judged) error {
	p := &text.Page{}
	p.Line("## Gate %s: %s", j.Verdict.Outcome, md(j.File))
	p.Line("")
	p.Line("%s. Lens: %s.", md(j.Numbers()), md(j.Bank.String()))
	if len(j.Verdict.Reasons) > 0 {
		p.Line("")
		p.Line("| outcome | about | why | rule |")
		p.Line("| --- | --- | --- | --- |")
		for _, r := range j.Verdict.Reasons {
			p.Line("| %s | %s | %s | %s |", r.Outcome, md(r.Subject), md(r.Text), md(r.Rule.String()+" ("+j.Set(r.Rule)+")"))
		}
	}
	if len(j.Verdict.Notes) > 0 {
		p.Line("")
		for _, n := range j.Verdict.Notes {
			p.Line("- Note: %s", md(n.String()))
		}
	}
	if j.Baseline != nil {
		p.Line("")
		p.Line("Since %s: %s.", md(j.Baseline.Old.Name), view.ClassCounts(j.Baseline))
		mdFindingChanges(p, j.Baseline.Findings)
	}
	if j.Explain {
		mdExplained(p, j)
	}
	if j.Verdict.Next != "" {
		p.Line("")
		p.Line("Next: %s.", md(j.Verdict.Next))
	}
	_, err := io.WriteString(w, p.String())
	return err
}

func mdExplained(p *text.Page, j view.Judged) {
	p.Line("")
	p.Line("| rule | asks for | comes from | came to |")
	p.Line("| --- | --- | --- | --- |")
	for _, c := range j.Verdict.Checks {
		p.Line("| %s | %s | %s | %s |", md(c.Rule.String()), md(c.Want), md(j.Set(c.Rule)), md(j.CheckText(c)))
	}
	if len(j.Verdict.Exempted) == 0 {
		return
	}
	p.Line("")
	p.Line("| did not count | why | rule |")
	p.Line("| --- | --- | --- |")
	for _, r := range j.Verdict.Exempted {
		p.Line("| %s | %s | %s |", md(r.Subject), md(r.Text), md(r.Rule.String()))
	}
}
