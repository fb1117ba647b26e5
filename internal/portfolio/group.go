package portfolio

import (
	"cmp"
	"math"
	"slices"
	"strings"
	"sync"

	"github.com/iotlens/iotlens/internal/lens"
	"github.com/iotlens/iotlens/internal/review"
	"github.com/iotlens/iotlens/internal/scoring"
)

var highest = lens.High.Rank()

// An lensIndex has what a sum looks up of a lens for every row.
type lensIndex struct {
	practices []*lens.Practice // in lens order
	questions []*lens.Question // of each
	in        []places         // of each
	asked     []places         // of each question, of all its best practices
	places    map[string]int
}

// places has indexes of pillars and layers in a lens, each once.
type places struct{ pillars, layers []int }

func (p *places) add(of places) {
	for _, at := range of.pillars {
		if !slices.Contains(p.pillars, at) {
			p.pillars = append(p.pillars, at)
		}
	}
	for _, at := range of.layers {
		if !slices.Contains(p.layers, at) {
			p.layers = append(p.layers, at)
		}
	}
}

func placesOf(l *lens.Lens, p *lens.Practice) places {
	var out places
	for i := range l.Pillars {
		if l.Pillars[i].ID == p.Pillar {
			out.pillars = append(out.pillars, i)
		}
	}
	for i := range l.Layers {
		if slices.Contains(p.Layers, l.Layers[i].ID) {
			out.layers = append(out.layers, i)
		}
	}
	return out
}

func (x *lensIndex) practice(id string) (*lens.Practice, int, bool) {
	place, ok := x.places[id]
	if !ok {
		return nil, 0, false
	}
	return x.practices[place], place, true
}

var indexes sync.Map // *lensIndex by *lens.Lens; there are few lenses, and they live as long as the program

func indexOf(l *lens.Lens) *lensIndex {
	if known, ok := indexes.Load(l); ok {
		return known.(*lensIndex)
	}
	x := &lensIndex{places: map[string]int{}}
	for q, p := range l.All() {
		x.places[p.ID] = len(x.practices)
		x.practices = append(x.practices, p)
		x.questions = append(x.questions, q)
		x.in = append(x.in, placesOf(l, p))
	}
	x.asked = make([]places, len(l.Questions))
	for i := range l.Questions {
		for j := range l.Questions[i].Practices {
			x.asked[i].add(placesOf(l, &l.Questions[i].Practices[j]))
		}
	}
	known, _ := indexes.LoadOrStore(l, x)
	return known.(*lensIndex)
}

// A groupBuilder builds a Group from the rows of one lens.
type groupBuilder struct {
	lens      *lens.Lens
	index     *lensIndex
	place     int // index in Builder.groups
	reviews   IDs
	earlier   IDs
	practices []Practice
	questions []Question
	pillars   []partBuilder
	layers    []partBuilder
}

// A partBuilder builds a Part. Weights are added up in millionths, as integers, so that the sum does
// not depend on the order of the rows.
type partBuilder struct {
	Part
	earned, possible int64
	lowest           []lowScore
}

type lowScore struct {
	score  float64
	file   string
	review ID
}

// lowestShown is the number of reviews in Part.Lowest.
const lowestShown = 10

// group returns the group of the lens of a row.
func (b *Builder) group(row *Row) *groupBuilder {
	l := row.Lens
	for _, g := range b.groups {
		if g.lens == l || g.lens.ID == l.ID && g.lens.Version == l.Version && g.lens.Revision == l.Revision && g.lens.Digest == l.Digest {
			return g
		}
	}
	g := &groupBuilder{lens: l, index: indexOf(l), place: len(b.groups)}
	for i, p := range g.index.practices {
		g.practices = append(g.practices, Practice{ID: p.ID, Title: strings.TrimSpace(p.Title), Question: g.index.questions[i].ID, Pillar: p.Pillar, Severity: p.Severity})
	}
	for i := range l.Questions {
		q := &l.Questions[i]
		g.questions = append(g.questions, Question{ID: q.ID, Topic: cmp.Or(q.Topic, q.Title), Pillar: q.Pillar, Layer: q.Layer})
	}
	for _, p := range l.Pillars {
		g.pillars = append(g.pillars, partBuilder{Part: Part{ID: p.ID, Name: p.Name}})
	}
	for _, y := range l.Layers {
		g.layers = append(g.layers, partBuilder{Part: Part{ID: y.ID, Name: y.Name}})
	}
	b.groups = append(b.groups, g)
	return g
}

// add counts a row.
func (g *groupBuilder) add(r *Review, row *Row) {
	g.reviews = append(g.reviews, r.ID)
	if row.AskedVersion != g.lens.Version || row.AskedRevision < g.lens.Revision {
		g.earlier = append(g.earlier, r.ID)
	}
	pillars, layers := make([]partCount, len(g.pillars)), make([]partCount, len(g.layers))
	for i := range row.Answers {
		g.answer(r.ID, &row.Answers[i], pillars, layers)
	}
	for _, q := range row.Questions {
		g.question(r.ID, q, pillars, layers)
	}
	for i := range g.pillars {
		g.pillars[i].add(r, row.Pillars[i], pillars[i])
		if t := row.Pillars[i]; t.InScope > 0 {
			r.Pillars = append(r.Pillars, Share{ID: g.pillars[i].ID, Score: percentOf(t.Score()), High: pillars[i].high})
		}
	}
	for i := range g.layers {
		g.layers[i].add(r, row.Layers[i], layers[i])
	}
}

// A partCount has the numbers of one row in a part, beside its tally.
type partCount struct {
	asked bool
	open  int
	high  int
}

func (g *groupBuilder) answer(id ID, a *Answer, pillars, layers []partCount) {
	of, open := &g.practices[a.Index], 0
	if a.Status != review.Unanswered && a.Finding && !a.Waived {
		open = 1
	}
	for _, at := range g.index.in[a.Index].pillars {
		pillars[at].asked, pillars[at].open = true, pillars[at].open+open
	}
	for _, at := range g.index.in[a.Index].layers {
		layers[at].asked, layers[at].open = true, layers[at].open+open
	}
	if a.Status != review.NotApplicable {
		of.Applicable++
	}
	switch {
	case a.Status == review.Unanswered:
		of.Missing = append(of.Missing, id)
	case a.Finding && a.Waived:
		of.Waived = append(of.Waived, id)
	case a.Finding:
		of.Open = append(of.Open, id)
	}
	if a.Status == review.CannotDetermine {
		of.Unknown = append(of.Unknown, id)
	}
}

// question counts a question in each pillar and layer in which it has a best practice.
func (g *groupBuilder) question(id ID, q QuestionRisk, pillars, layers []partCount) {
	of := &g.questions[q.Index]
	of.Asked++
	switch q.Risk {
	case scoring.RiskMedium:
		of.Medium = append(of.Medium, id)
	case scoring.RiskHigh:
		of.High = append(of.High, id)
		for _, at := range g.index.asked[q.Index].pillars {
			pillars[at].high++
		}
		for _, at := range g.index.asked[q.Index].layers {
			layers[at].high++
		}
	}
}

func (p *partBuilder) add(r *Review, t scoring.Tally, of partCount) {
	if !of.asked { // a question may have best practices in parts that the scope leaves out
		return
	}
	p.Reviews = append(p.Reviews, r.ID)
	p.Open += of.open
	if of.high > 0 {
		p.High = append(p.High, r.ID)
	}
	p.earned += int64(math.Round(t.Earned * 1e6))
	p.possible += int64(math.Round(t.Possible * 1e6))
	score, ok := t.Score()
	if !ok {
		return
	}
	low := lowScore{score, r.File, r.ID}
	at, _ := slices.BinarySearchFunc(p.lowest, low, func(a, b lowScore) int {
		return cmp.Or(cmp.Compare(a.score, b.score), cmp.Compare(a.file, b.file))
	})
	if at < lowestShown {
		p.lowest = slices.Insert(p.lowest, at, low)
		p.lowest = p.lowest[:min(len(p.lowest), lowestShown)]
	}
}

// build returns the group. The ids of reviews must be final.
func (g *groupBuilder) build() Group {
	l := g.lens
	out := Group{
		LensID: l.ID, LensName: l.Name, LensVersion: l.Version, LensRevision: l.Revision, LensDigest: l.Digest, Lens: l,
		Reviews: g.reviews, AskedEarlier: g.earlier, Pillars: buildParts(g.pillars), Layers: buildParts(g.layers),
	}
	out.Practices = slices.DeleteFunc(g.practices, func(p Practice) bool { return len(p.Open)+len(p.Waived)+len(p.Missing) == 0 })
	slices.SortStableFunc(out.Practices, func(a, b Practice) int {
		return cmp.Or(cmp.Compare(len(b.Open), len(a.Open)), cmp.Compare(b.Severity.Rank(), a.Severity.Rank()), cmp.Compare(len(b.Missing), len(a.Missing)))
	})
	out.Questions = slices.DeleteFunc(g.questions, func(q Question) bool { return len(q.High)+len(q.Medium) == 0 })
	slices.SortStableFunc(out.Questions, func(a, b Question) int {
		return cmp.Or(cmp.Compare(len(b.High), len(a.High)), cmp.Compare(len(b.Medium), len(a.Medium)))
	})
	return out
}

// buildParts lists the parts that some review has in scope, the lowest score first, those without
// a score last.
func buildParts(sums []partBuilder) []Part {
	var out []Part
	for _, s := range sums {
		if len(s.Reviews) == 0 {
			continue
		}
		s.Score = percentOf(scoring.Tally{Earned: float64(s.earned), Possible: float64(s.possible)}.Score())
		for _, low := range s.lowest {
			s.Lowest = append(s.Lowest, low.review)
		}
		out = append(out, s.Part)
	}
	slices.SortStableFunc(out, func(a, b Part) int { return compareScores(a.Score, b.Score) })
	return out
}
