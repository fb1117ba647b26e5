package tui

import tea "charm.land/bubbletea/v2"

// wheelLines is the number of lines that one notch of the wheel scrolls.
const wheelLines = 3

// toggleMouse turns the mouse off, so that the terminal selects text with it, or on again.
func (m *model) toggleMouse() {
	if m.mouseOff = !m.mouseOff; m.mouseOff {
		m.report("The mouse is off: dragging selects text in the terminal. M turns it on again.")
		return
	}
	m.report("The mouse is on: a click goes to a best practice, the wheel scrolls.")
}

// click activates what is under the pointer: a best practice, a row, a key or a tab.
func (m *model) click(msg tea.MouseClickMsg) {
	if msg.Button != tea.MouseLeft || m.quitting || m.prompt != nil {
		return
	}
	f := m.frame()
	if a, ok := clickAreaAt(f.clickAreas, msg.X, msg.Y); ok {
		m.activate(a)
		return
	}
	line := msg.Y - f.top
	if msg.Y >= f.bottom || line < 0 || line >= len(f.body.targets) || f.body.targets[line] < 0 {
		return
	}
	target := f.body.targets[line]
	m.message = ""
	p := m.pane
	switch {
	case p == nil && (f.body.panel == 0 || msg.X < f.body.panel):
		m.Walk.GoTo(target)
	case p == nil || p.current[target].id == "":
	case p.toggle != nil:
		p.cursor = target
		m.togglePaneRow()
	case p.cursor == target:
		p.choose(p.selected())
	default:
		p.cursor = target
	}
}

// wheel scrolls what is under the pointer; over the question it moves from one best
// practice to the next.
func (m *model) wheel(msg tea.MouseWheelMsg) {
	by := 1
	switch msg.Button {
	case tea.MouseWheelUp:
		by = -1
	case tea.MouseWheelDown:
	default:
		return
	}
	if m.quitting || m.prompt != nil {
		return
	}
	switch {
	case m.pane != nil && m.pane.selectable():
		m.pane.move(by)
	case m.pane != nil:
		m.pane.move(wheelLines * by)
	default:
		if f := m.frame(); f.body.panel > 0 && msg.X >= f.body.panel {
			m.panelTop = max(m.panelTop+wheelLines*by, 0)
			return
		}
		if to := m.Walk.Position() + by; to < len(m.Walk.Stops()) {
			m.Walk.GoTo(to)
		}
	}
}
