package tui

import tea "charm.land/bubbletea/v2"

// notch is how many lines one turn of the wheel scrolls.
const notch = 3

// click goes to the best practice or chooses the row under the pointer.
func (m *model) click(msg tea.MouseClickMsg) tea.Cmd {
	if msg.Button != tea.MouseLeft || m.leaving || m.prompt != nil {
		return nil
	}
	f := m.frame()
	line := msg.Y - f.top
	if msg.Y >= f.bottom || line < 0 || line >= len(f.body.targets) || f.body.targets[line] < 0 {
		return nil
	}
	target := f.body.targets[line]
	m.message = ""
	switch m.view {
	case viewQuestion:
		if f.body.panel == 0 || msg.X < f.body.panel {
			m.Walk.GoTo(target)
		}
	case viewList:
		l := m.list
		if l.now[target].id == "" {
			return nil
		}
		if l.at == target && l.toggle == nil {
			return l.choose(l.now[target])
		}
		l.at = target
		if l.toggle != nil {
			l.toggle(l.now[target])
			l.fill()
		}
	}
	return nil
}

// wheel scrolls what is under the pointer; over the question it goes from one
// best practice to the next.
func (m *model) wheel(msg tea.MouseWheelMsg) tea.Cmd {
	by := 1
	switch msg.Button {
	case tea.MouseWheelUp:
		by = -1
	case tea.MouseWheelDown:
	default:
		return nil
	}
	if m.leaving || m.prompt != nil {
		return nil
	}
	switch m.view {
	case viewPage:
		m.page.from = min(max(m.page.from+notch*by, 0), m.page.most)
	case viewList:
		m.list.move(by)
	default:
		if f := m.frame(); f.body.panel > 0 && msg.X >= f.body.panel {
			m.panelFrom = max(m.panelFrom+notch*by, 0)
			return nil
		}
		if by < 0 {
			m.Walk.Back()
		} else if m.Walk.At()+1 < len(m.Walk.Stops()) {
			m.Walk.Step()
		}
	}
	return nil
}
