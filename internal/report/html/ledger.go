package html

import (
	"github.com/iotlens/iotlens/internal/report/view"
)

// ledger writes a section of the report's second half: a list, or folded lists
// where it has groups.
func ledger(s *sheet, v view.Section) {
	if v.Intro != "" {
		s.put("<p>%</p>\n", v.Intro)
	}
	for _, g := range v.Groups {
		if g.Title == "" {
			items(s, g.Items)
			continue
		}
		s.put(`<details class="group"><summary><h3>%</h3><span class="meta">%</span></summary>`, g.Title, g.Note)
		items(s, g.Items)
		s.put("</details>\n")
	}
	if v.Note != "" {
		s.put("<p class=\"note\">%</p>\n", v.Note)
	}
}

func items(s *sheet, list []view.Item) {
	s.put("<ul class=\"rows\">\n")
	for _, item := range list {
		s.put(`<li><span class="fid">%</span> <span dir="auto">%</span> `, item.ID, item.Title)
		if item.Sign.Words != "" {
			s.put("%", chip(item.Sign))
		}
		for _, t := range item.Texts {
			if t.Label == "" {
				long(s, t.Text)
			} else {
				s.put(`<span class="meta block" dir="auto">%: %</span>`, t.Label, t.Text)
			}
		}
		s.put("</li>\n")
	}
	s.put("</ul>")
}
