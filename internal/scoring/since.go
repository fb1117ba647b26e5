package scoring

import "github.com/iotlens/iotlens/internal/review"

// Since is what changed since an earlier state of a review, as far as page one of a report
// says it. Who compares the two states makes it; an assessment by itself has none.
type Since struct {
	Name      string   `json:"name" jsonschema:"of the milestone, or of the file"`
	AsOf      string   `json:"as_of,omitempty" jsonschema:"day of the earlier state; empty where it has none"`
	High      Was      `json:"high" jsonschema:"questions at high risk"`
	Medium    Was      `json:"medium" jsonschema:"questions at medium risk"`
	Open      Was      `json:"open" jsonschema:"findings that no waiver covers"`
	Score     WasShare `json:"score" jsonschema:"percent, the lens's own best practices"`
	Coverage  WasShare `json:"coverage" jsonschema:"percent, the lens's own best practices"`
	Regressed []Change `json:"regressed" jsonschema:"findings that passed before, or are worse now"`
	New       []Change `json:"new" jsonschema:"findings of which nothing was known before"`
	Unsettled []Change `json:"unsettled,omitempty" jsonschema:"don't know now, or no longer answered: no pass"`
	Closed    []Change `json:"closed" jsonschema:"findings that are in place now, or do not apply"`
	Note      string   `json:"note,omitempty" jsonschema:"why the numbers of the two states cannot be compared as they stand"`
}

// Was is a count then and now.
type Was struct {
	Was int `json:"was"`
	Is  int `json:"is"`
}

// WasShare is a percentage then and now; nil where there is none.
type WasShare struct {
	Was *float64 `json:"was"`
	Is  *float64 `json:"is"`
}

// A Change is what became of one best practice.
type Change struct {
	Practice string        `json:"practice"`
	Title    string        `json:"title"`
	Was      review.Status `json:"was,omitempty" jsonschema:"none where it was not answered"`
	Is       review.Status `json:"is,omitempty"`
}
