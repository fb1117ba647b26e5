package yamlfile

import (
	"slices"
	"strings"

	"gopkg.in/yaml.v3"
)

// A Comment is a comment of a file, up to the end of its line.
type Comment struct {
	Line int // counted from 1
	Text string
}

// Comments lists the comments of a file in the order of its lines; none if it is not YAML.
// They are found in the text, since yaml.v3 does not attach all of them to nodes.
func Comments(data []byte) []Comment {
	d := decoder{}
	if d.parse(data) == nil {
		return nil
	}
	lines := splitLines(data)
	texts := textRanges{}
	texts.add(lines, d.doc, -1)
	var out []Comment
	for i, line := range lines {
		for at := 0; at < len(line); at++ {
			if to := texts.end(i, at); to > at {
				at = to - 1
			} else if line[at] == '#' && (at == 0 || strings.ContainsRune(" \t", rune(line[at-1]))) {
				out = append(out, Comment{i + 1, strings.TrimSpace(line[at:])})
				break
			}
		}
	}
	return out
}

// A textRanges has the byte ranges of each line, by index, that are within a quoted text or
// a block of text, where "#" begins no comment.
type textRanges map[int][][2]int

// end returns the end of the text that includes a byte of a line; 0 if there is none.
func (r textRanges) end(line, at int) int {
	for _, t := range r[line] {
		if t[0] <= at && at < t[1] {
			return t[1]
		}
	}
	return 0
}

// add adds the texts in a node; indent is that of its parent.
func (r textRanges) add(lines []string, n *yaml.Node, indent int) {
	switch {
	case n.Kind == yaml.MappingNode, n.Kind == yaml.SequenceNode:
		if n.Style&yaml.FlowStyle == 0 {
			indent = n.Column - 1
		}
	case n.Style&(yaml.LiteralStyle|yaml.FoldedStyle) != 0:
		r.block(lines, n, indent)
	case n.Style&(yaml.SingleQuotedStyle|yaml.DoubleQuotedStyle) != 0:
		r.quoted(lines, n)
	}
	for _, kid := range n.Content {
		r.add(lines, kid, indent)
	}
}

// block adds the lines of a block of text: those with at least the indentation of its
// header, or else of its first line.
func (r textRanges) block(lines []string, n *yaml.Node, indent int) {
	at, least := n.Line, indent+1
	header, _, _ := strings.Cut(lines[at-1][byteOffset(lines, n):], "#")
	if i := strings.IndexAny(header, "123456789"); i >= 0 {
		least = max(indent, 0) + int(header[i]-'0')
	} else if i := slices.IndexFunc(lines[at:], func(line string) bool { return indentOf(line) >= 0 }); i >= 0 {
		least = max(least, indentOf(lines[at+i]))
	}
	for i := at; i < len(lines); i++ {
		if d := indentOf(lines[i]); d >= 0 && d < least {
			return
		}
		r[i] = append(r[i], [2]int{0, len(lines[i])})
	}
}

// indentOf returns the indentation of a line; negative if it is blank.
func indentOf(line string) int {
	text := strings.TrimLeft(line, " ")
	if strings.TrimSpace(text) == "" {
		return -1
	}
	return len(line) - len(text)
}

// quoted adds a quoted text.
func (r textRanges) quoted(lines []string, n *yaml.Node) {
	line, quote := n.Line-1, byte('\'')
	if n.Style&yaml.DoubleQuotedStyle != 0 {
		quote = '"'
	}
	from := byteOffset(lines, n)
	for at := from + 1; line < len(lines); line, from, at = line+1, 0, 0 {
		text := lines[line]
		for ; at < len(text); at++ {
			switch {
			case text[at] == '\\' && quote == '"', text[at] == quote && quote == '\'' && strings.HasPrefix(text[at+1:], "'"):
				at++ // the next character is escaped
			case text[at] == quote:
				r[line] = append(r[line], [2]int{from, at + 1})
				return
			}
		}
		r[line] = append(r[line], [2]int{from, len(text)})
	}
}

// byteOffset returns where a node begins in its line, in bytes.
func byteOffset(lines []string, n *yaml.Node) int {
	return len(string([]rune(lines[n.Line-1])[:n.Column-1]))
}
