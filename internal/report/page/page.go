// Package page is what our pages of HTML share: markup in which text stays text, and a
// head that lets a page load nothing and run nothing but its own script
// (docs/adr/0015-the-html-report-is-written-by-hand.md).
package page

import (
	"bufio"
	"crypto/sha256"
	_ "embed"
	"encoding/base64"
	"fmt"
	"html"
	"io"
	"strconv"
	"strings"

	"github.com/iotlens/iotlens/internal/brand"
	"github.com/iotlens/iotlens/internal/text"
)

// sharedCSS are the colours of our pages, in light and in dark, and the signs in them.
//
//go:embed shared.css
var sharedCSS string

// SharedCSS are the colours of our pages as a style sheet: properties of :root in light and
// dark, and classes of a severity that set its tone.
func SharedCSS() string { return sharedCSS }

// Markup is HTML that we wrote. An untyped constant is markup by itself; a text
// that came from a file is a string and never becomes markup, so a writer who
// forgets to escape does not compile.
type Markup string

// Writer is an HTML page that is being written. Its writer keeps the first error.
type Writer struct{ w *bufio.Writer }

// New begins a page.
func New(w io.Writer) *Writer { return &Writer{bufio.NewWriter(w)} }

// Flush ends a page. It returns the first error of its writer.
func (s *Writer) Flush() error { return s.w.Flush() }

// Put writes markup in which each % stands for the next argument: a string as
// text, visible and escaped, a number in digits, markup as it is. What is
// escaped is safe between tags and in a quoted attribute, and nowhere else; no
// text is put into a script, a style or the address of a link.
func (s *Writer) Put(format Markup, args ...any) {
	rest := string(format)
	for _, a := range args {
		before, after, found := strings.Cut(rest, "%")
		if !found {
			panic("page: Put has more arguments than %")
		}
		rest = after
		_, _ = s.w.WriteString(before)
		switch a := a.(type) {
		case Markup:
			_, _ = s.w.WriteString(string(a))
		case string:
			_, _ = s.w.WriteString(escape(a))
		case int:
			_, _ = s.w.WriteString(strconv.Itoa(a))
		case int32:
			_, _ = s.w.WriteString(strconv.Itoa(int(a)))
		case float64:
			_, _ = s.w.WriteString(strconv.FormatFloat(a, 'f', -1, 64))
		default:
			panic("page: an argument of Put is neither text, number nor markup")
		}
	}
	if strings.Contains(rest, "%") {
		panic("page: Put has more % than arguments")
	}
	_, _ = s.w.WriteString(rest)
}

// escape makes text on one or more lines safe: what would turn text around or
// hide in it becomes visible, and nothing in it is read as markup.
// Source: HTML, 13.1.2.3 and 13.3, the characters that end text or a quoted
// attribute value.
func escape(t string) string { return html.EscapeString(text.Clean(t, true)) }

// Head writes all of a page up to its body. The policy lets the page load nothing at all,
// and run and apply only our script and style, which it knows by their hash; of pictures
// it shows those that the page itself holds, where it has any.
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

// Foot ends a page with its script.
func (s *Writer) Foot(script string) {
	s.Put("<script>%</script>\n</body>\n</html>\n", Markup(script))
}

func sourceHash(source string) Markup {
	sum := sha256.Sum256([]byte(source))
	return Markup("'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'")
}

// brandCSS is the style of a brand: its colour, and on each printed page how the report
// may be passed on, for whom it is and by whom.
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

// cssString is text within quotes in a style, every character of it escaped, so that
// nothing in it ends the text or the style. Source: CSS Syntax Level 3, 4.3.7.
func cssString(s string) string {
	var b strings.Builder
	for _, r := range text.Clean(s, false) {
		fmt.Fprintf(&b, `\%06x`, r)
	}
	return b.String()
}

// Brand writes the names and the logo of a brand; nothing where there is none.
func (s *Writer) Brand(b *brand.Brand) {
	if b == nil {
		return
	}
	s.Put("<div class=\"branded\">")
	if b.Logo != nil {
		wide, high := b.Logo.Fit(180, 44)
		s.Put(`<img src="%" width="%" height="%" alt="%">`, b.Logo.DataURL(), int(wide+0.5), int(high+0.5), b.LogoAltText())
	}
	s.Put("<p dir=\"auto\">%</p>", strings.Join(b.Parties(), " · "))
	if class := b.ClassificationText(); class != "" {
		s.Put(`<p class="class" dir="auto">%</p>`, class)
	}
	s.Put("</div>\n")
}
