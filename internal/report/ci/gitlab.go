package ci

import (
	"crypto/sha256"
	"encoding/hex"
	"io"

	"github.com/iotlens/iotlens/internal/jsonfile"
	"github.com/iotlens/iotlens/internal/lens"
	"github.com/iotlens/iotlens/internal/report/view"
	"github.com/iotlens/iotlens/internal/scoring"
	"github.com/iotlens/iotlens/internal/text"
)

// GitLab's Code Quality report: a list of these. Source: GitLab, "Code Quality",
// section on implementing a tool of one's own.
type (
	gitlabIssue struct {
		Description string         `json:"description"`
		CheckName   string         `json:"check_name"`
		Fingerprint string         `json:"fingerprint"` // of the problem, wherever it moves in the file
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

var gitlabSeverity = map[lens.Level]string{lens.High: "critical", lens.Medium: "major", lens.Low: "minor"}

// GitLab writes an issue for each finding, by priority, and for each best
// practice that is not assessed. A merge request shows which issues come and go
// by their fingerprint, which is that of the best practice: one that is no
// longer answered is not taken for resolved. What is waived or not assessed is
// of the severity info.
func GitLab(w io.Writer, a *scoring.Assessment) error {
	var out []gitlabIssue
	for _, i := range issues(a) {
		severity := gitlabSeverity[i.Severity]
		if i.waived() || i.finding == nil {
			severity = "info"
		}
		sum := sha256.Sum256([]byte(a.LensID + "\x00" + i.ID + "\x00" + a.File))
		out = append(out, gitlabIssue{
			Description: text.Clean(i.ID+" "+i.message(), false), CheckName: i.ID, Fingerprint: hex.EncodeToString(sum[:16]), Severity: severity,
			Location: gitlabLocation{Path: view.Or(text.Clean(a.File, false), "review"), Lines: gitlabLines{Begin: i.line()}},
		})
	}
	return jsonfile.Write(w, out)
}
