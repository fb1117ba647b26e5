package review

import (
	"reflect"
	"slices"
)

// selectByAgreement compares two reviews field by field and builds a third one: fields in
// which a and b agree have the value of ifEqual, the others that of ifDifferent. A record
// that neither a nor b has is left out; one that only one of them has is that of ifDifferent.
//
// Sync uses it to tell what a session changed from what it read: see File.Sync.
func selectByAgreement(a, b, ifEqual, ifDifferent *Review) *Review {
	valueOf := func(r *Review) reflect.Value { return reflect.ValueOf(r).Elem() }
	selected, _ := selectValue(valueOf(a), valueOf(b), valueOf(ifEqual), valueOf(ifDifferent)).Interface().(Review)
	return (&selected).Clone()
}

func selectValue(a, b, ifEqual, ifDifferent reflect.Value) reflect.Value {
	switch t := a.Type(); {
	case t == reflect.TypeFor[Answer]():
		return selectAnswer(a, b, ifEqual, ifDifferent)
	case t == reflect.TypeFor[[]Waiver]():
		return selectList(a, b, ifEqual, ifDifferent, func(v reflect.Value) string { return v.Interface().(Waiver).id() })
	case t == reflect.TypeFor[[]Topic]():
		return selectList(a, b, ifEqual, ifDifferent, func(v reflect.Value) string { return v.Interface().(Topic).id() })
	case t.Kind() == reflect.Struct:
		selected := reflect.New(t).Elem()
		for i := range a.NumField() {
			selected.Field(i).Set(selectValue(a.Field(i), b.Field(i), ifEqual.Field(i), ifDifferent.Field(i)))
		}
		return selected
	case t.Kind() == reflect.Map:
		selected := reflect.MakeMap(t)
		for _, key := range slices.Concat(a.MapKeys(), b.MapKeys()) {
			if v := selectEntry(a.MapIndex(key), b.MapIndex(key), ifEqual.MapIndex(key), ifDifferent.MapIndex(key)); v.IsValid() {
				selected.SetMapIndex(key, v)
			}
		}
		return selected
	case reflect.DeepEqual(a.Interface(), b.Interface()):
		return ifEqual
	}
	return ifDifferent
}

// selectEntry is selectValue for an entry of a map or list; an invalid value means that the
// entry is missing.
func selectEntry(a, b, ifEqual, ifDifferent reflect.Value) reflect.Value {
	if !a.IsValid() || !b.IsValid() {
		return ifDifferent
	}
	zero := reflect.Zero(a.Type())
	for _, v := range []*reflect.Value{&ifEqual, &ifDifferent} {
		if !v.IsValid() {
			*v = zero
		}
	}
	return selectValue(a, b, ifEqual, ifDifferent)
}

// selectAnswer is selectValue for answers, by groups of fields.
func selectAnswer(a, b, ifEqual, ifDifferent reflect.Value) reflect.Value {
	answerA, _ := a.Interface().(Answer)
	answerB, _ := b.Interface().(Answer)
	selected, _ := ifDifferent.Interface().(Answer)
	from, _ := ifEqual.Interface().(Answer)
	for _, group := range fieldGroups(answerFields) {
		if slices.Equal(groupValues(group, answerA), groupValues(group, answerB)) {
			setGroup(group, &selected, groupValues(group, from))
		}
	}
	if slices.Equal(signatureOf(answerFields, answerA), signatureOf(answerFields, answerB)) {
		copySignature(answerFields, &selected, from)
	}
	return reflect.ValueOf(selected)
}

// selectList is selectValue for lists of records, in the order of a and then b.
func selectList(a, b, ifEqual, ifDifferent reflect.Value, id func(reflect.Value) string) reflect.Value {
	find := func(list reflect.Value, key string) reflect.Value {
		for i := range list.Len() {
			if id(list.Index(i)) == key {
				return list.Index(i)
			}
		}
		return reflect.Value{}
	}
	selected := reflect.Zero(a.Type())
	for _, list := range []reflect.Value{a, b} {
		for i := range list.Len() {
			key := id(list.Index(i))
			if find(selected, key).IsValid() {
				continue
			}
			if v := selectEntry(find(a, key), find(b, key), find(ifEqual, key), find(ifDifferent, key)); v.IsValid() {
				selected = reflect.Append(selected, v)
			}
		}
	}
	return selected
}

// keepLost removes from base the answers, details and topics that the file lost and the
// session still has, so that a merge takes them for additions of the session: a file that is
// put back to an earlier state removes no answer. It returns what is kept in this way, named
// as in SyncResult.Changed, including waivers that base does not have.
func keepLost(base, saved, onDisk, session *Review) (kept []string) {
	keepAnswers := func(base, saved, onDisk, session map[string]Answer) {
		for id := range saved {
			_, inFile := onDisk[id]
			if _, inSession := session[id]; inSession && !inFile {
				kept = append(kept, id)
				delete(base, id)
			}
		}
	}
	keepAnswers(base.Answers, saved.Answers, onDisk.Answers, session.Answers)
	keepAnswers(base.UnansweredDetails, saved.UnansweredDetails, onDisk.UnansweredDetails, session.UnansweredDetails)
	isParked := func(r *Review, t Topic) bool {
		return slices.ContainsFunc(r.Parked, func(u Topic) bool { return t.id() == u.id() })
	}
	base.Parked = slices.DeleteFunc(base.Parked, func(t Topic) bool { return !isParked(onDisk, t) })
	for _, t := range saved.Parked {
		if isParked(session, t) && !isParked(onDisk, t) {
			kept = append(kept, parkedSubject)
		}
	}
	for _, w := range saved.Waivers {
		_, _, inSession := session.Waiver(w.Practice)
		_, _, inFile := onDisk.Waiver(w.Practice)
		if _, _, inBase := base.Waiver(w.Practice); inSession && !inFile && !inBase {
			kept = append(kept, waiverSubject(w))
		}
	}
	slices.Sort(kept)
	return slices.Compact(kept)
}

// replacedIDs lists the answers on disk that have the saved answer in their history: taking
// them loses nothing.
func replacedIDs(saved, onDisk *Review) []string {
	var ids []string
	for id, a := range onDisk.Answers {
		if before, ok := saved.Answers[id]; ok && a.inHistory(before) {
			ids = append(ids, id)
		}
	}
	return ids
}

// inHistory reports whether the history of an answer contains another one.
func (a Answer) inHistory(before Answer) bool {
	return slices.ContainsFunc(a.History, before.equal)
}

// addToHistory adds a replaced answer to the history, unless it is already there.
func (a *Answer) addToHistory(before Answer) {
	if !a.inHistory(before) {
		before = before.Clone()
		before.History = nil
		a.History = mergeHistories(nil, a.History, []Answer{before})
	}
}
