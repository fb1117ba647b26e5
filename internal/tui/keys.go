package tui

import (
	"cmp"
	"slices"

	"github.com/iotlens/iotlens/internal/interview"
	"github.com/iotlens/iotlens/internal/review"
)

// A screenKey is a command of the screen with its keys: one line of the help screen.
type screenKey struct {
	keys         []string // as the terminal names them
	label        string   // as the help shows them
	help         string
	lineKey      string            // the same in the line review: one of its keys, or a flag of iotlens review
	readOnlyHelp string            // help in a read-only session; empty: help
	changes      bool              // it changes the review
	opensPane    bool              // it opens a pane, from another pane too
	available    func(*model) bool // reports whether it works on this screen; nil: always
	run          func(*model)
}

// screenKeys lists all keys of the screen. The help screen, the dispatch, what a read-only
// session refuses and the tests are derived from it.
func screenKeys() []screenKey {
	// here makes a command that needs a current best practice.
	here := func(do func(*model, interview.Stop)) func(*model) {
		return func(m *model) {
			if s, ok := m.Walk.Current(); ok {
				do(m, s)
			}
		}
	}
	on := func(step func(*Session) bool) func(*model) {
		return func(m *model) { step(m.Session) }
	}
	status := func(s review.Status) func(*model) {
		return func(m *model) { m.answer(m.Walk.SetAnswer, s) }
	}
	ask := func(d detail) func(*model) {
		return here(func(m *model, _ interview.Stop) { m.askDetail(d) })
	}
	return []screenKey{
		{keys: []string{"up", "k"}, label: "↑ k", help: "best practice above", lineKey: "b", run: (*model).moveUp},
		{keys: []string{"down", "j"}, label: "↓ j", help: "best practice below", lineKey: "Enter", run: (*model).moveDown},
		{keys: []string{"left", "h"}, label: "← h", help: "question before", lineKey: "g", run: on(prevQuestion)},
		{keys: []string{"right", "l"}, label: "→ l", help: "question after", lineKey: "g", run: on(nextQuestion)},
		{keys: []string{"enter"}, label: "Enter", help: "next open one; skips this", readOnlyHelp: "next open one", lineKey: "s", run: (*model).next},
		{keys: []string{"tab"}, label: "Tab", help: "next pillar", lineKey: ">", run: on(nextPillar)},
		{keys: []string{"shift+tab"}, label: "Shift+Tab", help: "pillar before", lineKey: "<", run: on(prevPillar)},
		{keys: []string{"g"}, label: "g", help: "all questions; go to an id", lineKey: "list", opensPane: true, run: (*model).openJump},
		{keys: []string{"/"}, label: "/", help: "search everything", lineKey: "/", opensPane: true, run: (*model).openSearch},
		{keys: []string{"1"}, label: "1", help: "implemented", lineKey: "1", changes: true, run: status(review.Implemented)},
		{keys: []string{"2"}, label: "2", help: "partially implemented", lineKey: "2", changes: true, run: status(review.PartiallyImplemented)},
		{keys: []string{"+"}, label: "+", help: "of it: few, half, most", lineKey: "%", changes: true, run: (*model).cycleExtent},
		{keys: []string{"%"}, label: "%", help: "of it, in per cent", lineKey: "%", changes: true, run: ask(detailExtent)},
		{keys: []string{"3"}, label: "3", help: "not implemented", lineKey: "3", changes: true, run: status(review.NotImplemented)},
		{keys: []string{"4", "-"}, label: "4 -", help: "not applicable + reason", lineKey: "4", changes: true, run: here((*model).askReason)},
		{keys: []string{"N"}, label: "N", help: "whole question n/a + reason", lineKey: "na", changes: true, run: (*model).askWhole},
		{keys: []string{"5", "x"}, label: "5 x", help: "don't know", lineKey: "5", changes: true, run: status(review.CannotDetermine)},
		{keys: []string{"0", "6", "7", "8", "9"}, label: "1-9 0", help: "pick an alternative; none", lineKey: "0", changes: true, run: (*model).reportNoAlternatives},
		{keys: []string{"~"}, label: "~", help: "this alternative, partly", lineKey: "2", changes: true, run: (*model).reportNoAlternatives},
		{keys: []string{"space"}, label: "Space", help: "1, 2, 3, 5 in turn", lineKey: "1", changes: true, run: (*model).cycleStatus},
		{keys: []string{"n"}, label: "n", help: "note; Ctrl+E: $EDITOR", lineKey: "n", changes: true, run: ask(detailNote)},
		{keys: []string{"o"}, label: "o", help: "owner", lineKey: "o", changes: true, run: ask(detailOwner)},
		{keys: []string{"e"}, label: "e", help: "evidence: add, correct", lineKey: "e", changes: true, run: here((*model).openEvidence)},
		{keys: []string{"d"}, label: "d", help: "due date: 31 Jan, +6w", lineKey: "d", changes: true, run: ask(detailDue)},
		{keys: []string{"D"}, label: "D", help: "deadline from outside", lineKey: "deadline", changes: true, run: ask(detailDeadline)},
		{keys: []string{"w"}, label: "w", help: "waive for a time", lineKey: "w", changes: true, run: here((*model).waive)},
		{keys: []string{"p"}, label: "p", help: "park a topic", lineKey: "p", changes: true, run: (*model).park},
		{keys: []string{"u"}, label: "u", help: "undo", lineKey: "u", changes: true, run: on((*Session).undo)},
		{keys: []string{"r"}, label: "r", help: "redo", lineKey: "r", changes: true, run: on((*Session).redo)},
		{keys: []string{"c"}, label: "c", help: "card: why and how; links", lineKey: "?", opensPane: true, run: here((*model).openCard)},
		{keys: []string{"a"}, label: "a", help: "facilitator's notes", lineKey: "?", opensPane: true, available: (*model).notPresenting, run: here((*model).openNotes)},
		{keys: []string{"m"}, label: "m", help: "map of layers x pillars", lineKey: "map", opensPane: true, run: (*model).openMap},
		{keys: []string{"s"}, label: "s", help: "summary, and the reports", lineKey: "sum", opensPane: true, run: (*model).openSummary},
		{keys: []string{"f"}, label: "f", help: "filter", lineKey: "f", opensPane: true, run: (*model).openFilter},
		{keys: []string{"t"}, label: "t", help: "time: the plan", lineKey: "t", opensPane: true, run: (*model).openPlan},
		{keys: []string{"P"}, label: "P", help: "profile of the workload", lineKey: "profile", opensPane: true, run: (*model).openProfile},
		{keys: []string{"A"}, label: "A", help: "set aside by the profile", lineKey: "aside", opensPane: true, run: (*model).openAside},
		{keys: []string{"@"}, label: "@", help: "who speaks", lineKey: "@", changes: true, run: (*model).askSpeaker},
		{keys: []string{"M"}, label: "M", help: "mouse off, on: to select text", lineKey: "--no-mouse", run: (*model).toggleMouse},
		{keys: []string{"v"}, label: "v", help: "full, facilitator, presenter", lineKey: "--presenter", run: (*model).nextMode},
		{keys: []string{"C"}, label: "C", help: "decide what others changed, too", lineKey: "conflict", changes: true, available: (*model).hasConflicts, run: (*model).reopenConflict},
		{keys: []string{"F"}, label: "F", help: "follow who writes", lineKey: "follow", available: (*model).following, run: on((*Session).rejoin)},
		{keys: []string{"i"}, label: "i", help: "notes, owners and dates", lineKey: "--presenter", available: (*model).presenting, run: (*model).toggleDetails},
		{keys: []string{"?"}, label: "?", help: "this list", lineKey: "help", opensPane: true, run: (*model).openHelp},
		{keys: []string{"q"}, label: "q", help: "stop; all is saved", readOnlyHelp: "stop", lineKey: "q", run: (*model).quit},
	}
}

// usable reports whether a key works on this screen.
func (m *model) usable(k screenKey) bool {
	if k.changes && m.ReadOnlyReason != "" {
		return false
	}
	return k.available == nil || k.available(m)
}

// helpText says what a key does on this screen.
func (m *model) helpText(k screenKey) string {
	if m.ReadOnlyReason != "" {
		return cmp.Or(k.readOnlyHelp, k.help)
	}
	return k.help
}

// screenKeyFor returns the command of a key; the zero value for an unknown key.
func screenKeyFor(key string) screenKey {
	for _, k := range screenKeys() {
		if slices.Contains(k.keys, key) {
			return k
		}
	}
	return screenKey{}
}
