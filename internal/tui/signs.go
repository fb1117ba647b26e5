package tui

import (
	"charm.land/lipgloss/v2"
	"github.com/iotlens/iotlens/internal/lens"
	"github.com/iotlens/iotlens/internal/review"
)

// look is how a status is shown: a sign, the same in a word, and a colour that
// says nothing more than they do.
type look struct {
	sign  string
	word  string
	style lipgloss.Style
}

func (p pen) status(s review.Status) look {
	switch s {
	case review.Implemented:
		return look{"✓", s.Words(), p.good}
	case review.PartiallyImplemented:
		return look{"~", s.Words(), p.warn}
	case review.NotImplemented:
		return look{"✗", s.Words(), p.bad}
	case review.NotApplicable:
		return look{"-", s.Words(), p.dim}
	case review.CannotDetermine:
		return look{"?", s.Words(), p.warn}
	}
	return look{".", review.Unanswered.Words(), p.dim}
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
