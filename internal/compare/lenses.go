package compare

import (
	"slices"

	"github.com/iotlens/iotlens/internal/choice"
	"github.com/iotlens/iotlens/internal/lens"
	"github.com/iotlens/iotlens/internal/lensmatch"
	"github.com/iotlens/iotlens/internal/rules"
)

// A LensDiff is what changed from one version of a lens to another. Dropped is in the order
// of the older lens, the other lists are in the order of the newer one.
type LensDiff struct {
	Old     LensSource `json:"old"`
	New     LensSource `json:"new"`
	Related bool       `json:"related"` // both are versions of one lens, judged by their texts

	Added      []LensItemChange `json:"added"`    // questions and best practices
	Dropped    []LensItemChange `json:"dropped"`  //
	Renamed    []RenamedItem    `json:"renamed"`  // under another id in the newer lens
	Reworded   []LensItemChange `json:"reworded"` // by the newer id; changed severities count
	RiskShifts []RiskShift      `json:"results"`  // questions of which some answers now have another risk
}

// A LensSource is one of the two lenses.
type LensSource struct {
	ID        string `json:"id"`
	Name      string `json:"name"`
	Version   string `json:"version"`
	Revision  int    `json:"revision"`
	Questions int    `json:"questions"`
	Practices int    `json:"practices"`
}

// A RenamedItem is a question or best practice that has another id in the newer lens.
type RenamedItem struct {
	Was   string           `json:"was"`
	ID    string           `json:"id"`
	Title string           `json:"title"` // now
	By    lensmatch.Method `json:"by"`    // how the two were paired
}

// A RiskShift counts the answers to a question whose risk differs between the two lenses.
// All possible answers are compared, to the letter of the rules; choices that only the newer
// lens has count as not selected.
type RiskShift struct {
	Question string   `json:"question"` // id in the newer lens
	From     string   `json:"from"`     // HIGH, MEDIUM, NONE, UNDETERMINED or UNANSWERED
	To       string   `json:"to"`
	Answers  int      `json:"answers"` // number of answers with this shift
	Example  []string `json:"example"` // the choices that one of them selects, by their ids in the older lens
}

// Lenses compares two versions of a lens.
func Lenses(older, newer *lens.Lens) *LensDiff {
	m := lensmatch.Lenses(older, newer)
	d := &LensDiff{Old: sourceOf(older), New: sourceOf(newer), Related: m.Related()}
	origin := m.Origins()
	was, is := lensTexts(older), lensTexts(newer)
	for _, id := range older.IDs() {
		if _, stays := m.Places[id]; !stays {
			d.Dropped = append(d.Dropped, LensItemChange{ID: id, Of: was[id].of, Was: was[id].title})
		}
	}
	for _, id := range newer.IDs() {
		old, ok := origin[id]
		if !ok {
			d.Added = append(d.Added, LensItemChange{ID: id, Of: is[id].of, Is: is[id].title})
			continue
		}
		before, after := was[old], is[id]
		if old != id {
			d.Renamed = append(d.Renamed, RenamedItem{Was: old, ID: id, Title: after.title, By: m.Places[old].Method})
			before.rules = after.rules // the rules name other ids; the risk shifts say what changed
		}
		if changed := before.changes(after); len(changed) > 0 {
			d.Reworded = append(d.Reworded, LensItemChange{ID: id, Of: after.of, Was: before.title, Is: after.title, Changed: changed})
		}
	}
	for i := range newer.Questions {
		q := &newer.Questions[i]
		if before, ok := older.Question(origin[q.ID]); ok {
			d.RiskShifts = append(d.RiskShifts, riskShifts(before, q, m)...)
		}
	}
	return d
}

func sourceOf(l *lens.Lens) LensSource {
	return LensSource{l.ID, l.Name, l.Version, l.Revision, len(l.Questions), len(l.PracticeIDs())}
}

// riskShifts lists the risk shifts of a question.
func riskShifts(before, after *lens.Question, m *lensmatch.Match) []RiskShift {
	ids := before.PracticeIDs()
	var none []string
	if before.None != "" && len(ids) < rules.MaxChoices {
		none = []string{before.None}
	}
	moves, _ := rules.RiskChanges(choice.RuleSet(before), choice.RuleSet(after), ids, none, func(id string) (string, bool) {
		if id == before.None {
			return after.None, after.None != ""
		}
		place := m.Places[id]
		return place.ID, slices.ContainsFunc(after.Practices, func(p lens.Practice) bool { return p.ID == place.ID })
	})
	var out []RiskShift
	for _, move := range moves {
		out = append(out, RiskShift{after.ID, move.From, move.To, move.Answers, move.Example})
	}
	return out
}
