package gate

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/iotlens/iotlens/internal/lens"
	"github.com/iotlens/iotlens/internal/review"
	"github.com/iotlens/iotlens/internal/scoring"
	"github.com/iotlens/iotlens/internal/text"
)

// exempted notes how many best practices of high severity are not in place and
// decide nothing, and by which rules: who reads "passed" must not have to guess
// how much the policy, its waivers and its baseline exempted.
func (j *judge) exempted() {
	by := map[Rule]int{}
	for _, r := range j.v.Exempted {
		if !slices.ContainsFunc(j.a.Practices, func(p scoring.Practice) bool { return p.ID == r.Subject && p.Severity == lens.High }) {
			continue
		}
		by[r.Rule]++
	}
	var counts []string
	for _, rule := range slices.SortedFunc(maps.Keys(by), compareRules) {
		counts = append(counts, fmt.Sprintf("%d by %s", by[rule], rule))
	}
	if len(counts) > 0 {
		j.v.note("", "high severity, not in place, exempted: %s", strings.Join(counts, ", "))
	}
}

// excluded notes what is of high severity and not applicable: it raises score and
// coverage as if it were not there.
func (j *judge) excluded() {
	var ids []string
	for _, p := range j.a.Excluded {
		if p.Severity == lens.High {
			ids = append(ids, p.ID)
		}
	}
	if len(ids) > 0 {
		j.v.note("", "high severity, not applicable: %s", strings.Join(ids, ", "))
	}
}

// futureDated notes answers that are dated after the day of the verdict: one of the
// two dates is wrong, and on an earlier day waivers hold that have expired since.
func (j *judge) futureDated() {
	n := 0
	for _, p := range j.a.Practices {
		if review.DayOf(p.At) > j.a.Today {
			n++
		}
	}
	if n > 0 {
		j.v.note("", "%s dated later than %s, the day of this verdict", text.CountOf(n, "answer is", "answers are"), j.a.Today)
	}
}
