package tui

import "fmt"

// followState is what a following session knows about the one that writes.
type followState struct {
	practice string // best practice of the writer, as of the last look-up
	detached bool   // the user moved elsewhere
}

// following reports whether this session follows what another one writes.
func (s *Session) following() bool { return s.ReadOnlyReason != "" && s.FileChanged != nil }

// followWriter moves to the best practice of the session that writes, unless this one is
// detached. It reports whether the walk moved.
func (s *Session) followWriter() (moved bool) {
	if !s.following() || s.WriterPractice == nil {
		return false
	}
	place := s.WriterPractice()
	if place == "" || place == s.follow.practice {
		return false
	}
	s.follow.practice = place
	if s.follow.detached || place == s.practiceID() {
		return false
	}
	return s.Walk.GoToID(place)
}

// noteDetached detaches this session if it moved away from the one that writes, and names
// the key that goes back.
func (s *Session) noteDetached(from, key string) {
	if s.following() && s.WriterPractice != nil && !s.follow.detached && s.practiceID() != from && s.practiceID() != s.follow.practice {
		s.follow.detached = true
		s.notify("You look around on your own; %s goes back to the place of the session that writes.", key)
	}
}

// rejoin moves to the best practice of the session that writes, and follows it again. It
// reports whether the walk moved.
func (s *Session) rejoin() (moved bool) {
	switch {
	case !s.following() || s.WriterPractice == nil:
		s.notify("There is nobody to follow here: this session has the review to itself.")
		return false
	case s.follow.practice == "":
		s.follow.detached = false
		s.notify("No other session has the review open; its place is followed once one has.")
		return false
	}
	s.follow.detached = false
	return s.jump(s.follow.practice)
}

// asOf says when the followed review was read, such as "as of 15:49:07 UTC"; empty if this
// session writes the review itself.
func (m *model) asOf() string {
	if m.readAt.IsZero() {
		return ""
	}
	return "as of " + m.readAt.UTC().Format("15:04:05") + " UTC"
}

// noteRead records when the followed file was read.
func (m *model) noteRead(taken bool) {
	if m.following() && m.Now != nil && (taken || m.readAt.IsZero()) {
		m.readAt = m.Now()
	}
}

// watch shows what others change until somebody types. It reports whether the current stop
// has to be shown again, as the walk moved or its answer changed.
func (l *Line) watch() (again bool) {
	for l.following() && l.Source != nil && l.lookahead == nil && l.In.Buffered() == 0 && !l.Source.Wait(fileCheckInterval) {
		before, _ := l.answerOrRemark(l.practiceID())
		changed := l.file.err == nil && l.FileChanged()
		if changed {
			l.printf("")
		}
		l.checkFile()
		moved := l.followWriter()
		if moved && !changed {
			l.printf("")
		}
		if after, _ := l.answerOrRemark(l.practiceID()); moved || after.Status != before.Status || !after.SameContent(before) {
			return true
		}
		if changed {
			fmt.Fprint(l.Out, linePrompt)
		}
	}
	return false
}
