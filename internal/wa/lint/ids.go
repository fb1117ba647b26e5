package lint

import (
	"fmt"
	"path"
	"slices"
	"strings"
	"unicode"

	"github.com/iotlens/iotlens/internal/text"
	"github.com/iotlens/iotlens/internal/wa/customlens"
)

// ids reports duplicate ids.
type ids struct {
	l        *linter
	what, in string
	first    map[string]int // line of the first use
}

// add adds an id, reports a duplicate, and returns whether the id is new and not empty.
func (s *ids) add(id customlens.Text) bool {
	if id.Value == "" {
		return false
	}
	if line, again := s.first[id.Value]; again {
		s.l.report(repeatedID, id.At, "duplicate id %s of a %s%s, first in line %d", quoted(id.Value), s.what, s.in, line)
		return false
	}
	if s.first == nil {
		s.first = map[string]int{}
	}
	s.first[id.Value], _ = s.l.doc.Position(id.At.From)
	return true
}

// checkFrameworkPillar compares a pillar with the pillars of the Framework.
func (l *linter) checkFrameworkPillar(p *customlens.Pillar) {
	id := p.ID.Value
	for _, f := range customlens.FrameworkPillars {
		switch {
		case id == f.ID && p.Name.Value != "" && !strings.EqualFold(folded(p.Name.Value), folded(f.Name)):
			l.report(pillarName, p.Name.At, "the pillar %s is named %s; its name in the Framework is %q", id, quoted(p.Name.Value), f.Name)
		case id != f.ID && (foldedID(id) == foldedID(f.ID) || foldedID(id) == foldedID(f.Name)):
			l.report(misspeltPillar, p.ID.At, "the pillar id %s is not that of the Framework, did you mean %q?", truncate(id, maxID), f.ID)
		}
	}
}

// folded removes case and white space, as the WA Tool does to compare names of lenses.
func folded(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) {
			return -1
		}
		return unicode.ToLower(r)
	}, s)
}

// foldedID returns an id without case, underscores, white space and the word pillar.
func foldedID(s string) string {
	return strings.NewReplacer("_", "", "pillar", "").Replace(folded(s))
}

// lensName reports a name that an earlier lens has, unless the two are versions of one
// lens.
func (l *linter) lensName(earlier []*customlens.Doc) {
	name := l.doc.Lens.Name
	if strings.TrimSpace(name.Value) == "" {
		return
	}
	for _, d := range earlier {
		other := d.Lens.Name.Value
		if folded(other) != folded(name.Value) || areVersions(d, l.doc) {
			continue
		}
		same := "has the name " + quoted(other)
		if other != name.Value {
			same += ", which is the same to AWS"
		}
		l.report(nameTaken, name.At, "the lens is named %s, and %s %s", quoted(name.Value), d.File, same)
		return
	}
}

// areVersions reports whether two lenses of one name are versions of one lens: their file
// names differ by numbers alone (v1/lens.json and v2/lens.json, orr-1.3.5.json and
// orr-1.3.6.json), and at least half of the questions of the smaller lens are in the other,
// with the same title, or with the same id and a title that shares half of its words.
// Equal ids are not enough, as many lenses have a SEC1; nor are equal questions, as a new
// lens may start as a copy of another.
func areVersions(before, after *customlens.Doc) bool {
	if !sameFile(before.File, after.File) {
		return false
	}
	a, b := &before.Lens, &after.Lens
	titles, byID := map[string]bool{}, map[string][]string{}
	n, m, kept := 0, 0, 0
	for i := range a.Pillars {
		for j := range a.Pillars[i].Questions {
			q := &a.Pillars[i].Questions[j]
			titles[folded(q.Title.Value)], byID[q.ID.Value] = true, strings.Fields(strings.ToLower(q.Title.Value))
			n++
		}
	}
	for i := range b.Pillars {
		for j := range b.Pillars[i].Questions {
			q := &b.Pillars[i].Questions[j]
			m++
			if titles[folded(q.Title.Value)] || similar(byID[q.ID.Value], strings.Fields(strings.ToLower(q.Title.Value))) {
				kept++
			}
		}
	}
	return 2*kept >= min(n, m)
}

// sameFile reports whether two file names differ by numbers alone.
func sameFile(a, b string) bool {
	return numbers().ReplaceAllString(path.Base(a), "0") == numbers().ReplaceAllString(path.Base(b), "0")
}

var numbers = text.Pattern("[0-9]+")

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

// reportSharedIDs reports, once per lens, choice ids that several questions use.
func (l *linter) reportSharedIDs() {
	repeated := slices.DeleteFunc(l.choiceIDs.list, func(u *use) bool { return u.n == 1 })
	if len(repeated) == 0 {
		return
	}
	more := ""
	if n := len(repeated); n > 1 {
		more = fmt.Sprintf("; %s repeated too", text.Plural(n-1, "other id is", "other ids are"))
	}
	id := repeated[0]
	l.report(sharedIDs, id.at, "the choice id %s is in %d questions%s", quoted(id.text), id.n, more)
}

// An oddChoice is the only choice of a question whose id does not start with the id of the
// question.
type oddChoice struct {
	id                   customlens.Text
	question, questionID string // the question as messages name it, and its id
}

// collectOddIDs collects the odd choice of a question.
func (l *linter) collectOddIDs(what string, q *customlens.Question) {
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

// reportOddIDs reports odd choices; an id that several questions share is reported once.
func (l *linter) reportOddIDs() {
	n := map[string]int{}
	for _, o := range l.oddIDs {
		n[o.id.Value]++
	}
	for _, o := range l.oddIDs {
		id := truncate(o.id.Value, maxID)
		switch of := n[o.id.Value]; {
		case of == 1:
			l.report(oddID, o.id.At, "%s: the choice %s is the only one whose id does not start with %s", o.question, id, truncate(o.questionID, maxID))
		case of > 1:
			l.report(oddID, o.id.At, "the choice %s of %d questions, the first of them %s, is the only one whose id does not start with that of its question",
				id, of, truncate(o.questionID, maxID))
		}
		n[o.id.Value] = 0 // reported
	}
}
