package filekind

import "bytes"

// A Range is a range of lines of a file, counted from 1.
type Range struct{ First, Last int }

// Conflicts lists the merge conflicts that git left in a file, from the marker <<<<<<< to >>>>>>>, or
// to the last marker that there is.
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

// isMarker reports whether a line begins with exactly seven of a character, followed by a blank or the
// end of the line.
func isMarker(line []byte, c byte) bool {
	rest := bytes.TrimLeft(line, string(c))
	return len(line)-len(rest) == 7 && (len(rest) == 0 || bytes.IndexByte([]byte(" \r\n"), rest[0]) >= 0)
}

// TabIndent returns the first line, from 1, that is indented with a tab, which YAML does not allow.
// In block texts it does, so call it only for a file that could not be parsed.
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
