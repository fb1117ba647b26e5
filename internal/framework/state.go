package framework

import (
	"slices"

	"github.com/iotlens/iotlens/internal/review"
)

// State is the state of a provision in a review.
type State string

// The states, the best first. Only Met passes where a provision is required.
const (
	Met           State = "met"
	PartlyMet     State = "partly met"
	NotMet        State = "not met"
	Unknown       State = "don't know"
	NotAnswered   State = "not answered"
	NotApplicable State = "not applicable" // none of its best practices applies to the workload
	Outside       State = "outside a review"
)

// Values lists the states.
func (State) Values() []string {
	return []string{string(Met), string(PartlyMet), string(NotMet), string(Unknown), string(NotAnswered), string(NotApplicable), string(Outside)}
}

// StateOf returns the state of a provision. status returns the status of a best practice; the
// caller decides whether one that is set aside or out of scope is not applicable or unanswered.
//
//   - The provision is met if one of Fully, or all of Together, are implemented. Of Together,
//     those that do not apply to the workload are left out, as long as one applies.
//   - It is partly met if one of Fully or Partly is implemented or partially implemented.
//   - Otherwise it is not met if one of them is not implemented, else unknown if one was answered
//     "don't know", else not answered if one applies, else not applicable.
func (p *Provision) StateOf(status func(practice string) review.Status) State {
	if p.Outside != "" {
		return Outside
	}
	is := func(s ...review.Status) func(string) bool {
		return func(id string) bool { return slices.Contains(s, status(id)) }
	}
	applies := func(ids []string) []string {
		return slices.DeleteFunc(slices.Clone(ids), is(review.NotApplicable))
	}
	whole := applies(p.Together)
	answers := applies(slices.Concat(p.Fully, partlyIDs(p)))
	switch {
	case slices.ContainsFunc(p.Fully, is(review.Implemented)),
		len(whole) > 0 && !slices.ContainsFunc(whole, func(id string) bool { return status(id) != review.Implemented }):
		return Met
	case slices.ContainsFunc(answers, is(review.Implemented, review.PartiallyImplemented)):
		return PartlyMet
	case slices.ContainsFunc(answers, is(review.NotImplemented)):
		return NotMet
	case slices.ContainsFunc(answers, is(review.CannotDetermine)):
		return Unknown
	case len(answers) > 0:
		return NotAnswered
	}
	return NotApplicable
}
