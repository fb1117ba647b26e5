package report_test

import (
	"bytes"
	"image/png"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// pictures is the folder of the pictures of the documentation. UPDATE_PICTURES=1 go test
// ./internal/report -run Pictures updates them.
const pictures = "../../docs/img"

func TestPictures(t *testing.T) {
	if os.Getenv("UPDATE_PICTURES") == "1" {
		makePictures(t)
	}
	for _, name := range []string{"report-light.png", "report-dark.png", "report-print.png", "report-pdf.png", "report-ledger.png", "slides-verdict.png", "slides-map.png", "slides-risks.png", "portfolio.png"} {
		picture, err := os.ReadFile(filepath.Join(pictures, name))
		require.NoError(t, err, "UPDATE_PICTURES=1 go test ./internal/report -run Pictures makes it")
		_, err = png.DecodeConfig(bytes.NewReader(picture))
		assert.NoError(t, err, name)
		assert.Less(t, len(picture), 250<<10, "%s is too heavy for a page of documentation", name)
	}
}

func makePictures(t *testing.T) {
	a := assessed(t, factory)
	html := written(t, "html", a)
	save := func(name string, picture []byte) {
		require.NoError(t, os.WriteFile(filepath.Join(pictures, name), picture, 0o644))
	}
	b := newTab(t)
	b.do(chromedp.EmulateViewport(1280, 900))
	b.prefers("light")
	b.open(html)
	save("report-light.png", b.picture())
	save("report-print.png", firstPage(t, b.pdf()))
	b.prefers("dark")
	choose(b, "f-pillar", "security")
	js[any](b, `{document.documentElement.style.scrollBehavior="auto";document.getElementById("findings").scrollIntoView();document.querySelector("#list>li:not([hidden]) details").open=true;1}`)
	save("report-dark.png", b.picture())
	makeSlides(t, save)
	makePortfolio(t, save)
	pdf := []byte(written(t, "pdf", a))
	save("report-pdf.png", firstPage(t, pdf))
	save("report-ledger.png", pageWith(t, pdf, "Ledger"))
}

// pageWith is the first page of a PDF with a line, as a picture.
func pageWith(t *testing.T, pdf []byte, line string) []byte {
	t.Helper()
	file := filepath.Join(t.TempDir(), "report.pdf")
	require.NoError(t, os.WriteFile(file, pdf, 0o600))
	out, err := exec.Command(need(t, "pdftotext"), "-raw", file, "-").Output()
	require.NoError(t, err)
	for i, page := range strings.Split(string(out), "\f") {
		if strings.Contains("\n"+page, "\n"+line+" ") || strings.Contains("\n"+page, "\n"+line+"\n") {
			return pictureOf(t, pdf, i+1)
		}
	}
	require.Fail(t, "no page has the line "+line)
	return nil
}

// firstPage is the first page of a PDF as a picture.
func firstPage(t *testing.T, pdf []byte) []byte { t.Helper(); return pictureOf(t, pdf, 1) }

// pictureOf is a page of a PDF as a picture.
func pictureOf(t *testing.T, pdf []byte, number int) []byte {
	t.Helper()
	dir := t.TempDir()
	file := filepath.Join(dir, "report.pdf")
	require.NoError(t, os.WriteFile(file, pdf, 0o600))
	out, err := exec.Command(need(t, "pdftoppm"), "-r", "90", "-f", strconv.Itoa(number), "-l", strconv.Itoa(number), "-singlefile", "-png", file, filepath.Join(dir, "page")).CombinedOutput()
	require.NoError(t, err, string(out))
	picture, err := os.ReadFile(filepath.Join(dir, "page.png"))
	require.NoError(t, err)
	return picture
}

// makeSlides makes pictures of three slides.
func makeSlides(t *testing.T, save func(string, []byte)) {
	b := newTab(t)
	b.do(chromedp.EmulateViewport(960, 540))
	b.prefers("light")
	b.open(branded(t, "slides", assessed(t, factory), testBrand(t, "Example")))
	for i, name := range []string{"slides-verdict.png", "slides-map.png", "slides-risks.png", "portfolio.png"} {
		b.do(chromedp.KeyEvent(string(rune('1' + i))))
		save(name, b.picture())
	}
}

// UPDATE_PICTURES=slides go test ./internal/report -run SlidePictures takes only the pictures
// of slides.
func TestSlidePictures(t *testing.T) {
	if os.Getenv("UPDATE_PICTURES") == "slides" {
		makeSlides(t, func(name string, picture []byte) {
			require.NoError(t, os.WriteFile(filepath.Join(pictures, name), picture, 0o644))
		})
	}
}

// makePortfolio makes the picture of the page of a portfolio.
func makePortfolio(t *testing.T, save func(string, []byte)) {
	b := newTab(t)
	b.do(chromedp.EmulateViewport(1440, 1010))
	b.prefers("light")
	b.open(writtenPortfolio(t, "html", manyReviews(t, 300)))
	save("portfolio.png", b.picture())
}

// UPDATE_PICTURES=portfolio go test ./internal/report -run PortfolioPicture takes only the
// picture of a portfolio.
func TestPortfolioPicture(t *testing.T) {
	if os.Getenv("UPDATE_PICTURES") == "portfolio" {
		makePortfolio(t, func(name string, picture []byte) {
			require.NoError(t, os.WriteFile(filepath.Join(pictures, name), picture, 0o644))
		})
	}
}
