package cli

import (
	"reflect"

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

func listJSON(l *lens.Lens) lensJSON {
	out := lensJSON{SchemaVersion: 1, Lens: *l, Counts: countsJSON{LayerBanks: len(l.Layers)}}
	banks := map[string][]lens.Question{}
	for _, q := range l.Questions {
		if q.AWS() {
			out.Questions = append(out.Questions, q)
			out.Counts.Practices += len(q.Practices)
		} else {
			banks[q.Layer] = append(banks[q.Layer], q)
			out.Counts.LayerBankQuestions++
			out.Counts.LayerBankPractices += len(q.Practices)
		}
		for _, p := range q.Practices {
			for _, h := range p.How {
				if h.Guidance != "" {
					out.Counts.GuidanceItems++
				}
			}
		}
	}
	out.Counts.Questions = len(out.Questions)
	for _, a := range l.Layers {
		out.LayerBanks = append(out.LayerBanks, layerBankJSON{a.ID, banks[a.ID]})
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
