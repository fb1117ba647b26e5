package answers

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"

	"github.com/iotlens/iotlens/internal/text"
)

// The JSON of list-answers, get-answer and the inputs of update-answer (so that an export
// can be compared before it is sent). Other keys are ignored, as AWS adds some from time
// to time.
type (
	wirePage struct {
		WorkloadID      string       `json:"WorkloadId"`
		MilestoneNumber int          `json:"MilestoneNumber"`
		LensAlias       string       `json:"LensAlias"`
		LensArn         string       `json:"LensArn"`
		AnswerSummaries []wireAnswer `json:"AnswerSummaries"`
		NextToken       string       `json:"NextToken"`
		Answer          *wireAnswer  `json:"Answer"`
		wireAnswer
	}
	wireAnswer struct {
		QuestionID            string               `json:"QuestionId"`
		QuestionTitle         string               `json:"QuestionTitle"`
		Choices               []wireChoice         `json:"Choices"`
		SelectedChoices       []string             `json:"SelectedChoices"`
		ChoiceAnswers         []wireState          `json:"ChoiceAnswers"`
		ChoiceAnswerSummaries []wireState          `json:"ChoiceAnswerSummaries"`
		ChoiceUpdates         map[string]wireState `json:"ChoiceUpdates"` // of an input
		IsApplicable          *bool                `json:"IsApplicable"`
		Risk                  string               `json:"Risk"`
		Notes                 string               `json:"Notes"`
		Reason                Reason               `json:"Reason"`
	}
	wireChoice struct {
		ChoiceID string `json:"ChoiceId"`
		Title    string `json:"Title"`
	}
	wireState struct {
		ChoiceID string       `json:"ChoiceId"`
		Status   ChoiceStatus `json:"Status"`
		Reason   Reason       `json:"Reason"`
		Notes    string       `json:"Notes"`
	}
)

// answers returns the answers of one document.
func (p *wirePage) answers(name string) ([]ToolAnswer, error) {
	lens := cmp.Or(p.LensArn, p.LensAlias)
	var answers []wireAnswer
	switch {
	case p.AnswerSummaries != nil:
		answers = p.AnswerSummaries
	case p.Answer != nil:
		answers = []wireAnswer{*p.Answer}
	case p.QuestionID != "":
		answers = []wireAnswer{p.wireAnswer}
	default:
		return nil, errors.New("no AnswerSummaries and no Answer; expected the output of aws wellarchitected list-answers or get-answer")
	}
	var out []ToolAnswer
	for _, a := range answers {
		g, err := a.toAnswer(name, lens, p.AnswerSummaries == nil)
		if err != nil {
			return nil, err
		}
		g.Alias, g.Workload, g.Milestone, g.Input = p.LensAlias, p.WorkloadID, p.MilestoneNumber, a.ChoiceUpdates != nil
		out = append(out, g)
	}
	return out, nil
}

// toAnswer converts an answer; its choices are in the order of the lens in the WA Tool.
func (a *wireAnswer) toAnswer(name, lens string, hasNotes bool) (ToolAnswer, error) {
	g := ToolAnswer{
		File: name, Lens: lens, Question: strings.TrimSpace(a.QuestionID), Title: a.QuestionTitle, Risk: a.Risk,
		Applicable: a.IsApplicable == nil || *a.IsApplicable, Reason: a.Reason, Notes: plain(a.Notes), HasNotes: hasNotes,
	}
	if g.Question == "" {
		return g, errors.New("an answer has no QuestionId")
	}
	choice := func(id string) *ToolChoice {
		i := slices.IndexFunc(g.Choices, func(c ToolChoice) bool { return c.ID == id })
		if i < 0 {
			g.Choices = append(g.Choices, ToolChoice{ID: id, Status: ChoiceUnselected})
			i = len(g.Choices) - 1
		}
		return &g.Choices[i]
	}
	for _, c := range a.Choices {
		choice(c.ChoiceID).Title = c.Title
	}
	states := append(slices.Clone(a.ChoiceAnswerSummaries), a.ChoiceAnswers...)
	for _, id := range slices.Sorted(maps.Keys(a.ChoiceUpdates)) {
		s := a.ChoiceUpdates[id]
		s.ChoiceID = id
		states = append(states, s)
	}
	for _, s := range states {
		c := choice(s.ChoiceID)
		switch s.Status {
		case ChoiceSelected, ChoiceUnselected, ChoiceNotApplicable:
			c.Status = s.Status
		case "":
		default:
			return g, fmt.Errorf("%s: unknown status %q of the choice %s; known: %s, %s, %s", g.Question, s.Status, s.ChoiceID, ChoiceSelected, ChoiceUnselected, ChoiceNotApplicable)
		}
		c.Reason, c.Notes = s.Reason, text.StripControl(s.Notes)
	}
	for _, id := range a.SelectedChoices {
		choice(id).Status = ChoiceSelected
	}
	return g, nil
}

// decodeError returns the error for a file that is not JSON or has the wrong structure.
func decodeError(name string, data []byte, offset int64, err error) error {
	var syntax *json.SyntaxError
	var kind *json.UnmarshalTypeError
	switch {
	case errors.As(err, &kind):
		return fmt.Errorf("%s:%d: %s has the wrong type for the output of list-answers or get-answer", name, lineAt(data, offset), cmp.Or(kind.Field, "the document"))
	case errors.As(err, &syntax):
		return fmt.Errorf("%s:%d: invalid JSON at or just above this line; run the aws command with --output json", name, lineAt(data, syntax.Offset))
	case errors.Is(err, io.ErrUnexpectedEOF):
		return fmt.Errorf("%s: unexpected end of the file", name)
	}
	return fmt.Errorf("%s: invalid JSON: %w", name, err)
}

// lineAt returns the line of an offset, from 1.
func lineAt(data []byte, offset int64) int {
	return 1 + bytes.Count(data[:min(int(offset), len(data))], []byte("\n"))
}

// plain removes control characters, which a review file cannot have, and white space at
// both ends.
func plain(s string) string { return strings.TrimSpace(text.StripControl(s)) }
