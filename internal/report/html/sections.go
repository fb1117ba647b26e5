package html

import (
	"unicode/utf8"

	"github.com/iotlens/iotlens/internal/report/view"
)

// section writes what a section has below its heading: table, groups, facts, note.
func section(s *htmlPage, v view.Section) {
	if v.Intro != "" {
		s.put("<p>%</p>\n", v.Intro)
	}
	table(s, v)
	if v.Columns {
		s.put(`<div class="trio">` + "\n")
	}
	for _, g := range v.Groups {
		switch {
		case v.FullText && g.Title == "":
			entries(s, g.Items)
		case v.FullText:
			s.put(`<details class="group"><summary><h3>%</h3><span class="meta">%</span></summary>`, g.Title, g.Note)
			entries(s, g.Items)
			s.put("</details>\n")
		case v.Columns:
			column(s, g)
		case g.Title == "":
			items(s, g, g.Items)
		case g.Intro != "":
			s.put(`<div class="scenario"><h3>% <span class="meta">%</span></h3><p class="note">%</p>`, g.Title, g.Note, g.Intro)
			items(s, g, g.Items)
			s.put("</div>\n")
		default:
			s.put(`<details class="group"><summary><h3>%</h3><span class="meta">%</span></summary>`, g.Title, g.Note)
			items(s, g, g.Items)
			s.put("</details>\n")
		}
	}
	if v.Columns {
		s.put("</div>\n")
	}
	if len(v.Facts) > 0 {
		s.put(`<dl class="factlist wide">`)
		facts(s, v.Facts)
		s.put("</dl>\n")
	}
	if v.Note != "" {
		s.put("<p class=\"note\">%</p>\n", v.Note)
	}
}

func table(s *htmlPage, v view.Section) {
	if len(v.Table.Rows) == 0 {
		return
	}
	s.put(`<div class="scroll" tabindex="0" role="region" aria-label="%"><table><thead><tr><td></td>`, v.Title+", table")
	for _, head := range v.Table.Header[1:] {
		s.put(`<th scope="col" class="n">%</th>`, head)
	}
	s.put("</tr></thead><tbody>\n")
	for _, row := range v.Table.Rows {
		s.put(`<tr><th scope="row">%</th>`, row[0])
		for _, cell := range row[1:] {
			s.put(`<td class="n">%</td>`, cell)
		}
		s.put("</tr>\n")
	}
	s.put("</tbody></table></div>\n")
}

// maxColumnItems is how many entries of a column stand open; the rest is folded away.
const maxColumnItems = 12

func column(s *htmlPage, g view.Group) {
	s.put(`<div><h3>% <span class="meta">%</span></h3>`, g.Title, g.Note)
	shown := min(maxColumnItems, len(g.Items))
	items(s, g, g.Items[:shown])
	if rest := g.Items[shown:]; len(rest) > 0 {
		s.put(`<details class="rest"><summary>% more</summary>`, len(rest))
		items(s, g, rest)
		s.put("</details>")
	}
	s.put("</div>\n")
}

// items writes entries of a group as a list.
func items(s *htmlPage, g view.Group, list []view.Item) {
	var element markup = "ul"
	if g.Ordered {
		element = "ol"
	}
	s.put("<% class=\"rows\">\n", element)
	for _, item := range list {
		entry(s, item)
	}
	s.put("</%>", element)
}

// entries writes entries with every text whole and on a line of its own.
func entries(s *htmlPage, list []view.Item) {
	s.put("<ul class=\"ledger\">\n")
	for _, item := range list {
		s.put(`<li class="%"><p><span class="fid">%</span> <span class="name" dir="auto">%</span> `, view.OrDefault(item.Badge.Tone, view.ToneNeutral), item.ID, item.Title)
		if item.Badge.Words != "" {
			chip(s, item.Badge)
		}
		s.put("</p>")
		if len(item.Texts) > 0 {
			s.put("<dl>")
			for _, t := range item.Texts {
				s.put(`<div><dt>%</dt>`, t.Label)
				values := t.Items
				if len(values) == 0 {
					values = []string{t.Text}
				}
				for _, value := range values {
					s.put(`<dd dir="auto">`)
					linked(s, t, value)
					s.put("</dd>")
				}
				s.put("</div>")
			}
			s.put("</dl>")
		}
		s.put("</li>\n")
	}
	s.put("</ul>")
}

// linked writes a value of a text, as a link where it is the address of a web page.
func linked(s *htmlPage, t view.Text, value string) {
	if t.MayLink && view.IsWebAddress(value) {
		s.put(`<a href="%" rel="noopener noreferrer">%</a>`, value, value)
		return
	}
	s.put("%", value)
}

func entry(s *htmlPage, item view.Item) {
	s.put(`<li class="%">`, view.OrDefault(item.Badge.Tone, view.ToneNeutral))
	if item.ID != "" {
		s.put(`<span class="fid">%</span> `, item.ID)
	}
	switch {
	case item.IsFinding:
		s.put(`<a href="#finding-%" dir="auto">%</a> `, item.ID, item.Title)
	case item.Title != "":
		s.put(`<span class="name" dir="auto">%</span> `, item.Title)
	}
	if item.Badge.Words != "" {
		chip(s, item.Badge)
	}

	for _, t := range item.Texts {
		switch {
		case t.FindingIDs:
			for _, id := range t.Items {
				s.put(`<a class="fid" href="#finding-%">%</a> `, id, id)
			}
		case t.Label == "":
			longText(s, t.Text)
		default:
			s.put(`<span class="meta block" dir="auto">%: %</span>`, t.Label, t.Text)
		}
	}
	s.put("</li>\n")
}

func facts(s *htmlPage, list []view.Text) {
	for _, f := range list {
		s.put(`<div><dt>%</dt><dd dir="auto">%</dd></div>`, f.Label, f.Text)
	}
}

// chip writes a sign in mark, word and colour.
func chip(s *htmlPage, v view.Badge) {
	s.put(`<span class="chip %"><span aria-hidden="true">%</span> %</span>`, v.Tone, v.Symbol, v.Words)
}

// labelledText writes a text, or its list, below its label.
func labelledText(s *htmlPage, t view.Text) {
	var list markup = "ul"
	if t.Ordered {
		list, t.Label = "ol", "What to do"
	}
	s.put(`<h4>%</h4>`, t.Label)
	if len(t.Items) == 0 {
		longText(s, t.Text)
		return
	}
	s.put("<%>", list)
	for _, item := range t.Items {
		s.put(`<li dir="auto">`)
		linked(s, t, item)
		s.put("</li>")
	}
	s.put("</%>", list)
}

// longText writes text of people, line breaks kept, its end folded away where it is
// very long. Printed, the end stays folded and the page has the number of characters.
func longText(s *htmlPage, t string) {
	shown, rest := view.Fold(t)
	s.put(`<p class="text" dir="auto">%</p>`, shown)
	if rest != "" {
		s.put(`<details class="more"><summary>% more characters</summary><p class="text" dir="auto">%</p></details>`,
			view.Thousands(utf8.RuneCountInString(rest)), rest)
	}
}
