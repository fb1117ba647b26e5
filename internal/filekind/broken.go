package filekind

import "bytes"

// Conflict returns the line, from 1, at which git left a merge conflict: the
// marker <<<<<<< at the beginning of a line, and another marker after it.
func Conflict(data []byte) (line int, ok bool) {
	at, n := 0, 0
	for l := range bytes.Lines(data) {
		n++
		switch {
		case at == 0 && marker(l, '<'):
			at = n
		case at > 0 && (marker(l, '=') || marker(l, '>')):
			return at, true
		}
	}
	return 0, false
}

// marker tells whether a line begins with seven of a character and then ends or
// goes on with a blank.
func marker(line []byte, c byte) bool {
	rest := bytes.TrimLeft(line, string(c))
	return len(line)-len(rest) == 7 && (len(rest) == 0 || bytes.IndexByte([]byte(" \r\n"), rest[0]) >= 0)
}

// Tab returns the first line, from 1, that is indented with a tab, which YAML does
// not allow. Inside of a text it does, so this is to be asked only of a file that
// could not be read.
func Tab(data []byte) (line int, ok bool) {
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
