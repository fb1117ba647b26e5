package report_test

import (
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
	"github.com/iotlens/iotlens/internal/report"
	"github.com/iotlens/iotlens/internal/report/view"
	"github.com/iotlens/iotlens/internal/review"
	"github.com/iotlens/iotlens/internal/scoring"
	"github.com/iotlens/iotlens/internal/testlens"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// factory is a review in production, answered in full.
var factory = testlens.ReviewPath(testlens.Waterworks)

// allAnswered is a review in which every best practice has one status.
func allAnswered(s review.Status) *review.Review {
	r := &review.Review{Workload: review.Workload{Name: "Everything the same"}, Answers: map[string]review.Answer{}}
	for _, id := range testlens.Lens().PracticeIDs() {
		r.Answers[id] = review.Answer{Status: s, Reason: "because"}
	}
	return r
}

// shown lists the numbers of the findings on the page that are not filtered
// away, in the order in which they stand.
func shown(b *tab) []int {
	return js[[]int](b, `[...document.querySelectorAll("#list>li:not([hidden])")].map((li) => +li.dataset.n)`)
}

func TestHTMLSortsSearchesAndFilters(t *testing.T) {
	a := assessed(t, factory)
	b := newTab(t)
	b.open(written(t, "html", a))
	all := shown(b)
	require.Len(t, all, len(a.Findings))
	assert.IsIncreasing(t, all, "findings stand by priority")

	for _, c := range []struct {
		sort   string
		before func(x, y scoring.Finding) bool
	}{
		{"severity", func(x, y scoring.Finding) bool { return x.Severity.Rank() >= y.Severity.Rank() }},
		{"effort", func(x, y scoring.Finding) bool { return x.Effort.Rank() <= y.Effort.Rank() }},
		{"due", func(x, y scoring.Finding) bool { return y.Due == "" || x.Due != "" && x.Due <= y.Due }},
		{"owner", func(x, y scoring.Finding) bool { return y.Owner == "" || x.Owner != "" && x.Owner <= y.Owner }},
		{"id", func(x, y scoring.Finding) bool { return x.ID < y.ID }},
		{"n", func(x, y scoring.Finding) bool { return x.Priority >= y.Priority }},
	} {
		choose(b, "sort", c.sort)
		got := shown(b)
		require.Len(t, got, len(all))
		for i := range got[1:] {
			x, y := a.Findings[got[i]-1], a.Findings[got[i+1]-1]
			require.True(t, c.before(x, y), "sorted by %s, %s stands before %s", c.sort, x.ID, y.ID)
		}
	}

	wants := func(keep func(scoring.Finding) bool) []int {
		out := []int{}
		for i, f := range a.Findings {
			if keep(f) {
				out = append(out, i+1)
			}
		}
		require.NotEmpty(t, out)
		require.Less(t, len(out), len(all), "the filter must leave something out")
		return out
	}
	for _, c := range []struct {
		filter, value string
		keep          func(scoring.Finding) bool
	}{
		{"f-severity", "high", func(f scoring.Finding) bool { return f.Severity == "high" }},
		{"f-status", "cannot_determine", func(f scoring.Finding) bool { return f.Status == review.CannotDetermine }},
		{"f-pillar", "security", func(f scoring.Finding) bool { return f.Pillar == "security" }},
		{"f-layer", "edge", func(f scoring.Finding) bool { return strings.Contains(strings.Join(f.Layers, " "), "edge") }},
		{"f-effort", "low", func(f scoring.Finding) bool { return f.Effort == "low" }},
		{"f-when", "now", func(f scoring.Finding) bool { return f.Horizon == scoring.Now && !f.Waived }},
		{"f-when", "waived", func(f scoring.Finding) bool { return f.Waived }},
	} {
		choose(b, c.filter, c.value)
		want := wants(c.keep)
		assert.Equal(t, want, shown(b), "%s %s", c.filter, c.value)
		assert.Equal(t, fmt.Sprintf("%d of %d findings shown", len(want), len(all)), js[string](b, `document.getElementById("shown").textContent`))
		js[any](b, `document.getElementById("all").click()`)
		require.Equal(t, all, shown(b), "reset shows all")
	}

	search := func(words string) {
		js[any](b, `{const s=document.getElementById("search");s.value=`+strconv.Quote(words)+`;s.dispatchEvent(new Event("input",{bubbles:true}));1}`)
	}
	search("tomas CERTIFICATE")
	got := shown(b)
	assert.NotEmpty(t, got)
	assert.Less(t, len(got), len(all))
	search("no finding says this")
	assert.Empty(t, shown(b))
	assert.True(t, js[bool](b, `document.querySelector(".empty").checkVisibility()`), "the page says that nothing matches")
	b.quiet()
}

func choose(b *tab, id, value string) {
	b.Helper()
	ok := js[bool](b, fmt.Sprintf(`{const s=document.getElementById(%q);s.value=%q;s.dispatchEvent(new Event("input",{bubbles:true}));s.dispatchEvent(new Event("change",{bubbles:true}));s.value===%q}`, id, value, value))
	require.True(b, ok, "%s has no choice %s", id, value)
}

func TestHTMLLinksLeadToFindings(t *testing.T) {
	a := assessed(t, factory)
	b := newTab(t)
	b.open(written(t, "html", a))
	assert.Empty(t, js[[]string](b, `[...document.querySelectorAll('a[href^="#"]')].map((a) => a.getAttribute("href")).filter((h) => !document.getElementById(h.slice(1)))`), "links that lead nowhere")
	assert.Empty(t, js[[]string](b, `[...document.querySelectorAll("[id]")].map((e) => e.id).filter((id, i, all) => all.indexOf(id) !== i)`), "ids that are given twice")
	js[any](b, `document.querySelector('.map a[data-layer=edge][data-pillar=reliability]').dispatchEvent(new MouseEvent("click",{bubbles:true,cancelable:true}))`)
	var want []int
	for i, f := range a.Findings {
		if f.Pillar == "reliability" && strings.Contains(strings.Join(f.Layers, " "), "edge") {
			want = append(want, i+1)
		}
	}
	assert.Equal(t, want, shown(b))

	require.NotContains(t, shown(b), 1, "the first finding is filtered away")
	id := "finding-" + a.Findings[0].ID
	js[any](b, `new Promise((done) => { addEventListener("hashchange", done, {once: true}); location.hash = "#`+id+`"; }).then(() => 1)`)
	assert.False(t, js[bool](b, `document.getElementById("`+id+`").hidden`), "a link outranks a filter")
	assert.True(t, js[bool](b, `document.getElementById("`+id+`").firstElementChild.open`))
	b.quiet()
}

func TestHTMLThemes(t *testing.T) {
	b := newTab(t)
	paper := func() string { return js[string](b, `getComputedStyle(document.body).backgroundColor`) }
	const light, dark = "rgb(255, 255, 255)", "rgb(18, 24, 30)"
	b.prefers("light")
	b.open(written(t, "html", assessed(t, factory)))
	assert.Equal(t, light, paper())
	b.prefers("dark")
	assert.Equal(t, dark, paper(), "the page follows the system")
	choose(b, "theme", "light")
	assert.Equal(t, light, paper(), "the switch outranks the system")
	b.prefers("light")
	choose(b, "theme", "dark")
	assert.Equal(t, dark, paper())
	choose(b, "theme", "")
	assert.Equal(t, light, paper())
	b.quiet()
}

// The keyboard can skip to the summary, open a finding, filter, and choose a theme.
func TestHTMLKeyboardNavigation(t *testing.T) {
	a := assessed(t, factory)
	b := newTab(t)
	b.open(written(t, "html", a))
	b.do(chromedp.KeyEvent(kb.Tab))
	assert.Equal(t, "skip", js[string](b, `document.activeElement.className`), "the first stop skips the contents")
	reached := map[string]bool{}
	for range 600 {
		b.do(chromedp.KeyEvent(kb.Tab))
		at := js[string](b, `{const e=document.activeElement;const r=e.closest("#list>li")?"finding":e.closest(".map")?"cell":e.closest(".quadrant")?"dot":e.id;r}`)
		reached[at] = true
		if at == "finding" {
			break
		}
	}
	for _, want := range []string{"theme", "print", "cell", "dot", "search", "f-severity", "sort", "unfold", "finding"} {
		assert.True(t, reached[want], "keys don't reach %s", want)
	}
	require.False(t, js[bool](b, `document.querySelector("#list details").open`))
	b.do(chromedp.KeyEvent(kb.Enter))
	assert.True(t, js[bool](b, `document.querySelector("#list details").open`), "Enter opens a finding")

	js[any](b, `document.getElementById("search").focus()`)
	b.do(chromedp.KeyEvent("certificate"))
	n := len(shown(b))
	assert.Positive(t, n)
	assert.Less(t, n, len(a.Findings))
	js[any](b, `document.getElementById("f-severity").focus()`)
	b.do(chromedp.KeyEvent(kb.ArrowDown))
	assert.NotEmpty(t, js[string](b, `document.getElementById("f-severity").value`))
	assert.LessOrEqual(t, len(shown(b)), n)
	b.quiet()
}

// axe finds no violation: in light and dark mode, with closed and open sections, on wide and
// narrow screens.
func TestHTMLIsAccessible(t *testing.T) {
	small := "../../testdata/golden/small.review.yaml"
	for _, c := range []struct {
		name   string
		a      *scoring.Assessment
		scheme string
		open   bool
		width  int64
	}{
		{"light", assessed(t, small), "light", false, 1360},
		{"light, all open", assessed(t, factory), "light", true, 1360},
		{"dark, all open", assessed(t, testlens.ReviewPath(testlens.Trackers)), "dark", true, 1360},
		{"dark, narrow", assessed(t, small), "dark", true, 360},
		{"nothing answered", scoring.Assess(testlens.Lens(), &review.Review{Workload: review.Workload{Name: "New"}}, scoring.Options{Mode: scoring.Monotone, Today: day}), "light", true, 1360},
		{"hostile", scoring.Assess(testlens.Lens(), hostileReview(), scoring.Options{Mode: scoring.Monotone, Today: day}), "light", true, 1360},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			b := newTab(t)
			// The checker is no part of the page, so its policy is set aside for this run.
			b.BypassPolicy()
			b.do(chromedp.EmulateViewport(c.width, 900))
			b.prefers(c.scheme)
			b.open(written(t, "html", c.a))
			if c.open {
				js[any](b, `{for (const d of document.querySelectorAll("details")) d.open = true; 1}`)
			}
			assert.Empty(t, b.Axe())
		})
	}
}

// Without the script, the page has every finding with all its texts, and no control is shown.
func TestHTMLWithoutScript(t *testing.T) {
	a := assessed(t, factory)
	b := newTab(t)
	_, err := chromedp.Call(b.Ctx, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true})
	require.NoError(t, err)
	b.open(written(t, "html", a))
	text, err := chromedp.Run(b.Ctx, chromedp.TextContent("main"))
	require.NoError(t, err)
	for _, f := range a.Findings {
		assert.Contains(t, text, f.Title)
		assert.Contains(t, text, f.Guide.FirstStep())
		assert.Contains(t, text, f.Note)
	}
	for _, control := range []string{"#filters", ".tools"} {
		_, err := chromedp.Run(b.Ctx, chromedp.Query(control, chromedp.NodeNotVisible))
		assert.NoError(t, err, control)
	}
	assertA4(t, b.pdf(), view.Conclude(a).String(), a.Findings[0].Guide.FirstStep(), a.Findings[len(a.Findings)-1].Title)
}

func TestHTMLPrintsToA4(t *testing.T) {
	for _, name := range []string{"waterworks", "trackers"} {
		a := assessed(t, "../../testdata/lens/reviews/"+name+".review.yaml")
		b := newTab(t)
		b.prefers("dark") // paper is white all the same
		b.open(written(t, "html", a))
		pages, text := assertA4(t, b.pdf(), view.Conclude(a).String(), a.Findings[0].Title, "Layers by pillars", "Method")
		assert.NotContains(t, text, "Print or save", "controls are not printed")
		assert.NotContains(t, text, "Reset")
		assert.Less(t, pages, 80)
		assert.False(t, js[bool](b, `[...document.querySelectorAll("#list details")].some((d) => d.open)`), "after printing all is as it was")
	}
}

// assertA4 reads a PDF with poppler: every page is A4, and the texts are found,
// however their lines are broken. It returns the number of pages and the text.
func assertA4(t *testing.T, pdf []byte, texts ...string) (pages int, text string) {
	t.Helper()
	file := filepath.Join(t.TempDir(), "report.pdf")
	require.NoError(t, os.WriteFile(file, pdf, 0o600))
	info, err := exec.Command(need(t, "pdfinfo"), "-l", "9999", file).CombinedOutput()
	require.NoError(t, err, string(info))
	pages, err = strconv.Atoi(regexp.MustCompile(`Pages:\s+(\d+)`).FindStringSubmatch(string(info))[1])
	require.NoError(t, err)
	sizes := regexp.MustCompile(`Page +\d+ size: +([\d.]+) x ([\d.]+)`).FindAllStringSubmatch(string(info), -1)
	require.Len(t, sizes, pages)
	for _, s := range sizes {
		wide, _ := strconv.ParseFloat(s[1], 64)
		high, _ := strconv.ParseFloat(s[2], 64)
		require.InDelta(t, 595.3, wide, 1, "A4 is 210 mm wide")
		require.InDelta(t, 841.9, high, 1, "A4 is 297 mm high")
	}
	out, err := exec.Command(need(t, "pdftotext"), "-enc", "UTF-8", file, "-").Output()
	require.NoError(t, err)
	text = strings.Join(strings.Fields(string(out)), " ")
	for _, want := range texts {
		assert.Contains(t, text, strings.Join(strings.Fields(want), " "))
	}
	return pages, text
}

// Hostile text in every field is shown as text: it adds no element, runs no script, and
// causes no request.
func TestHTMLWithHostileText(t *testing.T) {
	html := write(t, "html", hostileReview())
	calm := hostileReview()
	calm.Workload = review.Workload{
		Name: "calm", Description: "calm", ReviewOwner: "calm", Industry: "calm", ArchitecturalDesign: "calm", AWSRegions: []string{"calm"}, AccountIDs: []string{"calm"},
	}
	for id, a := range calm.Answers {
		calm.Answers[id] = review.Answer{Status: a.Status, Reason: "calm", Note: strings.Repeat("calm ", 1+len(a.Note)/5*(len(a.Note)>>16)), Evidence: []string{"calm"}, Owner: "calm", By: "calm", Template: "calm", VouchedBy: "calm", VouchedUntil: "2027-01-01"}
	}
	calm.Waivers[0].Owner, calm.Waivers[0].Approver, calm.Waivers[0].Reason, calm.Waivers[0].Control = "calm", "calm", "calm", "calm"
	calm.Parked = []review.Topic{{Topic: "calm", Owner: "calm", By: "calm"}}

	const census = `Object.entries([...document.querySelectorAll("*")].reduce((n, e) => (n[e.tagName] = (n[e.tagName] || 0) + 1, n), {})).map(([k, v]) => k + " " + v).sort()`
	const handlers = `[...document.querySelectorAll("*")].flatMap((e) => [...e.attributes]).filter((a) => a.name.startsWith("on") || a.name === "style" || /^\s*javascript:/i.test(a.value)).map((a) => a.name)`
	b := newTab(t)
	b.open(html)
	js[any](b, `{for (const d of document.querySelectorAll("details")) d.open = true; 1}`)
	got := js[[]string](b, census)
	assert.Empty(t, js[[]string](b, handlers))
	assert.Contains(t, js[string](b, `document.querySelector("h1").textContent`), "<U+202E>evil", "what turns text around is visible")
	assert.Equal(t, 1, js[int](b, `document.scripts.length`))
	b.quiet()
	b.open(write(t, "html", calm))
	assert.Equal(t, js[[]string](b, census), got, "hostile text makes other elements than calm text")
}

// The content security policy of the page is in force: scripts, styles and pictures that were
// added to the file later have no effect.
func TestHTMLContentSecurityPolicy(t *testing.T) {
	html := written(t, "html", assessed(t, "../../testdata/golden/small.review.yaml"))
	b := newTab(t)
	b.open(strings.Replace(html, "<main>", `<main><script>document.title = "taken"</script><p id="p" style="display:none" onclick="document.title='taken'">x</p>`+
		`<img src="https://example.com/x.png" onerror="document.title='taken'"><link rel="stylesheet" href="https://example.com/x.css"><iframe src="https://example.com/"></iframe>`, 1))
	js[any](b, `document.getElementById("p").click()`)
	assert.NotContains(t, js[string](b, `document.title`), "taken")
	refused := strings.Join(js[[]string](b, "refused"), " ")
	for _, directive := range []string{"script-src-elem", "script-src-attr", "style-src-attr", "style-src-elem", "img-src", "frame-src"} {
		assert.Contains(t, refused, directive)
	}
	assert.Equal(t, 4, js[int](b, `document.querySelectorAll("#list>li:not([hidden])").length`), "our own script runs")
}

// The page works for empty and for full reviews, and nothing overflows on a phone.
func TestHTMLLayoutOfAnyReviewAndWidth(t *testing.T) {
	long := allAnswered(review.NotImplemented)
	long.Workload.Name = strings.Repeat("Aufzugsüberwachungsplattform", 4)[:100]
	for _, c := range []struct {
		name     string
		r        *review.Review
		findings int
	}{
		{"nothing", &review.Review{Workload: review.Workload{Name: "New"}}, 0},
		{"everything in place", allAnswered(review.Implemented), 0},
		{"nothing applies", allAnswered(review.NotApplicable), 0},
		{"nothing in place", long, 31},
		{"hostile", hostileReview(), 18},
		{"one pillar", &review.Review{Workload: review.Workload{Name: "Narrow"}, Scope: review.Scope{Pillars: []string{"security"}}}, 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			b := newTab(t)
			b.open(write(t, "html", c.r))
			for _, width := range []int64{1360, 800, 360} {
				b.do(chromedp.EmulateViewport(width, 800))
				assert.LessOrEqual(t, js[int64](b, `document.documentElement.scrollWidth`), width, "at a width of %d something sticks out", width)
			}
			assert.Equal(t, c.findings, js[int](b, `document.querySelectorAll("#list>li").length`))
			b.quiet()
		})
	}
}

func BenchmarkHTML(b *testing.B) {
	f, err := review.Load(factory, testlens.Lens())
	require.NoError(b, err)
	a := scoring.Assess(testlens.Lens(), f.Review, scoring.Options{Mode: scoring.Monotone, Today: day})
	b.ReportAllocs()
	html, err := report.Formats().Find("html")
	require.NoError(b, err)
	for b.Loop() {
		require.NoError(b, html.Write(io.Discard, a))
	}
}
