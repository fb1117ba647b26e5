package review

import (
	"maps"
	"slices"
	"strings"
)

// PersonKey normalises the name of a person: spellings that differ in case and blanks have
// the same key. It is empty for no name.
func PersonKey(name string) string { return strings.ToLower(strings.Join(strings.Fields(name), " ")) }

// Owners lists the owners of answers, details, waivers and parked topics, sorted, each in
// one spelling.
func (r *Review) Owners() []string {
	names := map[string]string{}
	add := func(name string) {
		name = strings.Join(strings.Fields(name), " ")
		if was, ok := names[PersonKey(name)]; name != "" && (!ok || name < was) {
			names[PersonKey(name)] = name
		}
	}
	for _, answers := range []map[string]Answer{r.Answers, r.UnansweredDetails} {
		for _, a := range answers {
			add(a.Owner)
		}
	}
	for _, w := range r.Waivers {
		add(w.Owner)
	}
	for _, t := range r.Parked {
		add(t.Owner)
	}
	return slices.SortedFunc(maps.Values(names), func(a, b string) int { return strings.Compare(PersonKey(a), PersonKey(b)) })
}

// Owns reports whether a person owns the answer, the details or the waiver of a best
// practice, or a topic parked at it.
func (r *Review) Owns(owner, practice string) bool {
	key := PersonKey(owner)
	is := func(name string) bool { return key != "" && PersonKey(name) == key }
	w, _, waived := r.Waiver(practice)
	return is(r.Answers[practice].Owner) || is(r.UnansweredDetails[practice].Owner) || waived && is(w.Owner) ||
		slices.ContainsFunc(r.Parked, func(t Topic) bool { return t.Practice == practice && is(t.Owner) })
}
