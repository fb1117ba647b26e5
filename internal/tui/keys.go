package tui

import (
	"cmp"
	"slices"

	"github.com/iotlens/iotlens/internal/interview"
	"github.com/iotlens/iotlens/internal/review"
)

// A screenKey is a key of the screen: one line of the help screen.
type screenKey struct {
	keys    []string // as the terminal names them
	show    string   // as people read them
	does    string
	line    string            // the same in line mode: a key of it, or a flag of review
	reads   string            // what it does in a read-only session; empty: does
	changes bool              // it changes the review
	page    bool              // it opens a page, and does so from another page, too
	when    func(*model) bool // it does something only then; nil: always
	do      func(*model)
}

// screenKeys lists all keys of the screen: the help screen, the dispatch, what a
// read-only session refuses and the tests are made from it.
func screenKeys() []screenKey {
	// here is for what needs a best practice at the cursor.
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
		return func(m *model) { m.answer(m.Walk.Set, s) }
	}
	ask := func(d detail) func(*model) {
		return here(func(m *model, _ interview.Stop) { m.askDetail(d) })
	}
	return []screenKey{
		{keys: []string{"up", "k"}, show: "↑ k", does: "best practice above", line: "b", do: (*model).above},
		{keys: []string{"down", "j"}, show: "↓ j", does: "best practice below", line: "Enter", do: (*model).below},
		{keys: []string{"left", "h"}, show: "← h", does: "question before", line: "g", do: on(prevQuestion)},
		{keys: []string{"right", "l"}, show: "→ l", does: "question after", line: "g", do: on(nextQuestion)},
		{keys: []string{"enter"}, show: "Enter", does: "next open one; skips this", reads: "next open one", line: "s", do: (*model).next},
		{keys: []string{"tab"}, show: "Tab", does: "next pillar", line: ">", do: on(nextPillar)},
		{keys: []string{"shift+tab"}, show: "Shift+Tab", does: "pillar before", line: "<", do: on(prevPillar)},
		{keys: []string{"g"}, show: "g", does: "all questions; go to an id", line: "list", page: true, do: (*model).openJump},
		{keys: []string{"/"}, show: "/", does: "search everything", line: "/", page: true, do: (*model).openSearch},
		{keys: []string{"1"}, show: "1", does: "implemented", line: "1", changes: true, do: status(review.Implemented)},
		{keys: []string{"2"}, show: "2", does: "partially implemented", line: "2", changes: true, do: status(review.PartiallyImplemented)},
		{keys: []string{"+"}, show: "+", does: "of it: few, half, most", line: "%", changes: true, do: (*model).cycleExtent},
		{keys: []string{"%"}, show: "%", does: "of it, in per cent", line: "%", changes: true, do: ask(detailExtent)},
		{keys: []string{"3"}, show: "3", does: "not implemented", line: "3", changes: true, do: status(review.NotImplemented)},
		{keys: []string{"4", "-"}, show: "4 -", does: "not applicable + reason", line: "4", changes: true, do: here((*model).askReason)},
		{keys: []string{"N"}, show: "N", does: "whole question n/a + reason", line: "na", changes: true, do: (*model).askWhole},
		{keys: []string{"5", "x"}, show: "5 x", does: "don't know", line: "5", changes: true, do: status(review.CannotDetermine)},
		{keys: []string{"0", "6", "7", "8", "9"}, show: "1-9 0", does: "pick an alternative; none", line: "0", changes: true, do: (*model).noChoice},
		{keys: []string{"~"}, show: "~", does: "this alternative, partly", line: "2", changes: true, do: (*model).noChoice},
		{keys: []string{"space"}, show: "Space", does: "1, 2, 3, 5 in turn", line: "1", changes: true, do: (*model).cycle},
		{keys: []string{"n"}, show: "n", does: "note; Ctrl+E: $EDITOR", line: "n", changes: true, do: ask(detailNote)},
		{keys: []string{"o"}, show: "o", does: "owner", line: "o", changes: true, do: ask(detailOwner)},
		{keys: []string{"e"}, show: "e", does: "evidence: add, correct", line: "e", changes: true, do: here((*model).openEvidence)},
		{keys: []string{"d"}, show: "d", does: "due date: 31 Jan, +6w", line: "d", changes: true, do: ask(detailDue)},
		{keys: []string{"D"}, show: "D", does: "deadline from outside", line: "deadline", changes: true, do: ask(detailDeadline)},
		{keys: []string{"w"}, show: "w", does: "waive for a time", line: "w", changes: true, do: here((*model).waive)},
		{keys: []string{"p"}, show: "p", does: "park a topic", line: "p", changes: true, do: (*model).park},
		{keys: []string{"u"}, show: "u", does: "undo", line: "u", changes: true, do: on((*Session).undo)},
		{keys: []string{"r"}, show: "r", does: "redo", line: "r", changes: true, do: on((*Session).redo)},
		{keys: []string{"c"}, show: "c", does: "card: why and how; links", line: "?", page: true, do: here((*model).openCard)},
		{keys: []string{"a"}, show: "a", does: "facilitator's notes", line: "?", page: true, when: (*model).notPresenting, do: here((*model).openNotes)},
		{keys: []string{"m"}, show: "m", does: "map of layers x pillars", line: "map", page: true, do: (*model).openMap},
		{keys: []string{"s"}, show: "s", does: "summary, and the reports", line: "sum", page: true, do: (*model).openSummary},
		{keys: []string{"f"}, show: "f", does: "filter", line: "f", page: true, do: (*model).openFilter},
		{keys: []string{"t"}, show: "t", does: "time: the plan", line: "t", page: true, do: (*model).openTime},
		{keys: []string{"P"}, show: "P", does: "profile of the workload", line: "profile", page: true, do: (*model).openProfile},
		{keys: []string{"A"}, show: "A", does: "set aside by the profile", line: "aside", page: true, do: (*model).openAside},
		{keys: []string{"@"}, show: "@", does: "who speaks", line: "@", changes: true, do: (*model).askSpeaker},
		{keys: []string{"M"}, show: "M", does: "mouse off, on: to select text", line: "--no-mouse", do: (*model).toggleMouse},
		{keys: []string{"v"}, show: "v", does: "full, facilitator, presenter", line: "--presenter", do: (*model).nextMode},
		{keys: []string{"C"}, show: "C", does: "decide what others changed, too", line: "conflict", changes: true, when: (*model).disputed, do: (*model).reopenDispute},
		{keys: []string{"F"}, show: "F", does: "follow who writes", line: "follow", when: (*model).following, do: on((*Session).rejoin)},
		{keys: []string{"i"}, show: "i", does: "notes, owners and dates", line: "--presenter", when: (*model).presenting, do: (*model).showSaid},
		{keys: []string{"?"}, show: "?", does: "this list", line: "help", page: true, do: (*model).openHelp},
		{keys: []string{"q"}, show: "q", does: "stop; all is saved", reads: "stop", line: "q", do: (*model).quit},
	}
}

// works tells whether a key does something on this screen.
func (m *model) works(k screenKey) bool {
	if k.changes && m.ReadOnlyReason != "" {
		return false
	}
	return k.when == nil || k.when(m)
}

// does is what a key does on this screen.
func (m *model) does(k screenKey) string {
	if m.ReadOnlyReason != "" {
		return cmp.Or(k.reads, k.does)
	}
	return k.does
}

// actionOf is what a key does; an unknown one has nothing to do.
func actionOf(key string) screenKey {
	for _, k := range screenKeys() {
		if slices.Contains(k.keys, key) {
			return k
		}
	}
	return screenKey{}
}
