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

// A FileVersion is one version of a file to merge.
type FileVersion struct {
	Name string // for messages
	Data []byte
}

// A Side says which version of a conflict to take.
type Side int

// The sides of a conflict.
const (
	Undecided Side = iota
	Current
	Other
)

// A FileConflict is a conflict between two versions of a file, with its position in each.
type FileConflict struct {
	Conflict
	CurrentLine, OtherLine int    // in the versions, from 1
	CurrentBy, OtherBy     string // who recorded the value, and on which day; may be empty
	InCurrent, InOther     bool   // false if the version lacks the record or extension key

	extension bool // the conflict is about an extension key (x-)
}

// A FileMerge is the merge of two versions of a review file that were both changed since base.
type FileMerge struct {
	Conflicts []FileConflict // in the order of the parts of a review file
	// NoBase says why there is no base; nil if there is one. Without a base every difference
	// is a conflict, and a record that only one version has is taken.
	NoBase error

	base, current, other mergeVersion
	merged               *Review
}

// A mergeVersion is a decoded version of the file.
type mergeVersion struct {
	FileVersion
	review *Review
	doc    *yamlfile.Doc // nil for a missing base
}

// ErrEmptyBase is FileMerge.NoBase if the base is empty: both versions are new files.
var ErrEmptyBase = errors.New("the base is empty")

// maxMergeLines limits the lines of a version, since the work grows with their square. A full
// review has about 3,000.
const maxMergeLines = 20_000

// MergeFiles merges two versions of a review file. They may be of any lens, but both of the
// same one. A base that is empty or invalid counts as none. The error lists every problem of
// the two versions.
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
	for v, decoded := range map[*FileVersion]*mergeVersion{&current: &m.current, &other: &m.other} {
		r, doc, problems := parse(v.Name, v.Data, nil)
		*decoded = mergeVersion{*v, r, doc}
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

// checkMergeable returns why the two versions can't be merged.
func (m *FileMerge) checkMergeable() error {
	if m.trivialResult() != nil {
		return nil
	}
	for _, v := range []mergeVersion{m.current, m.other} {
		if v.review.Milestone.Name != "" {
			return fmt.Errorf("%s: %w; keep one of the two versions", disk.DisplayPath(v.Name), ErrFrozen)
		}
	}
	if c, o := m.current.review, m.other.review; c.Lens != o.Lens || c.LensVersion != o.LensVersion {
		return fmt.Errorf("%s answers version %s of the lens %s, but %s answers version %s of %s; upgrade the older one with iotlens upgrade, then merge",
			disk.DisplayPath(m.current.Name), c.LensVersion, c.Lens, disk.DisplayPath(m.other.Name), o.LensVersion, o.Lens)
	}
	return nil
}

// CurrentName returns the name of the current version.
func (m *FileMerge) CurrentName() string { return m.current.Name }

// trivialResult returns the merged file if at most one version changed; nil otherwise.
func (m *FileMerge) trivialResult() []byte {
	switch {
	case bytes.Equal(m.current.Data, m.other.Data), m.NoBase == nil && bytes.Equal(m.other.Data, m.base.Data):
		return m.current.Data
	case m.NoBase == nil && bytes.Equal(m.current.Data, m.base.Data):
		return m.other.Data
	}
	return nil
}

// merge merges the values and finds the conflicts.
func (m *FileMerge) merge() {
	if m.trivialResult() != nil {
		m.merged = m.current.review
		return
	}
	var conflicts []Conflict
	m.merged, conflicts = mergeKeepingDetails(m.base.review, m.current.review, m.other.review)
	for _, c := range conflicts {
		if _, answered := m.merged.Answers[c.ID]; c.Part == "unanswered" && c.Field == "" && answered {
			continue // the details become part of the answer
		}
		m.Conflicts = append(m.Conflicts, m.locate(c))
	}
	for _, side := range []Side{Current, Other} { // the extension keys of a record that only one side has
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

// A location is the subject of a conflict, in the terms of Conflict.
type location struct{ part, id, field string }

func (c Conflict) location() location { return location{c.Part, c.ID, c.Field} }

// sameAs reports whether two conflicts have the same subject.
func (c FileConflict) sameAs(d FileConflict) bool {
	return c.extension == d.extension && c.location() == d.location()
}

// locate adds to a conflict its position in both versions.
func (m *FileMerge) locate(c Conflict) FileConflict {
	located := FileConflict{Conflict: c, InCurrent: true, InOther: true}
	if c.Field == "" && c.Part != "lens_version" {
		located.InCurrent, located.InOther = c.Current != "", c.Other != ""
	}
	located.CurrentLine, located.CurrentBy = m.current.position(c.location())
	located.OtherLine, located.OtherBy = m.other.position(c.location())
	return located
}

// position returns the line of a location, and who recorded it on which day.
func (v mergeVersion) position(l location) (line int, by string) {
	path := []any{l.part}
	setBy := func(name, at string) { by = strings.TrimSpace(name + " " + DayOf(at)) }
	switch l.part {
	case "answers", "unanswered":
		path = append(path, l.id)
		a := v.review.Answers[l.id]
		if l.part == "unanswered" {
			a = v.review.UnansweredDetails[l.id]
		}
		setBy(a.By, a.At)
	case "waivers":
		if w, i, ok := v.review.Waiver(l.id); ok {
			path = append(path, i)
			setBy(w.By, w.At)
		}
	case "parked":
		if i := v.review.topicIndex(l.id); i >= 0 {
			path = append(path, i)
			setBy(v.review.Parked[i].By, v.review.Parked[i].At)
		}
	}
	for key := range strings.SplitSeq(l.field, ".") {
		path = append(path, key)
	}
	return v.doc.Line(path...), by
}

// topicIndex returns the index of the parked topic with an id; -1 if there is none.
func (r *Review) topicIndex(id string) int {
	return slices.IndexFunc(r.Parked, func(t Topic) bool { return t.id() == id })
}

// A MergedFile is the result of a merge.
type MergedFile struct {
	Data     []byte
	Resolved bool      // false if Data has conflict markers and is not a valid review
	LeftOut  []LeftOut // annotations that have no place in Data
}

// Resolve returns the merged file with a side taken for each conflict, in the order of
// Conflicts; missing sides are undecided. An undecided conflict appears with both values
// between conflict markers as git writes them, labelled with the names of the two sides.
//
// The file has everything that either version has, except the values of a conflict that were
// not taken; those of an answer go to its history.
func (m *FileMerge) Resolve(sides []Side, labels [2]string) (MergedFile, error) {
	if data := m.trivialResult(); data != nil {
		return MergedFile{Data: data, Resolved: true}, nil
	}
	sides = append(slices.Clone(sides), make([]Side, max(0, len(m.Conflicts)-len(sides)))...)
	var texts [2][]byte // with all undecided conflicts resolved to Current, and to Other
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
	merged := MergedFile{Data: texts[0], Resolved: !slices.Contains(sides, Undecided), LeftOut: m.leftOutOf(texts)}
	switch {
	case merged.Resolved:
	case bytes.Equal(texts[0], texts[1]): // the conflict has no place in the merged file
		merged.Data = WithConflictMarkers(m.current.Data, m.other.Data, labels)
	default:
		merged.Data = WithConflictMarkers(texts[0], texts[1], labels)
	}
	return merged, nil
}

// resolveValues returns the merged review with a side of each conflict taken. Details are not
// moved into answers yet.
func (m *FileMerge) resolveValues(sides []Side) *Review {
	r := m.merged.Clone()
	reviews := map[Side]*Review{Current: m.current.review, Other: m.other.review}
	for i, c := range m.Conflicts {
		switch from := reviews[sides[i]]; {
		case c.extension:
		case c.Part == "answers":
			r.takeAnswer(c.Conflict, from)
		default:
			r.Resolve(c.Conflict, from)
		}
	}
	return r
}

// takeAnswer decides a conflict of an answer, or of one of its fields, by taking that of
// another review. The signature goes with the status, or with the whole answer.
func (r *Review) takeAnswer(c Conflict, from *Review) {
	taken, ok := from.Answers[c.ID]
	if r.Answers == nil {
		r.Answers = map[string]Answer{}
	}
	switch {
	case !ok:
		delete(r.Answers, c.ID)
		return
	case c.Field == "":
		r.Answers[c.ID] = taken.Clone()
		return
	}
	a := r.Answers[c.ID]
	copyGroups(answerFields, c.Field, &a, taken)
	if c.Field == "status" || taken.At > a.At && taken.Status == a.Status {
		a.By, a.At = cmp.Or(taken.By, a.By), cmp.Or(taken.At, a.At)
		a.setOrigin(taken)
	}
	r.Answers[c.ID] = a
}

// keepInHistory adds the answers of which a field was not taken to the history of an answer.
func (m *FileMerge) keepInHistory(r *Review, id string, sides []Side) {
	a, ok := r.Answers[id]
	if !ok {
		return
	}
	for i, c := range m.Conflicts {
		if c.Part != "answers" || c.ID != id || c.extension {
			continue
		}
		notTaken := m.other.review
		if sides[i] == Other {
			notTaken = m.current.review
		}
		if before, ok := notTaken.Answers[id]; ok && sides[i] != Undecided && !a.SameContent(before) {
			a.addToHistory(before)
		}
	}
	r.Answers[id] = a
}
