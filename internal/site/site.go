// Package site generates the website: the documentation, the lens, and the reference of
// commands and checks as static HTML pages.
//
// make site runs it; it is not part of the program. Pages are generated from docs, the lens,
// the frameworks, the checks of lens lint, and the help of the commands. Pages load only
// the style, script and pictures of the site, and all addresses are relative, so that the
// site can be served below any path or opened from a folder.
//
// Build adds pages (docs.go, bank.go, frameworks.go, manuals.go, checks.go), page.go renders
// them, and search.go makes the search index. Within the package, an address is the path of
// a page from the root with a leading slash; draw makes it relative.
package site

import (
	_ "embed"
	"fmt"
	"html/template"
	"io/fs"
	"path"
	"strings"

	"github.com/iotlens/iotlens/internal/cli"
	"github.com/iotlens/iotlens/internal/framework"
	"github.com/iotlens/iotlens/internal/lens"
	"github.com/iotlens/iotlens/internal/report/page"
	"github.com/iotlens/iotlens/internal/wa/lint"
)

// A Source has the input of Build.
type Source struct {
	Repository fs.FS  // the repository, with README.md and docs
	Host       string // address of the repository, for links to its files: https://github.com/iotlens/iotlens
	Base       string // path below which the site is served, for the 404 page; begins and ends with /

	Lens        *lens.Lens
	Frameworks  []*framework.Framework
	Checks      []*lint.Check
	Manual      cli.Manual
	GlobalFlags []cli.Flag // flags of all commands
}

// Files has the content of the files of a site by slash-separated path.
type Files map[string][]byte

//go:embed site.css
var style string

//go:embed site.js
var script []byte

//go:embed icon.svg
var icon []byte

// Build generates a site. The same source gives the same bytes. The error for a broken link
// names the page and the link.
func Build(s Source) (Files, error) {
	b := &builder{Source: s, files: Files{}, ids: map[string]string{}}
	b.addBank()
	b.addFrameworks()
	b.addChecks()
	b.addManuals()
	if err := b.addDocs(); err != nil {
		return nil, err
	}
	index, err := b.index()
	if err != nil {
		return nil, err
	}
	b.files["assets/search-index.js"] = index
	b.files["assets/site.css"] = []byte(page.SharedCSS() + style)
	b.files["assets/site.js"] = script
	b.files["assets/icon.svg"] = icon
	for i := range b.pages {
		drawn, err := b.draw(&b.pages[i])
		if err != nil {
			return nil, fmt.Errorf("%s: %w", b.pages[i].Path, err)
		}
		b.files[b.pages[i].Path] = drawn
	}
	if b.files["404.html"], err = b.notFoundPage(); err != nil {
		return nil, err
	}
	return b.files, nil
}

// A builder has the state of Build.
type builder struct {
	Source
	pages []sitePage
	files Files
	ids   map[string]string // addresses by "kind id"

	templateSet *template.Template
}

// A sitePage is a page before it is rendered.
type sitePage struct {
	Path    string // from the root, without a leading slash
	Title   string
	Summary string // one sentence for search engines and results; may be empty
	Area    string // area in the header: docs, lens, commands or checks
	Crumbs  []ref
	Nav     []navGroup
	Prev    ref
	Next    ref
	Toc     []heading
	Wide    bool   // use the width of the table of contents for tables
	view    string // name of the template of the body
	Data    any
	entries []entry // for the search index
}

// A ref is a link within the site.
type ref struct{ Title, To string }

// A navGroup is a titled list of links beside a page.
type navGroup struct {
	Title string
	Links []ref
}

// A heading is a heading of a page, for its table of contents.
type heading struct{ Title, ID string }

// add adds a page.
func (b *builder) add(p sitePage) { b.pages = append(b.pages, p) }

// linkNeighbours sets the previous and next links of the pages from an index on.
func (b *builder) linkNeighbours(from int) {
	for i := from; i < len(b.pages); i++ {
		if i > from {
			b.pages[i].Prev = ref{b.pages[i-1].Title, "/" + b.pages[i-1].Path}
		}
		if i+1 < len(b.pages) {
			b.pages[i].Next = ref{b.pages[i+1].Title, "/" + b.pages[i+1].Path}
		}
	}
}

// relative returns an address of the site relative to one of its pages.
func relative(from, to string) string {
	target, fragment, _ := strings.Cut(to, "#")
	if fragment != "" {
		fragment = "#" + fragment
	}
	target = strings.TrimPrefix(target, "/")
	if target == from && fragment != "" {
		return fragment
	}
	here, there := strings.Split(from, "/"), strings.Split(target, "/")
	for len(here) > 1 && len(there) > 1 && here[0] == there[0] {
		here, there = here[1:], there[1:]
	}
	return strings.Repeat("../", len(here)-1) + path.Join(there...) + fragment
}
