package interview_test

import (
	"strings"
	"testing"

	"github.com/iotlens/iotlens/internal/interview"
	"github.com/iotlens/iotlens/internal/review"
	"github.com/iotlens/iotlens/internal/testlens"
	"github.com/stretchr/testify/assert"
)

// The walk has the three practices of LABSEC10 and the two of LABSEC11. A step
// ends with ! where it must not move.
func TestFromQuestionToQuestion(t *testing.T) {
	for _, c := range []struct {
		steps string
		at    string
		here  [2]int
	}{
		{at: "10-1", here: [2]int{0, 3}},
		{steps: "next", at: "11-1", here: [2]int{3, 5}},
		{steps: "step next", at: "11-1", here: [2]int{3, 5}},
		{steps: "next next!", at: "11-1", here: [2]int{3, 5}},
		{steps: "prev!", at: "10-1", here: [2]int{0, 3}},
		{steps: "next step prev", at: "10-1", here: [2]int{0, 3}},
		{steps: "step step prev!", at: "10-3", here: [2]int{0, 3}},
		{steps: "end next!", at: "end", here: [2]int{5, 5}},
		{steps: "end prev", at: "11-1", here: [2]int{3, 5}},
	} {
		r := &review.Review{Scope: review.Scope{Questions: []string{"LABSEC10", "LABSEC11"}}}
		w := interview.New(testlens.Lens(), r, interview.Filter{})
		for _, step := range strings.Fields(c.steps) {
			want := !strings.HasSuffix(step, "!")
			switch strings.TrimSuffix(step, "!") {
			case "next":
				assert.Equal(t, want, w.NextQuestion(), c.steps)
			case "prev":
				assert.Equal(t, want, w.PrevQuestion(), c.steps)
			case "step":
				w.Step()
			case "end":
				w.GoTo(len(w.Stops()))
			}
		}
		first, end := w.QuestionStops()
		assert.Equal(t, c.at, place(w), c.steps)
		assert.Equal(t, c.here, [2]int{first, end}, c.steps)
	}
}
