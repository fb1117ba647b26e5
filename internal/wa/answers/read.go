package answers

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"unicode/utf8"

	"github.com/iotlens/iotlens/internal/text"
)

// A ToolAnswer is the answer to one question in the output of the WA Tool.
type ToolAnswer struct {
	File       string
	Lens       string // LensArn, else LensAlias; may be empty, like the next two
	Alias      string // LensAlias
	Workload   string // id in the WA Tool
	Milestone  int    // 0: the current state
	Input      bool   // an input of update-answer, not the state in the WA Tool
	Question   string // id in the WA Tool
	Title      string
	Risk       string // as the WA Tool shows it; may be empty
	Applicable bool
	Reason     Reason
	Notes      string
	Choices    []ToolChoice
	HasNotes   bool // false for list-answers, which prints no notes
}

// A ToolChoice is one choice of a question and its state.
type ToolChoice struct {
	ID, Title string
	Status    ChoiceStatus
	Reason    Reason
	Notes     string
}

// answered reports whether anything is selected or marked as not applicable.
func (g *ToolAnswer) answered() bool {
	return !g.Applicable || slices.ContainsFunc(g.Choices, func(c ToolChoice) bool { return c.Status != ChoiceUnselected })
}

// choice returns the choice with an id; if there is none, an unselected one and false.
func (g *ToolAnswer) choice(id string) (ToolChoice, bool) {
	i := slices.IndexFunc(g.Choices, func(c ToolChoice) bool { return c.ID == id })
	if i < 0 {
		return ToolChoice{Status: ChoiceUnselected}, false
	}
	return g.Choices[i], true
}

// ErrMorePages is returned by Read together with the answers if a further page of the list
// is missing.
var ErrMorePages = errors.New("the list of answers is incomplete: it has a NextToken, and the next page is missing")

// Read parses the output of `aws wellarchitected list-answers` and `get-answer`: one or more
// JSON documents in sequence or in a list, in UTF-8 or UTF-16 (Windows PowerShell).
func Read(name string, data []byte) ([]ToolAnswer, error) {
	data = []byte(text.Decode(data))
	switch {
	case len(bytes.TrimSpace(data)) == 0:
		return nil, fmt.Errorf("%s: the file is empty", name)
	case !utf8.Valid(data):
		return nil, fmt.Errorf("%s: not in UTF-8", name)
	}
	var out []ToolAnswer
	pages, more := 0, 0
	dec := json.NewDecoder(bytes.NewReader(data))
	for {
		var raw json.RawMessage
		err := dec.Decode(&raw)
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, decodeError(name, data, dec.InputOffset(), err)
		}
		start := dec.InputOffset() - int64(len(raw))
		list := []json.RawMessage{raw}
		if raw[0] == '[' {
			list = nil
			if err := json.Unmarshal(raw, &list); err != nil {
				return nil, decodeError(name, data, start, err)
			}
		}
		for _, doc := range list {
			var p wirePage
			if err := json.Unmarshal(doc, &p); err != nil {
				return nil, decodeError(name, data, start, err)
			}
			given, err := p.answers(name)
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
		return nil, fmt.Errorf("%s: no answers; expected the output of aws wellarchitected list-answers or get-answer", name)
	}
	if pages > 0 && more == pages {
		return out, fmt.Errorf("%s: %w", name, ErrMorePages)
	}
	return out, nil
}
