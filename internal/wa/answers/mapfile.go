package answers

import (
	"maps"
	"slices"

	"github.com/iotlens/iotlens/internal/lens"
	"github.com/iotlens/iotlens/internal/suggest"
	"github.com/iotlens/iotlens/internal/yamlfile"
)

// MapSchema is the version of the layout of a map file.
const MapSchema = 1

// A Map maps the ids of a lens to those in the WA Tool. It is a file that people
// edit: the ids of AWS's own lens in the WA Tool's catalog are not published, and
// another lens of the same content may have other ids.
type Map struct {
	Schema    int                    `yaml:"schema"`
	Lens      string                 `yaml:"lens"`                 // ours
	LensAlias string                 `yaml:"lens_alias,omitempty"` // the WA Tool's
	Questions map[string]MapQuestion `yaml:"questions,omitempty"`  // by our id
	Ignore    []string               `yaml:"ignore,omitempty"`     // ids of the WA Tool, of questions and choices, to be ignored
	Unmatched []MapUnmatched         `yaml:"unmatched,omitempty"`  // what matched nothing; for people, never read
}

// A MapQuestion has the ids of a question in the WA Tool.
type MapQuestion struct {
	ID      string            `yaml:"id"`                // the WA Tool's
	None    string            `yaml:"none,omitempty"`    // of its choice "None of these"
	Choices map[string]string `yaml:"choices,omitempty"` // by the id of our best practice
}

// A MapUnmatched is a question or a choice of the WA Tool that the lens does not have.
type MapUnmatched struct {
	Question string `yaml:"question"`
	Choice   string `yaml:"choice,omitempty"`
	Title    string `yaml:"title,omitempty"`
}

// mapHead is the beginning of a map file.
const mapHead = `# Ids of iotlens and their ids in the WA Tool. Move entries of unmatched to
# questions, or their ids to ignore.
`

// EncodeMap writes a map file.
func EncodeMap(m *Map) []byte { return append([]byte(mapHead), yamlfile.Encode(*m)...) }

// LoadMap reads a map file from disk. The error has all its problems.
func LoadMap(path string, l *lens.Lens) (*Map, error) {
	data, err := yamlfile.Read(path)
	if err != nil {
		return nil, err
	}
	m, problems := ParseMap(path, data, l)
	return m, problems.Err()
}

// ParseMap reads a map file for a lens. Problems are: invalid YAML, unknown keys, ids
// that the lens does not have, a best practice under another question, and an id of
// the WA Tool that is used twice.
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
	questions := map[string]string{} // the WA Tool's id to ours
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
