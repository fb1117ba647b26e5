package filekind

import "bytes"

// A Range is lines of a file, from 1: the first and the last of them.
type Range struct{ First, Last int }

// Conflicts lists where git left merge conflicts: from the marker <<<<<<< at the
// beginning of a line to >>>>>>>, or as far as there are markers.
func Conflicts(data []byte) []Range {
	var out []Range
	at, last, n := 0, 0, 0
	end := func() {
		if at > 0 && last > 0 {
			out = append(out, Range{at, last})
		}
		at, last = 0, 0
	}
	for l := range bytes.Lines(data) {
		n++
		switch {
		case isMarker(l, '<'):
			end()
			at = n
		case at > 0 && isMarker(l, '>'):
			last = n
			end()
		case at > 0 && isMarker(l, '='):
			last = n
		}
	}
	end()
	return out
}

// isMarker reports whether a line begins with seven of a character and then ends or
// goes on with a blank.
func isMarker(line []byte, c byte) bool {
	rest := bytes.TrimLeft(line, string(c))
	return len(line)-len(rest) == 7 && (len(rest) == 0 || bytes.IndexByte([]byte(" \r\n"), rest[0]) >= 0)
}

// TabIndent returns the first line, from 1, that is indented with a tab, which YAML does
// not allow. Inside of a text it does, so this is to be asked only of a file that
// could not be read.
func TabIndent(data []byte) (line int, ok bool) {
	n := 0
	for l := range bytes.Lines(data) {
		n++
		rest := bytes.TrimLeft(l, " \t")
		if bytes.IndexByte(l[:len(l)-len(rest)], '\t') >= 0 && len(bytes.TrimSpace(rest)) > 0 && rest[0] != '#' {
			return n, true
		}
	}
	return 0, false
}
