package ci

import (
	"io"
	"strconv"
	"strings"

	"github.com/iotlens/iotlens/internal/gate"
	"github.com/iotlens/iotlens/internal/report/view"
	"github.com/iotlens/iotlens/internal/review"
	"github.com/iotlens/iotlens/internal/text"
)

// Escaping of the data and the properties of GitHub's workflow commands. Source: GitHub,
// "Workflow commands"; the runner reverses exactly these.
var (
	commandData     = strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A")
	commandProperty = strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A", ":", "%3A", ",", "%2C")
)

// GitHub writes an annotation for each blocking case: an error if it failed, a warning if it
// is incomplete. GitHub shows only the first ten of a level in a step, so unanswered best
// practices share one warning, and exempted ones are counted in one notice.
func GitHub(w io.Writer, results []view.GateResult) error {
	var b strings.Builder
	for _, result := range results {
		command := func(level string, line int, title, message string) {
			b.WriteString("::" + level)
			sep := " "
			property := func(name, value string) {
				b.WriteString(sep + name + "=" + commandProperty.Replace(text.Clean(value, false)))
				sep = ","
			}
			if result.RepoPath != "" {
				property("file", result.RepoPath)
				property("line", strconv.Itoa(line))
			}
			property("title", title)
			b.WriteString("::" + commandData.Replace(text.Clean(message, true)) + "\n")
		}
		if result.Err != nil {
			command("error", 1, "iotlens could not run", result.Err.Error())
			continue
		}
		var unanswered []string
		exempted := false
		for _, c := range issues(result) {
			switch {
			case c.Outcome == gate.Failed:
				command("error", lineOrFirst(c), c.ID+" "+issueTitle(c), issueDetails(result, c))
			case !c.Blocking():
				exempted = true
			case c.Practice != nil && c.Practice.Status == review.Unanswered:
				unanswered = append(unanswered, c.ID)
			default:
				command("warning", lineOrFirst(c), c.ID+" "+issueTitle(c), issueDetails(result, c))
			}
		}
		if n := len(unanswered); n > 0 {
			command("warning", 1, text.Plural(n, "best practice is", "best practices are")+" not assessed", strings.Join(unanswered, ", "))
		}
		if exempted || result.Verdict.Outcome != gate.Passed {
			command("notice", 1, result.Headline(), "Judged by the "+result.PolicyName()+".")
		}
	}
	_, err := io.WriteString(w, b.String())
	return err
}
