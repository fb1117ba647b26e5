// Package compare says what changed between two states of a review: the answer
// to "what got better, what got worse" and to "what may a gate stop on".
//
// Each source, a review file, a saved JSON report or a review of another tool,
// is first brought to a Snapshot; Compare takes two of them. It is pure, and it
// never takes absence for a pass: a finding that the newer state leaves out of
// its scope, does not answer or no longer asks is gone, not resolved, and is
// named with the reason.
package compare

import (
	"github.com/iotlens/iotlens/internal/lens"
	"github.com/iotlens/iotlens/internal/review"
	"github.com/iotlens/iotlens/internal/scoring"
)

// Kind is what a snapshot was made from.
type Kind string

// The kinds.
const (
	ReviewFile Kind = "review file"
	Report     Kind = "saved report"
	// AWSReview is a file of the open schema aws-well-architected-framework-review-v1.
	// Where one is compared, findings are sorted the way that schema's own gate
	// does it: by status alone. Severity, size of the gap and waivers don't count.
	AWSReview Kind = "aws review"
)

// A Source says where a snapshot comes from.
type Source struct {
	Name        string // as the user named it, usually a path
	Kind        Kind
	Workload    string
	LensID      string // empty where the source doesn't say
	LensVersion string // of the lens that was answered; empty where the source doesn't say
	AsOf        string // day on which it was judged, YYYY-MM-DD; empty where the source doesn't say
	Scope       review.Scope
	Mode        scoring.Mode // how risks were read; empty where the source doesn't say
	Schema      string       // version of the open review schema; empty elsewhere
	Depth       string       // how much an open review looked at, in its words: full, quick, pillar-scoped, score
}

// A Snapshot is one state of a review, as far as a comparison needs it.
type Snapshot struct {
	Source
	Practices []Practice // in scope, in the source's order; each id once
	Questions []Question // in scope; none where the source has no risks
	Areas     []Area     // the whole, its layer banks, pillars, layers; none where the source has no scores
	Advisory  []Practice // gaps without an id, which nothing can pair; only in an open review

	// Lens is the lens that was answered, where it is at hand. It tells a best
	// practice that is out of scope from one that the lens doesn't have, and what
	// was reworded.
	Lens *lens.Lens
}

// A Practice is the state of one best practice in scope.
type Practice struct {
	ID            string
	Title         string // empty where the source has none
	Question      string // id
	Pillar        string // id
	Layers        []string
	Severity      lens.Level // empty where nobody rated it
	Waived        bool       // a waiver was given for it, whether it still holds or not
	review.Answer            // of an open review its status alone
}

// A Question is the risk of one question.
type Question struct {
	ID, Title string
	Risk      scoring.Risk
	Accepted  scoring.Risk // Risk as it would be if what is waived or accepted were in place
	Best      scoring.Risk // Accepted as it would be if what is unanswered or unknown were in place, too
}

// An Area is a part of the lens with its scores.
type Area struct {
	Kind     AreaKind
	ID       string // of a pillar or layer; empty elsewhere
	Name     string
	Score    Percent
	Coverage Percent
	High     int // AWS's questions at high risk
	Medium   int
	Findings int
}

// AreaKind is what part of the lens an area is.
type AreaKind string

// The kinds of area.
const (
	Overall    AreaKind = "overall"     // AWS's best practices
	LayerBanks AreaKind = "layer banks" // those beyond AWS's
	Pillar     AreaKind = "pillar"
	Layer      AreaKind = "layer"
)

// A Percent may be unknown, which is neither 0 nor 100.
type Percent struct {
	Value float64
	Known bool
}

// FromAssessment makes the snapshot of an assessment. The lens is nil where the
// one that was assessed isn't at hand.
func FromAssessment(name string, kind Kind, a *scoring.Assessment, l *lens.Lens) Snapshot {
	s := Snapshot{
		Source: Source{
			Name: name, Kind: kind, Workload: a.Workload.Name, LensID: a.LensID, LensVersion: a.ReviewLensVersion,
			AsOf: a.Today, Scope: a.Scope, Mode: a.Mode,
		},
		Lens: l,
	}
	for _, f := range a.Findings {
		p := practice(f.Practice)
		p.Waived = f.Waiver != nil
		s.Practices = append(s.Practices, p)
	}
	for i := range a.Practices {
		if p := &a.Practices[i]; !p.Finding() {
			s.Practices = append(s.Practices, practice(p))
		}
	}
	for _, q := range a.Questions {
		s.Questions = append(s.Questions, Question{q.ID, q.Title, q.Risk, q.Accepted, q.Best})
	}
	s.Areas = areas(a)
	return s
}

func practice(p *scoring.Practice) Practice {
	return Practice{
		ID: p.ID, Title: p.Title, Question: p.Question, Pillar: p.Pillar, Layers: p.Layers,
		Severity: p.Severity, Answer: p.Answer,
	}
}

func areas(a *scoring.Assessment) []Area {
	whole, banks := area(Overall, "", "Overall", a.Lens), area(LayerBanks, "", "Layer banks", a.LayerBanks)
	for _, f := range a.Findings {
		if f.FromLayer {
			banks.Findings++
		} else {
			whole.Findings++
		}
	}
	for _, q := range a.Questions {
		switch {
		case q.AWS() && q.Risk == scoring.RiskHigh:
			whole.High++
		case q.AWS() && q.Risk == scoring.RiskMedium:
			whole.Medium++
		}
	}
	out := []Area{whole, banks}
	for _, parts := range []struct {
		kind AreaKind
		list []scoring.Part
	}{{Pillar, a.Pillars}, {Layer, a.Layers}} {
		for _, p := range parts.list {
			one := area(parts.kind, p.ID, p.Name, p.Lens)
			one.High, one.Medium, one.Findings = p.Risks[scoring.RiskHigh], p.Risks[scoring.RiskMedium], p.Findings
			out = append(out, one)
		}
	}
	return out
}

func area(kind AreaKind, id, name string, t scoring.Tally) Area {
	a := Area{Kind: kind, ID: id, Name: name}
	a.Score.Value, a.Score.Known = t.Score()
	a.Coverage.Value, a.Coverage.Known = t.Coverage()
	return a
}
