package workbook

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"strconv"
	"strings"
)

// A document is an XML part that is being written.
type document struct{ bytes.Buffer }

// add writes markup. The strings among its arguments are text or values of attributes and are
// escaped; markup is in the format only.
func (d *document) add(format string, args ...any) {
	for i, a := range args {
		if s, ok := a.(string); ok {
			args[i] = escaped(s)
		}
	}
	fmt.Fprintf(d, format, args...)
}

// escaped is a text for XML. What XML has no room for becomes U+FFFD.
func escaped(s string) string {
	var b strings.Builder
	_ = xml.EscapeText(&b, []byte(s)) // a Builder takes everything
	return b.String()
}

// literal is a text where a workbook takes escapes of characters: what looks like one, as
// _x000D_ does, is kept as it is. Source: ECMA-376, part 1, 22.9.2.19 (ST_Xstring).
func literal(s string) string {
	var b strings.Builder
	for i, r := range s {
		if r == '_' && isEscape(s[i:]) {
			b.WriteString("_x005F")
		}
		b.WriteRune(r)
	}
	return b.String()
}

// isEscape tells whether a text begins with an escape: _x, four hex digits, _.
func isEscape(s string) bool {
	return len(s) >= 7 && s[1] == 'x' && s[6] == '_' && strings.Trim(s[2:6], "0123456789abcdefABCDEF") == ""
}

// texts are the shared strings of a workbook, each once, in the order of their first use.
type texts struct {
	all  []string
	at   map[string]int
	uses int
}

// index is where a text is in the list.
func (t *texts) index(s string) int {
	t.uses++
	i, ok := t.at[s]
	if !ok {
		i = len(t.all)
		t.at[s], t.all = i, append(t.all, s)
	}
	return i
}

// part is the list as a part. Source: ECMA-376, part 1, 18.4.9.
func (t *texts) part() *document {
	d := &document{}
	d.add(`<sst xmlns="`+mainNS+`" count="%d" uniqueCount="%d">`, t.uses, len(t.all))
	for _, s := range t.all {
		if strings.TrimSpace(s) == s {
			d.add(`<si><t>%s</t></si>`, literal(s))
		} else {
			d.add(`<si><t xml:space="preserve">%s</t></si>`, literal(s))
		}
	}
	d.add(`</sst>`)
	return d
}

// unescaped is a text of a workbook without escapes of characters: _x000D_ is a carriage
// return. Source: ECMA-376, part 1, 22.9.2.19 (ST_Xstring).
func unescaped(s string) string {
	var b strings.Builder
	for s != "" {
		at := strings.Index(s, "_x")
		if at < 0 {
			break
		}
		b.WriteString(s[:at])
		s = s[at:]
		if !isEscape(s) {
			b.WriteByte('_')
			s = s[1:]
			continue
		}
		code, _ := strconv.ParseUint(s[2:6], 16, 16) // four hex digits
		b.WriteRune(rune(code))
		s = s[7:]
	}
	b.WriteString(s)
	return b.String()
}
