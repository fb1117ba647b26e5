package tui

import "slices"

// action is what a key does on the screen.
type action int

const (
	actNone action = iota
	actUp
	actDown
	actLeft
	actRight
	actNext
	actPillar
	actPillarBack
	actGo
	actSearch
	actStatus1
	actStatus2
	actStatus3
	actStatus4
	actStatus5
	actCycle
	actNote
	actOwner
	actEvidence
	actDue
	actWaive
	actPark
	actUndo
	actRedo
	actCard
	actAsk
	actMap
	actSummary
	actFilter
	actTime
	actHelp
	actQuit
)

// A key is one line of the help screen.
type keyHelp struct {
	act     action
	keys    []string // as the terminal names them
	show    string   // as people read them
	does    string
	line    string // the same in line mode: a key of it, or a flag of review
	changes bool   // it changes the review
}

// keyTable lists all keys of the screen: the help screen, the dispatch, what a
// read-only session refuses and the tests are made from it.
func keyTable() []keyHelp {
	return []keyHelp{
		{act: actUp, keys: []string{"up", "k"}, show: "↑ k", does: "best practice above", line: "b"},
		{act: actDown, keys: []string{"down", "j"}, show: "↓ j", does: "best practice below", line: "Enter"},
		{act: actLeft, keys: []string{"left", "h"}, show: "← h", does: "question before", line: "g"},
		{act: actRight, keys: []string{"right", "l"}, show: "→ l", does: "question after", line: "g"},
		{act: actNext, keys: []string{"enter"}, show: "Enter", does: "next open one; skips this", line: "s"},
		{act: actPillar, keys: []string{"tab"}, show: "Tab", does: "next pillar", line: ">"},
		{act: actPillarBack, keys: []string{"shift+tab"}, show: "Shift+Tab", does: "pillar before", line: "<"},
		{act: actGo, keys: []string{"g"}, show: "g", does: "all questions; go to an id", line: "list"},
		{act: actSearch, keys: []string{"/"}, show: "/", does: "search everything", line: "/"},
		{act: actStatus1, keys: []string{"1"}, show: "1", does: "implemented", line: "1", changes: true},
		{act: actStatus2, keys: []string{"2"}, show: "2", does: "partially implemented", line: "2", changes: true},
		{act: actStatus3, keys: []string{"3"}, show: "3", does: "not implemented", line: "3", changes: true},
		{act: actStatus4, keys: []string{"4"}, show: "4", does: "not applicable + reason", line: "4", changes: true},
		{act: actStatus5, keys: []string{"5", "x"}, show: "5 x", does: "don't know", line: "5", changes: true},
		{act: actCycle, keys: []string{"space"}, show: "Space", does: "1, 2, 3, 5 in turn", line: "1", changes: true},
		{act: actNote, keys: []string{"n"}, show: "n", does: "note; Ctrl+E: $EDITOR", line: "n", changes: true},
		{act: actOwner, keys: []string{"o"}, show: "o", does: "owner", line: "o", changes: true},
		{act: actEvidence, keys: []string{"e"}, show: "e", does: "evidence: one more", line: "e", changes: true},
		{act: actDue, keys: []string{"d"}, show: "d", does: "due date", line: "d", changes: true},
		{act: actWaive, keys: []string{"w"}, show: "w", does: "waive for a time", line: "w", changes: true},
		{act: actPark, keys: []string{"p"}, show: "p", does: "park a topic", line: "p", changes: true},
		{act: actUndo, keys: []string{"u"}, show: "u", does: "undo", line: "u", changes: true},
		{act: actRedo, keys: []string{"r"}, show: "r", does: "redo", line: "r", changes: true},
		{act: actCard, keys: []string{"c"}, show: "c", does: "card: why and how; links", line: "?"},
		{act: actAsk, keys: []string{"a"}, show: "a", does: "facilitator's notes", line: "?"},
		{act: actMap, keys: []string{"m"}, show: "m", does: "map of layers x pillars", line: "map"},
		{act: actSummary, keys: []string{"s"}, show: "s", does: "summary, and the reports", line: "sum"},
		{act: actFilter, keys: []string{"f"}, show: "f", does: "filter", line: "f"},
		{act: actTime, keys: []string{"t"}, show: "t", does: "time: what still fits", line: "t"},
		{act: actHelp, keys: []string{"?"}, show: "?", does: "this list", line: "help"},
		{act: actQuit, keys: []string{"q"}, show: "q", does: "stop; all is saved", line: "q"},
	}
}

// actionOf is what a key does.
func actionOf(table []keyHelp, key string) keyHelp {
	for _, k := range table {
		if slices.Contains(k.keys, key) {
			return k
		}
	}
	return keyHelp{}
}
