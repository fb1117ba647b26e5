package plain

import (
	"io"

	"github.com/iotlens/iotlens/internal/compare"
	"github.com/iotlens/iotlens/internal/report/view"
	"github.com/iotlens/iotlens/internal/text"
)

// TextVerdict writes the verdict of a gate for a terminal or the log of a
// pipeline.
func TextVerdict(w io.Writer, j view.Judged) error {
	p := &text.Page{}
	p.Line("gate %s: %s (%s)", j.Verdict.Outcome, text.Clean(j.File, false), text.Clean(j.Numbers(), false))
	p.Line("  %-10s  %s", "lens", text.Clean(j.Bank.String(), false))
	for _, r := range j.Verdict.Reasons {
		subject := r.Subject
		if subject != "" {
			subject += ": "
		}
		by := ""
		if j.Explain {
			by = " [" + r.Rule.String() + "]"
		}
		p.Line("  %-10s  %s%s", r.Outcome, text.Clean(subject+r.Text, false), text.Clean(by, false))
	}
	for _, n := range j.Verdict.Notes {
		p.Line("  %-10s  %s", "note", text.Clean(n.String(), false))
	}
	if j.Baseline != nil {
		p.Line("Since %s: %s.", text.Clean(j.Baseline.Old.Name, false), view.ClassCounts(j.Baseline))
		textFindingChanges(p, j.Baseline.Findings)
	}
	if j.Explain {
		textExplained(p, j)
	}
	if j.Verdict.Next != "" {
		p.Line("Next: %s.", text.Clean(j.Verdict.Next, false))
	}
	_, err := io.WriteString(w, p.String())
	return err
}

func textFindingChanges(p *text.Page, findings []compare.Finding) {
	for _, f := range findings {
		p.Line("  %-10s  %s: %s (%s)", f.Class, text.Clean(f.ID, false), text.Clean(f.Title, false), text.Clean(view.ClassText(f), false))
	}
}

func textExplained(p *text.Page, j view.Judged) {
	file := "no policy file was found"
	if j.PolicyFile != "" {
		file = "the policy file is " + j.PolicyFile
	}
	p.Line("Rules (%s):", text.Clean(file, false))
	for _, c := range j.Verdict.Checks {
		p.Line("  %s", text.Clean(c.Rule.String()+" = "+c.Want+" ("+j.Set(c.Rule)+"): "+j.CheckText(c), false))
	}
	if len(j.Verdict.Exempted) > 0 {
		p.Line("What did not count, and by which rule:")
	}
	for _, r := range j.Verdict.Exempted {
		p.Line("  %-10s  %s", view.Exempted, text.Clean(r.Subject+": "+r.Text+" ["+r.Rule.String()+"]", false))
	}
}
