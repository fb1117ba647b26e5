package lint

import (
	"fmt"
	"strings"
	"unicode"

	"github.com/iotlens/iotlens/internal/wa/customlens"
)

// ids tells of ids that are used twice.
type ids struct {
	l        *linter
	what, in string
	first    map[string]int // line of the first use
}

func (s *ids) add(id customlens.Text) {
	if id.Value == "" {
		return
	}
	line, again := s.first[id.Value]
	if again {
		s.l.find(repeatedID, id.At, "the id %s of a %s%s is used twice, first in line %d", quoted(id.Value), s.what, s.in, line)
		return
	}
	if s.first == nil {
		s.first = map[string]int{}
	}
	s.first[id.Value], _ = s.l.doc.Place(id.At.From)
}

// framework are the pillars of the Framework: their ids in a custom lens, letter
// for letter, and their names.
var framework = [...]struct{ id, name string }{
	{"operationalExcellence", "Operational Excellence"},
	{"security", "Security"},
	{"reliability", "Reliability"},
	{"performance", "Performance Efficiency"},
	{"costOptimization", "Cost Optimization"},
	{"sustainability", "Sustainability"},
}

func (l *linter) ofFramework(p *customlens.Pillar) {
	id := p.ID.Value
	for _, f := range framework {
		switch {
		case id == f.id && p.Name.Value != "" && !strings.EqualFold(squeezed(p.Name.Value), squeezed(f.name)):
			l.find(pillarName, p.Name.At, "the pillar %s is named %s; the Framework calls it %q", id, quoted(p.Name.Value), f.name)
		case id != f.id && (plainID(id) == plainID(f.id) || plainID(id) == plainID(f.name)):
			l.find(nearlyPillar, p.ID.At, "the pillar %s is not that of the Framework, whose id is %q", cut(id), f.id)
		}
	}
}

// squeezed drops case and blanks, as the tool does to compare names of lenses.
func squeezed(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) {
			return -1
		}
		return unicode.ToLower(r)
	}, s)
}

// plainID is an id without case, underscores, blanks and the word pillar.
func plainID(s string) string {
	return strings.ReplaceAll(strings.ReplaceAll(squeezed(s), "_", ""), "pillar", "")
}

// taken tells of a name that a lens before this one has.
func (l *linter) taken(before []*customlens.Doc) {
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

// shared tells of choices whose ids stand in several questions.
func (l *linter) shared() {
	type use struct {
		id        customlens.Text
		questions int
	}
	var first *use
	uses, repeated := map[string]*use{}, 0
	l.questions(func(_ string, q *customlens.Question) {
		here := map[string]bool{}
		for i := range q.Choices {
			id := q.Choices[i].ID
			if id.Value == "" || here[id.Value] {
				continue
			}
			here[id.Value] = true
			u := uses[id.Value]
			if u == nil {
				u = &use{id: id}
				uses[id.Value] = u
			}
			if u.questions++; u.questions == 2 {
				repeated++
				if first == nil || u.id.At.From < first.id.At.From {
					first = u
				}
			}
		}
	})
	if first == nil {
		return
	}
	more := ""
	if repeated > 1 {
		more = fmt.Sprintf("; %d ids in all stand in several", repeated)
	}
	l.find(sharedIDs, first.id.At, "the id %s of a choice stands in %d questions%s", quoted(first.id.Value), first.questions, more)
}

// questions goes through all questions.
func (l *linter) questions(visit func(what string, q *customlens.Question)) {
	for i := range l.doc.Lens.Pillars {
		for j := range l.doc.Lens.Pillars[i].Questions {
			q := &l.doc.Lens.Pillars[i].Questions[j]
			visit(called("question", q.ID, j), q)
		}
	}
}

// oddIDs tells of a choice whose id alone doesn't begin with that of its question.
func (l *linter) oddIDs(what string, q *customlens.Question) {
	if q.ID.Value == "" || len(q.Choices) < 2 {
		return
	}
	odd := -1
	for i := range q.Choices {
		if strings.HasPrefix(q.Choices[i].ID.Value, q.ID.Value) {
			continue
		}
		if odd >= 0 {
			return
		}
		odd = i
	}
	if odd >= 0 && q.Choices[odd].ID.Value != "" {
		l.find(oddID, q.Choices[odd].ID.At, "%s: the choice %s is the only one whose id doesn't begin with %s",
			what, cut(q.Choices[odd].ID.Value), cut(q.ID.Value))
	}
}
