package interview

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/iotlens/iotlens/internal/lens"
	"github.com/iotlens/iotlens/internal/review"
)

// Where tells in what part of a question or best practice words were found.
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
	if w.index == nil {
		w.index = indexOf(w.lens)
	}
	hits := search(w.index, w.review, query)
	for i, h := range hits {
		hits[i].Stop = slices.IndexFunc(w.stops, func(s Stop) bool {
			return s.Question == h.Question && (h.Practice == nil || s.Practice == h.Practice)
		})
	}
	return hits
}

// Search is Walk.Search without a walk: every Stop is -1.
func Search(l *lens.Lens, r *review.Review, query string) []Hit {
	return search(indexOf(l), r, query)
}

func search(index []entry, r *review.Review, query string) []Hit {
	words := strings.Fields(fold(strings.ToValidUTF8(query, "")))
	if len(words) == 0 {
		return nil
	}
	var hits []Hit
	for _, e := range index {
		own := e.own
		if e.practice != nil {
			own = append(slices.Clip(own), recorded(r, e.practice.ID)...)
		}
		if h, ok := find(own, e.context, words); ok {
			h.Question, h.Practice, h.Topic, h.Stop = e.question, e.practice, -1, -1
			hits = append(hits, h)
		}
	}
	for i, t := range r.Parked {
		if h, ok := find([]part{partOf(InNote, t.Topic), partOf(InNote, t.Owner), partOf(InNote, t.By)}, nil, words); ok {
			h.Topic, h.Stop = i, -1
			for _, e := range index {
				if e.practice != nil && e.practice.ID == t.Practice {
					h.Question, h.Practice = e.question, e.practice
				}
			}
			hits = append(hits, h)
		}
	}
	slices.SortStableFunc(hits, func(a, b Hit) int { return rank(a.Where) - rank(b.Where) })
	return hits
}

func rank(w Where) int { return slices.Index(wheres, w) }

// An entry is what can be found of a question or a best practice of the lens.
type entry struct {
	question *lens.Question
	practice *lens.Practice // nil for the question itself
	own      []part
	context  []part // of the question of a best practice
}

// A part is a text, and the same in lower case, byte for byte in the same places.
type part struct {
	where        Where
	text, folded string
}

func partOf(w Where, texts ...string) part {
	text := strings.Join(strings.Fields(strings.ToValidUTF8(strings.Join(texts, " "), "?")), " ")
	return part{w, text, fold(text)}
}

// indexOf lists all that can be found in a lens, in lens order.
func indexOf(l *lens.Lens) []entry {
	var index []entry
	for i := range l.Questions {
		q := &l.Questions[i]
		own := []part{
			partOf(InID, q.ID), partOf(InTitle, q.Title), partOf(InAsk, q.Ask), partOf(InText, q.Description), partOf(InText, q.Help),
		}
		index = append(index, entry{question: q, own: own})
		for j := range q.Practices {
			p := &q.Practices[j]
			texts := []string{p.Why, l.PillarName(p.Pillar)}
			for _, h := range p.How {
				texts = append(texts, h.Do)
			}
			texts = slices.Concat(texts, p.Probes, p.Evidence, p.RedFlags, p.Services, p.Relates, p.Scenarios, p.Lifecycle,
				p.AppliesTo.DeviceClasses, p.AppliesTo.Protocols, p.AppliesTo.Segments, p.AppliesTo.Power, p.AppliesTo.Connectivity)
			for _, id := range p.Layers {
				texts = append(texts, l.LayerName(id))
			}
			for _, r := range p.Resources {
				texts = append(texts, r.Title)
			}
			parts := []part{partOf(InID, p.ID), partOf(InTitle, p.Title)}
			for _, t := range texts {
				parts = append(parts, partOf(InText, t))
			}
			index = append(index, entry{question: q, practice: p, own: parts, context: own})
		}
	}
	return index
}

// recorded is what a review says of a best practice.
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
		if f.Kind != review.Text && f.Kind != review.List {
			continue // people search for words
		}
		for _, t := range f.Values(record) {
			parts = append(parts, partOf(InNote, t))
		}
	}
	return parts
}

// find looks for all words in the parts, of which one must be in own. Where says
// the last part that is needed; the snippet is from there.
func find(own, context []part, words []string) (Hit, bool) {
	var h Hit
	var of part
	at, size := 0, 0
	for _, word := range words {
		best, where, found := part{}, 0, false
		for _, p := range own {
			if i := p.index(word); i >= 0 && (!found || rank(p.where) < rank(best.where)) {
				best, where, found = p, i, true
			}
		}
		if !found && !slices.ContainsFunc(context, func(p part) bool { return p.index(word) >= 0 }) {
			return Hit{}, false
		}
		if found && (h.Where == "" || rank(best.where) > rank(h.Where)) {
			h.Where, of, at, size = best.where, best, where, len(word)
		}
	}
	if h.Where == "" {
		return Hit{}, false
	}
	h.Snippet, h.Match = snippet(of.text, at, size)
	return h, true
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

// snippet cuts a text to what is around the word at byte at.
func snippet(text string, at, size int) (string, [2]int) {
	from, to := at, at+size
	for n := 0; from > 0 && n < around; n++ {
		_, w := utf8.DecodeLastRuneInString(text[:from])
		from -= w
	}
	for n := 0; to < len(text) && n < around; n++ {
		_, w := utf8.DecodeRuneInString(text[to:])
		to += w
	}
	before, after := "", ""
	if from > 0 {
		if i := strings.IndexByte(text[from:at], ' '); i >= 0 {
			from += i + 1
		}
		before = "…"
	}
	if to < len(text) {
		if i := strings.LastIndexByte(text[at+size:to], ' '); i >= 0 {
			to = at + size + i
		}
		after = "…"
	}
	begin := len(before) + at - from
	return before + text[from:to] + after, [2]int{begin, begin + size}
}
