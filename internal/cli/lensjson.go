package cli

import (
	"reflect"
	"slices"

	"github.com/iotlens/iotlens/internal/lens"
)

// lensJSON is the JSON of lens list: every field of the bank, with the questions
// of the layer banks apart. Lists are never null.
type lensJSON struct {
	SchemaVersion int `json:"schema_version"`
	lens.Lens
	Counts     countsJSON      `json:"counts"`
	Questions  []lens.Question `json:"questions"` // of the lens itself
	LayerBanks []layerBankJSON `json:"layer_banks"`
}

type countsJSON struct {
	Questions          int `json:"questions"`
	Practices          int `json:"practices"`
	GuidanceItems      int `json:"guidance_items"`
	LayerBanks         int `json:"layer_banks"`
	LayerBankQuestions int `json:"layer_bank_questions"`
	LayerBankPractices int `json:"layer_bank_practices"`
}

type layerBankJSON struct {
	Layer     string          `json:"layer"`
	Questions []lens.Question `json:"questions"`
}

// countsOf counts what a lens has.
func countsOf(l *lens.Lens) countsJSON {
	n := countsJSON{LayerBanks: len(l.Layers)}
	for q, p := range l.All() {
		if q.AWS() {
			n.Practices++
		} else {
			n.LayerBankPractices++
		}
		for _, h := range p.How {
			if h.Guidance != "" {
				n.GuidanceItems++
			}
		}
	}
	n.Questions = len(questionsOf(l, ""))
	n.LayerBankQuestions = len(l.Questions) - n.Questions
	return n
}

// questionsOf lists the questions of a layer bank; those of the lens itself where no
// layer is named.
func questionsOf(l *lens.Lens, layer string) []lens.Question {
	return slices.DeleteFunc(slices.Clone(l.Questions), func(q lens.Question) bool { return q.Layer != layer })
}

func listJSON(l *lens.Lens) lensJSON {
	out := lensJSON{SchemaVersion: 1, Lens: *l, Counts: countsOf(l), Questions: questionsOf(l, "")}
	for _, id := range l.LayerIDs() {
		out.LayerBanks = append(out.LayerBanks, layerBankJSON{id, questionsOf(l, id)})
	}
	return withoutNull(reflect.ValueOf(out)).Interface().(lensJSON)
}

// withoutNull is a copy of a value in which every list that is nil is empty. A
// struct of which nothing is set stays as it is, so that omitzero leaves it out.
func withoutNull(v reflect.Value) reflect.Value {
	switch {
	case v.Kind() == reflect.Struct && !v.IsZero():
		out := reflect.New(v.Type()).Elem()
		for i := range v.NumField() {
			out.Field(i).Set(withoutNull(v.Field(i)))
		}
		return out
	case v.Kind() == reflect.Slice:
		out := reflect.MakeSlice(v.Type(), v.Len(), v.Len())
		for i := range v.Len() {
			out.Index(i).Set(withoutNull(v.Index(i)))
		}
		return out
	}
	return v
}
