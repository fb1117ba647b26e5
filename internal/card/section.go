package card

import (
	"strings"

	"github.com/iotlens/iotlens/internal/lens"
)

// A Section is a titled part of the card of a best practice.
type Section struct {
	Title string
	Kind  Kind
	Texts []string // never empty
}

// Kind says what the texts of a section are.
type Kind int

// The kinds.
const (
	Prose  Kind = iota // paragraphs
	Steps              // an ordered list
	Points             // an unordered list
)

// Sections returns the guidance of a best practice: why, how, what to ask, evidence and red
// flags, in this order. Sections without text are left out.
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

// splitParagraphs returns the lines of a text that are not blank.
func splitParagraphs(s string) []string {
	var out []string
	for _, part := range strings.Split(s, "\n") {
		if strings.TrimSpace(part) != "" {
			out = append(out, part)
		}
	}
	return out
}
