package report_test

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
	"github.com/iotlens/iotlens/internal/portfolio"
	"github.com/iotlens/iotlens/internal/report/grid"
	"github.com/iotlens/iotlens/internal/report/html"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// inTable lists the texts of a column of a table, of the rows that are not filtered away,
// in the order in which they stand.
func inTable(b *tab, table string, column int) []string {
	b.Helper()
	return js[[]string](b, fmt.Sprintf(`[...document.querySelectorAll("#t-%s>tbody>tr:not([hidden])")].map((r) => { const c = r.cells[%d]; return (c.querySelector("summary") || c.querySelector("a") || c).textContent.trim(); })`, table, column))
}

// reviewsShown lists the ids of the reviews in the table of workloads.
func reviewsShown(b *tab) portfolio.IDs {
	b.Helper()
	return js[portfolio.IDs](b, `[...document.querySelectorAll("#t-workloads>tbody>tr:not([hidden])")].map((r) => +r.dataset.review)`)
}

// sortBy clicks on the head of a column, and returns how the page says that it is sorted.
func sortBy(b *tab, table, head string) string {
	b.Helper()
	return js[string](b, fmt.Sprintf(`{const th = [...document.querySelectorAll("#t-%s th[scope=col]")].find((h) => h.textContent === %q); th.querySelector("button").click(); th.getAttribute("aria-sort")}`, table, head))
}

// shownColumn is the place of a column of a table on the page.
func shownColumn(t *testing.T, table grid.Table, head string) int {
	t.Helper()
	place := 0
	for _, c := range table.Columns {
		if c.Header == head {
			return place
		}
		if !c.Extra {
			place++
		}
	}
	require.Fail(t, "no column "+head)
	return 0
}

func tableOf(t *testing.T, p *portfolio.Portfolio, id string) grid.Table {
	t.Helper()
	for _, table := range grid.Tables(p) {
		if table.ID == id {
			return table
		}
	}
	require.Fail(t, "no table "+id)
	return grid.Table{}
}

// A page of 300 reviews can be sorted, filtered and printed.
func TestPortfolioPageSortsFiltersAndPrints(t *testing.T) {
	p := manyReviews(t, 300)
	html := writtenPortfolio(t, "html", p)
	b := newTab(t)
	b.open(html)
	require.Len(t, reviewsShown(b), 300)

	t.Run("sorts", func(t *testing.T) {
		for _, id := range []string{"workloads", "practices", "waivers", "provisions"} { // every kind of column
			table := tableOf(t, p, id)
			column := -1
			for _, c := range table.Columns {
				if c.Extra {
					continue
				}
				column++
				first := sortBy(b, table.ID, c.Header)
				one := inTable(b, table.ID, column)
				second := sortBy(b, table.ID, c.Header)
				other := inTable(b, table.ID, column)
				require.Len(t, one, len(table.Rows))
				require.ElementsMatch(t, one, other)
				if !c.Kind.Numeric() {
					require.Equal(t, []string{"ascending", "descending"}, []string{first, second}, "%s, %s", table.ID, c.Header)
					continue
				}
				require.Equal(t, []string{"descending", "ascending"}, []string{first, second}, "%s, %s", table.ID, c.Header)
				down, up := columnNumbers(t, one), columnNumbers(t, other)
				assert.True(t, slices.IsSortedFunc(down, func(a, b float64) int { return int(b - a) }), "%s, %s: %v", table.ID, c.Header, one)
				assert.True(t, slices.IsSorted(up), "%s, %s: %v", table.ID, c.Header, other)
			}
		}
		sortBy(b, "workloads", "Workload")
		assert.True(t, slices.IsSorted(inTable(b, "workloads", 0)), "by name")
	})

	t.Run("filters", func(t *testing.T) {
		table := tableOf(t, p, "workloads")
		want := func(keep func(*portfolio.Review) bool) portfolio.IDs {
			var out portfolio.IDs
			for i := range p.Reviews {
				if keep(&p.Reviews[i]) {
					out = append(out, p.Reviews[i].ID)
				}
			}
			require.NotEmpty(t, out)
			require.Less(t, len(out), 300, "the filter must leave something out")
			return out
		}
		choose := func(head, value string) {
			ok := js[bool](b, fmt.Sprintf(`{const s=document.querySelector('form[data-table=t-workloads] [data-column="%d"]');s.value=%q;s.dispatchEvent(new Event("input",{bubbles:true}));s.value===%q}`, shownColumn(t, table, head), "="+value, "="+value))
			require.True(t, ok, "%s has no choice %s", head, value)
		}
		search := func(words string) {
			js[any](b, `{const s=document.querySelector("form[data-table=t-workloads] [type=search]");s.value=`+strconv.Quote(words)+`;s.dispatchEvent(new Event("input",{bubbles:true}));1}`)
		}
		reset := func() {
			js[any](b, `document.querySelector("form[data-table=t-workloads] button").click()`)
			require.Len(t, reviewsShown(b), 300, "reset shows all")
		}
		for _, c := range []struct {
			head, value string
			keep        func(*portfolio.Review) bool
		}{
			{"Verdict", "No risk found", func(r *portfolio.Review) bool { return r.Verdict.Words == "No risk found" }},
			{"Segment", "utilities", func(r *portfolio.Review) bool { return slices.Contains(r.Fact("segment"), "utilities") }},
			{"Owner", "Bo Chen", func(r *portfolio.Review) bool { return r.Owner == "Bo Chen" }},
			{"Owner", "", func(r *portfolio.Review) bool { return r.Owner == "" }},
		} {
			choose(c.head, c.value)
			ids := want(c.keep)
			assert.ElementsMatch(t, ids, reviewsShown(b), "%s %s", c.head, c.value)
			assert.Equal(t, fmt.Sprintf("%d of 300 shown", len(ids)), js[string](b, `document.querySelector("form[data-table=t-workloads] .shown").textContent`))
			reset()
		}
		choose("Segment", "consumer")
		choose("Owner", "Ana Lima")
		search("CAMERAS consumer")
		assert.ElementsMatch(t, want(func(r *portfolio.Review) bool {
			return slices.Contains(r.Fact("segment"), "consumer") && r.Owner == "Ana Lima" && strings.Contains(r.Workload, "cameras")
		}), reviewsShown(b))
		search("no workload says this")
		assert.Empty(t, reviewsShown(b))
		assert.True(t, js[bool](b, `document.querySelector("#workloads .empty").checkVisibility()`), "the page says that nothing matches")
		reset()
	})

	t.Run("numbers lead to their reviews", func(t *testing.T) {
		b.open(html)
		for _, c := range []struct {
			section string
			ids     portfolio.IDs
		}{
			{"practices", p.Groups[0].Practices[0].Open},
			{"questions", p.Groups[0].Questions[0].High},
			{"provisions", nil},
			{"owners", p.Owners[0].Reviews},
			{"by", p.Facts[0].Reviews},
		} {
			ids := c.ids
			if ids == nil {
				table := tableOf(t, p, c.section)
				ids = table.Rows[0].Cells[slices.IndexFunc(table.Columns, func(c grid.Column) bool { return c.Kind == grid.ReviewsKind })].IDs
			}
			require.NotEmpty(t, ids)
			js[any](b, `document.querySelector("#`+c.section+` tbody button[data-ids]").click()`)
			assert.ElementsMatch(t, ids, reviewsShown(b), c.section)
			assert.True(t, js[bool](b, `document.getElementById("only").checkVisibility()`), "the page says that others are left out")
		}
		require.NotContains(t, reviewsShown(b), hiddenReview(b))
		id := fmt.Sprintf("review-%d", hiddenReview(b))
		js[any](b, `new Promise((done) => { addEventListener("hashchange", () => setTimeout(done), {once: true}); location.hash = "#`+id+`"; }).then(() => 1)`)
		assert.False(t, js[bool](b, `document.getElementById("`+id+`").hidden`), "a link outranks a filter")
		assert.Len(t, reviewsShown(b), 300)
		assert.False(t, js[bool](b, `document.getElementById("only").checkVisibility()`))
		assert.Empty(t, js[[]string](b, `[...document.querySelectorAll('a[href^="#"]')].map((a) => a.getAttribute("href")).filter((h) => !document.getElementById(h.slice(1)))`), "links that lead nowhere")
		assert.Empty(t, js[[]string](b, `[...document.querySelectorAll("[id]")].map((e) => e.id).filter((id, i, all) => all.indexOf(id) !== i)`), "ids that are given twice")
	})

	t.Run("prints", func(t *testing.T) {
		b.open(html)
		b.prefers("dark") // paper is white all the same
		pages, text := readPages(t, b.pdf())
		for i := range p.Reviews {
			require.Contains(t, text, p.Reviews[i].File, "every workload is printed")
		}
		assert.Contains(t, text, "line 7: unknown status")
		for _, control := range []string{"Print or save", "Reset", "Show in the table"} {
			assert.NotContains(t, text, control)
		}
		repeated := 0
		for _, page := range pages {
			if strings.Contains(page, "fleet/") && strings.Contains(page, "Coverage") {
				repeated++
			}
		}
		assert.GreaterOrEqual(t, repeated, 8, "the heads stand on each page of the table")
	})
	b.quiet()
}

// hiddenReview is the id of a review that is filtered away.
func hiddenReview(b *tab) int {
	b.Helper()
	return js[int](b, `+document.querySelector("#t-workloads>tbody>tr[hidden]").dataset.review`)
}

// columnNumbers returns the numbers of a column. Cells without a number must be last; they
// are left out.
func columnNumbers(t *testing.T, cells []string) []float64 {
	t.Helper()
	var out []float64
	ended := false
	for _, c := range cells {
		n, err := strconv.ParseFloat(strings.NewReplacer("−", "-", "+", "", " %", "").Replace(c), 64)
		if err != nil {
			ended = true
			continue
		}
		require.False(t, ended, "a cell without a number stands before one with a number")
		out = append(out, n)
	}
	return out
}

// readPages reads the text of a PDF page by page; each is A4 landscape.
func readPages(t *testing.T, pdf []byte) (pages []string, text string) {
	t.Helper()
	info := pdfTool(t, pdf, "pdfinfo", "-l", "9999")
	assert.NotContains(t, strings.ReplaceAll(info, "841.92 x 594.96", ""), " pts (A4) x", "A4 landscape")
	out := pdfTool(t, pdf, "pdftotext", "-layout", "-enc", "UTF-8")
	for _, page := range strings.Split(out, "\f") {
		pages = append(pages, strings.Join(strings.Fields(page), " "))
	}
	return pages, strings.Join(pages, " ")
}

// axe finds no violation in the page of a portfolio.
func TestPortfolioPageIsAccessible(t *testing.T) {
	for _, c := range []struct {
		name, scheme string
		reviews      int
		open         bool
		width        int64
	}{
		{"300 reviews, light", "light", 300, false, 1360},
		{"some, dark, all open", "dark", 6, true, 1360},
		{"some, narrow", "light", 6, true, 360},
		{"none", "light", 0, false, 1360},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			b := newTab(t)
			b.BypassPolicy()
			b.do(chromedp.EmulateViewport(c.width, 900))
			b.prefers(c.scheme)
			b.open(writtenPortfolio(t, "html", manyReviews(t, c.reviews)))
			if c.open {
				js[any](b, `{for (const d of document.querySelectorAll("details")) d.open = true; for (const s of document.querySelectorAll("button.sort")) s.click(); 1}`)
			}
			assert.Empty(t, b.Axe())
			assert.LessOrEqual(t, js[int64](b, `document.documentElement.scrollWidth`), c.width, "nothing sticks out to the side")
		})
	}
}

// Without the script the tables are complete with the worst first, and no control is shown.
func TestPortfolioPageWithoutScript(t *testing.T) {
	p := manyReviews(t, 20)
	b := newTab(t)
	_, err := chromedp.Call(b.Ctx, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true})
	require.NoError(t, err)
	b.open(writtenPortfolio(t, "html", p))
	text, err := chromedp.Run(b.Ctx, chromedp.TextContent("main"))
	require.NoError(t, err)
	at := 0
	for _, r := range p.Sorted() {
		next := strings.Index(text[at:], r.File)
		require.GreaterOrEqual(t, next, 0, "%s stands behind those that are worse", r.File)
		at += next
	}
	for _, control := range []string{"form.filters", ".tools", "button.js"} {
		_, err := chromedp.Run(b.Ctx, chromedp.Query(control, chromedp.NodeNotVisible))
		assert.NoError(t, err, control)
	}
}

func TestPortfolioPageKeyboardNavigation(t *testing.T) {
	b := newTab(t)
	b.open(writtenPortfolio(t, "html", manyReviews(t, 12)))
	reached := map[string]bool{}
	for range 200 {
		b.do(chromedp.KeyEvent(kb.Tab))
		at := js[string](b, `{const e=document.activeElement; e.className === "sort" ? "head" : e.matches("#t-workloads td a, #t-practices summary") ? "cell" : e.type === "search" ? "search" : e.id || e.className}`)
		reached[at] = true
		if at == "cell" {
			break
		}
	}
	for _, want := range []string{"skip", "theme", "print", "search", "head", "cell"} {
		assert.True(t, reached[want], "keys don't reach %s", want)
	}
	js[any](b, `document.querySelector("#t-workloads button.sort").focus()`)
	b.do(chromedp.KeyEvent(kb.Enter))
	assert.Equal(t, "ascending", js[string](b, `document.querySelector("#t-workloads th").getAttribute("aria-sort")`))
	b.quiet()
}

// Hostile names are shown as text: they add no element, run no script, cause no request, and
// give no link a scheme.
func TestPortfolioPageWithHostileText(t *testing.T) {
	evil := "\"><script>document.title='taken'</script><img src=x onerror=\"document.title='taken'\"> \u202eevil"
	census := func(text string) (string, []string) {
		p := manyReviews(t, 10)
		for i := range p.Reviews {
			r := &p.Reviews[i]
			r.Workload, r.Owner, r.File = text, text, "javascript:alert(1)/"+text
			r.Facts = []*portfolio.Fact{{Name: "segment", Values: []string{text}}}
			if r.Movement != nil {
				r.Movement.Name = text
			}
		}
		for i := range p.Owners {
			p.Owners[i].Name = text
		}
		p.Waivers[0].Owner, p.Waivers[0].Approver = text, text
		p.Unread[0] = portfolio.UnreadFile{File: text, Problems: []string{text, text}}
		var out strings.Builder
		require.NoError(t, html.PortfolioLinked(func(file string) string { return file })(&out, p))
		b := newTab(t)
		b.open(out.String())
		js[any](b, `{for (const d of document.querySelectorAll("details")) d.open = true; document.querySelector("button[data-ids]").click(); 1}`)
		assert.Empty(t, js[[]string](b, `[...document.querySelectorAll("*")].flatMap((e) => [...e.attributes]).filter((a) => a.name.startsWith("on") || a.name === "style" || /^\s*javascript:/i.test(a.value) && a.name === "href").map((a) => a.name)`))
		assert.Equal(t, []string{"file:"}, js[[]string](b, `[...new Set([...document.querySelectorAll("a")].map((a) => a.protocol))]`))
		assert.Equal(t, "Portfolio of 10 reviews, as of "+day, js[string](b, `document.title`))
		b.quiet()
		return out.String(), js[[]string](b, `Object.entries([...document.querySelectorAll("*")].reduce((n, e) => (n[e.tagName] = (n[e.tagName] || 0) + 1, n), {})).map(([k, v]) => k + " " + v).sort()`)
	}
	_, calm := census("calm")
	page, got := census(evil)
	assert.Equal(t, calm, got, "hostile text makes other elements than calm text")
	assert.Contains(t, page, "&lt;U+202E&gt;evil", "what turns text around is visible")
}
