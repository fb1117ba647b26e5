package report_test

import (
	"os"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/iotlens/iotlens/internal/browsertest"
)

func TestMain(m *testing.M) {
	code := m.Run()
	browsertest.Close()
	os.Exit(code)
}

// need returns the path of a program that .ci/setup installs.
func need(t *testing.T, program string) string {
	t.Helper()
	return browsertest.RequireProgram(t, program)
}

// A tab shows pages of reports.
type tab struct{ *browsertest.Tab }

func newTab(t *testing.T) *tab { return &tab{browsertest.New(t)} }

func (b *tab) open(html string)                           { b.Helper(); b.Show(html) }
func (b *tab) do(steps ...chromedp.Action[chromedp.Void]) { b.Helper(); b.Do(steps...) }
func (b *tab) prefers(scheme string)                      { b.Helper(); b.SetColorScheme(scheme) }
func (b *tab) picture() []byte                            { b.Helper(); return b.Screenshot() }
func (b *tab) pdf() []byte                                { b.Helper(); return b.PDF() }
func (b *tab) quiet()                                     { b.Helper(); b.RequireQuiet() }

// js evaluates an expression in the page.
func js[T any](b *tab, expression string) T {
	b.Helper()
	return browsertest.JS[T](b.Tab, expression)
}
