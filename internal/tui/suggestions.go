package tui

import (
	"cmp"
	"slices"
	"strings"

	"github.com/iotlens/iotlens/internal/review"
)

// Suggestions complete what is typed from what the review has already: names, reasons,
// dates and evidence, the newest first.

// A pastText is a text in the review and the time at which it was given; empty if unknown.
type pastText struct{ text, at string }

// newestFirst lists texts without duplicates, the newest first.
func newestFirst(list []pastText) []string {
	slices.SortFunc(list, func(a, b pastText) int {
		return cmp.Or(strings.Compare(b.at, a.at), strings.Compare(a.text, b.text))
	})
	var out []string
	for _, s := range list {
		out = appendNew(out, s.text)
	}
	return out
}

// appendNew appends the texts that are not empty and not in the list yet.
func appendNew(list []string, texts ...string) []string {
	for _, text := range texts {
		if text != "" && !slices.Contains(list, text) {
			list = append(list, text)
		}
	}
	return list
}

// textsOfAnswers collects texts from the answers of people and from what is noted about
// the unanswered.
func (s *Session) textsOfAnswers(of func(review.Answer) []string) []pastText {
	var out []pastText
	add := func(a review.Answer, at string) {
		for _, text := range of(a) {
			out = append(out, pastText{text, at})
		}
	}
	for _, a := range s.Walk.Review().Answers {
		if a.By != review.ByProfile {
			add(a, a.At)
		}
	}
	for _, a := range s.Walk.Review().UnansweredDetails {
		add(a, a.At)
	}
	return out
}

// textsOfWaivers collects texts from the waivers.
func (s *Session) textsOfWaivers(of func(review.Waiver) []string) []pastText {
	var out []pastText
	for _, v := range s.Walk.Review().Waivers {
		for _, text := range of(v) {
			out = append(out, pastText{text, v.At})
		}
	}
	return out
}

// knownPeople lists the people in the review: owners, approvers, and who answered.
func (s *Session) knownPeople() []string {
	r := s.Walk.Review()
	list := s.textsOfAnswers(func(a review.Answer) []string { return []string{a.Owner} })
	list = append(list, s.textsOfWaivers(func(v review.Waiver) []string { return []string{v.Owner, v.Approver} })...)
	for _, t := range r.Parked {
		list = append(list, pastText{t.Owner, t.At})
	}
	return appendNew(appendNew(newestFirst(list), s.pastSpeakers()...), r.Workload.ReviewOwner)
}

// pastSpeakers lists who answered, waived or parked something.
func (s *Session) pastSpeakers() []string {
	list := s.textsOfAnswers(func(a review.Answer) []string { return []string{a.By} })
	list = append(list, s.textsOfWaivers(func(v review.Waiver) []string { return []string{v.By} })...)
	for _, t := range s.Walk.Review().Parked {
		list = append(list, pastText{t.By, t.At})
	}
	return newestFirst(list)
}

// suggestions lists earlier values that complete a detail.
func (s *Session) suggestions(d detail) []string {
	switch {
	case d.multiline, d.Kind == review.KindExtent:
		return nil
	case d.isName:
		return s.knownPeople()
	}
	return newestFirst(s.textsOfAnswers(d.Values))
}

// waiverSuggestions lists earlier values that complete a step of a waiver.
func (s *Session) waiverSuggestions(step waiverStep) []string {
	if step.isName {
		return s.knownPeople()
	}
	return newestFirst(s.textsOfWaivers(step.Values))
}

// A recall goes through what was typed and the suggestions that begin with it.
type recall struct {
	list  []string // what was typed, then suggestions
	index int      // in list
}

// hasPrefixFold reports whether a text begins with another one, ignoring case.
func hasPrefixFold(text, typed string) bool {
	return strings.HasPrefix(strings.ToLower(text), strings.ToLower(typed))
}

// newRecall makes a recall that is at what was typed.
func newRecall(suggestions []string, typed string) *recall {
	others := slices.DeleteFunc(slices.Clone(suggestions), func(s string) bool { return s == typed || !hasPrefixFold(s, typed) })
	return &recall{list: append([]string{typed}, others...)}
}

// step goes to an older text, or with -1 to a newer one; false at either end.
func (r *recall) step(by int) (string, bool) {
	to := r.index + by
	if to < 0 || to >= len(r.list) {
		return "", false
	}
	r.index = to
	return r.list[to], true
}
