package site_test

import (
	"maps"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
	"github.com/iotlens/iotlens/internal/browsertest"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// written writes the site to a folder.
func written(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	for name, data := range files(t) {
		file := filepath.Join(dir, filepath.FromSlash(name))
		require.NoError(t, os.MkdirAll(filepath.Dir(file), 0o755))
		require.NoError(t, os.WriteFile(file, data, 0o600))
	}
	return dir
}

// kinds has a page of each kind.
var kinds = map[string]string{
	"home": "index.html", "document": "docs/scoring.html", "decisions": "docs/adr/index.html",
	"lens": "lens/index.html", "pillar": "lens/pillars/cost-optimization.html", "layer": "lens/layers/analytics.html", "part": "lens/parts/product.html", "scenario": "lens/scenarios/firmware-update.html",
	"vocabulary": "lens/vocabulary.html", "services": "lens/services.html", "question": "lens/questions/IOTSEC05.html", "practice": "lens/practices/IOTSEC05-BP01.html",
	"frameworks": "lens/frameworks/index.html", "framework": "lens/frameworks/psti.html", "checks": "checks/index.html", "check": "checks/WA071.html",
	"commands": "commands/index.html", "command": "commands/gate.html", "missing": "404.html",
}

// The search works from a folder, and from a host below any path: it finds ids, words and
// prefixes of words, and Enter opens a result. It makes no external requests.
func TestSearch(t *testing.T) {
	dir := written(t)
	server := httptest.NewServer(http.StripPrefix("/below/it", http.FileServer(http.Dir(dir))))
	defer server.Close()
	for name, root := range map[string]string{"folder": browsertest.File(dir), "host": server.URL + "/below/it"} {
		t.Run(name, func(t *testing.T) {
			b := browsertest.New(t)
			for _, c := range []struct{ from, typed, want string }{
				{"index.html", "IOTSEC05", "/lens/questions/IOTSEC05.html"},
				{"lens/practices/IOTSEC05-BP01.html", "sec06-bp02", "/lens/practices/IOTSEC06-BP02.html"},
				{"docs/scoring.html", "iotrel08_bp01", "/lens/practices/IOTREL08-BP01.html"},
				{"checks/index.html", "wa071", "/checks/WA071.html"},
				{"commands/gate.html", "lens lint", "/commands/lens-lint.html"},
				{"index.html", "plan of a sess", "/docs/scoring.html#plan-of-a-session"},
				{"index.html", "I(2)(c)", "/lens/frameworks/cra.html#I-2-c"},
			} {
				b.Open(root+"/"+c.from, root)
				slash(b)
				b.Do(chromedp.KeyEvent(c.typed))
				settled(b)
				b.Do(chromedp.KeyEvent(kb.Enter))
				require.Eventually(t, func() bool { return browsertest.JS[string](b, "location.href") == root+c.want }, 10*time.Second, 20*time.Millisecond,
					"%q leads to %s", c.typed, browsertest.JS[string](b, "location.href"))
			}
			b.RequireQuiet()
		})
	}
}

// slash presses the key that leads to the search, as a keyboard does: one event, whose
// character the page can keep from being typed.
func slash(b *browsertest.Tab) {
	b.Helper()
	for _, kind := range []input.DispatchKeyEventType{input.DispatchKeyEventTypeKeyDown, input.DispatchKeyEventTypeKeyUp} {
		_, err := chromedp.Call(b.Ctx, input.DispatchKeyEvent, input.DispatchKeyEventParams{Type: kind, Key: "/", Code: "Slash", Text: "/"})
		require.NoError(b, err)
	}
	require.Equal(b, "query", browsertest.JS[string](b, "document.activeElement.id"))
	require.Empty(b, browsertest.JS[string](b, "document.activeElement.value"))
}

// settled waits for the search index and for results.
func settled(b *browsertest.Tab) {
	b.Helper()
	require.Eventually(b, func() bool { return browsertest.JS[string](b, `document.getElementById("found").textContent`) != "" }, 10*time.Second, 20*time.Millisecond)
}

func TestSearchWithKeys(t *testing.T) {
	root := browsertest.File(written(t))
	b := browsertest.New(t)
	b.Open(root+"/index.html", root)
	slash(b)
	b.Do(chromedp.KeyEvent("certificate"))
	settled(b)
	active := func() string {
		return browsertest.JS[string](b, `(document.getElementById(document.getElementById("query").getAttribute("aria-activedescendant"))||{}).id||""`)
	}
	expanded := func() string {
		return browsertest.JS[string](b, `document.getElementById("query").getAttribute("aria-expanded")`)
	}
	assert.Equal(t, "result-0", active())
	assert.Equal(t, "true", expanded())
	b.Do(chromedp.KeyEvent(kb.ArrowDown))
	assert.Equal(t, "result-1", active())
	b.Do(chromedp.KeyEvent(kb.ArrowUp), chromedp.KeyEvent(kb.ArrowUp))
	assert.Equal(t, "result-19", active(), "the list is a circle")
	assert.Regexp(t, `^20 of \d+ results$`, browsertest.JS[string](b, `document.getElementById("found").textContent`))
	b.Do(chromedp.KeyEvent(kb.Escape))
	assert.Equal(t, "false", expanded())
	assert.True(t, browsertest.JS[bool](b, `document.querySelector(".panel").hidden`))
	b.Do(chromedp.KeyEvent(" zzzz"))
	assert.Equal(t, "Nothing found", browsertest.JS[string](b, `document.getElementById("found").textContent`))
	b.Do(chromedp.KeyEvent(kb.Enter))
	assert.Contains(t, browsertest.JS[string](b, "location.href"), "/index.html")
	b.RequireQuiet()
}

// axe-core finds no violations on a page of each kind, in light and dark mode, wide and narrow;
// nothing is wider than the screen.
func TestPagesAreAccessible(t *testing.T) {
	root := browsertest.File(written(t))
	b := browsertest.New(t)
	b.BypassPolicy() // the checker is no part of the page
	for _, kind := range slices.Sorted(maps.Keys(kinds)) {
		b.SetColorScheme("light")
		b.Do(chromedp.EmulateViewport(1280, 900))
		b.Open(root+"/"+kinds[kind], root)
		assert.Empty(t, b.Axe(), "%s, light", kind)
		b.SetColorScheme("dark")
		assert.Empty(t, b.Axe("color-contrast"), "%s, dark", kind)
		b.Do(chromedp.EmulateViewport(390, 900))
		assert.LessOrEqual(t, browsertest.JS[int64](b, `document.documentElement.scrollWidth`), int64(390), kind)
		assert.Empty(t, b.Axe("scrollable-region-focusable", "target-size"), "%s, narrow", kind)
	}
	b.Open(root+"/index.html", root)
	slash(b)
	b.Do(chromedp.KeyEvent("certificate"))
	settled(b)
	assert.Empty(t, b.Axe(), "results")
}

// With its policy enforced, a page of each kind has its style, shows all pictures, and loads
// only files of the site.
func TestPagesAskForNothingElse(t *testing.T) {
	root := browsertest.File(written(t))
	b := browsertest.New(t)
	b.SetColorScheme("light")
	for _, kind := range slices.Sorted(maps.Keys(kinds)) {
		b.Open(root+"/"+kinds[kind], root)
		assert.Equal(t, "rgb(24, 36, 46)", browsertest.JS[string](b, `getComputedStyle(document.body).color`), "%s has no style", kind)
		assert.Empty(t, browsertest.JS[[]string](b, `Promise.all([...document.images].map((i) => { i.loading = "eager"; return i.decode().then(() => "", () => i.src); })).then((l) => l.filter(Boolean))`), kind)
		b.RequireQuiet()
	}
}

// Without scripts, everything but the search works.
func TestPagesWithoutScript(t *testing.T) {
	root := browsertest.File(written(t))
	b := browsertest.New(t)
	_, err := chromedp.Call(b.Ctx, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true})
	require.NoError(t, err)
	b.Open(root+"/lens/questions/IOTSEC05.html", root)
	_, err = chromedp.Run(b.Ctx, chromedp.Query("#search", chromedp.NodeNotVisible))
	require.NoError(t, err)
	text, err := chromedp.Run(b.Ctx, chromedp.TextContent("main"))
	require.NoError(t, err)
	assert.Contains(t, text, "Ask to be shown")
}
