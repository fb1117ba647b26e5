package interview_test

import (
	"strings"
	"testing"

	"github.com/iotlens/iotlens/internal/interview"
	"github.com/iotlens/iotlens/internal/review"
	"github.com/iotlens/iotlens/internal/testlens"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

func searched() *review.Review {
	return &review.Review{
		Answers: map[string]review.Answer{
			"LABSEC01-BP01": {Status: review.NotImplemented, Note: "Frankenstein gateways in Graz", Owner: "Zoë Quill", Evidence: []string{"wiki/qqzz"}},
			"LABREL01-BP01": {Status: review.NotApplicable, Reason: "no qqzz clock"},
		},
		Parked:  []review.Topic{{Topic: "ask qqzz about it", Practice: "LABSEC02-BP01"}, {Topic: "the qqzz budget", Owner: "Zoë Quill"}},
		Waivers: []review.Waiver{{Practice: "LABOPS01-BP01", Reason: "until the qqzz is gone"}},
	}
}

func hitsOf(hits []interview.Hit) string {
	var out []string
	for _, h := range hits {
		s := h.ID()
		if h.Topic >= 0 {
			s += "+topic"
		}
		out = append(out, s+":"+string(h.Part))
	}
	return strings.Join(out, " ")
}

func TestSearch(t *testing.T) {
	for _, c := range []struct{ query, want string }{
		{},
		{query: "   "},
		{query: "no such words anywhere"},
		{query: "labsec04", want: "LABSEC04:id LABSEC04-BP01:id"},
		{query: "LABSEC10_BP02", want: "LABSEC10-BP02:id"},
		{query: "FRANKENSTEIN", want: "LABSEC01-BP01:note"},
		{query: "graz frankenstein", want: "LABSEC01-BP01:note"},
		{query: "graz labsec01", want: "LABSEC01-BP01:note"},
		{query: "zoë", want: "LABSEC01-BP01:note +topic:note"},
		{query: "ZOË quill budget", want: "+topic:note"},
		{query: "qqzz", want: "LABOPS01-BP01:note LABSEC01-BP01:note LABREL01-BP01:note LABSEC02-BP01+topic:note +topic:note"},
		{query: "second-hand opened", want: "LABSEC01:question"},
		{query: "second-hand graz", want: "LABSEC01-BP01:note"},
	} {
		assert.Equal(t, c.want, hitsOf(interview.Search(testlens.Lens(), searched(), c.query)), c.query)
	}
}

func TestSearchOrder(t *testing.T) {
	hits := interview.Search(testlens.Lens(), &review.Review{}, "certificate")
	require.NotEmpty(t, hits)
	order := []interview.MatchPart{interview.InID, interview.InTitle, interview.InAsk, interview.InNote, interview.InText}
	at := 0
	for _, h := range hits {
		for order[at] != h.Part {
			at++
			require.Less(t, at, len(order), "out of order: %s", hitsOf(hits))
		}
		assert.Contains(t, strings.ToLower(h.Snippet), "certificate")
		assert.Equal(t, "certificate", strings.ToLower(h.Snippet[h.MatchRange[0]:h.MatchRange[1]]))
	}
	assert.Equal(t, interview.InTitle, hits[0].Part)
	assert.Equal(t, interview.InText, hits[len(hits)-1].Part)
}

func TestSearchHitHasStop(t *testing.T) {
	w := interview.New(testlens.Lens(), searched(), interview.Filter{Scope: review.Scope{Pillars: []string{"security"}}})
	for _, h := range w.Search("qqzz") {
		if h.Stop < 0 {
			assert.NotContains(t, h.ID(), "LABSEC")
			continue
		}
		w.GoTo(h.Stop)
		s, _ := w.Current()
		assert.Equal(t, h.ID(), s.Practice.ID)
	}
}

// Whatever is looked for in whatever was written: a snippet is a piece of it
// around the word.
func TestAnySnippetHoldsTheWord(t *testing.T) {
	r := &review.Review{Answers: map[string]review.Answer{}}
	w := interview.New(testlens.Lens(), r, interview.Filter{})
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringOf(rapid.RuneFrom([]rune("aBİéẞK世 \t\n-"))).Draw(t, "note")
		query := rapid.StringOfN(rapid.RuneFrom([]rune("aBİéßk世 ")), 1, 3, -1).Draw(t, "query")
		r.Answers["LABSEC01-BP01"] = review.Answer{Status: review.Implemented, Note: "qqzz " + text}
		for _, h := range w.Search("qqzz " + query) {
			require.LessOrEqual(t, h.MatchRange[0], h.MatchRange[1])
			require.LessOrEqual(t, h.MatchRange[1], len(h.Snippet))
			require.True(t, strings.ToValidUTF8(h.Snippet, "") == h.Snippet, "%q", h.Snippet)
		}
	})
}

// A key press in the search box is drawn within a frame.
func BenchmarkSearch(b *testing.B) {
	w := interview.New(testlens.Lens(), searched(), interview.Filter{})
	for b.Loop() {
		w.Search("certificate ro")
	}
}

func BenchmarkCounts(b *testing.B) {
	w := interview.New(testlens.Lens(), searched(), interview.Filter{})
	for b.Loop() {
		for _, pillar := range append(testlens.Lens().PillarIDs(), "") {
			for _, layer := range append(testlens.Lens().LayerIDs(), "") {
				w.Part(pillar, layer)
			}
		}
		w.Questions()
		w.Pace(90, 10)
	}
}
