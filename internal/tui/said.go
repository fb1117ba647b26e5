package tui

import (
	"cmp"
	"slices"
	"strings"

	"github.com/iotlens/iotlens/internal/review"
)

// What is typed can be completed from what was said before in the review: the names,
// reasons, dates and evidence in it, those that were said last first.

// A saying is a text in the review, and when it was said; empty for a time that is not
// known.
type saying struct{ text, at string }

// latestFirst lists sayings, each once, the last first.
func latestFirst(list []saying) []string {
	slices.SortFunc(list, func(a, b saying) int {
		return cmp.Or(strings.Compare(b.at, a.at), strings.Compare(a.text, b.text))
	})
	var out []string
	for _, s := range list {
		out = withNew(out, s.text)
	}
	return out
}

// withNew adds to a list the texts that it lacks, but no empty one.
func withNew(list []string, texts ...string) []string {
	for _, text := range texts {
		if text != "" && !slices.Contains(list, text) {
			list = append(list, text)
		}
	}
	return list
}

// ofAnswers are the texts that a function finds in the answers and in what is said of
// the unanswered.
func (s *Session) ofAnswers(of func(review.Answer) []string) []saying {
	var out []saying
	add := func(a review.Answer, at string) {
		for _, text := range of(a) {
			out = append(out, saying{text, at})
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

// ofWaivers are the texts that a function finds in the waivers.
func (s *Session) ofWaivers(of func(review.Waiver) []string) []saying {
	var out []saying
	for _, v := range s.Walk.Review().Waivers {
		for _, text := range of(v) {
			out = append(out, saying{text, v.At})
		}
	}
	return out
}

// people lists everybody in the review: owners, approvers, and who answered.
func (s *Session) people() []string {
	r := s.Walk.Review()
	list := s.ofAnswers(func(a review.Answer) []string { return []string{a.Owner} })
	list = append(list, s.ofWaivers(func(v review.Waiver) []string { return []string{v.Owner, v.Approver} })...)
	for _, t := range r.Parked {
		list = append(list, saying{t.Owner, t.At})
	}
	return withNew(withNew(latestFirst(list), s.speakers()...), r.Workload.ReviewOwner)
}

// speakers lists who answered, waived or parked something.
func (s *Session) speakers() []string {
	list := s.ofAnswers(func(a review.Answer) []string { return []string{a.By} })
	list = append(list, s.ofWaivers(func(v review.Waiver) []string { return []string{v.By} })...)
	for _, t := range s.Walk.Review().Parked {
		list = append(list, saying{t.By, t.At})
	}
	return latestFirst(list)
}

// said lists what was said before that completes a detail.
func (s *Session) said(d detail) []string {
	switch {
	case d.lines, d.Kind == review.KindExtent:
		return nil
	case d.person:
		return s.people()
	}
	return latestFirst(s.ofAnswers(d.Values))
}

// saidOf lists what was said before that completes a step of a waiver.
func (s *Session) saidOf(step waiverStep) []string {
	if step.person {
		return s.people()
	}
	return latestFirst(s.ofWaivers(step.Values))
}

// A recall goes through what was said before that begins as what was typed.
type recall struct {
	list  []string
	typed string
	at    int // of list; -1: what was typed
}

// begins reports whether a text begins as another one, in any case.
func begins(text, typed string) bool {
	return strings.HasPrefix(strings.ToLower(text), strings.ToLower(typed))
}

// newRecall is a recall at what was typed.
func newRecall(before []string, typed string) recall {
	list := slices.DeleteFunc(slices.Clone(before), func(s string) bool { return s == typed || !begins(s, typed) })
	return recall{list: list, typed: typed, at: -1}
}

// step goes to an older text, or with -1 to a newer one; false at the ends.
func (r *recall) step(by int) (string, bool) {
	to := r.at + by
	if to < -1 || to >= len(r.list) {
		return "", false
	}
	if r.at = to; to < 0 {
		return r.typed, true
	}
	return r.list[to], true
}
