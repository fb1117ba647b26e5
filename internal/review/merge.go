package review

import (
	"cmp"
	"maps"
	"reflect"
	"slices"
	"strings"

	"github.com/iotlens/iotlens/internal/yamlfile"
)

// A Conflict is a field that two versions of a review changed to different values, or a
// record that one of them changed and the other removed. Merge keeps the value of the
// current version; Resolve can take that of the other one instead.
type Conflict struct {
	Part                 string // key in the review file: answers, unanswered, waivers, parked, workload, scope, lens_version
	ID                   string // best practice id, or name of the parked topic; empty outside of records
	Field                string // key of the field; empty if one version removed the record
	Base, Current, Other string // the values as text for people; empty if there is none
}

// Subject names what the conflict is about, such as "LABSEC01-BP01, status".
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

// Merge merges two versions of a review that were both changed since base, by best practice
// and field. A change made in only one version is taken; lists are merged value by value.
// If both changed a field to different values, the current value is kept and a conflict is
// returned. A record that one version removed and the other changed is kept, and is a
// conflict as well. The arguments are not changed.
//
// Status, reason and extent count as one field, since reason and extent depend on the
// status. By and At are those of the later change, or of the current version if there is a
// conflict. A confirmed answer stays confirmed; it is a conflict if its template has a
// different answer by now. Histories are combined.
func Merge(base, current, other *Review) (*Review, []Conflict) {
	merged, conflicts := mergeKeepingDetails(base, current, other)
	conflicts = slices.DeleteFunc(conflicts, func(c Conflict) bool {
		_, answered := merged.Answers[c.ID]
		return c.Part == "unanswered" && answered // the details become part of the answer
	})
	merged.moveDetailsToAnswers()
	return merged, conflicts
}

// mergeKeepingDetails is Merge without moving details into the answers given meanwhile.
func mergeKeepingDetails(base, current, other *Review) (*Review, []Conflict) {
	m := merger{}
	merged := current.Clone()
	if other.LensRevision != base.LensRevision && other.LensRevision > current.LensRevision {
		merged.LensRevision, merged.LensDigest = other.LensRevision, other.LensDigest
	}
	merged.LensVersion = m.mergeText("lens_version", "", base.LensVersion, current.LensVersion, other.LensVersion)
	for _, part := range []string{"template", "workload", "notes", "wa", "scope"} {
		m.mergeStruct(part, "", partValue(base, part), partValue(current, part), partValue(other, part), partValue(merged, part))
	}
	merged.Answers = m.mergeAnswers("answers", base.Answers, current.Answers, other.Answers)
	merged.UnansweredDetails = m.mergeAnswers("unanswered", base.UnansweredDetails, current.UnansweredDetails, other.UnansweredDetails)
	merged.Waivers = mergeList(&m, "waivers", waiverFields, base.Waivers, current.Waivers, other.Waivers, Waiver.id)
	merged.Parked = mergeList(&m, "parked", topicFields, base.Parked, current.Parked, other.Parked, Topic.id)
	merged.WithoutPlace = mergeWithoutPlace(base.WithoutPlace, current.WithoutPlace, other.WithoutPlace)
	return merged, m.conflicts
}

// partValue returns the field of a review with a key, such as "workload".
func partValue(r *Review, key string) reflect.Value {
	return reflect.ValueOf(r).Elem().FieldByIndex(yamlfile.FieldByKey(reflect.TypeFor[Review](), key).Index)
}

// mergeWithoutPlace merges the answers that upgrades kept. An entry that both versions
// changed differently appears twice.
func mergeWithoutPlace(base, current, other []AnswerWithoutPlace) []AnswerWithoutPlace {
	contains := func(list []AnswerWithoutPlace, a AnswerWithoutPlace) bool {
		return slices.ContainsFunc(list, func(b AnswerWithoutPlace) bool { return reflect.DeepEqual(a, b) })
	}
	var merged []AnswerWithoutPlace
	for _, a := range current {
		if !contains(base, a) || contains(other, a) {
			merged = append(merged, clone(a))
		}
	}
	for _, a := range other {
		if !contains(base, a) && !contains(current, a) {
			merged = append(merged, clone(a))
		}
	}
	return merged
}

// id identifies a waiver across versions of a review.
func (w Waiver) id() string { return w.Practice }

// id identifies a parked topic across versions of a review.
func (t Topic) id() string {
	if t.Practice == "" {
		return t.Topic
	}
	return t.Topic + " (" + t.Practice + ")"
}

// A merger collects the conflicts of a merge.
type merger struct{ conflicts []Conflict }

// A threeWay has the versions of one record. A version that lacks the record is zero.
type threeWay[T any] struct {
	base, current, other       T
	inBase, inCurrent, inOther bool
}

func addConflict[T any](m *merger, part, id, field string, fields []Field[T], v threeWay[T]) {
	m.conflicts = append(m.conflicts, Conflict{
		Part: part, ID: id, Field: field, Base: describe(fields, v.base), Current: describe(fields, v.current), Other: describe(fields, v.other),
	})
}

func (m *merger) mergeText(part, field, base, current, other string) string {
	merged, ok := mergeValues([]string{base}, []string{current}, []string{other}, false)
	if !ok {
		m.conflicts = append(m.conflicts, Conflict{Part: part, Field: field, Base: base, Current: current, Other: other})
	}
	return merged[0]
}

// mergeValues merges the values of one field. It returns the current values and false if
// both versions changed them differently, unless isList allows to combine them.
func mergeValues(base, current, other []string, isList bool) (merged []string, ok bool) {
	switch {
	case slices.Equal(other, base), slices.Equal(other, current):
		return current, true
	case slices.Equal(current, base):
		return other, true
	case !isList:
		return current, false
	}
	merged = slices.DeleteFunc(slices.Clone(current), func(s string) bool { return slices.Contains(base, s) && !slices.Contains(other, s) })
	for _, s := range other {
		if !slices.Contains(base, s) && !slices.Contains(merged, s) {
			merged = append(merged, s)
		}
	}
	return merged, true
}

func (m *merger) mergeAnswers(part string, base, current, other map[string]Answer) map[string]Answer {
	merged := map[string]Answer{}
	for _, id := range unionKeys(current, other) {
		var v threeWay[Answer]
		v.base, v.inBase = base[id]
		v.current, v.inCurrent = current[id]
		v.other, v.inOther = other[id]
		a, keep := mergeRecord(m, part, id, answerFields, v)
		if histories := slices.Concat(v.current.History, v.other.History); !keep && slices.ContainsFunc(histories, func(h Answer) bool { return !v.base.inHistory(h) }) {
			a, keep = keepRemoved(m, part, id, answerFields, v), true
		}
		if !keep {
			continue
		}
		if v.inCurrent && v.inOther {
			m.keepConfirmation(part, id, &a, v)
			a.History = mergeHistories(v.base.History, v.current.History, v.other.History)
		}
		merged[id] = a.Clone()
	}
	if len(merged) == 0 {
		return nil
	}
	return merged
}

// keepConfirmation keeps a merged answer confirmed if one version confirmed it and the other
// has it unconfirmed from a template. It is a conflict if the template has changed its answer
// since.
func (m *merger) keepConfirmation(part, id string, merged *Answer, v threeWay[Answer]) {
	confirmed, unconfirmed := v.current, v.other
	if v.current.Unconfirmed() {
		confirmed, unconfirmed = v.other, v.current
	}
	if confirmed.Unconfirmed() || !unconfirmed.Unconfirmed() || confirmed.equal(v.base) {
		return
	}
	status := fieldGroups(answerFields)[0]
	switch values := groupValues(status, confirmed); {
	case slices.Equal(values, groupValues(status, unconfirmed)):
		copySignature(answerFields, merged, confirmed)
	case !slices.Equal(values, groupValues(status, *merged)) && slices.Equal(values, groupValues(status, v.base)):
		addConflict(m, part, id, status[0].Key, status, v)
		setGroup(status, merged, groupValues(status, v.current))
		copySignature(answerFields, merged, v.current)
	}
}

// unionKeys returns the keys of both maps, sorted.
func unionKeys[T any](a, b map[string]T) []string {
	keys := slices.AppendSeq(slices.Collect(maps.Keys(a)), maps.Keys(b))
	slices.Sort(keys)
	return slices.Compact(keys)
}

// mergeHistories merges the histories of an answer, oldest first. An entry that one version
// removed, as taking a milestone does, stays removed.
func mergeHistories(base, current, other []Answer) []Answer {
	contains := func(list []Answer, a Answer) bool { return slices.ContainsFunc(list, a.equal) }
	notRemovedIn := func(version, list []Answer) []Answer {
		return slices.DeleteFunc(slices.Clone(list), func(a Answer) bool { return contains(base, a) && !contains(version, a) })
	}
	merged := notRemovedIn(other, current)
	added := slices.DeleteFunc(notRemovedIn(current, other), func(a Answer) bool { return contains(merged, a) })
	if len(added) == 0 {
		return merged
	}
	if len(merged) == 0 {
		return added
	}
	merged = append(merged, added...)
	slices.SortStableFunc(merged, func(a, b Answer) int { return cmp.Compare(a.At, b.At) })
	return merged
}

// mergeList merges lists of records: those of the current version in its order, then those
// that only the other one has.
func mergeList[T any](m *merger, part string, fields []Field[T], base, current, other []T, id func(T) string) []T {
	var merged []T
	seen := map[string]bool{}
	for _, r := range slices.Concat(current, other) {
		key := id(r)
		if seen[key] {
			continue
		}
		seen[key] = true
		find := func(records []T) (record T, ok bool) {
			if i := slices.IndexFunc(records, func(r T) bool { return id(r) == key }); i >= 0 {
				return records[i], true
			}
			return record, false
		}
		var v threeWay[T]
		v.base, v.inBase = find(base)
		v.current, v.inCurrent = find(current)
		v.other, v.inOther = find(other)
		if record, keep := mergeRecord(m, part, key, fields, v); keep {
			merged = append(merged, record)
		}
	}
	return merged
}

// mergeRecord merges the versions of one record; keep is false if it was removed.
func mergeRecord[T any](m *merger, part, id string, fields []Field[T], v threeWay[T]) (merged T, keep bool) {
	currentChanged, otherChanged := len(differingFields(fields, v.base, v.current)) > 0, len(differingFields(fields, v.base, v.other)) > 0
	baseSignature := signatureOf(fields, v.base)
	currentSigned, otherSigned := !slices.Equal(signatureOf(fields, v.current), baseSignature), !slices.Equal(signatureOf(fields, v.other), baseSignature)
	switch {
	case !v.inBase && !v.inCurrent:
		return v.other, true
	case !v.inBase && !v.inOther:
		return v.current, true
	case !v.inCurrent && !v.inOther, !v.inCurrent && !otherChanged && !otherSigned, !v.inOther && !currentChanged && !currentSigned:
		return merged, false
	case !v.inCurrent || !v.inOther:
		return keepRemoved(m, part, id, fields, v), true
	}
	merged = v.current
	conflicts := len(m.conflicts)
	for _, group := range fieldGroups(fields) {
		values, ok := mergeValues(groupValues(group, v.base), groupValues(group, v.current), groupValues(group, v.other), group[0].Kind == KindList)
		if !ok {
			addConflict(m, part, id, group[0].Key, group, v)
			continue
		}
		setGroup(group, &merged, values)
	}
	otherIsLater := otherChanged == currentChanged && signedAt(fields, v.other) >= signedAt(fields, v.current)
	if otherSigned && (!currentSigned || otherChanged && !currentChanged || otherIsLater) && len(m.conflicts) == conflicts {
		copySignature(fields, &merged, v.other)
	}
	return merged, true
}

// keepRemoved returns a record that one version removed and the other changed, and adds the
// conflict.
func keepRemoved[T any](m *merger, part, id string, fields []Field[T], v threeWay[T]) T {
	addConflict(m, part, id, "", fields, v)
	if v.inCurrent {
		return v.current
	}
	return v.other
}

// fieldGroups returns the fields of a record without its signature, in groups that are only
// valid together: the status with what depends on it, and each other field by itself.
func fieldGroups[T any](fields []Field[T]) [][]Field[T] {
	var groups [][]Field[T]
	for _, f := range fields {
		switch {
		case f.Signature:
		case f.OnlyWithStatus != Unanswered:
			groups[0] = append(groups[0], f)
		default:
			groups = append(groups, []Field[T]{f})
		}
	}
	return groups
}

// groupValues returns the values of a group: one for each text field, or the entries of its
// list.
func groupValues[T any](group []Field[T], v T) []string {
	if group[0].Kind == KindList {
		return group[0].Values(v)
	}
	var values []string
	for _, f := range group {
		values = append(values, strings.Join(f.Values(v), ""))
	}
	return values
}

// setGroup sets the fields of a group to values as groupValues returns them.
func setGroup[T any](group []Field[T], to *T, values []string) {
	if group[0].Kind == KindList {
		group[0].Set(to, values...)
		return
	}
	for i, f := range group {
		f.Set(to, values[i])
	}
}

// copyGroups copies the group of fields that begins with a key; all groups if key is empty.
func copyGroups[T any](fields []Field[T], key string, to *T, from T) {
	for _, group := range fieldGroups(fields) {
		if key == "" || group[0].Key == key {
			setGroup(group, to, groupValues(group, from))
		}
	}
}

// copySignature copies who recorded a record, and when.
func copySignature[T any](fields []Field[T], to *T, from T) {
	for _, f := range fields {
		if f.Signature {
			f.Set(to, f.Values(from)...)
		}
	}
}

// describe returns the values of the fields as text for people.
func describe[T any](fields []Field[T], v T) string {
	var texts []string
	for _, f := range fields {
		if text := f.Text(v); text != "" && !f.Signature && len(f.Values(v)) > 0 {
			texts = append(texts, text)
		}
	}
	return strings.Join(texts, ": ")
}

// signatureOf returns who recorded a record, and when.
func signatureOf[T any](fields []Field[T], v T) []string {
	var signature []string
	for _, f := range fields {
		if f.Signature {
			signature = append(signature, f.Text(v))
		}
	}
	return signature
}

// signedAt returns when a record was recorded.
func signedAt[T any](fields []Field[T], v T) string {
	for _, f := range fields {
		if f.Kind == KindTime {
			return f.Text(v)
		}
	}
	return ""
}
