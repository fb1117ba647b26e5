package sarif

import (
	"net/url"
	"path"
	"path/filepath"
	"strings"

	"github.com/iotlens/iotlens/internal/text"
)

// The most characters that GitHub shows of a name and of a description.
const (
	MaxName        = 255
	MaxDescription = 1024
)

var escapePlain = strings.NewReplacer(`\`, `\\`, "[", `\[`, "]", `\]`, "{", "{{", "}", "}}")

// Text makes a plain message of any text: nothing in it is read as a link
// (section 3.11.6) or as a place to fill in (section 3.11.5), and control
// characters are made visible. Line breaks stay.
func Text(s string) Message {
	return Message{Text: escapePlain.Replace(text.Clean(s, true))}
}

// LocationsAt is a place in a file, whose path is relative to where the program runs,
// which for GitHub is the root of the repository. A line of 0 is the file as a
// whole; a column of 0 the whole line.
func LocationsAt(file string, line, column int) []Location {
	slashed := filepath.ToSlash(file)
	l := Location{Physical{File: File{URI: (&url.URL{Path: path.Clean(slashed)}).String(), URIBaseID: "%SRCROOT%"}}}
	if path.IsAbs(slashed) || filepath.IsAbs(file) {
		l.Physical.File = File{URI: (&url.URL{Scheme: "file", Path: "/" + strings.TrimPrefix(slashed, "/")}).String()}
	}
	if line > 0 {
		l.Physical.Region = &Region{StartLine: line, StartColumn: column}
	}
	return []Location{l}
}
