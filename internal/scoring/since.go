package scoring

import "github.com/iotlens/iotlens/internal/review"

// ChangesSince is what the first page of a report says about changes since an earlier state of
// the review. compare.ChangesSince makes it.
type ChangesSince struct {
	Name          string           `json:"name" jsonschema:"of the milestone, or of the file"`
	AsOf          string           `json:"as_of,omitempty" jsonschema:"day of the earlier state; empty where it has none"`
	High          CountChange      `json:"high" jsonschema:"questions at high risk"`
	Medium        CountChange      `json:"medium" jsonschema:"questions at medium risk"`
	Open          CountChange      `json:"open" jsonschema:"findings that no waiver covers"`
	Score         PercentChange    `json:"score" jsonschema:"percent, the lens's own best practices"`
	Coverage      PercentChange    `json:"coverage" jsonschema:"percent, the lens's own best practices"`
	Regressed     []PracticeChange `json:"regressed" jsonschema:"findings that passed before, or are worse now"`
	New           []PracticeChange `json:"new" jsonschema:"findings of which nothing was known before"`
	NoLongerKnown []PracticeChange `json:"unsettled,omitempty" jsonschema:"don't know now, or no longer answered: no pass"`
	Closed        []PracticeChange `json:"closed" jsonschema:"findings that are in place now, or do not apply"`
	Note          string           `json:"note,omitempty" jsonschema:"why the numbers of the two states cannot be compared as they stand"`
}

// A CountChange is a count in the earlier state and now.
type CountChange struct {
	Was int `json:"was"`
	Is  int `json:"is"`
}

// A PercentChange is a percentage in the earlier state and now; nil if there is none.
type PercentChange struct {
	Was *float64 `json:"was"`
	Is  *float64 `json:"is"`
}

// A PracticeChange is a best practice whose status changed.
type PracticeChange struct {
	Practice string        `json:"practice"`
	Title    string        `json:"title"`
	Was      review.Status `json:"was,omitempty" jsonschema:"none where it was not answered"`
	Is       review.Status `json:"is,omitempty"`
}
