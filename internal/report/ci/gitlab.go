package ci

import (
	"io"

	"github.com/iotlens/iotlens/internal/gate"
	"github.com/iotlens/iotlens/internal/jsonfile"
	"github.com/iotlens/iotlens/internal/lens"
	"github.com/iotlens/iotlens/internal/report/view"
	"github.com/iotlens/iotlens/internal/text"
)

// GitLab's Code Quality report is a list of issues. Source: GitLab, "Code Quality", section on
// implementing a custom tool.
type (
	gitlabIssue struct {
		Description string         `json:"description"`
		CheckName   string         `json:"check_name"`
		Fingerprint string         `json:"fingerprint"` // does not depend on the line
		Severity    string         `json:"severity"`    // info, minor, major, critical, blocker
		Location    gitlabLocation `json:"location"`
	}
	gitlabLocation struct {
		Path  string      `json:"path"`
		Lines gitlabLines `json:"lines"`
	}
	gitlabLines struct {
		Begin int `json:"begin"`
	}
)

var gitlabSeverity = map[lens.Level]string{lens.Critical: "blocker", lens.High: "critical", lens.Medium: "major", lens.Low: "minor"}

// GitLab writes an issue for each case that failed, is incomplete or was exempted by a rule,
// in this order. Issues that did not fail have the severity info. A merge request compares
// issues by fingerprint. Since that is of the best practice, an issue does not count as
// resolved when its answer is removed.
func GitLab(w io.Writer, results []view.GateResult) error {
	var out []gitlabIssue
	add := func(result view.GateResult, id, severity, description string, line int) {
		out = append(out, gitlabIssue{
			Description: text.Clean(id+" "+description, false), CheckName: id, Severity: severity,
			Fingerprint: fingerprint(result.Bank.ID, id, result.RepoPath),
			Location:    gitlabLocation{Path: view.OrDefault(text.Clean(result.RepoPath, false), "review"), Lines: gitlabLines{Begin: line}},
		})
	}
	for _, result := range results {
		if result.Err != nil {
			add(result, "iotlens", "blocker", "could not run: "+result.Err.Error(), 1)
		}
		for _, c := range issues(result) {
			severity := "info"
			if c.Outcome == gate.Failed {
				severity = view.OrDefault(gitlabSeverity[c.Severity], "major")
			}
			add(result, c.ID, severity, view.WithFullStop(issueTitle(c))+" "+issueDetails(result, c), lineOrFirst(c))
		}
	}
	return jsonfile.Write(w, out)
}
