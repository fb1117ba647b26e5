package lint

import (
	"fmt"
	"strings"

	"github.com/iotlens/iotlens/internal/jsonfile"
	"github.com/iotlens/iotlens/internal/wa/customlens"
)

// A use is a choice id or a link, with the number of times that a lens uses it.
type use struct {
	text string
	at   jsonfile.Span // of its first use
	n    int           // number of uses
}

// uses collects choice ids or links, each once.
type uses struct {
	list  []*use // in order of first use
	known map[string]*use
}

func (s *uses) add(t customlens.Text) {
	text := strings.TrimSpace(t.Value)
	if text == "" {
		return
	}
	x := s.known[text]
	if x == nil {
		x = &use{text: text, at: t.At}
		s.known[text] = x
		s.list = append(s.list, x)
	}
	x.n++
}

// lookalikes reports links that differ from another link of the lens by one extra letter
// in a word or by case alone. Of the two it reports the rarer one, or the later one if
// both are equally frequent.
func (l *linter) lookalikes() {
	lower := map[string]*use{}
	var without []byte
	for _, x := range l.links.list {
		folded := strings.ToLower(x.text)
		if first := lower[folded]; first != nil {
			l.reportLookalike(first, x)
		} else {
			lower[folded] = x
		}
		for i := range len(x.text) {
			if !letter(x.text[i]) || i > 0 && x.text[i] == x.text[i-1] || !inLongWord(x.text, i) {
				continue
			}
			without = append(append(without[:0], x.text[:i]...), x.text[i+1:]...)
			if other := l.links.known[string(without)]; other != nil {
				l.reportLookalike(other, x)
				break
			}
		}
	}
}

func (l *linter) reportLookalike(a, b *use) {
	if a.n < b.n || a.n == b.n && a.at.From > b.at.From {
		a, b = b, a
	}
	from := 0 // do not repeat the common folder
	for i := 0; i < min(len(a.text), len(b.text)) && a.text[i] == b.text[i]; i++ {
		if a.text[i] == '/' {
			from = i + 1
		}
	}
	l.report(lookalike, b.at, "the url %s differs by a letter or by case from one that ends in %s", quotedLong(b.text), quotedLong(a.text[from:]))
}

// quotedLong is like quoted, for texts that must be compared letter by letter.
func quotedLong(s string) string {
	const most = 400
	return fmt.Sprintf("%q", s[:min(len(s), most)])
}

// inLongWord reports whether a letter belongs to a long word and is not a plural s.
func inLongWord(s string, i int) bool {
	const long = 8
	from, to := i, i+1
	for from > 0 && letter(s[from-1]) {
		from--
	}
	for to < len(s) && letter(s[to]) {
		to++
	}
	return to-from > long && (i+1 < to || s[i] != 's')
}

func letter(c byte) bool { return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' }
