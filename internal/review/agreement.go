package review

import (
	"reflect"
	"slices"
)

// selectByAgreement is a review that has, field by field, what same has where a and b agree, and what
// other has where they differ. A record that neither a nor b has is in neither; one that
// only one of them has is as in other.
//
// It is how a session tells what was said in it from what it read: see File.Sync.
func selectByAgreement(a, b, same, other *Review) *Review {
	of := func(r *Review) reflect.Value { return reflect.ValueOf(r).Elem() }
	out, _ := selectValue(of(a), of(b), of(same), of(other)).Interface().(Review)
	return (&out).Clone()
}

func selectValue(a, b, same, other reflect.Value) reflect.Value {
	switch t := a.Type(); {
	case t == reflect.TypeFor[Answer]():
		return selectAnswer(answerFields, a, b, same, other)
	case t == reflect.TypeFor[[]Waiver]():
		return selectList(a, b, same, other, func(v reflect.Value) string { return v.Interface().(Waiver).Practice })
	case t == reflect.TypeFor[[]Topic]():
		return selectList(a, b, same, other, func(v reflect.Value) string { return v.Interface().(Topic).id() })
	case t.Kind() == reflect.Struct:
		out := reflect.New(t).Elem()
		for i := range a.NumField() {
			out.Field(i).Set(selectValue(a.Field(i), b.Field(i), same.Field(i), other.Field(i)))
		}
		return out
	case t.Kind() == reflect.Map:
		out := reflect.MakeMap(t)
		for _, key := range slices.Concat(a.MapKeys(), b.MapKeys()) {
			if v := selectEntry(a.MapIndex(key), b.MapIndex(key), same.MapIndex(key), other.MapIndex(key)); v.IsValid() {
				out.SetMapIndex(key, v)
			}
		}
		return out
	case reflect.DeepEqual(a.Interface(), b.Interface()):
		return same
	}
	return other
}

// selectEntry is blendValue for what need not be there; invalid stands for nothing.
func selectEntry(a, b, same, other reflect.Value) reflect.Value {
	if !a.IsValid() || !b.IsValid() {
		return other
	}
	zero := reflect.Zero(a.Type())
	for _, v := range []*reflect.Value{&same, &other} {
		if !v.IsValid() {
			*v = zero
		}
	}
	return selectValue(a, b, same, other)
}

// selectAnswer blends the fields of an answer; those that hold only together, as one.
func selectAnswer(fields []Field[Answer], a, b, same, other reflect.Value) reflect.Value {
	x, _ := a.Interface().(Answer)
	y, _ := b.Interface().(Answer)
	out, _ := other.Interface().(Answer)
	from, _ := same.Interface().(Answer)
	for _, group := range fieldGroups(fields) {
		if slices.Equal(groupValues(group, x), groupValues(group, y)) {
			setGroup(group, &out, groupValues(group, from))
		}
	}
	if slices.Equal(signatureOf(fields, x), signatureOf(fields, y)) {
		out.copySignature(from)
	}
	return reflect.ValueOf(out)
}

// selectList blends lists of records, in the order of a and then b.
func selectList(a, b, same, other reflect.Value, id func(reflect.Value) string) reflect.Value {
	find := func(list reflect.Value, key string) reflect.Value {
		for i := range list.Len() {
			if id(list.Index(i)) == key {
				return list.Index(i)
			}
		}
		return reflect.Value{}
	}
	out := reflect.Zero(a.Type())
	for _, list := range []reflect.Value{a, b} {
		for i := range list.Len() {
			key := id(list.Index(i))
			if find(out, key).IsValid() {
				continue
			}
			if v := selectEntry(find(a, key), find(b, key), find(same, key), find(other, key)); v.IsValid() {
				out = reflect.Append(out, v)
			}
		}
	}
	return out
}

// keepLost takes the answers, details and topics that theirs lost out of a base, so that a
// merge keeps those of ours: a file that is put back to an earlier state takes no answer
// from a session. It returns what ours has that saved had and theirs lacks, in the words
// of Synced.Changed; of the waivers those that the base doesn't have.
func keepLost(base, saved, theirs, ours *Review) (kept []string) {
	lost := func(base, saved, theirs, ours map[string]Answer) {
		for id := range saved {
			_, there := theirs[id]
			if _, here := ours[id]; here && !there {
				kept = append(kept, id)
				delete(base, id)
			}
		}
	}
	lost(base.Answers, saved.Answers, theirs.Answers, ours.Answers)
	lost(base.UnansweredDetails, saved.UnansweredDetails, theirs.UnansweredDetails, ours.UnansweredDetails)
	parked := func(r *Review, t Topic) bool {
		return slices.ContainsFunc(r.Parked, func(u Topic) bool { return t.id() == u.id() })
	}
	base.Parked = slices.DeleteFunc(base.Parked, func(t Topic) bool { return !parked(theirs, t) })
	for _, t := range saved.Parked {
		if parked(ours, t) && !parked(theirs, t) {
			kept = append(kept, parkedSubject)
		}
	}
	for _, v := range saved.Waivers {
		_, _, here := ours.Waiver(v.Practice)
		_, _, there := theirs.Waiver(v.Practice)
		if _, _, before := base.Waiver(v.Practice); here && !there && !before {
			kept = append(kept, waiverSubject(v))
		}
	}
	slices.Sort(kept)
	return slices.Compact(kept)
}

// replacedIDs lists the answers of theirs that replaced what was saved: they have it in their
// history, so that taking them loses nothing.
func replacedIDs(saved, theirs *Review) []string {
	var out []string
	for id, t := range theirs.Answers {
		if s, ok := saved.Answers[id]; ok && inHistory(t, s) {
			out = append(out, id)
		}
	}
	return out
}

// inHistory tells whether an answer has another one in its history.
func inHistory(a, before Answer) bool {
	return slices.ContainsFunc(a.History, before.equal)
}

// addToHistory adds an answer that was replaced to the history, unless that has it.
func (a *Answer) addToHistory(before Answer) {
	if !inHistory(*a, before) {
		before = before.Clone()
		before.History = nil
		a.History = mergeHistories(nil, a.History, []Answer{before})
	}
}
