package html

import (
	"unicode/utf8"

	"github.com/iotlens/iotlens/internal/report/page"
	"github.com/iotlens/iotlens/internal/report/view"
)

// section writes a section without its heading.
func section(s *page.Writer, v view.Section) {
	if v.Intro != "" {
		s.Put("<p>%</p>\n", v.Intro)
	}
	table(s, v)
	if v.Columns {
		s.Put(`<div class="trio">` + "\n")
	}
	for _, g := range v.Groups {
		switch {
		case v.FullText && g.Title == "":
			entries(s, g.Items)
		case v.FullText:
			s.Put(`<details class="group"><summary><h3>%</h3><span class="meta">%</span></summary>`, g.Title, g.Note)
			entries(s, g.Items)
			s.Put("</details>\n")
		case v.Columns:
			column(s, g)
		case g.Title == "":
			items(s, g, g.Items)
		case g.Intro != "":
			s.Put(`<div class="scenario"><h3>% <span class="meta">%</span></h3><p class="note">%</p>`, g.Title, g.Note, g.Intro)
			items(s, g, g.Items)
			s.Put("</div>\n")
		default:
			s.Put(`<details class="group"><summary><h3>%</h3><span class="meta">%</span></summary>`, g.Title, g.Note)
			items(s, g, g.Items)
			s.Put("</details>\n")
		}
	}
	if v.Columns {
		s.Put("</div>\n")
	}
	if len(v.Facts) > 0 {
		s.Put(`<dl class="factlist wide">`)
		facts(s, v.Facts)
		s.Put("</dl>\n")
	}
	if v.Note != "" {
		s.Put("<p class=\"note\">%</p>\n", v.Note)
	}
}

func table(s *page.Writer, v view.Section) {
	if len(v.Table.Rows) == 0 {
		return
	}
	s.Put(`<div class="scroll" tabindex="0" role="region" aria-label="%"><table><thead><tr><td></td>`, v.Title+", table")
	for _, head := range v.Table.Header[1:] {
		s.Put(`<th scope="col" class="n">%</th>`, head)
	}
	s.Put("</tr></thead><tbody>\n")
	for _, row := range v.Table.Rows {
		s.Put(`<tr><th scope="row">%</th>`, row[0])
		for _, cell := range row[1:] {
			s.Put(`<td class="n">%</td>`, cell)
		}
		s.Put("</tr>\n")
	}
	s.Put("</tbody></table></div>\n")
}

// maxColumnItems is how many items of a column are shown; the rest is folded.
const maxColumnItems = 12

func column(s *page.Writer, g view.Group) {
	s.Put(`<div><h3>% <span class="meta">%</span></h3>`, g.Title, g.Note)
	shown := min(maxColumnItems, len(g.Items))
	items(s, g, g.Items[:shown])
	if rest := g.Items[shown:]; len(rest) > 0 {
		s.Put(`<details class="rest"><summary>% more</summary>`, len(rest))
		items(s, g, rest)
		s.Put("</details>")
	}
	s.Put("</div>\n")
}

// items writes items of a group as a list.
func items(s *page.Writer, g view.Group, list []view.Item) {
	var element page.Markup = "ul"
	if g.Ordered {
		element = "ol"
	}
	s.Put("<% class=\"rows\">\n", element)
	for _, item := range list {
		entry(s, item)
	}
	s.Put("</%>", element)
}

// entries writes items with each text in full and on its own line.
func entries(s *page.Writer, list []view.Item) {
	s.Put("<ul class=\"ledger\">\n")
	for _, item := range list {
		s.Put(`<li class="%"><p><span class="fid">%</span> <span class="name" dir="auto">%</span> `, view.OrDefault(item.Badge.Tone, view.ToneNeutral), item.ID, item.Title)
		if item.Badge.Words != "" {
			chip(s, item.Badge)
		}
		s.Put("</p>")
		if len(item.Texts) > 0 {
			s.Put("<dl>")
			for _, t := range item.Texts {
				s.Put(`<div><dt>%</dt>`, t.Label)
				values := t.Items
				if len(values) == 0 {
					values = []string{t.Text}
				}
				for _, value := range values {
					s.Put(`<dd dir="auto">`)
					linked(s, t, value)
					s.Put("</dd>")
				}
				s.Put("</div>")
			}
			s.Put("</dl>")
		}
		s.Put("</li>\n")
	}
	s.Put("</ul>")
}

// linked writes a value of a text. It is a link if it is a URL and the text may have links.
func linked(s *page.Writer, t view.Text, value string) {
	if t.MayLink && view.IsWebAddress(value) {
		s.Put(`<a href="%" rel="noopener noreferrer">%</a>`, value, value)
		return
	}
	s.Put("%", value)
}

func entry(s *page.Writer, item view.Item) {
	s.Put(`<li class="%">`, view.OrDefault(item.Badge.Tone, view.ToneNeutral))
	if item.ID != "" {
		s.Put(`<span class="fid">%</span> `, item.ID)
	}
	switch {
	case item.IsFinding:
		s.Put(`<a href="#finding-%" dir="auto">%</a> `, item.ID, item.Title)
	case item.Title != "":
		s.Put(`<span class="name" dir="auto">%</span> `, item.Title)
	}
	if item.Badge.Words != "" {
		chip(s, item.Badge)
	}

	for _, t := range item.Texts {
		switch {
		case t.FindingIDs:
			for _, id := range t.Items {
				s.Put(`<a class="fid" href="#finding-%">%</a> `, id, id)
			}
		case t.Label == "":
			longText(s, t.Text)
		default:
			s.Put(`<span class="meta block" dir="auto">%: %</span>`, t.Label, t.Text)
		}
	}
	s.Put("</li>\n")
}

func facts(s *page.Writer, list []view.Text) {
	for _, f := range list {
		s.Put(`<div><dt>%</dt><dd dir="auto">%</dd></div>`, f.Label, f.Text)
	}
}

// chip writes a badge.
func chip(s *page.Writer, v view.Badge) {
	s.Put(`<span class="chip %"><span aria-hidden="true">%</span> %</span>`, v.Tone, v.Symbol, v.Words)
}

// labelledText writes a label and, below it, the items of a text or the text.
func labelledText(s *page.Writer, t view.Text) {
	var list page.Markup = "ul"
	if t.Ordered {
		list, t.Label = "ol", "What to do"
	}
	s.Put(`<h4>%</h4>`, t.Label)
	if len(t.Items) == 0 {
		longText(s, t.Text)
		return
	}
	s.Put("<%>", list)
	for _, item := range t.Items {
		s.Put(`<li dir="auto">`)
		linked(s, t, item)
		s.Put("</li>")
	}
	s.Put("</%>", list)
}

// longText writes a text with its line breaks. The end of a very long text is folded; in
// print, the number of characters that are missing is shown instead.
func longText(s *page.Writer, t string) {
	shown, rest := view.Fold(t)
	s.Put(`<p class="text" dir="auto">%</p>`, shown)
	if rest != "" {
		s.Put(`<details class="more"><summary>% more characters</summary><p class="text" dir="auto">%</p></details>`,
			view.Thousands(utf8.RuneCountInString(rest)), rest)
	}
}
