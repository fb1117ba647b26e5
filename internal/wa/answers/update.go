// Package answers exchanges answers with the AWS Well-Architected Tool.
//
// Export makes the inputs of its operation UpdateAnswer from a review. In the other
// direction, Read reads the output of list-answers and get-answer, MatchAll matches
// its questions and choices with those of a lens, and Import returns the changes that
// they make to a review, for a person to confirm.
//
// The WA Tool has three states of a choice; a review has five statuses, owners,
// dates and evidence. What the tool cannot store is written to its notes, in words
// for people, and read back by an import.
//
// Read it in this order: update.go has the output and export.go makes it, with
// words.go and notes.go for the notes; read.go and merge.go read, match.go and
// mapfile.go match the ids, statement.go and import.go derive the changes.
package answers

import "strings"

// Limits of the WA Tool on the texts of an answer, in UTF-16 units, the
// narrowest way in which a service may count. Source: the API reference,
// ChoiceUpdate and UpdateAnswer.
const (
	choiceNotesLimit   = 250
	questionNotesLimit = 2084
)

// An UpdateAnswer is the input of the operation of that name, which is what
// `aws wellarchitected update-answer --cli-input-json` takes. It has the state of
// every choice of one question, so that no earlier state remains by accident.
type UpdateAnswer struct {
	WorkloadID      string                  `json:"WorkloadId,omitempty"`
	LensAlias       string                  `json:"LensAlias,omitempty"`
	QuestionID      string                  `json:"QuestionId"`
	SelectedChoices []string                `json:"SelectedChoices"` // never null: an empty list unselects all
	ChoiceUpdates   map[string]ChoiceUpdate `json:"ChoiceUpdates"`
	Notes           string                  `json:"Notes,omitempty"` // absent: the notes there are kept
	IsApplicable    bool                    `json:"IsApplicable"`
	Reason          Reason                  `json:"Reason,omitempty"`

	Question string `json:"-"` // our id of the question
}

// A ChoiceUpdate is the state of one choice.
type ChoiceUpdate struct {
	Status ChoiceStatus `json:"Status"`
	Reason Reason       `json:"Reason,omitempty"`
	Notes  string       `json:"Notes"` // at most 250 characters; empty removes the notes there
}

// ChoiceStatus is the state of a choice in the words of the WA Tool.
type ChoiceStatus string

// The states of a choice.
const (
	ChoiceSelected      ChoiceStatus = "SELECTED"
	ChoiceUnselected    ChoiceStatus = "UNSELECTED"
	ChoiceNotApplicable ChoiceStatus = "NOT_APPLICABLE"
)

// Reason is why something does not apply, in the words of the WA Tool.
type Reason string

// The reasons.
const (
	OutOfScope              Reason = "OUT_OF_SCOPE"
	BusinessPriorities      Reason = "BUSINESS_PRIORITIES"
	ArchitectureConstraints Reason = "ARCHITECTURE_CONSTRAINTS"
	OtherReason             Reason = "OTHER"
	NoReason                Reason = "NONE"
)

// words is a reason in words, "Out of scope."; empty for no reason.
func (r Reason) words() string {
	if r == "" || r == NoReason {
		return ""
	}
	return sentence(strings.ToLower(strings.ReplaceAll(string(r), "_", " ")))
}

// A Remark is a notice for the user of an export or import, with the ids that it is
// about.
type Remark struct {
	Text string
	IDs  []string
}

// remark adds an id to the remark with a text.
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
