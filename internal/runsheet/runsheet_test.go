package runsheet_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/iotlens/iotlens/internal/interview"
	"github.com/iotlens/iotlens/internal/lens"
	"github.com/iotlens/iotlens/internal/review"
	"github.com/iotlens/iotlens/internal/runsheet"
	"github.com/iotlens/iotlens/internal/testlens"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// Whatever is asked: the agenda has no gap, asks each card once and in order,
// gives a break before people have listened too long, and keeps to the budget.
func TestAnyAgendaHolds(t *testing.T) {
	l := testlens.Lens()
	rapid.Check(t, func(t *rapid.T) {
		r := &review.Review{Answers: map[string]review.Answer{}}
		for _, id := range rapid.SliceOfN(rapid.SampledFrom(l.PracticeIDs()), 0, 80).Draw(t, "answered") {
			r.Answers[id] = review.Answer{Status: review.Implemented}
		}
		f := interview.Filter{
			Scope:    review.Scope{Pillars: rapid.SliceOfDistinct(rapid.SampledFrom(l.PillarIDs()), rapid.ID[string]).Draw(t, "pillars")},
			Severity: rapid.SampledFrom([]lens.Level{"", lens.High}).Draw(t, "severity"),
			Only:     rapid.SampledFrom([]interview.Only{interview.Everything, interview.Unanswered}).Draw(t, "only"),
		}
		minutes := rapid.SampledFrom([]int{0, 1, 30, 120, 400}).Draw(t, "minutes")
		s := runsheet.Of(l, r, f, minutes)
		var asked, cards []string
		now, since := 0, 0
		for _, slot := range s.Agenda {
			require.Equal(t, now, slot.From)
			now = slot.To
			if slot.What == "Break" {
				since = 0
				continue
			}
			since += slot.To - slot.From
			require.True(t, since <= runsheet.AtAGo || slot.Chapter == "" || len(slot.Questions) == 1, "%+v", s.Agenda)
			asked = append(asked, slot.Questions...)
		}
		for _, c := range s.Cards {
			cards = append(cards, c.Question.ID)
			require.NotEmpty(t, c.Practices)
		}
		require.Equal(t, cards, asked)
		breaks := len(s.Agenda) - len(chapters(s)) - 2
		require.Equal(t, now, runsheet.Opening+s.Minutes()+breaks*runsheet.Pause+runsheet.Closing)
		if minutes > 0 {
			require.LessOrEqual(t, s.Minutes(), minutes)
		} else {
			require.Empty(t, s.LeftOut)
		}
		page := runsheet.Markdown(s)
		for _, c := range append(s.Cards, s.LeftOut...) {
			require.Contains(t, page, c.Question.ID)
		}
	})
}

func chapters(s runsheet.Sheet) []string {
	var out []string
	for _, slot := range s.Agenda {
		if slot.Chapter != "" {
			out = append(out, slot.Chapter)
		}
	}
	return out
}

// A card holds all that a facilitator needs of the bank.
func TestACardIsWhole(t *testing.T) {
	l := testlens.Lens()
	page := runsheet.Markdown(runsheet.Of(l, nil, interview.Filter{Scope: review.Scope{Questions: []string{"LABREL01"}}}, 0))
	q, _ := l.Question("LABREL01")
	p := q.Practices[0]
	for _, list := range [][]string{{q.Ask, q.Title, p.Title, p.Why}, p.Probes, p.RedFlags, p.Evidence} {
		for _, s := range list {
			assert.Contains(t, strings.Join(strings.Fields(plain(page)), " "), strings.Join(strings.Fields(s), " "))
		}
	}
	assert.Contains(t, page, "Good sounds like")
	assert.Contains(t, page, "Notes:")
	for _, pillar := range l.Pillars {
		assert.Equal(t, pillar.ID == "reliability", strings.Contains(page, "**"+pillar.Name+"**\n"), pillar.ID)
	}
}

func plain(markdown string) string {
	return strings.NewReplacer("\\", "", "<!-- -->", "", "&amp;", "&").Replace(markdown)
}

func TestAnswersAreOnTheCardAndAreNotMarkup(t *testing.T) {
	r := &review.Review{Workload: review.Workload{Name: "<b>Plant</b>"}, Answers: map[string]review.Answer{
		"LABREL01-BP01": {Status: review.NotImplemented, By: "@ana", Note: "[x](javascript:1) \x1b[2J"},
	}}
	page := runsheet.Markdown(runsheet.Of(testlens.Lens(), r, interview.Filter{Scope: review.Scope{Questions: []string{"LABREL01"}}}, 0))
	assert.Contains(t, page, `# Run sheet: \<b\>Plant\</b\>`)
	assert.Contains(t, page, `Answered so far: not implemented, by @<!-- -->ana. \[x\](javascript:1) \<U+001B\>\[2J`)
	require.NotContains(t, page, "\x1b")
}

func TestALensThatPlansNoMinutes(t *testing.T) {
	l := &lens.Lens{Name: "Ours", Pillars: []lens.Pillar{{ID: "p", Name: "P"}}, Questions: []lens.Question{
		{ID: "Q", Pillar: "p", Title: "T", Ask: "T", Practices: []lens.Practice{{ID: "Q-1", Question: "Q", Pillar: "p"}, {ID: "Q-2", Question: "Q", Pillar: "p"}}},
	}}
	s := runsheet.Of(l, nil, interview.Filter{}, 0)
	assert.Equal(t, 6, s.Minutes())
	assert.NotContains(t, runsheet.Markdown(s), "Who should be in the room")
}

// What is read at the table comes first; what is left out is counted above, and
// listed behind the cards.
func TestWhatIsLeftOutComesLast(t *testing.T) {
	s := runsheet.Of(testlens.Lens(), nil, interview.Filter{}, 30)
	page := runsheet.Markdown(s)
	assert.Contains(t, page, fmt.Sprintf("Left out: %d questions, listed at the end.", len(s.LeftOut)))
	assert.Less(t, strings.Index(page, "## Cards"), strings.Index(page, "## Left out"))
	assert.NotContains(t, runsheet.Markdown(runsheet.Of(testlens.Lens(), nil, interview.Filter{}, 0)), "Left out")
}
