package runsheet_test

import (
	"fmt"
	"slices"
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
func TestAgendaProperties(t *testing.T) {
	l := testlens.Lens()
	rapid.Check(t, func(t *rapid.T) {
		r := &review.Review{Answers: map[string]review.Answer{}}
		for _, id := range rapid.SliceOfN(rapid.SampledFrom(l.PracticeIDs()), 0, 80).Draw(t, "answered") {
			r.Answers[id] = review.Answer{Status: review.Implemented}
		}
		f := interview.Filter{
			Scope:    review.Scope{Pillars: rapid.SliceOfDistinct(rapid.SampledFrom(l.PillarIDs()), rapid.ID[string]).Draw(t, "pillars")},
			Severity: rapid.SampledFrom([]lens.Level{"", lens.High}).Draw(t, "severity"),
			Only:     rapid.SampledFrom([]interview.AnswerFilter{interview.AllAnswers, interview.OnlyUnanswered}).Draw(t, "only"),
		}
		minutes := rapid.SampledFrom([]int{0, 1, 30, 120, 400}).Draw(t, "minutes")
		present := rapid.SliceOfNDistinct(rapid.SampledFrom(l.Roles()), 0, 2, rapid.ID[string]).Draw(t, "present")
		s := runsheet.New(l, r, f, interview.Plan{Minutes: minutes, Present: present})
		var asked, cards []string
		now, since, breaks := 0, 0, 0
		for _, slot := range s.Agenda {
			require.Equal(t, now, slot.From)
			now = slot.To
			if slot.Title == "Break" {
				since = 0
				breaks++
				continue
			}
			since += slot.To - slot.From
			if slot.Card != nil {
				require.LessOrEqual(t, since, max(runsheet.MinutesBetweenBreaks, slot.Card.Minutes), "%+v", s.Agenda)
				asked = append(asked, slot.Card.Question.ID)
			}
		}
		for _, c := range s.Cards {
			cards = append(cards, c.Question.ID)
			require.NotEmpty(t, c.Practices)
			require.False(t, c.Absent && !c.Core)
		}
		require.Equal(t, cards, asked)
		require.Equal(t, now, runsheet.OpeningMinutes+s.Minutes()+breaks*runsheet.BreakMinutes+runsheet.ClosingMinutes)
		if minutes > 0 {
			require.LessOrEqual(t, s.Minutes(), minutes)
		} else {
			require.Empty(t, s.LeftOut)
		}
		page := runsheet.Markdown(s)
		for _, c := range slices.Concat(s.Cards, s.LeftOut, s.Waiting) {
			require.Contains(t, page, c.Question.ID)
		}
		invited := map[string]bool{}
		for _, who := range s.Participants {
			require.False(t, invited[who.Role], "a role is invited once")
			invited[who.Role] = true
			require.NotEmpty(t, who.Questions)
			require.Subset(t, cards, who.Questions, "only for what is asked")
		}
	})
}

// A card holds all that a facilitator needs of the bank.
func TestCardProperties(t *testing.T) {
	l := testlens.Lens()
	page := runsheet.Markdown(runsheet.New(l, nil, interview.Filter{Scope: review.Scope{Questions: []string{"LABREL01"}}}, interview.Plan{}))
	q, _ := l.Question("LABREL01")
	p := q.Practices[0]
	for _, list := range [][]string{{q.Ask, q.Title, p.Title, p.Why}, p.Probes, p.RedFlags, p.Evidence} {
		for _, s := range list {
			assert.Contains(t, strings.Join(strings.Fields(plain(page)), " "), strings.Join(strings.Fields(s), " "))
		}
	}
	assert.Contains(t, page, "Good sounds like")
	assert.Contains(t, page, "Notes:")
	for _, role := range l.Roles() {
		assert.Equal(t, role == "firmware lead" || role == "site engineer", strings.Contains(page, "| "+role+" | "), role)
	}
}

func plain(markdown string) string {
	return strings.NewReplacer("\\", "", "<!-- -->", "", "&amp;", "&").Replace(markdown)
}

func TestAnswersAreOnTheCardAndAreNotMarkup(t *testing.T) {
	r := &review.Review{Workload: review.Workload{Name: "<b>Plant</b>"}, Answers: map[string]review.Answer{
		"LABREL01-BP01": {Status: review.NotImplemented, By: "@ana", Note: "[x](javascript:1) \x1b[2J"},
	}}
	page := runsheet.Markdown(runsheet.New(testlens.Lens(), r, interview.Filter{Scope: review.Scope{Questions: []string{"LABREL01"}}}, interview.Plan{}))
	assert.Contains(t, page, `# Run sheet: \<b\>Plant\</b\>`)
	assert.Contains(t, page, `Answered so far: not implemented, by @<!-- -->ana. \[x\](javascript:1) \<U+001B\>\[2J`)
	require.NotContains(t, page, "\x1b")
}

func TestALensThatPlansNoMinutes(t *testing.T) {
	l := &lens.Lens{Name: "Ours", Pillars: []lens.Pillar{{ID: "p", Name: "P"}}, Questions: []lens.Question{
		{ID: "Q", Pillar: "p", Title: "T", Ask: "T", Practices: []lens.Practice{{ID: "Q-1", Question: "Q", Pillar: "p"}, {ID: "Q-2", Question: "Q", Pillar: "p"}}},
	}}
	s := runsheet.New(l, nil, interview.Filter{}, interview.Plan{})
	assert.Equal(t, 6, s.Minutes())
	assert.NotContains(t, runsheet.Markdown(s), "Who should be in the room")
}

// What is read at the table comes first; what is left out is counted above, and
// listed behind the cards.
func TestLeftOutIsListedLast(t *testing.T) {
	s := runsheet.New(testlens.Lens(), nil, interview.Filter{}, interview.Plan{Minutes: 30, Present: []string{"firmware lead"}})
	page := runsheet.Markdown(s)
	require.NotEmpty(t, s.Waiting)
	assert.Contains(t, page, fmt.Sprintf("Not asked: %d questions, listed at the end.", len(s.LeftOut)+len(s.Waiting)))
	require.NotEmpty(t, s.LeftOut)
	assert.Less(t, strings.Index(page, "## Cards"), strings.Index(page, "## Left out"))
	assert.Less(t, strings.Index(page, "## Left out"), strings.Index(page, "## Waiting for their owners"), page)
	assert.NotContains(t, runsheet.Markdown(runsheet.New(testlens.Lens(), nil, interview.Filter{}, interview.Plan{})), "Left out")
}

// The agenda has the order of the plan, the start of each question, and why it is asked.
func TestTheAgendaIsThePlan(t *testing.T) {
	s := runsheet.New(testlens.Lens(), nil, interview.Filter{}, interview.Plan{Minutes: 25, Present: []string{"fleet operator"}})
	page := runsheet.Markdown(s)
	assert.Contains(t, page, "| 0:10 | 0:15 | 5 | LABSEC01 Device identity | core: without a key of its own no device can be cut off alone; owner absent |")
	assert.Contains(t, page, "| firmware lead (absent) | knows where the keys lie; knows what happens on a power cut | LABSEC01, ")
	for minutes, words := range map[int]string{1: "No open question fits into 1 minute.", 3: "No open question fits into 3 minutes."} {
		assert.Contains(t, runsheet.Markdown(runsheet.New(testlens.Lens(), nil, interview.Filter{}, interview.Plan{Minutes: minutes})), words)
	}
	var waits interview.Filter
	waits.Scope.Questions = []string{"LABCOST01"}
	page = runsheet.Markdown(runsheet.New(testlens.Lens(), nil, waits, interview.Plan{Minutes: 30, Present: []string{"firmware lead"}}))
	assert.Contains(t, page, "Every open question waits for its owners")
}

// A review in which everything is answered is gone through again.
func TestPlanningAgain(t *testing.T) {
	l := testlens.Lens()
	r := &review.Review{Answers: map[string]review.Answer{}}
	for _, id := range l.PracticeIDs() {
		r.Answers[id] = review.Answer{Status: review.NotImplemented}
	}
	s := runsheet.New(l, r, interview.Filter{}, interview.Plan{Minutes: 30})
	assert.True(t, s.Repeated)
	assert.NotEmpty(t, s.Cards)
	assert.Contains(t, runsheet.Markdown(s), "Everything is answered; this goes through it again.")
}

// Alternatives are one choice, with one line for its owner.
func TestAlternativesAreOneChoice(t *testing.T) {
	alternative := func(id string) lens.Practice {
		return lens.Practice{ID: id, Question: "Q", Pillar: "p", Title: "Way " + id, Kind: lens.Alternative, Severity: lens.High}
	}
	l := &lens.Lens{Name: "Ours", Pillars: []lens.Pillar{{ID: "p", Name: "P"}}, Questions: []lens.Question{
		{ID: "Q", Pillar: "p", Title: "T", Ask: "T", Practices: []lens.Practice{alternative("Q-1"), {ID: "Q-2", Question: "Q", Pillar: "p", Title: "Drill"}, alternative("Q-3")}},
	}}
	page := runsheet.Markdown(runsheet.New(l, nil, interview.Filter{}, interview.Plan{}))
	assert.Equal(t, 1, strings.Count(page, "Which of these is it?"))
	assert.Equal(t, 2, strings.Count(page, "Owner: "), "one for the choice, one for the other best practice")
	assert.Less(t, strings.Index(page, "Way Q-3"), strings.Index(page, "Drill"))
	assert.NotContains(t, page, "effort")
}
