// Package answers exchanges answers with the AWS Well-Architected Tool.
//
// Export makes inputs of the operation UpdateAnswer from a review. In the other direction,
// Read parses the output of list-answers and get-answer, MatchAll matches its questions and
// choices with those of a lens, and Import returns the changes to a review, for a person
// to confirm.
//
// The WA Tool has three states of a choice; a review has five statuses, owners, dates and
// evidence. What the tool cannot store is written to its notes, readable for people, and
// parsed by an import.
//
// Suggested reading order: update.go has the output and export.go makes it, with words.go
// and notes.go for the notes; read.go and merge.go read; match.go and mapfile.go match ids;
// toolstate.go and import.go derive the changes.
package answers

import "strings"

// Limits of the WA Tool on the texts of an answer, in UTF-16 units, the strictest way to
// count characters. Source: the API reference, ChoiceUpdate and UpdateAnswer.
const (
	choiceNotesLimit   = 250
	questionNotesLimit = 2084
)

// An UpdateAnswer is the input of the operation of that name, as in
// `aws wellarchitected update-answer --cli-input-json`. It has the state of every choice of
// one question, so that no earlier state remains.
type UpdateAnswer struct {
	WorkloadID      string                  `json:"WorkloadId,omitempty"`
	LensAlias       string                  `json:"LensAlias,omitempty"`
	QuestionID      string                  `json:"QuestionId"`
	SelectedChoices []string                `json:"SelectedChoices"` // never null: an empty list unselects all
	ChoiceUpdates   map[string]ChoiceUpdate `json:"ChoiceUpdates"`
	Notes           string                  `json:"Notes,omitempty"` // absent: the notes in the WA Tool are kept
	IsApplicable    bool                    `json:"IsApplicable"`
	Reason          Reason                  `json:"Reason,omitempty"`

	Question string `json:"-"` // id in the bank
}

// A ChoiceUpdate is the state of one choice.
type ChoiceUpdate struct {
	Status ChoiceStatus `json:"Status"`
	Reason Reason       `json:"Reason,omitempty"`
	Notes  string       `json:"Notes"` // at most 250 characters; empty: the notes in the WA Tool are removed
}

// ChoiceStatus is the state of a choice, as in the API of the WA Tool.
type ChoiceStatus string

// The states of a choice.
const (
	ChoiceSelected      ChoiceStatus = "SELECTED"
	ChoiceUnselected    ChoiceStatus = "UNSELECTED"
	ChoiceNotApplicable ChoiceStatus = "NOT_APPLICABLE"
)

// Reason is why a question or a choice does not apply, as in the API of the WA Tool.
type Reason string

// The reasons.
const (
	OutOfScope              Reason = "OUT_OF_SCOPE"
	BusinessPriorities      Reason = "BUSINESS_PRIORITIES"
	ArchitectureConstraints Reason = "ARCHITECTURE_CONSTRAINTS"
	OtherReason             Reason = "OTHER"
	NoReason                Reason = "NONE"
)

// words returns a reason as a sentence, such as "Out of scope."; empty for no reason.
func (r Reason) words() string {
	if r == "" || r == NoReason {
		return ""
	}
	return sentence(strings.ToLower(strings.ReplaceAll(string(r), "_", " ")))
}

// A Remark is a message about an export or import, with the ids that it concerns.
type Remark struct {
	Text string
	IDs  []string
}

// remark adds ids to the remark with the given text, or adds a new remark.
func remark(list *[]Remark, text string, ids ...string) {
	if len(ids) == 0 {
		return
	}
	for i := range *list {
		if (*list)[i].Text == text {
			(*list)[i].IDs = append((*list)[i].IDs, ids...)
			return
		}
	}
	*list = append(*list, Remark{text, ids})
}
