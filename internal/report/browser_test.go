package report_test

import (
	"context"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
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

// chromium is one headless browser for all tests of this package. It is started
// when the first test asks for it.
var chromium = struct {
	sync.Once
	ctx   context.Context
	close func()
	err   error
}{close: func() {}}

func TestMain(m *testing.M) {
	code := m.Run()
	chromium.close()
	os.Exit(code)
}

// need returns the path of a program that .ci/setup installs.
func need(t *testing.T, program string) string {
	t.Helper()
	path, err := exec.LookPath(program)
	require.NoError(t, err, "%s is missing: run .ci/setup", program)
	return path
}

func startBrowser(path string) {
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

// A tab is a page in the browser, with what it did besides showing itself.
type tab struct {
	*testing.T
	ctx  context.Context
	file string

	mu       sync.Mutex
	requests []string // addresses asked for, the page's own left out
	boxes    []string
}

// newTab opens an empty tab that is closed when the test ends.
func newTab(t *testing.T) *tab {
	t.Helper()
	startBrowser(need(t, "chromium"))
	require.NoError(t, chromium.err)
	ctx, cancel := chromedp.NewContext(chromium.ctx)
	t.Cleanup(cancel)
	ctx, cancelTime := context.WithTimeout(ctx, 2*time.Minute)
	t.Cleanup(cancelTime)
	b := &tab{T: t, ctx: ctx}
	b.do(chromedp.EmulateViewport(1360, 900))
	require.NoError(t, chromedp.Listen(ctx, func(event any) {
		b.mu.Lock()
		defer b.mu.Unlock()
		switch e := event.(type) {
		case *network.EventRequestWillBeSent:
			if !strings.HasPrefix(e.Request.URL, "file://"+b.file) && !strings.HasPrefix(e.Request.URL, "data:") { // which the page holds
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

// open writes a page to a file of its own and opens it from there.
func (b *tab) open(html string) {
	b.Helper()
	file := filepath.Join(b.TempDir(), "report.html")
	require.NoError(b, os.WriteFile(file, []byte(html), 0o600))
	b.mu.Lock()
	b.file = file
	b.mu.Unlock()
	b.do(chromedp.Navigate((&url.URL{Scheme: "file", Path: file}).String()))
}

func (b *tab) do(steps ...chromedp.Action[chromedp.Void]) {
	b.Helper()
	require.NoError(b, chromedp.Do(b.ctx, steps...))
}

// js evaluates an expression in the page.
func js[T any](b *tab, expression string) T {
	b.Helper()
	v, err := chromedp.Run(b.ctx, chromedp.Evaluate[T](expression, chromedp.EvalAwaitPromise))
	require.NoError(b, err, "%.200s", expression)
	return v
}

// prefers sets what the system of the reader prefers: "light" or "dark".
func (b *tab) prefers(scheme string) {
	b.Helper()
	_, err := chromedp.Call(b.ctx, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{
		Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: scheme}},
	})
	require.NoError(b, err)
}

// picture is what the tab shows, as PNG.
func (b *tab) picture() []byte {
	b.Helper()
	png, err := chromedp.Run(b.ctx, chromedp.CaptureScreenshot())
	require.NoError(b, err)
	return png
}

// pdf prints the page as a reader would: the style sheet of the page says how.
func (b *tab) pdf() []byte {
	b.Helper()
	pdf, err := chromedp.Run(b.ctx, chromedp.PrintToPDF(chromedp.PDFPaper(chromedp.PaperA4), chromedp.PDFPreferCSSPageSize()))
	require.NoError(b, err)
	return pdf
}

// quiet fails the test if the page asked for anything, opened a dialog, or tried
// what its policy forbids.
func (b *tab) quiet() {
	b.Helper()
	refused := js[[]string](b, "refused") // not under the lock: what listens to the page takes it
	b.mu.Lock()
	defer b.mu.Unlock()
	require.Empty(b, b.requests, "the page asks the network")
	require.Empty(b, b.boxes, "the page opens a dialogue")
	require.Empty(b, refused, "the page tries what its policy forbids")
}
