package tui

import (
	"cmp"
	"slices"
	"strings"

	"github.com/iotlens/iotlens/internal/review"
)

// What is typed can be completed from what was said before in the review: the names,
// reasons, dates and evidence in it, those that were said last first.

// A pastText is a text in the review, and when it was said; empty for a time that is not
// known.
type pastText struct{ text, at string }

// newestFirst lists sayings, each once, the last first.
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

// appendNew adds to a list the texts that it lacks, but no empty one.
func appendNew(list []string, texts ...string) []string {
	for _, text := range texts {
		if text != "" && !slices.Contains(list, text) {
			list = append(list, text)
		}
	}
	return list
}

// textsOfAnswers are the texts that a function finds in the answers and in what is said of
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

// textsOfWaivers are the texts that a function finds in the waivers.
func (s *Session) textsOfWaivers(of func(review.Waiver) []string) []pastText {
	var out []pastText
	for _, v := range s.Walk.Review().Waivers {
		for _, text := range of(v) {
			out = append(out, pastText{text, v.At})
		}
	}
	return out
}

// knownPeople lists everybody in the review: owners, approvers, and who answered.
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

// suggestions lists what was said before that completes a detail.
func (s *Session) suggestions(d detail) []string {
	switch {
	case d.multiline, d.Kind == review.KindExtent:
		return nil
	case d.isName:
		return s.knownPeople()
	}
	return newestFirst(s.textsOfAnswers(d.Values))
}

// waiverSuggestions lists what was said before that completes a step of a waiver.
func (s *Session) waiverSuggestions(step waiverStep) []string {
	if step.isName {
		return s.knownPeople()
	}
	return newestFirst(s.textsOfWaivers(step.Values))
}

// A recall goes through what was said before that begins as what was typed.
type recall struct {
	list  []string
	typed string
	index int // of list; -1: what was typed
}

// hasPrefixFold reports whether a text begins as another one, in any case.
func hasPrefixFold(text, typed string) bool {
	return strings.HasPrefix(strings.ToLower(text), strings.ToLower(typed))
}

// newRecall is a recall at what was typed.
func newRecall(before []string, typed string) recall {
	list := slices.DeleteFunc(slices.Clone(before), func(s string) bool { return s == typed || !hasPrefixFold(s, typed) })
	return recall{list: list, typed: typed, index: -1}
}

// step goes to an older text, or with -1 to a newer one; false at the ends.
func (r *recall) step(by int) (string, bool) {
	to := r.index + by
	if to < -1 || to >= len(r.list) {
		return "", false
	}
	if r.index = to; to < 0 {
		return r.typed, true
	}
	return r.list[to], true
}
