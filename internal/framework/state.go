package framework

import (
	"slices"

	"github.com/iotlens/iotlens/internal/review"
)

// State is what the answers of a review make of a provision.
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

// StateOf tells what the answers to the best practices make of a provision. status gives
// the status of a best practice; one that the profile sets aside or the scope leaves out
// is review.NotApplicable or review.Unanswered, as its caller sees fit.
//
//   - It is met where one that meets it fully is implemented, or where all that make a
//     whole together are. Of those, one that does not apply to the workload is left out,
//     as long as another is left.
//   - It is partly met where one that answers it fully or partly is implemented at least
//     in part.
//   - Otherwise it is not met where one was found wanting, unknown if somebody
//     doesn't know, not answered where nobody was asked, and not applicable where none
//     applies.
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
