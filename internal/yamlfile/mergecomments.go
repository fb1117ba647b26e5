package yamlfile

import (
	"slices"
	"strings"

	"gopkg.in/yaml.v3"
)

// removedComments returns the comments of base that now lacks.
func removedComments(base, now []byte) []string {
	var removed []string
	nowComments := Comments(now)
	for _, c := range Comments(base) {
		if !slices.ContainsFunc(nowComments, func(d Comment) bool { return c.Text == d.Text }) {
			removed = append(removed, c.Text)
		}
	}
	return removed
}

// mergeLeafComments merges the comments of a value that has no common layout in the three
// versions.
func (w *textMerger) mergeLeafComments(basePart, p, otherPart *part, currentLines, baseLines, otherLines []string, column int) {
	comment := func(p *part) string {
		if p == nil {
			return ""
		}
		return p.val.LineComment
	}
	line := p.to - 1
	if p.val.Kind == yaml.ScalarNode && p.val.Style&(yaml.LiteralStyle|yaml.FoldedStyle) != 0 {
		line = p.from
	}
	for line > p.from && strings.HasPrefix(strings.TrimSpace(w.current.lines[line]), "#") {
		line--
	}
	w.mergeLineComment(line, comment(basePart), comment(p), comment(otherPart))
	if otherPart.val.Kind == yaml.ScalarNode && otherPart.val.Style&(yaml.LiteralStyle|yaml.FoldedStyle) != 0 {
		return // lines beginning with # are text
	}
	for _, s := range otherLines[1:] {
		s = strings.TrimSpace(s)
		has := func(t string) bool { return strings.TrimSpace(t) == s }
		if strings.HasPrefix(s, "#") && !slices.ContainsFunc(baseLines, has) && !slices.ContainsFunc(currentLines, has) {
			w.current.replace(p.to, p.to, []string{strings.Repeat(" ", column+2) + s})
		}
	}
}

// keyComment returns the comment behind a key whose value begins on the next line.
func keyComment(raw []string) string {
	if len(raw) == 0 {
		return ""
	}
	if _, rest, ok := strings.Cut(raw[0], ":"); ok && strings.HasPrefix(strings.TrimSpace(rest), "#") {
		return strings.TrimSpace(rest)
	}
	return ""
}

// mergeLineComment merges the comment at the end of a line of current.
func (w *textMerger) mergeLineComment(line int, base, current, other string) {
	text := w.current.lines[line]
	switch {
	case other == base || current == other || !strings.HasSuffix(text, current):
		return
	case current != base && other == "":
		return
	case current != base && current != "":
		other = current + " " + other
	}
	text = strings.TrimRight(strings.TrimSuffix(text, current), " ")
	w.current.replace(line, line+1, []string{strings.TrimRight(text+" "+other, " ")})
}

// mergeGap merges the comments and blank lines before a part, or at the end of a block.
// baseIndex, currentIndex and otherIndex are the indexes of the part in the three blocks.
func (w *textMerger) mergeGap(base, current, other block, baseIndex, currentIndex, otherIndex int) {
	if current.parts == nil || other.parts == nil {
		return
	}
	var baseLines []string
	if baseIndex >= 0 && base.parts != nil {
		baseLines = trimLines(w.base.lines[base.gapStart(baseIndex):base.gapEnd(baseIndex)])
	}
	from, to := current.gapStart(currentIndex), current.gapEnd(currentIndex)
	currentLines, otherLines := trimLines(w.current.lines[from:to]), trimLines(w.other.lines[other.gapStart(otherIndex):other.gapEnd(otherIndex)])
	otherLines = slices.DeleteFunc(otherLines, func(s string) bool { return slices.Contains(w.removedInCurrent, s) && !slices.Contains(baseLines, s) })
	merged := slices.Clone(currentLines)
	switch {
	case slices.Equal(otherLines, baseLines), slices.Equal(otherLines, currentLines):
	case slices.Equal(currentLines, baseLines):
		merged = otherLines
	default:
		merged = mergeComments(baseLines, currentLines, otherLines)
	}
	merged = slices.DeleteFunc(merged, func(s string) bool { return slices.Contains(w.removedInOther, s) })
	if slices.Equal(merged, currentLines) {
		return
	}
	pad := strings.Repeat(" ", current.column())
	var lines []string
	for _, s := range merged {
		if n := slices.Index(currentLines, s); n >= 0 {
			lines = append(lines, w.current.lines[from+n])
			continue
		}
		lines = append(lines, strings.TrimRight(pad+s, " "))
	}
	w.current.replace(from, to, lines)
}

func trimLines(lines []string) []string {
	var out []string
	for _, line := range lines {
		out = append(out, strings.TrimSpace(line))
	}
	return out
}

// mergeComments returns the lines of current without comments that other removed, and with
// those that it added.
func mergeComments(base, current, other []string) []string {
	merged := slices.DeleteFunc(slices.Clone(current), func(s string) bool {
		return strings.HasPrefix(s, "#") && slices.Contains(base, s) && !slices.Contains(other, s)
	})
	at := len(merged)
	if n := slices.IndexFunc(merged, func(s string) bool { return strings.HasPrefix(s, "#") && slices.Contains(other, s) }); n >= 0 {
		at = n
	}
	for _, s := range other {
		if n := slices.Index(merged, s); n >= 0 && s != "" {
			at = max(at, n+1)
		} else if strings.HasPrefix(s, "#") && !slices.Contains(base, s) {
			merged = slices.Insert(merged, at, s)
			at++
		}
	}
	return merged
}
