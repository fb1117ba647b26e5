package site

import (
	"fmt"
	"slices"
	"strings"

	"github.com/iotlens/iotlens/internal/card"
	"github.com/iotlens/iotlens/internal/framework"
	"github.com/iotlens/iotlens/internal/lens"
)

var lensCrumb = ref{"Lens", "/lens/index.html"}

// A bank is a list of questions that stand together: those of a pillar, a layer or a part.
type bank struct {
	Name      string
	To        string
	Questions []*lens.Question
}

// A practiceView is a best practice with what the lens itself does not hold of it.
type practiceView struct {
	*lens.Practice
	Level     int // of the headings of its sections
	Question  *lens.Question
	Meets     []met
	DeepensBy []string // ids of the best practices of our own that take it further
}

// met is a provision that a best practice has to do with.
type met struct {
	Framework, Provision, To string
	How                      framework.How
}

// addBank adds the pages of the lens: itself, its pillars, layers, parts and scenarios, its
// words and services, each question and each best practice.
func (b *builder) addBank() {
	b.nameBank()
	nav := b.lensNav()
	l := b.Lens
	page := func(p sitePage) {
		p.Area, p.Nav = "lens", nav
		if p.Path != "lens/index.html" {
			p.Crumbs = append([]ref{lensCrumb}, p.Crumbs...)
		}
		b.add(p)
	}
	page(sitePage{Path: "lens/index.html", Title: l.Name, Summary: "All questions and best practices of the lens, by pillar and by layer.", view: "lens", Wide: true, Data: struct {
		*lens.Lens
		Banks []bank
		Map   []mapRow
		Count int
	}{l, b.banks(), b.layerMap(), len(l.PracticeIDs())}, entries: []entry{{Kind: "Lens", Title: l.Name, Text: l.Description}}})
	from := len(b.pages)
	for i := range l.Pillars {
		p := &l.Pillars[i]
		page(sitePage{Path: "lens/pillars/" + p.ID + ".html", Title: p.Name, Summary: p.Description, view: "pillar", Data: struct {
			*lens.Pillar
			Areas  []areaView
			Layers []layerPractices
		}{p, b.areasOf(p), b.byLayer(p.ID)}, entries: []entry{{Kind: "Pillar", ID: p.ID, Title: p.Name, Text: p.Description}}})
	}
	for i := range l.Layers {
		y := &l.Layers[i]
		page(sitePage{Path: "lens/layers/" + y.ID + ".html", Title: y.Name + " layer", Summary: y.Description, view: "layer", Data: struct {
			*lens.Layer
			Questions []*lens.Question
			Pillars   []layerPractices
		}{y, b.questions(func(q *lens.Question) bool { return q.Layer == y.ID }), b.byPillar(y.ID)}, entries: []entry{{Kind: "Layer", ID: y.ID, Title: y.Name, Text: y.Description}}})
	}
	for i := range l.Parts {
		y := &l.Parts[i]
		page(sitePage{Path: "lens/parts/" + y.ID + ".html", Title: y.Name + " questions", Summary: y.Description, view: "part", Data: struct {
			*lens.Part
			Questions []*lens.Question
		}{y, b.questions(func(q *lens.Question) bool { return q.Part == y.ID })}, entries: []entry{{Kind: "Part", ID: y.ID, Title: y.Name + " questions", Text: y.Description}}})
	}
	for i := range l.Scenarios {
		s := &l.Scenarios[i]
		page(sitePage{Path: "lens/scenarios/" + s.ID + ".html", Title: s.Name, Summary: s.Description, view: "scenario", Data: struct {
			*lens.Scenario
			Practices map[string]practiceView
		}{s, b.views(3)}, entries: []entry{{Kind: "Scenario", ID: s.ID, Title: s.Name, Text: s.Description + stepTexts(s)}}})
	}
	b.chain(from)
	page(sitePage{Path: "lens/vocabulary.html", Title: "Vocabulary", Summary: "The words that a profile and a best practice use.", view: "vocabulary", Data: vocabulary(l), entries: wordEntries(l)})
	page(sitePage{Path: "lens/services.html", Title: "AWS services", Summary: "The AWS services that best practices name, and which have ended.", view: "services", Wide: true, Data: b.services(), entries: []entry{{Kind: "Lens", Title: "AWS services", Text: serviceNames(l)}}})
	b.addQuestions(page)
}

// addQuestions adds a page for each question and each best practice.
func (b *builder) addQuestions(page func(sitePage)) {
	l, views := b.Lens, b.views(2)
	from := len(b.pages)
	for i := range l.Questions {
		q := &l.Questions[i]
		var practices []practiceView
		for _, p := range q.Practices {
			v := views[p.ID]
			v.Level = 3
			practices = append(practices, v)
		}
		bank, to := b.bankOf(q)
		page(sitePage{Path: "lens/questions/" + q.ID + ".html", Title: strings.TrimSuffix(q.ID+": "+q.Topic, ": "), Summary: q.Ask, Crumbs: []ref{{bank, to}}, Toc: tocOf(practices), view: "question", Data: struct {
			*lens.Question
			By    string
			Cards []practiceView
		}{q, l.By, practices}, entries: []entry{{Kind: "Question", ID: q.ID, Title: q.Label(), Text: strings.Join(append([]string{q.Title, q.Ask, q.Description, q.Help, bank}, q.FollowUps...), " ")}}})
	}
	b.chain(from)
	from = len(b.pages)
	for q, p := range l.All() {
		bank, to := b.bankOf(q)
		page(sitePage{
			Path: "lens/practices/" + p.ID + ".html", Title: p.ID + ": " + card.Titled(p), Summary: p.Why, Crumbs: []ref{{bank, to}, {q.ID, "/lens/questions/" + q.ID + ".html"}}, view: "practice",
			Data: views[p.ID], entries: []entry{{Kind: "Best practice", ID: p.ID, Title: card.Titled(p), Text: practiceText(p)}},
		})
	}
	b.chain(from)
}

// nameBank gives everything of the lens its address.
func (b *builder) nameBank() {
	name := func(kind, folder string, ids []string) {
		for _, id := range ids {
			b.ids[kind+" "+id] = "/lens/" + folder + "/" + id + ".html"
		}
	}
	l := b.Lens
	name("pillar", "pillars", l.PillarIDs())
	name("layer", "layers", l.LayerIDs())
	name("part", "parts", l.PartIDs())
	name("scenario", "scenarios", l.ScenarioIDs())
	name("question", "questions", l.QuestionIDs())
	name("practice", "practices", l.PracticeIDs())
	for _, g := range vocabulary(l) {
		for _, t := range g.Terms {
			b.ids["term "+t.ID] = "/lens/vocabulary.html#" + t.ID
		}
	}
	for _, s := range l.Services {
		b.ids["service "+s.Name] = "/lens/services.html#" + anchor(s.Name)
	}
}

// lensNav are the links beside the pages of the lens.
func (b *builder) lensNav() []navGroup {
	l := b.Lens
	groups := []navGroup{
		{"Lens", []ref{{"Overview and map", "/lens/index.html"}, {"Vocabulary", "/lens/vocabulary.html"}, {"AWS services", "/lens/services.html"}}},
		{"Pillars", nil},
		{"Layers", nil},
		{"Product", nil},
		{"Scenarios", nil},
		{"Laws and standards", []ref{{"All of them", "/lens/frameworks/index.html"}}},
	}
	put := func(group int, title, to string) {
		groups[group].Links = append(groups[group].Links, ref{title, to})
	}
	for _, p := range l.Pillars {
		put(1, p.Name, b.ids["pillar "+p.ID])
	}
	for _, y := range l.Layers {
		put(2, y.Name, b.ids["layer "+y.ID])
	}
	for _, y := range l.Parts {
		put(3, y.Name+" questions", b.ids["part "+y.ID])
	}
	for _, s := range l.Scenarios {
		put(4, s.Name, b.ids["scenario "+s.ID])
	}
	for _, f := range b.Frameworks {
		put(5, f.Short, "/lens/frameworks/"+f.ID+".html")
	}
	return slices.DeleteFunc(groups, func(g navGroup) bool { return len(g.Links) == 0 })
}

// bankOf is the name and the address of the pillar, layer or part that asks a question.
func (b *builder) bankOf(q *lens.Question) (name, to string) {
	name = b.Lens.BankName(q)
	switch {
	case q.Part != "":
		return name, b.ids["part "+q.Part]
	case q.Layer != "":
		return name, b.ids["layer "+q.Layer]
	}
	return name, b.ids["pillar "+q.Pillar]
}

// banks are all questions by bank, in lens order.
func (b *builder) banks() []bank {
	var out []bank
	for i := range b.Lens.Questions {
		q := &b.Lens.Questions[i]
		name, to := b.bankOf(q)
		if len(out) == 0 || out[len(out)-1].Name != name {
			out = append(out, bank{Name: name, To: to})
		}
		last := &out[len(out)-1]
		last.Questions = append(last.Questions, q)
	}
	return out
}

func (b *builder) questions(of func(*lens.Question) bool) []*lens.Question {
	var out []*lens.Question
	for i := range b.Lens.Questions {
		if q := &b.Lens.Questions[i]; of(q) {
			out = append(out, q)
		}
	}
	return out
}

// views are all best practices by id, with headings of a level.
func (b *builder) views(level int) map[string]practiceView {
	out := map[string]practiceView{}
	for q, p := range b.Lens.All() {
		v := practiceView{Practice: p, Level: level, Question: q}
		for _, m := range framework.Of(b.Frameworks, p.ID) {
			f, _ := framework.Find(b.Frameworks, m.Framework)
			v.Meets = append(v.Meets, met{f.Short, m.Provision, provisionTo(m.Framework, m.Provision), m.How})
		}
		for _, other := range b.Lens.All() {
			if slices.Contains(other.Relates, p.ID) {
				v.DeepensBy = append(v.DeepensBy, other.ID)
			}
		}
		out[p.ID] = v
	}
	return out
}

// An areaView is an area of a pillar with the questions of it; one without a name has
// those of a pillar that has no areas.
type areaView struct {
	Name      string
	Questions []*lens.Question
}

func (b *builder) areasOf(p *lens.Pillar) []areaView {
	var out []areaView
	for _, a := range append([]lens.Area{{}}, p.Areas...) {
		questions := b.questions(func(q *lens.Question) bool { return q.AWS() && q.Pillar == p.ID && q.Area == a.ID })
		if len(questions) > 0 {
			out = append(out, areaView{a.Name, questions})
		}
	}
	return out
}

// layerPractices are the best practices in one field of the map.
type layerPractices struct {
	ID, Name  string
	Practices []*lens.Practice
}

// byLayer are the best practices of a pillar that our own banks add, by bank.
func (b *builder) byLayer(pillar string) []layerPractices {
	var out []layerPractices
	for q, p := range b.Lens.All() {
		if q.AWS() || p.Pillar != pillar {
			continue
		}
		name, _ := b.bankOf(q)
		if len(out) == 0 || out[len(out)-1].Name != name {
			out = append(out, layerPractices{Name: name})
		}
		out[len(out)-1].Practices = append(out[len(out)-1].Practices, p)
	}
	return out
}

// byPillar are the best practices that concern a layer, by pillar.
func (b *builder) byPillar(layer string) []layerPractices {
	var out []layerPractices
	for _, pillar := range b.Lens.Pillars {
		row := layerPractices{ID: pillar.ID, Name: pillar.Name}
		for _, p := range b.Lens.All() {
			if p.Pillar == pillar.ID && slices.Contains(p.Layers, layer) {
				row.Practices = append(row.Practices, p)
			}
		}
		if len(row.Practices) > 0 {
			out = append(out, row)
		}
	}
	return out
}

// A mapRow is a layer with the number of its best practices in each pillar, and of those
// of high severity among them.
type mapRow struct {
	Layer lens.Layer
	Cells []mapCell
}

type mapCell struct {
	Pillar      lens.Pillar
	Count, High int
	To          string
}

func (b *builder) layerMap() []mapRow {
	var out []mapRow
	for _, y := range b.Lens.Layers {
		row := mapRow{Layer: y}
		for _, pillar := range b.Lens.Pillars {
			cell := mapCell{Pillar: pillar, To: b.ids["layer "+y.ID] + "#" + anchor(pillar.ID)}
			for _, p := range b.Lens.All() {
				if p.Pillar == pillar.ID && slices.Contains(p.Layers, y.ID) {
					cell.Count++
					if p.Severity == lens.High {
						cell.High++
					}
				}
			}
			row.Cells = append(row.Cells, cell)
		}
		out = append(out, row)
	}
	return out
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

func wordEntries(l *lens.Lens) []entry {
	var out []entry
	for _, g := range vocabulary(l) {
		for _, t := range g.Terms {
			out = append(out, entry{Kind: g.Title, Title: t.Name, Text: t.Description, Anchor: t.ID})
		}
	}
	return out
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

func serviceNames(l *lens.Lens) string {
	var b strings.Builder
	for _, s := range l.Services {
		fmt.Fprintf(&b, "%s %s %s ", s.Name, s.Purpose, s.Status)
	}
	return b.String()
}

func tocOf(practices []practiceView) []heading {
	var out []heading
	for _, p := range practices {
		out = append(out, heading{p.ID, p.ID})
	}
	return append(out, heading{"Risk", "risk"})
}

func stepTexts(s *lens.Scenario) string {
	var b strings.Builder
	for _, step := range s.Steps {
		b.WriteString(" " + step.Title + " " + step.Text)
	}
	return b.String()
}

// practiceText is all that a best practice says, for search.
func practiceText(p *lens.Practice) string {
	var b strings.Builder
	for _, s := range card.Sections(p) {
		b.WriteString(strings.Join(s.Texts, " ") + " ")
	}
	return b.String() + strings.Join(p.Services, " ")
}
