package tui

import (
	"errors"
	"slices"

	"github.com/iotlens/iotlens/internal/interview"
	"github.com/iotlens/iotlens/internal/review"
)

// speaker is the name that signs answers; empty for none.
func (s *Session) speaker() string {
	by, _ := s.Walk.Stamp()
	return by
}

// setSpeaker changes the name that signs answers from now on; empty for none.
func (s *Session) setSpeaker(name string) error {
	if name == review.ByProfile {
		return errors.New(review.ByProfile + " signs what the profile answers; use another name")
	}
	stamp := s.Walk.Stamp
	s.Walk.Stamp = func() (by, at string) {
		_, at = stamp()
		return name, at
	}
	if name == "" {
		s.notify("The answers have no name from here on.")
	} else {
		s.notify("The answers are signed %s from here on.", name)
	}
	return nil
}

// askSpeaker asks who signs the answers.
func (m *model) askSpeaker() {
	names := appendNew(m.pastSpeakers(), m.knownPeople()...)
	names = slices.DeleteFunc(names, func(name string) bool { return name == m.speaker() })
	m.ask(prompt{label: speakerPrompt, subject: speakerPrompt, suggestions: names, onEnter: func(name string) error {
		switch name {
		case "":
			m.report("%s", nothingChanged)
			return nil
		case noneWord:
			name = ""
		}
		return m.setSpeaker(name)
	}}, "")
}

// speakerCommand shows who signs the answers, or changes it: "@ NAME", "@ -".
func (l *Line) speakerCommand(rest string) (moved bool) {
	switch {
	case l.Walk.ReadOnly:
		return l.succeeded(interview.ErrReadOnly)
	case rest == "" && l.speaker() != "":
		l.message("The answers are signed %s; @ NAME changes that, @ - removes it.", l.speaker())
	case rest == "":
		l.message("The answers have no name; @ NAME signs them.")
	case rest == noneWord:
		l.succeeded(l.setSpeaker(""))
	default:
		l.succeeded(l.setSpeaker(rest))
	}
	return false
}

// signature is the name that signs answers, for the footer; empty for none, and in a narrow
// window if there is a message.
func (m *model) signature(w int) string {
	if m.speaker() == "" || m.ReadOnlyReason != "" || w < 60 || w < panelMinWidth && m.message != "" {
		return ""
	}
	return m.method.Truncate("@"+safe(m.speaker()), w/5, "…") + "  "
}
