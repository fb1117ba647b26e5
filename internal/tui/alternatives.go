package tui

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/iotlens/iotlens/internal/interview"
	"github.com/iotlens/iotlens/internal/lens"
	"github.com/iotlens/iotlens/internal/review"
)

// isInPlace reports whether a status picks an alternative.
func isInPlace(s review.Status) bool {
	return s == review.Implemented || s == review.PartiallyImplemented
}

// pickStatuses returns the statuses of all alternatives after one of them gets a status. A
// status that picks it picks only this one, or, if several are needed, also those picked
// before; the same status again unpicks it. Any other status is that of all.
func (s *Session) pickStatuses(c interview.Choice, id string, status review.Status) map[string]review.Status {
	picked := map[string]review.Status{}
	for _, stop := range c.Stops {
		other := stop.Practice.ID
		was := s.Walk.Review().Answers[other].Status
		switch {
		case !isInPlace(status):
			picked[other] = status
		case other != id && c.Several && isInPlace(was):
			picked[other] = was
		case other == id && (!c.Several || was != status):
			picked[other] = status
		}
	}
	return picked
}

// answerAlternatives answers alternatives that are asked as one. The note goes to the one
// with the id noted.
func (s *Session) answerAlternatives(picked map[string]review.Status, reason, noted, note string) error {
	answers := map[string]review.Answer{}
	for id, status := range picked {
		if id == noted {
			answers[id] = s.withStatus(id, status, reason, note)
		} else {
			answers[id] = s.withStatus(id, status, reason, "")
		}
	}
	return s.finishAnswer(s.Walk.PickAlternatives(answers))
}

// answerKeysText lists the keys that answer the current best practice. partly is the key
// that picks an alternative in part.
func (s *Session) answerKeysText(partly string) string {
	stop, ok := s.Walk.Current()
	if c, asOne := s.Walk.Choice(); asOne {
		return fmt.Sprintf("1-%d pick  0 none of these yet  x don't know  - does not apply  %s partly", len(c.Stops), partly)
	}
	if ok && asksIfTrue(stop.Practice) {
		return "1 true  2 true in part  3 not true  4 not applicable  5 don't know"
	}
	return "1 implemented  2 partly  3 not implemented  4 not applicable  5 don't know"
}

// asksIfTrue reports whether the answer to a choice is true or not true.
func asksIfTrue(p *lens.Practice) bool { return p.Kind == lens.Negative || p.Kind == lens.FactChoice }

// alternativesQuestion is the question about alternatives.
func alternativesQuestion(c interview.Choice) string {
	if c.Several {
		return "Which of these are in place? The question needs more than one."
	}
	return "Which of these is it?"
}

// alternativeNumber is the number of the alternative at index i, with a dot; empty for what
// is asked by itself.
func (s *Session) alternativeNumber(i int) string {
	if c, asOne := s.Walk.ChoiceAt(i); asOne {
		return fmt.Sprintf("%d.", i-c.First+1)
	}
	return ""
}

// showAlternatives prints alternatives with their numbers.
func (l *Line) showAlternatives(c interview.Choice) {
	if l.printWrapped("", alternativesQuestion(c)); c.Several {
		l.printWrapped("", "Type all of them, as 1,2.")
	}
	for i, stop := range c.Stops {
		lead := fmt.Sprintf("%3d  ", i+1)
		list := &styledText{renderer: lineRenderer, width: lineWidth}
		list.text(lineRenderer.plain, lead, fmt.Sprintf("%s (%s severity): %s", stop.Practice.Title, stop.Practice.Severity, l.stopLabel(lineRenderer, stop)))
		l.printLines(list.lines)
		for _, line := range l.detailLines(lineRenderer, stop, lineWidth-len(lead)) {
			l.printf("%s%s", strings.Repeat(" ", len(lead)), line)
		}
	}
}

// pickNumbers picks the alternatives whose numbers a line begins with, such as 2 or 1,3; ok
// is false if it begins with none.
func (l *Line) pickNumbers(line string, status review.Status) (moved, ok bool) {
	c, asOne := l.Walk.Choice()
	first, note, _ := strings.Cut(line, " ")
	numbers := strings.Split(first, ",")
	if _, err := strconv.Atoi(numbers[0]); !asOne || err != nil || numbers[0] == "0" {
		return false, false
	}
	picked, noted := map[string]review.Status{}, ""
	for _, number := range numbers {
		n := parseOrdinal(number)
		if n < 1 || n > len(c.Stops) {
			l.message("%s has the alternatives 1 to %d, not %q", c.Stops[0].Question.ID, len(c.Stops), number)
			return false, true
		}
		id := c.Stops[n-1].Practice.ID
		picked[id] = status
		if noted == "" {
			noted = id
		}
	}
	return l.advance(l.answerAlternatives(picked, "", noted, strings.TrimSpace(note))), true
}

// reportNoAlternatives shows that a key works for alternatives only.
func (m *model) reportNoAlternatives() { m.report("This is asked by itself; 1 to 5 answer it.") }

// pickKey handles a key that answers alternatives; false for other keys.
func (m *model) pickKey(key string) bool {
	c, asOne := m.Walk.Choice()
	if !asOne {
		return false
	}
	id, status := m.practiceID(), review.Implemented
	switch n := parseOrdinal(key); {
	case n > len(c.Stops):
		m.report("%s has the alternatives 1 to %d.", c.Stops[0].Question.ID, len(c.Stops))
		return true
	case n > 0:
		id = c.Stops[n-1].Practice.ID
	case key == "0":
		status = review.NotImplemented
	case key == "~":
		status = review.PartiallyImplemented
	case key != "space":
		return false
	}
	if err := m.answerAlternatives(m.pickStatuses(c, id, status), "", "", ""); err != nil {
		m.report("%v", err)
	}
	return true
}
