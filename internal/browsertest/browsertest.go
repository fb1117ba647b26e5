// Package browsertest opens pages in headless Chromium and records network requests, dialogues
// and policy violations, for tests. A package that uses it calls Close in its TestMain.
package browsertest

import (
	"context"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
	"github.com/stretchr/testify/require"
)

// chromium is the headless browser of all tests of a package, started on first use.
var chromium = struct {
	sync.Once
	ctx   context.Context
	close func()
	err   error
}{close: func() {}}

// Close ends the browser.
func Close() { chromium.close() }

// RequireProgram returns the path of a program that .ci/setup installs.
func RequireProgram(t *testing.T, program string) string {
	t.Helper()
	path, err := exec.LookPath(program)
	require.NoError(t, err, "%s is missing: run .ci/setup", program)
	return path
}

func start(path string) {
	chromium.Do(func() {
		dir, err := os.MkdirTemp("", "iotlens-browser")
		if err != nil {
			chromium.err = err
			return
		}
		flags := append(chromedp.DefaultExecAllocatorOptions[:],
			chromedp.ExecPath(path), chromedp.UserDataDir(dir), chromedp.NoSandbox, chromedp.DisableGPU, chromedp.WSURLReadTimeout(2*time.Minute),
			chromedp.Flag("disable-quic", true), chromedp.Flag("disable-component-update", true))
		alloc, cancel := chromedp.NewExecAllocator(context.Background(), flags...)
		ctx, cancelBrowser := chromedp.NewContext(alloc)
		chromium.ctx = ctx
		chromium.close = func() { cancelBrowser(); cancel(); _ = os.RemoveAll(dir) }
		chromium.err = chromedp.Do(ctx)
	})
}

// A Tab is a browser tab that records what its page does.
type Tab struct {
	*testing.T
	Ctx context.Context

	mu       sync.Mutex
	own      string   // prefix of the addresses that the page may load
	requests []string // other addresses that it requested
	boxes    []string
}

// New opens an empty tab that is closed when the test ends.
func New(t *testing.T) *Tab {
	t.Helper()
	start(RequireProgram(t, "chromium"))
	require.NoError(t, chromium.err)
	ctx, cancel := chromedp.NewContext(chromium.ctx)
	t.Cleanup(cancel)
	ctx, cancelTime := context.WithTimeout(ctx, 2*time.Minute)
	t.Cleanup(cancelTime)
	b := &Tab{T: t, Ctx: ctx}
	b.Do(chromedp.EmulateViewport(1360, 900))
	require.NoError(t, chromedp.Listen(ctx, func(event any) {
		b.mu.Lock()
		defer b.mu.Unlock()
		switch e := event.(type) {
		case *network.EventRequestWillBeSent:
			if !strings.HasPrefix(e.Request.URL, b.own) && !strings.HasPrefix(e.Request.URL, "data:") { // which the page holds
				b.requests = append(b.requests, e.Request.URL)
			}
		case *page.EventJavascriptDialogOpening:
			b.boxes = append(b.boxes, e.Message)
		}
	}))
	_, err := chromedp.Call(ctx, network.Enable, network.EnableParams{})
	require.NoError(t, err)
	_, err = chromedp.Call(ctx, page.AddScriptToEvaluateOnNewDocument, page.AddScriptToEvaluateOnNewDocumentParams{
		Source: `window.refused = []; addEventListener("securitypolicyviolation", (e) => refused.push(e.violatedDirective + " " + e.blockedURI));`,
	})
	require.NoError(t, err)
	return b
}

// File returns the file: URL of a path.
func File(path string) string { return (&url.URL{Scheme: "file", Path: path}).String() }

// Show writes a page to a file and opens it. The page may load nothing else.
func (b *Tab) Show(html string) {
	b.Helper()
	file := filepath.Join(b.TempDir(), "report.html")
	require.NoError(b, os.WriteFile(file, []byte(html), 0o600))
	b.Open(File(file), File(file))
}

// Open opens an address. The page may load only addresses with the prefix own.
func (b *Tab) Open(address, own string) {
	b.Helper()
	b.mu.Lock()
	b.own = own
	b.mu.Unlock()
	b.Do(chromedp.Navigate(address))
}

// Do runs actions in the page.
func (b *Tab) Do(steps ...chromedp.Action[chromedp.Void]) {
	b.Helper()
	require.NoError(b, chromedp.Do(b.Ctx, steps...))
}

// JS evaluates an expression in the page.
func JS[T any](b *Tab, expression string) T {
	b.Helper()
	v, err := chromedp.Run(b.Ctx, chromedp.Evaluate[T](expression, chromedp.EvalAwaitPromise))
	require.NoError(b, err, "%.200s", expression)
	return v
}

// SetColorScheme sets the preferred colour scheme: "light" or "dark".
func (b *Tab) SetColorScheme(scheme string) {
	b.Helper()
	_, err := chromedp.Call(b.Ctx, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{
		Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: scheme}},
	})
	require.NoError(b, err)
}

// BypassPolicy disables the content security policy of pages opened later, so that Axe can
// run in them.
func (b *Tab) BypassPolicy() {
	b.Helper()
	_, err := chromedp.Call(b.Ctx, page.SetBypassCSP, page.SetBypassCSPParams{Enabled: true})
	require.NoError(b, err)
}

// Axe returns the accessibility violations that axe-core finds in the page, by the given rules
// or by all. BypassPolicy must have been called before the page was opened.
func (b *Tab) Axe(rules ...string) []string {
	b.Helper()
	_, file, _, _ := runtime.Caller(0)
	axe, err := os.ReadFile(filepath.Join(filepath.Dir(file), "../../.ci/tests/node_modules/axe-core/axe.min.js"))
	require.NoError(b, err, "axe-core is missing: run .ci/setup")
	JS[any](b, string(axe)+"\n;1")
	only := ""
	if len(rules) > 0 {
		only = `, runOnly: ["` + strings.Join(rules, `", "`) + `"]`
	}
	return JS[[]string](b, `axe.run(document, {resultTypes: ["violations"]`+only+`}).then((r) => r.violations.flatMap((v) => v.nodes.map((n) => v.id + ": " + n.html.slice(0, 160) + " " + n.failureSummary)))`)
}

// Screenshot returns a PNG of the tab.
func (b *Tab) Screenshot() []byte {
	b.Helper()
	png, err := chromedp.Run(b.Ctx, chromedp.CaptureScreenshot())
	require.NoError(b, err)
	return png
}

// PDF prints the page with its print style sheet.
func (b *Tab) PDF() []byte {
	b.Helper()
	pdf, err := chromedp.Run(b.Ctx, chromedp.PrintToPDF(chromedp.PDFPaper(chromedp.PaperA4), chromedp.PDFPreferCSSPageSize()))
	require.NoError(b, err)
	return pdf
}

// RequireQuiet fails the test if the page made a forbidden request, opened a dialog, or
// violated its policy.
func (b *Tab) RequireQuiet() {
	b.Helper()
	refused := JS[[]string](b, "refused") // before locking: the event listener takes the lock
	b.mu.Lock()
	defer b.mu.Unlock()
	require.Empty(b, b.requests, "the page asks the network")
	require.Empty(b, b.boxes, "the page opens a dialogue")
	require.Empty(b, refused, "the page tries what its policy forbids")
}
