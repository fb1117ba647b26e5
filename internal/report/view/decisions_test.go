package view_test

import (
	"strings"
	"testing"

	"github.com/iotlens/iotlens/internal/lens"
	"github.com/iotlens/iotlens/internal/report/view"
	"github.com/iotlens/iotlens/internal/review"
	"github.com/iotlens/iotlens/internal/scoring"
	"github.com/stretchr/testify/assert"
)

// The decisions depend on what a finding lacks. The day is 2026-11-28, so that Now ends on
// 2026-12-28.
func TestFindingDecisions(t *testing.T) {
	a := &scoring.Assessment{Today: "2026-11-28"}
	answer := func(owner, due, deadline string) review.Answer {
		return review.Answer{Status: review.NotImplemented, Owner: owner, Due: due, Deadline: deadline}
	}
	for name, c := range map[string]struct {
		practice scoring.Practice
		finding  scoring.Finding
		want     string
	}{
		"owner and date":         {practice: scoring.Practice{Answer: answer("Ana", "2026-12-18", "")}, want: "Confirm that Ana closes it by 2026-12-18."},
		"neither":                {practice: scoring.Practice{Answer: answer("", "", "")}, want: "Assign an owner and a date."},
		"no owner":               {practice: scoring.Practice{Answer: answer("", "2026-12-18", "")}, want: "Assign an owner."},
		"no date":                {practice: scoring.Practice{Answer: answer("Ana", "", "")}, want: "Set a date with Ana."},
		"overdue":                {practice: scoring.Practice{Answer: answer("Ana", "2026-11-01", "")}, finding: scoring.Finding{DueState: scoring.DueOverdue}, want: "Agree on a new date."},
		"after its horizon":      {practice: scoring.Practice{Answer: answer("Ana", "2027-03-01", "")}, finding: scoring.Finding{DueState: scoring.DueAfter}, want: "Bring the date forward to 2026-12-28, or accept the risk until 2027-03-01."},
		"after its deadline":     {practice: scoring.Practice{Answer: answer("Ana", "2027-03-01", "2027-02-01")}, finding: scoring.Finding{DueState: scoring.DueAfter}, want: "Bring the date forward: its deadline is 2027-02-01."},
		"its deadline is over":   {practice: scoring.Practice{Answer: answer("Ana", "2026-12-18", "2026-09-11")}, want: "Close it now, or accept the risk until 2026-12-18: its deadline was 2026-09-11."},
		"before its deadline":    {practice: scoring.Practice{Answer: answer("Ana", "2026-12-18", "2027-02-01")}, want: "Confirm that Ana closes it by 2026-12-18."},
		"don't know":             {practice: scoring.Practice{Answer: review.Answer{Status: review.CannotDetermine, Owner: "Ana", Due: "2026-12-18"}}, want: `Have somebody find out: the answer was "don't know".`},
		"what has shipped":       {practice: scoring.Practice{Answer: answer("Ana", "2026-12-18", "")}, finding: scoring.Finding{Compensate: true}, want: "Decide on a compensating control: devices that have shipped cannot be fixed."},
		"high effort":            {practice: scoring.Practice{Answer: answer("Ana", "2026-12-18", ""), Effort: lens.High}, want: "Fund the work: high effort."},
		"visits":                 {practice: scoring.Practice{Answer: answer("Ana", "2026-12-18", ""), Effort: lens.Low, Fix: lens.FieldVisit}, want: "Fund the work: low effort, visits to sites."},
		"the waiver has expired": {practice: scoring.Practice{Answer: answer("Ana", "2026-12-18", "")}, finding: scoring.Finding{Waiver: &scoring.Waiver{Waiver: review.Waiver{Expires: "2026-11-20"}, State: scoring.WaiverExpired}}, want: "Renew the waiver, which expired on 2026-11-20, or have the gap closed."},
	} {
		c.finding.Practice, c.finding.Horizon = &c.practice, scoring.Now
		assert.Equal(t, c.want, strings.Join(view.FindingDecisions(a, c.finding), " "), name)
	}
}
