package interview

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/iotlens/iotlens/internal/lens"
	"github.com/iotlens/iotlens/internal/review"
)

// Where is the part of a question or best practice in which words were found.
type Where string

// The parts, in the order in which hits are listed.
const (
	InID    Where = "id"
	InTitle Where = "title"
	InAsk   Where = "question"
	InNote  Where = "note" // reason, owner and evidence of an answer, waivers and parked topics, too
	InText  Where = "text" // of the bank: why, how, probes and so on
)

var wheres = []Where{InID, InTitle, InAsk, InNote, InText}

// A Hit is a question, a best practice or a parked topic that has all the words
// of a search.
type Hit struct {
	Question *lens.Question // nil only for a topic that came up nowhere
	Practice *lens.Practice // nil where the question itself was found
	Topic    int            // place of the parked topic in the review; -1 where it is none
	Where    Where          // the words are there or further up the list of parts
	Snippet  string         // one line around a word
	Match    [2]int         // where in Snippet the word is, in bytes
	Stop     int            // place in Stops to go to; -1 where it is not on the walk
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
	add := func(h Hit, own, context []part) {
		h.Stop = -1
		if h.find(own, context, words) {
			hits = append(hits, h)
		}
	}
	for i := range l.Questions {
		q := &l.Questions[i]
		asked := []part{
			partOf(InID, q.ID), partOf(InTitle, q.Title), partOf(InTitle, q.Topic), partOf(InAsk, q.AskFor(r.Workload.Profile.Segment)), partOf(InText, q.Description), partOf(InText, q.Help),
		}
		add(Hit{Question: q, Topic: -1}, asked, nil)
		for j := range q.Practices {
			p := &q.Practices[j]
			own := slices.Concat([]part{partOf(InID, p.ID), partOf(InTitle, p.Title)}, recorded(r, p.ID), cardOf(l, p))
			add(Hit{Question: q, Practice: p, Topic: -1}, own, asked)
		}
	}
	for i, t := range r.Parked {
		h := Hit{Topic: i}
		if p, ok := l.Practice(t.Practice); ok {
			h.Practice = p
			h.Question, _ = l.Question(p.Question)
		}
		add(h, []part{partOf(InNote, t.Topic), partOf(InNote, t.Owner), partOf(InNote, t.By)}, nil)
	}
	slices.SortStableFunc(hits, func(a, b Hit) int { return rank(a.Where) - rank(b.Where) })
	return hits
}

func rank(w Where) int { return slices.Index(wheres, w) }

// A part is a text, and the same in lower case, byte for byte in the same places.
type part struct {
	where        Where
	text, folded string
}

func partOf(w Where, s string) part {
	s = strings.Join(strings.Fields(strings.ToValidUTF8(s, "?")), " ")
	return part{where: w, text: s, folded: fold(s)}
}

// cardOf lists the texts of the card of a best practice.
func cardOf(l *lens.Lens, p *lens.Practice) []part {
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
	var parts []part
	for _, t := range texts {
		parts = append(parts, partOf(InText, t))
	}
	return parts
}

// recorded lists the texts of the answer and the waiver of a best practice.
func recorded(r *review.Review, practice string) []part {
	var parts []part
	if a, ok := r.Answers[practice]; ok {
		parts = partsOf(review.AnswerFields(), a)
	}
	if v, _, ok := r.Waiver(practice); ok {
		parts = append(parts, partsOf(review.WaiverFields(), v)...)
	}
	return parts
}

// partsOf lists the texts of a record.
func partsOf[T any](fields []review.Field[T], record T) []part {
	var parts []part
	for _, f := range fields {
		if f.Kind != review.KindText && f.Kind != review.KindList {
			continue // people search for words
		}
		for _, t := range f.Values(record) {
			parts = append(parts, partOf(InNote, t))
		}
	}
	return parts
}

// find looks for all words in the parts, both in the order of wheres. At least one
// word must be in own. Where, Snippet and Match are those of the last part needed.
func (h *Hit) find(own, context []part, words []string) bool {
	for _, word := range words {
		has := func(p part) bool { return p.index(word) >= 0 }
		i := slices.IndexFunc(own, has)
		switch {
		case i < 0 && !slices.ContainsFunc(context, has):
			return false
		case i >= 0 && (h.Where == "" || rank(own[i].where) > rank(h.Where)):
			h.Where = own[i].where
			h.Snippet, h.Match = snippet(own[i].text, own[i].index(word), len(word))
		}
	}
	return h.Where != ""
}

// index is where a word is; the WA Tool writes ids with an underscore.
func (p part) index(word string) int {
	if p.where == InID {
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

// around is how much of a text a snippet has on either side of a word, in
// characters at most.
const around = 28

// snippet cuts a text to what is around the word at byte at, between whole words
// where it can.
func snippet(text string, at, size int) (string, [2]int) {
	before, word, after := text[:at], text[at:at+size], text[at+size:]
	if r := []rune(before); len(r) > around {
		before = string(r[len(r)-around:])
		before = "…" + before[strings.Index(before, " ")+1:]
	}
	if r := []rune(after); len(r) > around {
		after = string(r[:around])
		if i := strings.LastIndex(after, " "); i >= 0 {
			after = after[:i]
		}
		after += "…"
	}
	return before + word + after, [2]int{len(before), len(before) + size}
}
