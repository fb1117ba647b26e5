package html

import (
	"fmt"
	"math"
	"slices"

	"github.com/iotlens/iotlens/internal/report/page"
	"github.com/iotlens/iotlens/internal/report/view"
	"github.com/iotlens/iotlens/internal/scoring"
	"github.com/iotlens/iotlens/internal/text"
)

// chart returns the empty plot of an assessment.
func chart(a *scoring.Assessment) plot {
	most := 60.0
	for _, f := range a.Findings {
		most = max(most, f.Priority)
	}
	return plot{
		left: 46, top: 26, columnWidth: 290, height: 400, radius: 10, labelWidth: 92, labelHeight: 13,
		maxPriority: min(100, int(math.Ceil((most+1)/10))*10),
	}
}

// quadrant draws the chart of findings by priority and effort.
func quadrant(s *page.Writer, a *scoring.Assessment) {
	if len(a.Findings) == 0 {
		s.Put("<p>There is no finding to place.</p>\n")
		return
	}
	p, dots := chart(a).place(a.Findings)
	if n := len(a.Findings) - len(withEffort(a)); n > 0 {
		s.Put("<p>% no estimate of effort and no place here.</p>\n", text.Plural(n, "finding has", "findings have"))
	}
	s.Put("<p class=\"intro\">What closing a gap is worth (priority) against what it takes (effort).</p>\n")
	right, bottom := p.left+3*p.columnWidth, p.top+p.height
	s.Put(`<div class="scroll" tabindex="0" role="region" aria-label="Chart of findings by priority and effort">
<svg class="quadrant" viewBox="0 0 % %" role="group" aria-label="Findings by priority and effort">
<rect class="field" x="%" y="%" width="%" height="%"/>
`, right+6, bottom+24, p.left, p.top, 3*p.columnWidth, p.height)
	for v := 0; v <= p.maxPriority; v += 10 {
		y := tenth(p.yOf(float64(v)))
		s.Put(`<line class="grid" x1="%" y1="%" x2="%" y2="%"/><text class="tick" x="%" y="%" text-anchor="end">%</text>`, p.left, y, right, y, p.left-8, y+4, v)
	}
	for i := range efforts[1:] {
		x := p.left + p.columnWidth*float64(i+1)
		s.Put(`<line class="limit" x1="%" y1="%" x2="%" y2="%"/>`, x, p.top, x, bottom)
	}
	for i, e := range efforts {
		s.Put(`<text class="axis" x="%" y="%" text-anchor="middle">% effort</text>`, p.left+p.columnWidth*(float64(i)+0.5), bottom+18, string(e))
	}
	s.Put(`<text class="axis" x="%" y="%">priority</text>`+"\n", 0, 14)
	for i, d := range dots {
		if a.Findings[i].Effort != "" {
			quadrantDot(s, i, d, a.Findings[i], p)
		}
	}
	s.Put(`</svg></div>
<ul class="legend"><li><svg class="key" viewBox="0 0 22 22" aria-hidden="true"><circle class="high" cx="11" cy="11" r="9"/></svg>▲ high severity, filled</li><li><svg class="key" viewBox="0 0 22 22" aria-hidden="true"><circle class="medium" cx="11" cy="11" r="9"/></svg>■ medium, ringed</li><li><svg class="key" viewBox="0 0 22 22" aria-hidden="true"><circle class="low" cx="11" cy="11" r="9"/></svg>● low, dashed</li><li><svg class="key" viewBox="0 0 22 22" aria-hidden="true"><circle class="low waived" cx="11" cy="11" r="9"/></svg>pale: waived</li></ul>
<p class="note">The numbers are those of the list of findings. Dots of equal priority are side by side, or slightly above or below if there is no room.</p>
`)
}

func quadrantDot(s *page.Writer, i int, d dot, f scoring.Finding, p plot) {
	class := string(f.Severity)
	words := fmt.Sprintf("%d %s %s: priority %v, %s effort, %s severity, %s", i+1, f.ID, f.Title, f.Priority, f.Effort, f.Severity, view.HorizonOrWaived(f))
	if f.Waived {
		class += " waived"
	}
	s.Put(`<a class="dot %" href="#finding-%" aria-label="%"><title>%</title><circle cx="%" cy="%" r="%"/><text x="%" y="%" text-anchor="middle">%</text> `,
		class, f.ID, words, words, d.x, d.y, p.radius, d.x, tenth(d.y+3.5), i+1)
	if d.labelled {
		x, anchor := d.x+p.radius+3, "start"
		if !d.labelRight {
			x, anchor = d.x-p.radius-3, "end"
		}
		s.Put(`<text class="id" x="%" y="%" text-anchor="%">%</text>`, tenth(x), tenth(d.y+3.5), anchor, f.ID)
	}
	s.Put("</a>\n")
}

// withEffort returns the findings whose effort is estimated.
func withEffort(a *scoring.Assessment) []scoring.Finding {
	return slices.DeleteFunc(slices.Clone(a.Findings), func(f scoring.Finding) bool { return f.Effort == "" })
}
