// Package ci writes the verdict of a gate for pipelines: SARIF for code scanning, JUnit for
// test reports, annotations for GitHub and a Code Quality report for GitLab. They show as a
// failure exactly what the gate failed on.
package ci

import (
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strings"

	"github.com/iotlens/iotlens/internal/report/view"
	"github.com/iotlens/iotlens/internal/review"
)

// issues returns the cases that SARIF, GitHub and GitLab show: blocking ones, and best
// practices that a rule exempted.
func issues(result view.GateResult) []view.Case {
	return slices.DeleteFunc(result.Cases(), func(c view.Case) bool {
		return !c.Blocking() && (!c.Exempted() || c.Practice == nil)
	})
}

// issueTitle returns a case as a sentence that is complete by itself.
func issueTitle(c view.Case) string {
	switch {
	case c.Practice != nil:
		return view.Headline(c.Practice)
	case c.Title != "":
		return c.Title
	}
	return c.Reasons[0].Text
}

// issueDetails returns what a reader of one case should know besides its title: the finding,
// and the rules that decided.
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

// lineOrFirst returns the line of the answer in the review file, or 1 if it has none.
func lineOrFirst(c view.Case) int { return max(c.Line, 1) }

// fingerprint returns an id of an issue, made of the lens, its best practice or rule, and
// perhaps the file. It does not depend on the line, the status or the note.
func fingerprint(parts ...string) string {
	sum := sha256.Sum256([]byte(strings.Join(parts, "\x00")))
	return hex.EncodeToString(sum[:16])
}
