package tui

import tea "charm.land/bubbletea/v2"

// step goes to the best practice below; from the last one to the end.
func (m *model) step() tea.Cmd {
	m.Walk.Step()
	return m.atEnd()
}

// next goes on: past what is answered to the next that is open; what is open
// here is skipped for this session.
func (m *model) next() tea.Cmd {
	if _, answered := m.Walk.Answer(); answered {
		m.Walk.Next()
	} else {
		m.Walk.Skip()
	}
	return m.atEnd()
}

// atEnd shows the summary where nothing is left of the walk.
func (m *model) atEnd() tea.Cmd {
	if _, ok := m.Walk.Current(); !ok && len(m.Walk.Stops()) > 0 {
		m.openSummary()
	}
	return nil
}

// changedIf saves where there was a change.
func (m *model) changedIf(changed bool) tea.Cmd {
	if !changed {
		return nil
	}
	return m.changed()
}

// quit ends the review; drafts are named first.
func (m *model) quit() tea.Cmd {
	if !m.mayLeave() {
		return nil
	}
	return m.leave()
}
