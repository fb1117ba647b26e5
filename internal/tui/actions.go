package tui

import (
	tea "charm.land/bubbletea/v2"
	"github.com/iotlens/iotlens/internal/review"
)

// act does what a key of the question screen stands for. Where the walk goes is
// the walk's business.
func (m *model) act(a action) tea.Cmd {
	switch a {
	case actUp:
		m.back()
	case actDown:
		return m.step()
	case actLeft:
		m.moved(m.Walk.PrevQuestion(), "This is the first question.")
	case actRight:
		m.moved(m.Walk.NextQuestion(), "This is the last question; Enter goes on to what is open, s to the summary.")
	case actNext:
		return m.next()
	case actPillar:
		m.nextPillar()
	case actPillarBack:
		m.prevPillar()
	case actGo:
		m.openJump()
	case actSearch:
		m.openSearch()
	case actStatus1, actStatus2, actStatus3, actStatus5:
		return m.answer(review.Statuses()[a-actStatus1], "")
	case actStatus4:
		return m.excuse()
	case actCycle:
		return m.cycle()
	case actNote, actOwner, actEvidence, actDue:
		if _, ok := m.Walk.Current(); ok {
			m.askDetail(map[action]detail{actNote: detailNote, actOwner: detailOwner, actEvidence: detailEvidence, actDue: detailDue}[a])
		}
	case actWaive:
		m.waive()
	case actPark:
		m.park()
	case actUndo:
		return m.changedIf(m.undo())
	case actRedo:
		return m.changedIf(m.redo())
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
