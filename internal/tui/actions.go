package tui

import (
	tea "charm.land/bubbletea/v2"
	"github.com/iotlens/iotlens/internal/interview"
)

// act does what a key of the question screen stands for. Where the walk goes is
// the walk's business.
func (m *model) act(a action) tea.Cmd {
	switch a {
	case actUp:
		m.moved(m.walk.Back(), "This is the first one.")
	case actDown:
		return m.step()
	case actLeft:
		m.moved(m.walk.PrevQuestion(), "This is the first question.")
	case actRight:
		m.moved(m.walk.NextQuestion(), "This is the last question; Enter goes on to what is open, s to the summary.")
	case actNext:
		return m.next()
	case actPillar:
		m.moved(m.walk.NextPillar(), "This is the last pillar of the walk.")
	case actPillarBack:
		m.moved(m.walk.PrevPillar(), "This is the first pillar of the walk.")
	case actGo:
		m.openJump()
	case actSearch:
		m.openSearch()
	case actStatus1, actStatus2, actStatus3, actStatus5:
		return m.answer(statusKeys[a], "")
	case actStatus4:
		return m.excuse()
	case actCycle:
		return m.cycle()
	case actNote, actOwner, actEvidence, actDue:
		return m.field(a)
	case actWaive:
		m.waive()
	case actPark:
		m.park()
	case actUndo:
		return m.again(m.walk.Undo, "Taken back", "There is nothing to take back.")
	case actRedo:
		return m.again(m.walk.Redo, "Done again", "There is nothing to do again.")
	case actCard:
		m.openCard()
	case actAsk:
		m.openNotes()
	case actMap:
		m.openMap()
	case actSummary:
		m.openSummary()
	case actFilter:
		m.openFilter()
	case actTime:
		m.openTime()
	case actHelp:
		m.openHelp()
	case actQuit:
		return m.quit()
	}
	return nil
}

func (m *model) moved(ok bool, otherwise string) {
	if !ok {
		m.tell("%s", otherwise)
	}
}

// step goes to the best practice below; from the last one to the end.
func (m *model) step() tea.Cmd {
	m.walk.Step()
	return m.atEnd()
}

// next goes on: past what is answered to the next that is open; what is open
// here is skipped for this session.
func (m *model) next() tea.Cmd {
	if _, answered := m.walk.Answer(); answered {
		m.walk.Next()
	} else {
		m.walk.Skip()
	}
	return m.atEnd()
}

// atEnd shows the summary where nothing is left of the walk.
func (m *model) atEnd() tea.Cmd {
	if _, ok := m.walk.Current(); !ok && len(m.walk.Stops()) > 0 {
		m.openSummary()
	}
	return nil
}

// again takes a change back, or does it again.
func (m *model) again(step func() (interview.Change, bool), done, none string) tea.Cmd {
	c, ok := step()
	if !ok {
		m.tell("%s", none)
		return nil
	}
	m.tell("%s: %s.", done, c)
	return m.changed()
}

// quit ends the review; text that waits for a status is named first.
func (m *model) quit() tea.Cmd {
	if words := m.waiting.words(m.Lens); words != "" && !m.warned {
		m.warned = true
		m.tell("%s. q again leaves without.", words)
		return nil
	}
	return m.leave()
}
