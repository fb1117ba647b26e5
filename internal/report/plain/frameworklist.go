package plain

import (
	"fmt"
	"strings"

	"github.com/iotlens/iotlens/internal/framework"
	"github.com/iotlens/iotlens/internal/lens"
	"github.com/iotlens/iotlens/internal/text"
)

// FrameworkList returns a list of frameworks as text for a terminal.
func FrameworkList(list []*framework.Framework) string {
	p := &text.Page{}
	for _, f := range list {
		first := fmt.Sprintf("%-14s ", clean(f.ID))
		p.Wrapped(first, strings.Repeat(" ", text.Columns(first)), fmt.Sprintf("%s; %s, %s, %s", f.Title, f.Version, f.Date, text.Count(len(f.Provisions), "provision")))
		for _, s := range f.Starts {
			p.Wrapped(strings.Repeat(" ", text.Columns(first)), strings.Repeat(" ", text.Columns(first)), "from "+s.From+": "+s.Title)
		}
	}
	return p.String()
}

// FrameworkCard returns a framework with its provisions and the best practices that answer
// them, as text for a terminal.
func FrameworkCard(f *framework.Framework, l *lens.Lens) string {
	p := &text.Page{}
	p.Wrapped("", "", f.Title)
	p.Line("")
	for _, fact := range [][2]string{
		{"id", f.ID}, {"by", f.By}, {"version", f.Version + ", " + f.Date}, {"source", f.Source}, {"licence", f.Licence}, {"about", f.About},
	} {
		if strings.TrimSpace(fact[1]) != "" {
			p.Wrapped(fmt.Sprintf("  %-8s ", fact[0]), strings.Repeat(" ", 11), fact[1])
		}
	}
	for _, s := range f.Starts {
		about := "all other provisions"
		if len(s.Provisions) > 0 {
			about = text.Count(len(s.Provisions), "provision")
		}
		if s.SoldBefore {
			about += ", also of products placed on the market before"
		}
		p.Wrapped(fmt.Sprintf("  %-8s ", "from"), strings.Repeat(" ", 11), s.From+": "+s.Title+" ("+about+")")
	}
	for i := range f.Provisions {
		provisionCard(p, &f.Provisions[i], l)
	}
	return p.String()
}

func provisionCard(p *text.Page, of *framework.Provision, l *lens.Lens) {
	status := ""
	if of.Status != "" {
		status = " [" + of.Status + "]"
	}
	p.Line("")
	p.Wrapped(fmt.Sprintf("%-14s ", clean(of.ID)), strings.Repeat(" ", 15), of.Title+status)
	if of.Outside != "" {
		p.Wrapped("  outside  ", strings.Repeat(" ", 11), of.Outside)
	}
	for _, a := range of.Answers() {
		line := a.Practice
		if b, ok := l.Practice(a.Practice); ok {
			line += " " + b.Title
		}
		if a.Lacks != "" {
			line += "; leaves open: " + a.Lacks
		}
		p.Wrapped(fmt.Sprintf("  %-8s ", a.How), strings.Repeat(" ", 11), line)
	}
	if len(of.Together) > 0 {
		p.Wrapped("  whole    ", strings.Repeat(" ", 11), "together: "+strings.Join(of.Together, ", "))
	}
}
