package tui

import "slices"

// A Mode is the audience of a screen, which decides what it shows of a review.
type Mode string

// The modes, in the order in which the key v goes through them.
const (
	ModeFull        Mode = "full"        // everything: to answer with
	ModeFacilitator Mode = "facilitator" // what to probe for, the minutes, what comes next
	ModePresenter   Mode = "presenter"   // the question, its best practices and the legend: for a projector
)

func modes() []Mode { return []Mode{ModeFull, ModeFacilitator, ModePresenter} }

// nextMode switches to the next mode.
func (m *model) nextMode() {
	all := modes()
	m.mode = all[(slices.Index(all, m.mode)+1)%len(all)]
	m.report("Screen: %s. v changes it.", m.mode)
}
