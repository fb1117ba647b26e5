package answers

import (
	"strings"

	"github.com/iotlens/iotlens/internal/review"
)

// The WA Tool has three states of a choice, a review five statuses. A status that the tool
// cannot store is written at the start of the choice's notes, readable for people and for
// an import: "Partially implemented. The new line does it."

// statusPrefix returns the text that stands for a status at the start of notes; needed is
// false for a status that the WA Tool can store.
func statusPrefix(s review.Status) (string, bool) {
	return sentence(s.Words()), stateOf(s) == ChoiceUnselected
}

// sentence capitalises words and adds a full stop.
func sentence(words string) string { return strings.ToUpper(words[:1]) + words[1:] + "." }

// withStatusPrefix returns the notes of an unselected choice.
func withStatusPrefix(s review.Status, note string) string {
	words, _ := statusPrefix(s)
	return strings.TrimSpace(words + " " + note)
}

// cutStatusPrefix removes the status prefix from the notes of a choice; ok is false if they
// have none.
func cutStatusPrefix(notes string) (s review.Status, note string, ok bool) {
	for _, s := range allStatuses() {
		words, needed := statusPrefix(s)
		if rest, found := strings.CutPrefix(notes, words); needed && found && (rest == "" || strings.ContainsAny(rest[:1], " \n\t")) {
			return s, strings.TrimSpace(rest), true
		}
	}
	return "", notes, false
}
