// Package lint checks custom lenses of the AWS Well-Architected Tool: for what an import
// would refuse or silently ignore, and for rules that score wrongly.
//
// Files runs the checks; Fix applies the fixes that are certain. checks.md describes every
// check; text, JSON, SARIF, explain and docs/lint.md are generated from it. Findings on
// rules are proven over every possible answer (rules.Prove).
//
// Sources: the custom lens specification of the WA Tool user guide, the model of its API,
// and AWS's published measurements of the live service
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

// A Finding is one problem of a lens.
type Finding struct {
	Check *Check
	File  string
	At    jsonfile.Span
	// Line and Column are the start of At, EndLine and EndColumn its end (the column after
	// it). All count from 1, columns in characters.
	Line, Column, EndLine, EndColumn int
	IDs                              []string      // of the pillar, question and choice that contain it
	Text                             string        // one sentence, without control characters
	Fix                              *SuggestedFix // nil: only a person can fix it
}

// A SuggestedFix is a fix that is certain to be what the author meant.
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
	Path string // of the file on disk; only passed on to the FileReport
	Data []byte
	Skip func(Finding) bool // findings that Fix leaves alone; nil: none
}

// Files checks lenses, each by itself and for names that one account cannot have twice.
// Findings are sorted by position.
func Files(sources []Source) Report {
	r := Report{Files: make([]FileReport, len(sources))}
	docs := make([]*customlens.Doc, len(sources))
	for i, s := range sources {
		doc, problems := customlens.Read(s.File, s.Data)
		docs[i] = doc
		l := &linter{doc: doc, counts: map[string]int{}, choiceIDs: uses{known: map[string]*use{}}, links: uses{known: map[string]*use{}}}
		l.read(problems)
		if doc.Complete {
			l.lens()
			l.lensName(docs[:i])
		}
		r.Files[i] = FileReport{File: s.File, Path: s.Path, Findings: l.sorted()}
		if !looksLikeLens(doc.Root, len(problems) == 0, s.Data) {
			for j := range r.Files[i].Findings {
				r.Files[i].Findings[j].Fix = nil // the intended content is unknown
			}
		}
	}
	return r
}

// looksLikeLens reports whether a file is probably meant to be a custom lens: it has most of
// the fields of one, or the text of some if it is not JSON.
func looksLikeLens(root *jsonfile.Node, isJSON bool, data []byte) bool {
	n := 0
	for _, key := range []string{"schemaVersion", "name", "description", "pillars"} {
		if _, ok := root.Field(key); ok {
			n++
		}
	}
	if n >= 3 || isJSON {
		return n >= 3
	}
	data = bytes.ReplaceAll(data, []byte{0}, nil) // of UTF-16, as Windows PowerShell writes it
	return bytes.Contains(data, []byte("pillars")) && bytes.Contains(data, []byte("riskRules"))
}

// linter checks one lens.
type linter struct {
	doc          *customlens.Doc
	found        []*Finding
	counts       map[string]int // how many findings each code has
	choiceIDs    uses           // an id counts once per question
	links        uses
	fields       map[int]place          // by offset of the key; nil until a fix needs it
	garbled      bool                   // some characters could not be decoded, which was reported
	unsuffixed   *Finding               // on the only None of these of the current question, if it lacks the suffix
	unwanted     []*customlens.Choice   // customlens.UnwantedChoices of the current question
	oddIDs       []oddChoice            // in all questions
	ignoringNone []*customlens.Question // questions whose rules ignore None of these beside practices
}

// maxFindings limits the findings of one check in a file; a lens that AWS accepts has
// fewer.
const maxFindings = 10_000

// report adds a finding of the check with the given code.
func (l *linter) report(code string, at jsonfile.Span, format string, args ...any) *Finding {
	c, _ := FindCheck(code)
	switch l.counts[code]++; {
	case l.counts[code] > maxFindings:
		return &Finding{Check: c} // not reported
	case l.counts[code] == maxFindings:
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

// path returns the ids of the pillar, the question and the choice at an offset.
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

// at returns the object at an offset, or nil. The list is in the order of the file.
func at[T any](list []T, offset int, span func(*T) jsonfile.Span) *T {
	i := sort.Search(len(list), func(i int) bool { return span(&list[i]).To > offset })
	if i == len(list) || span(&list[i]).From > offset {
		return nil
	}
	return &list[i]
}
