package site

import (
	"slices"

	"github.com/iotlens/iotlens/internal/lens"
)

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
