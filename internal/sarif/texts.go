package sarif

import (
	"net/url"
	"path"
	"path/filepath"
	"strings"

	"github.com/iotlens/iotlens/internal/text"
)

// The maximum number of characters that GitHub shows of a name and of a description.
const (
	MaxName        = 255
	MaxDescription = 1024
)

var escapePlain = strings.NewReplacer(`\`, `\\`, "[", `\[`, "]", `\]`, "{", "{{", "}", "}}")

// Text returns a message with escaped text: links (section 3.11.6) and placeholders (section
// 3.11.5) in it have no effect, and control characters are visible. Line breaks are kept.
func Text(s string) Message {
	return Message{Text: escapePlain.Replace(text.Clean(s, true))}
}

// LocationsAt returns a position in a file. The path is relative to the working directory,
// which must be the root of the repository for GitHub. Line 0 is the whole file; column 0 is
// the whole line.
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
