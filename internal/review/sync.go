package review

import (
	"bytes"
	"cmp"
	"fmt"
	"reflect"
	"slices"

	"github.com/iotlens/iotlens/internal/disk"
	"github.com/iotlens/iotlens/internal/yamlfile"
)

// A SyncResult is what came of bringing a session and its file together.
type SyncResult struct {
	Review      *Review    // what is in the file now
	Changed     []string   // what others changed: best practices with their answers, "waiver of ID", "workload" and "parked topics"
	Restored    []string   // what the file had lost and has again, named alike
	FileChanged bool       // somebody else changed the file, and that is in Review
	Recreated   bool       // the file was gone and was written anew
	Conflicts   []Conflict // what was changed here and by others; the file has theirs, Resolve takes ours
}

// Saved is what is in the file, as of the last time it was read or written. The caller
// doesn't change it.
func (f *File) Saved() *Review {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.saved
}

// ChangedOnDisk tells whether somebody else changed the file since it was last read or
// written; also where it is gone, or can't be read.
func (f *File) ChangedOnDisk() bool {
	f.mu.Lock()
	defer f.mu.Unlock()
	mark := disk.StampOf(f.Path)
	if f.mark != nil && mark.Equal(*f.mark) {
		return false
	}
	if now, err := disk.Read(f.Path, yamlfile.MaxSize); err != nil || !bytes.Equal(now, f.data) {
		return true
	}
	f.mark = &mark // of before it was read: whatever comes later is seen
	return false
}

// Sync saves r, a session's state of the review, and takes in what others changed in the
// file, answer by answer and field by field. from is the Review of the last Sync that
// the session took in, of which r came; it is Saved before the first one.
//
// It loses nothing of what is said in the session. Three states decide about a field that
// others changed: what was read before the session said something on it, what the file
// has now, and what the session says. A file that was put back to an earlier state takes
// back no answer; what both sides changed is a conflict, unless the answer of the other
// side has ours in its history. Until it is resolved the file has theirs, and of an
// answer ours in its history. A file that is gone is written anew, with its comments.
//
// Where nothing can be saved, as the file is no valid review any more or the disk takes
// nothing, the error is a *NotSaved, and what was said is in another file.
func (f *File) Sync(from, r *Review) (SyncResult, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.ReadOnly {
		return f.reload()
	}
	if f.frozen {
		return SyncResult{}, fmt.Errorf("%s: %w", disk.DisplayPath(f.Path), ErrFrozen)
	}
	mine, early, before := r, []Conflict(nil), f.saved
	if from != f.saved {
		mine, early = MergeLossless(from, f.saved, r)
	}
	done, err := f.saveSession(mine, r)
	if err != nil {
		return SyncResult{}, f.writeRescue(mine, err)
	}
	done.Conflicts = append(early, done.Conflicts...)
	done.FileChanged = done.FileChanged || from != before
	f.removeRescue()
	return done, nil
}

// reload reads the file.
func (f *File) reload() (SyncResult, error) {
	mark := disk.StampOf(f.Path)
	now, err := disk.Read(f.Path, yamlfile.MaxSize)
	if err != nil {
		return SyncResult{}, err
	}
	theirs, doc, problems := parse(f.Path, now, f.lens)
	if len(problems) > 0 {
		return SyncResult{}, problems
	}
	taken, changed := !bytes.Equal(now, f.data), changedSubjects(theirs, f.saved)
	f.data, f.saved, f.doc, f.mark = now, theirs, doc, &mark
	return SyncResult{Review: theirs, Changed: changed, FileChanged: taken}, nil
}

// saveSession brings mine, which is r with what the file has already, into the file.
func (f *File) saveSession(mine, r *Review) (done SyncResult, err error) {
	var read *Review
	mark := disk.StampOf(f.Path)
	err = f.update(func(now []byte) (*Review, []byte, error) {
		done, read = SyncResult{Review: mine}, f.lastRead
		layout := now
		switch {
		case f.data == nil && now != nil:
			return nil, nil, fmt.Errorf("%s: %w", disk.DisplayPath(f.Path), disk.ErrExists)
		case f.data != nil && now == nil:
			done.Recreated, done.FileChanged, layout = true, true, f.data
		case !bytes.Equal(now, f.data):
			theirs, problems := Parse(f.Path, now, f.lens)
			if len(problems) > 0 {
				return nil, nil, problems
			}
			if theirs.Milestone.Name != "" {
				return nil, nil, fmt.Errorf("%s: %w", disk.DisplayPath(f.Path), ErrFrozen)
			}
			done = f.mergeFromDisk(theirs, mine)
			read = selectByAgreement(theirs, mine, f.lastRead, theirs)
		}
		if done.Changed = changedSubjects(done.Review, r); len(done.Changed) > 0 {
			done.Changed = slices.DeleteFunc(done.Changed, func(id string) bool { return slices.Contains(done.Restored, id) })
		}
		return done.Review, layout, nil
	})
	if err != nil {
		return SyncResult{}, err
	}
	f.lastRead, f.mark = cmp.Or(read, f.saved), &mark
	done.Review = f.saved
	return done, nil
}

// mergeFromDisk merges what others changed in the file, which has theirs now, and mine.
func (f *File) mergeFromDisk(theirs, mine *Review) SyncResult {
	base := selectByAgreement(theirs, f.saved, f.saved, f.lastRead)
	for _, id := range replacedIDs(f.saved, theirs) {
		base.Answers[id] = f.saved.Answers[id].Clone()
	}
	for id, a := range base.Answers { // a file that is put back takes no history
		a.History = nil
		base.Answers[id] = a
	}
	var done SyncResult
	done.Restored = keepLost(base, f.saved, theirs, mine)
	done.Review, done.Conflicts = Merge(base, theirs, mine)
	if equalExceptRevision(mine, f.saved) {
		done.Review.LensRevision, done.Review.LensDigest = theirs.LensRevision, theirs.LensDigest
	}
	done.FileChanged, done.Conflicts = true, keepOther(done.Review, mine, done.Conflicts)
	for id, was := range f.saved.Answers { // what was replaced by hand is not in the history yet
		a, there := done.Review.Answers[id]
		if there && !theirs.Answers[id].SameContent(was) && mine.Answers[id].SameContent(was) && !a.hasValuesOf(was) {
			a.addToHistory(was)
			done.Review.Answers[id] = a
		}
	}
	for id, was := range f.saved.UnansweredDetails { // it has no history that lines which are gone could be in
		if a, there := done.Review.UnansweredDetails[id]; there && mine.UnansweredDetails[id].Note == was.Note && hasAllLines(was.Note, a.Note) {
			a.Note = was.Note
			done.Review.UnansweredDetails[id] = a
		}
	}
	return done
}

// MergeLossless is Merge that loses nothing of ours where both changed a field: an answer goes to
// the history of theirs, and a note of what is unanswered becomes a further line of it.
// A record that only one of them took out stays. It returns the conflicts that are left
// to people.
func MergeLossless(base, theirs, ours *Review) (*Review, []Conflict) {
	merged, conflicts := Merge(base, theirs, ours)
	return merged, keepOther(merged, ours, conflicts)
}

// keepOther sees to it that a merge of ours into theirs, in which theirs stands where both
// changed a field, has ours as well: an answer in the history, and a note of what is
// unanswered as a further line. It returns the conflicts that people have to resolve.
func keepOther(merged, ours *Review, conflicts []Conflict) []Conflict {
	return slices.DeleteFunc(conflicts, func(c Conflict) bool {
		switch {
		case c.Part == "unanswered" && c.Field == "note":
			a := merged.UnansweredDetails[c.ID]
			a.Note = joinNotes(a.Note, ours.UnansweredDetails[c.ID].Note)
			merged.UnansweredDetails[c.ID] = a
			return true
		case c.Part == "answers" && c.Field != "":
			a := merged.Answers[c.ID]
			a.addToHistory(ours.Answers[c.ID])
			merged.Answers[c.ID] = a
		}
		return (c.Part == "answers" || c.Part == "unanswered") && c.Field == "" // one took it out: it stays
	})
}

// equalExceptRevision tells whether a session said nothing yet.
func equalExceptRevision(a, b *Review) bool {
	x, y := *a, *b
	x.LensRevision, x.LensDigest = y.LensRevision, y.LensDigest
	return reflect.DeepEqual(x, y)
}

// How Synced names what is no best practice.
const parkedSubject = "parked topics"

func waiverSubject(v Waiver) string { return "waiver of " + v.Practice }

// changedSubjects lists what differs in a review from before: best practices with another answer,
// or of which something else is said, waivers, the workload and the parked topics.
func changedSubjects(a, before *Review) []string {
	var out []string
	for _, m := range [][2]map[string]Answer{{a.Answers, before.Answers}, {a.UnansweredDetails, before.UnansweredDetails}} {
		for _, id := range unionKeys(m[0], m[1]) {
			if x, y := m[0][id], m[1][id]; x.Status != y.Status || !x.SameContent(y) {
				out = append(out, id)
			}
		}
	}
	for _, v := range a.Waivers {
		if was, _, ok := before.Waiver(v.Practice); !ok || v != was {
			out = append(out, waiverSubject(v))
		}
	}
	for _, was := range before.Waivers {
		if _, _, ok := a.Waiver(was.Practice); !ok {
			out = append(out, waiverSubject(was)+" (removed)")
		}
	}
	if !reflect.DeepEqual(a.Workload, before.Workload) {
		out = append(out, "workload")
	}
	if !slices.Equal(a.Parked, before.Parked) {
		out = append(out, parkedSubject)
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// Resolve takes ours of a conflict: what mine has of the field. A replaced answer goes to
// the history.
func (r *Review) Resolve(c Conflict, mine *Review) {
	switch c.Part {
	case "answers":
		a, ours := r.Answers[c.ID], mine.Answers[c.ID]
		for _, group := range fieldGroups(answerFields) {
			if c.Field == "" || group[0].Key == c.Field {
				setGroup(group, &a, groupValues(group, ours))
			}
		}
		a.By, a.At = cmp.Or(ours.By, a.By), cmp.Or(ours.At, a.At)
		a.setOrigin(ours)
		before := r.Answers[c.ID]
		before.History = slices.DeleteFunc(slices.Clone(before.History), a.equal)
		r.Answers[c.ID] = before
		r.PutAnswer(c.ID, a)
	case "unanswered":
		a, ours := r.UnansweredDetails[c.ID], mine.UnansweredDetails[c.ID]
		for _, group := range fieldGroups(answerFields) {
			if c.Field == "" || group[0].Key == c.Field {
				setGroup(group, &a, groupValues(group, ours))
			}
		}
		r.PutDetails(c.ID, a)
	case "waivers":
		r.Waivers = resolveList(r.Waivers, mine.Waivers, waiverFields, c, func(w Waiver) string { return w.Practice })
	case "parked":
		r.Parked = resolveList(r.Parked, mine.Parked, topicFields, c, Topic.id)
	case "lens_version":
		r.LensVersion = mine.LensVersion
	default:
		index := yamlfile.FieldByKey(reflect.TypeFor[Review](), c.Part).Index
		of := func(r *Review) reflect.Value { return reflect.ValueOf(r).Elem().FieldByIndex(index) }
		resolveStruct(of(r), of(mine.Clone()), "", c.Field)
	}
}

// resolveList takes one record of mine, or one field of it.
func resolveList[T any](list, mine []T, fields []Field[T], c Conflict, id func(T) string) []T {
	named := func(v T) bool { return id(v) == c.ID }
	i, j := slices.IndexFunc(list, named), slices.IndexFunc(mine, named)
	list = slices.Clone(list)
	switch {
	case j < 0 && i >= 0:
		return slices.Delete(list, i, i+1)
	case j < 0:
		return list
	case i < 0:
		return append(list, mine[j])
	case c.Field == "":
		list[i] = mine[j]
		return list
	}
	for _, group := range fieldGroups(fields) {
		if group[0].Key == c.Field {
			setGroup(group, &list[i], groupValues(group, mine[j]))
		}
	}
	return list
}

// resolveStruct takes the field of a key from mine, such as profile.stage.
func resolveStruct(into, mine reflect.Value, prefix, field string) {
	for i := range into.NumField() {
		key := prefix + yamlfile.Key(into.Type().Field(i))
		a, b := into.Field(i), mine.Field(i)
		switch {
		case a.Kind() == reflect.Struct:
			resolveStruct(a, b, key+".", field)
		case key == field:
			a.Set(b)
		case a.Kind() == reflect.Map && len(field) > len(key) && field[:len(key)+1] == key+".":
			texts, _ := a.Interface().(map[string]string)
			ours, _ := b.Interface().(map[string]string)
			merged := map[string]string{}
			for k, v := range texts {
				merged[k] = v
			}
			name := field[len(key)+1:]
			if merged[name] = ours[name]; ours[name] == "" {
				delete(merged, name)
			}
			a.Set(reflect.ValueOf(merged))
		}
	}
}
