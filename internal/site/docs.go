package site

import (
	"fmt"
	"html/template"
	"io/fs"
	"path"
	"slices"
	"strings"

	"github.com/yuin/goldmark/ast"
)

// contents is the table of contents of the documentation, from which the links beside
// its pages are made.
const contents = "docs/README.md"

// otherPages are the pages of Markdown outside docs that the site has.
var otherPages = []string{"README.md", "CONTRIBUTING.md", "CHANGELOG.md", "SECURITY.md", "questions/README.md", "frameworks/README.md", "frameworks/LICENSES.md"}

// addDocs adds the pages of Markdown and the list of decisions.
func (b *builder) addDocs() error {
	sources, err := fs.Glob(b.Repository, "docs/*.md")
	if err != nil {
		return err
	}
	decisions, err := fs.Glob(b.Repository, "docs/adr/*.md")
	if err != nil {
		return err
	}
	b.assignFileAddresses(slices.Concat(otherPages, sources, decisions))
	nav, order, err := b.docsNav()
	if err != nil {
		return err
	}
	if err := b.addDecisions(decisions, nav); err != nil {
		return err
	}
	var all []sitePage
	for _, source := range slices.Concat(otherPages, sources) {
		p, err := b.docPage(source, nav)
		if err != nil {
			return err
		}
		all = append(all, p)
	}
	// In the order of the table of contents; what it leaves out comes last.
	place := func(p sitePage) int {
		if i := slices.Index(order, "/"+p.Path); i >= 0 {
			return i
		}
		return len(order)
	}
	slices.SortStableFunc(all, func(x, y sitePage) int { return place(x) - place(y) })
	from := len(b.pages)
	for _, p := range all {
		b.add(p)
	}
	b.linkNeighbours(from)
	b.makeHome(&b.pages[from])
	return nil
}

// makeHome makes the first page of the site of the README: its beginning, where to go,
// and the rest.
func (b *builder) makeHome(p *sitePage) {
	html, _ := p.Data.(template.HTML)
	intro, rest, _ := strings.Cut(string(html), "</p>\n")
	p.view, p.Crumbs, p.Prev, p.Next = "home", nil, ref{}, ref{}
	p.Data = struct {
		Intro, Rest                              template.HTML
		Questions, Practices, Frameworks, Checks int
	}{template.HTML(intro + "</p>\n"), template.HTML(rest), len(b.Lens.Questions), len(b.Lens.PracticeIDs()), len(b.Frameworks), len(b.Checks)} //nolint:gosec // of goldmark
}

// nameFiles gives each page of Markdown its address, and files of the lens that of their
// page, so that links to them stay in the site.
func (b *builder) assignFileAddresses(sources []string) {
	for _, source := range sources {
		to := strings.TrimSuffix(source, ".md") + ".html"
		if path.Dir(source) != "docs/adr" {
			to = strings.ToLower(to)
		}
		if path.Base(source) == "README.md" {
			to = path.Join(path.Dir(source), "index.html")
		}
		b.ids["file "+source] = "/" + to
	}
	b.ids["file docs"] = "/docs/index.html"
	b.ids["file docs/adr"] = "/docs/adr/index.html"
	for _, f := range b.Frameworks {
		b.ids["file frameworks/"+f.ID+".yaml"] = b.ids["framework "+f.ID]
	}
	for _, q := range b.Lens.Questions {
		folder := q.Pillar
		switch {
		case q.Layer != "":
			folder = "layers/" + q.Layer
		case q.Part != "":
			folder = q.Part
		}
		b.ids["file questions/"+folder+"/"+q.ID+".yaml"] = b.ids["question "+q.ID]
	}
}

// docsNav reads the table of contents: each heading of the second level with the links
// of its list is a group. order is that in which the pages are read.
func (b *builder) docsNav() (nav []navGroup, order []string, err error) {
	d, err := readDocument(b.Repository, contents)
	if err != nil {
		return nil, nil, err
	}
	nav = []navGroup{{"Documentation", []ref{{"Contents", "/docs/index.html"}}}}
	order = []string{"/index.html", "/docs/index.html"}
	err = ast.Walk(d.root, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if !entering {
			return ast.WalkContinue, nil
		}
		switch n := n.(type) {
		case *ast.Heading:
			if n.Level == 2 {
				nav = append(nav, navGroup{Title: plain(n, d.text)})
			}
		case *ast.Link:
			if _, inList := n.Parent().Parent().(*ast.ListItem); !inList {
				return ast.WalkContinue, nil
			}
			to, err := b.target(d.source, string(n.Destination))
			if err != nil || strings.HasPrefix(to, "https://") {
				return ast.WalkContinue, err
			}
			last := &nav[len(nav)-1]
			last.Links = append(last.Links, ref{plain(n, d.text), to})
			if !slices.Contains(order, to) {
				order = append(order, to)
			}
		}
		return ast.WalkContinue, nil
	})
	return nav, order, err
}

// docPage is the page of a document.
func (b *builder) docPage(source string, nav []navGroup) (sitePage, error) {
	d, err := readDocument(b.Repository, source)
	if err != nil {
		return sitePage{}, err
	}
	html, err := b.render(d)
	if err != nil {
		return sitePage{}, err
	}
	p := sitePage{
		Path: b.ids["file "+source][1:], Title: d.title, Area: "docs", Nav: nav, Crumbs: []ref{{"Documentation", "/docs/index.html"}}, view: "document",
		Data: template.HTML(html), //nolint:gosec // goldmark leaves raw HTML out
	}
	if source == contents {
		p.Crumbs = nil
	}
	p.Toc, p.entries = sections(d)
	return p, nil
}

// parts are the headings of a document, and what search finds of it: each section by its
// heading.
func sections(d *document) ([]heading, []entry) {
	var toc []heading
	entries := []entry{{Kind: "Page", Title: d.title}}
	for n := d.root.FirstChild(); n != nil; n = n.NextSibling() {
		h, ok := n.(*ast.Heading)
		if !ok {
			entries[len(entries)-1].Text += " " + plain(n, d.text)
			continue
		}
		id, _ := h.AttributeString("id")
		name, _ := id.([]byte)
		title := plain(h, d.text)
		if h.Level == 2 {
			toc = append(toc, heading{title, string(name)})
		}
		if h.Level > 1 {
			entries = append(entries, entry{Kind: d.title, Title: title, Anchor: string(name)})
		}
	}
	return toc, entries
}

// addDecisions adds the list of decisions, and a page for each.
func (b *builder) addDecisions(sources []string, nav []navGroup) error {
	list := sitePage{
		Path: "docs/adr/index.html", Title: "Decisions", Summary: "What was decided of the design of iotlens, and why.", Area: "docs", Nav: nav, Crumbs: []ref{{"Documentation", "/docs/index.html"}},
		view: "decisions", entries: []entry{{Kind: "Page", Title: "Decisions"}},
	}
	var pages []sitePage
	var refs []ref
	for _, source := range sources {
		p, err := b.docPage(source, nav)
		if err != nil {
			return err
		}
		p.Crumbs = append(p.Crumbs, ref{"Decisions", "/docs/adr/index.html"})
		whole := entry{Kind: "Decision", Title: p.Title}
		for _, e := range p.entries {
			whole.Text += " " + e.Text
		}
		p.entries = []entry{whole}
		p.Toc = nil
		pages = append(pages, p)
		refs = append(refs, ref{p.Title, "/" + p.Path})
	}
	if len(refs) == 0 {
		return fmt.Errorf("docs/adr has no decision")
	}
	list.Data = refs
	b.add(list)
	from := len(b.pages)
	for _, p := range pages {
		b.add(p)
	}
	b.linkNeighbours(from)
	return nil
}
