package site

import (
	"strings"

	"github.com/iotlens/iotlens/internal/wa/lint"
)

// addChecks adds the list of the checks of lens lint, and a page for each.
func (b *builder) addChecks() {
	nav := []navGroup{{"Checks", []ref{{"All checks", "/checks/index.html"}, {"How to lint a lens", "/docs/lint.html"}, {"iotlens lens lint", "/commands/lens-lint.html"}}}}
	for _, severity := range lint.Severities() {
		group := navGroup{Title: strings.ToUpper(severity[:1]) + severity[1:] + "s"}
		for _, c := range b.Checks {
			to := "/checks/" + c.Code + ".html"
			b.ids["check "+c.Code] = to
			if c.Severity.String() == severity {
				group.Links = append(group.Links, ref{c.Code + " " + c.Name, to})
			}
		}
		nav = append(nav, group)
	}
	b.add(sitePage{
		Path: "checks/index.html", Title: "Checks of lens lint", Summary: "What iotlens lens lint checks in custom lenses of the AWS Well-Architected Tool.", Area: "checks", Nav: nav, Wide: true,
		view: "checks", Data: b.Checks, entries: []entry{{Kind: "Checks", Title: "Checks of lens lint"}},
	})
	from := len(b.pages)
	for _, c := range b.Checks {
		b.add(sitePage{
			Path: "checks/" + c.Code + ".html", Title: c.Code + " " + c.Name, Summary: c.Summary, Area: "checks", Nav: nav, Crumbs: []ref{{"Checks", "/checks/index.html"}},
			view: "check", Data: c, entries: []entry{{Kind: "Check", ID: c.Code, Title: c.Name + ": " + c.Summary, Text: c.Why}},
		})
	}
	b.linkNeighbours(from)
}
