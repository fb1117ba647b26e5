package bank_test

import (
	"regexp"
	"slices"
	"testing"

	"github.com/iotlens/iotlens/internal/lens"
	"github.com/stretchr/testify/assert"
)

// A trade is a set of terms that only some segments use.
type trade struct {
	words    *regexp.Regexp
	segments []string
}

var trades = []trade{
	{regexp.MustCompile(`(?i)\b(production lines?|line \d|plants?|machines?|control cabinet)\b`), []string{"industrial"}},
	{regexp.MustCompile(`(?i)\b(homes?|living there)\b`), []string{"consumer"}},
	{regexp.MustCompile(`(?i)\b(lamps?|poles?|streets?)\b`), []string{"smart-city"}},
	{regexp.MustCompile(`(?i)\b(meters?)\b`), []string{"utilities"}},
	{regexp.MustCompile(`(?i)\b(irrigation|stables?)\b`), []string{"agriculture"}},
	{regexp.MustCompile(`(?i)\b(patients?|nurses?|clinics?|wards?|wearables?)\b`), []string{"healthcare"}},
	{regexp.MustCompile(`(?i)\b(vehicles?|cars?|drivers?)\b`), []string{"mobility", "logistics"}},
	{regexp.MustCompile(`(?i)\b(lorry|lorries|pallets?|containers?|trackers?)\b`), []string{"logistics", "mobility"}},
	{regexp.MustCompile(`(?i)\b(tenants?|heating)\b`), []string{"commercial-building"}},
	{regexp.MustCompile(`(?i)\b(shops?|refrigeration)\b`), []string{"retail"}},
}

// Questions use no terms of another segment's trade; without a segment in the profile, they
// use no trade terms at all.
func TestNoQuestionIsOfAForeignTrade(t *testing.T) {
	l := shipped(t)
	for _, segment := range append(lens.TermIDs(l.Segments), "") {
		for _, q := range l.Questions {
			for _, asked := range append(slices.Clone(q.FollowUps), q.AskFor(segment)) {
				for _, other := range trades {
					if word := other.words.FindString(asked); word != "" {
						assert.Contains(t, other.segments, segment, "%s is asked about %q where the segment is %q: %s", q.ID, word, segment, asked)
					}
				}
			}
		}
	}
}

// The first question for each segment is about its own trade.
func TestEachSegmentOpensWithItsOwnTrade(t *testing.T) {
	l := shipped(t)
	first := l.Questions[0]
	for _, segment := range lens.TermIDs(l.Segments) {
		i := slices.IndexFunc(trades, func(own trade) bool { return own.words.MatchString(first.AskFor(segment)) })
		if assert.GreaterOrEqual(t, i, 0, "%s: %s", segment, first.AskFor(segment)) {
			assert.Contains(t, trades[i].segments, segment)
		}
	}
}

// The minutes of a question are two for reading it aloud and listening, and one and a half
// per best practice for its status, note and owner.
func TestMinutesFollowTheRule(t *testing.T) {
	for _, q := range shipped(t).Questions {
		assert.Equal(t, minutes(&q), q.Minutes, "%s: minutes", q.ID)
	}
}

func minutes(q *lens.Question) int { return 2 + (3*len(q.Practices)+1)/2 }
