package spreadsheet

import (
	"errors"
	"strings"

	"github.com/iotlens/iotlens/internal/review"
	"github.com/iotlens/iotlens/internal/suggest"
)

// statusWords lists how people write a status, in lower case with single blanks.
var statusWords = []struct {
	status review.Status
	words  []string
}{
	{review.Implemented, []string{"implemented", "fully implemented", "in place", "done", "yes", "y"}},
	{review.PartiallyImplemented, []string{"partially implemented", "partly implemented", "implemented in part", "partially", "partial", "partly", "in part"}},
	{review.NotImplemented, []string{"not implemented", "not in place", "missing", "no", "n"}},
	{review.NotApplicable, []string{"not applicable", "does not apply", "n/a", "na"}},
	{review.CannotDetermine, []string{"cannot determine", "can't determine", "don't know", "do not know", "unknown", "nobody knows"}},
	{review.Unanswered, []string{unansweredStatus, "not answered", "open"}},
}

// StatusValues lists the values of the status column.
func StatusValues() []string {
	return append(review.Status("").Values(), unansweredStatus)
}

// parseStatus reads a status as people write it.
func parseStatus(cell string) (review.Status, error) {
	word := strings.Join(strings.Fields(strings.NewReplacer("_", " ", "-", " ", "’", "'", "‘", "'").Replace(strings.ToLower(cell))), " ")
	var known []string
	for _, s := range statusWords {
		for _, w := range s.words {
			if w == word {
				return s.status, nil
			}
		}
		known = append(known, strings.ReplaceAll(s.words[0], " ", "_"))
	}
	return "", errors.New(suggest.Unknown("status", cell, known))
}
