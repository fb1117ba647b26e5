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

// addAnnotationConflicts makes a conflict of each record that one took out, where the other wrote
// something into it beside the values.
func (m *FileMerge) addAnnotationConflicts() {
	var texts [2][]byte
	for i, side := range []Side{Current, Other} {
		r := m.resolveValues(slices.Repeat([]Side{side}, len(m.Conflicts)))
		texts[i] = m.mergeText(r, func(FileConflict) bool { return side == Other })
	}
	for _, l := range m.leftOutOf(texts) {
		c := l.record
		if c.ID == "" {
			continue
		}
		c.Base, c.Current, c.Other = m.base.recordText(c), m.current.recordText(c), m.other.recordText(c)
		found := m.locate(c)
		if (c.Current == "") != (c.Other == "") && !slices.ContainsFunc(m.Conflicts, found.sameAs) {
			m.Conflicts = append(m.Conflicts, found)
		}
	}
}

// recordText is a record of a version for people; empty where it is not there.
func (v mergeVersion) recordText(c Conflict) string {
	switch c.Part {
	case "answers":
		return describe(answerFields, v.review.Answers[c.ID])
	case "unanswered":
		return describe(answerFields, v.review.UnansweredDetails[c.ID])
	case "waivers":
		if w, _, ok := v.review.Waiver(c.ID); ok {
			return describe(waiverFields, w)
		}
	case "parked":
		if i := slices.IndexFunc(v.review.Parked, func(t Topic) bool { return t.id() == c.ID }); i >= 0 {
			return describe(topicFields, v.review.Parked[i])
		}
	}
	return ""
}

// recordAt is the record of a version in which a line stands; of no id where it is none.
func (v mergeVersion) recordAt(line int) Conflict {
	top := 0 // the line of the part
	for i, text := range splitLines(v.Data)[:line-1] {
		if len(text) > 0 && !bytes.ContainsAny(text[:1], " #-") {
			top = i + 1
		}
	}
	var out Conflict
	begins := func(part, id string, at int) {
		if at > top && at <= line {
			top, out = at, Conflict{Part: part, ID: id}
		}
	}
	for _, part := range []string{"answers", "unanswered"} {
		for id, at := range v.doc.KeyLines(part) {
			begins(part, id, at)
		}
	}
	for i, w := range v.review.Waivers {
		begins("waivers", w.Practice, v.doc.Line("waivers", i))
	}
	for i, t := range v.review.Parked {
		begins("parked", t.id(), v.doc.Line("parked", i))
	}
	return out
}

func compareConflicts(a, b Conflict) int {
	return cmp.Or(cmp.Compare(a.Part, b.Part), cmp.Compare(a.ID, b.ID), cmp.Compare(a.Field, b.Field))
}

// A LeftOut is a comment, or a key of people's own, of one version that is not in the
// merged file, as what it stood in is not there.
type LeftOut struct {
	Name string // of the version
	Line int    // from 1
	Text string

	record Conflict // in which it stands there
}

// mergeText makes the file of a review, with the comments and the keys of people's own of
// both versions. take decides the conflicts of the latter.
func (m *FileMerge) mergeText(r *Review, take func(FileConflict) bool) []byte {
	return yamlfile.MergeText(m.base.Data, m.current.Data, m.other.Data, *r, func(change yamlfile.ExtensionConflict) bool {
		text := func(s *string) (string, bool) {
			if s == nil {
				return "", false
			}
			return *s, true
		}
		c := FileConflict{extension: true}
		c.Conflict = locateExtension(r, change.Path, change.Key)
		c.Base, _ = text(change.Base)
		c.Current, c.InCurrent = text(change.Current)
		c.Other, c.InOther = text(change.Other)
		c.CurrentLine, _ = m.current.position(c.Conflict)
		c.OtherLine, _ = m.other.position(c.Conflict)
		return take(c)
	})
}

// locateExtension is where a key of people's own of a review is, whatever its place in a list.
func locateExtension(r *Review, path []string, key string) Conflict {
	if len(path) == 0 {
		return Conflict{Part: key}
	}
	c, rest := Conflict{Part: path[0]}, path[1:]
	if len(rest) > 0 {
		i, err := strconv.Atoi(rest[0])
		switch {
		case c.Part == "answers" || c.Part == "unanswered":
			c.ID, rest = rest[0], rest[1:]
		case err != nil:
		case c.Part == "waivers" && i < len(r.Waivers):
			c.ID, rest = r.Waivers[i].Practice, rest[1:]
		case c.Part == "parked" && i < len(r.Parked):
			c.ID, rest = r.Parked[i].id(), rest[1:]
		case c.Part == "without_place" && i < len(r.WithoutPlace):
			c.ID, rest = r.WithoutPlace[i].Practice, rest[1:]
		}
	}
	c.Field = strings.Join(append(slices.Clone(rest), key), ".")
	return c
}

// extensions are the keys of people's own of a version, by where they are.
func (v mergeVersion) extensions() map[Conflict]string {
	out := map[Conflict]string{}
	if v.doc == nil {
		return out
	}
	for _, o := range v.doc.Extensions() {
		out[locateExtension(v.review, o.Path, o.Key)] = o.Value
	}
	return out
}

// leftOutOf lists what is beside the values in one of the versions and not in the base, or in
// both of them, and in neither of two texts. Keys of a conflict are not listed.
func (m *FileMerge) leftOutOf(texts [2][]byte) []LeftOut {
	var owns []map[Conflict]string
	for _, text := range texts {
		if r, doc, problems := parse(m.current.Name, text, nil); len(problems) == 0 {
			owns = append(owns, mergeVersion{review: r, doc: doc}.extensions())
		}
	}
	times := func(list []yamlfile.Comment, text string) (n int) {
		for _, c := range list {
			if c.Text == text || strings.HasPrefix(c.Text, text+" #") || strings.HasSuffix(c.Text, " "+text) {
				n++
			}
		}
		return n
	}
	var out []LeftOut
	merged := [2][]yamlfile.Comment{yamlfile.Comments(texts[0]), yamlfile.Comments(texts[1])}
	sides := [2][]yamlfile.Comment{yamlfile.Comments(m.current.Data), yamlfile.Comments(m.other.Data)}
	inBase, ofBase := yamlfile.Comments(m.base.Data), m.base.extensions()
	for i, v := range []mergeVersion{m.current, m.other} {
		told := map[string]bool{}
		for _, c := range sides[i] {
			want := times(sides[i], c.Text) - times(inBase, c.Text)
			if i == 0 { // what both have is told of once
				want = max(want, min(times(sides[0], c.Text), times(sides[1], c.Text)))
			}
			if !told[c.Text] && max(times(merged[0], c.Text), times(merged[1], c.Text)) < want {
				told[c.Text] = true
				out = append(out, LeftOut{v.Name, c.Line, c.Text, v.recordAt(c.Line)})
			}
		}
		own := v.extensions()
		for _, key := range slices.SortedFunc(maps.Keys(own), compareConflicts) {
			was, before := ofBase[key]
			kept := slices.ContainsFunc(owns, func(o map[Conflict]string) bool { s, ok := o[key]; return ok && s == own[key] })
			asked := slices.ContainsFunc(m.Conflicts, func(c FileConflict) bool { return c.extension && c.location() == key })
			if !kept && !asked && (!before || was != own[key]) {
				line, _ := v.position(key)
				out = append(out, LeftOut{v.Name, line, cmp.Or(key.Field, key.Part) + ": " + own[key], Conflict{Part: key.Part, ID: key.ID}})
			}
		}
	}
	return out
}
