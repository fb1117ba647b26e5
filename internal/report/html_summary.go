package report

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/iotlens/iotlens/internal/lens"
	"github.com/iotlens/iotlens/internal/scoring"
	"github.com/iotlens/iotlens/internal/text"
)

func htmlTitle(s *sheet, a *scoring.Assessment) {
	s.put(`<header class="title">
<p class="eyebrow">% review, as of <time datetime="%">%</time></p>
<h1 dir="auto">%</h1>
`, a.LensName, a.Today, a.Today, a.Workload.Name)
	if a.Workload.Description != "" {
		s.put("<p class=\"lede\" dir=\"auto\">%</p>\n", a.Workload.Description)
	}
	if facts := profileFacts(a); len(facts) > 0 {
		s.put(`<ul class="facts">`)
		for _, f := range facts {
			s.put("<li>%</li>", f)
		}
		s.put("</ul>\n")
	}
	s.put("</header>\n")
}

// profileFacts says in a few words what kind of workload it is.
func profileFacts(a *scoring.Assessment) []string {
	w, p := a.Workload, a.Workload.Profile
	var out []string
	add := func(when bool, fact string) {
		if when {
			out = append(out, fact)
		}
	}
	add(w.Environment != "", strings.ToLower(string(w.Environment)))
	add(p.Stage != "" && !strings.EqualFold(p.Stage, string(w.Environment)), "stage: "+p.Stage)
	add(p.FleetSize > 0, thousands(p.FleetSize)+" devices")
	add(p.Segment != "", p.Segment)
	add(p.SafetyCritical, "safety-critical")
	add(p.PersonalData, "personal data")
	add(p.FieldUpdatable != nil && *p.FieldUpdatable, "updatable in the field")
	add(p.FieldUpdatable != nil && !*p.FieldUpdatable, "not updatable in the field")
	add(w.ReviewOwner != "", "review owner: "+w.ReviewOwner)
	return out
}

// thousands writes a number with a comma between groups of three digits.
func thousands(n int) string {
	s := strconv.Itoa(n)
	for i := len(s) - 3; i > 0 && s[i-1] != '-'; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}

// htmlSummary answers on the first screen what is at risk, what to do first and
// what it takes.
func htmlSummary(s *sheet, a *scoring.Assessment) {
	tone, word := mood(a)
	s.put("<div class=\"verdict %\"><p class=\"badge\">%</p><p class=\"say\">%</p></div>\n", tone, word, Verdict(a))
	s.put("<div class=\"trio\">\n")
	htmlAtRisk(s, a)
	htmlFirst(s, a)
	htmlTakes(s, a)
	s.put("</div>\n<div class=\"dials\">\n")
	dial(s, "Score", lowerFirst(a.OwnPractices()), a.Lens, true)
	coverageDial(s, "Coverage", answered(a.Lens), a.Lens)
	if a.LayerBanks.InScope > 0 {
		dial(s, "Layer banks", answered(a.LayerBanks), a.LayerBanks, true)
	}
	for _, p := range a.Pillars {
		if p.Lens.InScope > 0 {
			dial(s, p.Name, text.Count(p.Findings, "finding"), p.Lens, false)
		}
	}
	s.put("</div>\n")
	htmlGravest(s, a)
}

// htmlGravest lists the questions at high risk in plain words.
func htmlGravest(s *sheet, a *scoring.Assessment) {
	qs := atRisk(a, scoring.RiskHigh)
	if len(qs) == 0 {
		return
	}
	s.put("<h3 class=\"gravest\">Questions at high risk</h3>\n<ul class=\"rows two\">")
	for _, q := range qs {
		s.put(`<li class="high"><span class="sign" aria-hidden="true">▲</span> <span class="fid">%</span> %</li>`+"\n", q.ID, or(q.Ask, q.Title))
	}
	s.put("</ul>\n")
}

func answered(t scoring.Tally) string {
	return fmt.Sprintf("%d of %d answered", t.Answered, t.Applicable())
}

// mood is the verdict in one sign and word, and the class that colours it.
func mood(a *scoring.Assessment) (class string, words markup) {
	switch {
	case a.Lens.Answered+a.LayerBanks.Answered == 0:
		return "none", "? Nothing assessed"
	case len(atRisk(a, scoring.RiskHigh)) > 0:
		return "high", "▲ High risk"
	case len(atRisk(a, scoring.RiskMedium)) > 0:
		return "medium", "■ Medium risk"
	case len(a.Unassessed) > 0:
		return "none", "? Incomplete"
	}
	return "ok", "✓ No risk found"
}

// riskRows are the risks of questions with their sign, in words, gravest first.
var riskRows = []struct {
	risk        scoring.Risk
	class, sign string
	words       string
}{
	{scoring.RiskHigh, "high", "▲", "high risk"},
	{scoring.RiskMedium, "medium", "■", "medium risk"},
	{scoring.RiskNone, "ok", "✓", "no risk"},
	{scoring.RiskUnanswered, "none", "?", "unanswered"},
	{scoring.RiskNotApplicable, "none", "–", "not applicable"},
}

func htmlAtRisk(s *sheet, a *scoring.Assessment) {
	s.put("<div><h3>What is at risk</h3>\n<dl class=\"tallies\">")
	total := 0
	for _, r := range riskRows {
		n := len(atRisk(a, r.risk))
		total += n
		if n > 0 || r.risk == scoring.RiskHigh || r.risk == scoring.RiskMedium {
			s.put(`<div class="%"><dt><span class="sign" aria-hidden="true">%</span> %</dt><dd>%</dd></div>`, r.class, r.sign, r.words, n)
		}
	}
	s.put("</dl>\n<p class=\"note\">% % by risk.</p>\n", or(a.LensBy, "The lens")+"'s", text.Count(total, "question"))
	if hit := hardestHit(a); hit != "" {
		s.put("<p>%</p>\n", hit)
	}
	s.put("</div>\n")
}

// hardestHit names the pillars with questions at high risk, most first.
func hardestHit(a *scoring.Assessment) string {
	var names []string
	for n := len(a.Questions); n > 0; n-- {
		for _, p := range a.Pillars {
			if p.Risks[scoring.RiskHigh] == n {
				names = append(names, fmt.Sprintf("%s (%d)", p.Name, n))
			}
		}
	}
	if len(names) == 0 {
		return ""
	}
	return "High risk in " + strings.Join(names, ", ") + "."
}

// topFindings is how many findings stand in the summary.
const topFindings = 4

func htmlFirst(s *sheet, a *scoring.Assessment) {
	s.put("<div><h3>What to do first</h3>\n")
	open := filter(a.Findings, func(f scoring.Finding) bool { return !f.Waived })
	if len(open) == 0 {
		s.put("<p>There is no open finding.</p></div>\n")
		return
	}
	s.put(`<ol class="first">`)
	for _, f := range open[:min(topFindings, len(open))] {
		s.put(`<li><a href="#finding-%">%</a><span class="meta">% · <span class="date">%</span> · %</span></li>`, f.ID, f.Title,
			or(f.Owner, "no owner"), or(f.Due, "no date"), f.Effort.String()+" effort")
	}
	s.put("</ol></div>\n")
}

func htmlTakes(s *sheet, a *scoring.Assessment) {
	s.put("<div><h3>What it takes</h3>\n<dl class=\"takes\">")
	for _, h := range scoring.Horizons() {
		fs := inHorizon(a, h)
		name, when, _ := strings.Cut(strings.TrimSuffix(horizonWords[h], ")"), " (")
		s.put(`<div><dt>% <span class="meta">%</span></dt><dd>%</dd></div>`, name, when, len(fs))
	}
	s.put("</dl>\n<ul class=\"plain\">")
	for _, line := range effortFacts(a) {
		s.put("<li>%</li>", line)
	}
	s.put("</ul></div>\n")
}

// places are where gaps are closed, in few words, from the cheapest to the dearest.
var places = []struct {
	fix   lens.Fix
	words string
}{
	{lens.Cloud, "cloud or way of working"},
	{lens.OverTheAir, "over the air"},
	{lens.FieldVisit, "on site"},
	{lens.Hardware, "new hardware"},
}

// effortFacts says what closing the open findings takes and where the plan is
// thin.
func effortFacts(a *scoring.Assessment) []string {
	effort, fix := map[lens.Level]int{}, map[lens.Fix]int{}
	var ownerless, overdue, compensate, waived int
	for _, f := range a.Findings {
		if f.Waived {
			waived++
			continue
		}
		effort[f.Effort]++
		fix[f.Fix]++
		if f.Owner == "" {
			ownerless++
		}
		if f.Due != "" && f.Due < a.Today {
			overdue++
		}
		if f.Compensate {
			compensate++
		}
	}
	var out []string
	words := func(label string, parts []string) {
		if len(parts) > 0 {
			out = append(out, label+strings.Join(parts, ", "))
		}
	}
	var efforts, where []string
	for _, l := range []lens.Level{lens.Low, lens.Medium, lens.High, ""} {
		if effort[l] > 0 {
			efforts = append(efforts, fmt.Sprintf("%d %s", effort[l], l))
		}
	}
	for _, p := range places {
		if fix[p.fix] > 0 {
			where = append(where, fmt.Sprintf("%d %s", fix[p.fix], p.words))
		}
	}
	words("By effort: ", efforts)
	words("By place: ", where)
	if compensate > 0 {
		out = append(out, fmt.Sprintf("%d can't be mended on what has shipped: compensate", compensate))
	}
	if ownerless > 0 {
		out = append(out, text.CountOf(ownerless, "has no owner yet", "have no owner yet"))
	}
	if overdue > 0 {
		out = append(out, text.CountOf(overdue, "is overdue", "are overdue"))
	}
	if waived > 0 {
		out = append(out, text.CountOf(waived, "is waived and not counted here", "are waived and not counted here"))
	}
	return out
}
