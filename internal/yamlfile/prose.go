package yamlfile

import (
	"strings"
	"unicode/utf8"
)

// proseWidth is the column at which prose is broken.
const proseWidth = 120

// prose marks the texts of a tree that are long and can be folded.
func (t *tree) prose() {
	if t.kind == scalar && !t.bare {
		t.fold = utf8.RuneCountInString(t.text) > proseWidth-20 && foldSafe(t.text)
	}
	for _, k := range t.kids {
		k.prose()
	}
}

// foldSafe tells whether a folded block gives text back as it is: no line
// begins or ends with a blank.
func foldSafe(text string) bool {
	if !blockSafe(text) {
		return false
	}
	for line := range strings.SplitSeq(text, "\n") {
		if strings.Trim(line, " \t") != line {
			return false
		}
	}
	return true
}

// folded renders text as a folded block. Source: YAML 1.2, section 8.1.3: a line
// break between two lines of text is a blank, an empty line a line break.
func folded(text string, indent int) []string {
	lines := []string{">-"}
	pad := strings.Repeat(" ", indent)
	breaks := 0 // since the last line of text
	for i, paragraph := range strings.Split(text, "\n") {
		if i > 0 {
			breaks++
		}
		if paragraph == "" {
			continue
		}
		for range breaks {
			lines = append(lines, "")
		}
		breaks = 0
		for _, line := range atBlanks(paragraph, max(proseWidth-indent, 40)) {
			lines = append(lines, pad+line)
		}
	}
	return lines
}

// atBlanks breaks a line at single blanks, into lines of at most width
// characters where that can be done.
func atBlanks(line string, width int) []string {
	var out []string
	from, last, size := 0, -1, 0 // of the line: where it begins, its last blank, characters so far
	for i, r := range line {
		if r == ' ' && i > from && !blankAt(line, i-1) && !blankAt(line, i+1) {
			last = i
		}
		if size++; size > width && last > from {
			out = append(out, line[from:last])
			from, size = last+1, utf8.RuneCountInString(line[last+1:i+utf8.RuneLen(r)])
			last = -1
		}
	}
	return append(out, line[from:])
}

func blankAt(s string, i int) bool { return i < len(s) && (s[i] == ' ' || s[i] == '\t') }
