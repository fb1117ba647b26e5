package report_test

import (
	"cmp"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/iotlens/iotlens/internal/portfolio"
	"github.com/iotlens/iotlens/internal/report"
	"github.com/iotlens/iotlens/internal/report/wire"
	"github.com/iotlens/iotlens/internal/text"
	"github.com/iotlens/iotlens/internal/workbook"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// A sum is what a reader of a portfolio finds in it. Each list has a line an entry, with
// its figures. What a format does not say is empty.
type sum struct {
	Outcomes   []string          // failed 12
	Verdicts   []string          // High risk 12, sorted
	Reviews    map[string]string // by file: score, questions at high risk, open, overdue
	Unanswered map[string]string // by file
	Practices  []string          // id, open, waived, not answered, the most often open first
	Questions  []string          // id, high, medium
	Parts      []string          // name, score, reviews with a high risk, open findings
	Owners     []string          // name, open, overdue
	Waivers    []string          // day, practice, workload
	Provisions []string          // id, gaps, met
	Worse      int               // reviews that moved so
	Better     int
	Unread     []string // files
}

// A sumReader reads one format. A new format adds a row.
type sumReader struct {
	format string
	read   func(t *testing.T, out string) sum
	blank  func(*sum) // empties what the format does not say
}

var sumReaders = []sumReader{
	{"text", sumOfText, func(s *sum) { s.Unanswered = nil }},
	{"markdown", sumOfMarkdown, func(s *sum) { s.Unanswered = nil }},
	{"html", sumOfHTML, nil},
	{"xlsx", sumOfXLSX, nil},
	{"json", sumOfJSON, nil},
	{"csv", sumOfCSV, func(s *sum) {
		s.Practices, s.Questions, s.Parts, s.Owners, s.Waivers, s.Provisions, s.Unread = nil, nil, nil, nil, nil, nil, nil
		s.Worse, s.Better = 0, 0
	}},
}

// All formats of a portfolio agree.
func TestPortfolioFormatsAgree(t *testing.T) {
	t.Parallel()
	for _, n := range []int{0, 1, 40} {
		p := manyReviews(t, n)
		want := sumOf(p)
		if n == 40 {
			require.NotEmpty(t, want.Waivers)
			require.NotEmpty(t, want.Provisions)
			require.Positive(t, want.Worse*want.Better)
		}
		for _, r := range sumReaders {
			expected := want
			if r.blank != nil {
				r.blank(&expected)
			}
			assert.Equal(t, expected, r.read(t, writtenPortfolio(t, r.format, p)), "%s of %d reviews", r.format, n)
		}
	}
}

// Every format of a portfolio has a reader above.
func TestEveryPortfolioFormatHasAReader(t *testing.T) {
	for _, f := range report.PortfolioFormats() {
		known := false
		for _, r := range sumReaders {
			known = known || r.format == f.Name
		}
		assert.True(t, known, "add a reader of %s to the table", f.Name)
	}
}

func line(values ...any) string { return strings.TrimSuffix(fmt.Sprintln(values...), "\n") }

func sumOf(p *portfolio.Portfolio) sum {
	out := sum{Reviews: map[string]string{}, Unanswered: map[string]string{}, Better: len(p.Movement.Better), Worse: len(p.Movement.Worse)}
	for _, o := range p.Outcomes {
		out.Outcomes = append(out.Outcomes, line(o.Name, len(o.Reviews)))
	}
	for _, r := range p.Reviews {
		out.Reviews[r.File] = line(percentOf(r.Score.Value, r.Score.Known), r.High, r.Open, r.Overdue)
		out.Unanswered[r.File] = line(r.Missing)
	}
	for _, v := range p.Verdicts {
		out.Verdicts = append(out.Verdicts, line(v.Name, len(v.Reviews)))
	}
	slices.Sort(out.Verdicts)
	for _, g := range p.Groups {
		for _, e := range g.Practices {
			out.Practices = append(out.Practices, line(e.ID, len(e.Open), len(e.Waived), len(e.Missing)))
		}
		for _, e := range g.Questions {
			out.Questions = append(out.Questions, line(e.ID, len(e.High), len(e.Medium)))
		}
		for _, e := range append(g.Layers, g.Pillars...) {
			out.Parts = append(out.Parts, line(e.Name, percentOf(e.Score.Value, e.Score.Known), len(e.High), e.Open))
		}
	}
	for _, o := range p.Owners {
		out.Owners = append(out.Owners, line(cmp.Or(o.Name, "nobody"), o.Open, o.Overdue))
	}
	for _, w := range p.Waivers {
		out.Waivers = append(out.Waivers, line(w.Expires, w.Practice, p.Review(w.Review).Workload))
	}
	for _, f := range p.Frameworks {
		for _, e := range f.Provisions {
			if e.Gaps() > 0 {
				out.Provisions = append(out.Provisions, line(e.ID, e.Gaps(), e.Met))
			}
		}
	}
	slices.Sort(out.Provisions)
	for _, u := range p.Unread {
		out.Unread = append(out.Unread, u.File)
	}
	return out
}

// A sheetReader reads tables of cells by the heads of their columns: those of the page,
// and those of the workbook.
type sheetReader map[string][]map[string]string

func (s sheetReader) lines(table string, heads ...string) []string {
	var out []string
	for _, row := range s[table] {
		values := make([]any, len(heads))
		for i, h := range heads {
			values[i] = row[h]
		}
		out = append(out, line(values...))
	}
	return out
}

// sum reads the tables. Formats have the provisions in orders of their own.
func (s sheetReader) sum(t *testing.T, names map[string]string) sum {
	t.Helper()
	table := func(id string) string { return names[id] }
	out := sum{
		Reviews: map[string]string{}, Unanswered: map[string]string{},
		Practices:  s.lines(table("practices"), "Practice", "Open", "Waived", "Not answered"),
		Questions:  s.lines(table("questions"), "Question", "High risk", "Medium risk"),
		Parts:      s.lines(table("parts"), "Name", "Score", "High risk", "Open findings"),
		Owners:     s.lines(table("owners"), "Owner", "Open", "Overdue"),
		Waivers:    s.lines(table("waivers"), "Ends", "Practice", "Workload"),
		Provisions: s.lines(table("provisions"), "Provision", "Gaps", "Met"),
		Unread:     s.lines(table("unread"), "File"),
	}
	slices.Sort(out.Provisions)
	verdicts := map[string]int{}
	for _, row := range s[table("workloads")] {
		out.Reviews[row["File"]] = line(row["Score"], row["High risk"], row["Open"], row["Overdue"])
		out.Unanswered[row["File"]] = row["Not answered"]
		verdicts[row["Verdict"]]++
	}
	out.Verdicts = counted(verdicts)
	for _, row := range s[table("movement")] {
		switch row["Movement"] {
		case "worse":
			out.Worse++
		case "better":
			out.Better++
		}
	}
	return out
}

// pageTables are the tables of a page as a browser has them.
const pageTables = `Object.fromEntries([...document.querySelectorAll("table.grid")].map((t) => {
	const shown = (c) => { const e = (c.querySelector("summary") || c).cloneNode(true); for (const x of e.querySelectorAll('.meta,[aria-hidden]')) x.remove(); return e.textContent.trim(); };
	const heads = [...t.tHead.rows[0].cells].map((c) => c.textContent.trim());
	return [t.id, [...t.tBodies[0].rows].map((r) => Object.fromEntries([...r.cells].map((c, i) => [heads[i], shown(c)]).concat([["File", shown(r.querySelector(".meta") && t.id === "t-workloads" ? { querySelector: () => r.querySelector("th .meta") } : r.cells[0])]])))];
}))`

func sumOfHTML(t *testing.T, out string) sum {
	b := newTab(t)
	b.open(out)
	names := map[string]string{}
	for _, id := range []string{"workloads", "practices", "questions", "parts", "owners", "waivers", "provisions", "movement", "unread"} {
		names[id] = "t-" + id
	}
	s := sheetReader(js[map[string][]map[string]string](b, pageTables)).sum(t, names)
	figures := js[map[string]string](b, `Object.fromEntries([...document.querySelectorAll(".figures>li")].map((l) => [l.querySelector(".name").textContent, (l.querySelector("summary") || l.querySelector(".value")).textContent.trim()]))`)
	for _, o := range []string{"Failed", "Incomplete", "Passed"} {
		s.Outcomes = append(s.Outcomes, line(strings.ToLower(o), figures[o]))
	}
	assert.Equal(t, strconv.Itoa(len(s.Reviews)), figures["Reviews"])
	return s
}

func sumOfXLSX(t *testing.T, out string) sum {
	sheets, err := workbook.Read([]byte(out))
	require.NoError(t, err)
	tables := sheetReader{}
	for _, s := range sheets[1:] {
		tables[s.Name] = records(s)
	}
	for _, table := range []string{"Workloads", "Layers and pillars"} {
		for _, row := range tables[table] {
			if n, err := strconv.ParseFloat(row["Score"], 64); err == nil {
				row["Score"] = text.Percent(n)
			}
		}
	}
	s := tables.sum(t, map[string]string{
		"workloads": "Workloads", "practices": "Practices", "questions": "Questions", "parts": "Layers and pillars", "owners": "Owners",
		"waivers": "Waivers", "provisions": "Framework gaps", "movement": "Movement", "unread": "Files not read",
	})
	for _, row := range sheets[0].Rows {
		if len(row.Cells) < 2 {
			continue
		}
		if o := row.Cells[0].Text; o == "Failed" || o == "Incomplete" || o == "Passed" {
			s.Outcomes = append(s.Outcomes, line(strings.ToLower(o), row.Cells[1].Text))
		}
	}
	return s
}

// counted are numbers by name as lines, sorted.
func counted(n map[string]int) []string {
	var out []string
	for name, count := range n {
		out = append(out, line(name, count))
	}
	slices.Sort(out)
	return out
}

func sumOfJSON(t *testing.T, out string) sum {
	var p wire.Portfolio
	require.NoError(t, json.Unmarshal([]byte(out), &p))
	share := func(f *float64) string {
		if f == nil {
			return percentOf(0, false)
		}
		return percentOf(*f, true)
	}
	s := sum{Reviews: map[string]string{}, Unanswered: map[string]string{}, Better: len(p.Movement.Better), Worse: len(p.Movement.Worse)}
	for _, o := range p.Outcomes {
		s.Outcomes = append(s.Outcomes, line(o.Name, len(o.Reviews)))
	}
	verdicts := map[string]int{}
	for _, r := range p.Reviews {
		verdicts[r.Verdict]++
		s.Reviews[r.File], s.Unanswered[r.File] = line(share(r.Score), r.High, r.Open, r.Overdue), line(r.Missing)
	}
	s.Verdicts = counted(verdicts)
	for _, l := range p.Lenses {
		for _, e := range l.Practices {
			s.Practices = append(s.Practices, line(e.ID, len(e.Open), len(e.Waived), len(e.Missing)))
		}
		for _, e := range l.Questions {
			s.Questions = append(s.Questions, line(e.ID, len(e.High), len(e.Medium)))
		}
		for _, e := range append(l.Layers, l.Pillars...) {
			s.Parts = append(s.Parts, line(e.Name, share(e.Score), len(e.High), e.Open))
		}
	}
	for _, o := range p.Owners {
		s.Owners = append(s.Owners, line(cmp.Or(o.Name, "nobody"), o.Open, o.Overdue))
	}
	for _, w := range p.Waivers {
		s.Waivers = append(s.Waivers, line(w.Expires, w.Practice, p.Reviews[w.Review-1].Workload))
	}
	for _, f := range p.Frameworks {
		for _, e := range f.Provisions {
			if gaps := len(e.NotMet) + len(e.PartlyMet) + len(e.Unknown) + len(e.NotAnswered); gaps > 0 {
				s.Provisions = append(s.Provisions, line(e.ID, gaps, e.Met))
			}
		}
	}
	slices.Sort(s.Provisions)
	for _, u := range p.Unread {
		s.Unread = append(s.Unread, u.File)
	}
	return s
}

func sumOfCSV(t *testing.T, out string) sum {
	rows, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(out, "\ufeff"))).ReadAll()
	require.NoError(t, err)
	s := sum{Reviews: map[string]string{}, Unanswered: map[string]string{}}
	outcomes, verdicts := map[string]int{}, map[string]int{}
	for _, row := range rows[1:] {
		cell := map[string]string{}
		for i, name := range rows[0] {
			cell[name] = row[i]
		}
		outcomes[cell["outcome"]]++
		verdicts[cell["verdict"]]++
		score, err := strconv.ParseFloat(cell["score"], 64)
		s.Reviews[cell["file"]] = line(percentOf(score, err == nil), cell["high_risks"], cell["open"], cell["overdue"])
		s.Unanswered[cell["file"]] = cell["unanswered"]
	}
	for _, o := range []string{"failed", "incomplete", "passed"} {
		s.Outcomes = append(s.Outcomes, line(o, outcomes[o]))
	}
	s.Verdicts = counted(verdicts)
	return s
}

// sumOfText reads the sections of a page for a terminal: an entry begins two columns in, and
// goes on further in.
func sumOfText(t *testing.T, out string) sum {
	sections := map[string][]string{"": {textBetween(out, "\n\n", "\n\n")}}
	title := ""
	for _, l := range strings.Split(out, "\n") {
		list := sections[title]
		switch {
		case l == "":
		case l == strings.ToUpper(l) && l[0] != ' ':
			title = l
		case title == "":
		case strings.HasPrefix(l, "   ") && len(list) > 0:
			list[len(list)-1] += " " + strings.TrimSpace(l)
		default:
			sections[title] = append(list, strings.TrimSpace(l))
		}
	}
	return sumOfSections(t, func(title string) []string { return sections[strings.ToUpper(title)] })
}

func sumOfMarkdown(t *testing.T, out string) sum {
	return sumOfSections(t, func(title string) []string {
		if title == "" {
			return []string{textBetween(out, "\n\n", "\n\n")}
		}
		var list []string
		for _, l := range strings.Split(textBetween(out, "\n## "+title+"\n", "\n## "), "\n") {
			if l != "" {
				l = strings.NewReplacer("**", "", "&#39;", "'", "\\", "").Replace(strings.TrimLeft(l, "#- "))
				list = append(list, l)
			}
		}
		return list
	})
}

// sumOfSections reads the entries of sections, each in one line.
func sumOfSections(t *testing.T, section func(title string) []string) sum {
	t.Helper()
	each := func(title, pattern string, visit func(m []string)) {
		re := regexp.MustCompile(pattern)
		for _, entry := range section(title) {
			if m := re.FindStringSubmatch(entry); m != nil {
				visit(m)
			}
		}
	}
	s := sum{Reviews: map[string]string{}}
	each("", `(\d+) failed, (\d+) incomplete, (\d+) passed`, func(m []string) {
		s.Outcomes = []string{"failed " + m[1], "incomplete " + m[2], "passed " + m[3]}
	})
	each("Verdicts", `^(.+?): (\d+) \(`, func(m []string) { s.Verdicts = append(s.Verdicts, line(m[1], m[2])) })
	slices.Sort(s.Verdicts)
	workload := map[string]string{}
	each("Workloads", `^(?:\| )?(\S.*) \((\S+)\)[ |]+(?:failed|incomplete|passed)[ |]+(–|\d+ %)[ |]+(?:–|\d+ %)[ |]+(\d+)[ |]+\d+[ |]+(\d+)[ |]+(\d+)[ |]`, func(m []string) {
		workload[m[2]] = m[1]
		s.Reviews[m[2]] = line(strings.Replace(m[3], "–", percentOf(0, false), 1), m[4], m[5], m[6])
	})
	each("Best practices that fail most often", `^`+practiceID+` .*: open in (\d+) of \d+ reviews(?:, waived in (\d+))?(?:, don't know in \d+)?(?:, unanswered in (\d+))?`, func(m []string) {
		s.Practices = append(s.Practices, line(m[1], m[2], cmp.Or(m[3], "0"), cmp.Or(m[4], "0")))
	})
	each("Questions at risk most often", `^(LAB[A-Z]+\d+) .*: high in (\d+), medium in (\d+) of`, func(m []string) { s.Questions = append(s.Questions, line(m[1], m[2], m[3])) })
	for _, parts := range []string{"Layers", "Pillars"} {
		each(parts+", weakest first", `^(.+): score (–|\d+ %), high risk in (\d+) of \d+ reviews, (\d+) open finding`, func(m []string) {
			s.Parts = append(s.Parts, line(m[1], strings.Replace(m[2], "–", percentOf(0, false), 1), m[3], m[4]))
		})
	}
	each("Owners", `^(.+): (\d+) open, \d+ of high severity, (\d+) overdue`, func(m []string) {
		s.Owners = append(s.Owners, line(strings.Replace(m[1], "no owner", "nobody", 1), m[2], m[3]))
	})
	each("Waivers that have ended or end within 30 days", `^`+practiceID+` .*: end(?:s|ed) on (\S+?)(?:,| ).* in (\S+)$`, func(m []string) {
		s.Waivers = append(s.Waivers, line(m[2], m[1], workload[m[3]]))
	})
	each("Rules of the laboratory, provisions with gaps", `^(A-\d) .*: met by (\d+)(.*)$`, func(m []string) {
		gaps := 0
		for _, n := range regexp.MustCompile(`[a-w]: (\d+) \(`).FindAllStringSubmatch(m[3], -1) {
			gaps += number(t, n[1])
		}
		s.Provisions = append(s.Provisions, line(m[1], gaps, m[2]))
	})
	slices.Sort(s.Provisions)
	each("Movement", `^(Worse|Better) \((\d+)\)`, func(m []string) {
		if m[1] == "Worse" {
			s.Worse = number(t, m[2])
		} else {
			s.Better = number(t, m[2])
		}
	})
	each("Left out", `^(\S+\.yaml)`, func(m []string) { s.Unread = append(s.Unread, m[1]) })
	return s
}
