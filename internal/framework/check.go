package framework

import (
	"slices"
	"strings"
	"time"

	"github.com/iotlens/iotlens/internal/lens"
	"github.com/iotlens/iotlens/internal/suggest"
	"github.com/iotlens/iotlens/internal/text"
	"github.com/iotlens/iotlens/internal/yamlfile"
)

// A checker checks a framework; doc has the lines of its values.
type checker struct {
	framework *Framework
	doc       *yamlfile.Doc
	problems  yamlfile.Problems
}

var frameworkID = text.Pattern(`^[a-z0-9][a-z0-9-]*$`)

// check checks a decoded framework against a lens:
//
//   - id, title, version, date, source (https), licence and at least one provision are set;
//     dates are valid;
//   - each provision has a title and a unique id;
//   - each provision either has a best practice under fully or partly, or says under outside
//     why no review can answer it;
//   - each best practice is asked by the lens and named once for a provision; one under partly
//     says what it lacks; together names more than one, all of which are under partly;
//   - applies_to names words of the lens, and conditional names provisions or statuses of the
//     framework;
//   - each start names provisions of the framework, none of them twice, and at most one start
//     names none.
func (c *checker) check(l *lens.Lens) yamlfile.Problems {
	f := c.framework
	for _, r := range []struct{ key, value string }{
		{"id", f.ID}, {"title", f.Title}, {"version", f.Version}, {"date", f.Date}, {"source", f.Source}, {"licence", f.Licence},
	} {
		c.required(r.value, r.key)
	}
	if f.ID != "" && !frameworkID().MatchString(f.ID) {
		c.report(pathTo("id"), "the id %q is invalid; use lower-case letters, digits and -, such as en303645", f.ID)
	}
	if f.Source != "" && !lens.IsLink(f.Source, true) {
		c.report(pathTo("source"), "the link %q is not an https address", f.Source)
	}
	if !day(f.Date, time.DateOnly) && !day(f.Date, "2006-01") {
		c.report(pathTo("date"), "date is %q, not a day or month such as 2024-10-23 or 2024-10", f.Date)
	}
	if len(f.Provisions) == 0 {
		c.report(pathTo("provisions"), "provisions is missing or empty")
	}
	practices := l.PracticeIDs()
	for i := range f.Provisions {
		c.provision(i, practices, l)
	}
	c.starts()
	c.conditional()
	c.appliesTo(l)
	return c.problems
}

// conditional checks that conditional names provisions or statuses of the framework.
func (c *checker) conditional() {
	f := c.framework
	known := slices.Concat(f.ProvisionIDs(), f.statuses())
	for i, name := range f.Conditional {
		if !slices.Contains(known, name) {
			c.report(pathTo("conditional", i), "%s", suggest.Unknown("provision or status", name, known))
		}
	}
}

// appliesTo checks that applies_to names words of the lens.
func (c *checker) appliesTo(l *lens.Lens) {
	a := c.framework.AppliesTo
	for _, list := range []struct {
		key, what    string
		named, known []string
	}{
		{"is", "fact", a.Is, lens.FactIDs(l.Facts)},
		{"not", "fact", a.Not, lens.FactIDs(l.Facts)},
		{"markets", "market", a.Markets, lens.TermIDs(l.Markets)},
		{"audiences", "audience", a.Audiences, lens.TermIDs(l.Audiences)},
		{"product_classes", "product class", a.ProductClasses, lens.TermIDs(l.ProductClasses)},
		{"segments", "segment", a.Segments, lens.TermIDs(l.Segments)},
		{"device_classes", "device class", a.DeviceClasses, lens.TermIDs(l.DeviceClasses)},
		{"protocols", "protocol", a.Protocols, lens.TermIDs(l.Protocols)},
		{"connectivity", "connectivity", a.Connectivity, lens.TermIDs(l.Connectivity)},
		{"power", "power", a.Power, lens.TermIDs(l.Power)},
		{"stages", "stage", a.Stages, lens.TermIDs(l.Stages)},
	} {
		for i, name := range list.named {
			if !slices.Contains(list.known, name) {
				c.report(pathTo("applies_to", list.key, i), "%s", suggest.Unknown(list.what, name, list.known))
			}
		}
	}
}

// pathTo is a path of keys and indexes in the file.
func pathTo(path ...any) []any { return path }

// day reports whether a text is empty or a date of a layout. A missing date is reported by
// required.
func day(text, layout string) bool {
	_, err := time.Parse(layout, text)
	return text == "" || err == nil
}

// report adds a problem with the value at a path.
func (c *checker) report(path []any, format string, args ...any) {
	c.problems.Add(c.doc.File, c.doc.Line(path...), format, args...)
}

// required reports an empty value.
func (c *checker) required(value string, path ...any) {
	if strings.TrimSpace(value) == "" {
		c.report(path, "%v is missing or empty", path[len(path)-1])
	}
}

// provision checks one provision.
func (c *checker) provision(i int, practices []string, l *lens.Lens) {
	p := &c.framework.Provisions[i]
	here := func(path ...any) []any { return append([]any{"provisions", i}, path...) }
	c.required(p.ID, here("id")...)
	c.required(p.Title, here("title")...)
	if slices.ContainsFunc(c.framework.Provisions[:i], func(other Provision) bool { return other.ID == p.ID && p.ID != "" }) {
		c.report(here("id"), "the provision %s is listed twice", p.ID)
	}
	var seen []string
	practice := func(id string, path []any) {
		retired, gone := l.RetiredID(id)
		switch {
		case strings.TrimSpace(id) == "":
			c.report(path, "%s names an empty best practice", p.ID)
		case gone && !slices.Contains(practices, id):
			c.report(path, "%s is %v", id, retired)
		case !slices.Contains(practices, id):
			c.report(path, "%s", suggest.Unknown("best practice", id, practices))
		case slices.Contains(seen, id):
			c.report(path, "%s answers %s twice", id, p.ID)
		}
		seen = append(seen, id)
	}
	for j, id := range p.Fully {
		practice(id, here("fully", j))
	}
	for j, part := range p.Partly {
		practice(part.Practice, here("partly", j, "practice"))
		c.required(part.Lacks, here("partly", j, "lacks")...)
	}
	for j, id := range p.Supports {
		practice(id, here("supports", j))
	}
	for j, id := range p.Together {
		parts := partlyIDs(p)
		if !slices.Contains(parts, id) {
			c.report(here("together", j), "%s is under together and not under partly%s", id, suggest.DidYouMean(id, parts))
		}
		if slices.Contains(p.Together[:j], id) {
			c.report(here("together", j), "%s is listed twice", id)
		}
	}
	if len(p.Together) == 1 {
		c.report(here("together"), "together has one best practice; one that is a whole alone stands under fully")
	}
	switch answered := len(p.Fully)+len(p.Partly) > 0; {
	case answered && p.Outside != "":
		c.report(here("outside"), "%s is answered by a best practice and outside a review; remove one of the two", p.ID)
	case !answered && p.Outside == "":
		c.report(here("id"), "nothing answers %s: name a best practice under fully or partly, or say under outside why no review can answer it", p.ID)
	}
}

// partlyIDs lists the best practices that answer a provision partly.
func partlyIDs(p *Provision) []string {
	ids := make([]string, len(p.Partly))
	for i, part := range p.Partly {
		ids[i] = part.Practice
	}
	return ids
}

// starts checks the start dates.
func (c *checker) starts() {
	f := c.framework
	known := f.ProvisionIDs()
	var seen []string
	rest := false
	for i, s := range f.Starts {
		c.required(s.From, "starts", i, "from")
		c.required(s.Title, "starts", i, "title")
		if !day(s.From, time.DateOnly) {
			c.report(pathTo("starts", i, "from"), "from is %q, not a day such as 2027-12-11", s.From)
		}
		if len(s.Provisions) == 0 && rest {
			c.report(pathTo("starts", i), "two starts name no provisions; one of them is for all the others")
		}
		rest = rest || len(s.Provisions) == 0
		for j, id := range s.Provisions {
			switch {
			case !slices.Contains(known, id):
				c.report(pathTo("starts", i, "provisions", j), "%s", suggest.Unknown("provision", id, known))
			case slices.Contains(seen, id):
				c.report(pathTo("starts", i, "provisions", j), "the provision %s has another start above", id)
			}
			seen = append(seen, id)
		}
	}
}
