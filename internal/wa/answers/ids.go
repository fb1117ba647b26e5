package answers

import (
	"cmp"
	"regexp"
	"slices"
	"strings"
	"unicode"

	"github.com/iotlens/iotlens/internal/lens"
)

// none is used for the choice "None of these" in place of a best practice.
const none = "none"

// find returns the first choice of a question that matches: none, or the id of a best
// practice; empty where none does.
func find(q *lens.Question, matches func(id string) bool) string {
	choices := append([]string{none}, q.PracticeIDs()...)
	if i := slices.IndexFunc(choices, matches); i >= 0 {
		return choices[i]
	}
	return ""
}

// exactID is the choice with exactly that id in the WA Tool.
func exactID(q *lens.Question, there ids, choice string) string {
	return find(q, func(id string) bool {
		return choice != "" && (id == none && there.none == choice || there.choices[id] == choice)
	})
}

// byTitle is the choice with a title.
func byTitle(q *lens.Question, title string) string {
	return find(q, func(id string) bool { return sameTitle(titleOf(q, id), title) })
}

// titleOf is the title of a choice.
func titleOf(q *lens.Question, id string) string {
	if id == none {
		return cmp.Or(q.NoneChoice.Title, lens.NoneOfThese)
	}
	if i := slices.Index(q.PracticeIDs(), id); i >= 0 {
		return q.Practices[i].Title
	}
	return ""
}

// byID is the choice that an id means: all of it, or what follows the id of its
// question there.
func byID(q *lens.Question, question, choice string) string {
	given := normalID(choice)
	rest := strings.TrimPrefix(given, normalID(question))
	return find(q, func(id string) bool {
		if id == none {
			return q.None != "" && given == normalID(q.None) || rest == "no" || rest == "none"
		}
		ours := normalID(id)
		number := strings.TrimPrefix(strings.TrimPrefix(ours, normalID(q.ID)), "bp")
		return given == ours || rest != given && (rest == "bp"+number || rest == " "+number)
	})
}

// normalID is an id without case, signs and leading zeros: IOTSEC05_BP01 is
// iotsec5bp1. A blank remains between two numbers, so that 1_12 is not 11_2.
func normalID(id string) string {
	var b strings.Builder
	afterNumber := false
	for _, part := range lettersOrDigits.FindAllString(strings.ToLower(id), -1) {
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

var lettersOrDigits = regexp.MustCompile(`[0-9]+|\pL+`)

// normalTitle is a title without case, punctuation and superfluous blanks.
func normalTitle(title string) string {
	return strings.Join(strings.FieldsFunc(strings.ToLower(title), func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsNumber(r)
	}), " ")
}

// sameTitle reports whether two titles are the same to a reader; an empty one equals no
// other.
func sameTitle(a, b string) bool {
	t := normalTitle(a)
	return t != "" && t == normalTitle(b)
}
