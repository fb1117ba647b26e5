package answers

import (
	"strings"

	"github.com/iotlens/iotlens/internal/review"
)

// The WA Tool knows three states of a choice and a review five statuses. What
// it can't hold stands in words at the beginning of the choice's notes, so that
// people can read it there and an import can read it back.
var prefixes = []struct {
	status review.Status
	words  string
}{
	{review.PartiallyImplemented, "Partially implemented."},
	{review.NotImplemented, "Not implemented."},
	{review.CannotDetermine, "Nobody could say yet."},
	{review.Unanswered, "Not answered yet."},
}

// choiceNotes writes the notes of a choice that is not ticked.
func choiceNotes(s review.Status, note string) string {
	for _, p := range prefixes {
		if p.status == s {
			return strings.TrimSpace(p.words + " " + note)
		}
	}
	return note
}

// readChoiceNotes takes the words of a status off the notes of a choice; false
// where they don't begin with any.
func readChoiceNotes(notes string) (s review.Status, note string, ok bool) {
	for _, p := range prefixes {
		if rest, ok := strings.CutPrefix(notes, p.words); ok && (rest == "" || strings.ContainsAny(rest[:1], " \n\t")) {
			return p.status, strings.TrimSpace(rest), true
		}
	}
	return "", notes, false
}
