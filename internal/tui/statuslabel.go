package tui

import (
	"cmp"
	"strings"

	"charm.land/lipgloss/v2"
	"github.com/iotlens/iotlens/internal/interview"
	"github.com/iotlens/iotlens/internal/lens"
	"github.com/iotlens/iotlens/internal/review"
)

// statusLabel shows a status as a sign, as a word and in a colour, which adds no
// information.
type statusLabel struct {
	sign  string // empty for a renderer without signs
	word  string
	style lipgloss.Style
}

// String returns sign and word.
func (l statusLabel) String() string { return strings.TrimSpace(l.sign + " " + l.word) }

func (r renderer) statusLabel(s review.Status) statusLabel {
	l := statusLabel{sign: ".", word: s.Words(), style: r.dim}
	switch s {
	case review.Implemented:
		l.sign, l.style = "✓", r.good
	case review.PartiallyImplemented:
		l.sign, l.style = "~", r.warn
	case review.NotImplemented:
		l.sign, l.style = "✗", r.bad
	case review.NotApplicable:
		l.sign = "-"
	case review.CannotDetermine:
		l.sign, l.style = "?", r.warn
	}
	if r.noSigns {
		l.sign = ""
	}
	return l
}

// stopLabel shows the answer to a stop.
func (s *Session) stopLabel(r renderer, stop interview.Stop) statusLabel {
	a, answered := s.answerOrRemark(stop.Practice.ID)
	if answered {
		return r.practiceLabel(stop.Practice, a.Status)
	}
	counts := s.Walk.CountedAnswerOf(stop)
	l := r.statusLabel(cmp.Or(a.Status, counts.Status))
	if counts.Settled() {
		l.word = "not needed"
	}
	return l
}

// truthText is the word for a status of a negative or a fact; empty for other statuses.
func truthText(s review.Status) string {
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

// statusText is the word for a status of a choice.
func statusText(of *lens.Practice, s review.Status) string {
	if asksIfTrue(of) {
		return cmp.Or(truthText(s), s.Words())
	}
	return s.Words()
}

// practiceLabel shows a status of a choice: a negative is good if it is not true, a fact is
// neither good nor bad.
func (r renderer) practiceLabel(of *lens.Practice, s review.Status) statusLabel {
	as := s
	switch {
	case !asksIfTrue(of) || truthText(s) == "":
	case of.Kind == lens.FactChoice:
		as = review.Unanswered
	case s == review.Implemented:
		as = review.NotImplemented
	case s == review.NotImplemented:
		as = review.Implemented
	}
	l := r.statusLabel(as)
	l.word = statusText(of, s)
	return l
}

// severityStyle is the style of a severity.
func (r renderer) severityStyle(l lens.Level) lipgloss.Style {
	switch l {
	case lens.High:
		return r.bad
	case lens.Medium:
		return r.warn
	}
	return r.dim
}

// severitySign is the sign of a severity, or its first letter for a renderer without signs.
func (r renderer) severitySign(l lens.Level) string {
	if r.noSigns && l != "" {
		return strings.ToUpper(string(l[:1]))
	}
	return l.Sign()
}
