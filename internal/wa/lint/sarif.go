package lint

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"strings"

	"github.com/iotlens/iotlens/internal/sarif"
	"github.com/iotlens/iotlens/internal/text"
)

// helpBase is the address of the page that explains the checks.
const helpBase = "https://github.com/iotlens/iotlens/blob/main/docs/lint.md#"

func writeSARIF(w io.Writer, r Report) error {
	checks := Checks()
	driver := sarif.ProgramDriver(r.Program)
	driver.Name, driver.InformationURI = "iotlens lens lint", ""
	run := sarif.Run{Tool: sarif.Tool{Driver: driver}, Automation: &sarif.Automation{ID: category(r.Category)}}
	index := map[*Check]int{}
	for i, c := range checks {
		index[c] = i
		run.Tool.Driver.Rules = append(run.Tool.Driver.Rules, rule(c))
	}
	seen := map[string]int{}
	for _, f := range r.findings() {
		id := fingerprint(f)
		seen[id]++
		run.Results = append(run.Results, sarif.Result{
			RuleID: f.Check.Code, RuleIndex: index[f.Check], Level: level(f.Check.Severity), Message: sarif.Text(sentence(f.Text)),
			Locations:    sarif.LocationsAt(f.File, f.Line, f.Column),
			Fingerprints: map[string]string{"iotlensLint/v1": fmt.Sprintf("%s:%d", id, seen[id])},
		})
	}
	return sarif.Write(w, run)
}

// category returns the id under which GitHub stores the results of a run. GitHub uses the
// part before the last slash: an upload of the same tool and category replaces the
// previous one.
func category(folder string) string {
	if folder == "" || folder == "." {
		return "iotlens-lens-lint/"
	}
	return "iotlens-lens-lint/" + strings.Trim(text.Clean(folder, false), "/") + "/"
}

// sentence ends the text of a finding with a full stop, unless it ends with a question mark.
func sentence(s string) string {
	if strings.HasSuffix(s, "?") {
		return s
	}
	return s + "."
}

func rule(c *Check) sarif.Rule {
	kind := [...]string{"error", "warning", "recommendation"}[c.Severity]
	return sarif.Rule{
		ID: c.Code, Name: c.Name,
		ShortDescription: sarif.Text(c.Summary + "."), FullDescription: sarif.Text(text.Shorten(c.Why, sarif.MaxDescription)),
		HelpURI: helpBase + strings.ToLower(c.Code), Help: sarif.Text(c.Summary + ".\n\n" + c.Why),
		DefaultConfiguration: sarif.Configuration{Level: level(c.Severity)},
		Properties:           sarif.RuleProperties{Tags: []string{"custom-lens", group(c)}, Precision: "very-high", ProblemSeverity: kind},
	}
}

// group returns the subject of a check by its code; see codes.go.
func group(c *Check) string {
	groups := [...]string{"json", "json", "fields", "ids", "links", "none-of-these", "rules", "scoring", "scoring"}
	return groups[c.Code[3]-'0']
}

func level(s Severity) sarif.Level {
	return [...]sarif.Level{sarif.Error, sarif.Warning, sarif.Note}[s]
}

// fingerprint identifies a finding independently of its position.
func fingerprint(x Finding) string {
	sum := sha256.Sum256([]byte(x.Check.Code + "\n" + stable(x.Text)))
	return hex.EncodeToString(sum[:16])
}
