package answers

import (
	"errors"
	"fmt"
	"maps"
)

// Merge merges the answers of several files. Of equal answers to a question, the one with
// notes is kept. If answers to a question differ, it is unknown which one is newer; the
// error names all such questions.
func Merge(given []ToolAnswer) ([]ToolAnswer, error) {
	var out []ToolAnswer
	var errs []error
	at := map[string]int{}
	for _, g := range given {
		i, seen := at[g.Question]
		switch {
		case !seen:
			at[g.Question] = len(out)
			out = append(out, g)
		case !sameStates(&out[i], &g):
			errs = append(errs, fmt.Errorf("%s has different answers in %s and %s; leave out the older file", g.Question, out[i].File, g.File))
		case g.HasNotes && !out[i].HasNotes:
			out[i] = g
		}
	}
	return out, errors.Join(errs...)
}

// sameStates reports whether two answers are equal in everything that both files have.
func sameStates(a, b *ToolAnswer) bool {
	if a.Applicable != b.Applicable || a.HasNotes && b.HasNotes && a.Notes != b.Notes {
		return false
	}
	states := func(g *ToolAnswer) map[string]ChoiceStatus {
		out := map[string]ChoiceStatus{}
		for _, c := range g.Choices {
			if c.Status != ChoiceUnselected {
				out[c.ID] = c.Status
			}
		}
		return out
	}
	return maps.Equal(states(a), states(b))
}
