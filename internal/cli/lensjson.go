package cli

import (
	"slices"

	"github.com/iotlens/iotlens/internal/lens"
)

// lensJSON is the JSON of lens list: every field of the bank, with the questions
// of the layer banks apart.
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
	return out
}
