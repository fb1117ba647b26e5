package yamlfile

import (
	"slices"
	"strings"

	"gopkg.in/yaml.v3"
)

func removedComments(base, now []byte) []string {
	var out []string
	has := Comments(now)
	for _, c := range Comments(base) {
		if !slices.ContainsFunc(has, func(d Comment) bool { return c.Text == d.Text }) {
			out = append(out, c.Text)
		}
	}
	return out
}

// mergeLeafComments takes the comments of a value that is laid out differently in all three.
func (w *textMerger) mergeLeafComments(was, p, q *part, ra, ro, rb []string, column int) {
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
	w.mergeLineComment(line, comment(was), comment(p), comment(q))
	if q.val.Kind == yaml.ScalarNode && q.val.Style&(yaml.LiteralStyle|yaml.FoldedStyle) != 0 {
		return // what looks like a comment is text
	}
	for _, s := range rb[1:] {
		s = strings.TrimSpace(s)
		has := func(t string) bool { return strings.TrimSpace(t) == s }
		if strings.HasPrefix(s, "#") && !slices.ContainsFunc(ro, has) && !slices.ContainsFunc(ra, has) {
			w.current.replace(p.to, p.to, []string{strings.Repeat(" ", column+2) + s})
		}
	}
}

// keyComment is the comment behind a key whose value begins on the next line.
func keyComment(raw []string) string {
	if len(raw) == 0 {
		return ""
	}
	if _, rest, ok := strings.Cut(raw[0], ":"); ok && strings.HasPrefix(strings.TrimSpace(rest), "#") {
		return strings.TrimSpace(rest)
	}
	return ""
}

// mergeLineComment brings a comment at the end of a line into a.
func (w *textMerger) mergeLineComment(line int, o, a, b string) {
	text := w.current.lines[line]
	switch {
	case b == o || a == b || !strings.HasSuffix(text, a):
		return
	case a != o && b == "":
		return
	case a != o && a != "":
		b = a + " " + b
	}
	text = strings.TrimRight(strings.TrimSuffix(text, a), " ")
	w.current.replace(line, line+1, []string{strings.TrimRight(text+" "+b, " ")})
}

// mergeGap brings comments and blank lines before a part, or at the end of a block, into a:
// k, i and j are the places of the part in o, a and b.
func (w *textMerger) mergeGap(o, a, b block, k, i, j int) {
	if a.parts == nil || b.parts == nil {
		return
	}
	var was []string
	if k >= 0 && o.parts != nil {
		was = trimLines(w.base.lines[o.gapStart(k):o.gapEnd(k)])
	}
	from, to := a.gapStart(i), a.gapEnd(i)
	now, other := trimLines(w.current.lines[from:to]), trimLines(w.other.lines[b.gapStart(j):b.gapEnd(j)])
	other = slices.DeleteFunc(other, func(s string) bool { return slices.Contains(w.removedInCurrent, s) && !slices.Contains(was, s) })
	with := slices.Clone(now)
	switch {
	case slices.Equal(other, was), slices.Equal(other, now):
	case slices.Equal(now, was):
		with = other
	default:
		with = mergeComments(was, now, other)
	}
	with = slices.DeleteFunc(with, func(s string) bool { return slices.Contains(w.removedInOther, s) })
	if slices.Equal(with, now) {
		return
	}
	pad := strings.Repeat(" ", a.column())
	var lines []string
	for _, s := range with {
		if n := slices.Index(now, s); n >= 0 {
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

// mergeComments are the lines of now without what other took out, and with the comments
// that it added.
func mergeComments(was, now, other []string) []string {
	out := slices.DeleteFunc(slices.Clone(now), func(s string) bool {
		return strings.HasPrefix(s, "#") && slices.Contains(was, s) && !slices.Contains(other, s)
	})
	at := len(out)
	if n := slices.IndexFunc(out, func(s string) bool { return strings.HasPrefix(s, "#") && slices.Contains(other, s) }); n >= 0 {
		at = n
	}
	for _, s := range other {
		if n := slices.Index(out, s); n >= 0 && s != "" {
			at = max(at, n+1)
		} else if strings.HasPrefix(s, "#") && !slices.Contains(was, s) {
			out = slices.Insert(out, at, s)
			at++
		}
	}
	return out
}
