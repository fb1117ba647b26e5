package answers

import (
	"strings"

	"github.com/iotlens/iotlens/internal/review"
)

// The WA Tool has three states of a choice and a review five statuses. A status
// that it cannot store is the first words of the choice's notes, for people to read
// and for an import to read back: "Partially implemented. The new line does it."

// prefix is the words of a status at the beginning of notes; false for a status
// that the WA Tool can store.
func prefix(s review.Status) (string, bool) {
	return sentence(s.Words()), stateOf(s) == ChoiceUnselected
}

// sentence makes a sentence of words.
func sentence(words string) string { return strings.ToUpper(words[:1]) + words[1:] + "." }

// choiceNotes writes the notes of an unselected choice.
func choiceNotes(s review.Status, note string) string {
	words, _ := prefix(s)
	return strings.TrimSpace(words + " " + note)
}

// readChoiceNotes removes the words of a status from the notes of a choice; false
// where they do not begin with any.
func readChoiceNotes(notes string) (s review.Status, note string, ok bool) {
	for _, s := range statusesAndNone() {
		words, needed := prefix(s)
		if rest, found := strings.CutPrefix(notes, words); needed && found && (rest == "" || strings.ContainsAny(rest[:1], " \n\t")) {
			return s, strings.TrimSpace(rest), true
		}
	}
	return "", notes, false
}
