package answers

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// A Given is the answer to one question as the WA Tool gave it out.
type Given struct {
	File       string // where it was read
	Lens       string // LensAlias or LensArn; empty where the file doesn't say
	Question   string // id there
	Title      string
	Risk       string // as the WA Tool shows it; empty where the file doesn't say
	Applicable bool
	Reason     Reason
	Notes      string
	Choices    []GivenChoice
	Notable    bool // get-answer: it carries notes, if there are any
}

// A GivenChoice is one choice of a question and its state.
type GivenChoice struct {
	ID, Title string
	Status    ChoiceStatus
	Reason    Reason
	Notes     string
}

// answered tells whether anything is ticked or marked as not applicable.
func (g *Given) answered() bool {
	return !g.Applicable || slices.ContainsFunc(g.Choices, func(c GivenChoice) bool { return c.Status != ChoiceUnselected })
}

// Wire structs: what list-answers and get-answer print. Other keys are passed
// over, as AWS adds some now and then.
type (
	wirePage struct {
		LensAlias       string       `json:"LensAlias"`
		LensArn         string       `json:"LensArn"`
		AnswerSummaries []wireAnswer `json:"AnswerSummaries"`
		NextToken       string       `json:"NextToken"`
		Answer          *wireAnswer  `json:"Answer"`
		wireAnswer
	}
	wireAnswer struct {
		QuestionID            string       `json:"QuestionId"`
		QuestionTitle         string       `json:"QuestionTitle"`
		Choices               []wireChoice `json:"Choices"`
		SelectedChoices       []string     `json:"SelectedChoices"`
		ChoiceAnswers         []wireState  `json:"ChoiceAnswers"`
		ChoiceAnswerSummaries []wireState  `json:"ChoiceAnswerSummaries"`
		IsApplicable          *bool        `json:"IsApplicable"`
		Risk                  string       `json:"Risk"`
		Notes                 string       `json:"Notes"`
		Reason                Reason       `json:"Reason"`
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

// ErrMorePages is returned by Read together with the answers where the
// list goes on in a page that isn't there.
var ErrMorePages = errors.New("the list of answers goes on: there is a NextToken and no page that follows")

// Read reads what `aws wellarchitected list-answers` and `get-answer`
// printed: one document or many, one after the other or in a list, in UTF-8 or,
// as Windows PowerShell redirects it, in UTF-16.
func Read(name string, data []byte) ([]Given, error) {
	data, err := utf8Text(data)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	var out []Given
	pages, more := 0, 0
	dec := json.NewDecoder(bytes.NewReader(data))
	for {
		var raw json.RawMessage
		err := dec.Decode(&raw)
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, notAnswers(name, data, dec.InputOffset(), err)
		}
		start := dec.InputOffset() - int64(len(raw))
		list := []json.RawMessage{raw}
		if raw[0] == '[' {
			list = nil
			if err := json.Unmarshal(raw, &list); err != nil {
				return nil, notAnswers(name, data, start, err)
			}
		}
		for _, doc := range list {
			var p wirePage
			if err := json.Unmarshal(doc, &p); err != nil {
				return nil, notAnswers(name, data, start, err)
			}
			given, err := p.given(name)
			if err != nil {
				return nil, fmt.Errorf("%s:%d: %w", name, lineAt(data, start), err)
			}
			if p.AnswerSummaries != nil {
				pages++
				if p.NextToken != "" {
					more++
				}
			}
			out = append(out, given...)
		}
	}
	if pages+len(out) == 0 {
		return nil, fmt.Errorf("%s: holds no answers; it is to be what aws wellarchitected list-answers or get-answer prints", name)
	}
	if pages > 0 && more == pages {
		return out, fmt.Errorf("%s: %w", name, ErrMorePages)
	}
	return out, nil
}

// given returns the answers of one document.
func (p *wirePage) given(name string) ([]Given, error) {
	lens := p.LensArn
	if lens == "" {
		lens = p.LensAlias
	}
	var answers []wireAnswer
	switch {
	case p.AnswerSummaries != nil:
		answers = p.AnswerSummaries
	case p.Answer != nil:
		answers = []wireAnswer{*p.Answer}
	case p.QuestionID != "":
		answers = []wireAnswer{p.wireAnswer}
	default:
		return nil, errors.New("this has neither AnswerSummaries nor an Answer; it is to be what aws wellarchitected list-answers or get-answer prints")
	}
	var out []Given
	for _, a := range answers {
		g, err := a.given(name, lens, p.AnswerSummaries == nil)
		if err != nil {
			return nil, err
		}
		out = append(out, g)
	}
	return out, nil
}

func (a *wireAnswer) given(name, lens string, notable bool) (Given, error) {
	g := Given{
		File: name, Lens: lens, Question: strings.TrimSpace(a.QuestionID), Title: a.QuestionTitle, Risk: a.Risk,
		Applicable: a.IsApplicable == nil || *a.IsApplicable, Reason: a.Reason, Notes: plain(a.Notes), Notable: notable,
	}
	if g.Question == "" {
		return g, errors.New("an answer has no QuestionId")
	}
	choice := func(id string) *GivenChoice {
		i := slices.IndexFunc(g.Choices, func(c GivenChoice) bool { return c.ID == id })
		if i < 0 {
			g.Choices = append(g.Choices, GivenChoice{ID: id, Status: ChoiceUnselected})
			i = len(g.Choices) - 1
		}
		return &g.Choices[i]
	}
	for _, c := range a.Choices {
		choice(c.ChoiceID).Title = c.Title
	}
	for _, s := range append(slices.Clone(a.ChoiceAnswerSummaries), a.ChoiceAnswers...) {
		c := choice(s.ChoiceID)
		switch s.Status {
		case ChoiceSelected, ChoiceUnselected, ChoiceNotApplicable:
			c.Status = s.Status
		case "":
		default:
			return g, fmt.Errorf("%s: unknown status %q of the choice %s; known: %s, %s, %s", g.Question, s.Status, s.ChoiceID, ChoiceSelected, ChoiceUnselected, ChoiceNotApplicable)
		}
		c.Reason, c.Notes = s.Reason, plain(s.Notes)
	}
	for _, id := range a.SelectedChoices {
		choice(id).Status = ChoiceSelected
	}
	return g, nil
}

// Joined puts the answers of several files together. A question that is there
// twice is taken from where its notes are, if the two agree; where they don't,
// nobody can say which is newer, and all such questions are told.
func Joined(given []Given) ([]Given, error) {
	var out []Given
	var errs []error
	at := map[string]int{}
	for _, g := range given {
		i, seen := at[g.Question]
		switch {
		case !seen:
			at[g.Question] = len(out)
			out = append(out, g)
		case !sameStates(&out[i], &g):
			errs = append(errs, fmt.Errorf("%s is answered twice and differently, in %s and in %s: leave out the older", g.Question, out[i].File, g.File))
		case g.Notable && !out[i].Notable:
			out[i] = g
		}
	}
	return out, errors.Join(errs...)
}

func sameStates(a, b *Given) bool {
	if a.Applicable != b.Applicable || a.Notable && b.Notable && a.Notes != b.Notes {
		return false
	}
	states := func(g *Given) map[string]ChoiceStatus {
		out := map[string]ChoiceStatus{}
		for _, c := range g.Choices {
			if c.Status != ChoiceUnselected {
				out[c.ID] = c.Status
			}
		}
		return out
	}
	x, y := states(a), states(b)
	if len(x) != len(y) {
		return false
	}
	for id, s := range x {
		if y[id] != s {
			return false
		}
	}
	return true
}

// utf8Text takes a byte order mark off, and UTF-16 to UTF-8.
func utf8Text(data []byte) ([]byte, error) {
	little := bytes.HasPrefix(data, []byte{0xFF, 0xFE})
	if little || bytes.HasPrefix(data, []byte{0xFE, 0xFF}) {
		data = data[2:]
		wide := make([]uint16, len(data)/2)
		for i := range wide {
			a, b := uint16(data[2*i]), uint16(data[2*i+1])
			if little {
				a, b = b, a
			}
			wide[i] = a<<8 | b
		}
		return []byte(string(utf16.Decode(wide))), nil
	}
	data = bytes.TrimPrefix(data, []byte("\uFEFF"))
	switch {
	case len(bytes.TrimSpace(data)) == 0:
		return nil, errors.New("the file is empty")
	case !utf8.Valid(data):
		return nil, errors.New("is not text in UTF-8")
	}
	return data, nil
}

// notAnswers says why a file is not JSON, or not of the right form.
func notAnswers(name string, data []byte, offset int64, err error) error {
	var syntax *json.SyntaxError
	var kind *json.UnmarshalTypeError
	switch {
	case errors.As(err, &kind):
		return fmt.Errorf("%s:%d: %s is not what list-answers or get-answer prints there", name, lineAt(data, offset), kind.Field)
	case errors.As(err, &syntax):
		return fmt.Errorf("%s:%d: is not JSON at or just above this line; give the aws command --output json", name, lineAt(data, syntax.Offset))
	case errors.Is(err, io.ErrUnexpectedEOF):
		return fmt.Errorf("%s: ends in the middle of a value", name)
	}
	return fmt.Errorf("%s: is not JSON: %w", name, err)
}

func lineAt(data []byte, offset int64) int {
	return 1 + bytes.Count(data[:min(int(offset), len(data))], []byte("\n"))
}

// plain is a text without control characters, which no review takes, and with
// one kind of line break.
func plain(s string) string {
	s = strings.ReplaceAll(s, "\r\n", "\n")
	return strings.TrimSpace(strings.Map(func(r rune) rune {
		if r < ' ' && r != '\n' && r != '\t' || r >= 0x7F && r <= 0x9F {
			return -1
		}
		return r
	}, s))
}
