// Package compare finds what changed between two states of a review: what got better, what
// got worse, and what a gate may stop on.
//
// A review file, a saved JSON report or a review of another tool is first converted to a
// Snapshot; Compare takes two of them. The package does no I/O. It never treats absence as a
// pass: a finding that the newer state does not answer, no longer asks or leaves out of its
// scope is gone, not resolved, and has a cause that says why.
package compare

import (
	"slices"

	"github.com/iotlens/iotlens/internal/lens"
	"github.com/iotlens/iotlens/internal/review"
	"github.com/iotlens/iotlens/internal/scoring"
)

// Kind is the kind of a source.
type Kind string

// The kinds.
const (
	ReviewFile Kind = "review file"
	Report     Kind = "saved report"
	// AWSReview is a file of the open schema aws-well-architected-framework-review-v1.
	// If one of the two states is such a review, findings are classified as that schema's own
	// gate does it: by status only. Severity, extent and waivers do not count.
	AWSReview Kind = "aws review"
)

// Values lists the kinds.
func (Kind) Values() []string { return lens.Strings(ReviewFile, Report, AWSReview) }

// A Source is where a snapshot comes from.
type Source struct {
	Name        string       `json:"name"` // as the user gave it, usually a path
	Kind        Kind         `json:"kind"`
	Workload    string       `json:"workload,omitempty"`
	LensID      string       `json:"lens,omitempty"`          // empty if the source has none
	LensVersion string       `json:"lens_version,omitempty"`  // of the lens that was answered; empty if the source has none
	Revision    int          `json:"lens_revision,omitempty"` // of the lens with which it was last asked; 0 if the source has none
	Digest      string       `json:"lens_digest,omitempty"`   // of that revision, first 12 hex digits; empty if the source has none
	AsOf        string       `json:"as_of,omitempty"`         // day on which it was judged, YYYY-MM-DD; empty if the source has none
	Scope       review.Scope `json:"scope"`
	Mode        scoring.Mode `json:"scoring,omitempty"` // how risks were scored; empty if the source has none
	Schema      string       `json:"-"`                 // version of the open review schema; empty for other kinds
	Depth       string       `json:"-"`                 // how much an open review covered: full, quick, pillar-scoped or score
}

// A Snapshot is one state of a review, as far as a comparison needs it.
type Snapshot struct {
	Source
	Practices     []Practice         // in scope, in the source's order; each id once
	Questions     []scoring.Question // in scope; none if the source has no risks
	Areas         []Area             // the whole, its layer banks, pillars, layers; none if the source has no scores
	GapsWithoutID []Practice         // gaps that cannot be paired; only in an open review
	OpenFindings  int                // number of findings that no waiver covered on AsOf

	// Lens is the lens with which the state was last asked; nil if it is not available. It
	// shows what was reworded.
	Lens *lens.Lens

	// AskedIDs has the best practices of the lens with which the state was last asked, and
	// LensIDs those of the lens that it was assessed with, which may be of a later revision.
	// They distinguish best practices that were out of scope from those that the lens did not
	// ask. Nil if not known.
	AskedIDs, LensIDs []string

	Profile  review.Profile // empty if the source has none
	SetAside []string       // ids of best practices that the profile sets aside: in scope, unanswered and not counted

	Waivers     []review.Waiver
	UsedEdition Edition // of the lens that it was assessed with; empty if the source has none
	LensEdited  bool    // that lens has the id of the shipped one and other content

	// Retired is what the lens that it was assessed with no longer asks.
	Retired []lens.Retired

	order *lens.Lens // gives the order of ids; nil if not available
}

// A Practice is the state of one best practice in scope.
type Practice struct {
	ID            string
	Title         string // empty if the source has none
	Question      string // id
	Pillar        string // id
	Layers        []string
	Severity      lens.Level // empty if it is unrated
	Waived        bool       // it has a waiver, active or not
	Implied       bool       // it is not applicable because of another answer to its question or of the profile; nobody answered so
	review.Answer            // of an open review only the status is set
}

// An Area is a part of the lens with its scores.
type Area struct {
	Kind     AreaKind
	ID       string // of a pillar or layer; empty elsewhere
	Name     string
	Score    Percent
	Coverage Percent
	High     int // questions at high risk, layer banks included; of a pillar or layer, those with a best practice there
	Medium   int
	Findings int
}

// AreaKind is the kind of part of the lens that an area is.
type AreaKind string

// The kinds of area.
const (
	Overall    AreaKind = "overall"     // the whole lens: score and coverage without layer banks, questions and findings with them
	LayerBanks AreaKind = "layer banks" // the banks of layers and parts
	Pillar     AreaKind = "pillar"
	Layer      AreaKind = "layer"
)

// Values lists the kinds.
func (AreaKind) Values() []string { return lens.Strings(Overall, LayerBanks, Pillar, Layer) }

// A Percent is a percentage that may be unknown, which is neither 0 nor 100.
type Percent struct {
	Value float64
	Known bool
}

// FromAssessment makes the snapshot of an assessment. l is the lens of the assessment; nil if
// it is not available, as for a saved report of another lens.
func FromAssessment(name string, kind Kind, a *scoring.Assessment, l *lens.Lens) Snapshot {
	s := Snapshot{
		Source: Source{
			Name: name, Kind: kind, Workload: a.Workload.Name, LensID: a.LensID, LensVersion: a.ReviewLensVersion,
			Revision: max(a.ReviewLensRevision, 1), Digest: a.ReviewLensDigest, AsOf: a.Today, Scope: a.Scope, Mode: a.Mode,
		},
	}
	s.Profile, s.UsedEdition = a.Workload.Profile, EditionOf(a)
	for _, w := range a.Waivers {
		s.Waivers = append(s.Waivers, w.Waiver)
	}
	for _, p := range a.SetAside {
		s.SetAside = append(s.SetAside, p.Practice)
	}
	s.asked(a, l)
	waived := map[string]bool{}
	for i := range a.Findings {
		f := &a.Findings[i]
		waived[f.ID] = f.Waiver != nil
	}
	s.Practices = make([]Practice, 0, len(a.Practices))
	for i := range a.Practices {
		p := &a.Practices[i]
		s.Practices = append(s.Practices, Practice{
			ID: p.ID, Title: p.Title, Question: p.Question, Pillar: p.Pillar, Layers: p.Layers,
			Severity: p.Severity, Waived: waived[p.ID], Implied: p.Settled || p.RuledOutByProfile, Answer: p.Answer,
		})
	}
	for _, f := range a.Findings {
		if !f.Waived {
			s.OpenFindings++
		}
	}
	s.Questions = a.Questions
	s.Areas = areas(a)
	return s
}

// EditionOf is the edition of the lens by which an assessment was scored.
func EditionOf(a *scoring.Assessment) Edition {
	return Edition{a.LensVersion, max(a.LensRevision, 1), lens.ShortDigest(a.LensDigest)}
}

// asked records which best practices the state was asked, and with which lens.
func (s *Snapshot) asked(a *scoring.Assessment, l *lens.Lens) {
	if len(a.OutOfScopeIDs) == a.OutOfScope {
		s.LensIDs = slices.Concat(a.OutOfScopeIDs, s.SetAside)
		for _, p := range a.Practices {
			s.LensIDs = append(s.LensIDs, p.ID)
		}
	}
	s.order = l
	switch {
	case l == nil:
		s.AskedIDs = s.LensIDs
	case l.Version != s.LensVersion:
	case l.Revision == s.Revision && (s.Digest == "" || s.Digest == lens.ShortDigest(l.Digest)):
		s.Lens, s.AskedIDs = l, s.LensIDs
	case l.Revision != s.Revision:
		s.AskedIDs = l.AskedIn(s.Revision)
	}
	if l != nil {
		s.Retired = l.Retired
	}
}

func areas(a *scoring.Assessment) []Area {
	whole := scoring.Part{Name: "Overall", Lens: a.Lens, Risks: map[scoring.Risk]int{}}
	banks := scoring.Part{Name: "Layer banks", Lens: a.LayerBanks, Risks: map[scoring.Risk]int{}}
	whole.Findings = len(a.Findings)
	for _, f := range a.Findings {
		if f.FromLayer {
			banks.Findings++
		}
	}
	for _, q := range a.Questions {
		whole.Risks[q.Risk]++
		if !q.AWS() {
			banks.Risks[q.Risk]++
		}
	}
	out := []Area{area(Overall, whole), area(LayerBanks, banks)}
	for _, p := range a.Pillars {
		out = append(out, area(Pillar, p))
	}
	for _, p := range a.Layers {
		out = append(out, area(Layer, p))
	}
	return out
}

func area(kind AreaKind, p scoring.Part) Area {
	a := Area{Kind: kind, ID: p.ID, Name: p.Name, High: p.Risks[scoring.RiskHigh], Medium: p.Risks[scoring.RiskMedium], Findings: p.Findings}
	a.Score.Value, a.Score.Known = p.Lens.Score()
	a.Coverage.Value, a.Coverage.Known = p.Lens.Coverage()
	return a
}
