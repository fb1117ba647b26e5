package site

import (
	"github.com/iotlens/iotlens/internal/framework"
)

// A frameworkView is a framework with the titles of the best practices behind it.
type frameworkView struct {
	*framework.Framework
	Titles map[string]string
}

// addFrameworks adds a page for each law or standard with all its provisions.
func (b *builder) addFrameworks() {
	titles := map[string]string{}
	for _, p := range b.Lens.All() {
		titles[p.ID] = p.Title
	}
	nav := b.lensNav()
	b.add(sitePage{
		Path: "lens/frameworks/index.html", Title: "Laws and standards", Summary: "Laws and standards that a review can be held against.", Area: "lens", Crumbs: []ref{lensCrumb}, Nav: nav,
		view: "frameworks", Data: b.Frameworks, entries: []entry{{Kind: "Lens", Title: "Laws and standards"}},
	})
	from := len(b.pages)
	for _, f := range b.Frameworks {
		to := "/lens/frameworks/" + f.ID + ".html"
		b.ids["framework "+f.ID] = to
		entries := []entry{{Kind: "Framework", ID: f.ID, Title: f.Title, Text: f.Short + " " + f.About}}
		for _, p := range f.Provisions {
			entries = append(entries, entry{Kind: "Provision of " + f.Short, ID: p.ID, Title: p.Title, Anchor: anchor(p.ID)})
		}
		b.add(sitePage{
			Path: to[1:], Title: f.Title, Summary: "Which best practices answer each provision of " + f.Short + ".", Area: "lens", Nav: nav, Wide: true,
			Crumbs: []ref{lensCrumb, {"Laws and standards", "/lens/frameworks/index.html"}}, view: "framework", Data: frameworkView{f, titles}, entries: entries,
		})
	}
	b.linkNeighbours(from)
}

func provisionTo(framework, provision string) string {
	return "/lens/frameworks/" + framework + ".html#" + anchor(provision)
}
