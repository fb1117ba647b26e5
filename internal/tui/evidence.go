package tui

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/iotlens/iotlens/internal/interview"
)

// evidence lists the evidence of the current best practice.
func (s *Session) evidence() []string {
	a, _ := s.answerOrRemark(s.practiceID())
	return slices.Clone(a.Evidence)
}

// replaceEvidence replaces the evidence at an index, or removes it if the text is empty.
func (s *Session) replaceEvidence(at int, text string) error {
	list := s.evidence()
	switch {
	case at < 0 || at >= len(list):
		return fmt.Errorf("there is no evidence %d", at+1)
	case text == "":
		list = slices.Delete(list, at, at+1)
	default:
		list[at] = text
	}
	return s.setDetailValues(detailEvidence, list)
}

// addRowID is the id of the row that adds evidence.
const addRowID = "another"

// openEvidence asks for evidence. If there is some already, it lists that first, with a row
// to add more.
func (m *model) openEvidence(stop interview.Stop) {
	if len(m.evidence()) == 0 {
		m.askDetail(detailEvidence)
		return
	}
	p := &pane{title: "Evidence of " + stop.Practice.ID, key: "e", hints: []string{"Enter add, correct", "x remove", "Esc back", "↑↓ move"}}
	p.rows = func(int, string) []row {
		var rows []row
		for i, text := range m.evidence() {
			rows = append(rows, row{id: strconv.Itoa(i), spans: []span{{m.plain, safe(text)}}})
		}
		return append(rows, row{id: addRowID, spans: []span{{m.dim, "one more"}}})
	}
	p.choose = func(r row) {
		at, err := strconv.Atoi(r.id)
		if err != nil {
			m.askDetail(detailEvidence)
			return
		}
		m.ask(prompt{
			label: fmt.Sprintf("evidence %d (empty: remove)", at+1), suggestions: m.suggestions(detailEvidence),
			onEnter: func(text string) error { return m.replaceEvidence(at, text) },
		}, m.evidence()[at])
	}
	p.extraKey = func(key string) bool {
		at, err := strconv.Atoi(p.selected().id)
		if !slices.Contains([]string{"x", "delete", "backspace"}, key) || err != nil {
			return false
		}
		if err := m.replaceEvidence(at, ""); err != nil {
			m.report("%v", err)
		} else {
			m.report("Removed; u in the question undoes it.")
		}
		if len(m.evidence()) == 0 {
			m.pane = nil
		}
		return true
	}
	m.open(p)
	p.selectRow(addRowID)
}

// editEvidence lists the evidence and asks for more, adds a text, corrects one ("2 = TEXT"),
// removes one ("2 -") or all ("-").
func (l *Line) editEvidence(rest string) (moved bool) {
	number, value, _ := strings.Cut(rest, " ")
	n := parseOrdinal(number)
	fixed, corrects := strings.CutPrefix(strings.TrimSpace(value), "=")
	if fixed = strings.TrimSpace(fixed); fixed == noneWord {
		fixed, corrects = "", true
	}
	switch list := l.evidence(); {
	case rest == "":
		for i, text := range list {
			l.printWrapped("  ", fmt.Sprintf("%d %s", i+1, text))
		}
		if len(list) > 0 {
			l.message("e %d = TEXT corrects one, e %[1]d - removes it; Enter adds nothing.", len(list))
		}
		l.editDetail(detailEvidence, "")
	case n > 0 && corrects:
		if l.succeeded(l.replaceEvidence(n-1, fixed)) {
			l.message("Evidence: %s", cmp.Or(strings.Join(l.evidence(), "; "), "none"))
		}
	default:
		l.editDetail(detailEvidence, rest)
	}
	return false
}
