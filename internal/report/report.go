// Package report writes an assessment in each format: one file a format, listed
// in one table from which help, completion, check and look-up come.
//
// A writer shows what the assessment says and looks nothing up. Whatever came
// from a file or a person passes text.Clean on its way, so that a note can't
// drive a terminal.
package report

import (
	"fmt"
	"io"
	"strings"

	"github.com/iotlens/iotlens/internal/scoring"
	"github.com/iotlens/iotlens/internal/text"
)

// A Format is a way to write an assessment.
type Format struct {
	Name  string
	About string // one phrase for help
	Write func(io.Writer, *scoring.Assessment) error
}

// Formats lists the formats.
func Formats() []Format {
	return []Format{
		{"text", "for a terminal", writeText},
		{"markdown", "for GitHub and for people", writeMarkdown},
		{"html", "one page for people, to send or to print", writeHTML},
		{"pdf", "the sponsor's two pages and the findings", writePDF},
		{"csv", "for spreadsheets; iotlens import takes it back", writeCSV},
		{"json", "for programs (schemas/report.schema.json), and for report --from", writeJSON},
		{"sarif", "for code scanning: SARIF 2.1.0", writeSARIF},
		{"junit", "for test reports: a suite a pillar, a case a best practice", writeJUnit},
		{"github", "for GitHub Actions: annotations, and a summary of the job", writeGitHub},
		{"gitlab", "for GitLab: a Code Quality report", writeGitLab},
		{"aws-review", "AWS's open review schema, for wa-ci and the like", writeAWSReview},
	}
}

// pageSize is about what a full review comes to as text or Markdown, in bytes.
const pageSize = 128 << 10

// FormatNames lists the names of the formats.
func FormatNames() []string {
	var names []string
	for _, f := range Formats() {
		names = append(names, f.Name)
	}
	return names
}

// Find returns the format with a name. The error lists the names.
func Find(name string) (Format, error) {
	for _, f := range Formats() {
		if f.Name == name {
			return f, nil
		}
	}
	return Format{}, unknownFormat(name, FormatNames())
}

// Verdict is the assessment in a sentence.
func Verdict(a *scoring.Assessment) string {
	high, medium, open := len(atRisk(a, scoring.RiskHigh)), len(atRisk(a, scoring.RiskMedium)), len(atRisk(a, scoring.RiskUnanswered))
	total := 0
	for _, q := range a.Questions {
		if q.AWS() {
			total++
		}
	}
	var worst *scoring.Finding
	for i := range a.Findings {
		if !a.Findings[i].Waived {
			worst = &a.Findings[i]
			break
		}
	}
	var s string
	switch {
	case a.Lens.Answered+a.LayerBanks.Answered == 0:
		return "Nothing has been assessed yet."
	case high > 0:
		s = fmt.Sprintf("%d of %d questions %s a high risk and %d a medium one", high, total, carry(high), medium)
	case medium > 0:
		s = fmt.Sprintf("No question carries a high risk; %d of %d %s a medium one", medium, total, carry(medium))
	default:
		s = fmt.Sprintf("None of the %d questions answered so far carries a risk", total-open)
	}
	if worst != nil {
		s += "; start with " + worst.ID + " (" + worst.Title + ")"
	}
	s += "."
	if n := len(a.Unassessed); n > 0 {
		s += fmt.Sprintf(" %s not assessed, so the picture is incomplete.", text.CountOf(n, "best practice is", "best practices are"))
	}
	return s
}

func carry(n int) string {
	if n == 1 {
		return "carries"
	}
	return "carry"
}

// Percent writes a score or a coverage as people read it: whole, rounded down
// so that 99.9 is not 100.
func Percent(p float64, ok bool) string {
	if !ok {
		return "not assessed"
	}
	return fmt.Sprintf("%d %%", int(p+1e-9))
}

// A namedTally is a count of best practices with the name under which a report
// shows it.
type namedTally struct {
	name string
	scoring.Tally
}

// tallies lists what a report counts: the lens itself, and the layer banks where
// it has any.
func tallies(a *scoring.Assessment) []namedTally {
	out := []namedTally{{a.OwnPractices(), a.Lens}}
	if len(a.Layers) > 0 {
		out = append(out, namedTally{"Layer banks", a.LayerBanks})
	}
	return out
}

func score(t scoring.Tally) string    { return Percent(t.Score()) }
func coverage(t scoring.Tally) string { return Percent(t.Coverage()) }

// atRisk lists AWS's questions that carry a risk.
func atRisk(a *scoring.Assessment, r scoring.Risk) []scoring.Question {
	var out []scoring.Question
	for _, q := range a.Questions {
		if q.AWS() && q.Risk == r {
			out = append(out, q)
		}
	}
	return out
}

// differing lists the questions on which the letter of AWS's rules and their
// monotone form differ.
func differing(a *scoring.Assessment) []scoring.Question {
	var out []scoring.Question
	for _, q := range a.Questions {
		if q.Differs {
			out = append(out, q)
		}
	}
	return out
}

var horizonWords = map[scoring.Horizon]string{
	scoring.Now:   "Now (this month)",
	scoring.Next:  "Next (this quarter)",
	scoring.Later: "Later (when it comes up)",
}

func questionIDs(qs []scoring.Question) string {
	ids := make([]string, len(qs))
	for i, q := range qs {
		ids[i] = q.ID
	}
	return strings.Join(ids, ", ")
}

// filter returns the findings for which keep says yes.
func filter(fs []scoring.Finding, keep func(scoring.Finding) bool) []scoring.Finding {
	var out []scoring.Finding
	for _, f := range fs {
		if keep(f) {
			out = append(out, f)
		}
	}
	return out
}

func quickWins(a *scoring.Assessment) []scoring.Finding {
	return filter(a.Findings, func(f scoring.Finding) bool { return f.Quadrant == scoring.QuickWin && !f.Waived })
}

func inHorizon(a *scoring.Assessment, h scoring.Horizon) []scoring.Finding {
	return filter(a.Findings, func(f scoring.Finding) bool { return f.Horizon == h && !f.Waived })
}

func or(s, other string) string {
	if strings.TrimSpace(s) == "" {
		return other
	}
	return s
}

// lowerFirst begins a phrase in the middle of a sentence; an abbreviation stays
// as it is.
func lowerFirst(s string) string {
	if len(s) > 1 && s[1] >= 'a' && s[1] <= 'z' {
		return strings.ToLower(s[:1]) + s[1:]
	}
	return s
}
