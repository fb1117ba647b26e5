package site

import (
	"bytes"
	"fmt"
	"io/fs"
	"net/url"
	"path"
	"regexp"
	"strings"
	"unicode"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// A document is a parsed Markdown page.
type document struct {
	source string // its path in the repository
	text   []byte
	root   ast.Node
	title  string
}

// markdown renders Markdown like GitHub, with tables and heading ids. It omits raw HTML, and
// cells have no inline style, which the policy of the pages forbids.
var markdown = goldmark.New(
	goldmark.WithExtensions(extension.NewTable(extension.WithTableCellAlignMethod(extension.TableCellAlignAttribute)), extension.Strikethrough),
	goldmark.WithParserOptions(parser.WithAutoHeadingID()),
)

// readDocument reads and parses a page of the repository. Its first heading is the title.
func readDocument(repository fs.FS, source string) (*document, error) {
	data, err := fs.ReadFile(repository, source)
	if err != nil {
		return nil, err
	}
	d := &document{source: source, text: data}
	d.root = markdown.Parser().Parse(text.NewReader(data), parser.WithContext(parser.NewContext(parser.WithIDs(&headingIDs{used: map[string]bool{}}))))
	first, ok := d.root.FirstChild().(*ast.Heading)
	if !ok || first.Level != 1 {
		return nil, fmt.Errorf("%s: it does not begin with a heading", source)
	}
	d.title = plain(first, data)
	return d, nil
}

// render renders a document. Links lead to pages of the site, or to the repository.
func (b *builder) render(d *document) (string, error) {
	err := ast.Walk(d.root, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if !entering {
			return ast.WalkContinue, nil
		}
		var err error
		switch n := n.(type) {
		case *ast.Link:
			var to string
			to, err = b.target(d.source, string(n.Destination))
			n.Destination = []byte(to)
		case *ast.Image:
			var to string
			to, err = b.picture(d.source, string(n.Destination))
			n.Destination = []byte(to)
		case *ast.HTMLBlock:
			err = commentOnly(d, n.Lines().Value(d.text))
		case *ast.RawHTML:
			err = commentOnly(d, n.Segments.Value(d.text))
		}
		return ast.WalkContinue, err
	})
	if err != nil {
		return "", err
	}
	var out bytes.Buffer
	if err := markdown.Renderer().Render(&out, d.text, d.root); err != nil {
		return "", err
	}
	return b.postprocess(out.String()), nil
}

// commentOnly refuses HTML other than comments.
func commentOnly(d *document, html []byte) error {
	if s := strings.TrimSpace(string(html)); !strings.HasPrefix(s, "<!--") {
		return fmt.Errorf("%s: HTML in Markdown is not written: %.40s", d.source, s)
	}
	return nil
}

var (
	renderedHeading  = regexp.MustCompile(`<h([2-4]) id="([^"]+)">(.*?)</h[2-4]>`)
	renderedCode     = regexp.MustCompile(`<code>([A-Z][A-Z0-9-]+)</code>`)
	shortCode        = regexp.MustCompile(`<code>([^<\s]{1,24})</code>`)
	htmlReplacements = strings.NewReplacer(
		"<!-- raw HTML omitted -->\n", "", "<!-- raw HTML omitted -->", "",
		"<table>", `<div class="scroll" tabindex="0" role="group" aria-label="Table"><table>`, "</table>", "</table></div>",
		"<pre>", `<pre tabindex="0">`, "<img ", `<img loading="lazy" `,
	)
)

// furnish adds to what the renderer wrote: links to headings, ids as links, room to
// scroll, and words of code that stay on one line. A text never looks like an element there, since < in it is escaped.
func (b *builder) postprocess(html string) string {
	html = htmlReplacements.Replace(html)
	html = renderedHeading.ReplaceAllString(html, `<h$1 id="$2">$3 <a class="anchor" href="#$2" aria-label="Link to this section">#</a></h$1>`)
	html = renderedCode.ReplaceAllStringFunc(html, func(code string) string {
		if to := b.addressOfID(renderedCode.FindStringSubmatch(code)[1]); to != "" {
			return `<a href="` + to + `">` + code + `</a>`
		}
		return code
	})
	return shortCode.ReplaceAllString(html, `<code class="short">$1</code>`)
}

// target resolves a link of a page: to a page of the site, to a file in the repository on its
// host, or to an external address.
func (b *builder) target(source, to string) (string, error) {
	u, err := url.Parse(to)
	if err != nil {
		return "", fmt.Errorf("%s: the link %q: %w", source, to, err)
	}
	if u.Scheme != "" {
		if u.Scheme != "https" {
			return "", fmt.Errorf("%s: the link %q is not https", source, to)
		}
		return to, nil
	}
	if u.Path == "" {
		return to, nil
	}
	fragment := ""
	if u.Fragment != "" {
		fragment = "#" + u.Fragment
	}
	file := path.Join(path.Dir(source), u.Path)
	if page, ok := b.ids["file "+file]; ok {
		return page + fragment, nil
	}
	info, err := fs.Stat(b.Repository, file)
	if err != nil {
		return "", fmt.Errorf("%s: the link %q leads to no file: %w", source, to, err)
	}
	if strings.HasPrefix(file, "docs/img/") {
		return b.picture(source, to)
	}
	if info.IsDir() {
		return b.Host + "/tree/main/" + file + fragment, nil
	}
	return b.Host + "/blob/main/" + file + fragment, nil
}

// picture copies a picture of the repository to the site and returns its address.
func (b *builder) picture(source, to string) (string, error) {
	file := path.Join(path.Dir(source), to)
	data, err := fs.ReadFile(b.Repository, file)
	if err != nil || !strings.HasPrefix(file, "docs/img/") {
		return "", fmt.Errorf("%s: the picture %q is not in docs/img (%w)", source, to, err)
	}
	copied := "assets/" + strings.TrimPrefix(file, "docs/")
	b.files[copied] = data
	return "/" + copied, nil
}

// plain returns the text of a node without markup.
func plain(n ast.Node, source []byte) string {
	var out strings.Builder
	_ = ast.Walk(n, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		switch n := n.(type) {
		case *ast.Text:
			if entering {
				out.Write(n.Value(source))
				if n.SoftLineBreak() || n.HardLineBreak() {
					out.WriteByte(' ')
				}
			}
		case *ast.String:
			if entering {
				out.Write(n.Value)
			}
		default:
			if !entering && n.Type() == ast.TypeBlock {
				out.WriteByte(' ')
			}
			if lines, ok := n.(*ast.FencedCodeBlock); ok && entering {
				out.Write(lines.Lines().Value(source))
			}
			if lines, ok := n.(*ast.CodeBlock); ok && entering {
				out.Write(lines.Lines().Value(source))
			}
		}
		return ast.WalkContinue, nil
	})
	return strings.TrimSpace(out.String())
}

// headingIDs generates the same heading ids as GitHub: lower case, without punctuation, - for
// spaces, and a number appended to duplicates.
type headingIDs struct{ used map[string]bool }

func (h *headingIDs) Generate(value []byte, _ ast.NodeKind) []byte {
	id := strings.Map(func(r rune) rune {
		switch {
		case unicode.IsLetter(r), unicode.IsDigit(r), r == '-', r == '_':
			return unicode.ToLower(r)
		case r == ' ':
			return '-'
		}
		return -1
	}, string(util.TrimRightSpace(util.TrimLeftSpace(value))))
	for n, free := 1, id; ; n++ {
		if !h.used[free] {
			h.used[free] = true
			return []byte(free)
		}
		free = fmt.Sprintf("%s-%d", id, n)
	}
}

func (h *headingIDs) Put(value []byte) { h.used[string(value)] = true }
