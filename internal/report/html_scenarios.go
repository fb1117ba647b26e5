package report

import (
	"github.com/iotlens/iotlens/internal/lens"
	"github.com/iotlens/iotlens/internal/scoring"
	"github.com/iotlens/iotlens/internal/text"
)

// stepSigns are the states of a step in sign and class, beside their words.
var stepSigns = map[scoring.StepState]struct{ sign, class string }{
	scoring.StepAtRisk:        {"▲", "high"},
	scoring.StepUnassessed:    {"?", "none"},
	scoring.StepProtected:     {"✓", "ok"},
	scoring.StepNotApplicable: {"–", "none"},
}

// htmlScenarios draws each scenario as its steps: a chain where they follow each
// other, cards where they are options.
func htmlScenarios(s *sheet, a *scoring.Assessment) {
	if len(a.Scenarios) == 0 {
		s.put("<p>The workload uses none of the scenarios of the lens.</p>\n")
		return
	}
	for _, sc := range a.Scenarios {
		class := "flow"
		if sc.Kind != lens.Sequence {
			class = "flow options"
		}
		risky := 0
		for _, st := range sc.Steps {
			if st.State == scoring.StepAtRisk {
				risky++
			}
		}
		what := text.Count(len(sc.Steps), "step")
		if sc.Kind != lens.Sequence {
			what = text.Count(len(sc.Steps), "option")
		}
		s.put(`<div class="scenario"><h3>% <span class="meta">%, % at risk</span></h3><p class="note">%</p><ol class="%">`+"\n", sc.Name, what, risky, sc.Description, class)
		for i, st := range sc.Steps {
			htmlStep(s, i, st)
		}
		s.put("</ol></div>\n")
	}
}

func htmlStep(s *sheet, i int, st scoring.Step) {
	look := stepSigns[st.State]
	class := look.class
	if st.State == scoring.StepAtRisk && st.Worst != lens.High {
		class = string(st.Worst)
	}
	s.put(`<li class="step %"><div class="node"><span class="number">%</span></div><h4>%</h4><p class="state"><span aria-hidden="true">%</span> %`, class, i+1, st.Title, stepSign(st), string(st.State))
	if st.State == scoring.StepAtRisk {
		s.put(`, gravest %`, string(st.Worst))
	}
	s.put(`</p><p class="about">%</p>`, st.Text)
	if len(st.Findings) > 0 {
		s.put(`<p class="ids">`)
		for _, id := range st.Findings {
			s.put(`<a href="#finding-%">%</a> `, id, id)
		}
		s.put(`</p>`)
	}
	if len(st.Unassessed) > 0 {
		s.put(`<p class="ids meta">not assessed: `)
		for _, id := range st.Unassessed {
			s.put(`% `, id)
		}
		s.put(`</p>`)
	}
	if len(st.Protected) > 0 {
		s.put(`<p class="ids meta">in place: `)
		for _, id := range st.Protected {
			s.put(`% `, id)
		}
		s.put(`</p>`)
	}
	s.put("</li>\n")
}

// stepSign is the sign of a step: of what is at risk, the sign of the gravest.
func stepSign(st scoring.Step) string {
	if st.State == scoring.StepAtRisk {
		return levelSigns[st.Worst]
	}
	return stepSigns[st.State].sign
}
