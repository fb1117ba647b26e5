package xlsx_test

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"github.com/iotlens/iotlens/internal/compare"
	"github.com/iotlens/iotlens/internal/gate"
	"github.com/iotlens/iotlens/internal/portfolio"
	"github.com/iotlens/iotlens/internal/report/xlsx"
	"github.com/iotlens/iotlens/internal/testlens"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// hostilePortfolio has what a spreadsheet would run as the name of everything.
func hostilePortfolio() *portfolio.Portfolio {
	l := testlens.Lens()
	p := &portfolio.Portfolio{
		Options: portfolio.Options{Today: today, Soon: 30, Stale: 365, CountBy: "segment", Where: []string{hostile[0]}},
		Groups:  []portfolio.Group{{LensID: l.ID, LensName: l.Name, LensVersion: l.Version, LensRevision: 1, Lens: l}},
	}
	failed, verdict := portfolio.Bucket{Name: gate.Failed.String()}, portfolio.Bucket{Name: "High risk"}
	for i, h := range hostile {
		id := portfolio.ID(i + 1)
		p.Reviews = append(p.Reviews, portfolio.Review{
			ID: id, File: h, Workload: h, Owner: h, Outcome: gate.Failed, Verdict: portfolio.Badge{Mark: "▲", Words: "High risk"}, Answered: "2026-10-01",
			Score: compare.Percent{Value: 99.96, Known: true}, Open: i, Overdue: 1, Due: "2026-11-01", Facts: []*portfolio.Fact{{Name: "segment", Values: []string{h}}},
		})
		failed.Reviews, verdict.Reviews = append(failed.Reviews, id), append(verdict.Reviews, id)
		p.Owners = append(p.Owners, portfolio.Owner{Name: h, Open: i, Next: "2027-01-31", Reviews: portfolio.IDs{id}})
		p.Waivers = append(p.Waivers, portfolio.Waiver{Review: id, Practice: "LABSEC05-BP01", Title: h, Owner: h, Approver: h, Expires: "2026-12-01", Days: 7})
		p.Unread = append(p.Unread, portfolio.UnreadFile{File: h, Problems: []string{h, h}})
		p.Facts = append(p.Facts, portfolio.Bucket{Name: h, Reviews: portfolio.IDs{id}})
	}
	p.Outcomes, p.Verdicts, p.Overdue = []portfolio.Bucket{failed}, []portfolio.Bucket{verdict}, failed.Reviews
	many := make(portfolio.IDs, 0, 300)
	for range 300 {
		many = append(many, 1)
	}
	p.Groups[0].Practices = []portfolio.Practice{{ID: "LABSEC05-BP01", Title: hostile[0], Pillar: "security", Severity: "high", Open: many, Applicable: 300}}
	return p
}

// Dates are dates, tables have a filter and a frozen header, and a text stays a text whatever
// it begins with.
func TestPortfolioWorkbook(t *testing.T) {
	t.Parallel()
	var out, again bytes.Buffer
	require.NoError(t, xlsx.Portfolio(&out, hostilePortfolio()))
	require.NoError(t, xlsx.Portfolio(&again, hostilePortfolio()))
	assert.Equal(t, out.Bytes(), again.Bytes(), "the same portfolio gives the same bytes")

	b := seen(t, out.Bytes())
	assert.False(t, b.Macros)
	assert.Empty(t, b.Names)
	var names []string
	dates := map[string]bool{}
	for _, s := range b.Sheets {
		names = append(names, s.Name)
		if s.Name != "Summary" {
			assert.True(t, strings.HasPrefix(s.Filter, "$A$1:"), "%s has a filter", s.Name)
			assert.Equal(t, "B2", s.Frozen, s.Name)
		}
		head := map[int]string{}
		for _, c := range s.Cells {
			require.Contains(t, []string{"s", "n", "d"}, c.Type, "%s %s is a formula: %v", s.Name, c.At, c.Value)
			require.False(t, c.Link, "%s %s", s.Name, c.At)
			if c.Row == 1 {
				head[c.Column] = fmt.Sprint(c.Value)
			} else if c.Date {
				dates[s.Name+": "+head[c.Column]] = true
			}
		}
	}
	assert.Equal(t, []string{
		"Summary", "Workloads", "By segment", "Practices", "Questions", "Layers and pillars", "Owners", "Overdue", "Waivers", "Old reviews", "Movement", "Files not read",
	}, names)
	for _, want := range []string{"Workloads: Last answer", "Owners: Next date", "Overdue: Earliest due", "Waivers: Ends"} {
		assert.True(t, dates[want], "%s is a date", want)
	}
	for _, s := range b.Sheets {
		for _, c := range s.Cells {
			switch {
			case s.Name == "Workloads" && c.Row == 2 && c.Column == 1:
				assert.Equal(t, hostile[0], c.Value)
			case s.Name == "Practices" && c.Row == 2 && strings.HasSuffix(fmt.Sprint(c.Value), "more"):
				assert.True(t, strings.HasSuffix(c.Value.(string), "; and 100 more"), "a long list is cut, and says so")
			case s.Name == "Workloads" && c.Row == 2 && c.Value == 100.0:
				assert.Fail(t, "99.96 per cent is not 100")
			}
		}
	}
}
