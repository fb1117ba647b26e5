package gate

import (
	"cmp"
	"slices"

	"github.com/iotlens/iotlens/internal/framework"
	"github.com/iotlens/iotlens/internal/lens"
	"github.com/iotlens/iotlens/internal/review"
	"github.com/iotlens/iotlens/internal/scoring"
)

// A Policy is what a review must meet. The zero Policy requires only that something was
// assessed and that no waiver has expired.
type Policy struct {
	Threshold                            // for the whole lens, without layer banks
	Pillars      map[string]Threshold    // by id, in addition to that for the whole lens
	Layers       map[string]Threshold    // by id, in addition to that for the whole lens
	Practices    map[string]PracticeRule // by id
	Hard         []string                // ids of best practices that must be in place, whatever their severity and the baseline
	Soft         []string                // ids of best practices that are reported and never fail
	Unanswered   Enforcement             // of an unanswered best practice whose severity would fail
	Unknown      Enforcement             // of a "don't know" whose severity would fail
	Severity     SeveritySource          // whose severity of a best practice counts
	NewQuestions NewQuestions            // enforcement of what a later revision of the lens newly asks or no longer asks
	Safeguards   Safeguards
	Require      []framework.Requirement // frameworks and provisions that must be met
	Sources      map[string]string       // where each setting was made, by its key: a flag, a variable, file:line or "default"
}

// Default returns the policy if nothing is set. The verdict of every report is at least
// as strict.
func Default() Policy {
	return Policy{
		Threshold:  Threshold{FailOn: lens.High, MinCoverage: 100},
		Unanswered: EnforceIncomplete, Unknown: EnforceIncomplete, NewQuestions: NewQuestionsNote, Severity: SeverityPublished,
		Safeguards: Safeguards{Relaxations: EnforceIncomplete},
	}
}

// A Threshold is what the whole lens, a pillar or a layer must reach.
type Threshold struct {
	FailOn      lens.Level // lowest severity of a finding, and lowest risk of a question, that fails; LevelNone if none does; empty if not set
	MinScore    float64    // percent; 0 requires nothing
	MinCoverage float64    // percent of the applicable best practices of the lens that must be answered; 0 requires nothing
}

// LevelNone is the FailOn at which no finding fails.
const LevelNone lens.Level = "none"

// A PracticeRule is what one best practice must reach.
type PracticeRule struct {
	FailOn  lens.Level    // as in a Threshold
	AtLeast review.Status // Implemented, or PartiallyImplemented if that is enough; empty is Implemented
}

// Enforcement is what a policy does about something it finds, such as a missing answer or
// an overdue finding.
type Enforcement string

// The enforcements. An empty one is EnforceIncomplete unless the setting says otherwise.
const (
	EnforceIncomplete Enforcement = "incomplete" // the verdict is incomplete
	EnforceFail       Enforcement = "fail"       // the verdict is failed
	EnforceNote       Enforcement = "note"       // it is noted and does not change the outcome
)

// Values lists the enforcements.
func (Enforcement) Values() []string {
	return lens.Strings(EnforceIncomplete, EnforceFail, EnforceNote)
}

func (e Enforcement) outcome() Outcome {
	switch e {
	case EnforceFail:
		return Failed
	case EnforceNote:
		return Passed
	}
	return Incomplete
}

// SeveritySource is whose severity of a best practice a gate uses.
type SeveritySource string

// The sources. An empty one is SeverityPublished.
const (
	SeverityPublished SeveritySource = "published" // that of the lens: AWS's
	SeverityOurs      SeveritySource = "ours"      // ours, if the bank has one of its own
)

// Values lists the sources.
func (SeveritySource) Values() []string { return lens.Strings(SeverityPublished, SeverityOurs) }

// NewQuestions is the enforcement of unanswered best practices that a later revision of
// the lens newly asks, and of answers that it no longer asks.
type NewQuestions string

// The enforcements. An empty one is NewQuestionsNote.
const (
	NewQuestionsNote       NewQuestions = "note"       // they are noted and do not change the outcome
	NewQuestionsIncomplete NewQuestions = "incomplete" // the verdict is incomplete
)

// Values lists the enforcements.
func (NewQuestions) Values() []string { return lens.Strings(NewQuestionsNote, NewQuestionsIncomplete) }

func (n NewQuestions) outcome() Outcome {
	if n == NewQuestionsIncomplete {
		return Incomplete
	}
	return Passed
}

// isDefault reports whether nobody made the setting behind a rule.
func (p Policy) isDefault(r Rule) bool {
	source := p.Sources[r.String()]
	return source == "" || source == "default"
}

// AcceptedGaps lists the best practices whose gaps in a review the policy accepts: those
// on the soft list, those whose own rule fails on no severity, those that are implemented
// as far as their rule requires, and newlyAsked, which are the unanswered ones that the
// lens newly asks (review.NewlyAsked) and NewQuestions covers. Assess the review with them
// (scoring.Options), so that the risks of questions leave them out.
func (p Policy) AcceptedGaps(r *review.Review, newlyAsked []string) []string {
	out := append(slices.Clone(p.Soft), p.withoutHard(newlyAsked)...)
	for id, rule := range p.Practices {
		enough := rule.AtLeast == review.PartiallyImplemented && r.Answers[id].Status == review.PartiallyImplemented
		if (rule.FailOn == LevelNone || enough) && !slices.Contains(out, id) && !slices.Contains(p.Hard, id) {
			out = append(out, id)
		}
	}
	slices.Sort(out)
	return out
}

// withoutHard removes the best practices of the hard list from newlyAsked: they must be in
// place, newly asked or not.
func (p Policy) withoutHard(newlyAsked []string) []string {
	return slices.DeleteFunc(slices.Clone(newlyAsked), func(id string) bool { return slices.Contains(p.Hard, id) })
}

// A failLevel is the lowest severity that fails, and the setting that it comes from.
type failLevel struct {
	rule  Rule
	level lens.Level
}

// fails reports whether a severity fails. An unrated severity fails at every level except
// LevelNone.
func (f failLevel) fails(severity lens.Level) bool {
	rank := severity.Rank()
	return f.level != LevelNone && (rank == 0 || rank >= f.level.Rank())
}

// whyPasses is the reason why a severity that does not fail passes.
func (f failLevel) whyPasses() string {
	if f.level == LevelNone {
		return "no severity fails"
	}
	return "below " + string(f.level)
}

// stricter returns the level at which more severities fail; a if both are equally strict.
func stricter(a, b failLevel) failLevel {
	if strictness(b.level) > strictness(a.level) {
		return b
	}
	return a
}

// strictness orders levels: not set, LevelNone, critical, high, medium, low.
func strictness(l lens.Level) int {
	switch l {
	case "":
		return 0
	case LevelNone:
		return 1
	default:
		return lens.Critical.Rank() + 2 - l.Rank()
	}
}

// practiceFailLevel returns the level for a best practice: that of its own rule, else the
// strictest of its pillar and its layers, else that of the whole lens.
func (p Policy) practiceFailLevel(practice *scoring.Practice) failLevel {
	if own := p.Practices[practice.ID].FailOn; own != "" {
		return failLevel{Rule{"practices." + practice.ID, "fail_on"}, own}
	}
	return p.partFailLevel(practice.Pillar, practice.Layers)
}

// partFailLevel returns the strictest level of a pillar and of layers, else that of the
// whole lens.
func (p Policy) partFailLevel(pillar string, layers []string) failLevel {
	if len(p.Pillars)+len(p.Layers) == 0 {
		return failLevel{Rule{Setting: "fail_on"}, cmp.Or(p.FailOn, LevelNone)}
	}
	strictest := failLevel{Rule{"pillars." + pillar, "fail_on"}, p.Pillars[pillar].FailOn}
	for _, id := range layers {
		strictest = stricter(strictest, failLevel{Rule{"layers." + id, "fail_on"}, p.Layers[id].FailOn})
	}
	if strictest.level == "" {
		return failLevel{Rule{Setting: "fail_on"}, cmp.Or(p.FailOn, LevelNone)}
	}
	return strictest
}
