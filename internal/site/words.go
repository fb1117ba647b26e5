package site

import (
	"slices"

	"github.com/iotlens/iotlens/internal/lens"
)

// addWords adds the pages of the words of the lens and of the services that it names.
func (b *builder) addWords() {
	groups := vocabulary(b.Lens)
	var entries []entry
	for _, g := range groups {
		for _, t := range g.Terms {
			entries = append(entries, entry{Kind: g.Title, Title: t.Name, Text: t.Description, Anchor: t.ID})
		}
	}
	b.addLensPage(sitePage{Path: "lens/vocabulary.html", Title: "Vocabulary", Summary: "The words that a profile and a best practice use.", view: "vocabulary", Data: groups, entries: entries}, entry{Kind: "Lens"})
	services := b.services()
	entries = nil
	for _, s := range services {
		entries = append(entries, entry{Kind: "AWS service", Title: s.Name, Text: s.Purpose + " " + string(s.Status), Anchor: anchor(s.Name)})
	}
	b.addLensPage(sitePage{Path: "lens/services.html", Title: "AWS services", Summary: "The AWS services that best practices name, and which have ended.", view: "services", Wide: true, Data: services, entries: entries}, entry{Kind: "Lens"})
}

// A termGroup is a list of the words of the lens. Their ids are those of their places in
// the page, since one word can stand in two lists.
type termGroup struct {
	Title string
	Terms []lens.Term
}

func vocabulary(l *lens.Lens) []termGroup {
	facts := termGroup{Title: "Facts of a workload"}
	for _, f := range l.Facts {
		facts.Terms = append(facts.Terms, lens.Term{ID: f.ID, Name: f.ID, Description: f.Name + ". Otherwise: " + f.Otherwise + "."})
	}
	stakes := termGroup{Title: "What is at stake"}
	for _, s := range l.Stakes {
		stakes.Terms = append(stakes.Terms, lens.Term{ID: s.ID, Name: s.Name, Description: s.Description})
	}
	all := []termGroup{
		{"Lifecycle", l.Lifecycle},
		{"Device classes", l.DeviceClasses},
		{"Protocols", l.Protocols},
		{"Segments", l.Segments},
		{"Power", l.Power},
		{"Connectivity", l.Connectivity},
		{"Stages", l.Stages},
		{"Markets", l.Markets},
		{"Audiences", l.Audiences},
		{"Product classes", l.ProductClasses},
		facts, stakes,
	}
	for i, g := range all {
		all[i].Terms = slices.Clone(g.Terms)
		for j := range g.Terms {
			all[i].Terms[j].ID = anchor(g.Title + " " + g.Terms[j].ID)
		}
	}
	return slices.DeleteFunc(all, func(g termGroup) bool { return len(g.Terms) == 0 })
}

// A serviceView is a service with the ids of the best practices that name it.
type serviceView struct {
	lens.Service
	Practices []string
}

func (b *builder) services() []serviceView {
	var out []serviceView
	for _, s := range b.Lens.Services {
		v := serviceView{Service: s}
		for _, p := range b.Lens.All() {
			if slices.Contains(p.Services, s.Name) {
				v.Practices = append(v.Practices, p.ID)
			}
		}
		out = append(out, v)
	}
	return out
}
