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
func (m *model) header(w, h int) []string {
	p := m.Walk.Overall()
	where := m.whereWords()
	time, short := m.timeWords(w)
	counts := fmt.Sprintf("%d of %d answered  ▲ %s ", p.Answered, p.Stops, text.Count(p.High, "high-severity finding"))
	if w < 60 || h < 16 {
		counts = fmt.Sprintf("%d/%d  %d high ", p.Answered, p.Stops, p.High)
	}
	if h < 16 {
		if time != "" {
			counts = time + "  " + counts
		}
		return []string{m.bars(" "+where, m.readOnly()+counts, w)}
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
	lines := []string{
		m.bars(" "+safe(m.review.Workload.Name), m.readOnly()+counts, w),
		m.ends(m.accent.Render(" "+where), beside, w, m.plain),
		m.partsLine(m.pillarParts(), m.pillar(), w),
	}
	if h >= 30 && w >= panelWidth {
		lines = append(lines, m.partsLine(m.layerParts(), m.layer(), w))
	}
	return append(lines, m.fit("", w))
}

func (m *model) readOnly() string {
	if m.ReadOnlyReason != "" {
		return "read only  "
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

// partsLine shows how far each part is: short name, answered of all; here is the
// part at the cursor, which is in brackets.
func (m *model) partsLine(parts []part, here string, w int) string {
	build := func(sep string, all bool) string {
		line := ""
		for _, p := range parts {
			text := fmt.Sprintf("%s %d", p.name, p.Answered)
			if all {
				text += fmt.Sprintf("/%d", p.Stops)
			}
			open, end, style := " ", " ", m.dim
			switch {
			case p.id == here:
				open, end, style = "[", "]", m.accent
			case p.Stops > 0 && p.Done():
				style = m.good
			}
			line += style.Render(open + text)
			if p.High > 0 {
				line += m.bad.Render(fmt.Sprintf(" ▲%d", p.High))
			}
			line += style.Render(end) + m.plain.Render(sep)
		}
		return line
	}
	line := build("  ", true)
	if m.pen.width(line) > w {
		line = build("", true)
	}
	if m.pen.width(line) > w {
		line = build("", false)
	}
	return m.fit(line, w)
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
	var parts []part
	for _, p := range s.Lens.Pillars {
		name := shorten(p.Name)
		i := slices.IndexFunc(s.Lens.Questions, func(q lens.Question) bool { return q.Pillar == p.ID && q.AWS() })
		if i >= 0 {
			id := s.Lens.Questions[i].ID
			if prefix := strings.TrimRight(strings.TrimPrefix(id, "IOT"), "0123456789"); prefix != id {
				name = cmp.Or(prefix, name)
			}
		}
		parts = append(parts, part{id: p.ID, name: safe(name), Progress: s.Walk.Part(p.ID, "")})
	}
	return parts
}

// layerParts has short names: EDGE, as in EDGE01.
func (s *Session) layerParts() []part {
	var parts []part
	for _, y := range s.Lens.Layers {
		parts = append(parts, part{id: y.ID, name: safe(cmp.Or(y.Prefix, shorten(y.Name))), Progress: s.Walk.Part("", y.ID)})
	}
	return parts
}

func shorten(name string) string {
	r := []rune(strings.ToUpper(name))
	return string(r[:min(len(r), 5)])
}
