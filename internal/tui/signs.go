package tui

import (
	"cmp"
	"strings"

	"charm.land/lipgloss/v2"
	"github.com/iotlens/iotlens/internal/interview"
	"github.com/iotlens/iotlens/internal/lens"
	"github.com/iotlens/iotlens/internal/review"
)

// look is how a status is shown: a sign, the same in a word, and a colour that
// adds nothing to them.
type look struct {
	sign  string // empty where words must do
	word  string
	style lipgloss.Style
}

// String is sign and word.
func (l look) String() string { return strings.TrimSpace(l.sign + " " + l.word) }

func (p pen) status(s review.Status) look {
	l := look{sign: ".", word: s.Words(), style: p.dim}
	switch s {
	case review.Implemented:
		l.sign, l.style = "✓", p.good
	case review.PartiallyImplemented:
		l.sign, l.style = "~", p.warn
	case review.NotImplemented:
		l.sign, l.style = "✗", p.bad
	case review.NotApplicable:
		l.sign = "-"
	case review.CannotDetermine:
		l.sign, l.style = "?", p.warn
	}
	if p.words {
		l.sign = ""
	}
	return l
}

// look is how the answer to a stop is shown. A negative looks good where it is not true.
func (s *Session) look(p pen, stop interview.Stop) look {
	a, answered := s.draft(stop.Practice.ID)
	turned := map[review.Status]review.Status{review.Implemented: review.NotImplemented, review.NotImplemented: review.Implemented}
	l, kind := p.status(a.Status), stop.Practice.Kind
	switch {
	case !answered:
		counts := s.Walk.Counts(stop)
		if l = p.status(cmp.Or(a.Status, counts.Status)); counts.Settled() {
			l.word = "not needed"
		}
	case kind == lens.Negative:
		l = p.status(cmp.Or(turned[a.Status], a.Status))
	case kind == lens.FactChoice:
		l = p.status(review.Unanswered)
	}
	if words := map[review.Status]string{review.Implemented: "true", review.PartiallyImplemented: "true in part", review.NotImplemented: "not true"}; isTrue(stop.Practice) {
		l.word = cmp.Or(words[a.Status], l.word)
	}
	return l
}

// level is how a severity is shown.
func (p pen) level(l lens.Level) lipgloss.Style {
	switch l {
	case lens.High:
		return p.bad
	case lens.Medium:
		return p.warn
	}
	return p.dim
}

// sign stands for a severity: a letter where words must do.
func (p pen) sign(l lens.Level) string {
	if p.words && l != "" {
		return strings.ToUpper(string(l[:1]))
	}
	return l.Sign()
}
