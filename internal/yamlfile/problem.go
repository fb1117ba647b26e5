package yamlfile

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/iotlens/iotlens/internal/disk"
)

// A Problem is something wrong with a file, in the terms of its author.
type Problem struct {
	File string
	Line int    // from 1; 0 for the whole file
	Text string // what is wrong and, if known, what to do
}

func (p Problem) String() string {
	if p.Line == 0 {
		return disk.DisplayPath(p.File) + ": " + p.Text
	}
	return fmt.Sprintf("%s:%d: %s", disk.DisplayPath(p.File), p.Line, p.Text)
}

// Problems are the problems of one or more files. As an error they must not be empty; see
// Err.
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

// maxProblemsShown limits the problems that an error message lists.
const maxProblemsShown = 100

// Err returns the problems as an error; nil if there are none.
func (ps Problems) Err() error {
	if len(ps) == 0 {
		return nil
	}
	return ps
}

// Add adds a problem. line 0 stands for the whole file.
func (ps *Problems) Add(file string, line int, format string, args ...any) {
	*ps = append(*ps, Problem{File: file, Line: line, Text: fmt.Sprintf(format, args...)})
}

// AddChecked adds the problems of a check of decoded values to those of decoding, except on
// lines that have one already: a value that could not be decoded looks like a missing one.
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

// Sort sorts problems by file, line and text.
func (ps Problems) Sort() {
	slices.SortStableFunc(ps, func(a, b Problem) int {
		return cmp.Or(cmp.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line), cmp.Compare(a.Text, b.Text))
	})
}
