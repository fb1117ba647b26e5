package customlens

import (
	"fmt"
	"strings"

	"github.com/iotlens/iotlens/internal/jsonfile"
)

// WrongType is the class of a value of the wrong type, such as a number in place of a
// string. The other classes are those of package jsonfile.
const WrongType jsonfile.Class = "wrong-type"

// A Problem is one reason why a file can't be read as a custom lens.
type Problem struct {
	File         string
	Line, Column int // from 1
	Class        jsonfile.Class
	At           jsonfile.Span
	Text         string
}

func (p Problem) String() string {
	return fmt.Sprintf("%s:%d:%d: %s", p.File, p.Line, p.Column, p.Text)
}

// Problems is every problem of a file, in the order of their places. It is an
// error where it is not empty; Err turns it into one.
type Problems []Problem

func (ps Problems) Error() string {
	lines := make([]string, len(ps))
	for i, p := range ps {
		lines[i] = p.String()
	}
	return strings.Join(lines, "\n")
}

// Err returns the problems as an error, or nil where there are none.
func (ps Problems) Err() error {
	if len(ps) == 0 {
		return nil
	}
	return ps
}

// Tolerated splits what Read reports: the mistakes that leave no doubt what the file
// says (jsonfile.Class.Tolerated), which are to be told as warnings, and the others.
func (ps Problems) Tolerated() (warnings, mistakes Problems) {
	for _, p := range ps {
		if p.Class.Tolerated() {
			warnings = append(warnings, p)
		} else {
			mistakes = append(mistakes, p)
		}
	}
	return warnings, mistakes
}
