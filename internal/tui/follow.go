package tui

import "fmt"

// followed is what a session that only looks on knows of the one that writes.
type followed struct {
	place string // best practice of the writer, as it was looked up last
	alone bool   // this session has a place of its own
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
	if place == "" || place == s.followed.place {
		return false
	}
	s.followed.place = place
	if s.followed.alone || place == s.here() {
		return false
	}
	return s.Walk.Go(place)
}

// wentAlone notes that this session went elsewhere than the one that writes; key goes
// back.
func (s *Session) wentAlone(before, key string) {
	if s.following() && s.WriterPlace != nil && !s.followed.alone && s.here() != before && s.here() != s.followed.place {
		s.followed.alone = true
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
	case s.followed.place == "":
		s.followed.alone = false
		s.notify("No other session has the review open; its place is followed once one has.")
		return false
	}
	s.followed.alone = false
	return s.jump(s.followed.place)
}

// asOf is the time of day as of which a followed review is shown, such as "as of
// 15:49:07 UTC"; empty where this session writes the review itself.
func (m *model) asOf() string {
	if m.readAt.IsZero() {
		return ""
	}
	return "as of " + m.readAt.UTC().Format("15:04:05") + " UTC"
}

// readNow notes that the file was read.
func (m *model) readNow(taken bool) {
	if m.following() && m.Now != nil && (taken || m.readAt.IsZero()) {
		m.readAt = m.Now()
	}
}

// watch shows what others do while nobody types. It reports whether what is asked has to
// be shown again: the walk moved, or the answer changed.
func (l *Line) watch() (again bool) {
	for l.following() && l.Source != nil && l.ahead == nil && l.In.Buffered() == 0 && !l.Source.Wait(lookEvery) {
		before, _ := l.draft(l.here())
		changed := l.onDisk.err == nil && l.FileChanged()
		if changed {
			l.printf("")
		}
		l.lookAtFile()
		moved := l.followWriter()
		if moved && !changed {
			l.printf("")
		}
		if after, _ := l.draft(l.here()); moved || after.Status != before.Status || !after.SameContent(before) {
			return true
		}
		if changed {
			fmt.Fprint(l.Out, linePrompt)
		}
	}
	return false
}
