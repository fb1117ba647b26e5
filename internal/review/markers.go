package review

import (
	"bytes"
	"slices"
)

// WithConflictMarkers is a file that has the lines of two, with conflict markers around those that
// differ, as git writes them: each with the label of its side.
func WithConflictMarkers(current, other []byte, labels [2]string) []byte {
	a, b := splitLines(current), splitLines(other)
	end := []byte("\n")
	if bytes.Contains(current, []byte("\r\n")) {
		end = []byte("\r\n")
	}
	var out bytes.Buffer
	marker := func(c byte, label string) {
		out.Write(bytes.Repeat([]byte{c}, 7))
		if label != "" {
			out.WriteString(" " + label)
		}
		out.Write(end)
	}
	whole := func(lines [][]byte) {
		for _, line := range lines {
			out.Write(bytes.TrimRight(line, "\r\n"))
			out.Write(end)
		}
	}
	at := 0
	for _, h := range diffHunks(a, b) {
		whole(a[at:h.current[0]])
		marker('<', labels[0])
		whole(a[h.current[0]:h.current[1]])
		marker('=', "")
		whole(b[h.other[0]:h.other[1]])
		marker('>', labels[1])
		at = h.current[1]
	}
	whole(a[at:])
	return out.Bytes()
}

func splitLines(data []byte) [][]byte {
	out := slices.Collect(bytes.Lines(data))
	for i, line := range out {
		out[i] = bytes.TrimRight(line, "\r\n")
	}
	return out
}

// A hunk is where two files differ: lines from and up to but without to of each.
type hunk struct{ current, other [2]int }

// maxLinesBetween is how many equal lines between two hunks make them one, as in git; but not where
// another record begins between them.
const maxLinesBetween = 3

// indentOf is how far the first line of some is indented that has text; deepest where there
// is none.
func indentOf(lines [][]byte) int {
	for _, line := range lines {
		if text := bytes.TrimLeft(line, " "); len(text) > 0 {
			return len(line) - len(text)
		}
	}
	return maxIndent
}

const maxIndent = 1 << 30

// sameRecord tells whether two hunks with equal lines between them are of one record.
func sameRecord(h, between, next [][]byte) bool {
	if len(between) > maxLinesBetween {
		return false
	}
	for i := range between {
		if d := indentOf(between[i : i+1]); d < indentOf(h) && indentOf(h) < maxIndent || d < indentOf(next) && indentOf(next) < maxIndent {
			return false
		}
	}
	return true
}

// maxEdits is how many lines may differ before all that is between the first and the
// last of them counts as one hunk.
const maxEdits = 1000

// diffHunks lists where two files differ.
func diffHunks(a, b [][]byte) []hunk {
	head := 0
	for head < len(a) && head < len(b) && bytes.Equal(a[head], b[head]) {
		head++
	}
	tail := 0
	for tail < len(a)-head && tail < len(b)-head && bytes.Equal(a[len(a)-1-tail], b[len(b)-1-tail]) {
		tail++
	}
	a, b = a[head:len(a)-tail], b[head:len(b)-tail]
	if len(a)+len(b) == 0 {
		return nil
	}
	var out []hunk
	x, y := 0, 0
	add := func(h hunk) {
		h.slideUp(a, b, out)
		if n := len(out); n > 0 {
			before := &out[n-1]
			lines := func(h hunk) [][]byte { return slices.Concat(a[h.current[0]:h.current[1]], b[h.other[0]:h.other[1]]) }
			if sameRecord(lines(*before), a[before.current[1]:h.current[0]], lines(h)) {
				before.current[1], before.other[1] = h.current[1], h.other[1]
				return
			}
		}
		out = append(out, h)
	}
	for _, pair := range append(commonLines(a, b), [2]int{len(a), len(b)}) {
		if pair[0] > x || pair[1] > y {
			add(hunk{[2]int{x, pair[0]}, [2]int{y, pair[1]}})
		}
		x, y = pair[0]+1, pair[1]+1
	}
	for i := range out {
		for _, at := range []*int{&out[i].current[0], &out[i].current[1], &out[i].other[0], &out[i].other[1]} {
			*at += head
		}
	}
	return out
}

// slideUp moves a hunk in which only one side has lines up to where these begin least
// indented, as far as that says the same: a record then is not cut in two.
func (h *hunk) slideUp(a, b [][]byte, before []hunk) {
	least := [2]int{}
	if n := len(before); n > 0 {
		least = [2]int{before[n-1].current[1], before[n-1].other[1]}
	}
	side, lines := &h.current, a
	if h.current[0] == h.current[1] {
		side, lines = &h.other, b
	} else if h.other[0] != h.other[1] {
		return
	}
	best, shallow := *h, indentOf(lines[side[0]:])
	for h.current[0] > least[0] && h.other[0] > least[1] && bytes.Equal(lines[side[0]-1], lines[side[1]-1]) {
		h.current, h.other = [2]int{h.current[0] - 1, h.current[1] - 1}, [2]int{h.other[0] - 1, h.other[1] - 1}
		if d := indentOf(lines[side[0]:]); d < shallow {
			best, shallow = *h, d
		}
	}
	*h = best
}

// commonLines lists the lines that two files have in common, in order: a longest list of them
// (Myers, "An O(ND) Difference Algorithm and Its Variations", 1986), or none where more
// than mostEdits lines differ.
func commonLines(a, b [][]byte) [][2]int {
	most := min(len(a)+len(b), maxEdits)
	reach := make([]int, 2*most+3) // by diagonal x-y, how far it is reached in a
	var trace [][]int
	for d := 0; d <= most; d++ {
		trace = append(trace, slices.Clone(reach))
		for k := -d; k <= d; k += 2 {
			i := k + most + 1
			x := reach[i-1] + 1
			if k == -d || k != d && reach[i-1] < reach[i+1] {
				x = reach[i+1]
			}
			for x < len(a) && x-k < len(b) && bytes.Equal(a[x], b[x-k]) {
				x++
			}
			if reach[i] = x; x >= len(a) && x-k >= len(b) {
				return backtrack(trace, len(a), len(b), most)
			}
		}
	}
	return nil
}

// backtrack follows the trace of pairs from the end to the beginning.
func backtrack(trace [][]int, x, y, most int) [][2]int {
	var out [][2]int
	for d := len(trace) - 1; d >= 0; d-- {
		reach, k := trace[d], x-y
		i := k + most + 1
		from := k - 1
		if k == -d || k != d && reach[i-1] < reach[i+1] {
			from = k + 1
		}
		startX := reach[from+most+1]
		startY := startX - from
		if d == 0 {
			startX, startY = 0, 0
		}
		for x > startX && y > startY {
			x, y = x-1, y-1
			out = append(out, [2]int{x, y})
		}
		x, y = startX, startY
	}
	slices.Reverse(out)
	return out
}
