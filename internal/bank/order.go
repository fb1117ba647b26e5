package bank

import (
	"slices"

	"github.com/iotlens/iotlens/internal/lens"
)

// order puts the questions of each pillar whose file lists them into the order
// of that list. Others stand in the order of their file names.
func (c *checker) order() {
	type read struct {
		question lens.Question
		source   source
	}
	var all []read
	for i, q := range c.lens.Questions {
		all = append(all, read{q, c.questions[i]})
	}
	for i, p := range c.lens.Pillars {
		if len(p.Order) == 0 {
			continue
		}
		place := map[string]int{}
		for j, id := range p.Order {
			place[id] = j
		}
		var at []int // where the questions of the pillar stand now
		var own []read
		for j, r := range all {
			if r.question.Pillar == c.pillars[i].name() {
				at, own = append(at, j), append(own, r)
			}
		}
		slices.SortStableFunc(own, func(x, y read) int {
			return rank(place, x.question.ID, len(own)) - rank(place, y.question.ID, len(own))
		})
		for j, r := range own {
			all[at[j]] = r
		}
	}
	for i, r := range all {
		c.lens.Questions[i], c.questions[i] = r.question, r.source
	}
}

func rank(place map[string]int, id string, last int) int {
	if i, ok := place[id]; ok {
		return i
	}
	return last
}

// listed checks that a pillar that lists its questions lists all of them, and
// no others.
func (c *checker) listed(p lens.Pillar, s source) {
	if len(p.Order) == 0 {
		return
	}
	var have []string
	for i, q := range c.lens.Questions {
		if q.Pillar != s.name() {
			continue
		}
		have = append(have, q.ID)
		if !slices.Contains(p.Order, q.ID) {
			c.say(c.questions[i].doc, []any{"id"}, "the question %s is not on the list of %s", q.ID, s.doc.File)
		}
	}
	for id := range c.unread {
		have = append(have, id)
	}
	c.refs(s.doc, "question", p.Order, have, "questions")
}
