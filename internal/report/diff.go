package report

import (
	"fmt"
	"io"
	"strings"

	"github.com/iotlens/iotlens/internal/compare"
	"github.com/iotlens/iotlens/internal/gate"
	"github.com/iotlens/iotlens/internal/review"
	"github.com/iotlens/iotlens/internal/scoring"
	"github.com/iotlens/iotlens/internal/text"
)

// A DiffFormat is a way to write a comparison.
type DiffFormat struct {
	Name  string
	Write func(io.Writer, *compare.Comparison) error
}

// DiffFormats lists the formats of a comparison.
func DiffFormats() []DiffFormat {
	return []DiffFormat{{"text", diffText}, {"markdown", diffMarkdown}, {"json", diffJSON}}
}

// DiffFormatNames lists their names.
func DiffFormatNames() []string {
	return list(DiffFormats(), func(f DiffFormat) string { return f.Name })
}

// FindDiffFormat returns the format with a name. The error lists the names.
func FindDiffFormat(name string) (DiffFormat, error) {
	for _, f := range DiffFormats() {
		if f.Name == name {
			return f, nil
		}
	}
	return DiffFormat{}, unknownFormat(name, DiffFormatNames())
}

// sourceText says what one side of a comparison is.
func sourceText(s compare.Source) string {
	t := s.Name + " (" + string(s.Kind)
	if s.LensVersion != "" {
		t += ", lens " + s.LensVersion
	}
	if s.AsOf != "" {
		t += ", as of " + s.AsOf
	}
	return t + ")"
}

// diffVerdict is a comparison in a sentence.
func diffVerdict(c *compare.Comparison) string {
	worse := len(c.Of(compare.Regressed)) + len(c.Of(compare.New))
	better := len(c.Of(compare.Resolved))
	lost := len(c.Of(compare.Unknown)) + len(c.Of(compare.Gone))
	var s string
	switch {
	case worse+better+lost == 0 && len(c.Answers)+len(c.Left)+len(c.Joined) == 0:
		return "Nothing changed; " + text.CountOf(len(c.Of(compare.StillOpen)), "finding is", "findings are") + " still open."
	case worse == 0 && better == 0:
		s = "No finding is new and none was resolved"
	default:
		s = fmt.Sprintf("%s new or regressed, %d resolved", text.CountOf(worse, "finding is", "findings are"), better)
	}
	if lost > 0 {
		s += fmt.Sprintf("; of %d nothing is known any more, which is no pass", lost)
	}
	return s + "."
}

func areaName(m compare.Moved) string {
	switch m.Is.Kind {
	case compare.Pillar, compare.Layer:
		return string(m.Is.Kind) + " " + m.Is.Name
	}
	return m.Is.Name
}

// move writes what was and what is, or one of them where both are the same.
func move(was, is string) string {
	if was == is {
		return is
	}
	return was + " to " + is
}

func moveScore(was, is compare.Percent) string { return move(percentText(was), percentText(is)) }

func percentText(p compare.Percent) string {
	if !p.Known {
		return "none"
	}
	return gate.Percent(p.Value)
}

func moveCount(was, is int) string { return move(fmt.Sprint(was), fmt.Sprint(is)) }

func riskText(r scoring.Risk) string { return or(string(r), "not in scope") }

// answerText says how an answer changed and by whom.
func answerText(a compare.Answer) string {
	s := a.Was.Status.Words() + " to " + a.Is.Status.Words()
	switch a.Is.Status {
	case review.Unanswered:
		return s + signed(", which was the answer of ", a.Was.By, a.Was.At)
	case a.Was.Status:
		s = "still " + a.Is.Status.Words() + "; changed: " + strings.Join(a.Changed, ", ")
	}
	return s + signed(", by ", a.Is.By, a.Is.At)
}

func signed(lead, by, at string) string {
	if by == "" && at == "" {
		return ""
	}
	if by == "" {
		by = "somebody unnamed"
	}
	if at == "" {
		return lead + by
	}
	return lead + by + " on " + review.DayOf(at)
}

// lensLines says what is known of a change of the lens itself; nothing where it
// is the same.
func lensLines(c compare.LensChange) []string {
	var out []string
	if c.Changed() {
		was, is := c.Words()
		out = append(out, fmt.Sprintf("The older state answered the lens of %s, the newer one that of %s.", was, is))
		if !c.Complete {
			out = append(out, "One of the two lenses is not at hand, so what was added, dropped or reworded is not known in full; --old-bank and --new-bank take them.")
		}
	}
	if ids := c.NewPractices(); len(ids) > 0 {
		out = append(out, fmt.Sprintf("This version asks %s: %s.", text.CountOf(len(ids), "new practice", "new practices"), strings.Join(ids, ", ")))
	}
	for _, l := range []struct {
		what string
		list []compare.Wording
	}{{"Added", c.Added}, {"Dropped", c.Dropped}, {"Reworded", c.Reworded}} {
		for _, w := range l.list {
			s := l.what + ": " + w.ID + " " + or(w.Is, w.Was)
			if len(w.Changed) > 0 {
				s += " ("
				for i, change := range w.Changed {
					if i > 0 {
						s += ", "
					}
					s += change
				}
				s += ")"
			}
			out = append(out, s)
		}
	}
	return out
}
