package tui

import "fmt"

// followState is what a session that only looks on knows of the one that writes.
type followState struct {
	writerPlace string // best practice of the writer, as it was looked up last
	detached    bool   // this session has a place of its own
}

// following reports whether this session shows the review that another one writes.
func (s *Session) following() bool { return s.ReadOnlyReason != "" && s.FileChanged != nil }

// followWriter goes where the session that writes is, unless this one went elsewhere. It
// reports whether the walk moved.
func (s *Session) followWriter() (moved bool) {
	if !s.following() || s.WriterPlace == nil {
		return false
	}
	place := s.WriterPlace()
	if place == "" || place == s.follow.writerPlace {
		return false
	}
	s.follow.writerPlace = place
	if s.follow.detached || place == s.practiceID() {
		return false
	}
	return s.Walk.GoToID(place)
}

// noteDetached notes that this session went elsewhere than the one that writes; key goes
// back.
func (s *Session) noteDetached(before, key string) {
	if s.following() && s.WriterPlace != nil && !s.follow.detached && s.practiceID() != before && s.practiceID() != s.follow.writerPlace {
		s.follow.detached = true
		s.notify("You look around on your own; %s goes back to the place of the session that writes.", key)
	}
}

// rejoin goes to the place of the session that writes, and stays with it. It reports
// whether the walk moved.
func (s *Session) rejoin() (moved bool) {
	switch {
	case !s.following() || s.WriterPlace == nil:
		s.notify("There is nobody to follow here: this session has the review to itself.")
		return false
	case s.follow.writerPlace == "":
		s.follow.detached = false
		s.notify("No other session has the review open; its place is followed once one has.")
		return false
	}
	s.follow.detached = false
	return s.jump(s.follow.writerPlace)
}

// asOf is the time of day as of which a followed review is shown, such as "as of
// 15:49:07 UTC"; empty where this session writes the review itself.
func (m *model) asOf() string {
	if m.readAt.IsZero() {
		return ""
	}
	return "as of " + m.readAt.UTC().Format("15:04:05") + " UTC"
}

// noteRead notes that the file was read.
func (m *model) noteRead(taken bool) {
	if m.following() && m.Now != nil && (taken || m.readAt.IsZero()) {
		m.readAt = m.Now()
	}
}

// watch shows what others do while nobody types. It reports whether what is asked has to
// be shown again: the walk moved, or the answer changed.
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
