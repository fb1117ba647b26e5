package tui

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/iotlens/iotlens/internal/interview"
	"github.com/iotlens/iotlens/internal/lens"
	"github.com/iotlens/iotlens/internal/text"
)

// header shows the workload, the progress, the current question and the progress of each
// pillar, in a large window of each layer too; in a small window it is one line.
func (m *model) header(w, h int) section {
	if m.presenting() {
		return m.presenterHeader(w, h)
	}
	p := m.Walk.Overall()
	where := m.placeText()
	time, short := m.timeText(w)
	if h < tallWindow {
		left := " " + where
		return section{lines: []string{m.headerBar(left, m.countText(p, joinNonEmpty(m.readOnlyText(), time), w-m.textWidth(left)), w)}}
	}
	beside := m.progressBar(p.Answered, p.Stops, min(w/4, 40)) + m.plain.Render(" ")
	if time != "" {
		style := m.plain
		if short {
			style = m.warn
		}
		beside = style.Render(time + " ")
		if w >= panelMinWidth {
			beside += m.progressBar(p.Answered, p.Stops, min(w/5, 40)) + m.plain.Render(" ")
		}
	}
	name := " " + safe(m.review.Workload.Name)
	var head section
	head.add(m.headerBar(name, m.countText(p, m.readOnlyText(), w-m.textWidth(name)), w))
	head.add(m.justify(m.accent.Render(" "+where), beside, w, m.plain))
	head.append(m.areasLine(m.pillarAreas(), cell{pillar: m.currentCell().pillar}, w))
	if h >= 30 && w >= panelMinWidth {
		head.append(m.areasLine(m.layerAreas(), cell{layer: m.currentCell().layer}, w))
	}
	head.add(m.fit("", w))
	return head
}

// countText says how much is answered and how many findings are of high severity, as long
// as the room allows; first goes before it.
func (m *model) countText(p interview.Progress, first string, room int) string {
	answered := fmt.Sprintf("%d of %d answered", p.Answered, p.Stops)
	short := fmt.Sprintf("%d/%d", p.Answered, p.Stops)
	all := []string{joinNonEmpty(first, answered), joinNonEmpty(first, short), joinNonEmpty("", short)}
	if p.High > 0 {
		sign := m.severitySign(lens.High) + " "
		all = append([]string{
			joinNonEmpty(first, answered, sign+text.Count(p.High, "finding")+" of high severity"),
			joinNonEmpty(first, short, sign+fmt.Sprint(p.High, " of high severity")),
			joinNonEmpty("", short, fmt.Sprint(p.High, " high severity")),
		}, all...)
	}
	return m.firstFitting(room-2, all) + " "
}

// joinNonEmpty joins the parts that are not empty, with two blanks between them.
func joinNonEmpty(parts ...string) string {
	return strings.Join(slices.DeleteFunc(parts, func(s string) bool { return s == "" }), "  ")
}

// firstFitting returns the first text that is at most room columns wide, or the last one.
func (r renderer) firstFitting(room int, texts []string) string {
	for _, s := range texts {
		if r.textWidth(s) <= room {
			return s
		}
	}
	return texts[len(texts)-1]
}

func (m *model) readOnlyText() string {
	if m.ReadOnlyReason != "" {
		return "read only"
	}
	return ""
}

func (m *model) headerBar(left, right string, w int) string {
	left = m.method.Truncate(left, max(w-m.textWidth(right)-1, 0), "…")
	return m.justify(m.bar.Bold(true).Render(left), m.bar.Render(right), w, m.bar)
}

// placeText says where the walk is.
func (m *model) placeText() string {
	s, ok := m.Walk.Current()
	if !ok {
		return "the end of the walk"
	}
	var questions []*lens.Question
	for _, stop := range m.Walk.Stops() {
		questions = append(questions, stop.Question)
	}
	questions = slices.Compact(questions)
	n, all := slices.Index(questions, s.Question)+1, len(questions)
	if m.width < 60 {
		return fmt.Sprintf("%s %d/%d", safe(s.Question.ID), n, all)
	}
	return fmt.Sprintf("%s  %s  %d of %d", safe(interview.Chapter(m.Lens, s.Question)), safe(s.Question.ID), n, all)
}

// An area is a pillar or a layer with its progress.
type area struct {
	cell
	name  string // short
	title string
	interview.Progress
}

// areasLine shows the progress of each area in scope: short name, answered of all, findings
// of high severity. The current area is in brackets. In a narrow window it drops blanks
// first, then the number of findings.
func (m *model) areasLine(areas []area, here cell, w int) (s section) {
	areas = inScope(areas)
	for _, f := range []areaForm{
		{gap: "   ", high: " ▲%d", total: true},
		{gap: " ", high: " ▲%d", total: true},
		{gap: " ", high: "▲", total: true},
		{gap: " ", total: true},
		{gap: " "},
	} {
		line, tabs := m.setAreas(areas, here, f)
		s = section{lines: []string{m.fit(line, w)}, clickAreas: tabs}
		if m.textWidth(line) <= w {
			break
		}
	}
	return s
}

// An areaForm is how much of each area is on a line.
type areaForm struct {
	gap   string // between two areas
	high  string // format of the findings of high severity; empty: left out
	total bool   // with the number of best practices
}

func (m *model) setAreas(areas []area, here cell, f areaForm) (line string, tabs []clickArea) {
	for i, a := range areas {
		words := fmt.Sprintf("%s %d", a.name, a.Answered)
		if f.total {
			words += fmt.Sprintf("/%d", a.Stops)
		}
		gap, style, from := f.gap, m.dim, m.textWidth(line)
		if i == 0 {
			gap = " "
		}
		if a.Stops > 0 && a.Done() {
			style = m.good
		}
		high := ""
		if a.High > 0 && f.high != "" {
			high = m.bad.Render(strings.Replace(f.high, "%d", fmt.Sprint(a.High), 1))
		}
		if a.cell == here {
			line += m.plain.Render(gap[1:]) + m.accent.Render("["+words) + high + m.accent.Render("]")
		} else {
			line += m.plain.Render(gap) + style.Render(words) + high
		}
		tabs = append(tabs, clickArea{from: from, to: m.textWidth(line), cell: a.cell})
	}
	return line, tabs
}

// inScope keeps the areas that have something in scope.
func inScope(areas []area) []area {
	return slices.DeleteFunc(areas, func(a area) bool { return a.Stops == 0 })
}

// currentCell returns the pillar and the first layer of the current best practice; the zero
// cell at the end of the walk.
func (s *Session) currentCell() (at cell) {
	stop, ok := s.Walk.Current()
	if !ok {
		return at
	}
	at.pillar = stop.Practice.Pillar
	if len(stop.Practice.Layers) > 0 {
		at.layer = stop.Practice.Layers[0]
	}
	return at
}

// pillarAreas returns the pillars, with short names: SEC, as in IOTSEC01.
func (s *Session) pillarAreas() []area {
	var areas []area
	for _, p := range s.Lens.Pillars {
		name := ""
		i := slices.IndexFunc(s.Lens.Questions, func(q lens.Question) bool { return q.Pillar == p.ID && q.AWS() })
		if i >= 0 {
			id := s.Lens.Questions[i].ID
			if name = strings.TrimRight(id, "0123456789"); name == id {
				name = ""
			}
		}
		areas = append(areas, area{cell: cell{pillar: p.ID}, name: name, title: p.Name})
	}
	return s.nameAreas(areas)
}

// layerAreas returns the layers, with short names: EDGE, as in EDGE01.
func (s *Session) layerAreas() []area {
	var areas []area
	for _, y := range s.Lens.Layers {
		areas = append(areas, area{cell: cell{layer: y.ID}, name: y.Prefix, title: y.Name})
	}
	return s.nameAreas(areas)
}

// nameAreas gives areas short, distinct names and counts their progress.
func (s *Session) nameAreas(areas []area) []area {
	var names []string
	for _, a := range areas {
		names = append(names, cmp.Or(a.name, upperPrefix(a.title, minNameLen)))
	}
	names = distinctNames(withoutCommonPrefix(names), func(i int) string { return areas[i].title })
	for i, name := range names {
		a := &areas[i]
		a.name, a.Progress = safe(name), s.Walk.Part(a.pillar, a.layer)
	}
	return areas
}

// withoutCommonPrefix cuts off the prefix that all names share, such as IOT. With fewer than
// three names, or a prefix of fewer than three letters, it changes nothing.
func withoutCommonPrefix(names []string) []string {
	if len(names) < 3 {
		return names
	}
	common := names[0]
	for _, name := range names {
		for !strings.HasPrefix(name, common) {
			common = common[:len(common)-1]
		}
	}
	out := slices.Clone(names)
	for i, name := range names {
		if out[i] = strings.TrimRight(name[len(common):], "-_"); out[i] == "" || len(common) < 3 {
			return names
		}
	}
	return out
}

// The bounds of the length of a short name that is the beginning of a full name.
const (
	minNameLen = 5
	maxNameLen = 12
)

func upperPrefix(name string, n int) string {
	r := []rune(strings.ToUpper(name))
	return strings.TrimSpace(string(r[:min(len(r), n)]))
}

// distinctNames makes short names distinct: duplicates become the shortest beginnings of
// the full names that differ, or else get a number.
func distinctNames(short []string, full func(i int) string) []string {
	times := map[string]int{}
	for _, name := range short {
		times[name]++
	}
	for n := minNameLen; n <= maxNameLen; n++ {
		out, taken := slices.Clone(short), map[string]bool{}
		for i, name := range short {
			if times[name] > 1 {
				out[i] = upperPrefix(full(i), n)
			}
			taken[out[i]] = true
		}
		if len(taken) == len(short) {
			return out
		}
	}
	out := slices.Clone(short)
	for i, name := range short {
		if times[name] > 1 {
			out[i] = fmt.Sprintf("%s%d", upperPrefix(full(i), minNameLen), i+1)
		}
	}
	return out
}
