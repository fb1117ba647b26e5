package review_test

import (
	"testing"

	"github.com/iotlens/iotlens/internal/review"
	"github.com/stretchr/testify/assert"
)

// Names are compared without case and with single blanks, and each stands once.
func TestOwners(t *testing.T) {
	r := &review.Review{
		Answers:           map[string]review.Answer{"A": {Owner: "Marta Ruiz"}, "B": {Owner: "marta  RUIZ"}, "C": {By: "Ben"}},
		UnansweredDetails: map[string]review.Answer{"D": {Owner: "Bo"}},
		Waivers:           []review.Waiver{{Practice: "C", Owner: "Zoë", Approver: "Eve"}},
		Parked:            []review.Topic{{Topic: "x", Owner: "Ana"}, {Topic: "y", Practice: "C", Owner: "bo"}},
	}
	assert.Equal(t, []string{"Ana", "Bo", "Marta Ruiz", "Zoë"}, r.Owners())
	for owner, want := range map[string][]string{"marta ruiz": {"A", "B"}, " BO ": {"C", "D"}, "ZOË": {"C"}, "Ana": nil, "Ben": nil, "Eve": nil} {
		var owned []string
		for _, id := range []string{"A", "B", "C", "D"} {
			if r.Owns(owner, id) {
				owned = append(owned, id)
			}
		}
		assert.Equal(t, want, owned, owner)
	}
	assert.False(t, r.Owns(" ", "C"), "nobody owns nothing")
}
