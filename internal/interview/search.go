package interview

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/iotlens/iotlens/internal/lens"
	"github.com/iotlens/iotlens/internal/review"
)

// MatchPart is the part of a question or best practice in which words were found.
type MatchPart string

// The parts, in the order in which hits are listed.
const (
	InID    MatchPart = "id"
	InTitle MatchPart = "title"
	InAsk   MatchPart = "question"
	InNote  MatchPart = "note" // reason, owner and evidence of an answer, waivers and parked topics, too
	InText  MatchPart = "text" // of the bank: why, how, probes and so on
)

var matchParts = []MatchPart{InID, InTitle, InAsk, InNote, InText}

// A Hit is a question, a best practice or a parked topic that has all the words
// of a search.
type Hit struct {
	Question   *lens.Question // nil only for a topic that came up nowhere
	Practice   *lens.Practice // nil where the question itself was found
	Topic      int            // place of the parked topic in the review; -1 where it is none
	Part       MatchPart      // the words are there or further up the list of parts
	Snippet    string         // one line around a word
	MatchRange [2]int         // where in Snippet the word is, in bytes
	Stop       int            // place in Stops to go to; -1 where it is not on the walk
}

// ID is that of the best practice or of the question; empty for neither.
func (h Hit) ID() string {
	switch {
	case h.Practice != nil:
		return h.Practice.ID
	case h.Question != nil:
		return h.Question.ID
	}
	return ""
}

// Search finds the questions, best practices and parked topics that have all
// words of a query, in upper or lower case and as parts of words: in ids, titles,
// the bank's texts, notes, owners, evidence. They are ordered by where the words
// are, then in lens order. A best practice is found by its own words, beside
// which those of its question count.
func (w *Walk) Search(query string) []Hit {
	hits := Search(w.lens, w.review, query)
	for i, h := range hits {
		hits[i].Stop = slices.IndexFunc(w.stops, func(s Stop) bool {
			return s.Question == h.Question && (h.Practice == nil || s.Practice == h.Practice)
		})
	}
	return hits
}

// Search is Walk.Search without a walk: every Stop is -1.
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

// A searchText is a text, and the same in lower case, byte for byte in the same places.
type searchText struct {
	part         MatchPart
	text, folded string
}

func newSearchText(w MatchPart, s string) searchText {
	s = strings.Join(strings.Fields(strings.ToValidUTF8(s, "?")), " ")
	return searchText{part: w, text: s, folded: fold(s)}
}

// bankTexts lists the texts of the card of a best practice.
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

// recordTexts lists the texts of the answer and the waiver of a best practice.
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

// fieldTexts lists the texts of a record.
func fieldTexts[T any](fields []review.Field[T], record T) []searchText {
	var parts []searchText
	for _, f := range fields {
		if f.Kind != review.KindText && f.Kind != review.KindList {
			continue // people search for words
		}
		for _, t := range f.Values(record) {
			parts = append(parts, newSearchText(InNote, t))
		}
	}
	return parts
}

// match looks for all words in the parts, both in the order of wheres. At least one
// word must be in own. Where, Snippet and Match are those of the last part needed.
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

// index is where a word is; the WA Tool writes ids with an underscore.
func (p searchText) index(word string) int {
	if p.part == InID {
		word = strings.ReplaceAll(word, "_", "-")
	}
	return strings.Index(p.folded, word)
}

// fold is text in lower case, in which every byte stays in its place.
func fold(s string) string {
	return strings.Map(func(r rune) rune {
		if lower := unicode.ToLower(r); utf8.RuneLen(lower) == utf8.RuneLen(r) {
			return lower
		}
		return r
	}, s)
}

// snippetContext is how much of a text a snippet has on either side of a word, in
// characters at most.
const snippetContext = 28

// snippet cuts a text to what is around the word at byte at, between whole words
// where it can.
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
