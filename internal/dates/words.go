package dates

import (
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"
)

// words has the words of a text that may be a date.
type words struct {
	text string   // in lower case, trimmed
	list []string // without fillers such as "of"
}

// wordsOf splits a text into words. If it has letters, hyphens and slashes separate words:
// 31-Jan-2027.
func wordsOf(text string) words {
	text = strings.ToLower(strings.Join(strings.Fields(text), " "))
	w := words{text: text}
	if len(text) > 100 {
		return w
	}
	split := func(r rune) bool { return unicode.IsSpace(r) || r == ',' }
	if strings.ContainsFunc(text, unicode.IsLetter) && !strings.HasPrefix(text, "-") {
		split = func(r rune) bool { return unicode.IsSpace(r) || strings.ContainsRune(",-/", r) }
	}
	for _, word := range strings.FieldsFunc(text, split) {
		if word = strings.TrimRight(word, "."); word != "" && !slices.Contains([]string{"of", "the", "on", "by"}, word) {
			w.list = append(w.list, word)
		}
	}
	return w
}

// vocabulary lists the words that dates consist of, to correct misspelt ones.
var vocabulary = []string{
	"january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december",
	"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday",
	"today", "tomorrow", "yesterday", "next", "last", "this", "end", "start", "mid",
	"week", "weeks", "month", "months", "quarter", "year", "days",
}

// month is the month with a name of at least three letters: jan, sept, march.
func month(word string) (time.Month, bool) {
	for m := time.January; m <= time.December; m++ {
		if len(word) >= 3 && strings.HasPrefix(strings.ToLower(m.String()), word) {
			return m, true
		}
	}
	return 0, false
}

// weekday is the day of the week with a name of at least three letters.
func weekday(word string) (time.Weekday, bool) {
	for d := time.Sunday; d <= time.Saturday; d++ {
		if len(word) >= 3 && strings.HasPrefix(strings.ToLower(d.String()), word) {
			return d, true
		}
	}
	return 0, false
}

// number is a number of digits only.
func number(word string) (int, bool) {
	if word == "" || len(word) > 4 || strings.Trim(word, "0123456789") != "" {
		return 0, false
	}
	n, err := strconv.Atoi(word)
	return n, err == nil
}

// dayOfMonth is the day in 31, 31st and 31.
func dayOfMonth(word string) (int, bool) {
	for _, end := range []string{"st", "nd", "rd", "th"} {
		word = strings.TrimSuffix(word, end)
	}
	n, ok := number(word)
	return n, ok && len(word) <= 2
}

// year is a year of four digits, or of two in this century.
func year(word string) (int, bool) {
	word = strings.TrimPrefix(word, "'")
	switch n, ok := number(word); {
	case ok && len(word) == 4:
		return n, true
	case ok && len(word) == 2:
		return 2000 + n, true
	}
	return 0, false
}
