package review

import (
	"bytes"
	"cmp"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"

	"github.com/iotlens/iotlens/internal/disk"
	"github.com/iotlens/iotlens/internal/yamlfile"
)

// A SyncResult is the outcome of File.Sync. Changed and Restored name best practices by id,
// and other content as "waiver of ID", "workload" and "parked topics".
type SyncResult struct {
	Review      *Review    // the content of the file now
	Changed     []string   // what others changed
	Restored    []string   // what the file had lost and has again
	FileChanged bool       // somebody else changed the file, and Review has their changes
	Recreated   bool       // the file was gone and was written again
	Conflicts   []Conflict // changed both in the session (Other) and in the file (Current, which is kept); see Resolve
}

// Saved returns the content of the file as it was last read or written. The caller must not
// change it.
func (f *File) Saved() *Review {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.saved
}

// ChangedOnDisk reports whether somebody else changed the file since it was last read or
// written, or the file is gone or can't be read.
func (f *File) ChangedOnDisk() bool {
	f.mu.Lock()
	defer f.mu.Unlock()
	stamp := disk.StampOf(f.Path)
	if f.stamp != nil && stamp.Equal(*f.stamp) {
		return false
	}
	if data, err := disk.Read(f.Path, yamlfile.MaxSize); err != nil || !bytes.Equal(data, f.data) {
		return true
	}
	f.stamp = &stamp // taken before the read, so that a later change is noticed
	return false
}

// Sync saves a session's review and merges what others changed in the file meanwhile, answer
// by answer and field by field. base is the review that the session started from: the Review
// of the last SyncResult that it adopted, or Saved before the first one.
//
// No statement made in the session is lost. A field that others changed is decided by three
// states: what was read before the session set it, what the file has now, and what the
// session has. Resetting the file to an earlier state removes no answer. A field that both
// sides changed is a conflict, unless the answer in the file has the session's answer in its
// history. Until the conflict is resolved the file keeps its value, and an answer of the
// session is in the history. A deleted file is written again, with its comments.
//
// If nothing can be saved, since the file is no longer a valid review or can't be written,
// the error is a *NotSavedError, and a rescue file has the session's review.
func (f *File) Sync(base, session *Review) (SyncResult, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.ReadOnly {
		return f.reload()
	}
	if f.frozen {
		return SyncResult{}, fmt.Errorf("%s: %w", disk.DisplayPath(f.Path), ErrFrozen)
	}
	merged, conflicts, saved := session, []Conflict(nil), f.saved
	if base != saved {
		merged, conflicts = MergeLossless(base, saved, session)
	}
	result, err := f.saveSession(merged, session)
	if err != nil {
		return SyncResult{}, f.writeRescue(merged, err)
	}
	result.Conflicts = append(conflicts, result.Conflicts...)
	result.FileChanged = result.FileChanged || base != saved
	f.removeRescue()
	return result, nil
}

// reload reads the file, for a session that is read-only.
func (f *File) reload() (SyncResult, error) {
	stamp := disk.StampOf(f.Path)
	data, err := disk.Read(f.Path, yamlfile.MaxSize)
	if err != nil {
		return SyncResult{}, err
	}
	onDisk, doc, problems := parse(f.Path, data, f.lens)
	if len(problems) > 0 {
		return SyncResult{}, problems
	}
	result := SyncResult{Review: onDisk, Changed: changedSubjects(onDisk, f.saved), FileChanged: !bytes.Equal(data, f.data)}
	f.data, f.saved, f.doc, f.stamp = data, onDisk, doc, &stamp
	return result, nil
}

// saveSession writes merged, which is the session's review with what the last save found in
// the file, after merging what others changed since.
func (f *File) saveSession(merged, session *Review) (result SyncResult, err error) {
	var lastRead *Review
	stamp := disk.StampOf(f.Path)
	err = f.update(func(data []byte) (*Review, []byte, error) {
		result, lastRead = SyncResult{Review: merged}, f.lastRead
		layout := data
		switch {
		case f.data == nil && data != nil:
			return nil, nil, fmt.Errorf("%s: %w", disk.DisplayPath(f.Path), disk.ErrExists)
		case f.data != nil && data == nil:
			result.Recreated, result.FileChanged, layout = true, true, f.data
		case !bytes.Equal(data, f.data):
			onDisk, problems := Parse(f.Path, data, f.lens)
			if len(problems) > 0 {
				return nil, nil, problems
			}
			if onDisk.Milestone.Name != "" {
				return nil, nil, fmt.Errorf("%s: %w", disk.DisplayPath(f.Path), ErrFrozen)
			}
			result = f.mergeFromDisk(onDisk, merged)
			lastRead = selectByAgreement(onDisk, merged, f.lastRead, onDisk)
		}
		result.Changed = slices.DeleteFunc(changedSubjects(result.Review, session), func(subject string) bool {
			return slices.Contains(result.Restored, subject)
		})
		return result.Review, layout, nil
	})
	if err != nil {
		return SyncResult{}, err
	}
	f.lastRead, f.stamp = cmp.Or(lastRead, f.saved), &stamp
	result.Review = f.saved
	return result, nil
}

// mergeFromDisk merges what others changed in the file with what the session changed.
func (f *File) mergeFromDisk(onDisk, session *Review) SyncResult {
	base := selectByAgreement(onDisk, f.saved, f.saved, f.lastRead)
	for _, id := range replacedIDs(f.saved, onDisk) {
		base.Answers[id] = f.saved.Answers[id].Clone()
	}
	for id, a := range base.Answers { // without it, resetting the file would remove history entries
		a.History = nil
		base.Answers[id] = a
	}
	result := SyncResult{FileChanged: true, Restored: keepLost(base, f.saved, onDisk, session)}
	merged, conflicts := MergeLossless(base, onDisk, session)
	result.Review, result.Conflicts = merged, conflicts
	if equalExceptRevision(session, f.saved) {
		merged.LensRevision, merged.LensDigest = onDisk.LensRevision, onDisk.LensDigest
	}
	for id, saved := range f.saved.Answers { // an answer replaced in an editor is not in the history yet
		a, ok := merged.Answers[id]
		if ok && !onDisk.Answers[id].SameContent(saved) && session.Answers[id].SameContent(saved) && !a.hasValuesOf(saved) {
			a.addToHistory(saved)
			merged.Answers[id] = a
		}
	}
	for id, saved := range f.saved.UnansweredDetails { // details have no history that could keep removed lines
		if a, ok := merged.UnansweredDetails[id]; ok && session.UnansweredDetails[id].Note == saved.Note && hasAllLines(saved.Note, a.Note) {
			a.Note = saved.Note
			merged.UnansweredDetails[id] = a
		}
	}
	return result
}

// MergeLossless is Merge that keeps the other values of a conflict as well: a conflicting
// answer goes to the history, and a conflicting note of an unanswered best practice is
// appended to the current note. An answer that only one version removed stays, without a
// conflict. It returns the conflicts that are left for people to decide.
func MergeLossless(base, current, other *Review) (*Review, []Conflict) {
	merged, conflicts := Merge(base, current, other)
	conflicts = slices.DeleteFunc(conflicts, func(c Conflict) bool {
		switch {
		case c.Part == "unanswered" && c.Field == "note":
			a := merged.UnansweredDetails[c.ID]
			a.Note = joinNotes(a.Note, other.UnansweredDetails[c.ID].Note)
			merged.UnansweredDetails[c.ID] = a
			return true
		case c.Part == "answers" && c.Field != "":
			a := merged.Answers[c.ID]
			a.addToHistory(other.Answers[c.ID])
			merged.Answers[c.ID] = a
		}
		return (c.Part == "answers" || c.Part == "unanswered") && c.Field == ""
	})
	return merged, conflicts
}

// equalExceptRevision reports whether two reviews are equal but for the revision of the lens.
func equalExceptRevision(a, b *Review) bool {
	x, y := *a, *b
	x.LensRevision, x.LensDigest = y.LensRevision, y.LensDigest
	return reflect.DeepEqual(x, y)
}

// Names of what SyncResult lists besides best practices.
const parkedSubject = "parked topics"

func waiverSubject(w Waiver) string { return "waiver of " + w.Practice }

// changedSubjects lists what differs between two reviews, as in SyncResult.Changed.
func changedSubjects(r, before *Review) []string {
	var changed []string
	for _, m := range [][2]map[string]Answer{{r.Answers, before.Answers}, {r.UnansweredDetails, before.UnansweredDetails}} {
		for _, id := range unionKeys(m[0], m[1]) {
			if a, b := m[0][id], m[1][id]; a.Status != b.Status || !a.SameContent(b) {
				changed = append(changed, id)
			}
		}
	}
	for _, w := range r.Waivers {
		if old, _, ok := before.Waiver(w.Practice); !ok || w != old {
			changed = append(changed, waiverSubject(w))
		}
	}
	for _, old := range before.Waivers {
		if _, _, ok := r.Waiver(old.Practice); !ok {
			changed = append(changed, waiverSubject(old)+" (removed)")
		}
	}
	if !reflect.DeepEqual(r.Workload, before.Workload) {
		changed = append(changed, "workload")
	}
	if !slices.Equal(r.Parked, before.Parked) {
		changed = append(changed, parkedSubject)
	}
	slices.Sort(changed)
	return slices.Compact(changed)
}

// Resolve decides a conflict by taking the value that from has. A replaced answer goes to
// the history.
func (r *Review) Resolve(c Conflict, from *Review) {
	switch c.Part {
	case "answers":
		a, taken := r.Answers[c.ID], from.Answers[c.ID]
		copyGroups(answerFields, c.Field, &a, taken)
		a.By, a.At = cmp.Or(taken.By, a.By), cmp.Or(taken.At, a.At)
		a.setOrigin(taken)
		before := r.Answers[c.ID]
		before.History = slices.DeleteFunc(slices.Clone(before.History), a.equal)
		r.Answers[c.ID] = before
		r.PutAnswer(c.ID, a)
	case "unanswered":
		a := r.UnansweredDetails[c.ID]
		copyGroups(answerFields, c.Field, &a, from.UnansweredDetails[c.ID])
		r.PutDetails(c.ID, a)
	case "waivers":
		r.Waivers = resolveList(r.Waivers, from.Waivers, waiverFields, c, Waiver.id)
	case "parked":
		r.Parked = resolveList(r.Parked, from.Parked, topicFields, c, Topic.id)
	case "lens_version":
		r.LensVersion = from.LensVersion
	default:
		resolveStruct(partValue(r, c.Part), partValue(from.Clone(), c.Part), "", c.Field)
	}
}

// resolveList takes one record, or one field of it, from another list.
func resolveList[T any](list, from []T, fields []Field[T], c Conflict, id func(T) string) []T {
	isSubject := func(record T) bool { return id(record) == c.ID }
	i, j := slices.IndexFunc(list, isSubject), slices.IndexFunc(from, isSubject)
	list = slices.Clone(list)
	switch {
	case j < 0 && i >= 0:
		return slices.Delete(list, i, i+1)
	case j < 0:
	case i < 0:
		return append(list, from[j])
	case c.Field == "":
		list[i] = from[j]
	default:
		copyGroups(fields, c.Field, &list[i], from[j])
	}
	return list
}

// resolveStruct takes the field with a key, such as profile.stage, from another struct.
func resolveStruct(to, from reflect.Value, prefix, field string) {
	for i := range to.NumField() {
		key := prefix + yamlfile.Key(to.Type().Field(i))
		name, isEntry := strings.CutPrefix(field, key+".")
		switch value := to.Field(i); {
		case value.Kind() == reflect.Struct:
			resolveStruct(value, from.Field(i), key+".", field)
		case key == field:
			value.Set(from.Field(i))
		case value.Kind() == reflect.Map && isEntry:
			texts, _ := value.Interface().(map[string]string)
			fromTexts, _ := from.Field(i).Interface().(map[string]string)
			merged := map[string]string{}
			maps.Copy(merged, texts)
			if merged[name] = fromTexts[name]; fromTexts[name] == "" {
				delete(merged, name)
			}
			value.Set(reflect.ValueOf(merged))
		}
	}
}
