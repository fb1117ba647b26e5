package review

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/iotlens/iotlens/internal/disk"
	"github.com/iotlens/iotlens/internal/yamlfile"
)

// A FileVersion is a file of which several versions are merged.
type FileVersion struct {
	Name string // for messages
	Data []byte
}

// A Side is what is taken of a conflict.
type Side int

// The sides of a conflict.
const (
	Undecided Side = iota
	Current
	Other
)

// A FileConflict is a conflict of two versions of a file. Of the fields of Conflict,
// Theirs is the value of the current version and Ours that of the other one, to which
// Merge and Resolve give these names.
type FileConflict struct {
	Conflict
	CurrentLine, OtherLine int    // in the two versions, from 1
	CurrentBy, OtherBy     string // who said it there and when; may be empty
	InCurrent, InOther     bool   // false: the record, or the key of people's own, is not there

	extension bool // a key of people's own
}

// A FileMerge is what two versions of a review file make, both of them changed since a
// third one.
type FileMerge struct {
	Conflicts []FileConflict // in the order of the review file's parts
	// NoBase is why there is no base; nil where there is one. Whatever differs is a
	// conflict then, and what only one of the two has is taken.
	NoBase error

	base, current, other mergeVersion
	merged               *Review
}

type mergeVersion struct {
	FileVersion
	review *Review
	doc    *yamlfile.Doc
}

// ErrEmptyBase tells that the base of a merge is empty: both versions are new.
var ErrEmptyBase = errors.New("the base is empty")

// maxMergeLines is how many lines a version of a merge has at most: a full review has some
// 3,000, and the work grows with their square.
const maxMergeLines = 20_000

// MergeFiles merges two versions of a review file, whatever lens they answer, as long as
// it is the same one. A base that is empty, or no review that can be read, is none. The
// error names every problem of the two versions.
func MergeFiles(base, current, other FileVersion) (*FileMerge, error) {
	m := &FileMerge{base: mergeVersion{FileVersion: base, review: &Review{}}}
	var errs yamlfile.Problems
	for _, v := range []FileVersion{base, current, other} {
		if n := bytes.Count(v.Data, []byte("\n")); n > maxMergeLines {
			errs.Add(v.Name, 0, "has %d lines; a merge takes at most %d", n, maxMergeLines)
		}
	}
	if len(errs) > 0 {
		return nil, errs
	}
	for v, at := range map[*FileVersion]*mergeVersion{&current: &m.current, &other: &m.other} {
		r, doc, problems := parse(v.Name, v.Data, nil)
		*at = mergeVersion{*v, r, doc}
		errs = append(errs, problems...)
	}
	if errs.Sort(); len(errs) > 0 {
		return nil, errs
	}
	if len(bytes.TrimSpace(base.Data)) == 0 {
		m.NoBase, m.base.Data = ErrEmptyBase, nil
	} else if r, doc, problems := parse(base.Name, base.Data, nil); len(problems) > 0 {
		m.NoBase, m.base.Data = problems, nil
	} else {
		m.base.review, m.base.doc = r, doc
	}
	if err := m.checkMergeable(); err != nil {
		return nil, err
	}
	m.merge()
	return m, nil
}

// checkMergeable returns why two versions can't be merged.
func (m *FileMerge) checkMergeable() error {
	if m.trivialResult() != nil {
		return nil
	}
	c, o := m.current.review, m.other.review
	for _, v := range []mergeVersion{m.current, m.other} {
		if v.review.Milestone.Name != "" {
			return fmt.Errorf("%s: %w; keep one of the two versions", disk.DisplayPath(v.Name), ErrFrozen)
		}
	}
	if c.Lens != o.Lens || c.LensVersion != o.LensVersion {
		return fmt.Errorf("%s answers version %s of the lens %s, but %s answers version %s of %s; upgrade the older one with iotlens upgrade, then merge",
			disk.DisplayPath(m.current.Name), c.LensVersion, c.Lens, disk.DisplayPath(m.other.Name), o.LensVersion, o.Lens)
	}
	return nil
}

// CurrentName is the name of the current version.
func (m *FileMerge) CurrentName() string { return m.current.Name }

// trivialResult is the result where only one of the two versions changed a byte.
func (m *FileMerge) trivialResult() []byte {
	switch {
	case bytes.Equal(m.current.Data, m.other.Data), m.NoBase == nil && bytes.Equal(m.other.Data, m.base.Data):
		return m.current.Data
	case m.NoBase == nil && bytes.Equal(m.current.Data, m.base.Data):
		return m.other.Data
	}
	return nil
}

func (m *FileMerge) merge() {
	if m.trivialResult() != nil {
		m.merged = m.current.review
		return
	}
	var conflicts []Conflict
	m.merged, conflicts = mergeKeepingDetails(m.base.review, m.current.review, m.other.review)
	for _, c := range conflicts {
		if _, answered := m.merged.Answers[c.ID]; c.Part == "unanswered" && c.Field == "" && answered {
			continue // it becomes part of the answer
		}
		m.Conflicts = append(m.Conflicts, m.locate(c))
	}
	for _, side := range []Side{Current, Other} { // a record may be in one of them only
		r := m.resolveValues(slices.Repeat([]Side{side}, len(m.Conflicts)))
		m.mergeText(r, func(c FileConflict) bool {
			if !slices.ContainsFunc(m.Conflicts, c.sameAs) {
				m.Conflicts = append(m.Conflicts, c)
			}
			return false
		})
	}
	m.addAnnotationConflicts()
}

// location is a conflict without its values.
func (c Conflict) location() Conflict { return Conflict{Part: c.Part, ID: c.ID, Field: c.Field} }

// sameAs tells whether two conflicts are the same one.
func (c FileConflict) sameAs(d FileConflict) bool {
	return c.extension == d.extension && c.location() == d.location()
}

// locate adds to a conflict of values where they are, and whose.
func (m *FileMerge) locate(c Conflict) FileConflict {
	out := FileConflict{Conflict: c, InCurrent: true, InOther: true}
	if c.Field == "" && c.Part != "lens_version" {
		out.InCurrent, out.InOther = c.Current != "", c.Other != ""
	}
	out.CurrentLine, out.CurrentBy = m.current.position(c)
	out.OtherLine, out.OtherBy = m.other.position(c)
	return out
}

// position is the line of what a conflict is about, and who said it when.
func (v mergeVersion) position(c Conflict) (line int, by string) {
	path := []any{c.Part}
	signed := func(name, at string) { by = strings.TrimSpace(name + " " + DayOf(at)) }
	switch c.Part {
	case "answers", "unanswered":
		path = append(path, c.ID)
		a := v.review.Answers[c.ID]
		if c.Part == "unanswered" {
			a = v.review.UnansweredDetails[c.ID]
		}
		signed(a.By, a.At)
	case "waivers":
		if w, i, there := v.review.Waiver(c.ID); there {
			path = append(path, i)
			signed(w.By, w.At)
		}
	case "parked":
		i := slices.IndexFunc(v.review.Parked, func(t Topic) bool { return t.id() == c.ID })
		if i >= 0 {
			path = append(path, i)
			signed(v.review.Parked[i].By, v.review.Parked[i].At)
		}
	}
	for key := range strings.SplitSeq(c.Field, ".") {
		path = append(path, key)
	}
	return v.doc.Line(path...), by
}

// A MergedFile is what became of a merge.
type MergedFile struct {
	Data     []byte
	Resolved bool      // else it has conflict markers, and is no review until somebody decides
	LeftOut  []LeftOut // what people wrote beside the values and has no place any more
}

// Resolve is the merged file, with a side for each conflict; further ones are undecided.
// Where one is undecided, both its values stand between conflict markers as git writes
// them, with a label for each side.
//
// What both versions say is in it, but for the values of a conflict that were not taken:
// of an answer they go to the history.
func (m *FileMerge) Resolve(sides []Side, labels [2]string) (MergedFile, error) {
	if data := m.trivialResult(); data != nil {
		return MergedFile{Data: data, Resolved: true}, nil
	}
	sides = append(slices.Clone(sides), make([]Side, max(0, len(m.Conflicts)-len(sides)))...)
	var texts [2][]byte
	for i, side := range []Side{Current, Other} {
		taken := slices.Clone(sides)
		for j := range taken {
			taken[j] = cmp.Or(taken[j], side)
		}
		r := m.resolveValues(taken)
		for j, c := range m.Conflicts {
			if sides[j] != Undecided && c.Part == "answers" && !c.extension {
				m.keepInHistory(r, c.ID, sides)
			}
		}
		r.moveDetailsToAnswers()
		texts[i] = m.mergeText(r, func(c FileConflict) bool {
			j := slices.IndexFunc(m.Conflicts, c.sameAs)
			return j >= 0 && taken[j] == Other
		})
		if _, problems := Parse(m.current.Name, texts[i], nil); len(problems) > 0 {
			return MergedFile{}, fmt.Errorf("the merged file would not load:\n%w", problems)
		}
	}
	out := MergedFile{Data: texts[0], Resolved: !slices.Contains(sides, Undecided), LeftOut: m.leftOutOf(texts)}
	switch {
	case out.Resolved:
	case bytes.Equal(texts[0], texts[1]): // a conflict that has no place in the merged file
		out.Data = WithConflictMarkers(m.current.Data, m.other.Data, labels)
	default:
		out.Data = WithConflictMarkers(texts[0], texts[1], labels)
	}
	return out, nil
}

// resolveValues is the merged review with a side of each conflict of values. What was said
// before an answer is not part of it yet.
func (m *FileMerge) resolveValues(sides []Side) *Review {
	r := m.merged.Clone()
	from := map[Side]*Review{Current: m.current.review, Other: m.other.review}
	for i, c := range m.Conflicts {
		switch side := from[sides[i]]; {
		case c.extension:
		case c.Part == "answers":
			r.resolveAnswer(c.Conflict, side)
		default:
			r.Resolve(c.Conflict, side)
		}
	}
	return r
}

// resolveAnswer takes the answer of a conflict, or a field of it, from one side as it is
// there. Who gave it goes with its status, or with the whole answer.
func (r *Review) resolveAnswer(c Conflict, side *Review) {
	from, there := side.Answers[c.ID]
	if r.Answers == nil {
		r.Answers = map[string]Answer{}
	}
	switch {
	case !there:
		delete(r.Answers, c.ID)
		return
	case c.Field == "":
		r.Answers[c.ID] = from.Clone()
		return
	}
	a := r.Answers[c.ID]
	for _, group := range fieldGroups(answerFields) {
		if group[0].Key == c.Field {
			setGroup(group, &a, groupValues(group, from))
		}
	}
	if c.Field == "status" || from.At > a.At && from.Status == a.Status {
		a.By, a.At = cmp.Or(from.By, a.By), cmp.Or(from.At, a.At)
		a.setOrigin(from)
	}
	r.Answers[c.ID] = a
}

// keepInHistory puts the answers of which a field was not taken into the history.
func (m *FileMerge) keepInHistory(r *Review, id string, sides []Side) {
	a, there := r.Answers[id]
	if !there {
		return
	}
	for i, c := range m.Conflicts {
		if c.Part != "answers" || c.ID != id || c.extension {
			continue
		}
		lost := m.other.review
		if sides[i] == Other {
			lost = m.current.review
		}
		if before, ok := lost.Answers[id]; ok && sides[i] != Undecided && !a.SameContent(before) {
			a.addToHistory(before)
		}
	}
	r.Answers[id] = a
}
