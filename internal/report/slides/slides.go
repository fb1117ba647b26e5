// Package slides writes a report as six slides in one self-contained HTML page: verdict,
// scores and findings, top risks, plan, changes, and decisions needed. Keys turn the slides;
// without the script the page scrolls; in print each slide is a page.
//
// The content is that of page one of a report (view.PageOne). Texts that do not fit are
// shortened with an ellipsis, and lists say how many entries are missing.
package slides

import (
	_ "embed"
	"fmt"
	"io"
	"strings"

	"github.com/iotlens/iotlens/internal/brand"
	"github.com/iotlens/iotlens/internal/report/page"
	"github.com/iotlens/iotlens/internal/report/view"
	"github.com/iotlens/iotlens/internal/scoring"
	"github.com/iotlens/iotlens/internal/text"
)

var (
	//go:embed slides.css
	style string
	//go:embed slides.js
	script string
)

// Write writes the slides.
func Write(w io.Writer, a *scoring.Assessment) error { return Branded(nil)(w, a) }

// Branded returns a writer of the slides with a brand, which may be nil.
func Branded(b *brand.Brand) func(io.Writer, *scoring.Assessment) error {
	return func(w io.Writer, a *scoring.Assessment) error {
		d := &deck{Writer: page.New(w), a: a, pageOne: view.NewPageOne(a), brand: b}
		d.Head(a.LensShort+" review: "+a.Workload.Name, style, script, b)
		d.Put("<main>\n")
		for i, s := range slides {
			d.slide(i+1, s)
		}
		d.Put("<p class=\"keys\" hidden>Arrow keys, space, Home and End turn the slides; print makes a page of each.</p>\n</main>\n")
		d.Foot(script)
		return d.Flush()
	}
}

// A deck is a page of slides that is being written.
type deck struct {
	*page.Writer
	a       *scoring.Assessment
	pageOne view.PageOne
	brand   *brand.Brand
}

// A slide has an id, a title, and a function that writes its content.
type slide struct {
	id, title string
	draw      func(*deck)
}

var slides = []slide{
	{"verdict", "Verdict", (*deck).verdict},
	{"map", "Scores and findings", (*deck).heatMap},
	{"risks", "What is wrong", (*deck).risks},
	{"plan", "The plan and its effect", (*deck).plan},
	{"progress", "What changed", (*deck).progress},
	{"asks", "Decisions needed", (*deck).decisions},
}

func (d *deck) slide(n int, s slide) {
	d.Put(`<section class="slide" id="slide-%" data-name="%" aria-labelledby="title-%" tabindex="-1">`+"\n", n, s.id, n)
	if n == 1 {
		d.Put("<p class=\"eyebrow\">%</p>\n", fit(view.LensTitle(d.a)+", as of "+d.a.Today, 120))
		d.Put(`<h1 id="title-1" class="clamp two" dir="auto">%</h1>`+"\n", fit(d.a.Workload.Name, 100))
	} else {
		d.Put("<h2 id=\"title-%\">%</h2>\n", n, s.title)
	}
	d.Put("<div class=\"body\">\n")
	s.draw(d)
	d.Put("</div>\n<footer>")
	if d.brand != nil && d.brand.Logo != nil {
		width, height := d.brand.Logo.Fit(120, 26)
		d.Put(`<img src="%" width="%" height="%" alt="">`, d.brand.Logo.DataURL(), int(width+0.5), int(height+0.5))
	}
	if class := d.brand.ClassificationText(); class != "" {
		d.Put("<strong dir=\"auto\">%</strong> ", class)
	}
	foot := []string{fit(d.a.Workload.Name, 60)}
	if parties := d.brand.Parties(); len(parties) > 0 {
		foot = append(foot, parties...)
	}
	d.Put("<span class=\"clamp one\" dir=\"auto\">%</span><span class=\"number\">% / %</span></footer>\n</section>\n", fit(strings.Join(foot, " · "), 150), n, len(slides))
}

// fit shortens a text to one line of at most a number of characters.
func fit(s string, most int) string {
	return text.Shorten(strings.Join(strings.Fields(text.Clean(s, false)), " "), most)
}

// more says how many entries of a list do not fit; nothing if n is 0.
func (d *deck) more(n int, what string) {
	if n > 0 {
		d.Put("<p class=\"more\">% in the report</p>\n", "and "+text.Count(n, "more "+what))
	}
}

func (d *deck) verdict() {
	c := d.pageOne.Conclusion
	d.Put(`<div class="verdict %"><p class="badge"><span aria-hidden="true">%</span> %</p><p class="sentence clamp three">%</p>`, c.Badge.Tone, c.Badge.Symbol, c.Badge.Words, fit(c.Risk, 220))
	if c.Effect != "" {
		d.Put("<p class=\"effect clamp one\">%</p>", fit(c.Effect, 110))
	}
	d.Put("</div>\n<ul class=\"notes\">\n")
	for _, s := range c.Notes[:min(3, len(c.Notes))] {
		d.Put("<li class=\"clamp one\" dir=\"auto\">%</li>\n", fit(s, 110))
	}
	d.Put("</ul>\n")
	d.more(len(c.Notes)-3, "point")
	d.Put("<dl class=\"figures\">\n")
	for _, dial := range view.Gauges(d.a) {
		if dial.Overall || dial.Coverage {
			d.Put("<div><dt>%</dt><dd>%</dd></div>\n", dial.Name, dial.Text())
		}
	}
	d.Put("<div><dt>Questions at high risk</dt><dd>%</dd></div><div><dt>Open findings</dt><dd>%</dd></div>\n</dl>\n", fmt.Sprint(count(d.a.Questions, scoring.RiskHigh)), fmt.Sprint(len(view.OpenFindings(d.a))))
}

func count(qs []scoring.Question, r scoring.Risk) (n int) {
	for _, q := range qs {
		if q.Risk == r {
			n++
		}
	}
	return n
}

// The maximum number of rows and columns of the heat map.
const (
	maxLayers  = 7
	maxPillars = 7
)

func (d *deck) heatMap() {
	if len(d.a.Layers) == 0 {
		d.pillars()
		return
	}
	layers, pillars := d.a.Layers[:min(maxLayers, len(d.a.Layers))], d.a.Pillars[:min(maxPillars, len(d.a.Pillars))]
	d.Put("<table class=\"map\"><thead><tr><th scope=\"col\"><span class=\"clamp two\">Layer</span></th>")
	for _, p := range pillars {
		d.Put(`<th scope="col"><span class="clamp two">%</span></th>`, fit(p.Name, 40))
	}
	d.Put("</tr></thead><tbody>\n")
	for _, layer := range layers {
		d.Put(`<tr><th scope="row"><span class="clamp two">%</span></th>`, fit(layer.Name, 50))
		for _, pillar := range pillars {
			c := view.HeatMapCellAt(d.a, layer.ID, pillar.ID)
			d.Put(`<td class="%"><b>%</b>`, cellClass(c), c.Text)
			if c.Findings > 0 {
				d.Put(` <span><span aria-hidden="true">%</span> %</span>`, view.SeverityBadge(c.WorstSeverity).Symbol, text.Count(c.Findings, "finding"))
			}
			d.Put("</td>")
		}
		d.Put("</tr>\n")
	}
	d.Put("</tbody></table>\n")
	d.Put("<div class=\"mores\">\n")
	d.more(len(d.a.Layers)-len(layers), "layer")
	d.more(len(d.a.Pillars)-len(pillars), "pillar")
	d.Put("</div>\n")
	d.Put("<p class=\"note\">%</p>\n", view.HeatMapNote+" ▲ high, ■ medium, ● low; ? not assessed, – nothing asked.")
}

func cellClass(c view.HeatMapCell) string {
	switch {
	case !c.Applies:
		return "nothing"
	case !c.Scored:
		return "unknown"
	}
	return fmt.Sprintf("band%d", view.ScoreBand(c.Score))
}

// pillars writes the scores by pillar, for a lens without layers.
func (d *deck) pillars() {
	d.Put("<table class=\"map\"><thead><tr><th scope=\"col\">Pillar</th><th scope=\"col\">Score</th><th scope=\"col\">Findings</th></tr></thead><tbody>\n")
	shown := d.a.Pillars[:min(maxLayers, len(d.a.Pillars))]
	for _, p := range shown {
		score, ok := p.Lens.Score()
		c := view.HeatMapCell{Score: score, Scored: ok, Applies: p.Lens.Applicable() > 0}
		words := "–"
		if ok {
			words = fmt.Sprint(text.WholePercent(score))
		} else if c.Applies {
			words = "?"
		}
		d.Put(`<tr><th scope="row"><span class="clamp two">%</span></th><td class="%"><b>%</b></td><td>%</td></tr>`+"\n", fit(p.Name, 50), cellClass(c), words, fmt.Sprint(p.Findings))
	}
	d.Put("</tbody></table>\n")
	d.more(len(d.a.Pillars)-len(shown), "pillar")
	d.Put("<p class=\"note\">Score in percent of what was assessed; ? not assessed, – nothing asked.</p>\n")
}

func (d *deck) risks() {
	s := d.pageOne.Risks
	if len(s.Groups) == 0 {
		d.Put("<p class=\"lead clamp three\">%</p>\n", fit(s.Intro, 240))
		return
	}
	d.Put("<ol class=\"risks\">\n")
	for _, item := range s.Groups[0].Items {
		d.Put(`<li class="%"><div><p class="what clamp two" dir="auto"><span class="chip %"><span aria-hidden="true">%</span> %</span> <span class="id">%</span> %</p>`,
			item.Badge.Tone, item.Badge.Tone, item.Badge.Symbol, item.Badge.Words, item.ID, fit(item.Title, 150))
		who := ""
		for _, t := range item.Texts {
			switch t.Label {
			case view.LabelNote:
				d.Put(`<p class="said clamp two" dir="auto">%</p>`, fit(t.Text, 200))
			case view.LabelOwner:
				who = t.Label + ": " + fit(t.Text, 100)
			}
		}
		d.Put("</div><p class=\"who clamp three\" dir=\"auto\">%</p></li>\n", who)
	}
	d.Put("</ol>\n")
	d.more(len(view.OpenFindings(d.a))-len(s.Groups[0].Items), "open finding")
}

// maxPlanItems is how many items of a horizon fit on a slide.
const maxPlanItems = 4

func (d *deck) plan() {
	if t := d.pageOne.Effect.Table; len(t.Rows) > 0 {
		d.Put("<dl class=\"figures buys\">\n")
		for _, row := range t.Rows {
			d.Put("<div><dt>%, questions at high risk</dt><dd>%</dd></div>\n", fit(row[0], 40), row[1])
		}
		d.Put("</dl>\n")
	}
	d.Put("<div class=\"columns\">\n")
	for _, g := range view.Plan(d.a).Groups {
		d.Put("<div><h3>% <small>%</small></h3><ul>\n", g.Title, g.Note)
		shown := g.Items[:min(maxPlanItems, len(g.Items))]
		for _, item := range shown {
			d.Put("<li class=\"clamp two\" dir=\"auto\">%</li>\n", fit(item.ID+" "+item.Title, 120))
		}
		d.Put("</ul>\n")
		d.more(len(g.Items)-len(shown), "item")
		d.Put("</div>\n")
	}
	d.Put("</div>\n")
}

// maxChanges is how many changes of a kind fit on a slide.
const maxChanges = 2

func (d *deck) progress() {
	s := d.a.Since
	if s == nil {
		d.Put("<p class=\"lead\">There is no earlier state to compare with.</p>\n<p class=\"note\">A milestone freezes one: iotlens milestone FILE NAME. A later report says what changed since.</p>\n")
		return
	}
	t := d.pageOne.Changes.Table
	d.Put("<p class=\"lead clamp one\" dir=\"auto\">%</p>\n<div class=\"split\"><table class=\"moves\"><thead><tr><td></td><th scope=\"col\">then</th><th scope=\"col\">now</th><th scope=\"col\">change</th></tr></thead><tbody>\n",
		fit("Since "+s.Name+" "+s.AsOf, 90))
	for _, row := range t.Rows {
		d.Put("<tr><th scope=\"row\">%</th><td>%</td><td>%</td><td>%</td></tr>\n", row[0], row[1], row[2], row[3])
	}
	d.Put("</tbody></table>\n<div>\n")
	for _, changes := range view.ChangeGroups(s) {
		if len(changes.Changes) == 0 {
			continue
		}
		shown, n := changes.Changes[:min(maxChanges, len(changes.Changes))], text.Count(len(changes.Changes), "finding")
		if len(shown) < len(changes.Changes) {
			n += fmt.Sprintf(", %d shown", len(shown))
		}
		d.Put("<h3>% <small>%</small></h3><ul>\n", changes.Title, n)
		for _, c := range shown {
			d.Put("<li class=\"clamp one\" dir=\"auto\">%</li>\n", fit(c.Practice+" "+c.Title, 100))
		}
		d.Put("</ul>\n")
	}
	if s.Note != "" {
		d.Put("<p class=\"note clamp three\">%</p>\n", fit(s.Note, 240))
	}
	d.Put("</div></div>\n")
}

// maxDecisions is how many decisions fit on a slide.
const maxDecisions = 7

func (d *deck) decisions() {
	s := d.pageOne.Decisions
	if len(s.Groups) == 0 {
		d.Put("<p class=\"lead\">%</p>\n", s.Intro)
		return
	}
	items := s.Groups[0].Items
	shown := items[:min(maxDecisions, len(items))]
	d.Put("<ol class=\"asks\">\n")
	for _, item := range shown {
		d.Put("<li class=\"clamp two\" dir=\"auto\">%</li>\n", fit(item.Title, 200))
	}
	d.Put("</ol>\n")
	d.more(len(items)-len(shown), "decision")
	if c := d.brand; c != nil && c.Contact != "" {
		d.Put("<p class=\"note clamp one\" dir=\"auto\">Questions: %</p>\n", c.Contact)
	}
}
