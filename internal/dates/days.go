package dates

import (
	"fmt"
	"slices"
	"strings"
	"time"
)

// readNumeric reads 2027-01-31, 2027-1-31, 31.1.2027, 31.1. and 20270131. Dots mean day,
// month, year; with slashes or hyphens the month may come first, so that only what has
// one reading is taken.
func readNumeric(w words, today time.Time) (day time.Time, known bool, err error) {
	text := strings.ReplaceAll(w.text, " ", "")
	if len(text) == 8 && strings.Trim(text, "0123456789") == "" {
		text = text[:4] + "-" + text[4:6] + "-" + text[6:]
	}
	sep := strings.TrimLeft(text, "0123456789")
	if sep == "" || !slices.Contains([]string{"-", ".", "/"}, sep[:1]) {
		return day, false, nil
	}
	sep = sep[:1]
	parts := strings.Split(strings.TrimSuffix(text, "."), sep)
	var n []int
	for _, p := range parts {
		i, ok := number(p)
		if !ok {
			return day, false, nil
		}
		n = append(n, i)
	}
	switch {
	case len(n) == 3 && len(parts[0]) == 4:
		day, err = calendarDay(n[0], n[1], n[2])
	case len(n) == 3 && len(parts[0]) <= 2 && (len(parts[2]) == 4 || len(parts[2]) == 2):
		y, _ := year(parts[2])
		list := readings(sep, [2]int{n[0], n[1]}, func(m, d int) (time.Time, error) { return calendarDay(y, m, d) })
		if first, e := calendarDay(2000+n[0], n[1], n[2]); sep == "-" && len(parts[0]) == 2 && len(parts[2]) == 2 && e == nil {
			list.add(first, nil)
		}
		day, err = list.only(w.text)
	case len(n) == 2 && len(parts[0]) <= 2 && len(parts[1]) <= 2 && sep != "-":
		list := readings(sep, [2]int{n[0], n[1]}, func(m, d int) (time.Time, error) { return nextDayOfMonth(today, m, d) })
		day, err = list.only(w.text)
	default:
		return day, false, nil
	}
	return day, true, err
}

// candidates has the possible readings of a text, each once.
type candidates struct {
	days []time.Time
	err  error // why the first reading is not a day
}

func (l *candidates) add(day time.Time, err error) {
	switch {
	case err != nil && l.err == nil:
		l.err = err
	case err == nil && !slices.ContainsFunc(l.days, day.Equal):
		l.days = append(l.days, day)
	}
}

// readings returns the readings of two numbers as day and month, in either order. With dots the day
// comes first.
func readings(sep string, n [2]int, of func(month, day int) (time.Time, error)) *candidates {
	l := &candidates{}
	l.add(of(n[1], n[0]))
	if sep != "." {
		l.add(of(n[0], n[1]))
	}
	return l
}

// only is the only reading; an error if there is none, or another.
func (l *candidates) only(text string) (time.Time, error) {
	switch len(l.days) {
	case 0:
		return time.Time{}, l.err
	case 1:
		return l.days[0], nil
	}
	var all []string
	for _, d := range l.days {
		all = append(all, d.Format("2006-01-02 (2 January)"))
	}
	return time.Time{}, fmt.Errorf("%s can be read as %s; write one of them", quoted(text), strings.Join(all, " and as "))
}

// calendarDay returns a day, or an error if the calendar does not have it.
func calendarDay(year, month, day int) (time.Time, error) {
	if month < 1 || month > 12 {
		return time.Time{}, fmt.Errorf("there is no month %d; a date is written as 2027-01-31", month)
	}
	d, ok := date(year, time.Month(month), day)
	if !ok {
		last := normalizedDay(year, time.Month(month)+1, 0)
		return time.Time{}, fmt.Errorf("there is no %d %s %d: the month has %d days", day, time.Month(month), year, last.Day())
	}
	return d, nil
}

// nextDayOfMonth returns the next day from today on with a month and a day of the month.
func nextDayOfMonth(today time.Time, month, day int) (time.Time, error) {
	if _, err := calendarDay(2024, month, day); err != nil { // a leap year
		return time.Time{}, noSuchDayError(err, month, day)
	}
	return firstFromToday(today, func(year int) (time.Time, bool) { return date(year, time.Month(month), day) }), nil
}

// noSuchDayError is the error for a day of a month that no year has.
func noSuchDayError(err error, month, day int) error {
	if month < 1 || month > 12 {
		return err
	}
	return fmt.Errorf("there is no %d %s", day, time.Month(month))
}

// normalizedDay returns a day, which may be outside of its month: day 0 is the last day of the month
// before.
func normalizedDay(year int, month time.Month, day int) time.Time {
	return time.Date(year, month, day, 0, 0, 0, 0, time.UTC)
}

// readMonthName reads 31 Jan, Jan 31, 31st of January 2027 and Fri 29 Jan.
func readMonthName(w words, today time.Time) (day time.Time, known bool, err error) {
	list := w.list
	name, named := weekday(list[0])
	if named {
		list = list[1:]
	}
	if len(list) < 2 || len(list) > 3 {
		return day, false, nil
	}
	m, ok := month(list[1])
	d, isDay := dayOfMonth(list[0])
	if !ok || !isDay {
		m, ok = month(list[0])
		d, isDay = dayOfMonth(list[1])
	}
	if !ok || !isDay {
		return day, false, nil
	}
	if len(list) == 2 {
		day, err = nextDayOfMonth(today, int(m), d)
	} else {
		y, isYear := year(list[2])
		if !isYear {
			return day, false, nil
		}
		day, err = calendarDay(y, int(m), d)
	}
	if err == nil && named && day.Weekday() != name {
		err = fmt.Errorf("%s is a %s, not a %s", day.Format(time.DateOnly), day.Weekday(), name)
	}
	return day, true, err
}

// readKeyword reads today, tomorrow and yesterday.
func readKeyword(w words, today time.Time) (day time.Time, known bool, err error) {
	by, known := map[string]int{"today": 0, "tomorrow": 1, "yesterday": -1, "day after tomorrow": 2, "day before yesterday": -2}[strings.Join(w.list, " ")]
	return today.AddDate(0, 0, by), known, nil
}

// readWeekday reads friday, this friday, next friday and last friday.
func readWeekday(w words, today time.Time) (day time.Time, known bool, err error) {
	name, ok := weekday(w.list[len(w.list)-1])
	if !ok || len(w.list) > 2 {
		return day, false, nil
	}
	monday := weekOf(today)
	switch inWeek := monday.AddDate(0, 0, (int(name)+6)%7); {
	case len(w.list) == 2 && w.list[0] == "this":
		return inWeek, true, nil
	case len(w.list) == 2 && w.list[0] == "next":
		return inWeek.AddDate(0, 0, 7), true, nil
	case len(w.list) == 2 && w.list[0] == "last" && inWeek.Before(today):
		return inWeek, true, nil
	case len(w.list) == 2 && w.list[0] == "last":
		return inWeek.AddDate(0, 0, -7), true, nil
	case len(w.list) == 2:
		return day, false, nil
	case inWeek.After(today):
		return inWeek, true, nil
	default:
		return inWeek.AddDate(0, 0, 7), true, nil
	}
}

// weekOf returns the Monday of the week of a day.
func weekOf(day time.Time) time.Time { return day.AddDate(0, 0, -(int(day.Weekday())+6)%7) }

// readRelative reads +30d, 6w, in 3 months, two weeks, -3d and 3 days ago.
func readRelative(w words, today time.Time) (day time.Time, known bool, err error) {
	text := strings.Join(w.list, " ")
	sign := 1
	for _, end := range []string{" from now", " from today"} {
		text = strings.TrimSuffix(text, end)
	}
	text = strings.TrimPrefix(strings.TrimPrefix(text, "in "), "+")
	if before, ago := strings.CutSuffix(text, " ago"); ago {
		text, sign = before, -1
	}
	if after, minus := strings.CutPrefix(text, "-"); minus {
		text, sign = after, -sign
	}
	text = strings.TrimSpace(text)
	unit := strings.TrimLeft(text, "0123456789")
	n, ok := number(strings.TrimSuffix(text, unit))
	if !ok {
		var count string
		count, unit, _ = strings.Cut(text, " ")
		if n = max(slices.Index(counts, count), 0); count == "an" {
			n = 1
		}
		if n == 0 {
			return day, false, nil
		}
	}
	n *= sign
	switch strings.TrimSpace(unit) {
	case "d", "day", "days":
		return today.AddDate(0, 0, n), true, nil
	case "w", "wk", "wks", "week", "weeks":
		return today.AddDate(0, 0, 7*n), true, nil
	case "m", "mo", "month", "months":
		return addMonths(today, n), true, nil
	case "q", "quarters":
		return addMonths(today, 3*n), true, nil
	case "y", "yr", "yrs", "year", "years":
		return addMonths(today, 12*n), true, nil
	case "":
		if strings.HasPrefix(w.text, "+") {
			return day, true, fmt.Errorf("%s has no unit: write +%[2]dd for days, +%[2]dw for weeks or +%[2]dm for months", quoted(w.text), n)
		}
	}
	return day, false, nil
}

// counts has the number words by their value.
var counts = []string{"", "a", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"}

// addMonths returns the same day some months later, or the last day of a shorter month.
func addMonths(day time.Time, n int) time.Time {
	first := normalizedDay(day.Year(), day.Month()+time.Month(n), 1)
	last := normalizedDay(first.Year(), first.Month()+1, 0).Day()
	return normalizedDay(first.Year(), first.Month(), min(day.Day(), last))
}
