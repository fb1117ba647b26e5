package yamlfile

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/iotlens/iotlens/internal/disk"
)

// A Problem is one thing wrong with one file, in the words of the person who
// wrote the file.
type Problem struct {
	File string
	Line int    // counted from 1; 0 where the problem is the file itself
	Text string // what is wrong, with a suggestion where there is one
}

func (p Problem) String() string {
	if p.Line == 0 {
		return disk.DisplayPath(p.File) + ": " + p.Text
	}
	return fmt.Sprintf("%s:%d: %s", disk.DisplayPath(p.File), p.Line, p.Text)
}

// Problems is every problem of a run. It is an error when it is
// not empty; Err turns it into one.
type Problems []Problem

func (ps Problems) Error() string {
	var lines []string
	for i, p := range ps {
		if i == maxProblemsShown {
			lines = append(lines, fmt.Sprintf("%d problems in all", len(ps)))
			break
		}
		lines = append(lines, p.String())
	}
	return strings.Join(lines, "\n")
}

// maxProblemsShown is how many problems are shown one by one.
const maxProblemsShown = 100

// Err returns the problems as an error, or nil where there are none.
func (ps Problems) Err() error {
	if len(ps) == 0 {
		return nil
	}
	return ps
}

// Add appends a problem.
func (ps *Problems) Add(file string, line int, format string, args ...any) {
	*ps = append(*ps, Problem{File: file, Line: line, Text: fmt.Sprintf(format, args...)})
}

// AddChecked adds what a check of the decoded values finds to the problems of the decoding, but
// for lines of which one is known already: what could not be decoded looks as if it were
// missing.
func (ps Problems) AddChecked(checked Problems) Problems {
	known := map[int]bool{}
	for _, p := range ps {
		known[p.Line] = true
	}
	for _, p := range checked {
		if !known[p.Line] {
			ps = append(ps, p)
		}
	}
	ps.Sort()
	return ps
}

// Sort orders problems by file, then line, then text.
func (ps Problems) Sort() {
	slices.SortStableFunc(ps, func(a, b Problem) int {
		return cmp.Or(cmp.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line), cmp.Compare(a.Text, b.Text))
	})
}
