// Package site writes the documentation, the lens and the reference of commands and
// checks as static pages of HTML.
//
// It is a tool of the project and no part of the program: make site runs it. What pages
// say comes from where the program has it: the pages of docs, the lens, the frameworks,
// the checks of lens lint, and the help of the commands. No page loads anything but the
// style, script and pictures of the site, every address is relative, and so the result
// can be served below any path, or opened from a folder.
//
// Build makes pages (docs.go, bank.go, frameworks.go, manuals.go, checks.go), page.go
// draws them, search.go makes the index of them. Within the package an address is the
// path of its page from the root with a slash before it; draw makes it relative.
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

// A Source is what a site is made of.
type Source struct {
	Repository fs.FS  // README.md, docs and what their links lead to
	Host       string // of the repository, for links to its files: https://github.com/iotlens/iotlens
	Base       string // path below which the site is served, for the page of a missing address; begins and ends with /

	Lens        *lens.Lens
	Frameworks  []*framework.Framework
	Checks      []*lint.Check
	Manual      cli.Manual
	GlobalFlags []cli.Flag // what every command takes
}

// Files are the bytes of a site by their path, with / in it.
type Files map[string][]byte

//go:embed site.css
var style string

//go:embed site.js
var script []byte

//go:embed icon.svg
var icon []byte

// Build makes a site. The same source gives the same bytes. An error names the page and
// the link in it that leads nowhere.
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

// A builder is a site in the making.
type builder struct {
	Source
	pages []sitePage
	files Files
	ids   map[string]string // address of what has an id, by its kind and the id

	templateSet *template.Template
}

// A sitePage is one page before it is drawn.
type sitePage struct {
	Path    string // from the root, without a slash before it
	Title   string
	Summary string // for search engines and results, in a sentence; may be empty
	Area    string // of the header: docs, lens, commands, checks
	Crumbs  []ref
	Nav     []navGroup
	Prev    ref
	Next    ref
	Toc     []heading
	Wide    bool   // tables need the room of a table of contents
	view    string // the template of its body
	Data    any
	entries []entry // what search finds of it
}

// A ref is a link within the site.
type ref struct{ Title, To string }

// A navGroup is a titled list of links beside a page.
type navGroup struct {
	Title string
	Links []ref
}

// A heading is one of the headings of a page, for its contents.
type heading struct{ Title, ID string }

// add takes a page.
func (b *builder) add(p sitePage) { b.pages = append(b.pages, p) }

// chain links the pages from one on with those before and after them.
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

// relative is an address of the site as seen from one of its pages.
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
