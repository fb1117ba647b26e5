package answers

import (
	"maps"
	"slices"

	"github.com/iotlens/iotlens/internal/lens"
	"github.com/iotlens/iotlens/internal/suggest"
	"github.com/iotlens/iotlens/internal/yamlfile"
)

// MapSchema is the version of the map file format.
const MapSchema = 1

// A Map maps the ids of a lens to those in the WA Tool. It is a file for people to edit: the
// ids of AWS's own lens in the catalog of the WA Tool are not published, and another lens
// with the same content may have other ids.
type Map struct {
	Schema    int                    `yaml:"schema"`
	Lens      string                 `yaml:"lens"`                 // id in the bank
	LensAlias string                 `yaml:"lens_alias,omitempty"` // in the WA Tool
	Questions map[string]MapQuestion `yaml:"questions,omitempty"`  // by id in the bank
	Ignore    []string               `yaml:"ignore,omitempty"`     // WA Tool ids of questions and choices to ignore
	Unmatched []MapUnmatched         `yaml:"unmatched,omitempty"`  // for people; not read
}

// A MapQuestion has the WA Tool ids of a question and its choices.
type MapQuestion struct {
	ID      string            `yaml:"id"`
	None    string            `yaml:"none,omitempty"`    // of "None of these"
	Choices map[string]string `yaml:"choices,omitempty"` // by the id of the best practice in the bank
}

// A MapUnmatched is a question or a choice of the WA Tool without a match in the lens.
type MapUnmatched struct {
	Question string `yaml:"question"`
	Choice   string `yaml:"choice,omitempty"`
	Title    string `yaml:"title,omitempty"`
}

// mapHeader is the comment at the top of a map file.
const mapHeader = `# Ids of iotlens and their ids in the WA Tool. Move entries of unmatched to
# questions, or their ids to ignore.
`

// EncodeMap returns the content of a map file.
func EncodeMap(m *Map) []byte { return append([]byte(mapHeader), yamlfile.Encode(*m)...) }

// LoadMap reads a map file. The error has all its problems.
func LoadMap(path string, l *lens.Lens) (*Map, error) {
	data, err := yamlfile.Read(path)
	if err != nil {
		return nil, err
	}
	m, problems := ParseMap(path, data, l)
	return m, problems.Err()
}

// ParseMap parses a map file for a lens. It reports invalid YAML, unknown keys, ids that the
// lens does not have, best practices under the wrong question, and duplicate ids of the WA
// Tool.
func ParseMap(name string, data []byte, l *lens.Lens) (*Map, yamlfile.Problems) {
	m := &Map{}
	doc, problems := yamlfile.Decode(name, data, m)
	if !doc.Parsed() {
		return nil, problems
	}
	report := func(format string, args []any, path ...any) {
		problems.Add(name, doc.Line(path...), format, args...)
	}
	if m.Schema != MapSchema {
		report("schema must be %d; begin the file with schema: %[1]d", []any{MapSchema}, "schema")
	}
	if m.Lens != l.ID {
		report("the map is for the lens %q, but the bank is %q", []any{m.Lens, l.ID}, "lens")
	}
	questions := map[string]string{} // id in the bank by id in the WA Tool
	for _, id := range slices.Sorted(maps.Keys(m.Questions)) {
		given := m.Questions[id]
		q, ok := l.Question(id)
		if !ok || q.ID != id {
			report("the lens has no question %q%s", []any{id, suggest.DidYouMean(id, l.QuestionIDs())}, "questions", id)
			continue
		}
		if given.ID == "" {
			report("%s has no id of the WA Tool", []any{id}, "questions", id)
			continue
		}
		if first, ok := questions[given.ID]; ok {
			report("duplicate id %q, already used for %s", []any{given.ID, first}, "questions", id, "id")
		}
		questions[given.ID] = id
		choices := map[string]string{given.None: "None of these"}
		for _, practice := range slices.Sorted(maps.Keys(given.Choices)) {
			choice := given.Choices[practice]
			ids := q.PracticeIDs()
			switch first, taken := choices[choice]; {
			case !slices.Contains(ids, practice):
				report("%s has no best practice %q%s", []any{id, practice, suggest.DidYouMean(practice, ids)}, "questions", id, "choices", practice)
			case choice == "":
				report("%s has no id of the WA Tool", []any{practice}, "questions", id, "choices", practice)
			case taken:
				report("duplicate id %q, already used for %s", []any{choice, first}, "questions", id, "choices", practice)
			}
			choices[choice] = practice
		}
	}
	problems.Sort()
	if len(problems) > 0 {
		return nil, problems
	}
	return m, nil
}
