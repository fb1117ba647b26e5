package review

import (
	"bytes"
	"cmp"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/iotlens/iotlens/internal/yamlfile"
)

// This file merges the annotations of review files: their comments, and the extension keys
// (x-) that users add.

// A LeftOut is a comment or an extension key of one version that is not in the merged file,
// since the record that it belongs to is not.
type LeftOut struct {
	Name string // of the version
	Line int    // from 1
	Text string

	record location // the record that it belongs to; no id for none
}

// addAnnotationConflicts adds a conflict for each record that one version removed and the
// other one annotated.
func (m *FileMerge) addAnnotationConflicts() {
	var texts [2][]byte
	for i, side := range []Side{Current, Other} {
		r := m.resolveValues(slices.Repeat([]Side{side}, len(m.Conflicts)))
		texts[i] = m.mergeText(r, func(FileConflict) bool { return side == Other })
	}
	for _, l := range m.leftOutOf(texts) {
		if l.record.id == "" {
			continue
		}
		c := m.locate(Conflict{
			Part: l.record.part, ID: l.record.id,
			Base: m.base.recordText(l.record), Current: m.current.recordText(l.record), Other: m.other.recordText(l.record),
		})
		if c.InCurrent != c.InOther && !slices.ContainsFunc(m.Conflicts, c.sameAs) {
			m.Conflicts = append(m.Conflicts, c)
		}
	}
}

// recordText returns a record of a version as text for people; empty if it has none.
func (v mergeVersion) recordText(l location) string {
	switch l.part {
	case "answers":
		return describe(answerFields, v.review.Answers[l.id])
	case "unanswered":
		return describe(answerFields, v.review.UnansweredDetails[l.id])
	case "waivers":
		if w, _, ok := v.review.Waiver(l.id); ok {
			return describe(waiverFields, w)
		}
	case "parked":
		if i := v.review.topicIndex(l.id); i >= 0 {
			return describe(topicFields, v.review.Parked[i])
		}
	}
	return ""
}

// recordAt returns the record that a line of a version belongs to; no id for none.
func (v mergeVersion) recordAt(line int) location {
	start := 0 // line on which the part, and then the record, begins
	for i, text := range splitLines(v.Data)[:line-1] {
		if len(text) > 0 && !bytes.ContainsAny(text[:1], " #-") {
			start = i + 1
		}
	}
	var record location
	considerRecord := func(part, id string, firstLine int) {
		if firstLine > start && firstLine <= line {
			start, record = firstLine, location{part: part, id: id}
		}
	}
	for _, part := range []string{"answers", "unanswered"} {
		for id, firstLine := range v.doc.KeyLines(part) {
			considerRecord(part, id, firstLine)
		}
	}
	for i, w := range v.review.Waivers {
		considerRecord("waivers", w.Practice, v.doc.Line("waivers", i))
	}
	for i, t := range v.review.Parked {
		considerRecord("parked", t.id(), v.doc.Line("parked", i))
	}
	return record
}

// mergeText returns the file of a merged review with the annotations of both versions.
// takeOther decides conflicts of extension keys.
func (m *FileMerge) mergeText(r *Review, takeOther func(FileConflict) bool) []byte {
	return yamlfile.MergeText(m.base.Data, m.current.Data, m.other.Data, *r, func(e yamlfile.ExtensionConflict) bool {
		textOf := func(s *string) (text string, ok bool) {
			if s == nil {
				return "", false
			}
			return *s, true
		}
		l := locateExtension(r, e.Path, e.Key)
		c := FileConflict{Conflict: Conflict{Part: l.part, ID: l.id, Field: l.field}, extension: true}
		c.Base, _ = textOf(e.Base)
		c.Current, c.InCurrent = textOf(e.Current)
		c.Other, c.InOther = textOf(e.Other)
		c.CurrentLine, _ = m.current.position(l)
		c.OtherLine, _ = m.other.position(l)
		return takeOther(c)
	})
}

// locateExtension returns the location of an extension key; list indexes in its path are
// replaced by ids.
func locateExtension(r *Review, path []string, key string) location {
	if len(path) == 0 {
		return location{part: key}
	}
	l, rest := location{part: path[0]}, path[1:]
	if len(rest) > 0 {
		i, err := strconv.Atoi(rest[0])
		switch {
		case l.part == "answers" || l.part == "unanswered":
			l.id, rest = rest[0], rest[1:]
		case err != nil:
		case l.part == "waivers" && i < len(r.Waivers):
			l.id, rest = r.Waivers[i].Practice, rest[1:]
		case l.part == "parked" && i < len(r.Parked):
			l.id, rest = r.Parked[i].id(), rest[1:]
		case l.part == "without_place" && i < len(r.WithoutPlace):
			l.id, rest = r.WithoutPlace[i].Practice, rest[1:]
		}
	}
	l.field = strings.Join(append(slices.Clone(rest), key), ".")
	return l
}

// extensions returns the values of the extension keys of a version.
func (v mergeVersion) extensions() map[location]string {
	values := map[location]string{}
	if v.doc == nil {
		return values
	}
	for _, e := range v.doc.Extensions() {
		values[locateExtension(v.review, e.Path, e.Key)] = e.Value
	}
	return values
}

// leftOutOf lists the annotations that neither of two merged texts has, although a version
// added them to the base or both versions have them. Conflicts are not listed.
func (m *FileMerge) leftOutOf(texts [2][]byte) []LeftOut {
	var mergedExtensions []map[location]string
	for _, text := range texts {
		if r, doc, problems := parse(m.current.Name, text, nil); len(problems) == 0 {
			mergedExtensions = append(mergedExtensions, mergeVersion{review: r, doc: doc}.extensions())
		}
	}
	count := func(comments []yamlfile.Comment, text string) (n int) {
		for _, c := range comments {
			if c.Text == text || strings.HasPrefix(c.Text, text+" #") || strings.HasSuffix(c.Text, " "+text) {
				n++
			}
		}
		return n
	}
	var leftOut []LeftOut
	merged := [2][]yamlfile.Comment{yamlfile.Comments(texts[0]), yamlfile.Comments(texts[1])}
	sides := [2][]yamlfile.Comment{yamlfile.Comments(m.current.Data), yamlfile.Comments(m.other.Data)}
	baseComments, baseExtensions := yamlfile.Comments(m.base.Data), m.base.extensions()
	for i, v := range []mergeVersion{m.current, m.other} {
		listed := map[string]bool{}
		for _, c := range sides[i] {
			want := count(sides[i], c.Text) - count(baseComments, c.Text)
			if i == 0 { // a comment that both versions have is listed once
				want = max(want, min(count(sides[0], c.Text), count(sides[1], c.Text)))
			}
			if !listed[c.Text] && max(count(merged[0], c.Text), count(merged[1], c.Text)) < want {
				listed[c.Text] = true
				leftOut = append(leftOut, LeftOut{v.Name, c.Line, c.Text, v.recordAt(c.Line)})
			}
		}
		extensions := v.extensions()
		for _, l := range slices.SortedFunc(maps.Keys(extensions), compareLocations) {
			value := extensions[l]
			baseValue, inBase := baseExtensions[l]
			isMerged := slices.ContainsFunc(mergedExtensions, func(m map[location]string) bool { s, ok := m[l]; return ok && s == value })
			isConflict := slices.ContainsFunc(m.Conflicts, func(c FileConflict) bool { return c.extension && c.location() == l })
			if !isMerged && !isConflict && (!inBase || baseValue != value) {
				line, _ := v.position(l)
				leftOut = append(leftOut, LeftOut{v.Name, line, cmp.Or(l.field, l.part) + ": " + value, location{part: l.part, id: l.id}})
			}
		}
	}
	return leftOut
}

func compareLocations(a, b location) int {
	return cmp.Or(cmp.Compare(a.part, b.part), cmp.Compare(a.id, b.id), cmp.Compare(a.field, b.field))
}
