// Package lint checks custom lenses of the AWS Well-Architected Tool before AWS
// does: what an import would refuse, what it would read in another way than it is
// meant, and rules that score wrongly.
//
// checks.md has what every check means and what to do; text, JSON, SARIF, explain
// and docs/lint.md are made of it. Files
// runs the checks, Fix applies the fixes that are certain. Findings on rules are
// proven over every possible answer (rules.Prove), not tried on a few.
//
// Sources: the custom lens specification of the WA Tool user guide, the model of
// its API, and what AWS measured of the live service and published
// (awslabs/operational-readiness-review-custom-war-lens, docs/gates.md).
package lint

import (
	"bytes"
	"cmp"
	"fmt"
	"slices"
	"sort"

	"github.com/iotlens/iotlens/internal/jsonfile"
	"github.com/iotlens/iotlens/internal/text"
	"github.com/iotlens/iotlens/internal/wa/customlens"
)

// A Finding is one thing wrong with a lens.
type Finding struct {
	Check *Check
	File  string
	At    jsonfile.Span
	// Line and Column are where it begins, EndLine and EndColumn where it ends
	// (the column behind it), all from 1, columns in characters.
	Line, Column, EndLine, EndColumn int
	IDs                              []string      // pillar, question and choice that it is in, as far as it is in one
	Text                             string        // what is wrong, in one sentence, without control characters
	Fix                              *SuggestedFix // nil: to be fixed by a person
}

// A SuggestedFix is a fix that is certain to be what was meant.
type SuggestedFix struct {
	Message string // what was done, in the past tense
	Edits   []Edit
}

// An Edit replaces bytes of a file.
type Edit struct {
	jsonfile.Span
	Text string
}

// A Source is a file to check.
type Source struct {
	File string // as findings name it
	Path string // where it is; not used here
	Data []byte
	Skip func(Finding) bool // findings that Fix leaves alone; nil: none
}

// Files checks lenses, each by itself and for names that cannot both exist in one
// account. Findings are in the order of their places.
func Files(sources []Source) Report {
	r := Report{Files: make([]FileReport, len(sources))}
	docs := make([]*customlens.Doc, len(sources))
	for i, s := range sources {
		doc, problems := customlens.Read(s.File, s.Data)
		docs[i] = doc
		l := &linter{doc: doc, n: map[string]int{}, choiceIDs: uses{known: map[string]*use{}}, links: uses{known: map[string]*use{}}}
		l.read(problems)
		if doc.Complete {
			l.lens()
			l.lensName(docs[:i])
		}
		r.Files[i] = FileReport{File: s.File, Path: s.Path, Findings: l.sorted()}
		if !meantAsLens(doc.Root, len(problems) == 0, s.Data) {
			for j := range r.Files[i].Findings {
				r.Files[i].Findings[j].Fix = nil // it is unknown what such a file was meant to be
			}
		}
	}
	return r
}

// meantAsLens reports whether a file is meant to be a custom lens: it has most of the
// fields of one, or would have if it were JSON.
func meantAsLens(root *jsonfile.Node, isJSON bool, data []byte) bool {
	n := 0
	for _, key := range []string{"schemaVersion", "name", "description", "pillars"} {
		if _, ok := root.Field(key); ok {
			n++
		}
	}
	if n >= 3 || isJSON {
		return n >= 3
	}
	data = bytes.ReplaceAll(data, []byte{0}, nil) // those of UTF-16, as Windows PowerShell writes it
	return bytes.Contains(data, []byte("pillars")) && bytes.Contains(data, []byte("riskRules"))
}

// linter checks one lens.
type linter struct {
	doc       *customlens.Doc
	found     []*Finding
	n         map[string]int // how many findings each code has
	choiceIDs uses           // each id once a question
	links     uses
	fields    map[int]place          // by offset of the key; made when a fix needs it
	garbled   bool                   // the file has characters that could not be read, which was reported
	unmarked  *Finding               // the only None of these of this question, without the suffix
	opposed   []*customlens.Choice   // the No of this question, where another choice is its Yes
	oddIDs    []oddChoice            // choice ids that are the only odd ones of their questions
	lenient   []*customlens.Question // whose rules ignore None of these beside practices
}

// maxFindings is how many findings of one check are reported of a file: more than a
// lens that AWS takes can have.
const maxFindings = 10_000

// find reports a finding of the check with a code at a place.
func (l *linter) find(code string, at jsonfile.Span, format string, args ...any) *Finding {
	c, _ := FindCheck(code)
	switch l.n[code]++; {
	case l.n[code] > maxFindings:
		return &Finding{Check: c} // not reported
	case l.n[code] == maxFindings:
		format += "; further findings of this check are not reported"
	}
	f := &Finding{Check: c, File: l.doc.File, At: at, Text: text.Clean(fmt.Sprintf(format, args...), false)}
	f.Line, f.Column = l.doc.Position(at.From)
	f.EndLine, f.EndColumn = l.doc.Position(at.To)
	l.found = append(l.found, f)
	return f
}

func (l *linter) sorted() []Finding {
	slices.SortStableFunc(l.found, func(a, b *Finding) int {
		return cmp.Or(cmp.Compare(a.At.From, b.At.From), cmp.Compare(a.Check.Code, b.Check.Code))
	})
	out := make([]Finding, len(l.found))
	for i, f := range l.found {
		f.IDs = l.path(f.At.From)
		out[i] = *f
	}
	return out
}

// path lists the ids of the pillar, the question and the choice at an offset.
func (l *linter) path(offset int) (ids []string) {
	p := at(l.doc.Lens.Pillars, offset, func(p *customlens.Pillar) jsonfile.Span { return p.At })
	if p == nil {
		return nil
	}
	ids = append(ids, p.ID.Value)
	q := at(p.Questions, offset, func(q *customlens.Question) jsonfile.Span { return q.At })
	if q == nil {
		return ids
	}
	ids = append(ids, q.ID.Value)
	if c := at(q.Choices, offset, func(c *customlens.Choice) jsonfile.Span { return c.At }); c != nil {
		ids = append(ids, c.ID.Value)
	}
	return ids
}

// at is the object at an offset, of a list in the order of the file; nil where none is.
func at[T any](list []T, offset int, span func(*T) jsonfile.Span) *T {
	i := sort.Search(len(list), func(i int) bool { return span(&list[i]).To > offset })
	if i == len(list) || span(&list[i]).From > offset {
		return nil
	}
	return &list[i]
}
