package html

import (
	"github.com/iotlens/iotlens/internal/lens"
	"github.com/iotlens/iotlens/internal/report/view"
	"github.com/iotlens/iotlens/internal/scoring"
)

// scenarios draws each scenario as its steps: a chain where they follow each
// other, cards where they are options.
func scenarios(s *sheet, a *scoring.Assessment) {
	for _, sc := range a.Scenarios {
		class := "flow"
		if sc.Kind != lens.Sequence {
			class = "flow options"
		}
		s.put(`<div class="scenario"><h3>% <span class="meta">%</span></h3><p class="note">%</p><ol class="%">`+"\n", sc.Name, view.Progress(sc), sc.Description, class)
		for i, st := range sc.Steps {
			step(s, i, st)
		}
		s.put("</ol></div>\n")
	}
}

func step(s *sheet, i int, st scoring.Step) {
	sign := view.Step(st)
	s.put(`<li class="step %"><div class="node"><span class="number">%</span></div><h4>%</h4><p class="state"><span aria-hidden="true">%</span> %</p><p class="about">%</p>`,
		sign.Tone, i+1, st.Title, sign.Mark, sign.Words, st.Text)
	if len(st.Findings) > 0 {
		s.put(`<p class="ids">`)
		for _, id := range st.Findings {
			s.put(`<a href="#finding-%">%</a> `, id, id)
		}
		s.put(`</p>`)
	}
	for _, more := range []struct {
		label string
		ids   []string
	}{{"not assessed", st.Unassessed}, {"in place", st.Protected}} {
		if len(more.ids) == 0 {
			continue
		}
		s.put(`<p class="ids meta">%: `, more.label)
		for _, id := range more.ids {
			s.put(`% `, id)
		}
		s.put(`</p>`)
	}
	s.put("</li>\n")
}
