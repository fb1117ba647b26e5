package html

import (
	"github.com/iotlens/iotlens/internal/report/view"
	"github.com/iotlens/iotlens/internal/scoring"
	"github.com/iotlens/iotlens/internal/text"
)

// planShown is how many items of a horizon stand open; the rest is folded away.
const planShown = 8

// plan writes the three horizons side by side.
func plan(s *sheet, a *scoring.Assessment) {
	number := map[string]int{}
	for i, f := range a.Findings {
		number[f.ID] = i + 1
	}
	s.put("<div class=\"trio plan\">\n")
	for _, h := range view.Plan(a) {
		s.put(`<div><h3>% <span class="meta">%</span> <span class="count">%</span></h3>`, h.Name, h.When, len(h.Findings))
		if len(h.Findings) == 0 {
			s.put("<p>None.</p></div>\n")
			continue
		}
		shown := min(planShown, len(h.Findings))
		planItems(s, h.Findings[:shown], number)
		if rest := h.Findings[shown:]; len(rest) > 0 {
			s.put(`<details class="rest"><summary>% more</summary>`, len(rest))
			planItems(s, rest, number)
			s.put("</details>")
		}
		s.put("</div>\n")
	}
	s.put("</div>\n")
	if n := len(a.Findings) - len(view.Open(a)); n > 0 {
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
		s.put("<span dir=\"auto\">%</span></span></li>\n", view.Who(f))
	}
	s.put("</ul>")
}
