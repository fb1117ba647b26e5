package review

import (
	"maps"
	"slices"
	"strings"
)

// PersonKey is what the spellings of a person's name have in common: case and blanks make
// no difference. It is empty where nobody is named.
func PersonKey(name string) string { return strings.ToLower(strings.Join(strings.Fields(name), " ")) }

// Owners lists who owns something in the review, sorted, each in one spelling: an answer,
// what was said before one, a waiver or a parked topic.
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

// Owns tells whether somebody owns a best practice: its answer, what was said before one,
// its waiver, or a topic that was parked at it names them.
func (r *Review) Owns(owner, practice string) bool {
	key := PersonKey(owner)
	is := func(name string) bool { return key != "" && PersonKey(name) == key }
	w, _, waived := r.Waiver(practice)
	return is(r.Answers[practice].Owner) || is(r.UnansweredDetails[practice].Owner) || waived && is(w.Owner) ||
		slices.ContainsFunc(r.Parked, func(t Topic) bool { return t.Practice == practice && is(t.Owner) })
}
