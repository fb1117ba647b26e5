// Package lensmatch pairs the questions and best practices of two versions of a lens, so that
// answers to the older version can be carried over to the newer one.
//
// Questions are paired first, then the best practices of each pair of questions, then the remaining
// ones of all questions. Each step considers what the steps before left:
//
//  1. the successor that the newer lens names for a retired item;
//  2. the same id and the same title;
//  3. the same title, if it is unique on both sides: ids such as choice2 are renumbered when
//     something is inserted, so the answer follows the title;
//  4. the same id. Of a best practice only the part after the id of its question counts, so that a
//     question can be renamed;
//  5. similar texts: see Threshold.
//
// Titles are compared without case and punctuation.
package lensmatch

import (
	"cmp"
	"slices"
	"strings"
	"unicode"

	"github.com/iotlens/iotlens/internal/lens"
)

// Threshold is the similarity from which two texts count as those of the same question or best
// practice. Similarity is the share of common words (Dice's coefficient, 0 to 1), averaged over the
// titles and all texts.
const Threshold = 0.6

// Method is how two ids were paired.
type Method string

// The methods.
const (
	Successor Method = "successor" // the newer lens names it
	ID        Method = "id"
	Title     Method = "title"
	Text      Method = "text"
)

// A Place is the counterpart of an item in the newer lens.
type Place struct {
	ID     string
	Method Method
	// Similarity of the two texts, 0 to 1: see Threshold. A pair by ID may have any. If the titles
	// alone show that the texts are not similar, it is a lower bound.
	Similarity float64
}

// A Match pairs the items of two lenses. No two items have the same place.
type Match struct {
	Places   map[string]Place // of questions and best practices, by id in the older lens
	old, new *lens.Lens
}

// Lenses pairs the questions and best practices of two versions of a lens.
func Lenses(older, newer *lens.Lens) *Match {
	m := &Match{Places: map[string]Place{}, old: older, new: newer}
	p := pairer{places: m.Places, used: map[string]bool{}}
	oldQuestions, oldByQuestion, oldPractices := items(older)
	newQuestions, newByQuestion, newPractices := items(newer)
	p.pairSuccessors(oldQuestions, newQuestions, newer.Retired)
	p.pairSuccessors(oldPractices, newPractices, newer.Retired)
	p.pairExact(oldQuestions, newQuestions, false)
	p.pairSimilar(oldQuestions, newQuestions, false)
	inPairs := func(step func(olds, news []item, anywhere bool)) {
		for _, q := range oldQuestions {
			if place, ok := m.Places[q.id]; ok {
				step(oldByQuestion[q.id], newByQuestion[place.ID], false)
			}
		}
	}
	inPairs(p.pairExact)
	for _, practices := range [][]item{oldPractices, newPractices} {
		for i := range practices {
			practices[i].key = lens.NormalizeID(practices[i].id)
		}
	}
	p.pairExact(oldPractices, newPractices, true)
	inPairs(p.pairSimilar)
	p.pairSimilar(oldPractices, newPractices, true)
	return m
}

// items lists the questions of a lens, their best practices, and all best practices.
func items(l *lens.Lens) (questions []item, byQuestion map[string][]item, practices []item) {
	byQuestion = map[string][]item{}
	for _, q := range l.Questions {
		questions = append(questions, questionItem(q))
		for _, p := range q.Practices {
			byQuestion[q.ID] = append(byQuestion[q.ID], practiceItem(q, p))
		}
		practices = append(practices, byQuestion[q.ID]...)
	}
	return questions, byQuestion, practices
}

// Origins returns the ids in the older lens by those in the newer one.
func (m *Match) Origins() map[string]string {
	origins := map[string]string{}
	for old, place := range m.Places {
		origins[place.ID] = old
	}
	return origins
}

// The shares of the questions or best practices of the smaller lens from which two lenses count as
// versions of one. Unrelated lenses have less in common, even if they use the same ids, quote the
// Framework or ask the same general questions.
const relatedQuestions, relatedPractices = 0.25, 0.1

// Related reports whether the two lenses are versions of one lens, judged by their texts: ids such
// as choice1 occur in many lenses.
func (m *Match) Related() bool {
	return m.share(m.old.QuestionIDs(), m.new.QuestionIDs()) >= relatedQuestions ||
		m.share(m.old.PracticeIDs(), m.new.PracticeIDs()) >= relatedPractices
}

// share is the share of the shorter list that has a place with the same or a similar text.
func (m *Match) share(olds, news []string) float64 {
	alike := 0
	for _, id := range olds {
		if place, ok := m.Places[id]; ok && place.SameText() {
			alike++
		}
	}
	return float64(alike) / float64(max(1, min(len(olds), len(news))))
}

// SameText reports whether the text in the newer lens is the same or alike. Where it is
// not, the place follows from the id alone, and a person should look at the answer.
func (p Place) SameText() bool { return p.Method == Successor || p.Similarity >= Threshold }

// An item is a question or a best practice to be paired.
type item struct {
	id, key string
	title   string   // its words
	words   []string // of the title, sorted
	all     []string // of all texts, sorted
}

func questionItem(q lens.Question) item {
	texts := []string{q.Title, q.Description}
	for _, p := range q.Practices {
		texts = append(texts, p.Title)
	}
	return newItem(q.ID, lens.NormalizeID(q.ID), texts)
}

func practiceItem(q lens.Question, p lens.Practice) item {
	texts := []string{p.Title, p.Why}
	for _, h := range p.How {
		texts = append(texts, h.Do)
	}
	key := lens.NormalizeID(p.ID)
	if rest, ok := strings.CutPrefix(key, lens.NormalizeID(q.ID)); ok {
		key = rest
	}
	return newItem(p.ID, key, texts)
}

// newItem makes an item; the first of the texts is the title.
func newItem(id, key string, texts []string) item {
	title := splitWords(texts[0])
	it := item{id: id, key: key, title: strings.Join(title, " "), words: title, all: splitWords(strings.Join(texts, " "))}
	it.words = slices.Sorted(slices.Values(title))
	slices.Sort(it.all)
	return it
}

// splitWords returns the words of a text in lower case, without punctuation.
func splitWords(s string) []string {
	return strings.FieldsFunc(strings.ToLower(s), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
}

// A pairer pairs items and remembers what is paired.
type pairer struct {
	places map[string]Place // by old id
	used   map[string]bool  // new ids
}

// pair pairs two items.
func (p *pairer) pair(o, n item, by Method) {
	p.places[o.id] = Place{n.id, by, similarity(o, n)}
	p.used[n.id] = true
}

// unpaired returns the items that are not paired yet.
func (p *pairer) unpaired(olds, news []item) (o, n []item) {
	for _, it := range olds {
		if _, paired := p.places[it.id]; !paired {
			o = append(o, it)
		}
	}
	for _, it := range news {
		if !p.used[it.id] {
			n = append(n, it)
		}
	}
	return o, n
}

// pairSuccessors pairs retired items with their successors.
func (p *pairer) pairSuccessors(olds, news []item, retired []lens.Retired) {
	for _, o := range olds {
		r, ok := lens.FindRetired(retired, o.id)
		i := slices.IndexFunc(news, func(n item) bool { return ok && n.id == r.Successor && !p.used[n.id] })
		if i >= 0 && !slices.ContainsFunc(olds, func(other item) bool { return other.id == r.Successor }) {
			p.pair(o, news[i], Successor)
		}
	}
}

// minTitleWords is the number of words that a title must have to be paired across questions: "Yes"
// has another meaning in another question.
const minTitleWords = 3

// pairExact pairs items by id and title. anywhere says that they are of different questions.
func (p *pairer) pairExact(olds, news []item, anywhere bool) {
	step := func(by Method, same func(o, n item) bool) {
		olds, news := p.unpaired(olds, news)
		for _, o := range olds {
			if n, ok := uniqueMatch(o, olds, news, same); ok && !p.used[n.id] {
				p.pair(o, n, by)
			}
		}
	}
	step(ID, func(o, n item) bool { return o.key == n.key && o.title == n.title })
	step(Title, func(o, n item) bool {
		return o.title == n.title && o.title != "" && (!anywhere || len(o.words) >= minTitleWords)
	})
	step(ID, func(o, n item) bool { return o.key == n.key })
}

// uniqueMatch returns the new item that is the same as an old one. ok is false if there is none or
// more than one, or if it is the same as another old item.
func uniqueMatch(o item, olds, news []item, same func(o, n item) bool) (found item, ok bool) {
	for _, n := range news {
		if same(o, n) {
			if ok {
				return item{}, false
			}
			found, ok = n, true
		}
	}
	again := func(other item) bool { return other.id != o.id && same(other, found) }
	return found, ok && !slices.ContainsFunc(olds, again)
}

// pairSimilar pairs items with similar texts, the most similar first.
func (p *pairer) pairSimilar(olds, news []item, anywhere bool) {
	type candidate struct {
		o, n item
		like float64
	}
	olds, news = p.unpaired(olds, news)
	var list []candidate
	for _, o := range olds {
		for _, n := range news {
			if like := similarity(o, n); like >= Threshold && (!anywhere || len(o.words) >= minTitleWords) {
				list = append(list, candidate{o, n, like})
			}
		}
	}
	slices.SortStableFunc(list, func(a, b candidate) int { return cmp.Compare(b.like, a.like) })
	for _, c := range list {
		if _, paired := p.places[c.o.id]; !paired && !p.used[c.n.id] {
			p.pair(c.o, c.n, Text)
		}
	}
}

// similarity is the similarity of two items: see Threshold.
func similarity(a, b item) float64 {
	if a.title == b.title && a.title != "" {
		return 1
	}
	titles := dice(a.words, b.words)
	if titles < 2*Threshold-1 {
		return titles / 2 // the other texts, which are long, could not reach the threshold
	}
	return (titles + dice(a.all, b.all)) / 2
}

// dice is Dice's coefficient of two sorted lists: twice the number of common words, divided by the
// number of words of both.
func dice(a, b []string) float64 {
	if len(a)+len(b) == 0 {
		return 0
	}
	shared := 0
	for i, j := 0, 0; i < len(a) && j < len(b); {
		switch c := strings.Compare(a[i], b[j]); {
		case c == 0:
			shared++
			i++
			j++
		case c < 0:
			i++
		default:
			j++
		}
	}
	return 2 * float64(shared) / float64(len(a)+len(b))
}
