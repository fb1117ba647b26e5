// Package lint finds what is wrong with custom lenses of the AWS Well-Architected
// Tool before AWS does: what an import would refuse, what it would read otherwise
// than it is meant, and rules that score wrongly.
//
// Every check is a value in one table, with what it means and what to do; text,
// JSON, SARIF, explain and docs/lint.md draw on it. What is said of rules is
// proven over every answer that there can be (rules.Prove), not tried on a few.
// Sources: the custom lens specification of the WA Tool user guide, the model of
// its API, and what AWS measured of the live service and published
// (awslabs/operational-readiness-review-custom-war-lens, docs/gates.md).
package lint

import (
	"bytes"
	"cmp"
	"fmt"
	"slices"

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
	Text                             string // what is wrong, in one sentence; nothing in it drives a terminal
	Mend                             *Mend  // nil: not for a program to mend
}

// A Mend is a certain way to put a finding right.
type Mend struct {
	Says  string // what was done, in the past tense
	Edits []Edit
}

// An Edit replaces bytes of a file.
type Edit struct {
	jsonfile.Span
	Text string
}

// A Source is a file to be looked at.
type Source struct {
	File string // as findings name it
	Path string // where it is; lint doesn't use it
	Data []byte
}

// Files looks at lenses, each for itself and for names that can't stand side by
// side in one account. Findings are in the order of their places.
func Files(sources []Source) Report {
	r := Report{Files: make([]FileReport, len(sources))}
	docs := make([]*customlens.Doc, len(sources))
	for i, s := range sources {
		doc, problems := customlens.Read(s.File, s.Data)
		docs[i] = doc
		l := &linter{doc: doc}
		l.read(problems)
		if doc.Whole {
			l.lens()
			l.taken(docs[:i])
		}
		r.Files[i] = FileReport{File: s.File, Findings: l.sorted()}
		if !meantAsLens(doc.Root, len(problems) == 0, s.Data) {
			for j := range r.Files[i].Findings {
				r.Files[i].Findings[j].Mend = nil // what was meant with such a file, nobody here knows
			}
		}
	}
	return r
}

// IsLens tells whether a file is meant to be a custom lens: it has most of the
// fields of one, or would have if it were JSON.
func IsLens(data []byte) bool {
	root, problems := jsonfile.Parse(data)
	return meantAsLens(root, len(problems) == 0, data)
}

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

// linter looks at one lens.
type linter struct {
	doc      *customlens.Doc
	found    []*Finding
	n        map[*Check]int         // how many of each there are
	fields   map[int]place          // by offset of the key; made when a mend needs it
	garbled  bool                   // the file has characters that could not be read, and was told so
	unmarked *Finding               // the choice of this question that says None of these, if its id could do so
	lenient  []*customlens.Question // where None of these counts for nothing beside practices
}

// mostOfOne is how many findings of one check are told of a file: more than a lens
// that AWS takes can have.
const mostOfOne = 10_000

// find notes a finding at a place.
func (l *linter) find(c *Check, at jsonfile.Span, format string, args ...any) *Finding {
	if l.n == nil {
		l.n = map[*Check]int{}
	}
	switch l.n[c]++; {
	case l.n[c] > mostOfOne:
		return &Finding{Check: c} // told nobody
	case l.n[c] == mostOfOne:
		format += "; further findings of this kind are not told"
	}
	f := &Finding{Check: c, File: l.doc.File, At: at, Text: text.Clean(fmt.Sprintf(format, args...), false)}
	f.Line, f.Column = l.doc.Place(at.From)
	f.EndLine, f.EndColumn = l.doc.Place(at.To)
	l.found = append(l.found, f)
	return f
}

func (l *linter) sorted() []Finding {
	slices.SortStableFunc(l.found, func(a, b *Finding) int {
		return cmp.Or(cmp.Compare(a.At.From, b.At.From), cmp.Compare(a.Check.Code, b.Check.Code))
	})
	out := make([]Finding, len(l.found))
	for i, f := range l.found {
		out[i] = *f
	}
	return out
}

// Counts counts findings by severity.
func Counts(findings []Finding) (n [Note + 1]int) {
	for _, f := range findings {
		n[f.Check.Severity]++
	}
	return n
}
