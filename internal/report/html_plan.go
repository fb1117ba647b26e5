package report

import (
	"strings"

	"github.com/iotlens/iotlens/internal/scoring"
	"github.com/iotlens/iotlens/internal/text"
)

// planShown is how many items of a horizon stand open; the rest is folded away.
const planShown = 8

// htmlPlan writes the three horizons side by side.
func htmlPlan(s *sheet, a *scoring.Assessment) {
	number := map[string]int{}
	for i, f := range a.Findings {
		number[f.ID] = i + 1
	}
	s.put("<div class=\"trio plan\">\n")
	for _, h := range scoring.Horizons() {
		fs := inHorizon(a, h)
		name, rest, _ := strings.Cut(horizonWords[h], " ")
		s.put(`<div><h3>% <span class="meta">%</span> <span class="count">%</span></h3>`, name, strings.Trim(rest, "()"), len(fs))
		if len(fs) == 0 {
			s.put("<p>None.</p></div>\n")
			continue
		}
		planItems(s, fs[:min(planShown, len(fs))], number)
		if len(fs) > planShown {
			s.put(`<details class="rest"><summary>% more</summary>`, len(fs)-planShown)
			planItems(s, fs[planShown:], number)
			s.put("</details>")
		}
		s.put("</div>\n")
	}
	s.put("</div>\n")
	if n := len(filter(a.Findings, func(f scoring.Finding) bool { return f.Waived })); n > 0 {
		s.put("<p class=\"note\">% in no horizon.</p>\n", text.CountOf(n, "finding is waived and stands", "findings are waived and stand"))
	}
}

func planItems(s *sheet, fs []scoring.Finding, number map[string]int) {
	s.put(`<ul class="items">`)
	for _, f := range fs {
		s.put(`<li><span class="rank">%</span><a href="#finding-%">%</a><span class="meta">`, number[f.ID], f.ID, f.Title)
		if f.Quadrant == scoring.QuickWin {
			s.put(`<strong>quick win</strong> · `)
		}
		s.put("% effort · <span dir=\"auto\">%</span> · <span class=\"date\">%</span></span></li>\n", f.Effort.String(), or(f.Owner, "no owner"), or(f.Due, "no date"))
	}
	s.put("</ul>")
}
