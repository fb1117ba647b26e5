package report

import (
	"fmt"
	"strings"

	"github.com/iotlens/iotlens/internal/review"
	"github.com/iotlens/iotlens/internal/scoring"
	"github.com/iotlens/iotlens/internal/text"
)

// table begins a table that scrolls by itself on a narrow screen.
func table(s *sheet, name string, heads ...string) {
	s.put(`<div class="scroll" tabindex="0" role="region" aria-label="%"><table><thead><tr>`, name)
	for _, h := range heads {
		s.put(`<th scope="col">%</th>`, h)
	}
	s.put("</tr></thead><tbody>\n")
}

const endTable markup = "</tbody></table></div>\n"

// htmlQuestions lists the risk of every question, AWS's by pillar and the layer
// banks by layer.
func htmlQuestions(s *sheet, a *scoring.Assessment) {
	if len(a.Questions) == 0 {
		s.put("<p>No question is in scope.</p>\n")
		return
	}
	for _, p := range a.Pillars {
		questionGroup(s, p.Name, a, func(q scoring.Question) bool { return q.AWS() && q.Pillar == p.ID })
	}
	for _, l := range a.Layers {
		questionGroup(s, "Layer bank: "+l.Name, a, func(q scoring.Question) bool { return q.Layer == l.ID })
	}
	if d := differing(a); len(d) > 0 {
		s.put("<h3>Where % punish doing more</h3><p>On these questions the letter of % and the form used here give different risks.</p>\n", a.TheirRules(), a.TheirRules())
		table(s, "Questions on which the rules differ", "Question", "To the letter", "Without the fault")
		for _, q := range d {
			s.put(`<tr><th scope="row">%</th><td>%</td><td>%</td></tr>`+"\n", q.ID, riskChip(q.AWSRisk), riskChip(q.MonotoneRisk))
		}
		s.put("%", endTable)
	}
}

func questionGroup(s *sheet, name string, a *scoring.Assessment, in func(scoring.Question) bool) {
	n := map[scoring.Risk]int{}
	total := 0
	for _, q := range a.Questions {
		if in(q) {
			n[q.Risk]++
			total++
		}
	}
	if total == 0 {
		return
	}
	var parts []string
	for _, r := range riskRows {
		if n[r.risk] > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", n[r.risk], r.words))
		}
	}
	s.put(`<details class="group"><summary><h3>%</h3><span class="meta">%</span></summary><table><thead><tr><th scope="col">Question</th><th scope="col">Asks</th><th scope="col">Risk</th></tr></thead><tbody>`+"\n", name, strings.Join(parts, ", "))
	for _, q := range a.Questions {
		if in(q) {
			s.put(`<tr><th scope="row">%</th><td>%`, q.ID, or(q.Ask, q.Title))
			if q.Title != q.Ask {
				s.put(`<span class="meta block">%</span>`, q.Title)
			}
			s.put("</td><td>%</td></tr>\n", riskChip(q.Risk))
		}
	}
	s.put("</tbody></table></details>\n")
}

func riskChip(r scoring.Risk) markup {
	s := &sheet{}
	for _, row := range riskRows {
		if row.risk == r {
			s.put(`<span class="chip %"><span aria-hidden="true">%</span> %</span>`, row.class, row.sign, row.words)
		}
	}
	return markup(s.b)
}

// waiverSigns are the states of a waiver in sign and class.
var waiverSigns = map[scoring.WaiverState]struct{ sign, class, words string }{
	scoring.WaiverActive:   {"◇", "low", "holds"},
	scoring.WaiverExpiring: {"■", "medium", "ends soon"},
	scoring.WaiverExpired:  {"▲", "high", "expired"},
	scoring.WaiverUnused:   {"–", "none", "covers nothing"},
}

func htmlWaivers(s *sheet, a *scoring.Assessment) {
	if len(a.Waivers) == 0 {
		s.put("<p>None. Nothing was accepted for a time.</p>\n")
		return
	}
	table(s, "Waivers", "Best practice", "State", "Reason", "Meanwhile", "Carried by")
	for _, w := range a.Waivers {
		look := waiverSigns[w.State]
		s.put(`<tr><th scope="row">%<span class="meta block">%</span></th><td><span class="chip %"><span aria-hidden="true">%</span> %</span><span class="meta block">%</span></td>`,
			w.Practice, w.Title, look.class, look.sign, look.words, waiverState(w))
		s.put(`<td class="said" dir="auto">`)
		long(s, w.Reason)
		s.put(`</td><td class="said" dir="auto">`)
		long(s, or(w.Control, "nothing"))
		s.put(`</td><td dir="auto">%<span class="meta block">approved by %</span></td></tr>`+"\n", w.Owner, w.Approver)
	}
	s.put("%", endTable)
	s.put("<p class=\"note\">A waiver moves no score and no risk. From the day on which it ends, it fails a gate by name.</p>\n")
}

// waiverState says until when a waiver holds.
func waiverState(w scoring.Waiver) string {
	switch w.State {
	case scoring.WaiverActive:
		return "until " + w.Expires + ", " + text.Count(w.Days, "day") + " to go"
	case scoring.WaiverExpiring:
		return "ends in " + text.Count(w.Days, "day") + ", on " + w.Expires
	case scoring.WaiverExpired:
		return "expired on " + w.Expires
	}
	return "there is no such finding; expires on " + w.Expires
}

func waiverWords(w scoring.Waiver) string {
	s := full(w.Reason)
	if w.Control != "" {
		s += " Meanwhile: " + full(w.Control)
	}
	return s + " Carried by " + w.Owner + ", approved by " + w.Approver + "."
}

func htmlParked(s *sheet, a *scoring.Assessment) {
	if len(a.Parked) == 0 {
		s.put("<p>None.</p>\n")
		return
	}
	table(s, "Parked topics", "Topic", "At", "Taken up by", "Parked by")
	for _, t := range a.Parked {
		s.put(`<tr><td class="said" dir="auto">`)
		long(s, t.Topic)
		s.put(`</td><td class="fid">%</td><td dir="auto">%</td><td dir="auto">`, or(t.Practice, "–"), or(t.Owner, "nobody yet"))
		signature(s, t.By, t.At)
		s.put("</td></tr>\n")
	}
	s.put("%", endTable)
}

func htmlOpen(s *sheet, a *scoring.Assessment) {
	if len(a.Unassessed) == 0 {
		s.put("<p>Everything in scope was answered.</p>\n")
	} else {
		s.put("<p>Nobody has answered these yet. They have no score and are no findings; until they are answered the picture is incomplete.</p>\n")
	}
	for _, p := range a.Pillars {
		byPillar(s, p, a.Unassessed, func(u *scoring.Practice) {
			s.put("<li><span class=\"fid\">%</span> % %</li>\n", u.ID, u.Title, levelChip(u.Severity))
		})
	}
	if a.OutOfScope > 0 {
		s.put("<p>The scope of the review leaves out %.</p>\n", text.Count(a.OutOfScope, "best practice"))
	}
}

// signature writes who said something and when; a date is never broken.
func signature(s *sheet, by, at string) {
	s.put(`% <span class="date">%</span>`, by, at)
}

// inPlace lists the best practices that are implemented, in lens order.
func inPlace(a *scoring.Assessment) []*scoring.Practice {
	var out []*scoring.Practice
	for i := range a.Practices {
		if a.Practices[i].Status == review.Implemented {
			out = append(out, &a.Practices[i])
		}
	}
	return out
}

// htmlInPlace lists what is implemented, with what was said and shown: an audit
// asks for that as much as for the gaps.
func htmlInPlace(s *sheet, a *scoring.Assessment) {
	kept := inPlace(a)
	if len(kept) == 0 {
		s.put("<p>Nothing that was assessed is fully in place.</p>\n")
		return
	}
	for _, p := range a.Pillars {
		byPillar(s, p, kept, func(k *scoring.Practice) {
			s.put(`<li><span class="fid">%</span> %<span class="meta block">`, k.ID, k.Title)
			if k.By != "" || k.At != "" {
				s.put(`<span dir="auto">`)
				signature(s, k.By, k.At)
				s.put(`</span> `)
			}
			s.put("</span>")
			if k.Note != "" {
				long(s, k.Note)
			}
			for _, e := range k.Evidence {
				s.put(`<span class="meta block" dir="auto">shown: %</span>`, e)
			}
			s.put("</li>\n")
		})
	}
}

// byPillar writes those of a list that belong to a pillar, folded; nothing where
// there is none.
func byPillar(s *sheet, p scoring.Part, list []*scoring.Practice, write func(*scoring.Practice)) {
	var in []*scoring.Practice
	for _, e := range list {
		if e.Pillar == p.ID {
			in = append(in, e)
		}
	}
	if len(in) == 0 {
		return
	}
	s.put(`<details class="group"><summary><h3>%</h3><span class="meta">%</span></summary><ul class="rows">`+"\n", p.Name, text.Count(len(in), "best practice"))
	for _, e := range in {
		write(e)
	}
	s.put("</ul></details>\n")
}

func htmlExcluded(s *sheet, a *scoring.Assessment) {
	if len(a.Excluded) == 0 {
		s.put("<p>None.</p>\n")
		return
	}
	s.put("<p>Left out of every score, each for its reason.</p>\n")
	table(s, "Not applicable", "Best practice", "Reason", "Said by")
	for _, e := range a.Excluded {
		s.put(`<tr><th scope="row">%<span class="meta block">%</span></th><td class="said" dir="auto">`, e.ID, e.Title)
		long(s, e.Reason)
		s.put(`</td><td dir="auto">`)
		signature(s, e.By, e.At)
		s.put("</td></tr>\n")
	}
	s.put("%", endTable)
}
