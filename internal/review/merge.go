package review

import (
	"cmp"
	"maps"
	"reflect"
	"slices"
	"strings"

	"github.com/iotlens/iotlens/internal/yamlfile"
)

// A Conflict is a field that two people changed to different values. Merge keeps
// theirs; Resolve takes ours instead.
type Conflict struct {
	Part                 string // the key of the review file: answers, unanswered, waivers, parked, workload, scope, lens_version
	ID                   string // of a record: the best practice, or the parked topic
	Field                string // key of the field; empty: one changed the record, the other took it out
	Base, Current, Other string // as people read them; empty: nothing
}

// Subject is what a conflict is about, such as "LABSEC01-BP01, status".
func (c Conflict) Subject() string {
	part := strings.ReplaceAll(c.Part, "_", " ")
	switch {
	case c.ID == "" && c.Field == "":
		return part
	case c.ID == "":
		return part + ", " + c.Field
	case c.Field == "":
		return strings.TrimSuffix(part, "s") + " " + c.ID
	case c.Part == "answers", c.Part == "unanswered":
		return c.ID + ", " + c.Field
	}
	return strings.TrimSuffix(part, "s") + " " + c.ID + ", " + c.Field
}

// Merge brings what ours changed since base into theirs, by best practice and
// field. What only one of them changed is taken from that one, and lists are joined
// value by value. Where both changed a field to different values, theirs stays, and
// the conflict is returned. A record that one took out and the other changed stays,
// and is a conflict as well. None of the three reviews is changed.
//
// Status, reason and extent are one field here, as each goes with a status only. Who
// said it and when comes from the later of two changes of a record, and from theirs where
// they conflict; an answer that was only confirmed is changed where nobody changed more.
// What came from a template and was confirmed stays confirmed, and is a conflict where the
// template says something else by then. The histories of an answer are joined.
func Merge(base, theirs, ours *Review) (*Review, []Conflict) {
	out, conflicts := mergeKeepingDetails(base, theirs, ours)
	conflicts = slices.DeleteFunc(conflicts, func(c Conflict) bool {
		_, answered := out.Answers[c.ID]
		return c.Part == "unanswered" && answered // it becomes part of the answer
	})
	out.moveDetailsToAnswers()
	return out, conflicts
}

// mergeKeepingDetails is Merge that leaves what was said before an answer beside the answer.
func mergeKeepingDetails(base, theirs, ours *Review) (*Review, []Conflict) {
	m := merger{}
	out := theirs.Clone()
	if ours.LensRevision != base.LensRevision && ours.LensRevision > theirs.LensRevision {
		out.LensRevision, out.LensDigest = ours.LensRevision, ours.LensDigest
	}
	out.LensVersion = m.mergeText("lens_version", "", base.LensVersion, theirs.LensVersion, ours.LensVersion)
	for _, part := range []string{"template", "workload", "notes", "wa", "scope"} {
		index := yamlfile.FieldByKey(reflect.TypeFor[Review](), part).Index
		of := func(r *Review) reflect.Value { return reflect.ValueOf(r).Elem().FieldByIndex(index) }
		m.mergeStruct(part, "", of(base), of(theirs), of(ours), of(out))
	}
	out.Answers = m.mergeAnswers("answers", base.Answers, theirs.Answers, ours.Answers)
	out.UnansweredDetails = m.mergeAnswers("unanswered", base.UnansweredDetails, theirs.UnansweredDetails, ours.UnansweredDetails)
	out.Waivers = mergeList(&m, "waivers", waiverFields, base.Waivers, theirs.Waivers, ours.Waivers, func(w Waiver) string { return w.Practice })
	out.Parked = mergeList(&m, "parked", topicFields, base.Parked, theirs.Parked, ours.Parked, Topic.id)
	out.WithoutPlace = mergeWithoutPlace(base.WithoutPlace, theirs.WithoutPlace, ours.WithoutPlace)
	return out, m.conflicts
}

// mergeWithoutPlace merges what an upgrade kept: only upgrades and people add to it. What both
// changed differently is there twice.
func mergeWithoutPlace(base, theirs, ours []AnswerWithoutPlace) []AnswerWithoutPlace {
	has := func(list []AnswerWithoutPlace, n AnswerWithoutPlace) bool {
		return slices.ContainsFunc(list, func(m AnswerWithoutPlace) bool { return reflect.DeepEqual(m, n) })
	}
	var out []AnswerWithoutPlace
	for _, n := range theirs {
		if !has(base, n) || has(ours, n) {
			out = append(out, clone(n))
		}
	}
	for _, n := range ours {
		if !has(base, n) && !has(theirs, n) {
			out = append(out, clone(n))
		}
	}
	return out
}

// id is what two versions of a parked topic have in common.
func (t Topic) id() string {
	if t.Practice == "" {
		return t.Topic
	}
	return t.Topic + " (" + t.Practice + ")"
}

type merger struct{ conflicts []Conflict }

func (m *merger) mergeText(part, field, base, theirs, ours string) string {
	got, ok := mergeValues([]string{base}, []string{theirs}, []string{ours}, false)
	if !ok {
		m.conflicts = append(m.conflicts, Conflict{Part: part, Field: field, Base: base, Current: theirs, Other: ours})
	}
	return got[0]
}

// mergeValues is the value of a field that two people may have changed; false where
// they changed it to different ones, and a list was not to be joined.
func mergeValues(base, theirs, ours []string, join bool) ([]string, bool) {
	switch {
	case slices.Equal(ours, base), slices.Equal(ours, theirs):
		return theirs, true
	case slices.Equal(theirs, base):
		return ours, true
	case !join:
		return theirs, false
	}
	out := slices.DeleteFunc(slices.Clone(theirs), func(s string) bool { return slices.Contains(base, s) && !slices.Contains(ours, s) })
	for _, s := range ours {
		if !slices.Contains(base, s) && !slices.Contains(out, s) {
			out = append(out, s)
		}
	}
	return out, true
}

func (m *merger) mergeAnswers(part string, base, theirs, ours map[string]Answer) map[string]Answer {
	out := map[string]Answer{}
	for _, id := range unionKeys(theirs, ours) {
		b, wasThere := base[id]
		t, inTheirs := theirs[id]
		o, inOurs := ours[id]
		versions, there := [3]Answer{b, t, o}, [3]bool{wasThere, inTheirs, inOurs}
		a, keep := mergeRecord(m, part, id, answerFields, versions, there)
		if more := slices.Concat(t.History, o.History); !keep && slices.ContainsFunc(more, func(h Answer) bool { return !inHistory(b, h) }) {
			a, keep = removalConflict(m, part, id, answerFields, versions, there), true
		}
		if !keep {
			continue
		}
		if inTheirs && inOurs {
			m.keepConfirmation(part, id, &a, versions)
			a.History = mergeHistories(b.History, t.History, o.History)
		}
		out[id] = a.Clone()
	}
	if len(out) == 0 {
		return nil
	}
	return out
}

// keepConfirmation has a merged answer stay confirmed that only one of two confirmed. Where that
// one confirmed what the template of the other one says no longer, it is a conflict.
func (m *merger) keepConfirmation(part, id string, merged *Answer, v [3]Answer) {
	base, theirs, ours := v[0], v[1], v[2]
	confirmed, copied := theirs, ours
	if theirs.Unconfirmed() {
		confirmed, copied = ours, theirs
	}
	if confirmed.Unconfirmed() || !copied.Unconfirmed() || confirmed.equal(base) {
		return
	}
	status := fieldGroups(answerFields)[0]
	switch said := groupValues(status, confirmed); {
	case slices.Equal(said, groupValues(status, copied)):
		merged.copySignature(confirmed)
	case !slices.Equal(said, groupValues(status, *merged)) && slices.Equal(said, groupValues(status, base)):
		m.conflicts = append(m.conflicts, Conflict{
			Part: part, ID: id, Field: status[0].Key, Base: describe(status, base), Current: describe(status, theirs), Other: describe(status, ours),
		})
		setGroup(status, merged, groupValues(status, theirs))
		merged.copySignature(theirs)
	}
}

// unionKeys lists the keys that one of two maps has, sorted.
func unionKeys[T any](a, b map[string]T) []string {
	keys := slices.AppendSeq(slices.Collect(maps.Keys(a)), maps.Keys(b))
	slices.Sort(keys)
	return slices.Compact(keys)
}

// mergeHistories joins what two histories have, or added to that of base, oldest first. What
// one of them has no more, as a milestone has it, is gone.
func mergeHistories(base, theirs, ours []Answer) []Answer {
	has := func(list []Answer, a Answer) bool { return inHistory(Answer{History: list}, a) }
	left := func(list, other []Answer) []Answer {
		return slices.DeleteFunc(slices.Clone(list), func(a Answer) bool { return has(base, a) && !has(other, a) })
	}
	out := left(theirs, ours)
	added := slices.DeleteFunc(left(ours, theirs), func(a Answer) bool { return has(out, a) })
	if len(added) == 0 {
		return out
	}
	if len(out) == 0 {
		return added
	}
	out = append(out, added...)
	slices.SortStableFunc(out, func(a, b Answer) int { return cmp.Compare(a.At, b.At) })
	return out
}

// mergeList merges records that stand in a list, in the order of theirs and then ours.
func mergeList[T any](m *merger, part string, fields []Field[T], base, theirs, ours []T, id func(T) string) []T {
	var out []T
	seen := map[string]bool{}
	for _, r := range slices.Concat(theirs, ours) {
		key := id(r)
		if seen[key] {
			continue
		}
		seen[key] = true
		var versions [3]T
		var there [3]bool
		for i, records := range [][]T{base, theirs, ours} {
			if at := slices.IndexFunc(records, func(r T) bool { return id(r) == key }); at >= 0 {
				versions[i], there[i] = records[at], true
			}
		}
		if merged, keep := mergeRecord(m, part, key, fields, versions, there); keep {
			out = append(out, merged)
		}
	}
	return out
}

// mergeRecord merges one record, of which there is a version in base, theirs and ours;
// there tells which of them have it.
func mergeRecord[T any](m *merger, part, id string, fields []Field[T], v [3]T, there [3]bool) (merged T, keep bool) {
	base, theirs, ours := v[0], v[1], v[2]
	theyChanged, weChanged := len(differingFields(fields, base, theirs)) > 0, len(differingFields(fields, base, ours)) > 0
	weSigned, theySigned := !slices.Equal(signatureOf(fields, ours), signatureOf(fields, base)), !slices.Equal(signatureOf(fields, theirs), signatureOf(fields, base))
	switch {
	case !there[0] && !there[1]:
		return ours, true
	case !there[0] && !there[2]:
		return theirs, true
	case !there[1] && !there[2], !there[1] && !weChanged && !weSigned, !there[2] && !theyChanged && !theySigned:
		return merged, false // taken out
	case !there[1] || !there[2]:
		return removalConflict(m, part, id, fields, v, there), true
	}
	merged = theirs
	before := len(m.conflicts)
	for _, group := range fieldGroups(fields) {
		got, ok := mergeValues(groupValues(group, base), groupValues(group, theirs), groupValues(group, ours), group[0].Kind == KindList)
		if !ok {
			m.conflicts = append(m.conflicts, Conflict{
				Part: part, ID: id, Field: group[0].Key, Base: describe(group, base), Current: describe(group, theirs), Other: describe(group, ours),
			})
			continue
		}
		setGroup(group, &merged, got)
	}
	later := weChanged == theyChanged && signedAt(fields, ours) >= signedAt(fields, theirs)
	agreed := len(m.conflicts) == before // else what stands is theirs
	if weSigned && (!theySigned || weChanged && !theyChanged || later) && agreed {
		for _, f := range fields {
			if f.Signature {
				f.Set(&merged, f.Values(ours)...)
			}
		}
	}
	return merged, true
}

// removalConflict is a record that one took out and the other changed: it stays, and is a conflict.
func removalConflict[T any](m *merger, part, id string, fields []Field[T], v [3]T, there [3]bool) T {
	m.conflicts = append(m.conflicts, Conflict{Part: part, ID: id, Base: describe(fields, v[0]), Current: describe(fields, v[1]), Other: describe(fields, v[2])})
	if there[1] {
		return v[1]
	}
	return v[2]
}

// fieldGroups are the fields that say something, those together that hold only together.
func fieldGroups[T any](fields []Field[T]) [][]Field[T] {
	var out [][]Field[T]
	for _, f := range fields {
		switch {
		case f.Signature:
		case f.OnlyWithStatus != Unanswered:
			out[0] = append(out[0], f)
		default:
			out = append(out, []Field[T]{f})
		}
	}
	return out
}

// groupValues are those of a group: one for each text, or those of its list.
func groupValues[T any](group []Field[T], v T) []string {
	if group[0].Kind == KindList {
		return group[0].Values(v)
	}
	var out []string
	for _, f := range group {
		out = append(out, strings.Join(f.Values(v), ""))
	}
	return out
}

func setGroup[T any](group []Field[T], into *T, values []string) {
	if group[0].Kind == KindList {
		group[0].Set(into, values...)
		return
	}
	for i, f := range group {
		f.Set(into, values[i])
	}
}

// describe is what fields hold, for people.
func describe[T any](fields []Field[T], v T) string {
	var out []string
	for _, f := range fields {
		if s := f.Text(v); s != "" && !f.Signature && len(f.Values(v)) > 0 {
			out = append(out, s)
		}
	}
	return strings.Join(out, ": ")
}

// signatureOf is who recorded something, and when.
func signatureOf[T any](fields []Field[T], v T) []string {
	var out []string
	for _, f := range fields {
		if f.Signature {
			out = append(out, f.Text(v))
		}
	}
	return out
}

func signedAt[T any](fields []Field[T], v T) string {
	for _, f := range fields {
		if f.Kind == KindTime {
			return f.Text(v)
		}
	}
	return ""
}
