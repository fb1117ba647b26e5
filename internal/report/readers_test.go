package report_test

import (
	"encoding/csv"
	"encoding/json"
	"fmt"
	"html"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/iotlens/iotlens/internal/lens"
	"github.com/iotlens/iotlens/internal/report"
	"github.com/iotlens/iotlens/internal/report/plain"
	"github.com/iotlens/iotlens/internal/report/view"
	"github.com/iotlens/iotlens/internal/report/wire"
	"github.com/iotlens/iotlens/internal/review"
	"github.com/iotlens/iotlens/internal/scoring"
	"github.com/iotlens/iotlens/internal/testlens"
	"github.com/iotlens/iotlens/internal/text"
	"github.com/iotlens/iotlens/internal/workbook"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// A reading is what a reader of a report finds in it. What a format does not say is
// empty, and Says tells which fields it says.
type reading struct {
	Score, Coverage  string // of the lens's own best practices, whole percent
	High, Medium     int    // questions at risk
	Findings         []string
	Now, Next, Later []string // items of the plan
	Planned          [3]int   // how many the plan says that each horizon has
	Top              []string // findings of page one
	Answers          int      // best practices in the ledger
}

// A reader reads one format. A new format adds a row.
type reader struct {
	format string
	read   func(t *testing.T, out string) reading
	blank  func(*reading) // empties what the format does not say
	rarely bool           // it is slow, and reads few reviews
}

var readers = []reader{
	{"text", readText, func(r *reading) { r.Answers = 0 }, false},
	{"markdown", readMarkdown, func(r *reading) { r.Answers = 0 }, false},
	{"html", readHTML, nil, false},
	{"pdf", readPDF, nil, true},
	{"csv", readCSV, func(r *reading) {
		r.Score, r.Coverage, r.Top, r.Planned = "", "", nil, [3]int{}
		r.High, r.Medium = 0, 0
	}, false},
	{"xlsx", readXLSX, func(r *reading) { r.Planned = [3]int{} }, true},
	{"json", readJSONReport, func(r *reading) { r.Planned = [3]int{} }, false},
	{"slides", readSlides, func(r *reading) {
		r.Medium, r.Findings, r.Answers = 0, nil, 0
		for _, list := range []*[]string{&r.Now, &r.Next, &r.Later} {
			*list = (*list)[:min(len(*list), 4)] // what a slide has room for
		}
	}, true},
}

// All formats agree on score, coverage, questions at risk, the order of findings, the plan,
// page one, and the number of answers in the ledger.
func TestFormatsAgree(t *testing.T) {
	t.Parallel()
	l := testlens.Lens()
	for seed := range uint64(40) {
		a := scoring.Assess(l, plannedReview(l, seed), scoring.Options{Mode: scoring.Monotone, Today: day})
		want := readingOf(a)
		for _, r := range readers {
			if r.rarely && seed%10 != 0 {
				continue
			}
			expected := want
			if r.blank != nil {
				r.blank(&expected)
			}
			require.Equal(t, expected, r.read(t, written(t, r.format, a)), "%s, seed %d", r.format, seed)
		}
	}
}

// Every format for people or with a whole report has a reader above.
func TestEveryFormatHasAReader(t *testing.T) {
	others := []string{
		"sarif", "junit", "github", "gitlab", "aws-review", // a verdict, or answers alone
	}
	for _, f := range report.Formats() {
		known := slices.ContainsFunc(readers, func(r reader) bool { return r.format == f.Name })
		assert.True(t, known || slices.Contains(others, f.Name), "add a reader of %s to the table", f.Name)
	}
}

// plannedReview answers at random, with owners, dates and waivers.
func plannedReview(l *lens.Lens, seed uint64) *review.Review {
	r := randomReview(l, seed)
	rnd := rand.New(rand.NewPCG(seed, 2))
	pick := func(words ...string) string { return words[rnd.IntN(len(words))] }
	for _, id := range l.PracticeIDs() {
		a, ok := r.Answers[id]
		if !ok {
			continue
		}
		a.Owner, a.Due = pick("", "Ana", "Bo"), pick("", "2026-11-22", "2026-12-01", "2027-01-31", "2027-06-30")
		r.Answers[id] = a
		if expires := pick("", "", "", "2026-11-01", "2027-03-01"); expires != "" {
			r.Waivers = append(r.Waivers, review.Waiver{Practice: id, Owner: "Ana", Approver: "Bo", Reason: "Agreed.", Expires: expires})
		}
	}
	return r
}

func readingOf(a *scoring.Assessment) reading {
	var out reading
	out.Score, out.Coverage = percentOf(a.Lens.Score()), percentOf(a.Lens.Coverage())
	for _, q := range a.Questions {
		switch q.Risk {
		case scoring.RiskHigh:
			out.High++
		case scoring.RiskMedium:
			out.Medium++
		}
	}
	for _, f := range a.Findings {
		out.Findings = append(out.Findings, f.ID)
		if !f.Waived && f.ClosedBy == "" {
			out.plan(f.Horizon, f.ID)
		}
	}
	for _, f := range view.TopFindings(a) {
		out.Top = append(out.Top, f.ID)
	}
	out.Answers = len(a.Practices)
	out.Planned = [3]int{len(out.Now), len(out.Next), len(out.Later)}
	return out
}

func (r *reading) plan(h scoring.Horizon, id string) {
	list := map[scoring.Horizon]*[]string{scoring.Now: &r.Now, scoring.Next: &r.Next, scoring.Later: &r.Later}[h]
	*list = append(*list, id)
}

func percentOf(p float64, ok bool) string {
	if !ok {
		return "not assessed"
	}
	return text.Percent(p)
}

func number(t *testing.T, s string) int {
	t.Helper()
	n, err := strconv.Atoi(s)
	require.NoError(t, err)
	return n
}

// textBetween returns the text between two marks; the second one may be missing.
func textBetween(s, begin, end string) string {
	_, s, _ = strings.Cut(s, begin)
	s, _, _ = strings.Cut(s, end)
	return s
}

// ids lists the first group of each match.
func ids(s, pattern string) []string {
	var out []string
	for _, m := range regexp.MustCompile(pattern).FindAllStringSubmatch(s, -1) {
		out = append(out, m[1])
	}
	return out
}

const practiceID = `(LAB[A-Z]+\d+-BP\d+)`

// plans reads the horizons of a plan, each behind its name.
func plans(r *reading, plan, begins, entry string) {
	parts := regexp.MustCompile(begins).Split(plan, -1)
	for i, list := range []*[]string{&r.Now, &r.Next, &r.Later} {
		if i+1 < len(parts) {
			*list = ids(parts[i+1], entry)
			r.Planned[i] = items(parts[i+1])
		}
	}
}

// items is the number of items that a text says first; 0 where it says none.
func items(s string) int {
	n, _ := strconv.Atoi(append(ids(s, `\b(\d+) items?\b`), "")[0])
	return n
}

func readText(t *testing.T, out string) (r reading) {
	scores := regexp.MustCompile(`(?m)^  Lab best practices +(not assessed|\d+ %) +(not assessed|\d+ %) +\d+ of`).FindStringSubmatch(out)
	require.NotNil(t, scores)
	r.Score, r.Coverage = scores[1], scores[2]
	risks := regexp.MustCompile(`(?m)^  All questions +(\d+) +(\d+) `).FindStringSubmatch(out)
	r.High, r.Medium = number(t, risks[1]), number(t, risks[2])
	const entry = `(?m)^  ` + practiceID
	r.Top = ids(textBetween(out, "\nWHAT IS WRONG", "\nDECISIONS NEEDED"), entry)
	plans(&r, textBetween(out, "\nPLAN\n", "\nOWNERS\n"), `\n  (?:Now|Next|Later) \(`, entry)
	r.Findings = ids(textBetween(out, "\nFINDINGS BY PRIORITY", "\nQUICK WINS"), entry)
	return r
}

func readMarkdown(t *testing.T, out string) (r reading) {
	scores := regexp.MustCompile(`\| Lab best practices \| (.+?) \| (.+?) \| \d+ of`).FindStringSubmatch(out)
	require.NotNil(t, scores)
	r.Score, r.Coverage = scores[1], scores[2]
	risks := regexp.MustCompile(`\| All questions \|  \|  \| (\d+) \| (\d+) `).FindStringSubmatch(out)
	r.High, r.Medium = number(t, risks[1]), number(t, risks[2])
	const entry = `(?m)^(?:- \*\*|### )` + practiceID
	r.Top = ids(textBetween(out, "\n## What is wrong", "\n## "), entry)
	plans(&r, textBetween(out, "\n## Plan", "\n## "), `\n\*\*(?:Now|Next|Later) \(`, entry)
	r.Findings = ids(textBetween(out, "\n## Findings by priority", "\n## "), entry)
	return r
}

func readHTML(t *testing.T, out string) (r reading) {
	dials := regexp.MustCompile(`aria-label="(?:Score: score|Coverage: coverage) (.+?)"`).FindAllStringSubmatch(out, 2)
	require.Len(t, dials, 2)
	r.Score, r.Coverage = dials[0][1], dials[1][1]
	risks := regexp.MustCompile(`All questions</th><td class="n"></td><td class="n"></td><td class="n">(\d+)</td><td class="n">(\d+)<`).FindStringSubmatch(out)
	require.NotNil(t, risks)
	r.High, r.Medium = number(t, risks[1]), number(t, risks[2])
	r.Top = ids(textBetween(out, `<ul class="risks">`, "</ul>"), `<span class="fid">`+practiceID)
	plans(&r, textBetween(out, `<section id="plan"`, "</section>"), `<h3>(?:Now|Next|Later) `, `<span class="fid">`+practiceID)
	r.Findings = ids(out, `<li id="finding-`+practiceID)
	r.Answers = len(ids(textBetween(out, `<section id="ledger"`, "</section>"), `<p><span class="fid">`+practiceID))
	return r
}

func readPDF(t *testing.T, out string) (r reading) {
	file := filepath.Join(t.TempDir(), "report.pdf")
	require.NoError(t, os.WriteFile(file, []byte(out), 0o600))
	read, err := exec.Command(need(t, "pdftotext"), "-raw", "-enc", "UTF-8", file, "-").Output()
	require.NoError(t, err)
	s := strings.ReplaceAll(string(read), "\f", "\n")
	dial := func(name string) string {
		m := regexp.MustCompile(`(?m)^(\d+|–)\n` + name + `$`).FindStringSubmatch(s)
		require.NotNil(t, m, "%s: %.300s", name, textBetween(s, "page 1 of", "Layers by"))
		if m[1] == "–" {
			return "not assessed"
		}
		return m[1] + " %"
	}
	r.Score, r.Coverage = dial("Score"), dial("Coverage")
	r.High = len(ids(textBetween(s, "\nQuestions at high risk\n", "\nFindings by priority"), `(?m)^(LAB[A-Z]+\d+) `))
	if m := regexp.MustCompile(`(?s)\nAt medium risk: (.*?)\.\n`).FindStringSubmatch(s); m != nil {
		r.Medium = len(strings.Split(m[1], ","))
	}
	r.Top = ids(textBetween(s, "\nWhat is wrong", "\nDecisions needed"), `(?m)^`+practiceID+` · `)
	plans(&r, textBetween(s, "\nPlan\n", "\nOwners\n"), `\n(?:Now|Next|Later) \(`, `(?m)^`+practiceID+" ")
	r.Findings = ids(textBetween(s, "\nFindings by priority", "\nScenarios"), `(?m)^`+practiceID+` · `)
	r.Answers = len(ids(textBetween(s, "\nLedger", "\nMethod\n"), `(?m)^(?:\? )?`+practiceID+"$"))
	return r
}

func readCSV(t *testing.T, out string) (r reading) {
	rows, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(out, "\ufeff"))).ReadAll()
	require.NoError(t, err)
	var records []map[string]string
	closed := map[string]bool{}
	for _, row := range rows[1:] {
		record := map[string]string{}
		for i, name := range rows[0] {
			record[name] = row[i]
		}
		closed[record["also_closes"]] = true
		records = append(records, record)
		if record["practice"] != "" {
			r.Answers++
		}
	}
	byRank := map[int]map[string]string{}
	for _, record := range records {
		if record["rank"] != "" {
			byRank[number(t, record["rank"])] = record
		}
	}
	for rank := 1; rank <= len(byRank); rank++ {
		id := byRank[rank]["practice"]
		r.Findings = append(r.Findings, id)
		if h := byRank[rank]["horizon"]; h != "" && !closed[id] {
			r.plan(scoring.Horizon(h), id)
		}
	}
	return r
}

func readJSONReport(t *testing.T, out string) (r reading) {
	var j wire.Report
	require.NoError(t, json.Unmarshal([]byte(out), &j))
	share := func(p *float64) string {
		if p == nil {
			return "not assessed"
		}
		return text.Percent(*p)
	}
	r.Score, r.Coverage = share(j.Score), share(j.Coverage)
	r.High, r.Medium = j.Risks[scoring.RiskHigh], j.Risks[scoring.RiskMedium]
	for _, f := range j.Findings {
		r.Findings = append(r.Findings, f.Practice)
		if f.Horizon != "" && f.ClosedBy == "" {
			r.plan(f.Horizon, f.Practice)
		}
	}
	for _, f := range j.TopRisks {
		r.Top = append(r.Top, f.Practice)
	}
	r.Answers = len(j.Practices)
	return r
}

// The ledger of each format has every note, name, date and piece of evidence of a review,
// also hostile ones.
func TestLedgerIsComplete(t *testing.T) {
	t.Parallel()
	squeeze := func(s string) string { return strings.Join(strings.Fields(s), "") }
	for seed := range uint64(8) {
		r := recordedReview(seed)
		a := scoring.Assess(testlens.Lens(), r, scoring.Options{Mode: scoring.Monotone, Today: day, CustomKeys: map[string]map[string]string{"LABSEC05-BP01": {"x-jira": "OPS-12 " + hostileWords}}})
		for _, f := range []struct {
			format string
			out    func() string
			shown  func(string) string // how the format shows a text
			rarely bool
		}{
			{"text", func() string { return ledgerBy(t, plain.TextWithLedger, a) }, func(s string) string { return text.Clean(s, false) }, false},
			{"markdown", func() string { return ledgerBy(t, plain.MarkdownWithLedger, a) }, text.EscapeMarkdown, false},
			{"html", func() string {
				return html.UnescapeString(regexp.MustCompile(`<[^>]*>`).ReplaceAllString(written(t, "html", a), " "))
			}, func(s string) string { return text.Clean(s, true) }, false},
			{"csv", func() string { return strings.ReplaceAll(strings.ReplaceAll(written(t, "csv", a), `""`, `"`), "'", "") }, func(s string) string { return strings.ReplaceAll(text.Clean(s, true), "'", "") }, false},
			{"pdf", func() string { return pdfText(t, written(t, "pdf", a)) }, func(s string) string { return text.Clean(s, true) }, true},
			{"json", func() string {
				var all any
				require.NoError(t, json.Unmarshal([]byte(written(t, "json", a)), &all))
				return fmt.Sprint(all)
			}, func(s string) string { return s }, false},
		} {
			if f.rarely && seed%4 != 0 {
				continue
			}
			out := squeeze(f.out())
			for _, want := range recorded(r) {
				if !strings.Contains(out, squeeze(f.shown(want))) {
					require.Fail(t, "not in the ledger", "%s, seed %d: %q", f.format, seed, want)
				}
			}
		}
	}
}

func ledgerBy(t *testing.T, write func(io.Writer, *scoring.Assessment) error, a *scoring.Assessment) string {
	t.Helper()
	var b strings.Builder
	require.NoError(t, write(&b, a))
	return b.String()
}

// pdfText is the text of a PDF in the order in which it was drawn, without footers.
func pdfText(t *testing.T, pdf string) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), "report.pdf")
	require.NoError(t, os.WriteFile(file, []byte(pdf), 0o600))
	out, err := exec.Command(need(t, "pdftotext"), "-raw", "-enc", "UTF-8", file, "-").Output()
	require.NoError(t, err)
	return regexp.MustCompile(`(?m)^.* review, as of \d{4}-\d\d-\d\d page \d+ of \d+$`).ReplaceAllString(strings.ReplaceAll(string(out), "\f", "\n"), "")
}

const hostileWords = `=cmd() <script>alert(1)</script> [x](javascript:1) | **b** @team </details> "q" \u202e %0A ; - +1`

// recordedReview returns a review with random answers. Each text has a unique number; some
// are long, have several lines or are hostile.
func recordedReview(seed uint64) *review.Review {
	l := testlens.Lens()
	rnd := rand.New(rand.NewPCG(seed, 3))
	n := 0
	said := func(what string) string {
		n++
		s := fmt.Sprintf("%s%d", what, n)
		switch rnd.IntN(6) {
		case 0:
			return s + " " + hostileWords
		case 1:
			return s + "\nand more\n\nof it"
		case 2:
			return s + " " + strings.Repeat("and so on ", rnd.IntN(250))
		case 3:
			return s + strings.Repeat("x", 150)
		}
		return s
	}
	date := func() string {
		return fmt.Sprintf("20%02d-%02d-%02d", 26+rnd.IntN(9), 1+rnd.IntN(12), 1+rnd.IntN(28))
	}
	answer := func() review.Answer {
		a := review.Answer{
			Status: review.Statuses()[rnd.IntN(5)], Note: said("note"), Owner: said("owner"), Due: date(), Deadline: date(), By: said("by"), At: date(),
			Evidence: []string{said("evidence"), said("shown"), fmt.Sprintf("https://wiki.example.com/%d?a=(b)", rnd.Int())},
		}
		if a.Status == review.NotApplicable {
			a.Reason = said("reason")
		}
		return a
	}
	r := &review.Review{
		Schema: 1, Lens: l.ID, LensVersion: l.Version, Workload: review.Workload{Name: "Recorded", Notes: said("workload")},
		Answers: map[string]review.Answer{}, Notes: review.Notes{Lens: said("lens"), Pillars: map[string]string{"security": said("pillar")}},
		Parked:       []review.Topic{{Topic: said("topic"), Owner: said("takes"), By: said("parked"), At: date()}, {Topic: said("topic"), Practice: "LABSEC05-BP01", By: said("parked"), At: date()}},
		WithoutPlace: []review.AnswerWithoutPlace{{Practice: "OLD01-BP01", Title: "Old", Lens: l.ID, LensVersion: "2020", Answer: answer()}},
	}
	if seed%3 == 1 {
		r.Scope = review.Scope{Pillars: []string{"security"}}
	}
	for _, id := range l.PracticeIDs() {
		if rnd.IntN(6) == 0 {
			continue
		}
		a := answer()
		for range rnd.IntN(3) {
			a.History = append(a.History, answer())
		}
		r.Answers[id] = a
		if rnd.IntN(5) == 0 {
			r.Waivers = append(r.Waivers, review.Waiver{Practice: id, Owner: said("carries"), Approver: said("approves"), Reason: said("because"), Control: said("control"), Expires: date(), By: said("recorded"), At: date()})
		}
	}
	return r
}

// recorded lists every text and date of a review.
func recorded(r *review.Review) []string {
	var out []string
	answer := func(a review.Answer) {
		for _, one := range append([]review.Answer{a}, a.History...) {
			for _, f := range review.AnswerFields() {
				if f.Kind != review.KindStatus {
					out = append(out, f.Values(one)...)
				}
			}
		}
	}
	for _, a := range r.Answers {
		answer(a)
	}
	for _, n := range r.WithoutPlace {
		answer(n.Answer)
	}
	for _, w := range r.Waivers {
		out = append(out, w.Owner, w.Approver, w.Reason, w.Control, w.Expires, w.By, w.At)
	}
	for _, p := range r.Parked {
		out = append(out, p.Topic, p.Owner, p.By, p.At)
	}
	return append(out, r.Workload.Notes, r.Notes.Lens, r.Notes.Pillars["security"])
}

// readXLSX reads a workbook: page one and the scores on the summary, the order of findings,
// the plan, the ledger.
func readXLSX(t *testing.T, out string) (r reading) {
	sheets, err := workbook.Read([]byte(out))
	require.NoError(t, err)
	require.Equal(t, "Summary", sheets[0].Name)
	readSummary(t, &r, sheets[0])
	for _, s := range sheets[1:] {
		for _, cells := range records(s) {
			switch s.Name {
			case "Findings":
				r.Findings = append(r.Findings, cells["Practice"])
			case "Plan":
				r.plan(scoring.Horizon(cells["Horizon"]), cells["Practice"])
			case "Ledger":
				if cells["Practice"] != "" {
					r.Answers++
				}
			}
		}
	}
	return r
}

func readSummary(t *testing.T, r *reading, s workbook.ReadSheet) {
	t.Helper()
	section := ""
	for i, row := range s.Rows {
		var cells []string
		for _, c := range row.Cells {
			cells = append(cells, c.Text)
		}
		if i == 0 || row.Number > s.Rows[i-1].Number+1 { // behind an empty row
			section = cells[0]
		}
		switch {
		case strings.HasPrefix(section, "What is wrong") && strings.HasPrefix(cells[0], "LAB"):
			r.Top = append(r.Top, cells[0])
		case section == "Scores" && cells[0] == "Lab best practices":
			r.Score, r.Coverage = cells[1], cells[2]
		case section == "Scores by pillar" && cells[0] == "All questions":
			r.High, r.Medium = number(t, cells[3]), number(t, cells[4])
		}
	}
}

// records are the rows of a table, by the heads of its columns.
func records(s workbook.ReadSheet) []map[string]string {
	var out []map[string]string
	for _, row := range s.Rows[1:] {
		cells := map[string]string{}
		for i, c := range row.Cells {
			cells[s.Rows[0].Cells[i].Text] = c.Text
		}
		out = append(out, cells)
	}
	return out
}

// deck is what slides show, from the page as a browser has it.
const deck = `(() => {
	const all = (selector, at = document) => [...at.querySelectorAll(selector)];
	const text = (e) => e ? e.textContent : "";
	return {
		figures: Object.fromEntries(all("#slide-1 .figures > div").map((d) => [text(d.querySelector("dt")), text(d.querySelector("dd"))])),
		top: all("#slide-3 .risks .id").map(text),
		plan: all("#slide-4 .columns > div").map((d) => ({note: text(d.querySelector("small")), more: text(d.querySelector(".more")), items: all("li", d).map(text)})),
	};
})()`

func readSlides(t *testing.T, out string) (r reading) {
	b := newTab(t)
	b.open(out)
	d := js[struct {
		Figures map[string]string
		Top     []string
		Plan    []struct {
			Note, More string
			Items      []string
		}
	}](b, deck)
	share := func(name string) string {
		if d.Figures[name] == "–" {
			return "not assessed"
		}
		return d.Figures[name] + " %"
	}
	r.Score, r.Coverage, r.High = share("Score"), share("Coverage"), number(t, d.Figures["Questions at high risk"])
	if len(d.Top) > 0 {
		r.Top = d.Top
	}
	require.Len(t, d.Plan, 3)
	for i, list := range []*[]string{&r.Now, &r.Next, &r.Later} {
		*list = ids(strings.Join(d.Plan[i].Items, "\n"), `(?m)^`+practiceID)
		r.Planned[i] = items(d.Plan[i].Note)
		rest, _ := strconv.Atoi(append(ids(d.Plan[i].More, `and (\d+) more item`), "")[0])
		require.Equal(t, r.Planned[i], max(0, len(*list)+rest), "what has no room is counted")
	}
	return r
}
