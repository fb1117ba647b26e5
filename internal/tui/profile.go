package tui

import (
	"fmt"
	"reflect"
	"slices"
	"strings"

	"github.com/iotlens/iotlens/internal/interview"
	"github.com/iotlens/iotlens/internal/review"
	"github.com/iotlens/iotlens/internal/text"
)

// updateWorkload changes the workload, and shows which best practices that rules out or
// asks.
func (s *Session) updateWorkload(w review.Workload) error {
	if reflect.DeepEqual(w, s.Walk.Review().Workload) {
		s.notify("%s", nothingChanged)
		return nil
	}
	ruling, err := s.Walk.SetWorkload(w)
	if err != nil {
		return err
	}
	var did []string
	for _, part := range []struct {
		list []interview.AffectedPractice
		does string
	}{{ruling.RuledOut, "ruled out"}, {ruling.SetAside, "set aside"}, {ruling.AskedAgain, "asked from now on"}} {
		if n := len(part.list); n > 0 {
			did = append(did, fmt.Sprintf("%s %s", text.Count(n, "best practice"), part.does))
		}
	}
	if len(did) == 0 {
		did = []string{"what is asked stays the same"}
	}
	s.notify("Profile: %s.", strings.Join(did, ", "))
	s.reviewChanged()
	return nil
}

// workloadCopy returns a deep copy of the workload.
func (s *Session) workloadCopy() review.Workload {
	return (&review.Review{Workload: s.Walk.Review().Workload}).Clone().Workload
}

// openProfile opens the fields of the workload; Enter changes one.
func (m *model) openProfile() {
	p := &pane{title: "Profile", key: "P", hints: []string{"Enter change", "Esc back", "↑↓ move", "A set aside"}}
	if m.ReadOnlyReason != "" {
		p.hints = p.hints[1:]
	}
	p.rows = func(int, string) []row {
		var rows []row
		for _, f := range review.WorkloadFields() {
			if value := f.Text(m.review.Workload); f.Relevant(m.Lens) || value != "" {
				style := m.plain
				if value == "" {
					value, style = "open", m.warn
				}
				rows = append(rows, row{id: f.Flag, spans: []span{{m.dim, fmt.Sprintf("%-18s", f.Flag)}, {style, safe(value)}}})
			}
		}
		return rows
	}
	p.choose = func(r row) {
		if m.ReadOnlyReason != "" {
			m.report("Read only: %s.", m.ReadOnlyReason)
			return
		}
		f, _ := workloadField(r.id)
		if len(f.Terms(m.Lens)) > 0 {
			m.openTerms(f)
			return
		}
		m.ask(prompt{label: fieldPrompt(f, review.Workload{}, false), isDate: f.IsDate(), onEnter: func(typed string) error {
			if typed == "" {
				typed = noneWord
			}
			w := m.workloadCopy()
			if err := setFromInput(f, m.Lens, &w, typed, m.today()); err != nil {
				return err
			}
			return m.updateWorkload(w)
		}}, f.Text(m.review.Workload))
	}
	m.open(p)
}

// openTerms opens the values of a field of the profile. Nothing changes before Enter.
func (m *model) openTerms(f review.WorkloadField) {
	chosen := slices.Clone(f.Values(&m.review.Workload))
	m.open(&pane{
		title: f.Prompt + ":", hints: []string{"Space choose", "Enter save", "Esc cancel", "↑↓ move"},
		rows: func(int, string) []row {
			var rows []row
			for _, t := range f.Terms(m.Lens) {
				rows = append(rows, m.checkboxRow("term", t.ID, fmt.Sprintf("%-12s %s", t.ID, t.Description), slices.Contains(chosen, t.ID)))
			}
			return rows
		},
		toggle: func(r row) {
			switch at := slices.Index(chosen, r.id); {
			case at >= 0:
				chosen = slices.Delete(chosen, at, at+1)
			case f.IsList():
				chosen = append(chosen, r.id)
			default:
				chosen = []string{r.id}
			}
		},
		choose: func(r row) {
			w := m.workloadCopy()
			if !f.IsList() && slices.Equal(chosen, f.Values(&w)) {
				chosen = []string{r.id} // without Space, Enter chooses the selected value
			}
			if err := f.Set(m.Lens, &w, chosen); err != nil {
				m.report("%v", err)
				return
			}
			if err := m.updateWorkload(w); err != nil {
				m.report("%v", err)
			}
			m.openProfile()
			m.pane.selectRow(f.Flag)
		},
	})
}

// openAside opens what the profile sets aside and rules out; Enter goes there.
func (m *model) openAside() {
	enter := "Enter ask it"
	if m.ReadOnlyReason != "" {
		enter = "Enter go there"
	}
	m.open(&pane{
		title: "By the profile", key: "A", hints: []string{enter, "Esc back", "↑↓ move", "P profile"},
		emptyText: fixedText(nothingSetAside),
		rows:      func(w int, _ string) []row { return m.asideRows(m.renderer, w) },
		choose: func(r row) {
			m.pane = nil
			m.jump(r.id)
		},
	})
}

const nothingSetAside = "The profile sets nothing aside and rules nothing out."

// asideRows lists what the profile sets aside and rules out, with the reasons.
func (s *Session) asideRows(r renderer, w int) []row {
	var rows []row
	reason := func(ruled interview.AffectedPractice) []row {
		return textRows(r.paragraph(r.dim, "      ", ruled.Reason, w-2))
	}
	for _, part := range []struct {
		title string
		list  []interview.AffectedPractice
	}{{"Set aside, asked on demand", s.Walk.SetAside()}, {"Ruled out, answered as not applicable", s.Walk.RuledOut()}} {
		if len(part.list) > 0 {
			rows = append(rows, row{spans: []span{{r.strong, part.title}}})
		}
		for i, ruled := range part.list {
			if ruled.Part != "" && (i == 0 || part.list[i-1].Reason != ruled.Reason) { // one reason for the whole part
				rows = append(rows, reason(ruled)...)
			}
			rows = append(rows, row{id: ruled.Practice.ID, spans: []span{{r.strong, fmt.Sprintf("%-15s ", safe(ruled.Practice.ID))}, {r.plain, safe(ruled.Practice.Title)}}})
			if ruled.Part == "" {
				rows = append(rows, reason(ruled)...)
			}
		}
	}
	return rows
}

// profile lists the fields of the workload and asks for those that are open, or sets one:
// "power battery".
func (l *Line) profile(rest string) (moved bool) {
	name, value, _ := strings.Cut(rest, " ")
	w := l.workloadCopy()
	switch f, err := workloadField(name); {
	case rest == "":
		for _, f := range review.WorkloadFields() {
			if now := f.Text(w); now != "" {
				l.printWrapped("  ", f.Flag+": "+now)
			}
		}
		l.printf("profile NAME VALUE changes one of them, as: profile power battery")
		if l.Walk.ReadOnly {
			return false
		}
		if err := Describe(l.In, l.Out, l.Lens, &w, l.today(), func() {}); !l.succeeded(err) {
			return false
		}
	case !l.succeeded(err), !l.succeeded(setFromInput(f, l.Lens, &w, l.argOrAsk(strings.TrimSpace(value), f.Prompt), l.today())):
		return false
	}
	return l.succeeded(l.updateWorkload(w))
}

// workloadField returns the field with a name; the error lists all names.
func workloadField(name string) (review.WorkloadField, error) {
	var known []string
	for _, f := range review.WorkloadFields() {
		if f.Flag == name {
			return f, nil
		}
		known = append(known, f.Flag)
	}
	return review.WorkloadField{}, fmt.Errorf("unknown fact %q; known: %s", name, strings.Join(known, ", "))
}

// listAside lists what the profile sets aside and rules out.
func (l *Line) listAside() {
	rows := l.asideRows(lineRenderer, lineWidth)
	if len(rows) == 0 {
		l.printf(nothingSetAside)
		return
	}
	l.printRows(rows)
	l.printf("g ID asks it.")
}
