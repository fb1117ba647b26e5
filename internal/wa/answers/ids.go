package answers

import (
	"cmp"
	"slices"
	"strings"
	"unicode"

	"github.com/iotlens/iotlens/internal/lens"
	"github.com/iotlens/iotlens/internal/text"
)

// none stands for the choice "None of these" where an id of a best practice is expected.
const none = "none"

// findChoice returns the first choice of a question that matches: none, the id of a best
// practice, or empty if nothing matches.
func findChoice(q *lens.Question, matches func(id string) bool) string {
	choices := append([]string{none}, q.PracticeIDs()...)
	if i := slices.IndexFunc(choices, matches); i >= 0 {
		return choices[i]
	}
	return ""
}

// byExactID returns the choice with exactly the given id in the WA Tool.
func byExactID(q *lens.Question, there ids, choice string) string {
	return findChoice(q, func(id string) bool {
		return choice != "" && (id == none && there.none == choice || there.choices[id] == choice)
	})
}

// byTitle returns the choice with the given title.
func byTitle(q *lens.Question, title string) string {
	return findChoice(q, func(id string) bool { return sameTitle(titleOf(q, id), title) })
}

// titleOf returns the title of a choice.
func titleOf(q *lens.Question, id string) string {
	if id == none {
		return cmp.Or(q.NoneChoice.Title, lens.NoneOfThese)
	}
	if i := slices.Index(q.PracticeIDs(), id); i >= 0 {
		return q.Practices[i].Title
	}
	return ""
}

// bySimilarID returns the choice with a similar id: the normalised ids are equal, or the
// parts after the ids of their questions are.
func bySimilarID(q *lens.Question, question, choice string) string {
	given := normalID(choice)
	rest := strings.TrimPrefix(given, normalID(question))
	return findChoice(q, func(id string) bool {
		if id == none {
			return q.None != "" && given == normalID(q.None) || rest == "no" || rest == "none"
		}
		ours := normalID(id)
		number := strings.TrimPrefix(strings.TrimPrefix(ours, normalID(q.ID)), "bp")
		return given == ours || rest != given && (rest == "bp"+number || rest == " "+number)
	})
}

// normalID removes case, punctuation and leading zeros from an id: IOTSEC05_BP01 becomes
// iotsec5bp1. A space remains between two numbers, so that 1_12 and 11_2 differ.
func normalID(id string) string {
	var b strings.Builder
	afterNumber := false
	for _, part := range lettersOrDigits().FindAllString(strings.ToLower(id), -1) {
		number := part[0] >= '0' && part[0] <= '9'
		if number {
			part = cmp.Or(strings.TrimLeft(part, "0"), "0")
		}
		if number && afterNumber {
			b.WriteByte(' ')
		}
		b.WriteString(part)
		afterNumber = number
	}
	return b.String()
}

var lettersOrDigits = text.Pattern(`[0-9]+|\pL+`)

// normalTitle removes case, punctuation and repeated spaces from a title.
func normalTitle(title string) string {
	return strings.Join(strings.FieldsFunc(strings.ToLower(title), func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsNumber(r)
	}), " ")
}

// sameTitle reports whether two titles are equal when normalised; an empty title equals no
// other.
func sameTitle(a, b string) bool {
	t := normalTitle(a)
	return t != "" && t == normalTitle(b)
}
