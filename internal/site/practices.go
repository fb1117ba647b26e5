package site

import (
	"slices"
	"strings"

	"github.com/iotlens/iotlens/internal/card"
	"github.com/iotlens/iotlens/internal/framework"
	"github.com/iotlens/iotlens/internal/lens"
)

// A practiceView is a best practice with what the lens itself does not hold of it.
type practiceView struct {
	*lens.Practice
	Level      int // of the headings of its sections
	Question   *lens.Question
	Meets      []provisionRef
	DeepenedBy []string // ids of the best practices of our own that take it further
}

// met is a provision that a best practice has to do with.
type provisionRef struct {
	Framework, Provision, To string
	How                      framework.How
}

// practice is a best practice with what stands on its card; level is that of the headings
// of its sections.
func (b *builder) practice(q *lens.Question, p *lens.Practice, level int) practiceView {
	v := practiceView{Practice: p, Level: level, Question: q}
	for _, m := range framework.AnsweredBy(b.Frameworks, p.ID) {
		f, _ := framework.Find(b.Frameworks, m.Framework)
		v.Meets = append(v.Meets, provisionRef{f.Short, m.Provision, provisionTo(m.Framework, m.Provision), m.How})
	}
	for _, other := range b.Lens.All() {
		if slices.Contains(other.Relates, p.ID) {
			v.DeepenedBy = append(v.DeepenedBy, other.ID)
		}
	}
	return v
}

// cardText is all that a best practice says, for search.
func cardText(p *lens.Practice) string {
	var b strings.Builder
	for _, s := range card.Sections(p) {
		b.WriteString(strings.Join(s.Texts, " ") + " ")
	}
	return b.String() + strings.Join(p.Services, " ")
}
