package lint

import (
	"fmt"
	"slices"
	"strings"
	"unicode"

	"github.com/iotlens/iotlens/internal/text"
	"github.com/iotlens/iotlens/internal/wa/customlens"
)

// ids reports ids that are used twice.
type ids struct {
	l        *linter
	what, in string
	first    map[string]int // line of the first use
}

// add reports whether an id is a new one.
func (s *ids) add(id customlens.Text) bool {
	if id.Value == "" {
		return false
	}
	if line, again := s.first[id.Value]; again {
		s.l.find(repeatedID, id.At, "duplicate id %s of a %s%s, first in line %d", quoted(id.Value), s.what, s.in, line)
		return false
	}
	if s.first == nil {
		s.first = map[string]int{}
	}
	s.first[id.Value], _ = s.l.doc.Place(id.At.From)
	return true
}

// framework compares a pillar with those of the Framework.
func (l *linter) framework(p *customlens.Pillar) {
	id := p.ID.Value
	for _, f := range customlens.FrameworkPillars {
		switch {
		case id == f.ID && p.Name.Value != "" && !strings.EqualFold(squeezed(p.Name.Value), squeezed(f.Name)):
			l.find(pillarName, p.Name.At, "the pillar %s is named %s; its name in the Framework is %q", id, quoted(p.Name.Value), f.Name)
		case id != f.ID && (plainID(id) == plainID(f.ID) || plainID(id) == plainID(f.Name)):
			l.find(misspeltPillar, p.ID.At, "the pillar id %s is not that of the Framework, did you mean %q?", cut(id, maxID), f.ID)
		}
	}
}

// squeezed drops case and white space, as the tool does to compare names of lenses.
func squeezed(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) {
			return -1
		}
		return unicode.ToLower(r)
	}, s)
}

// plainID is an id without case, underscores, white space and the word pillar.
func plainID(s string) string {
	return strings.NewReplacer("_", "", "pillar", "").Replace(squeezed(s))
}

// lensName reports a name that a lens before this one has.
func (l *linter) lensName(before []*customlens.Doc) {
	name := l.doc.Lens.Name
	if strings.TrimSpace(name.Value) == "" {
		return
	}
	for _, d := range before {
		other := d.Lens.Name.Value
		if squeezed(other) != squeezed(name.Value) {
			continue
		}
		same := "has the name " + quoted(other)
		if other != name.Value {
			same += ", which is the same to AWS"
		}
		l.find(nameTaken, name.At, "the lens is named %s, and %s %s", quoted(name.Value), d.File, same)
		return
	}
}

// choiceIDs are the ids of all choices, each once a question.
type choiceIDs struct {
	list []customlens.Text // each once, in the order of their first use
	n    map[string]int    // in how many questions
}

func (s *choiceIDs) add(id customlens.Text) {
	if s.n[id.Value]++; s.n[id.Value] == 1 {
		s.list = append(s.list, id)
	}
}

// shared reports, once, choices whose ids are in several questions.
func (l *linter) shared() {
	repeated := slices.DeleteFunc(l.choiceIDs.list, func(id customlens.Text) bool { return l.choiceIDs.n[id.Value] == 1 })
	if len(repeated) == 0 {
		return
	}
	more := ""
	if n := len(repeated); n > 1 {
		more = fmt.Sprintf("; %s repeated too", text.CountOf(n-1, "other id is", "other ids are"))
	}
	id := repeated[0]
	l.find(sharedIDs, id.At, "the choice id %s is in %d questions%s", quoted(id.Value), l.choiceIDs.n[id.Value], more)
}

// oddIDs reports the only choice whose id does not start with that of its question.
func (l *linter) oddIDs(what string, q *customlens.Question) {
	if q.ID.Value == "" || len(q.Choices) < 2 {
		return
	}
	var odd []customlens.Text
	for i := range q.Choices {
		if id := q.Choices[i].ID; !strings.HasPrefix(id.Value, q.ID.Value) {
			odd = append(odd, id)
		}
	}
	if len(odd) == 1 && odd[0].Value != "" {
		l.find(oddID, odd[0].At, "%s: the choice %s is the only one whose id does not start with %s",
			what, cut(odd[0].Value, maxID), cut(q.ID.Value, maxID))
	}
}
