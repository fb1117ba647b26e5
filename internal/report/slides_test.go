package report_test

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
	"github.com/iotlens/iotlens/internal/brand"
	"github.com/iotlens/iotlens/internal/report"
	"github.com/iotlens/iotlens/internal/review"
	"github.com/iotlens/iotlens/internal/scoring"
	"github.com/iotlens/iotlens/internal/testlens"
	"github.com/iotlens/iotlens/internal/text"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// since gives an assessment something that changed.
func since(a *scoring.Assessment, words string) *scoring.Assessment {
	half := 50.0
	a.Since = &scoring.ChangesSince{Name: words, AsOf: "2026-06-01", High: scoring.CountChange{Was: 9, Is: 4}, Score: scoring.PercentChange{Was: &half, Is: &half}, Note: words}
	for _, list := range []*[]scoring.PracticeChange{&a.Since.New, &a.Since.Regressed, &a.Since.NoLongerKnown, &a.Since.Closed} {
		for range 9 {
			*list = append(*list, scoring.PracticeChange{Practice: "LABSEC01-BP01", Title: words, Was: review.Implemented, Is: review.NotImplemented})
		}
	}
	return a
}

// testBrand is a brand with everything in it.
func testBrand(t testing.TB, words string) *brand.Brand {
	t.Helper()
	m := image.NewNRGBA(image.Rect(0, 0, 60, 20))
	for x := range 60 {
		m.Set(x, x/3, color.NRGBA{10, 90, 120, 255})
	}
	var logo bytes.Buffer
	require.NoError(t, png.Encode(&logo, m))
	b, problems := brand.Parse("b.yaml", []byte("accent: \"#6a1b9a\"\nlogo: x.png\n"), func(string) ([]byte, error) { return logo.Bytes(), nil })
	require.Empty(t, problems)
	b.Customer, b.Author, b.Contact, b.Classification = words, words, words, text.TruncateUTF16(words, 40)
	return b
}

func branded(t testing.TB, format string, a *scoring.Assessment, b *brand.Brand) string {
	t.Helper()
	var out bytes.Buffer
	require.NoError(t, report.Options{Brand: b}.Writers()[format](&out, a))
	return out.String()
}

// turned is the number of the slide in the middle of the window, once it is the one that is
// wanted, or after a while.
func turned(b *tab, want int) int {
	return js[int](b, fmt.Sprintf(`new Promise((done) => {
		const until = Date.now() + 10000;
		const look = () => {
			const n = +document.elementFromPoint(innerWidth / 2, innerHeight / 2).closest(".slide").id.slice(6);
			if (n === %d || Date.now() > until) done(n);
			else setTimeout(look, 20);
		};
		look();
	})`, want))
}

func TestSlidesKeyboardNavigation(t *testing.T) {
	b := newTab(t)
	b.open(written(t, "slides", since(assessed(t, factory), "Kick-off")))
	require.Equal(t, 6, js[int](b, `document.querySelectorAll(".slide").length`))
	for _, c := range []struct {
		key  string
		want int
	}{
		{kb.ArrowRight, 2},
		{" ", 3},
		{kb.PageDown, 4},
		{kb.ArrowDown, 5},
		{kb.Enter, 6},
		{kb.ArrowRight, 6},
		{kb.ArrowLeft, 5},
		{kb.PageUp, 4},
		{kb.ArrowUp, 3},
		{kb.Home, 1},
		{kb.ArrowLeft, 1},
		{kb.End, 6},
		{"4", 4},
		{"9", 4},
	} {
		b.do(chromedp.KeyEvent(c.key))
		require.Equal(t, c.want, turned(b, c.want), "%q", c.key)
	}
	assert.Equal(t, "slide-4", js[string](b, `document.activeElement.id`), "who reads by ear is there, too")
	assert.Equal(t, "4 / 6", js[string](b, `document.querySelector("#slide-4 .number").textContent`))
	b.quiet()
}

func TestSlidesAreAccessible(t *testing.T) {
	for scheme, out := range map[string]string{
		"light": branded(t, "slides", since(assessed(t, factory), "Kick-off"), testBrand(t, "Example")),
		"dark":  written(t, "slides", assessed(t, testlens.ReviewPath(testlens.Trackers))),
	} {
		for _, width := range []int64{1360, 400} {
			b := newTab(t)
			b.BypassPolicy()
			b.do(chromedp.EmulateViewport(width, 765))
			b.prefers(scheme)
			b.open(out)
			assert.LessOrEqual(t, js[int64](b, `document.documentElement.scrollWidth`), width)
			assert.Empty(t, b.Axe(), "%s %d", scheme, width)
		}
	}
}

// No content of a slide overlaps its footer or overflows the slide, for any texts and on
// screens of any size. In print, each slide is a page.
func TestSlidesDoNotOverflow(t *testing.T) {
	const overflow = `[...document.querySelectorAll(".slide")].flatMap((s) => {
		const foot = s.querySelector("footer").getBoundingClientRect(), box = s.getBoundingClientRect();
		return [...s.querySelectorAll(".body *, h1, h2")].filter((e) => {
			const r = e.getBoundingClientRect();
			return !e.closest(".clamp")?.contains(e) || e.matches(".clamp") ? r.bottom > foot.top + 1 || r.right > box.right + 1 : false;
		}).map((e) => s.id + " " + e.tagName + "." + e.className + " " + e.textContent.slice(0, 40));
	}).concat([...document.querySelectorAll("footer")].filter((f) => f.scrollWidth > f.clientWidth + 1).map((f) => f.parentNode.id + " foot"))`
	long := allAnswered(review.NotImplemented)
	long.Workload.Name = strings.Repeat("Aufzugsüberwachungsplattform", 4)[:100]
	for id, answer := range long.Answers {
		answer.Note, answer.Owner, answer.Due = strings.Repeat("WWWW WWWWWWWWWW ", 60), strings.Repeat("工場", 60), "2026-12-01"
		long.Answers[id] = answer
	}
	lists := scoring.Assess(testlens.Lens(), long, scoring.Options{Mode: scoring.Monotone, Today: day})
	for i := range 30 {
		lists.Layers = append(lists.Layers, scoring.Part{ID: "x", Name: strings.Repeat("Schicht", i)})
		lists.Pillars = append(lists.Pillars, scoring.Part{ID: "x", Name: strings.Repeat("Säule ", i)})
	}
	flat := assessed(t, factory)
	flat.Layers = nil
	for name, a := range map[string]*scoring.Assessment{
		"factory": assessed(t, factory), "hostile": since(hostileAssessment(), hostile), "lists": since(lists, strings.Repeat("Meilenstein", 40)), "no layers": flat,
		"nothing":      scoring.Assess(testlens.Lens(), &review.Review{Workload: review.Workload{Name: "New"}}, scoring.Options{Today: day}),
		"all in place": scoring.Assess(testlens.Lens(), allAnswered(review.Implemented), scoring.Options{Today: day}),
	} {
		for _, words := range []string{"", strings.Repeat("Wide words ", 9)[:90]} {
			out := written(t, "slides", a)
			if words != "" {
				out = branded(t, "slides", a, testBrand(t, words))
			}
			b := newTab(t)
			b.open(out)
			for _, size := range [][2]int64{{1360, 765}, {1024, 768}, {1920, 1080}} {
				b.do(chromedp.EmulateViewport(size[0], size[1]))
				assert.Empty(t, js[[]string](b, overflow), "%s %v", name, size)
			}
			b.quiet()
			pages, _ := pdfPages(t, b.pdf())
			assert.Equal(t, 6, pages, name)
		}
	}
}

// pdfPages counts the pages of a PDF and reads its text.
func pdfPages(t *testing.T, pdf []byte) (int, string) {
	t.Helper()
	file := filepath.Join(t.TempDir(), "x.pdf")
	require.NoError(t, os.WriteFile(file, pdf, 0o600))
	_, after, _ := strings.Cut(run(t, "pdfinfo", file), "Pages:")
	pages, _, _ := strings.Cut(strings.TrimSpace(after), "\n")
	n, err := strconv.Atoi(pages)
	require.NoError(t, err)
	return n, strings.Join(strings.Fields(run(t, "pdftotext", "-enc", "UTF-8", file, "-")), " ")
}

// run is what a program that .ci/setup installs writes.
func run(t *testing.T, program string, args ...string) string {
	t.Helper()
	out, err := exec.Command(need(t, program), args...).Output()
	require.NoError(t, err)
	return string(out)
}

func TestSlidesWithoutScript(t *testing.T) {
	b := newTab(t)
	_, err := chromedp.Call(b.Ctx, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true})
	require.NoError(t, err)
	a := assessed(t, factory)
	b.open(written(t, "slides", a))
	content, err := chromedp.Run(b.Ctx, chromedp.TextContent("main"))
	require.NoError(t, err)
	assert.Contains(t, content, a.Findings[0].ID)
	_, err = chromedp.Run(b.Ctx, chromedp.Query(".keys", chromedp.NodeNotVisible))
	assert.NoError(t, err)
	pages, said := pdfPages(t, b.pdf())
	assert.Equal(t, 6, pages)
	for _, title := range []string{"Scores and findings", "What is wrong", "The plan and its effect", "What changed", "Decisions needed"} {
		assert.Contains(t, said, title)
	}
}

// The brand is on every page, and hostile text in it has no effect.
func TestBrandIsOnEveryPage(t *testing.T) {
	a := assessed(t, factory)
	b := newTab(t)
	b.open(branded(t, "html", a, testBrand(t, "Wasserwerk GmbH")))
	assert.Equal(t, "rgb(106, 27, 154)", js[string](b, `getComputedStyle(document.querySelector("nav a, main a")).getPropertyValue("--accent") && getComputedStyle(document.querySelector("main .rest summary, main a.dot, .branded")).borderBottomColor`))
	assert.Equal(t, []int{60, 20}, js[[]int](b, `{const i = document.querySelector(".branded img"); [i.naturalWidth, i.naturalHeight]}`), "the policy lets the logo show")
	pages, said := pdfPages(t, b.pdf())
	assert.GreaterOrEqual(t, strings.Count(said, "Wasserwerk GmbH · For Wasserwerk GmbH · By Wasserwerk GmbH"), pages, "printed, it stands on each page")
	b.quiet()

	pages, said = pdfPages(t, []byte(branded(t, "pdf", a, testBrand(t, "Wasserwerk GmbH"))))
	assert.GreaterOrEqual(t, strings.Count(said, "For Wasserwerk GmbH · By Wasserwerk GmbH"), pages)

	for _, format := range []string{"html", "slides"} {
		b.open(branded(t, format, a, testBrand(t, hostile)))
		b.quiet()
	}
	plain := branded(t, "markdown", a, testBrand(t, hostile))
	plainLines(t, plain)
	inertMarkdown(t, plain)
	assert.Equal(t, branded(t, "html", a, testBrand(t, "A")), branded(t, "html", a, testBrand(t, "A")))
	formats := report.Formats().Names()
	for name := range (report.Options{}).Writers() {
		assert.True(t, slices.Contains(formats, name), name)
		assert.Equal(t, written(t, name, a), branded(t, name, a, nil), "without a brand it is the format itself")
	}
}
