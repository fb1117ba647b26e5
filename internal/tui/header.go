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

// header shows where we are: one line where room is scarce, else the workload and
// the count, the question, and how far each pillar is; in a large window each
// layer, too.
func (m *model) header(w, h int) (lines []string, spots []spot) {
	if m.presenting() {
		return m.presenterHeader(w, h), nil
	}
	p := m.Walk.Overall()
	where := m.whereWords()
	time, short := m.timeWords(w)
	if h < tall {
		left := " " + where
		return []string{m.bars(left, m.countWords(p, joined(m.readOnly(), time), w-m.pen.width(left)), w)}, nil
	}
	beside := m.gauge(p.Answered, p.Stops, min(w/4, 40)) + m.plain.Render(" ")
	if time != "" {
		style := m.plain
		if short {
			style = m.warn
		}
		beside = style.Render(time + " ")
		if w >= panelWidth {
			beside += m.gauge(p.Answered, p.Stops, min(w/5, 40)) + m.plain.Render(" ")
		}
	}
	name := " " + safe(m.review.Workload.Name)
	lines = []string{
		m.bars(name, m.countWords(p, m.readOnly(), w-m.pen.width(name)), w),
		m.ends(m.accent.Render(" "+where), beside, w, m.plain),
	}
	add := func(parts []part, here string, of func(id string) cell) {
		line, tabs := m.partsLine(parts, here, w)
		for _, t := range tabs {
			spots = append(spots, spot{y: len(lines), from: t.from, to: t.to, cell: of(t.id)})
		}
		lines = append(lines, line)
	}
	add(m.pillarParts(), m.pillar(), func(id string) cell { return cell{pillar: id} })
	if h >= 30 && w >= panelWidth {
		add(m.layerParts(), m.layer(), func(id string) cell { return cell{layer: id} })
	}
	return append(lines, m.fit("", w)), spots
}

// countWords is how much is answered and how many findings are of high severity, in
// the most words that a room has, behind first.
func (m *model) countWords(p interview.Progress, first string, room int) string {
	answered := fmt.Sprintf("%d of %d answered", p.Answered, p.Stops)
	short := fmt.Sprintf("%d/%d", p.Answered, p.Stops)
	all := []string{joined(first, answered), joined(first, short), joined("", short)}
	if p.High > 0 {
		sign := m.sign(lens.High) + " "
		all = append([]string{
			joined(first, answered, sign+text.Count(p.High, "finding")+" of high severity"),
			joined(first, short, sign+fmt.Sprint(p.High, " of high severity")),
			joined("", short, fmt.Sprint(p.High, " high severity")),
		}, all...)
	}
	return m.longest(room-2, all) + " "
}

// joined puts parts beside each other; empty ones are left out.
func joined(parts ...string) string {
	return strings.Join(slices.DeleteFunc(parts, func(s string) bool { return s == "" }), "  ")
}

// longest is the first of several texts that a room has; the last one where none fits.
func (p pen) longest(room int, texts []string) string {
	for _, s := range texts {
		if p.width(s) <= room {
			return s
		}
	}
	return texts[len(texts)-1]
}

func (m *model) readOnly() string {
	if m.ReadOnlyReason != "" {
		return "read only"
	}
	return ""
}

func (m *model) bars(left, right string, w int) string {
	left = m.method.Truncate(left, max(w-m.pen.width(right)-1, 0), "…")
	return m.ends(m.bar.Bold(true).Render(left), m.bar.Render(right), w, m.bar)
}

// whereWords is the place on the walk, in words.
func (m *model) whereWords() string {
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

// A part is how far a pillar or a layer is.
type part struct {
	id, name string
	interview.Progress
}

// partsLine shows how far each part in scope is: short name, answered of all, findings
// of high severity; here is the part at the cursor, which is in brackets. In a narrow
// window blanks give way first, then the number of findings.
func (m *model) partsLine(parts []part, here string, w int) (line string, tabs []tab) {
	parts = inScope(parts)
	for _, f := range []partForm{
		{gap: "   ", high: " ▲%d", whole: true},
		{gap: " ", high: " ▲%d", whole: true},
		{gap: " ", high: "▲", whole: true},
		{gap: " ", whole: true},
		{gap: " "},
	} {
		if line, tabs = m.setParts(parts, here, f); m.pen.width(line) <= w {
			break
		}
	}
	return m.fit(line, w), tabs
}

// A tab is the place of a part on its line.
type tab struct {
	id       string
	from, to int
}

// A partForm is how the parts are set on a line.
type partForm struct {
	gap   string // between two of them
	high  string // for the findings of high severity
	whole bool   // with the number of all
}

func (m *model) setParts(parts []part, here string, f partForm) (line string, tabs []tab) {
	for i, p := range parts {
		words := fmt.Sprintf("%s %d", p.name, p.Answered)
		if f.whole {
			words += fmt.Sprintf("/%d", p.Stops)
		}
		gap, style, from := f.gap, m.dim, m.pen.width(line)
		if i == 0 {
			gap = " "
		}
		if p.Stops > 0 && p.Done() {
			style = m.good
		}
		high := ""
		if p.High > 0 && f.high != "" {
			high = m.bad.Render(strings.Replace(f.high, "%d", fmt.Sprint(p.High), 1))
		}
		if p.id == here {
			line += m.plain.Render(gap[1:]) + m.accent.Render("["+words) + high + m.accent.Render("]")
		} else {
			line += m.plain.Render(gap) + style.Render(words) + high
		}
		tabs = append(tabs, tab{id: p.id, from: from, to: m.pen.width(line)})
	}
	return line, tabs
}

// inScope are the parts of which something is in scope.
func inScope(parts []part) []part {
	return slices.DeleteFunc(parts, func(p part) bool { return p.Stops == 0 })
}

// pillar is the pillar at the cursor.
func (s *Session) pillar() string {
	if stop, ok := s.Walk.Current(); ok {
		return stop.Practice.Pillar
	}
	return ""
}

// layer is the layer that the best practice at the cursor concerns most.
func (s *Session) layer() string {
	if stop, ok := s.Walk.Current(); ok && len(stop.Practice.Layers) > 0 {
		return stop.Practice.Layers[0]
	}
	return ""
}

// pillarParts has short names: SEC, as in IOTSEC01.
func (s *Session) pillarParts() []part {
	var names []string
	for _, p := range s.Lens.Pillars {
		name := ""
		i := slices.IndexFunc(s.Lens.Questions, func(q lens.Question) bool { return q.Pillar == p.ID && q.AWS() })
		if i >= 0 {
			id := s.Lens.Questions[i].ID
			if name = strings.TrimRight(id, "0123456789"); name == id {
				name = ""
			}
		}
		names = append(names, cmp.Or(name, shorten(p.Name)))
	}
	names = distinct(withoutCommon(names), func(i int) string { return s.Lens.Pillars[i].Name })
	var parts []part
	for i, name := range names {
		id := s.Lens.Pillars[i].ID
		parts = append(parts, part{id: id, name: safe(name), Progress: s.Walk.Part(id, "")})
	}
	return parts
}

// layerParts has short names: EDGE, as in EDGE01.
func (s *Session) layerParts() []part {
	var names []string
	for _, y := range s.Lens.Layers {
		names = append(names, cmp.Or(y.Prefix, shorten(y.Name)))
	}
	names = distinct(withoutCommon(names), func(i int) string { return s.Lens.Layers[i].Name })
	var parts []part
	for i, name := range names {
		id := s.Lens.Layers[i].ID
		parts = append(parts, part{id: id, name: safe(name), Progress: s.Walk.Part("", id)})
	}
	return parts
}

// withoutCommon cuts off what many names begin with, such as IOT, which says nothing
// beside the others.
func withoutCommon(names []string) []string {
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

// The shortest and the longest that a name is cut to.
const (
	shortName = 5
	longName  = 12
)

func shorten(name string) string { return beginning(name, shortName) }

func beginning(name string, n int) string {
	r := []rune(strings.ToUpper(name))
	return strings.TrimSpace(string(r[:min(len(r), n)]))
}

// distinct makes short names differ. Those that several have are replaced by the
// beginnings of the full names, as short as they differ, or else get a number.
func distinct(short []string, full func(i int) string) []string {
	times := map[string]int{}
	for _, name := range short {
		times[name]++
	}
	for n := shortName; n <= longName; n++ {
		out, taken := slices.Clone(short), map[string]bool{}
		for i, name := range short {
			if times[name] > 1 {
				out[i] = beginning(full(i), n)
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
			out[i] = fmt.Sprintf("%s%d", shorten(full(i)), i+1)
		}
	}
	return out
}
