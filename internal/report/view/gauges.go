package view

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/iotlens/iotlens/internal/lens"
	"github.com/iotlens/iotlens/internal/scoring"
	"github.com/iotlens/iotlens/internal/text"
)

// highRiskAreas names the pillars and layer banks with questions at high risk, most
// first; empty where there are none.
func highRiskAreas(a *scoring.Assessment) string {
	type area struct {
		name string
		n    int
	}
	var areas []area
	high := questionsAtRisk(a, scoring.RiskHigh)
	add := func(name string, in func(scoring.Question) bool) {
		if n := count(high, in); n > 0 {
			areas = append(areas, area{name, n})
		}
	}
	for _, p := range a.Pillars {
		add(p.Name, func(q scoring.Question) bool { return q.AWS() && q.Pillar == p.ID })
	}
	for _, l := range a.Layers {
		add(l.Name+" bank", func(q scoring.Question) bool { return q.Layer == l.ID })
	}
	for _, name := range partNames(a) {
		add(name+" questions", func(q scoring.Question) bool { return q.Part == name })
	}
	if len(areas) == 0 {
		return ""
	}
	slices.SortStableFunc(areas, func(x, y area) int { return y.n - x.n })
	names := Map(areas, func(a area) string { return fmt.Sprintf("%s (%d)", a.name, a.n) })
	return "High risk in " + strings.Join(names, ", ") + "."
}

// A Gauge is a percentage that is drawn as part of a ring.
type Gauge struct {
	Name, Note string
	Value      float64
	Known      bool // there is a value
	Coverage   bool // it is how much was answered, which is neither good nor bad
	Overall    bool // it is about the whole
}

// Words is what a dial shows, as a phrase.
func (d Gauge) Words() string {
	what := "score"
	if d.Coverage {
		what = "coverage"
	}
	return d.Name + ": " + what + " " + percentOrNotAssessed(d.Value, d.Known)
}

// Text is the number in the dial; a dash where there is none.
func (d Gauge) Text() string {
	if !d.Known {
		return "–"
	}
	return strconv.Itoa(text.WholePercent(d.Value))
}

// Gauges lists score and coverage of the whole, and the score of each pillar.
func Gauges(a *scoring.Assessment) []Gauge {
	dial := func(name, note string, t scoring.Tally) Gauge {
		d := Gauge{Name: name, Note: note}
		d.Value, d.Known = t.Score()
		return d
	}
	out := []Gauge{dial("Score", lowerFirst(a.PracticesName()), a.Lens), {Name: "Coverage", Note: answeredText(a.Lens), Coverage: true}}
	out[1].Value, out[1].Known = a.Lens.Coverage()
	if a.LayerBanks.InScope > 0 {
		out = append(out, dial(ownBanksTitle(a), answeredText(a.LayerBanks), a.LayerBanks))
	}
	for i := range out {
		out[i].Overall = true
	}
	for _, p := range a.Pillars {
		if p.Lens.InScope > 0 {
			out = append(out, dial(p.Name, text.Count(p.Findings, "finding"), p.Lens))
		}
	}
	return out
}

// WorkloadFacts lists in a few words what kind of workload it is.
func WorkloadFacts(a *scoring.Assessment) []string {
	w, p := a.Workload, a.Workload.Profile
	var out []string
	add := func(when bool, fact string) {
		if when {
			out = append(out, fact)
		}
	}
	add(w.Environment != "", strings.ToLower(string(w.Environment)))
	add(p.Stage != "" && !strings.EqualFold(p.Stage, string(w.Environment)), "stage: "+p.Stage)
	add(p.FleetSize > 0, Thousands(p.FleetSize)+" devices")
	add(p.Segment != "", p.Segment)
	add(p.SafetyCritical != nil && *p.SafetyCritical, "safety-critical")
	add(p.PersonalData != nil && *p.PersonalData, "personal data")
	add(p.FieldUpdatable != nil && *p.FieldUpdatable, "updatable in the field")
	add(p.FieldUpdatable != nil && !*p.FieldUpdatable, "not updatable in the field")
	add(w.ReviewOwner != "", "review owner: "+w.ReviewOwner)
	return out
}

// Thousands writes a number with a comma between groups of three digits.
func Thousands(n int) string {
	s := strconv.Itoa(n)
	for i := len(s) - 3; i > 0 && s[i-1] != '-'; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}

// effortNotes lists what the plan leaves at high risk, and what closing the open findings takes.
func effortNotes(a *scoring.Assessment) []string {
	open := OpenFindings(a)
	var efforts, places, out []string
	if a.Effect != nil && len(a.Effect.Left) > 0 {
		out = append(out, "Still at high risk after Next, waived or unanswered: "+strings.Join(a.Effect.Left, ", "))
	}
	add := func(to *[]string, n int, one, many string) {
		if n > 0 {
			*to = append(*to, text.Plural(n, one, many))
		}
	}
	for _, l := range []lens.Level{lens.Low, lens.Medium, lens.High, ""} {
		add(&efforts, count(open, func(f scoring.Finding) bool { return f.Effort == l }), l.String(), l.String())
	}
	for _, p := range []struct {
		fix   lens.Fix
		words string
	}{{lens.Process, "way of working"}, {lens.Cloud, "in the cloud"}, {lens.OverTheAir, "over the air"}, {lens.FieldVisit, "on site"}, {lens.Hardware, "new hardware"}} {
		add(&places, count(open, func(f scoring.Finding) bool { return f.Fix == p.fix }), p.words, p.words)
	}
	for _, list := range []struct {
		lead  string
		parts []string
	}{{"By effort: ", efforts}, {"By place: ", places}} {
		if len(list.parts) > 0 {
			out = append(out, list.lead+strings.Join(list.parts, ", "))
		}
	}
	return out
}
