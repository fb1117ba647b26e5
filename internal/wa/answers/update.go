// Package answers exchanges answers with the AWS Well-Architected Tool.
//
// Export makes the inputs of its operation UpdateAnswer from a review. The way
// back is Read, which takes what list-answers and get-answer print, MatchAll,
// which finds for each question and choice the one of our lens, and Take, which
// brings them into a review as changes that a person can look at first.
//
// The WA Tool knows three states of a choice and a review five statuses, owners,
// dates and evidence. What the tool has no place for stands in its notes, in
// words that people can read and that an import reads back.
//
// Read it in this order: update.go is what goes out, export.go makes it, with
// words.go and notes.go for what has no place; read.go and join.go take in,
// match.go and idmap.go say what is which, said.go and take.go what it means for
// a review.
package answers

// Limits of the WA Tool on the texts of an answer, in UTF-16 units, the
// narrowest way in which a service may count. Source: the API reference,
// ChoiceUpdate and UpdateAnswer.
const (
	choiceNotesLimit   = 250
	questionNotesLimit = 2084
)

// An UpdateAnswer is the input of the operation of that name, which is what
// `aws wellarchitected update-answer --cli-input-json` takes. It says the state
// of every choice of one question, so that nothing which stood there before
// stays by accident.
type UpdateAnswer struct {
	WorkloadID      string                  `json:"WorkloadId,omitempty"`
	LensAlias       string                  `json:"LensAlias,omitempty"`
	QuestionID      string                  `json:"QuestionId"`
	SelectedChoices []string                `json:"SelectedChoices"` // never null: an empty list takes every tick away
	ChoiceUpdates   map[string]ChoiceUpdate `json:"ChoiceUpdates"`
	Notes           string                  `json:"Notes,omitempty"` // absent: the notes there stay
	IsApplicable    bool                    `json:"IsApplicable"`
	Reason          Reason                  `json:"Reason,omitempty"`

	Question string `json:"-"` // our id of the question
}

// A ChoiceUpdate is the state of one choice.
type ChoiceUpdate struct {
	Status ChoiceStatus `json:"Status"`
	Reason Reason       `json:"Reason,omitempty"`
	Notes  string       `json:"Notes"` // at most 250 characters; empty takes away what stood there
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

// words is a reason as people say it; empty where it says nothing.
func (r Reason) words() string {
	switch r {
	case OutOfScope:
		return "Out of scope."
	case BusinessPriorities:
		return "Business priorities."
	case ArchitectureConstraints:
		return "Architecture constraints."
	case OtherReason:
		return "Other."
	}
	return ""
}

// A Remark is something that a reader of an exchange should know: what it is,
// and the ids that it is about.
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
