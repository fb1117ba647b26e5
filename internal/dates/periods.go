package dates

import (
	"fmt"
	"slices"
	"strings"
	"time"
)

// A period is a week, month, quarter, half-year or year. Of a recurring one, such as March, it is the
// first whose requested day (start, mid or end) is not past.
type period struct {
	start, mid, end time.Time
}

// readPeriod reads end of March, start of Q2 2027, mid May and end of next week. A period without
// start, mid or end is ambiguous.
func readPeriod(w words, today time.Time) (day time.Time, known bool, err error) {
	text := strings.Join(w.list, " ")
	for abbreviation, long := range map[string]string{"eow": "end week", "eom": "end month", "eoq": "end quarter", "eoy": "end year"} {
		if rest, ok := strings.CutPrefix(text, abbreviation); ok && (rest == "" || rest[0] == ' ') {
			text = long + rest
		}
	}
	for _, edge := range []struct {
		words string
		of    func(period) time.Time
	}{
		{"start beginning begin first_day", func(p period) time.Time { return p.start }},
		{"mid middle", func(p period) time.Time { return p.mid }},
		{"end last_day", func(p period) time.Time { return p.end }},
	} {
		for word := range strings.FieldsSeq(edge.words) {
			rest, ok := strings.CutPrefix(text, strings.ReplaceAll(word, "_", " ")+" ")
			if !ok {
				continue
			}
			if p, ok := periodOf(strings.Fields(rest), today, edge.of); ok {
				return edge.of(p), true, nil
			}
		}
	}
	p, ok := periodOf(strings.Fields(text), today, func(p period) time.Time { return p.end })
	if !ok {
		return day, false, nil
	}
	return day, true, fmt.Errorf("%s lasts from %s to %s; write one of them, or start of %[4]s or end of %[4]s",
		quoted(w.text), p.start.Format(time.DateOnly), p.end.Format(time.DateOnly), w.text)
}

// periodOf returns the period with a name: march, q1 2027, next month, week 5, 2027. at selects the
// day of it that must not be past.
func periodOf(w []string, today time.Time, at func(period) time.Time) (period, bool) {
	if len(w) == 0 || len(w) > 3 {
		return period{}, false
	}
	if len(w) == 2 {
		if y, ok := year(w[0]); ok && len(w[0]) == 4 { // 2027 Q1
			w = []string{w[1], fmt.Sprint(y)}
		}
	}
	if slices.Contains([]string{"week", "kw", "w"}, w[0]) && len(w) > 1 { // week 5
		w = append([]string{"w" + w[1]}, w[2:]...)
	}
	if w[0] == "year" && len(w) == 2 { // year 2027
		w = w[1:]
	}
	unit := map[string]func(time.Time) period{"week": week, "month": months(1), "quarter": months(3), "year": months(12)}
	if of := unit[w[len(w)-1]]; of != nil {
		step := map[string]int{"last": -1, "this": 0, "next": 1}
		switch by, ok := step[w[0]]; {
		case len(w) == 2 && ok:
			return shift(of, of(today), by), true
		case len(w) == 1: // the first that is not past
			p := of(today)
			if at(p).Before(today) {
				p = shift(of, p, 1)
			}
			return p, true
		}
		return period{}, false
	}
	of, ok := yearlyPeriod(w[0])
	if y, isYear := year(w[0]); len(w) == 1 && isYear && len(w[0]) == 4 {
		return months(12)(normalizedDay(y, time.January, 1)), true
	}
	if !ok || len(w) > 2 {
		return period{}, false
	}
	if len(w) == 2 {
		y, isYear := year(w[1])
		if !isYear {
			return period{}, false
		}
		return of(y)
	}
	for y := today.Year(); y < today.Year()+9; y++ {
		if p, ok := of(y); ok && !at(p).Before(today) {
			return p, true
		}
	}
	return period{}, false
}

// yearlyPeriod returns a period that recurs each year: march, q2, h1, w5.
func yearlyPeriod(word string) (of func(year int) (period, bool), ok bool) {
	if m, ok := month(word); ok {
		return func(y int) (period, bool) { return months(1)(normalizedDay(y, m, 1)), true }, true
	}
	n, ok := number(word[1:])
	if kw, found := strings.CutPrefix(word, "kw"); found {
		word = "w" + kw
		n, ok = number(kw)
	}
	if !ok || n < 1 {
		return nil, false
	}
	switch {
	case word[0] == 'q' && n <= 4:
		return func(y int) (period, bool) { return months(3)(normalizedDay(y, time.Month(3*n-2), 1)), true }, true
	case word[0] == 'h' && n <= 2:
		return func(y int) (period, bool) { return months(6)(normalizedDay(y, time.Month(6*n-5), 1)), true }, true
	case word[0] == 'w' && n <= 53:
		return func(y int) (period, bool) {
			monday := weekOf(normalizedDay(y, time.January, 4)).AddDate(0, 0, 7*(n-1)) // the 4th is always in week 1
			_, is := monday.ISOWeek()
			return week(monday), is == n
		}, true
	}
	return nil, false
}

// week returns the working week of a day. It ends on Friday.
func week(day time.Time) period {
	monday := weekOf(day)
	return period{monday, monday.AddDate(0, 0, 2), monday.AddDate(0, 0, 4)}
}

// months returns a function for the period of n months that has a day, such as 3 for a quarter.
func months(n int) func(time.Time) period {
	return func(day time.Time) period {
		first := normalizedDay(day.Year(), day.Month()-(day.Month()-1)%time.Month(n), 1)
		mid := normalizedDay(first.Year(), first.Month()+time.Month(n/2), 15)
		if n%2 == 0 { // the last day of the first half
			mid = normalizedDay(first.Year(), first.Month()+time.Month(n/2), 0)
		}
		return period{first, mid, normalizedDay(first.Year(), first.Month()+time.Month(n), 0)}
	}
}

// shift moves a period by a number of periods of its kind.
func shift(of func(time.Time) period, p period, by int) period {
	for ; by > 0; by-- {
		last := p.end
		if next := of(last.AddDate(0, 0, 1)); next != p {
			p = next
		} else { // a week ends on Friday: skip the weekend
			p = of(last.AddDate(0, 0, 3))
		}
	}
	for ; by < 0; by++ {
		p = of(p.start.AddDate(0, 0, -1))
	}
	return p
}
