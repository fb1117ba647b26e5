package gate

import (
	"cmp"
	"slices"

	"github.com/iotlens/iotlens/internal/lens"
	"github.com/iotlens/iotlens/internal/review"
	"github.com/iotlens/iotlens/internal/scoring"
)

// A Policy is what must hold. The zero Policy demands nothing but that waivers
// have not expired.
type Policy struct {
	Threshold                          // of the whole: AWS's best practices
	Pillars    map[string]Threshold    // by id, on top of that of the whole
	Layers     map[string]Threshold    // by id, on top of that of the whole
	Practices  map[string]PracticeRule // by id
	Hard       []string                // best practices that must be in place, whatever their severity and the baseline
	Soft       []string                // best practices that are reported and decide nothing
	Unanswered Meaning                 // what a best practice at the level comes to that nobody answered
	Unknown    Meaning                 // the same where nobody could say
}

// A Threshold is what a part of the lens must reach.
type Threshold struct {
	FailOn      lens.Level // lowest severity of a finding, and risk of a question, that fails; None for none; empty where nothing is said
	MinScore    float64    // percent; 0 demands nothing
	MinCoverage float64    // percent of the applicable AWS best practices that must be answered; 0 demands nothing
}

// None is the level at which no finding fails.
const None lens.Level = "none"

// A PracticeRule is what one best practice must reach.
type PracticeRule struct {
	FailOn  lens.Level    // as in a Threshold
	AtLeast review.Status // Implemented, or PartiallyImplemented where that is enough; empty is Implemented
}

// Meaning is what a missing answer comes to.
type Meaning string

// The meanings. The zero Meaning is Open.
const (
	Open Meaning = "incomplete" // the verdict is incomplete
	Gap  Meaning = "fail"       // it counts as a finding
	Note Meaning = "note"       // it is named and decides nothing
)

// Values lists the meanings.
func (Meaning) Values() []string { return []string{string(Open), string(Gap), string(Note)} }

func (m Meaning) outcome() Outcome {
	switch m {
	case Gap:
		return Failed
	case Note:
		return Passed
	}
	return Incomplete
}

// Accepted lists the best practices whose gaps in a review the policy accepts:
// soft ones, those on which no severity fails, and those that are in place as far
// as is asked. Assess with them (scoring.Options), so that the risks of questions
// leave them out.
func (p Policy) Accepted(r *review.Review) []string {
	out := slices.Clone(p.Soft)
	for id, rule := range p.Practices {
		enough := rule.AtLeast == review.PartiallyImplemented && r.Answers[id].Status == review.PartiallyImplemented
		if (rule.FailOn == None || enough) && !slices.Contains(out, id) && !slices.Contains(p.Hard, id) {
			out = append(out, id)
		}
	}
	slices.Sort(out)
	return out
}

// A demand is the level that something is held to, and the name of the setting
// that says so.
type demand struct {
	rule  Rule
	level lens.Level
}

// holds tells whether a severity is at the level. An unknown severity is at
// every level: what nobody rated can't be waved through.
func (d demand) holds(severity lens.Level) bool {
	rank := severity.Rank()
	return d.level != None && (rank == 0 || rank >= d.level.Rank())
}

// below says why something is not held to the demand.
func (d demand) below() string {
	if d.level == None {
		return "no severity fails"
	}
	return "below " + string(d.level)
}

// of returns what a best practice is held to: its own rule, or else the strictest
// of its pillar and its layers, or else that of the whole.
func (p Policy) of(id, pillar string, layers []string) demand {
	if own := p.Practices[id].FailOn; own != "" {
		return demand{Rule{"practices." + id, "fail_on"}, own}
	}
	return p.part(pillar, layers)
}

func (p Policy) part(pillar string, layers []string) demand {
	best := demand{Rule{"pillars." + pillar, "fail_on"}, p.Pillars[pillar].FailOn}
	for _, id := range layers {
		best = best.strictest(demand{Rule{"layers." + id, "fail_on"}, p.Layers[id].FailOn})
	}
	if best.level != "" {
		return best
	}
	return demand{Rule{Setting: "fail_on"}, cmp.Or(p.FailOn, None)}
}

// strictest is d, or else other where that is stricter: it holds more severities.
// A level that says nothing is the least strict, then None.
func (d demand) strictest(other demand) demand {
	if other.level != "" && (d.level == "" || other.level.Rank() > 0 && (d.level == None || other.level.Rank() < d.level.Rank())) {
		return other
	}
	return d
}

// practice is what of returns for a best practice of an assessment.
func (p Policy) practice(b *scoring.Practice) demand { return p.of(b.ID, b.Pillar, b.Layers) }
