package choice_test

import (
	"testing"

	"github.com/iotlens/iotlens/internal/choice"
	"github.com/iotlens/iotlens/internal/lens"
	"github.com/iotlens/iotlens/internal/review"
	"github.com/stretchr/testify/assert"
)

const (
	yes  = review.Implemented
	no   = review.NotImplemented
	half = review.PartiallyImplemented
	na   = review.NotApplicable
	what = review.CannotDetermine
	open = review.Unanswered
)

// question makes a question of kinds and rules; its choices are a, b, c and so on.
func question(kinds []lens.ChoiceKind, rules ...[2]string) *lens.Question {
	q := &lens.Question{ID: "Q", Pillar: "p"}
	for i, k := range kinds {
		q.Practices = append(q.Practices, lens.Practice{ID: string(rune('a' + i)), Kind: k, RatedBy: lens.RatedByRules})
	}
	for _, r := range rules {
		q.Rules = append(q.Rules, lens.Rule{When: r[0], Risk: lens.RuleRisk(r[1])})
	}
	return q
}

// count counts answers to a, b, c and so on.
func count(q *lens.Question, given ...review.Status) (statuses []review.Status, better []string) {
	answers := map[string]review.Answer{}
	for i, s := range given {
		if s != open {
			answers[q.Practices[i].ID] = review.Answer{Status: s}
		}
	}
	for i, c := range choice.Count(q, answers) {
		statuses = append(statuses, c.Status)
		better = append(better, c.Needed...)
		if c.ReviewStatus != given[i] {
			panic("the answer that was given is lost")
		}
	}
	return statuses, better
}

type statuses = []review.Status

const (
	best = lens.BestPractice
	way  = lens.Alternative
	neg  = lens.Negative
	fact = lens.FactChoice
)

func TestCount(t *testing.T) {
	ladder := question([]lens.ChoiceKind{way, way, way}, [2]string{"c", "none"}, [2]string{"b", "medium"}, [2]string{"default", "high"})
	either := question([]lens.ChoiceKind{way, way, best}, [2]string{"(a || b) && c", "none"}, [2]string{"default", "high"})
	pair := question([]lens.ChoiceKind{way, way, way}, [2]string{"a || b && c", "none"}, [2]string{"default", "high"})
	alone := question([]lens.ChoiceKind{way, way}, [2]string{"a && !b", "none"}, [2]string{"default", "high"})
	asked := question([]lens.ChoiceKind{best, neg, neg}, [2]string{"a", "none"}, [2]string{"default", "high"})
	raise := question([]lens.ChoiceKind{best, best, neg, fact}, [2]string{"a && b && !c", "none"}, [2]string{"default", "high"})
	for _, c := range []struct {
		name   string
		q      *lens.Question
		given  statuses
		want   statuses
		better []string
	}{
		{"the best way needs no other", ladder, statuses{open, no, yes}, statuses{na, na, yes}, nil},
		{"more than one may be taken", ladder, statuses{no, yes, yes}, statuses{na, yes, yes}, nil},
		{"a lesser way is one finding", ladder, statuses{open, yes, open}, statuses{na, na, no}, []string{"c"}},
		{"partly there counts so", ladder, statuses{yes, no, half}, statuses{na, na, half}, []string{"c"}},
		{"none is one finding", ladder, statuses{no, no, no}, statuses{na, na, no}, []string{"c"}},
		{"don't know is one, too", ladder, statuses{no, no, what}, statuses{na, na, what}, []string{"c"}},
		{"while one is open, nothing is lost yet", ladder, statuses{no, no, open}, statuses{na, na, open}, nil},
		{"what does not apply is no way", ladder, statuses{no, yes, na}, statuses{na, yes, na}, nil},
		{"one of two, and a best practice", either, statuses{yes, no, no}, statuses{yes, na, no}, nil},
		{"neither of two", either, statuses{no, no, yes}, statuses{no, na, yes}, []string{"a", "b"}},
		{"half a way needs its other half", pair, statuses{no, yes, no}, statuses{no, na, na}, []string{"a", "c"}},
		{"which is asked", pair, statuses{no, yes, open}, statuses{na, yes, open}, nil},
		{"ways that exclude each other", alone, statuses{yes, yes}, statuses{na, no}, nil},
		{"yes needs no other answer", asked, statuses{yes, open, open}, statuses{yes, na, na}, nil},
		{"no is the answer", asked, statuses{no, yes, open}, statuses{na, no, na}, nil},
		{"not sure, in part", asked, statuses{open, half, no}, statuses{open, half, yes}, nil},
		{"a negative that is not true is good", raise, statuses{yes, yes, no, yes}, statuses{yes, yes, yes, na}, nil},
		{"one that is true stands beside the others", raise, statuses{yes, no, yes, open}, statuses{yes, no, no, open}, nil},
		{"an open one is asked", raise, statuses{yes, yes, open, no}, statuses{yes, yes, open, na}, nil},
	} {
		got, better := count(c.q, c.given...)
		assert.Equal(t, c.want, got, c.name)
		assert.Equal(t, c.better, better, c.name)
	}
}

// If the rules ask for practices that exclude each other, the best possible answer has no
// gap.
func TestContradictoryRules(t *testing.T) {
	q := question([]lens.ChoiceKind{best, best}, [2]string{"a && b && n", "none"}, [2]string{"!n", "high"}, [2]string{"default", "medium"})
	q.None = "n"
	got, _ := count(q, no, no)
	assert.Equal(t, statuses{na, na}, got, "None of these has the lowest risk")
	got, _ = count(q, no, open)
	assert.Equal(t, statuses{no, open}, got)

	q = question([]lens.ChoiceKind{best, best}, [2]string{"a && b", "high"}, [2]string{"a || b", "none"}, [2]string{"default", "high"})
	got, _ = count(q, yes, no)
	assert.Equal(t, statuses{yes, na}, got)
	got, _ = count(q, no, no)
	assert.Equal(t, statuses{no, no}, got)
	q.Practices[0].RatedBy, q.Practices[1].RatedBy = lens.RatedByAWS, lens.RatedByAWS
	got, _ = count(q, yes, no)
	assert.Equal(t, statuses{yes, no}, got, "AWS's own lens is taken at its word")
}
