package report_test

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/iotlens/iotlens/internal/portfolio"
	"github.com/iotlens/iotlens/internal/report"
	"github.com/iotlens/iotlens/internal/text"
	"github.com/iotlens/iotlens/internal/workbook"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// A sum is what a reader of a portfolio finds in it. Each list has a line an entry, with
// its figures. What a format does not say is empty.
type sum struct {
	Outcomes   []string          // failed 12
	Reviews    map[string]string // by file: verdict, score, questions at high risk, open, overdue, not answered
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
	{"html", sumOfHTML, nil},
	{"xlsx", sumOfXLSX, nil},
}

// All formats say the same of a portfolio.
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
	for _, f := range report.Portfolios() {
		known := false
		for _, r := range sumReaders {
			known = known || r.format == f.Name
		}
		assert.True(t, known, "add a reader of %s to the table", f.Name)
	}
}

func line(values ...any) string { return strings.TrimSuffix(fmt.Sprintln(values...), "\n") }

func sumOf(p *portfolio.Portfolio) sum {
	out := sum{Reviews: map[string]string{}, Better: len(p.Movement.Better), Worse: len(p.Movement.Worse)}
	for _, o := range p.Outcomes {
		out.Outcomes = append(out.Outcomes, line(o.Name, len(o.Reviews)))
	}
	for _, r := range p.Reviews {
		out.Reviews[r.File] = line(r.Verdict.Words, percentOf(r.Score.Value, r.Score.Known), r.High, r.Open, r.Overdue, r.Missing)
	}
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
		name := o.Name
		if name == "" {
			name = "nobody"
		}
		out.Owners = append(out.Owners, line(name, o.Open, o.Overdue))
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
		Reviews:    map[string]string{},
		Practices:  s.lines(table("practices"), "Practice", "Open", "Waived", "Not answered"),
		Questions:  s.lines(table("questions"), "Question", "High risk", "Medium risk"),
		Parts:      s.lines(table("parts"), "Name", "Score", "High risk", "Open findings"),
		Owners:     s.lines(table("owners"), "Owner", "Open", "Overdue"),
		Waivers:    s.lines(table("waivers"), "Ends", "Practice", "Workload"),
		Provisions: s.lines(table("provisions"), "Provision", "Gaps", "Met"),
		Unread:     s.lines(table("unread"), "File"),
	}
	slices.Sort(out.Provisions)
	for _, row := range s[table("workloads")] {
		out.Reviews[row["File"]] = line(row["Verdict"], row["Score"], row["High risk"], row["Open"], row["Overdue"], row["Not answered"])
	}
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
		if o := row.Cells[0].Shown; o == "Failed" || o == "Incomplete" || o == "Passed" {
			s.Outcomes = append(s.Outcomes, line(strings.ToLower(o), row.Cells[1].Shown))
		}
	}
	return s
}
