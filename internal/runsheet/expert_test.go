package runsheet_test

import (
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/iotlens/iotlens/internal/bank/shipped"
	"github.com/iotlens/iotlens/internal/choice"
	"github.com/iotlens/iotlens/internal/interview"
	"github.com/iotlens/iotlens/internal/review"
	"github.com/iotlens/iotlens/internal/runsheet"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// Whatever the workload: two hours hold the core questions, and one hour as many as fit,
// with one each of security, reliability and the update path. The reviews of the architect
// are planned as they are, which is again, and with their profiles alone.
func TestNoPlanSkipsTheCore(t *testing.T) {
	l := shipped.Lens()
	reviews := map[string]*review.Review{"no profile": {}}
	for _, pattern := range []string{"../../testdata/expert/reviews/*.yaml", "../../testdata/reviews/*.yaml"} {
		files, err := filepath.Glob(pattern)
		require.NoError(t, err)
		require.NotEmpty(t, files)
		for _, path := range files {
			f, err := review.Load(path, l)
			require.NoError(t, err)
			profile := &review.Review{Workload: f.Review.Workload}
			interview.ApplyProfile(l, profile, profile.Workload.Profile, "")
			reviews[path], reviews[path+" profile"] = f.Review, profile
		}
	}
	for name, r := range reviews {
		for _, minutes := range []int{30, 60, 120} {
			s := runsheet.New(l, r, interview.Filter{}, interview.Plan{Minutes: minutes})
			var held []string
			for _, c := range s.Cards {
				if c.Core {
					held = append(held, c.Question.ID)
				}
			}
			core, short := open(r, s.Repeated)
			if minutes == 120 {
				assert.GreaterOrEqual(t, len(held), min(12, len(core)), "%s: %v", name, held)
				continue
			}
			most := 0
			for n := 0; n+1 <= len(short); n++ {
				if sum(short[:n+1]) <= minutes {
					most = n + 1
				}
			}
			if minutes == 60 { // in less, one of each group can take the time of two others
				assert.GreaterOrEqual(t, len(held), most, "%s: %v of %d", name, held, most)
			}
			for _, group := range [][]string{
				{"IOTREL08", "IOTSEC13"},
				{"IOTREL11", "IOTREL12"},
				{"IOTSEC01", "IOTSEC02", "IOTSEC03", "IOTSEC04", "IOTSEC05", "IOTSEC07", "IOTSEC10", "IOTSEC11", "IOTSEC15"},
			} {
				one := func(id string) bool { return slices.Contains(group, id) }
				assert.True(t, slices.ContainsFunc(held, one) || !slices.ContainsFunc(core, one), "%s, %d minutes: one of %v: %v", name, minutes, group, held)
			}
		}
	}
}

func sum(minutes []int) (n int) {
	for _, m := range minutes {
		n += m
	}
	return n
}

// open lists the core questions of which something is open, or applies where everything is
// planned again, and their minutes, the shortest first.
func open(r *review.Review, again bool) (questions []string, minutes []int) {
	l := shipped.Lens()
	r = r.Clone()
	interview.ApplyProfile(l, r, r.Workload.Profile, "")
	aside := r.SetAside(l)
	for i := range l.Questions {
		q := &l.Questions[i]
		n := 0
		for _, p := range q.Practices {
			status := choice.Of(q, p.ID, r.Answers).Status
			if _, set := aside[p.ID]; !set && (status == review.Unanswered || again && status != review.NotApplicable) {
				n++
			}
		}
		if n > 0 && q.Core.Why != "" {
			questions, minutes = append(questions, q.ID), append(minutes, interview.MinutesFor(q, n))
		}
	}
	slices.Sort(minutes)
	return questions, minutes
}

// The reasons fit two lines of a list.
func TestReasonsAreShort(t *testing.T) {
	s := runsheet.New(shipped.Lens(), nil, interview.Filter{}, interview.Plan{Minutes: 10000})
	for _, c := range s.Cards {
		assert.NotEmpty(t, c.Reason)
		assert.LessOrEqual(t, len(c.Reason), 130, c.Reason)
		assert.False(t, strings.Contains(c.Reason, "\n"))
	}
}
