package answers

import (
	"cmp"
	"regexp"
	"strings"
	"unicode"

	"github.com/iotlens/iotlens/internal/lens"
)

// exactID is the best practice, or none, with exactly that id in the WA Tool.
func exactID(q *lens.Question, there ids, choice string) string {
	if choice == there.none && choice != "" {
		return none
	}
	for i := range q.Practices {
		if there.choices[q.Practices[i].ID] == choice {
			return q.Practices[i].ID
		}
	}
	return ""
}

// none is used for the choice "None of these" in place of a best practice.
const none = "none"

// byTitle is the best practice, or none, with a title.
func byTitle(q *lens.Question, title string) string {
	if sameTitle(title, titleOf(q, none)) {
		return none
	}
	for i := range q.Practices {
		if sameTitle(q.Practices[i].Title, title) {
			return q.Practices[i].ID
		}
	}
	return ""
}

// titleOf is the title of a best practice, or of none.
func titleOf(q *lens.Question, id string) string {
	if id == none {
		return cmp.Or(q.NoneChoice.Title, lens.NoneOfThese)
	}
	for i := range q.Practices {
		if q.Practices[i].ID == id {
			return q.Practices[i].Title
		}
	}
	return ""
}

// byID is the best practice, or none, that an id means: all of it, or what
// follows the id of its question there.
func byID(q *lens.Question, question, choice string) string {
	id := normalID(choice)
	if q.None != "" && id == normalID(q.None) {
		return none
	}
	rest := strings.TrimPrefix(id, normalID(question))
	if rest == "no" || rest == "none" {
		return none
	}
	for i := range q.Practices {
		ours := normalID(q.Practices[i].ID)
		number := strings.TrimPrefix(strings.TrimPrefix(ours, normalID(q.ID)), "bp")
		if id == ours || rest != id && (rest == "bp"+number || rest == " "+number) {
			return q.Practices[i].ID
		}
	}
	return ""
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
