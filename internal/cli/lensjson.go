package cli

import (
	"slices"

	"github.com/iotlens/iotlens/internal/lens"
)

// lensJSON is the JSON of lens list: every field of the bank. The questions of layer banks
// and of parts are listed separately.
type lensJSON struct {
	SchemaVersion int `json:"schema_version"`
	lens.Lens
	Counts     countsJSON      `json:"counts"`
	Questions  []lens.Question `json:"questions"` // of the lens itself
	LayerBanks []layerBankJSON `json:"layer_banks"`
	PartBanks  []partBankJSON  `json:"part_banks,omitempty"`
}

type countsJSON struct {
	Questions          int `json:"questions"`
	Practices          int `json:"practices"`
	GuidanceItems      int `json:"guidance_items"`
	LayerBanks         int `json:"layer_banks"`
	LayerBankQuestions int `json:"layer_bank_questions"`
	LayerBankPractices int `json:"layer_bank_practices"`
	PartBanks          int `json:"part_banks,omitempty"`
	PartBankQuestions  int `json:"part_bank_questions,omitempty"`
	PartBankPractices  int `json:"part_bank_practices,omitempty"`
}

type layerBankJSON struct {
	Layer     string          `json:"layer"`
	Questions []lens.Question `json:"questions"`
}

type partBankJSON struct {
	Part      string          `json:"part"`
	Questions []lens.Question `json:"questions"`
}

// countsOf counts the contents of a lens.
func countsOf(l *lens.Lens) countsJSON {
	n := countsJSON{LayerBanks: len(l.Layers), PartBanks: len(l.Parts)}
	for _, q := range l.Questions {
		questions, practices := &n.Questions, &n.Practices
		switch {
		case q.Layer != "":
			questions, practices = &n.LayerBankQuestions, &n.LayerBankPractices
		case q.Part != "":
			questions, practices = &n.PartBankQuestions, &n.PartBankPractices
		}
		*questions++
		*practices += len(q.Practices)
		for _, p := range q.Practices {
			n.GuidanceItems += len(slices.DeleteFunc(slices.Clone(p.How), func(h lens.HowStep) bool { return h.Guidance == "" }))
		}
	}
	return n
}

// questionsOf lists the questions for which holds returns true.
func questionsOf(l *lens.Lens, holds func(lens.Question) bool) []lens.Question {
	return slices.DeleteFunc(slices.Clone(l.Questions), func(q lens.Question) bool { return !holds(q) })
}

func listJSON(l *lens.Lens) lensJSON {
	out := lensJSON{SchemaVersion: 1, Lens: *l, Counts: countsOf(l), Questions: questionsOf(l, lens.Question.AWS)}
	for _, id := range l.LayerIDs() {
		out.LayerBanks = append(out.LayerBanks, layerBankJSON{id, questionsOf(l, func(q lens.Question) bool { return q.Layer == id })})
	}
	for _, id := range l.PartIDs() {
		out.PartBanks = append(out.PartBanks, partBankJSON{id, questionsOf(l, func(q lens.Question) bool { return q.Part == id })})
	}
	return out
}
