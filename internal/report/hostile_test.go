package report_test

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"encoding/xml"
	"errors"
	"io"
	"regexp"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/iotlens/iotlens/internal/lens"
	"github.com/iotlens/iotlens/internal/report"
	"github.com/iotlens/iotlens/internal/report/plain"
	"github.com/iotlens/iotlens/internal/report/wire"
	"github.com/iotlens/iotlens/internal/review"
	"github.com/iotlens/iotlens/internal/scoring"
	"github.com/iotlens/iotlens/internal/testlens"
	"github.com/iotlens/iotlens/internal/workbook"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// hostile is text that drives a terminal, a browser, a spreadsheet, GitHub or a
// reader of XML, where a writer lets it.
const hostile = "=cmd()\x1b[2J\x07 <script>alert(1)</script> [x](javascript:1) ![i](//x) @team #1 | `c` **b** =cmd() \u202eevil\u200b \u2028 " +
	"</details> ]]> --> {0} %0A ##[add-mask]x ##vso[task.complete]x \x00\r\n# h\n::error::x\n =cmd();=cmd()\n+1\t@1\n\ufffe\uffff\xff\xed\xa0\x80"

// hostileReview answers everything with hostile text in every field; one note in
// fifteen has 64 KB.
func hostileReview() *review.Review {
	l := testlens.Lens()
	r := &review.Review{
		Schema: 1, Lens: l.ID, LensVersion: l.Version,
		Workload: review.Workload{
			Name: hostile, Description: hostile, ReviewOwner: hostile, Industry: hostile, ArchitecturalDesign: hostile,
			AWSRegions: []string{hostile}, AccountIDs: []string{hostile},
		},
		Answers: map[string]review.Answer{},
		Parked:  []review.Topic{{Topic: hostile, Owner: hostile, By: hostile}},
		Waivers: []review.Waiver{{Practice: "LABSEC05-BP01", Owner: hostile, Approver: hostile, Reason: hostile, Control: hostile, Expires: "2027-01-01"}},
	}
	for i, id := range l.PracticeIDs() {
		r.Answers[id] = review.Answer{
			Status: review.Statuses()[i%5], Reason: hostile, Note: hostile + strings.Repeat("x", 64<<10*(i%15/14)),
			Evidence: []string{hostile}, Owner: hostile, By: hostile, Template: hostile, VouchedBy: hostile, VouchedUntil: "2027-01-01",
		}
	}
	return r
}

// hostileAssessment has hostile text in the review, in the lens and in the name of the file.
// A few best practices are not assessed, one waiver has expired and one covers no finding.
func hostileAssessment() *scoring.Assessment {
	r := hostileReview()
	for _, id := range []string{"LABSEC01-BP01", "LABREL08-BP02"} {
		delete(r.Answers, id)
	}
	for _, w := range []review.Waiver{{Practice: "LABSEC02-BP01", Expires: "2026-01-01"}, {Practice: "LABSEC01-BP01", Expires: "2027-01-01"}} {
		w.Owner, w.Approver, w.Reason = hostile, hostile, hostile
		r.Waivers = append(r.Waivers, w)
	}
	a := scoring.Assess(testlens.Lens(), r, scoring.Options{Mode: scoring.Monotone, Today: day, File: "dir/" + hostile + ".yaml", Lines: map[string]int{"LABSEC02-BP01": 7}})
	a.LensName, a.LensShort, a.LensBy, a.LensVersion, a.LensSource, a.ReviewLensVersion = hostile, hostile, hostile, hostile, hostile, hostile
	for i := range a.Pillars {
		a.Pillars[i].Name, a.Pillars[i].About = hostile, hostile
	}
	for i := range a.Layers {
		a.Layers[i].Name, a.Layers[i].About = hostile, hostile
	}
	for i := range a.Questions {
		a.Questions[i].Title, a.Questions[i].Ask = hostile, hostile
	}
	for i := range a.Waivers {
		a.Waivers[i].Title = hostile
	}
	for i := range a.Practices {
		p := &a.Practices[i]
		p.Title, p.PillarName = hostile, hostile
		for j := range p.LayerNames {
			p.LayerNames[j] = hostile
		}
		p.Guide = scoring.Guide{
			Why: hostile, How: []lens.HowStep{{Do: hostile}}, Probes: []string{hostile}, Evidence: []string{hostile},
			RedFlags: []string{hostile}, Resources: []lens.Resource{{Title: hostile, URL: hostile}, {Title: hostile, URL: "https://" + hostile}}, Services: []string{hostile},
		}
	}
	for i := range a.Findings {
		a.Findings[i].Reasons = []string{hostile, hostile}
	}
	for i := range a.Scenarios {
		s := &a.Scenarios[i]
		s.Name, s.Description = hostile, hostile
		for j := range s.Steps {
			s.Steps[j].Title, s.Steps[j].Text = hostile, hostile
		}
	}
	return a
}

// reads says for every kind of reader how hostile text has no effect on it.
var reads = map[report.Audience]func(t *testing.T, out string){
	report.Terminal:      plainLines,
	report.Markdown:      func(t *testing.T, out string) { plainLines(t, out); inertMarkdown(t, out) },
	report.Viewer:        func(*testing.T, string) {}, // each in its own way, below
	report.Program:       inertData,
	report.RecordProgram: inertData,
}

func inertData(t *testing.T, out string) {
	requireNoControlCharacters(t, strings.ReplaceAll(out, "\u202e", ""), "\n\r\t\u200b")
}

// hostileTextChecks has further checks by format.
var hostileTextChecks = map[string]func(t *testing.T, out string){
	// What a browser makes of it is in TestHTMLWithHostileText.
	"html": func(t *testing.T, out string) {
		requireNoControlCharacters(t, out, "\n\t")
		assert.NotContains(t, out, "<script>alert")
		assert.NotContains(t, out, "javascript:1\"")
	},
	// What a browser makes of them is in TestSlidesDoNotOverflow.
	"slides": func(t *testing.T, out string) {
		requireNoControlCharacters(t, out, "\n\t")
		assert.NotContains(t, out, "<script>alert")
	},
	"pdf": func(t *testing.T, out string) {
		assert.True(t, strings.HasPrefix(out, "%PDF-"))
		for _, active := range []string{"/JavaScript", "/JS", "/Launch", "/OpenAction", "/URI (javascript", "/SubmitForm"} {
			assert.NotContains(t, out, active)
		}
	},
	"xlsx": func(t *testing.T, out string) { // what another reader makes of it is in package xlsx
		sheets, err := workbook.Read([]byte(out))
		require.NoError(t, err)
		for _, s := range sheets {
			for _, r := range s.Rows {
				for _, c := range r.Cells {
					requireNoControlCharacters(t, c.Text, "\n\t")
					require.False(t, c.Formula)
					require.LessOrEqual(t, len(c.Text), 4*32767)
				}
			}
		}
	},
	"csv": func(t *testing.T, out string) {
		rows, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(out, "\ufeff"))).ReadAll()
		require.NoError(t, err)
		require.Len(t, rows, 33) // one of them is a parked topic
		for _, row := range rows {
			for _, cell := range row {
				requireNoControlCharacters(t, cell, "\n\t")
				require.LessOrEqual(t, len(cell), 3*32767)
				for _, c := range strings.FieldsFunc(cell, func(r rune) bool { return strings.ContainsRune(";\n\t", r) }) {
					first := strings.TrimLeft(c, "\" \u00a0")
					require.False(t, first != "" && strings.ContainsAny(first[:1], "=+-@"), "%.40q runs", c)
				}
			}
		}
	},
	"json": func(t *testing.T, out string) {
		requireNoControlCharacters(t, strings.ReplaceAll(out, "\u202e", ""), "\n\u200b") // data, to be read by a program
		var back wire.Report
		require.NoError(t, json.Unmarshal([]byte(out), &back))
		assert.Equal(t, string([]rune(hostile)), back.Workload.Name)
	},
	"sarif": func(t *testing.T, out string) {
		requireNoControlCharacters(t, out, "\n")
		holdsToSARIF(t, out)
		var log struct {
			Runs []struct {
				Results []struct{ Message struct{ Text string } }
				Tool    struct {
					Driver struct {
						Rules []struct {
							Help struct{ Text, Markdown string }
						}
					}
				}
			}
		}
		require.NoError(t, json.Unmarshal([]byte(out), &log))
		linked := regexp.MustCompile(`(^|[^\\])(\\\\)*\[`)
		for _, r := range log.Runs[0].Results {
			require.NotRegexp(t, linked, r.Message.Text, "a link")
			requireNoControlCharacters(t, r.Message.Text, "\n\t")
		}
		for _, r := range log.Runs[0].Tool.Driver.Rules {
			inertMarkdown(t, r.Help.Markdown)
			requireNoControlCharacters(t, r.Help.Text, "\n\t")
		}
	},
	"junit": func(t *testing.T, out string) {
		requireNoControlCharacters(t, out, "\n")
		holdsToJUnit(t, out)
		d := xml.NewDecoder(strings.NewReader(out))
		for {
			token, err := d.Token()
			if errors.Is(err, io.EOF) {
				break
			}
			require.NoError(t, err)
			if e, ok := token.(xml.StartElement); ok {
				require.Contains(t, []string{"testsuites", "testsuite", "testcase", "failure", "error", "skipped"}, e.Name.Local)
			}
		}
	},
	"github": func(t *testing.T, out string) {
		requireNoControlCharacters(t, out, "\n\t")
		for _, line := range strings.Split(strings.TrimSuffix(out, "\n"), "\n") {
			c := workflowCommand(t, line)
			require.Contains(t, []string{"error", "warning", "notice"}, c.name)
			for key := range c.properties {
				require.Contains(t, []string{"file", "line", "title"}, key, "%.200q", line)
			}
			require.NotContains(t, c.properties["file"], "\n")
		}
	},
	"gitlab": func(t *testing.T, out string) { requireNoControlCharacters(t, out, "\n"); holdsToGitLab(t, out) },
	"aws-review": func(t *testing.T, out string) { // its schema is in TestHostileTextFitsTheOpenSchema
		requireNoControlCharacters(t, strings.ReplaceAll(out, "\u202e", ""), "\n\u200b")
		require.True(t, json.Valid([]byte(out)))
	},
}

func TestHostileTextHasNoEffect(t *testing.T) {
	t.Parallel()
	for _, f := range report.Formats() {
		t.Run(f.Name, func(t *testing.T) {
			t.Parallel()
			check := hostileTextChecks[f.Name]
			require.True(t, check != nil || f.Audience != report.Viewer, "say in this test why hostile text has no effect in the format %s", f.Name)
			for name, a := range map[string]*scoring.Assessment{
				"review":          scoring.Assess(testlens.Lens(), hostileReview(), scoring.Options{Mode: scoring.Monotone, Today: day}),
				"lens and review": hostileAssessment(),
			} {
				out := written(t, f.Name, a)
				if f.Name != "pdf" && f.Name != "xlsx" {
					require.True(t, utf8.ValidString(out), name)
				}
				reads[f.Audience](t, out)
				if check != nil {
					check(t, out)
				}
			}
		})
	}
}

func TestHostileTextInMarkdownSummary(t *testing.T) {
	var b bytes.Buffer
	require.NoError(t, plain.MarkdownSummary(&b, hostileAssessment()))
	plainLines(t, b.String())
	inertMarkdown(t, b.String())
	assert.LessOrEqual(t, utf8.RuneCountInString(b.String()), plain.MaxComment)
}

// requireNoControlCharacters checks that a text has no control characters and no marks that
// change the direction of text, except those allowed.
func requireNoControlCharacters(t *testing.T, out, allowed string) {
	t.Helper()
	for _, c := range out {
		drives := unicode.IsControl(c) || unicode.Is(unicode.Cf, c) || c == '\u2028' || c == '\u2029'
		require.False(t, drives && !strings.ContainsRune(allowed, c) && c != '\ufeff', "lets %U through", c)
	}
}

// plainLines checks text for a terminal and for the log of a pipeline.
func plainLines(t *testing.T, out string) {
	t.Helper()
	requireNoControlCharacters(t, out, "\n\t")
	for _, line := range strings.Split(out, "\n") {
		require.False(t, strings.HasPrefix(strings.TrimSpace(line), "::"), "%.80q is a command", line)
	}
	require.NotRegexp(t, `##\w*\[`, out, "a command of the log")
}

func inertMarkdown(t *testing.T, md string) {
	t.Helper()
	for _, markup := range []string{`<script`, `\]\(javascript`, `\[i`, `\*b`, `</details>`, `\n# h`, `@team`, "`c"} {
		live := regexp.MustCompile(`(^|[^\\])` + markup) // not behind a backslash
		require.False(t, live.MatchString(md), "markup in a note is live: %s", markup)
	}
}

func TestMarkdownTableRowsAreComplete(t *testing.T) {
	for _, line := range strings.Split(written(t, "markdown", hostileAssessment()), "\n") {
		if strings.HasPrefix(line, "| ") {
			assert.True(t, strings.HasSuffix(line, " |"), "%.80q", line)
		}
	}
}
