package tui

import (
	"time"
)

// followed is what a session that only looks on knows of the one that writes.
type followed struct {
	at    time.Time // when the file was last read; zero: it isn't followed
	place string    // best practice of the writer, as it was looked up last
	alone bool      // this session has a place of its own
}

// asOf is the time of day as of which a followed review is shown, such as "as of
// 15:49:07 UTC"; empty where this session writes the review itself.
func (m *model) asOf() string {
	if m.followed.at.IsZero() {
		return ""
	}
	return "as of " + m.followed.at.UTC().Format("15:04:05") + " UTC"
}

// following reports whether this session shows the review that another one writes.
func (m *model) following() bool { return m.ReadOnlyReason != "" && m.Look != nil }

// readNow notes that the file was read.
func (m *model) readNow(taken bool) {
	if m.following() && m.Now != nil && (taken || m.followed.at.IsZero()) {
		m.followed.at = m.Now()
	}
}

// followWriter goes where the session that writes is, unless this one went elsewhere.
func (m *model) followWriter() {
	if !m.following() || m.Where == nil {
		return
	}
	place := m.Where()
	if place == "" || place == m.followed.place {
		return
	}
	m.followed.place = place
	if !m.followed.alone && place != m.here() {
		m.Walk.Go(place)
	}
}

// wentAlone notes that this session went elsewhere than the one that writes.
func (m *model) wentAlone(before string) {
	if m.following() && m.Where != nil && !m.followed.alone && m.here() != before && m.here() != m.followed.place {
		m.followed.alone = true
		m.report("You look around on your own; F goes back to the place of the session that writes.")
	}
}

// rejoin goes to the place of the session that writes, and stays with it.
func (m *model) rejoin() {
	switch {
	case !m.following() || m.Where == nil:
		m.report("There is nobody to follow here: this session has the review to itself.")
	case m.followed.place == "":
		m.followed.alone = false
		m.report("No other session has the review open; its place is followed once one has.")
	default:
		m.followed.alone = false
		m.jump(m.followed.place)
	}
}
