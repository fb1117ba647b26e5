package customlens

import (
	"fmt"
	"strings"

	"github.com/iotlens/iotlens/internal/jsonfile"
)

// WrongType is the class of a value of the wrong type, such as a number instead of a
// string. Package jsonfile has the other classes.
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

// Problems are the problems of a file in order of position. Err returns them as an error.
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

// Tolerated splits problems into those that leave the content of the file clear
// (jsonfile.Class.Tolerated), to be shown as warnings, and the others.
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
