package spreadsheet

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"
)

// A dateOrder is the order of day, month and year in dates of three numbers, such as
// 03/04/2027.
type dateOrder string

const (
	dayFirst     dateOrder = "day first"
	monthFirst   dateOrder = "month first"
	yearFirst    dateOrder = "year first" // only with a year of two digits, from 2020 on: 27/01/31
	unknownOrder dateOrder = ""
)

// A dateReadings has the days that a date may stand for, by order. A date that has a single
// reading in any order is under unknownOrder.
type dateReadings map[dateOrder]string

// parseDate reads a date as spreadsheets write it: 2026-12-31, 2026/12/31, 31.12.2026,
// 31-Dec-26, December 31, 2026, with or without a time, or three numbers with slashes or
// hyphens in the order of the table. For an ambiguous date the error lists all readings.
func parseDate(cell string, o dateOrder) (string, error) {
	s := strings.TrimSpace(cell)
	if s == "" {
		return "", nil
	}
	read := readDate(s)
	days := read.days()
	switch {
	case read[unknownOrder] != "":
		return read[unknownOrder], nil
	case o != unknownOrder && read[o] != "":
		return read[o], nil
	case o == unknownOrder && len(days) == 1:
		return days[0], nil
	case o == unknownOrder && len(days) > 1:
		return "", fmt.Errorf("%q is ambiguous: %s; write one of them", cell, strings.Join(days, " or "))
	case lacksYear(s):
		return "", fmt.Errorf("%q has no year; write it as 2026-12-31", cell)
	}
	return "", fmt.Errorf("%q is not a date such as 2026-12-31", cell)
}

// days lists the different readings: day first, month first, year first.
func (r dateReadings) days() []string {
	var out []string
	for _, o := range []dateOrder{unknownOrder, dayFirst, monthFirst, yearFirst} {
		if d := r[o]; d != "" && !slices.Contains(out, d) {
			out = append(out, d)
		}
	}
	return out
}

// readDate returns the readings of a date.
func readDate(s string) dateReadings {
	s = strings.NewReplacer("年", "-", "月", "-", "日", "", "년", "-", "월", "-", "일", "").Replace(trimTime(s))
	out := dateReadings{}
	add := func(o dateOrder, year, month, day string) {
		if d, ok := isoDate(year, month, day); ok {
			out[o] = d
		}
	}
	if year, month, day, ok := parseNamedMonth(s); ok {
		add(unknownOrder, year, month, day)
		return out
	}
	s = strings.Join(strings.Fields(s), "")
	i := strings.IndexAny(s, "-/.")
	if i < 0 {
		return nil
	}
	sign := s[i : i+1]
	n := strings.Split(strings.TrimSuffix(s, sign), sign)
	if len(n) != 3 {
		return nil
	}
	switch {
	case len(n[0]) == 4:
		add(unknownOrder, n[0], n[1], n[2])
	case sign == ".": // dates with dots are day first everywhere
		add(unknownOrder, n[2], n[1], n[0])
	default:
		add(dayFirst, n[2], n[1], n[0])
		add(monthFirst, n[2], n[0], n[1])
		if len(n[0]) == 2 && len(n[2]) == 2 && n[0] >= "20" {
			add(yearFirst, n[0], n[1], n[2])
		}
	}
	return out
}

// isoDate returns the day, YYYY-MM-DD, of three numbers. A year of two digits is in this
// century, as due dates and deadlines are.
func isoDate(year, month, day string) (string, bool) {
	if len(year) == 2 {
		year = "20" + year
	}
	if len(year) != 4 {
		return "", false
	}
	t, err := time.Parse("2006-1-2", year+"-"+month+"-"+day)
	return t.Format(time.DateOnly), err == nil
}

// trimTime removes the time of day from a date: 2027-01-31 00:00:00, 1/31/2027 12:00 AM,
// 2027-01-31T08:00:00Z.
func trimTime(s string) string {
	colon := strings.IndexByte(s, ':')
	if colon < 0 {
		return s
	}
	head := strings.TrimRightFunc(s[:colon], unicode.IsDigit)
	clock := strings.ToUpper(s[len(head):])
	between := strings.HasSuffix(head, " ") || strings.HasSuffix(head, "T")
	if !between || strings.Trim(clock, "0123456789:.+- APMZ") != "" {
		return s
	}
	return strings.TrimRight(head, " T,")
}

// parseNamedMonth reads a date with the name of a month: 31-Jan-27, January 31, 2027,
// Sunday, 31 January 2027, 31. Januar 2027, 31 de enero de 2027.
func parseNamedMonth(s string) (year, month, day string, ok bool) {
	var numbers []string
	for _, word := range dateWords(s) {
		switch m := monthNumber(word); {
		case unicode.IsDigit(rune(word[0])):
			numbers = append(numbers, strings.TrimRight(word, "."))
		case m > 0 && month == "":
			month = strconv.Itoa(m)
		case !isFiller(word):
			return "", "", "", false
		}
	}
	if month == "" || len(numbers) != 2 {
		return "", "", "", false
	}
	if len(numbers[0]) == 4 {
		return numbers[0], month, numbers[1], true
	}
	return numbers[1], month, numbers[0], true
}

// dateWords returns the numbers and words of a date, in lower case.
func dateWords(s string) []string {
	return strings.FieldsFunc(strings.ToLower(s), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '\u0301' })
}

// isFiller reports whether a word of a date is a day of the week or a word between its
// parts.
func isFiller(word string) bool {
	switch word {
	case "mon", "tue", "wed", "thu", "fri", "sat", "sun", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "de", "of", "den", "le", "del":
		return true
	}
	return false
}

// monthNames has the names and abbreviations of the months in the languages in which
// spreadsheets write them: English, German, French, Spanish, Italian, Portuguese, Dutch.
var monthNames = [12]string{
	"jan january januar jän jänner janv janvier ene enero gen gennaio janeiro januari",
	"feb february februar fév févr février febrero febbraio fev fevereiro februari",
	"mar march mär mrz märz mars marzo março mrt maart",
	"apr april avr avril abr abril aprile",
	"may mai mayo mag maggio maio mei",
	"jun june juni juin junio giu giugno junho",
	"jul july juli juil juillet julio lug luglio julho",
	"aug august aoû août ago agosto augustus",
	"sep sept september septembre septiembre set settembre setembro",
	"oct october okt oktober octobre octubre ott ottobre out outubro",
	"nov november novembre noviembre novembro",
	"dec december dez dezember déc décembre dic diciembre dicembre dezembro",
}

// monthNumber returns the number of a month by its name; 0 if the word is none.
func monthNumber(word string) int {
	for i, names := range monthNames {
		if strings.Contains(" "+names+" ", " "+word+" ") {
			return i + 1
		}
	}
	return 0
}

// lacksYear reports whether a text is a day and a month: 31-Jan, 31.1.
func lacksYear(s string) bool {
	w := dateWords(s)
	if len(w) != 2 {
		return false
	}
	number := func(s string) bool { return strings.Trim(s, "0123456789") == "" && len(s) <= 2 }
	return number(w[0]) && (number(w[1]) || monthNumber(w[1]) > 0) || monthNumber(w[0]) > 0 && number(w[1])
}

// detectOrder returns the order of the ambiguous dates of a table: the only one in which
// all of them are dates. If several are possible, it is the only one in which a date equals
// the known one of the review, by the same key. Otherwise it is unknown, and each date must
// be unambiguous.
func detectOrder(cells map[string]string, known map[string]string) dateOrder {
	inOneOrder, equalToKnown := map[dateOrder]int{}, map[dateOrder]int{} // dates valid in one order alone, and dates equal to known ones
	for id, cell := range cells {
		read := readDate(strings.TrimSpace(cell))
		if len(read) == 0 || read[unknownOrder] != "" {
			continue
		}
		if len(read) == 1 {
			for o := range read {
				inOneOrder[o]++
			}
			continue
		}
		if len(read.days()) < 2 {
			continue
		}
		for o, d := range read {
			if d == known[id] {
				equalToKnown[o]++
			}
		}
	}
	if len(inOneOrder) == 0 {
		inOneOrder = equalToKnown
	}
	if len(inOneOrder) != 1 {
		return unknownOrder
	}
	for o := range inOneOrder {
		return o
	}
	return unknownOrder
}
