// Package dates parses dates as people write them: 31 Jan, +6w, friday, end of March. The result
// is a day YYYY-MM-DD.
//
// The table [Forms] has every supported form; help texts and error messages are made from it.
// Parse reads no clock: the current day is an argument. An ambiguous date is an error that names
// both readings.
package dates

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/iotlens/iotlens/internal/suggest"
)

// A Form is a way to write a date.
type Form struct {
	Examples string // examples
	Meaning  string // explains them; may be empty

	// read parses the words of a text; known is false if they are of another form.
	read func(w words, today time.Time) (day time.Time, known bool, err error)
}

// Forms lists the ways to write a date, the usual ones first. The list must not be changed.
func Forms() []Form { return forms }

var forms = []Form{
	{Examples: "2027-01-31, 2027-1-31, 31.1.2027", Meaning: "a day; 3/4/2027 is ambiguous and refused", read: readNumeric},
	{Examples: "31 Jan, Jan 31, 31 January 2027", Meaning: "without a year, the next such day", read: readMonthName},
	{Examples: "+30d, +6w, +3m, +1y, in 6 weeks", Meaning: "days, weeks, months or years from today; -3d and 3 days ago are before today", read: readRelative},
	{Examples: "today, tomorrow, yesterday", read: readKeyword},
	{Examples: "friday, next friday, last friday", Meaning: "the coming Friday, that of next week (weeks begin on Monday), the last one before today", read: readWeekday},
	{Examples: "end of March, end of quarter, end of next month, start of Q2, mid May 2027", Meaning: "start, middle or end of a week, month, quarter, half-year (H1) or year; the end of a week is its Friday", read: readPeriod},
}

// Examples are dates of several forms, for a prompt or an error.
const Examples = "2027-01-31, 31 Jan, +6w, friday, end of March"

// Parse returns the day that a text names; both the result and today are YYYY-MM-DD. The error says
// what is wrong with the text and how to write a date. If a text has two readings, it names both.
func Parse(text, today string) (string, error) {
	now, err := time.Parse(time.DateOnly, today)
	if err != nil {
		return "", fmt.Errorf("today: %w", err)
	}
	day, known, err := read(text, now)
	switch {
	case !known:
		return "", fmt.Errorf("%s is not a date%s", quoted(text), suggestion(text, now))
	case err != nil:
		return "", err
	case day.Year() < 1000 || day.Year() > 9999:
		return "", fmt.Errorf("%s is not in a year of four digits", quoted(text))
	}
	return day.Format(time.DateOnly), nil
}

// read parses a text with the first form that knows it.
func read(text string, today time.Time) (day time.Time, known bool, err error) {
	w := wordsOf(text)
	if len(w.list) == 0 {
		return day, false, nil
	}
	for _, f := range forms {
		if day, known, err = f.read(w, today); known {
			return day, known, err
		}
	}
	return day, false, nil
}

// suggestion offers the date that a text would be with its misspelt words corrected, or else
// examples of dates.
func suggestion(text string, today time.Time) string {
	w := wordsOf(text)
	for i, word := range w.list {
		if !strings.ContainsAny(word, "0123456789") && !slices.Contains(vocabulary, word) {
			if near, ok := suggest.Closest(word, vocabulary); ok {
				w.list[i] = near
			}
		}
	}
	fixed := strings.Join(w.list, " ")
	if _, known, err := read(fixed, today); known && err == nil {
		return fmt.Sprintf(", did you mean %q?", fixed)
	}
	return "; write one such as " + Examples
}

// Past reports whether a day is before today; both are YYYY-MM-DD.
func Past(day, today string) bool { return day < today }

// Describe describes a day as seen from today, so that people can check a parsed date: "Sunday, in
// 63 days". It is empty if one of the two is not a day.
func Describe(day, today string) string {
	d, err1 := time.Parse(time.DateOnly, day)
	now, err2 := time.Parse(time.DateOnly, today)
	if errors.Join(err1, err2) != nil {
		return ""
	}
	n := int(d.Sub(now).Hours() / 24)
	away := fmt.Sprintf("in %d days", n)
	switch {
	case n == 0:
		away = "today"
	case n == 1:
		away = "tomorrow"
	case n == -1:
		away = "yesterday"
	case n < 0:
		away = fmt.Sprintf("%d days ago", -n)
	}
	return d.Weekday().String() + ", " + away
}

// NextOccurrence returns a past day in the first year in which it is not past. It is a suggestion
// for a day with the wrong year.
func NextOccurrence(day, today string) string {
	d, err1 := time.Parse(time.DateOnly, day)
	now, err2 := time.Parse(time.DateOnly, today)
	if errors.Join(err1, err2) != nil {
		return day
	}
	return firstFromToday(now, func(year int) (time.Time, bool) { return date(year, d.Month(), d.Day()) }).Format(time.DateOnly)
}

// quoted quotes a text, with control characters escaped, and truncates a long one.
func quoted(text string) string {
	if r := []rune(text); len(r) > 40 {
		text = string(r[:40]) + "…"
	}
	return fmt.Sprintf("%q", text)
}

// date returns a day; false if the month does not have it.
func date(year int, month time.Month, day int) (time.Time, bool) {
	d := time.Date(year, month, day, 0, 0, 0, 0, time.UTC)
	return d, d.Year() == year && d.Month() == month && d.Day() == day
}

// firstFromToday is the first day from today on that a function has for a year.
func firstFromToday(today time.Time, of func(year int) (time.Time, bool)) time.Time {
	for year := today.Year(); year < today.Year()+9; year++ { // the 29th of February may be eight years away
		if d, ok := of(year); ok && !d.Before(today) {
			return d
		}
	}
	return today
}
