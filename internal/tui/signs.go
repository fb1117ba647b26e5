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
	if answered {
		return p.statusOf(stop.Practice, a.Status)
	}
	counts := s.Walk.CountedAnswerOf(stop)
	l := p.status(cmp.Or(a.Status, counts.Status))
	if counts.Settled() {
		l.word = "not needed"
	}
	return l
}

// truth is what the statuses of a negative and of a fact say.
func truth(s review.Status) string {
	switch s {
	case review.Implemented:
		return "true"
	case review.PartiallyImplemented:
		return "true in part"
	case review.NotImplemented:
		return "not true"
	}
	return ""
}

// statusWords is a status in words, as it was asked for.
func statusWords(of *lens.Practice, s review.Status) string {
	if isTrue(of) {
		return cmp.Or(truth(s), s.Words())
	}
	return s.Words()
}

// statusOf is how a status of a choice is shown: a negative looks good where it is not
// true, a fact looks neither good nor bad.
func (p pen) statusOf(of *lens.Practice, s review.Status) look {
	as := s
	switch {
	case !isTrue(of) || truth(s) == "":
	case of.Kind == lens.FactChoice:
		as = review.Unanswered
	case s == review.Implemented:
		as = review.NotImplemented
	case s == review.NotImplemented:
		as = review.Implemented
	}
	l := p.status(as)
	l.word = statusWords(of, s)
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
