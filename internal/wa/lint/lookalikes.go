package lint

import (
	"fmt"
	"strings"

	"github.com/iotlens/iotlens/internal/jsonfile"
	"github.com/iotlens/iotlens/internal/wa/customlens"
)

// A link that occurs in a lens.
type link struct {
	url string
	at  jsonfile.Span // where it stands first
	n   int           // how often
}

// lookalikes tells of links that differ from another link of the lens by a letter
// too many within a word, or by case alone. The rarer of the two is told; of
// equally rare ones the later.
func (l *linter) lookalikes() {
	links := l.links()
	known, lower := map[string]*link{}, map[string]*link{}
	for _, x := range links {
		known[x.url] = x
	}
	var without []byte
	for _, x := range links {
		folded := strings.ToLower(x.url)
		if first := lower[folded]; first != nil {
			l.alike(first, x)
		} else {
			lower[folded] = x
		}
		for i := range len(x.url) {
			if !letter(x.url[i]) || i > 0 && x.url[i] == x.url[i-1] || !inLongWord(x.url, i) {
				continue
			}
			without = append(append(without[:0], x.url[:i]...), x.url[i+1:]...)
			if other := known[string(without)]; other != nil {
				l.alike(other, x)
				break
			}
		}
	}
}

func (l *linter) alike(a, b *link) {
	if a.n < b.n || a.n == b.n && a.at.From > b.at.From {
		a, b = b, a
	}
	from := 0 // the folder that both have need not be read twice
	for i := 0; i < min(len(a.url), len(b.url)) && a.url[i] == b.url[i]; i++ {
		if a.url[i] == '/' {
			from = i + 1
		}
	}
	l.find(lookalike, b.at, "the url %s differs by a letter, or by its case, from one that ends in %s", long(b.url), long(a.url[from:]))
}

// long is quoted for what is read letter by letter.
func long(s string) string {
	const most = 400
	return fmt.Sprintf("%q", s[:min(len(s), most)])
}

// links lists the links of a lens, each once, in the order of their places.
func (l *linter) links() []*link {
	var out []*link
	known := map[string]*link{}
	add := func(r *customlens.Resource) {
		if r == nil {
			return
		}
		url := strings.TrimSpace(r.URL.Value)
		if url == "" {
			return
		}
		x := known[url]
		if x == nil {
			x = &link{url: url, at: r.URL.At}
			known[url] = x
			out = append(out, x)
		}
		x.n++
	}
	l.questions(func(_ string, q *customlens.Question) {
		add(q.HelpfulResource)
		for i := range q.Choices {
			c := &q.Choices[i]
			add(c.HelpfulResource)
			add(c.ImprovementPlan)
			for j := range c.AdditionalResources {
				for k := range c.AdditionalResources[j].Content {
					add(&c.AdditionalResources[j].Content[k])
				}
			}
		}
	})
	return out
}

// inLongWord tells whether a letter stands inside a long word, or at its end
// where it makes no plural.
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
