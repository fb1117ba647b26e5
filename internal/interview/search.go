package interview

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/iotlens/iotlens/internal/lens"
	"github.com/iotlens/iotlens/internal/review"
)

// A MatchPart is the part of a question or best practice that matches a search.
type MatchPart string

// The parts, in the order in which hits are listed.
const (
	InID    MatchPart = "id"
	InTitle MatchPart = "title"
	InAsk   MatchPart = "question"
	InNote  MatchPart = "note" // also reason, owner and evidence, waivers and parked topics
	InText  MatchPart = "text" // of the bank: why, how, probes and so on
)

var matchParts = []MatchPart{InID, InTitle, InAsk, InNote, InText}

// A Hit is a question, a best practice or a parked topic that matches a search.
type Hit struct {
	Question   *lens.Question // nil for a topic without a best practice
	Practice   *lens.Practice // nil if the question itself matches
	Topic      int            // index of the parked topic; -1 for other hits
	Part       MatchPart      // the last part that was needed to match all words
	Snippet    string         // text around a word, in one line
	MatchRange [2]int         // of the word in Snippet, in bytes
	Stop       int            // index of the stop; -1 if it is not on the walk
}

// ID returns the id of the best practice or else of the question; empty if there is
// neither.
func (h Hit) ID() string {
	switch {
	case h.Practice != nil:
		return h.Practice.ID
	case h.Question != nil:
		return h.Question.ID
	}
	return ""
}

// Search finds the questions, best practices and parked topics that have all words of a
// query, in any case and within words: in ids, titles, texts of the bank, notes, owners,
// evidence. They are ordered by the part that matches, then in lens order. At least one
// word must match a best practice itself; the others can match its question.
func (w *Walk) Search(query string) []Hit {
	hits := Search(w.lens, w.review, query)
	for i, h := range hits {
		hits[i].Stop = slices.IndexFunc(w.stops, func(s Stop) bool {
			return s.Question == h.Question && (h.Practice == nil || s.Practice == h.Practice)
		})
	}
	return hits
}

// Search is Walk.Search without a walk: Stop is -1 in every hit.
func Search(l *lens.Lens, r *review.Review, query string) []Hit {
	words := strings.Fields(fold(strings.ToValidUTF8(query, "")))
	var hits []Hit
	add := func(h Hit, own, context []searchText) {
		h.Stop = -1
		if h.match(own, context, words) {
			hits = append(hits, h)
		}
	}
	for i := range l.Questions {
		q := &l.Questions[i]
		asked := []searchText{
			newSearchText(InID, q.ID), newSearchText(InTitle, q.Title), newSearchText(InTitle, q.Topic), newSearchText(InAsk, q.AskFor(r.Workload.Profile.Segment)), newSearchText(InText, q.Description), newSearchText(InText, q.Help),
		}
		add(Hit{Question: q, Topic: -1}, asked, nil)
		for j := range q.Practices {
			p := &q.Practices[j]
			own := slices.Concat([]searchText{newSearchText(InID, p.ID), newSearchText(InTitle, p.Title)}, recordTexts(r, p.ID), bankTexts(l, p))
			add(Hit{Question: q, Practice: p, Topic: -1}, own, asked)
		}
	}
	for i, t := range r.Parked {
		h := Hit{Topic: i}
		if p, ok := l.Practice(t.Practice); ok {
			h.Practice = p
			h.Question, _ = l.Question(p.Question)
		}
		add(h, []searchText{newSearchText(InNote, t.Topic), newSearchText(InNote, t.Owner), newSearchText(InNote, t.By)}, nil)
	}
	slices.SortStableFunc(hits, func(a, b Hit) int { return partRank(a.Part) - partRank(b.Part) })
	return hits
}

func partRank(w MatchPart) int { return slices.Index(matchParts, w) }

// A searchText is a text with its lower-case form, which has the same byte offsets.
type searchText struct {
	part         MatchPart
	text, folded string
}

func newSearchText(w MatchPart, s string) searchText {
	s = strings.Join(strings.Fields(strings.ToValidUTF8(s, "?")), " ")
	return searchText{part: w, text: s, folded: fold(s)}
}

// bankTexts returns the texts of the bank about a best practice.
func bankTexts(l *lens.Lens, p *lens.Practice) []searchText {
	texts := []string{p.Why, l.PillarName(p.Pillar)}
	for _, h := range p.How {
		texts = append(texts, h.Do)
	}
	to := p.AppliesTo
	texts = slices.Concat(texts, p.Probes, p.Evidence, p.RedFlags, p.Services, p.Relates, p.Scenarios, p.Lifecycle,
		to.DeviceClasses, to.Protocols, to.Segments, to.Power, to.Connectivity, []string{p.OwnSeverity.Why})
	for _, id := range p.Layers {
		texts = append(texts, l.LayerName(id))
	}
	for _, r := range p.Resources {
		texts = append(texts, r.Title)
	}
	var parts []searchText
	for _, t := range texts {
		parts = append(parts, newSearchText(InText, t))
	}
	return parts
}

// recordTexts returns the texts of the answer and the waiver of a best practice.
func recordTexts(r *review.Review, practice string) []searchText {
	var parts []searchText
	if a, ok := r.Answers[practice]; ok {
		parts = fieldTexts(review.AnswerFields(), a)
	}
	if v, _, ok := r.Waiver(practice); ok {
		parts = append(parts, fieldTexts(review.WaiverFields(), v)...)
	}
	return parts
}

// fieldTexts returns the texts of a record.
func fieldTexts[T any](fields []review.Field[T], record T) []searchText {
	var parts []searchText
	for _, f := range fields {
		if f.Kind != review.KindText && f.Kind != review.KindList {
			continue // only words are searched, not dates and the like
		}
		for _, t := range f.Values(record) {
			parts = append(parts, newSearchText(InNote, t))
		}
	}
	return parts
}

// match looks for all words in the texts, which are in the order of matchParts. At least
// one word must be in own. Part, Snippet and MatchRange are those of the last part that was
// needed.
func (h *Hit) match(own, context []searchText, words []string) bool {
	for _, word := range words {
		has := func(p searchText) bool { return p.index(word) >= 0 }
		i := slices.IndexFunc(own, has)
		switch {
		case i < 0 && !slices.ContainsFunc(context, has):
			return false
		case i >= 0 && (h.Part == "" || partRank(own[i].part) > partRank(h.Part)):
			h.Part = own[i].part
			h.Snippet, h.MatchRange = snippet(own[i].text, own[i].index(word), len(word))
		}
	}
	return h.Part != ""
}

// index returns the offset of a word, or -1. In ids the underscores of the WA Tool match
// hyphens.
func (p searchText) index(word string) int {
	if p.part == InID {
		word = strings.ReplaceAll(word, "_", "-")
	}
	return strings.Index(p.folded, word)
}

// fold returns text in lower case without changing byte offsets.
func fold(s string) string {
	return strings.Map(func(r rune) rune {
		if lower := unicode.ToLower(r); utf8.RuneLen(lower) == utf8.RuneLen(r) {
			return lower
		}
		return r
	}, s)
}

// snippetContext is the maximum length of text on each side of the word in a snippet, in
// characters.
const snippetContext = 28

// snippet returns the text around the word at byte offset at, cut between words if
// possible, and the range of the word in it.
func snippet(text string, at, size int) (string, [2]int) {
	before, word, after := text[:at], text[at:at+size], text[at+size:]
	if r := []rune(before); len(r) > snippetContext {
		before = string(r[len(r)-snippetContext:])
		before = "…" + before[strings.Index(before, " ")+1:]
	}
	if r := []rune(after); len(r) > snippetContext {
		after = string(r[:snippetContext])
		if i := strings.LastIndex(after, " "); i >= 0 {
			after = after[:i]
		}
		after += "…"
	}
	return before + word + after, [2]int{len(before), len(before) + size}
}
