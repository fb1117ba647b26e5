package tui

import tea "charm.land/bubbletea/v2"

// A pager is a text to scroll through. It is set anew for each frame: the window
// may have changed, and what it shows, too.
type pager struct {
	title string
	key   string // the key that opened it closes it
	hints []string
	set   func(width int) []string
	enter func() tea.Cmd
	more  func(key string) (tea.Cmd, bool) // further keys; false where it is none of them
	from  int                              // the first line that is seen
	most  int                              // the last from that makes sense, as of the last frame
	rows  int                              // lines in the window, as of the last frame
}

func (m *model) open(p pager) {
	if p.hints == nil {
		p.hints = []string{"Esc back", "↑↓ scroll"}
	}
	m.view, m.page = viewPage, p
}

func (m *model) pageBody(w, h int) body {
	p := &m.page
	lines := p.set(w - 2)
	p.rows = max(h-1, 1)
	p.most = max(len(lines)-p.rows, 0)
	p.from = min(max(p.from, 0), p.most)
	var b body
	right := ""
	if p.most > 0 {
		right = m.dim.Render(scrolled(p.from, p.most) + " ")
	}
	b.add(-1, m.fit(m.ends(m.accent.Render(" "+safe(p.title)), right, w, m.plain), w))
	for _, line := range lines[p.from:min(p.from+p.rows, len(lines))] {
		b.add(-1, m.plain.Render(" ")+line)
	}
	return b
}

func scrolled(from, most int) string {
	switch from {
	case 0:
		return "more below ↓"
	case most:
		return "↑ more above"
	}
	return "↑ more ↓"
}

func (m *model) pageKey(key string) tea.Cmd {
	p := &m.page
	switch key {
	case "esc", "q", p.key:
		m.view = viewQuestion
	case "enter":
		if p.enter != nil {
			return p.enter()
		}
		m.view = viewQuestion
	case "up", "k":
		p.from--
	case "down", "j":
		p.from++
	case "pgup", "left", "h":
		p.from -= p.rows - 1
	case "pgdown", "right", "l", "space":
		p.from += p.rows - 1
	case "home":
		p.from = 0
	case "end":
		p.from = p.most
	default:
		if p.more != nil {
			if cmd, ok := p.more(key); ok {
				return cmd
			}
		}
		// From one page to another without the way back.
		if k := actionOf(m.keys, key); k.page {
			m.view = viewQuestion
			return k.do(m)
		}
	}
	p.from = min(max(p.from, 0), p.most)
	return nil
}
