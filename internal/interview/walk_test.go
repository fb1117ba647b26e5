package interview_test

import (
	"fmt"
	"testing"

	"github.com/iotlens/iotlens/internal/interview"
	"github.com/iotlens/iotlens/internal/lens"
	"github.com/iotlens/iotlens/internal/review"
	"github.com/iotlens/iotlens/internal/testlens"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func here(w *interview.Walk) string {
	s, _ := w.Current()
	if s.Practice == nil {
		return "end"
	}
	return s.Practice.ID
}

func TestFromPillarToPillar(t *testing.T) {
	r := &review.Review{Scope: review.Scope{Questions: []string{"LABOPS01", "LABSEC10", "LABSEC11", "LABEDGE01", "LABINGEST01"}}}
	w := interview.New(testlens.Lens(), r, interview.Filter{})
	assert.False(t, w.PrevPillar(), "there is none before the first")
	for _, want := range []string{"LABSEC10-BP01", "LABEDGE01-BP01", "LABINGEST01-BP01"} {
		require.True(t, w.NextPillar())
		assert.Equal(t, want, here(w))
	}
	w.Step()
	assert.False(t, w.NextPillar(), "there is none after the last")
	assert.Equal(t, "LABINGEST01-BP02", here(w), "and the walk stays")
	w.GoToID("LABSEC11-BP02")
	require.True(t, w.PrevPillar())
	assert.Equal(t, "LABOPS01-BP01", here(w))
	w.GoTo(1000)
	assert.Equal(t, "end", here(w))
	assert.False(t, w.NextPillar())
	require.True(t, w.PrevPillar())
	assert.Equal(t, "LABINGEST01-BP01", here(w), "from the end: the last one")
	empty := interview.New(testlens.Lens(), r, interview.Filter{Scope: review.Scope{Questions: []string{"none"}}})
	assert.False(t, empty.NextPillar() || empty.PrevPillar())
}

func TestSetFilterKeepsPosition(t *testing.T) {
	answers := parse("10-1 yes, 10-2 no, 11-1 no")
	scope := review.Scope{Questions: []string{"LABSEC10", "LABSEC11", "LABREL08"}}
	only := func(o interview.AnswerFilter) interview.Filter { return interview.Filter{Only: o} }
	questions := func(q ...string) interview.Filter { return interview.Filter{Scope: review.Scope{Questions: q}} }
	for _, c := range []struct {
		name, from string
		to         interview.Filter
		want       string
	}{
		{name: "it is still there", from: "LABSEC10-BP02", to: only(interview.OnlyFindings), want: "LABSEC10-BP02"},
		{name: "the next after it", from: "LABSEC10-BP01", to: only(interview.OnlyFindings), want: "LABSEC10-BP02"},
		{name: "a later one after it", from: "LABSEC10-BP03", to: only(interview.OnlyFindings), want: "LABSEC11-BP01"},
		{name: "none after it: the last before it", from: "LABREL08-BP02", to: only(interview.OnlyFindings), want: "LABSEC11-BP01"},
		{name: "another question", from: "LABSEC10-BP03", to: questions("LABREL08"), want: "LABREL08-BP01"},
		{name: "a severity, exactly", from: "LABSEC10-BP01", to: interview.Filter{Severity: lens.Low}, want: "LABSEC10-BP02"},
		{name: "nothing is left", from: "LABSEC10-BP01", to: questions("LABOPS01"), want: "end"},
		{name: "from the end: where a walk begins", from: "end", to: only(interview.AllAnswers), want: "LABSEC10-BP03"},
		{name: "from the end to findings: the first", from: "end", to: only(interview.OnlyFindings), want: "LABSEC10-BP02"},
	} {
		t.Run(c.name, func(t *testing.T) {
			w := interview.New(testlens.Lens(), &review.Review{Scope: scope, Answers: answers}, interview.Filter{})
			if !w.GoToID(c.from) {
				w.GoTo(len(w.Stops()))
			}
			w.SetFilter(c.to)
			assert.Equal(t, c.want, here(w))
			assert.True(t, c.to.Equal(w.Filter()))
		})
	}
}

func TestAFilterInWords(t *testing.T) {
	l := testlens.Lens()
	assert.Empty(t, interview.Filter{}.Words(l))
	assert.Equal(t, "Security, Edge layer, Firmware update, high severity, unanswered", interview.Filter{
		Scope:    review.Scope{Pillars: []string{"security"}, Layers: []string{"edge"}, Scenarios: []string{"firmware-update"}},
		Severity: lens.High, Only: interview.OnlyUnanswered,
	}.Words(l))
	assert.Equal(t, "A, B, C, and 2 more", interview.Filter{Scope: review.Scope{Questions: []string{"A", "B", "C", "D", "E"}}}.Words(l))
}

func TestSignedAndRefusedChanges(t *testing.T) {
	r := &review.Review{}
	w := interview.New(testlens.Lens(), r, interview.Filter{})
	w.Stamp = func() (by, at string) { return "Ana", "2026-11-24T10:00:00Z" }
	require.NoError(t, w.SetAnswer(review.Answer{Status: review.NotImplemented, By: "whoever", At: "whenever"}))
	assert.Equal(t, review.Answer{Status: review.NotImplemented, By: "Ana", At: "2026-11-24T10:00:00Z"}, r.Answers["LABOPS01-BP01"])

	require.ErrorContains(t, w.SetAnswer(review.Answer{Status: review.NotApplicable, Reason: " "}), "needs a reason")
	require.ErrorContains(t, w.SetAnswer(review.Answer{Status: review.Implemented, Due: "soon"}), `due: "soon" is not a date such as 2026-12-31`)
	require.ErrorContains(t, w.SetAnswer(review.Answer{Status: review.Implemented, Note: "\x1b[2J"}), "note contains a control character")
	require.ErrorContains(t, w.SetAnswer(review.Answer{}), "has no status")

	waiver := review.Waiver{Owner: "Marta", Approver: "Ben", Reason: "spare parts", Expires: "2027-01-31"}
	require.NoError(t, w.SetWaiver(waiver))
	waiver.Practice, waiver.By, waiver.At = "LABOPS01-BP01", "Ana", "2026-11-24T10:00:00Z"
	assert.Equal(t, []review.Waiver{waiver}, r.Waivers)
	later := waiver
	later.Expires = "2027-02-28"
	require.NoError(t, w.SetWaiver(later))
	assert.Equal(t, []review.Waiver{later}, r.Waivers, "one finding has one waiver")
	require.ErrorContains(t, w.SetWaiver(review.Waiver{Owner: "Marta"}), "the waiver of LABOPS01-BP01 needs approver\nthe waiver of LABOPS01-BP01 needs reason\nthe waiver of LABOPS01-BP01 needs expires")
	c, _ := w.Undo()
	assert.Equal(t, "the waiver of LABOPS01-BP01", c)
	assert.Equal(t, []review.Waiver{waiver}, r.Waivers)
	require.NoError(t, w.RemoveWaiver())
	assert.Empty(t, r.Waivers)
	require.ErrorContains(t, w.RemoveWaiver(), "has no waiver")
	past := later
	past.Expires = "2026-11-24"
	require.ErrorContains(t, w.SetWaiver(past), "a waiver that expires on 2026-11-24 has no effect: today is 2026-11-24")

	w.Step()
	require.ErrorContains(t, w.SetWaiver(waiver), "is not a finding")
	require.NoError(t, w.Park(review.Topic{Topic: "keys", Owner: "Marta"}))
	require.NoError(t, w.UpdateTopic(0, review.Topic{Topic: "keys", Owner: "Priya"}))
	assert.Equal(t, review.Topic{Topic: "keys", Owner: "Priya", Practice: "LABOPS01-BP02", By: "Ana", At: "2026-11-24T10:00:00Z"}, r.Parked[0])
	w.GoTo(len(w.Stops()))
	require.ErrorIs(t, w.SetAnswer(review.Answer{Status: review.Implemented}), interview.ErrAtEnd)
}

// An answer, then everywhere else, then undo: the walk is where it was given, even
// behind another filter's back.
func TestUndoAcrossPillarsAndFilters(t *testing.T) {
	r := &review.Review{}
	w := interview.New(testlens.Lens(), r, interview.Filter{})
	require.NoError(t, w.SetAnswer(review.Answer{Status: review.Implemented}))
	w.NextPillar()
	require.NoError(t, w.SetAnswer(review.Answer{Status: review.NotImplemented}))
	w.GoToID("LABINGEST01")
	w.Undo()
	assert.Equal(t, "LABSEC01-BP01", here(w))
	w.SetFilter(interview.Filter{Scope: review.Scope{Layers: []string{"application"}, Questions: []string{"LABINGEST01"}}})
	at := here(w)
	c, ok := w.Undo()
	assert.True(t, ok)
	assert.Equal(t, "the answer to LABOPS01-BP01", c, "it is undone and named")
	assert.Equal(t, at, here(w), "the walk has no such stop, so it stays")
	assert.Empty(t, r.Answers)
}

func TestCounts(t *testing.T) {
	l := testlens.Lens()
	r := &review.Review{
		Scope:   review.Scope{Questions: []string{"LABSEC10", "LABSEC11", "LABEDGE01"}},
		Answers: parse("10-1 no, 10-2 yes, 10-3 yes, 11-1 no"),
	}
	w := interview.New(testlens.Lens(), r, interview.Filter{Scope: review.Scope{Questions: []string{"LABSEC11"}}})
	assert.Equal(t, interview.Progress{Stops: 2, Answered: 1, Findings: 1, Worst: lens.Medium}, w.Progress(), "over the walk")
	all := w.Overall()
	assert.Equal(t, interview.Progress{Stops: 5 + practices("LABEDGE01"), Answered: 4, Findings: 2, High: 1, Worst: lens.High}, all, "over the review")

	var states []string
	for _, q := range w.Questions() {
		states = append(states, fmt.Sprintf("%s %d/%d %s", q.Question.ID, q.Answered, q.Stops, q.Worst))
		assert.Equal(t, q.Question.ID == "LABSEC11", q.Stop == 0)
		assert.Equal(t, q.Question.ID != "LABSEC11", q.Stop == -1)
	}
	assert.Equal(t, []string{"LABSEC10 3/3 high", "LABSEC11 1/2 medium", fmt.Sprintf("LABEDGE01 0/%d unknown", practices("LABEDGE01"))}, states)

	sum := interview.Progress{Worst: lens.High}
	for _, pillar := range l.PillarIDs() {
		p := w.Part(pillar, "")
		sum.Stops, sum.Answered, sum.Findings, sum.High = sum.Stops+p.Stops, sum.Answered+p.Answered, sum.Findings+p.Findings, sum.High+p.High
	}
	assert.Equal(t, all, sum, "every best practice has one pillar")

	for _, layer := range l.LayerIDs() {
		answered := 0
		for _, pillar := range l.PillarIDs() {
			answered += w.Part(pillar, layer).Answered
		}
		assert.Equal(t, w.Part("", layer).Answered, answered, "a row of the map is a layer")
	}
}

func practices(question string) int {
	q, _ := testlens.Lens().Question(question)
	return len(q.Practices)
}

func TestResume(t *testing.T) {
	l := testlens.Lens()
	r := &review.Review{Answers: parse("10-1 yes, 10-2 no")}
	security := interview.Filter{Scope: review.Scope{Pillars: []string{"security"}}, Severity: lens.High}
	w := interview.New(l, r, security)
	w.GoToID("LABSEC10-BP01")
	p := w.ResumePoint()
	assert.Equal(t, interview.ResumePoint{Practice: "LABSEC10-BP01", Filter: security}, p)
	again := interview.Resume(l, r, p)
	assert.Equal(t, "LABSEC10-BP01", here(again), "although it is answered")
	assert.True(t, security.Equal(again.Filter()))
	assert.Equal(t, w.Stops(), again.Stops())

	w.GoTo(1000)
	assert.Equal(t, here(interview.New(l, r, security)), here(interview.Resume(l, r, w.ResumePoint())), "the end: as a new walk")

	for _, bad := range []interview.ResumePoint{
		{Practice: "LABSEC99-BP01"},
		{Filter: interview.Filter{Scope: review.Scope{Layers: []string{"moon"}}}},
		{Filter: interview.Filter{Severity: "grave"}},
		{Filter: interview.Filter{Only: "those"}},
	} {
		assert.False(t, bad.ValidFor(l), "%+v", bad)
	}
	assert.True(t, p.ValidFor(l))
}
