package yamlfile

import (
	"bytes"
	"strings"
	"time"

	"gopkg.in/yaml.v3"
)

// quick parses the plain part of YAML that Encode writes and most people keep
// to: block mappings and lists, one-line scalars, literal blocks, comments on
// lines of their own. For anything else it returns nil, and yaml.v3 decides. It
// is there because yaml.v3 takes most of the time of a start: what quick
// accepts, it reads as yaml.v3 does (FuzzQuick), several times faster.
func quick(data []byte) *yaml.Node {
	for _, odd := range []string{"\t", "\r", "\u0085", "\u2028", "\u2029", "\ufeff"} {
		if bytes.Contains(data, []byte(odd)) {
			return nil
		}
	}
	lines := strings.Split(strings.TrimRight(string(data), "\n"), "\n")
	q := &quickParser{lines: make([]quickLine, len(lines))}
	for i, text := range lines {
		q.lines[i] = newLine(text, i+1)
	}
	q.skip()
	if q.at == len(q.lines) || q.lines[q.at].indent != 0 {
		return nil
	}
	root := q.mapping(0)
	q.skip()
	if q.odd || q.at < len(q.lines) {
		return nil
	}
	return root
}

type quickLine struct {
	raw, text string // as it is, and without outer blanks
	indent    int
	number    int
}

func newLine(raw string, number int) quickLine {
	text := strings.TrimLeft(raw, " ")
	return quickLine{raw, strings.TrimRight(text, " "), len(raw) - len(text), number}
}

type quickParser struct {
	lines []quickLine
	at    int
	odd   bool // something only yaml.v3 can judge
	slab  []yaml.Node
}

// node makes a node; one at a time they would be most of the work.
func (q *quickParser) node(n yaml.Node) *yaml.Node {
	if len(q.slab) == cap(q.slab) {
		q.slab = make([]yaml.Node, 0, 128)
	}
	q.slab = append(q.slab, n)
	return &q.slab[len(q.slab)-1]
}

func (q *quickParser) give() *yaml.Node {
	q.odd = true
	return &yaml.Node{}
}

// skip passes over blank lines and comments.
func (q *quickParser) skip() {
	for q.at < len(q.lines) && (q.lines[q.at].text == "" || q.lines[q.at].text[0] == '#') {
		q.at++
	}
}

// next is the next line with content, if it stands at least at an indent.
func (q *quickParser) next(indent int) (quickLine, bool) {
	q.skip()
	if q.odd || q.at == len(q.lines) || q.lines[q.at].indent < indent {
		return quickLine{}, false
	}
	return q.lines[q.at], true
}

func dashed(text string) bool { return text == "-" || strings.HasPrefix(text, "- ") }

// mapping parses the mapping whose keys stand at an indent.
func (q *quickParser) mapping(indent int) *yaml.Node {
	n := q.node(yaml.Node{Kind: yaml.MappingNode, Tag: "!!map", Content: make([]*yaml.Node, 0, 16)})
	for {
		line, ok := q.next(indent)
		if !ok || line.indent == indent && dashed(line.text) && n.Line > 0 {
			return n
		}
		if line.indent > indent {
			return q.give()
		}
		end := keyEnd(line.text)
		if end == 0 {
			return q.give()
		}
		key := q.node(yaml.Node{Kind: yaml.ScalarNode, Tag: "!!str", Value: line.text[:end], Line: line.number, Column: indent + 1})
		if reserved(key.Value) {
			return q.give()
		}
		if n.Line == 0 {
			n.Line, n.Column = key.Line, key.Column
		}
		n.Content = append(n.Content, key, q.value(line, indent, end+1))
	}
}

// value parses what stands behind the colon of a key, at a place of its line.
func (q *quickParser) value(line quickLine, indent, place int) *yaml.Node {
	rest := strings.TrimLeft(line.text[place:], " ")
	column := line.indent + len(line.text) - len(rest) + 1
	q.at++
	switch rest {
	case "":
	case "|-":
		return q.literal(line, indent, column)
	default:
		return q.scalar(rest, line.number, column, indent)
	}
	below, ok := q.next(indent)
	switch {
	case ok && dashed(below.text):
		return q.sequence(below.indent)
	case ok && below.indent > indent:
		return q.mapping(below.indent)
	}
	return q.node(yaml.Node{Kind: yaml.ScalarNode, Tag: "!!null", Line: line.number, Column: line.indent + place + 1})
}

// sequence parses the list whose dashes stand at an indent.
func (q *quickParser) sequence(indent int) *yaml.Node {
	n := q.node(yaml.Node{Kind: yaml.SequenceNode, Tag: "!!seq", Line: q.lines[q.at].number, Column: indent + 1})
	for {
		line, ok := q.next(indent)
		if !ok || line.indent == indent && !dashed(line.text) {
			return n
		}
		if line.indent > indent || line.text == "-" {
			return q.give()
		}
		rest := strings.TrimLeft(line.text[1:], " ")
		place := line.indent + len(line.text) - len(rest)
		if dashed(rest) || strings.HasPrefix(rest, "|") {
			return q.give()
		}
		if keyEnd(rest) > 0 {
			// The mapping begins behind the dash: read the line as if there were none.
			q.lines[q.at] = quickLine{line.raw, rest, place, line.number}
			n.Content = append(n.Content, q.mapping(place))
			continue
		}
		q.at++
		n.Content = append(n.Content, q.scalar(rest, line.number, place+1, indent))
	}
}

// scalar parses a value on one line. What follows may not stand deeper than
// indent: it would go on with the value.
func (q *quickParser) scalar(text string, line, column, indent int) *yaml.Node {
	n := q.node(yaml.Node{Kind: yaml.ScalarNode, Tag: "!!str", Value: text, Line: line, Column: column})
	if text[0] == '"' {
		n.Style = yaml.DoubleQuotedStyle
		if n.Value, q.odd = unquote(text, q.odd); q.odd {
			return n
		}
	} else if n.Tag = plainTag(text); n.Tag == "" {
		return q.give()
	}
	if q.at < len(q.lines) {
		if below, ok := q.next(indent + 1); ok && below.indent > indent {
			return q.give()
		}
	}
	return n
}

// literal parses a block that begins with |-.
func (q *quickParser) literal(line quickLine, indent, column int) *yaml.Node {
	var text []string
	deep := 0
	for q.at < len(q.lines) {
		l := q.lines[q.at]
		if l.text == "" {
			if l.raw != "" || len(text) == 0 {
				return q.give()
			}
			text = append(text, "")
			q.at++
			continue
		}
		if l.indent <= indent {
			break
		}
		if len(text) == 0 {
			deep = l.indent
		}
		if l.indent < deep {
			return q.give()
		}
		text = append(text, l.raw[deep:])
		q.at++
	}
	if len(text) == 0 {
		return q.give()
	}
	value := strings.TrimRight(strings.Join(text, "\n"), "\n")
	return q.node(yaml.Node{Kind: yaml.ScalarNode, Tag: "!!str", Style: yaml.LiteralStyle, Value: value, Line: line.number, Column: column})
}

// keyEnd returns where the colon of a plain key stands, or 0. (YAML ends the
// search for a colon after 1,024 characters.)
func keyEnd(text string) int {
	for i := range min(len(text), 1000) {
		switch c := text[i]; {
		case c == ':' && i > 0 && (i+1 == len(text) || text[i+1] == ' '):
			return i
		case wordChar(c) && (i > 0 || c > '9'), c == '-' && i > 0:
		default:
			return 0
		}
	}
	return 0
}

func wordChar(c byte) bool {
	return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '_'
}

// plainTag is the type that YAML gives a plain scalar, or "" where that takes
// more than a look.
func plainTag(text string) string {
	switch {
	case text == "true" || text == "false":
		return "!!bool"
	case text[0] >= '1' && text[0] <= '9' && len(text) <= 15 && strings.Trim(text, "0123456789") == "":
		return "!!int"
	case isDate(text):
		return "!!timestamp"
	case reserved(text):
		return ""
	}
	for i := range len(text) {
		c := text[i]
		switch {
		case c >= 'a' && c <= 'z', c >= 'A' && c <= 'Z', c == '_':
		case i == 0 && c != '/':
			return ""
		case c == ':' && i+1 < len(text) && (wordChar(text[i+1]) || text[i+1] == '/'):
		case wordChar(c), strings.IndexByte(" .,/()@+'-", c) >= 0:
		default:
			return ""
		}
	}
	return "!!str"
}

// isDate tells whether text is a day or a time as iotlens writes them.
func isDate(text string) bool {
	layout := time.DateOnly
	if len(text) == len("2006-01-02T15:04:05Z") {
		layout = "2006-01-02T15:04:05Z"
	} else if len(text) != len(layout) {
		return false
	}
	_, err := time.Parse(layout, text)
	return err == nil && text[0] != '0'
}

// unquote reads text in double quotes. Of escapes it knows \" and \\.
func unquote(text string, odd bool) (string, bool) {
	body := text[1:]
	if len(text) < 2 || !strings.HasSuffix(body, `"`) {
		return "", true
	}
	body = body[:len(body)-1]
	if strings.IndexByte(body, '\\') < 0 {
		return body, odd || strings.IndexByte(body, '"') >= 0
	}
	var b strings.Builder
	for i := 0; i < len(body); i++ {
		switch c := body[i]; {
		case c == '\\' && i+1 < len(body) && (body[i+1] == '"' || body[i+1] == '\\'):
			i++
			b.WriteByte(body[i])
		case c == '\\' || c == '"':
			return "", true
		default:
			b.WriteByte(c)
		}
	}
	return b.String(), odd
}
