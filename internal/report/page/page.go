// Package page writes HTML pages: it escapes text, and a content security policy lets a page
// load nothing and run only its own script
// (docs/adr/0015-the-html-report-is-written-by-hand.md). The HTML report, the slides, the
// portfolio and the site use it.
package page

import (
	"crypto/sha256"
	_ "embed"
	"encoding/base64"
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/iotlens/iotlens/internal/brand"
	"github.com/iotlens/iotlens/internal/text"
)

// sharedCSS has the colours of all pages, for light and dark mode, and the classes of tones.
//
//go:embed shared.css
var sharedCSS string

// SharedCSS returns the style sheet with the colours of all pages: custom properties of :root
// for light and dark mode, and a class for each severity that sets its tone.
func SharedCSS() string { return sharedCSS }

// Markup is trusted HTML. Untyped constants convert to it; text from files is a string, which
// Put escapes. To pass such text as markup takes an explicit conversion.
type Markup string

// A Writer writes an HTML page. It keeps the first error for Flush.
type Writer struct {
	w   io.Writer
	buf []byte // a bufio.Writer would move each argument of Put to the heap
	err error
}

// flushAt is the size at which the buffer of a page is written.
const flushAt = 32 << 10

// New returns a writer of a page to w.
func New(w io.Writer) *Writer { return &Writer{w: w, buf: make([]byte, 0, flushAt+flushAt/4)} }

// Flush writes what is buffered. It returns the first error of the underlying writer.
func (s *Writer) Flush() error {
	if s.err == nil {
		_, s.err = s.w.Write(s.buf)
	}
	s.buf = s.buf[:0]
	return s.err
}

// Put writes markup in which each % is replaced by the next argument: a string is escaped,
// with control characters made visible; a number is written in digits; markup is written
// unchanged. Escaped text is safe between tags and in quoted attributes only: it must not be
// put into a script, a style or the URL of a link.
func (s *Writer) Put(format Markup, args ...any) {
	rest := string(format)
	for _, a := range args {
		at := strings.IndexByte(rest, '%')
		if at < 0 {
			panic("page: Put: more arguments than %")
		}
		s.buf = append(s.buf, rest[:at]...)
		rest = rest[at+1:]
		switch a := a.(type) {
		case Markup:
			s.buf = append(s.buf, a...)
		case string:
			s.buf = appendText(s.buf, a)
		case int:
			s.buf = strconv.AppendInt(s.buf, int64(a), 10)
		case int32:
			s.buf = strconv.AppendInt(s.buf, int64(a), 10)
		case float64:
			s.buf = strconv.AppendFloat(s.buf, a, 'f', -1, 64)
		default:
			panic("page: Put: an argument is neither text, number nor markup")
		}
	}
	if strings.IndexByte(rest, '%') >= 0 {
		panic("page: Put: more % than arguments")
	}
	s.buf = append(s.buf, rest...)
	if len(s.buf) >= flushAt {
		_ = s.Flush() // it keeps the error
	}
}

// entities has the characters that end text or a quoted attribute value.
// Source: HTML, 13.1.2.3 and 13.3.
var entities = [256]string{'&': "&amp;", '<': "&lt;", '>': "&gt;", '"': "&#34;", '\'': "&#39;"}

// plainBytes has the bytes that a page contains unchanged: printable ASCII without entities.
var plainBytes = func() (plain [256]bool) {
	for c := byte(' '); c <= '~'; c++ {
		plain[c] = entities[c] == ""
	}
	return plain
}()

// isPlain reports whether a text needs no escaping, as most texts do not.
func isPlain(t string) bool {
	for _, c := range []byte(t) {
		if !plainBytes[c] {
			return false
		}
	}
	return true
}

// appendText appends text that is escaped for HTML. Control characters and marks that change
// the direction of text become visible.
func appendText(buf []byte, t string) []byte {
	if isPlain(t) {
		return append(buf, t...)
	}
	t = text.Clean(t, true)
	from := 0
	for i := range len(t) {
		if e := entities[t[i]]; e != "" {
			buf = append(append(buf, t[from:i]...), e...)
			from = i + 1
		}
	}
	return append(buf, t[from:]...)
}

// Head writes a page up to its body. The content security policy lets the page load nothing,
// and apply and run only the given style and script, by their hash. Pictures can only be data
// URLs, if the brand has a logo.
// Source: Content Security Policy Level 3, 2.3.1.
func (s *Writer) Head(title, style, script string, b *brand.Brand) {
	style = sharedCSS + style + brandCSS(b)
	var pictures Markup
	if b != nil && b.Logo != nil {
		pictures = "img-src data:; "
	}
	s.Put(`<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; %style-src %; script-src %; base-uri 'none'; form-action 'none'">
<meta name="referrer" content="no-referrer">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="generator" content="iotlens">
<title>%</title>
<style>%</style>
</head>
<body>
`, pictures, sourceHash(style), sourceHash(script), title, Markup(style))
}

// Foot writes the script and the end of a page. The script must be the one given to Head.
func (s *Writer) Foot(script string) {
	s.Put("<script>%</script>\n</body>\n</html>\n", Markup(script))
}

func sourceHash(source string) Markup {
	sum := sha256.Sum256([]byte(source))
	return Markup("'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'")
}

// brandCSS returns the style of a brand: its accent colour and, on each printed page, its
// classification, customer and author.
func brandCSS(b *brand.Brand) string {
	if b == nil {
		return ""
	}
	style := ""
	if b.Accent != nil {
		style += fmt.Sprintf(":root{--accent:light-dark(%s,%s)}\n", b.Accent.Light, b.Accent.Dark)
	}
	line := b.Parties()
	if class := b.ClassificationText(); class != "" {
		line = append([]string{class}, line...)
	}
	if len(line) > 0 {
		style += `@media print{@page{@bottom-left{content:"` + cssString(strings.Join(line, " · ")) + `";font:8pt Arial,sans-serif;color:#52606c}}}` + "\n"
	}
	return style
}

// cssString returns text for a quoted string in CSS. It escapes every character, so that the
// text cannot end the string or the style. Source: CSS Syntax Level 3, 4.3.7.
func cssString(s string) string {
	var b strings.Builder
	for _, r := range text.Clean(s, false) {
		fmt.Fprintf(&b, `\%06x`, r)
	}
	return b.String()
}

// Brand writes the logo and the names of a brand; nothing if it is nil.
func (s *Writer) Brand(b *brand.Brand) {
	if b == nil {
		return
	}
	s.Put("<div class=\"branded\">")
	if b.Logo != nil {
		width, height := b.Logo.Fit(180, 44)
		s.Put(`<img src="%" width="%" height="%" alt="%">`, b.Logo.DataURL(), int(width+0.5), int(height+0.5), b.LogoAltText())
	}
	s.Put("<p dir=\"auto\">%</p>", strings.Join(b.Parties(), " · "))
	if class := b.ClassificationText(); class != "" {
		s.Put(`<p class="class" dir="auto">%</p>`, class)
	}
	s.Put("</div>\n")
}
