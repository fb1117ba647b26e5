package answers

import (
	"strings"
	"unicode"

	"github.com/iotlens/iotlens/internal/lens"
)

// exactID is the best practice, or none, whose id in the WA Tool is just that.
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

// none stands for the choice "None of these" where a best practice could stand.
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
	if id == none && q.NoneChoice.Title != "" {
		return q.NoneChoice.Title
	}
	if id == none {
		return lens.NoneOfThese
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

// normalID is an id without case, signs and leading noughts: IOTSEC05_BP01 is
// iotsec5bp1. Between two numbers a blank stays, so that 1_12 is not 11_2.
func normalID(id string) string {
	var b strings.Builder
	afterDigits := false
	for rest := strings.ToLower(id); rest != ""; {
		run := rest[:span(rest)]
		rest = rest[len(run):]
		switch {
		case isDigit(rune(run[0])):
			if afterDigits {
				b.WriteByte(' ')
			}
			number := strings.TrimLeft(run, "0")
			if number == "" {
				number = "0"
			}
			b.WriteString(number)
			afterDigits = true
		case unicode.IsLetter([]rune(run)[0]):
			b.WriteString(run)
			afterDigits = false
		}
	}
	return b.String()
}

// span is the length of the run of digits, letters or signs that text begins with.
func span(text string) int {
	kind := func(r rune) int {
		switch {
		case isDigit(r):
			return 0
		case unicode.IsLetter(r):
			return 1
		}
		return 2
	}
	first := -1
	for i, r := range text {
		if first < 0 {
			first = kind(r)
		} else if kind(r) != first {
			return i
		}
	}
	return len(text)
}

func isDigit(r rune) bool { return r >= '0' && r <= '9' }

// normalTitle is a title without case, punctuation and superfluous blanks.
func normalTitle(title string) string {
	return strings.Join(strings.FieldsFunc(strings.ToLower(title), func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsNumber(r)
	}), " ")
}

// sameTitle tells whether two titles are the same to a reader; an empty one is
// the same as no other.
func sameTitle(a, b string) bool {
	t := normalTitle(a)
	return t != "" && t == normalTitle(b)
}
