package gate

import (
	"cmp"
	"slices"

	"github.com/iotlens/iotlens/internal/framework"
	"github.com/iotlens/iotlens/internal/lens"
	"github.com/iotlens/iotlens/internal/review"
	"github.com/iotlens/iotlens/internal/scoring"
)

// A Policy is what a review must meet. The zero Policy requires only that no
// waiver has expired.
type Policy struct {
	Threshold                            // of the whole: AWS's best practices
	Pillars      map[string]Threshold    // by id, on top of that of the whole
	Layers       map[string]Threshold    // by id, on top of that of the whole
	Practices    map[string]PracticeRule // by id
	Hard         []string                // best practices that must be in place, whatever their severity and the baseline
	Soft         []string                // best practices that are reported and decide nothing
	Unanswered   Enforcement             // outcome of an unanswered best practice at the level
	Unknown      Enforcement             // outcome of a "don't know" at the level
	Severity     SeveritySource          // whose severity of a best practice counts
	NewQuestions NewQuestions            // outcome of what a later revision of the lens newly asks or no longer asks
	Safeguards   Safeguards
	Require      []framework.Requirement // provisions that must be met
	Sources      map[string]string       // where each setting was made, by its key: a flag, a variable, file:line, "default"
}

// Default is the policy where nothing is set. The verdict of every report is at least
// as strict.
func Default() Policy {
	return Policy{
		Threshold:  Threshold{FailOn: lens.High, MinCoverage: 100},
		Unanswered: EnforceIncomplete, Unknown: EnforceIncomplete, NewQuestions: NewQuestionsNote, Severity: SeverityPublished,
		Safeguards: Safeguards{Relaxations: EnforceIncomplete},
	}
}

// A Threshold is what a part of the lens must reach.
type Threshold struct {
	FailOn      lens.Level // lowest severity of a finding, and risk of a question, that fails; None for none; empty where none is set
	MinScore    float64    // percent; 0 requires nothing
	MinCoverage float64    // percent of the applicable AWS best practices that must be answered; 0 requires nothing
}

// LevelNone is the level at which no finding fails.
const LevelNone lens.Level = "none"

// A PracticeRule is what one best practice must reach.
type PracticeRule struct {
	FailOn  lens.Level    // as in a Threshold
	AtLeast review.Status // Implemented, or PartiallyImplemented where that is enough; empty is Implemented
}

// Enforcement is the outcome of a missing answer.
type Enforcement string

// The enforcements. The zero value is EnforceIncomplete.
const (
	EnforceIncomplete Enforcement = "incomplete" // the verdict is incomplete
	EnforceFail       Enforcement = "fail"       // it counts as a finding
	EnforceNote       Enforcement = "note"       // it is noted and decides nothing
)

// Values lists the outcomes of a missing answer.
func (Enforcement) Values() []string {
	return lens.Strings(EnforceIncomplete, EnforceFail, EnforceNote)
}

// SeveritySource is whose severity of a best practice a gate takes.
type SeveritySource string

// Whose severities there are. The zero Severity is SeverityPublished.
const (
	SeverityPublished SeveritySource = "published" // that of the lens: AWS's
	SeverityOurs      SeveritySource = "ours"      // ours, where the bank has one of its own
)

// Values lists whose severities there are.
func (SeveritySource) Values() []string { return lens.Strings(SeverityPublished, SeverityOurs) }

// NewQuestions is the outcome of what a later revision of the lens newly asks, as
// long as it is unanswered, and of answers that it no longer asks.
type NewQuestions string

// The outcomes. The zero NewQuestions is NewNote.
const (
	NewQuestionsNote       NewQuestions = "note"       // it is noted and decides nothing
	NewQuestionsIncomplete NewQuestions = "incomplete" // the verdict is incomplete
)

func (n NewQuestions) outcome() Outcome {
	if n == NewQuestionsIncomplete {
		return Incomplete
	}
	return Passed
}

// Values lists the outcomes.
func (NewQuestions) Values() []string { return lens.Strings(NewQuestionsNote, NewQuestionsIncomplete) }

func (m Enforcement) outcome() Outcome {
	switch m {
	case EnforceFail:
		return Failed
	case EnforceNote:
		return Passed
	}
	return Incomplete
}

// isDefault tells whether nobody made the setting behind a rule.
func (p Policy) isDefault(r Rule) bool {
	from := p.Sources[r.String()]
	return from == "" || from == "default"
}

// AcceptedGaps lists the best practices whose gaps in a review the policy accepts:
// soft ones, those on which no severity fails, those that are implemented as far as
// their rule requires, and those that the lens newly asks and that are unanswered
// (review.NewlyAsked), which have their own rule. Assess with them
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

// withoutHard leaves out what the policy has on its hard list: it must be in place,
// newly asked or not.
func (p Policy) withoutHard(newlyAsked []string) []string {
	return slices.DeleteFunc(slices.Clone(newlyAsked), func(id string) bool { return slices.Contains(p.Hard, id) })
}

// A failLevel is the lowest severity that fails, and the setting that it comes from.
type failLevel struct {
	rule  Rule
	level lens.Level
}

// fails tells whether a severity fails at the level. An unrated severity
// fails at every level but None.
func (f failLevel) fails(severity lens.Level) bool {
	rank := severity.Rank()
	return f.level != LevelNone && (rank == 0 || rank >= f.level.Rank())
}

// whyPasses is the reason why a severity does not fail.
func (f failLevel) whyPasses() string {
	if f.level == LevelNone {
		return "no severity fails"
	}
	return "below " + string(f.level)
}

// stricter returns the stricter of two levels: the one at which more fails. Where
// they are equally strict, it is the first.
func stricter(a, b failLevel) failLevel {
	if strictness(b.level) > strictness(a.level) {
		return b
	}
	return a
}

// strictness orders levels: none that is set, None, Critical, high, medium, low.
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

// practiceFailLevel returns the level of a best practice: that of its own rule, or else the
// strictest of its pillar and its layers, or else that of the whole.
func (p Policy) practiceFailLevel(b *scoring.Practice) failLevel {
	if own := p.Practices[b.ID].FailOn; own != "" {
		return failLevel{Rule{"practices." + b.ID, "fail_on"}, own}
	}
	return p.partFailLevel(b.Pillar, b.Layers)
}

// partFailLevel returns the strictest level of a pillar and of layers, or else that of
// the whole.
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
