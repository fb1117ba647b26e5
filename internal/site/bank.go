package site

import (
	"cmp"
	"slices"
	"strings"

	"github.com/iotlens/iotlens/internal/card"
	"github.com/iotlens/iotlens/internal/lens"
)

var lensCrumb = ref{"Lens", "/lens/index.html"}

// A bank is a list of questions that stand together: those of a pillar, a layer or a part.
type bank struct {
	Name      string
	To        string
	Questions []*lens.Question
}

// addBank adds the pages of the lens: itself, its pillars, layers, parts and scenarios, its
// words and services, each question and each best practice.
func (b *builder) addBank() {
	b.assignLensAddresses()
	b.addLens()
	from := len(b.pages)
	b.addPillars()
	b.addLayers()
	b.addParts()
	b.addScenarios()
	b.linkNeighbours(from)
	b.addWords()
	b.addQuestions()
	b.addPractices()
}

// addLensPage takes a page of the lens. What search finds first of it is its title, kind
// and summary, with more to find it by.
func (b *builder) addLensPage(p sitePage, found entry) {
	p.Area, p.Nav = "lens", b.lensNav()
	if p.Path != "lens/index.html" {
		p.Crumbs = append([]ref{lensCrumb}, p.Crumbs...)
	}
	found.Title = cmp.Or(found.Title, p.Title)
	found.Text += " " + p.Summary
	p.entries = append([]entry{found}, p.entries...)
	b.add(p)
}

func (b *builder) addLens() {
	l := b.Lens
	b.addLensPage(sitePage{Path: "lens/index.html", Title: l.Name, Summary: "All questions and best practices of the lens, by pillar and by layer.", view: "lens", Wide: true, Data: struct {
		*lens.Lens
		Banks []bank
		Map   []mapRow
		Count int
	}{l, b.banks(), b.layerMap(), len(l.PracticeIDs())}}, entry{Kind: "Lens", Text: l.Description})
}

func (b *builder) addPillars() {
	for i := range b.Lens.Pillars {
		p := &b.Lens.Pillars[i]
		b.addLensPage(sitePage{Path: b.ids["pillar "+p.ID][1:], Title: p.Name, Summary: p.Description, view: "pillar", Data: struct {
			*lens.Pillar
			Areas  []areaView
			Layers []layerPractices
		}{p, b.areasOf(p), b.byLayer(p.ID)}}, entry{Kind: "Pillar", ID: p.ID})
	}
}

func (b *builder) addLayers() {
	for i := range b.Lens.Layers {
		y := &b.Lens.Layers[i]
		b.addLensPage(sitePage{Path: b.ids["layer "+y.ID][1:], Title: y.Name + " layer", Summary: y.Description, view: "layer", Data: struct {
			*lens.Layer
			Questions []*lens.Question
			Pillars   []layerPractices
		}{y, b.questions(func(q *lens.Question) bool { return q.Layer == y.ID }), b.byPillar(y.ID)}}, entry{Kind: "Layer", ID: y.ID})
	}
}

func (b *builder) addParts() {
	for i := range b.Lens.Parts {
		y := &b.Lens.Parts[i]
		b.addLensPage(sitePage{Path: b.ids["part "+y.ID][1:], Title: y.Name + " questions", Summary: y.Description, view: "part", Data: struct {
			*lens.Part
			Questions []*lens.Question
		}{y, b.questions(func(q *lens.Question) bool { return q.Part == y.ID })}}, entry{Kind: "Part", ID: y.ID})
	}
}

func (b *builder) addScenarios() {
	practices := map[string]*lens.Practice{}
	for _, p := range b.Lens.All() {
		practices[p.ID] = p
	}
	for i := range b.Lens.Scenarios {
		s := &b.Lens.Scenarios[i]
		var steps strings.Builder
		for _, step := range s.Steps {
			steps.WriteString(step.Title + " " + step.Text + " ")
		}
		b.addLensPage(sitePage{Path: b.ids["scenario "+s.ID][1:], Title: s.Name, Summary: s.Description, view: "scenario", Data: struct {
			*lens.Scenario
			All map[string]*lens.Practice
		}{s, practices}}, entry{Kind: "Scenario", ID: s.ID, Text: steps.String()})
	}
}

func (b *builder) addQuestions() {
	from := len(b.pages)
	for i := range b.Lens.Questions {
		q := &b.Lens.Questions[i]
		var cards []practiceView
		var toc []heading
		for j := range q.Practices {
			cards = append(cards, b.practice(q, &q.Practices[j], 3))
			toc = append(toc, heading{q.Practices[j].ID, q.Practices[j].ID})
		}
		bank, to := b.bankOf(q)
		b.addLensPage(sitePage{
			Path: b.ids["question "+q.ID][1:], Title: strings.TrimSuffix(q.ID+": "+q.Topic, ": "), Summary: q.Ask, Crumbs: []ref{{bank, to}}, Toc: append(toc, heading{"Risk", "risk"}), view: "question",
			Data: struct {
				*lens.Question
				By    string
				Cards []practiceView
			}{q, b.Lens.By, cards},
		}, entry{Kind: "Question", ID: q.ID, Title: q.Label(), Text: strings.Join(append([]string{q.Title, q.Description, q.Help, bank}, q.FollowUps...), " ")})
	}
	b.linkNeighbours(from)
}

func (b *builder) addPractices() {
	from := len(b.pages)
	for q, p := range b.Lens.All() {
		bank, to := b.bankOf(q)
		b.addLensPage(sitePage{
			Path: b.ids["practice "+p.ID][1:], Title: p.ID + ": " + card.TitleWithKind(p), Summary: p.Why, Crumbs: []ref{{bank, to}, {q.ID, b.ids["question "+q.ID]}},
			view: "practice", Data: b.practice(q, p, 2),
		}, entry{Kind: "Best practice", ID: p.ID, Title: card.TitleWithKind(p), Text: cardText(p)})
	}
	b.linkNeighbours(from)
}

// nameBank gives everything of the lens its address.
func (b *builder) assignLensAddresses() {
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
