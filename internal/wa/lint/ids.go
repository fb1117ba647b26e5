package lint

import (
	"fmt"
	"path"
	"regexp"
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
	s.first[id.Value], _ = s.l.doc.Position(id.At.From)
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

// lensName reports a name that a lens before this one has, unless the two are versions of
// one lens.
func (l *linter) lensName(before []*customlens.Doc) {
	name := l.doc.Lens.Name
	if strings.TrimSpace(name.Value) == "" {
		return
	}
	for _, d := range before {
		other := d.Lens.Name.Value
		if squeezed(other) != squeezed(name.Value) || versions(d, l.doc) {
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

// versions reports whether two lenses of one name are versions of one lens. Their files
// have the same name but for numbers (v1/lens.json and v2/lens.json, orr-1.3.5.json and
// orr-1.3.6.json), and at least half of the questions of the smaller one are in the other,
// with the same title, or with the same id and a title that shares half of its words. Ids
// alone prove nothing, as SEC1 is in many lenses; nor do questions alone, as a lens that
// was copied to begin another has them, too.
func versions(before, after *customlens.Doc) bool {
	if !sameFile(before.File, after.File) {
		return false
	}
	a, b := &before.Lens, &after.Lens
	titles, byID := map[string]bool{}, map[string][]string{}
	n, m, kept := 0, 0, 0
	for i := range a.Pillars {
		for j := range a.Pillars[i].Questions {
			q := &a.Pillars[i].Questions[j]
			titles[squeezed(q.Title.Value)], byID[q.ID.Value] = true, strings.Fields(strings.ToLower(q.Title.Value))
			n++
		}
	}
	for i := range b.Pillars {
		for j := range b.Pillars[i].Questions {
			q := &b.Pillars[i].Questions[j]
			m++
			if titles[squeezed(q.Title.Value)] || similar(byID[q.ID.Value], strings.Fields(strings.ToLower(q.Title.Value))) {
				kept++
			}
		}
	}
	return 2*kept >= min(n, m)
}

// sameFile reports whether two files have the same name but for numbers.
func sameFile(a, b string) bool {
	return numbers.ReplaceAllString(path.Base(a), "0") == numbers.ReplaceAllString(path.Base(b), "0")
}

var numbers = regexp.MustCompile("[0-9]+")

// similar reports whether two titles share at least half of the words of the longer one.
func similar(a, b []string) bool {
	shared := 0
	for _, w := range a {
		if slices.Contains(b, w) {
			shared++
		}
	}
	return shared > 0 && 2*shared >= max(len(a), len(b))
}

// shared reports, once, choices whose ids are in several questions.
func (l *linter) shared() {
	repeated := slices.DeleteFunc(l.choiceIDs.list, func(u *use) bool { return u.n == 1 })
	if len(repeated) == 0 {
		return
	}
	more := ""
	if n := len(repeated); n > 1 {
		more = fmt.Sprintf("; %s repeated too", text.Plural(n-1, "other id is", "other ids are"))
	}
	id := repeated[0]
	l.find(sharedIDs, id.at, "the choice id %s is in %d questions%s", quoted(id.text), id.n, more)
}

// An oddChoice is the only choice of a question whose id does not start with that of the
// question.
type oddChoice struct {
	id         customlens.Text
	where, own string // the question in words, and its id
}

// findOdd notes the odd choice of a question.
func (l *linter) findOdd(what string, q *customlens.Question) {
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
		l.oddIDs = append(l.oddIDs, oddChoice{odd[0], what, q.ID.Value})
	}
}

// odd reports odd choices; one whose id several questions share once for all of them.
func (l *linter) odd() {
	n := map[string]int{}
	for _, o := range l.oddIDs {
		n[o.id.Value]++
	}
	for _, o := range l.oddIDs {
		id := cut(o.id.Value, maxID)
		switch of := n[o.id.Value]; {
		case of == 1:
			l.find(oddID, o.id.At, "%s: the choice %s is the only one whose id does not start with %s", o.where, id, cut(o.own, maxID))
		case of > 1:
			l.find(oddID, o.id.At, "the choice %s of %d questions, the first of them %s, is the only one whose id does not start with that of its question",
				id, of, cut(o.own, maxID))
		}
		n[o.id.Value] = 0 // reported
	}
}
