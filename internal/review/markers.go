package review

import (
	"bytes"
	"slices"
)

// WithConflictMarkers returns the lines of two files with conflict markers around those that
// differ, as git writes them: each with the label of its side.
func WithConflictMarkers(current, other []byte, labels [2]string) []byte {
	a, b := splitLines(current), splitLines(other)
	lineEnd := []byte("\n")
	if bytes.Contains(current, []byte("\r\n")) {
		lineEnd = []byte("\r\n")
	}
	var out bytes.Buffer
	writeMarker := func(c byte, label string) {
		out.Write(bytes.Repeat([]byte{c}, 7))
		if label != "" {
			out.WriteString(" " + label)
		}
		out.Write(lineEnd)
	}
	writeLines := func(lines [][]byte) {
		for _, line := range lines {
			out.Write(line)
			out.Write(lineEnd)
		}
	}
	next := 0
	for _, h := range diffHunks(a, b) {
		writeLines(a[next:h.current.start])
		writeMarker('<', labels[0])
		writeLines(a[h.current.start:h.current.end])
		writeMarker('=', "")
		writeLines(b[h.other.start:h.other.end])
		writeMarker('>', labels[1])
		next = h.current.end
	}
	writeLines(a[next:])
	return out.Bytes()
}

// splitLines returns the lines of a file without line ends.
func splitLines(data []byte) [][]byte {
	lines := slices.Collect(bytes.Lines(data))
	for i, line := range lines {
		lines[i] = bytes.TrimRight(line, "\r\n")
	}
	return lines
}

// A span is a range of lines, without the line at end.
type span struct{ start, end int }

// A hunk is a place where two files differ.
type hunk struct{ current, other span }

// maxLinesBetween is how many equal lines between two hunks join them to one, as in git,
// unless another record begins between them.
const maxLinesBetween = 3

// indentOf returns the indentation of the first line that is not blank; maxIndent if there is
// none.
func indentOf(lines [][]byte) int {
	for _, line := range lines {
		if text := bytes.TrimLeft(line, " "); len(text) > 0 {
			return len(line) - len(text)
		}
	}
	return maxIndent
}

const maxIndent = 1 << 30

// sameRecord reports whether two hunks with some equal lines between them are in the same
// record.
func sameRecord(hunk, between, nextHunk [][]byte) bool {
	if len(between) > maxLinesBetween {
		return false
	}
	for i := range between {
		indent := indentOf(between[i : i+1])
		if indent < indentOf(hunk) && indentOf(hunk) < maxIndent || indent < indentOf(nextHunk) && indentOf(nextHunk) < maxIndent {
			return false
		}
	}
	return true
}

// maxEdits limits the lines that may differ; with more of them, everything between the first
// and the last difference is one hunk.
const maxEdits = 1000

// diffHunks lists where two files differ.
func diffHunks(current, other [][]byte) []hunk {
	prefix := 0
	for prefix < len(current) && prefix < len(other) && bytes.Equal(current[prefix], other[prefix]) {
		prefix++
	}
	suffix := 0
	for suffix < len(current)-prefix && suffix < len(other)-prefix && bytes.Equal(current[len(current)-1-suffix], other[len(other)-1-suffix]) {
		suffix++
	}
	current, other = current[prefix:len(current)-suffix], other[prefix:len(other)-suffix]
	if len(current)+len(other) == 0 {
		return nil
	}
	var hunks []hunk
	linesOf := func(h hunk) [][]byte {
		return slices.Concat(current[h.current.start:h.current.end], other[h.other.start:h.other.end])
	}
	add := func(h hunk) {
		h.slideUp(current, other, hunks)
		if n := len(hunks); n > 0 {
			before := &hunks[n-1]
			if sameRecord(linesOf(*before), current[before.current.end:h.current.start], linesOf(h)) {
				before.current.end, before.other.end = h.current.end, h.other.end
				return
			}
		}
		hunks = append(hunks, h)
	}
	x, y := 0, 0
	for _, pair := range append(commonLines(current, other), [2]int{len(current), len(other)}) {
		if pair[0] > x || pair[1] > y {
			add(hunk{span{x, pair[0]}, span{y, pair[1]}})
		}
		x, y = pair[0]+1, pair[1]+1
	}
	for i := range hunks {
		for _, s := range []*span{&hunks[i].current, &hunks[i].other} {
			s.start, s.end = s.start+prefix, s.end+prefix
		}
	}
	return hunks
}

// slideUp moves a hunk in which only one file has lines up to where these are least indented,
// as far as the result is the same, so that the hunk begins with a record.
func (h *hunk) slideUp(current, other [][]byte, before []hunk) {
	var limit hunk
	if n := len(before); n > 0 {
		limit = before[n-1]
	}
	side, lines := &h.current, current
	if h.current.start == h.current.end {
		side, lines = &h.other, other
	} else if h.other.start != h.other.end {
		return
	}
	best, leastIndent := *h, indentOf(lines[side.start:])
	for h.current.start > limit.current.end && h.other.start > limit.other.end && bytes.Equal(lines[side.start-1], lines[side.end-1]) {
		h.current, h.other = span{h.current.start - 1, h.current.end - 1}, span{h.other.start - 1, h.other.end - 1}
		if indent := indentOf(lines[side.start:]); indent < leastIndent {
			best, leastIndent = *h, indent
		}
	}
	*h = best
}

// commonLines returns a longest common subsequence of the lines of two files, as pairs of
// indexes (Myers, "An O(ND) Difference Algorithm and Its Variations", 1986); none if more than
// maxEdits lines differ. The names are those of the paper.
func commonLines(a, b [][]byte) [][2]int {
	most := min(len(a)+len(b), maxEdits)
	v := make([]int, 2*most+3) // the furthest x on each diagonal k = x-y, at index k+most+1
	var trace [][]int
	for d := 0; d <= most; d++ {
		trace = append(trace, slices.Clone(v))
		for k := -d; k <= d; k += 2 {
			i := k + most + 1
			x := v[i-1] + 1
			if k == -d || k != d && v[i-1] < v[i+1] {
				x = v[i+1]
			}
			for x < len(a) && x-k < len(b) && bytes.Equal(a[x], b[x-k]) {
				x++
			}
			if v[i] = x; x >= len(a) && x-k >= len(b) {
				return backtrack(trace, len(a), len(b), most)
			}
		}
	}
	return nil
}

// backtrack follows the trace of commonLines from the end to the beginning.
func backtrack(trace [][]int, x, y, most int) [][2]int {
	var pairs [][2]int
	for d := len(trace) - 1; d >= 0; d-- {
		v, k := trace[d], x-y
		i := k + most + 1
		from := k - 1
		if k == -d || k != d && v[i-1] < v[i+1] {
			from = k + 1
		}
		startX := v[from+most+1]
		startY := startX - from
		if d == 0 {
			startX, startY = 0, 0
		}
		for x > startX && y > startY {
			x, y = x-1, y-1
			pairs = append(pairs, [2]int{x, y})
		}
		x, y = startX, startY
	}
	slices.Reverse(pairs)
	return pairs
}
