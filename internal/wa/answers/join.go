package answers

import (
	"errors"
	"fmt"
)

// Joined puts the answers of several files together. A question that is there
// twice is taken from where its notes are, if the two agree; where they don't,
// nobody can say which is newer, and all such questions are told.
func Joined(given []Given) ([]Given, error) {
	var out []Given
	var errs []error
	at := map[string]int{}
	for _, g := range given {
		i, seen := at[g.Question]
		switch {
		case !seen:
			at[g.Question] = len(out)
			out = append(out, g)
		case !sameStates(&out[i], &g):
			errs = append(errs, fmt.Errorf("%s is answered twice and differently, in %s and in %s: leave out the older", g.Question, out[i].File, g.File))
		case g.Notable && !out[i].Notable:
			out[i] = g
		}
	}
	return out, errors.Join(errs...)
}

// sameStates tells whether two answers agree in all that both can say.
func sameStates(a, b *Given) bool {
	if a.Applicable != b.Applicable || a.Notable && b.Notable && a.Notes != b.Notes {
		return false
	}
	states := func(g *Given) map[string]ChoiceStatus {
		out := map[string]ChoiceStatus{}
		for _, c := range g.Choices {
			if c.Status != ChoiceUnselected {
				out[c.ID] = c.Status
			}
		}
		return out
	}
	x, y := states(a), states(b)
	if len(x) != len(y) {
		return false
	}
	for id, s := range x {
		if y[id] != s {
			return false
		}
	}
	return true
}
