package card

import (
	"strings"

	"github.com/iotlens/iotlens/internal/lens"
)

// A Section is a titled part of the card of a best practice.
type Section struct {
	Title string
	Kind  Kind
	Texts []string // paragraphs, steps or points, in order; never empty
}

// Kind is what the texts of a section are.
type Kind int

// The kinds.
const (
	Prose  Kind = iota // paragraphs
	Steps              // to be done in their order
	Points             // a list without an order
)

// Sections are the parts of the card that say why, how, what to ask, what to be shown
// and what to look out for, in that order. What the bank does not have is left out.
func Sections(p *lens.Practice) []Section {
	how := Section{Title: "How to do it", Kind: Steps}
	for _, h := range p.How {
		how.Texts = append(how.Texts, h.Do)
	}
	if len(how.Texts) == 1 { // an imported lens has one text
		how.Kind, how.Texts = Prose, splitParagraphs(how.Texts[0])
	}
	var out []Section
	for _, s := range []Section{
		{"Why it matters", Prose, splitParagraphs(p.Why)},
		how,
		{"Ask", Points, p.Probes},
		{"Ask to be shown", Points, p.Evidence},
		{"Red flags", Points, p.RedFlags},
	} {
		if len(s.Texts) > 0 {
			out = append(out, s)
		}
	}
	return out
}

// splitParagraphs are the lines of a text that are not blank.
func splitParagraphs(s string) []string {
	var out []string
	for _, part := range strings.Split(s, "\n") {
		if strings.TrimSpace(part) != "" {
			out = append(out, part)
		}
	}
	return out
}
