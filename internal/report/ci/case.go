// Package ci writes the verdict of a gate for pipelines: SARIF for code scanning, JUnit
// for test reports, and what GitHub and GitLab show. What these show as a failure is
// what the gate failed on, and nothing else.
package ci

import (
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strings"

	"github.com/iotlens/iotlens/internal/report/view"
	"github.com/iotlens/iotlens/internal/review"
)

// issues lists the cases that are an issue somewhere: what failed, what is incomplete,
// and the best practices that a rule exempted.
func issues(result view.GateResult) []view.Case {
	return slices.DeleteFunc(result.Cases(), func(c view.Case) bool {
		return !c.Blocking() && (!c.Exempted() || c.Practice == nil)
	})
}

// issueTitle is a case in a sentence that is complete by itself.
func issueTitle(c view.Case) string {
	switch {
	case c.Practice != nil:
		return view.Headline(c.Practice)
	case c.Title != "":
		return c.Title
	}
	return c.Reasons[0].Text
}

// issueDetails is what a reader of one case should know beyond its title: the finding, and
// the rules that decided.
func issueDetails(result view.GateResult, c view.Case) string {
	var out []string
	switch {
	case c.Finding != nil:
		out = append(out, view.FindingSummary(c.Finding))
	case c.Practice != nil && c.Practice.Status == review.Unanswered:
		out = append(out, "It is not answered yet.")
	}
	outcome := map[bool]string{true: c.Outcome.String(), false: "exempted"}[c.Blocking()]
	return strings.Join(append(out, "Gate: "+outcome+", "+view.WithFullStop(result.ReasonText(c))), " ")
}

// lineOrFirst is that of the answer in the review file; the first where there is none.
func lineOrFirst(c view.Case) int { return max(c.Line, 1) }

// fingerprint identifies an issue by the lens, its best practice or rule, and what more
// there is: wherever it moves in a file, and whatever its status or note becomes.
func fingerprint(parts ...string) string {
	sum := sha256.Sum256([]byte(strings.Join(parts, "\x00")))
	return hex.EncodeToString(sum[:16])
}
