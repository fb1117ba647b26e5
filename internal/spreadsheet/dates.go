package spreadsheet

import (
	"fmt"
	"strings"
	"time"
)

// order is the order of day and month in a table's dates such as 03/04/2027.
type order string

const (
	dayFirst   order = "2/1/2006"
	monthFirst order = "1/2/2006"
	either     order = ""
)

// plainly lists the unambiguous ways to write a date.
var plainly = []string{"2006-1-2", "2006/1/2", "2006.1.2", "2.1.2006"}

// day reads a date in a layout, after the blanks that some countries write in it
// were taken out; some write hyphens where others have slashes.
func day(layout, cell string) (string, bool) {
	s := strings.Join(strings.Fields(cell), "")
	if order(layout) == dayFirst || order(layout) == monthFirst {
		s = strings.ReplaceAll(s, "-", "/")
	}
	t, err := time.Parse(layout, s)
	return t.Format(time.DateOnly), err == nil
}

// due reads a date as spreadsheets write it: 2026-12-31 or 2026/12/31, 31.12.2026,
// or with slashes or hyphens in the order of the table. An ambiguous date is
// refused with both readings.
func due(cell string, o order) (string, error) {
	if strings.TrimSpace(cell) == "" {
		return "", nil
	}
	for _, layout := range plainly {
		if d, ok := day(layout, cell); ok {
			return d, nil
		}
	}
	british, ok1 := day(string(dayFirst), cell)
	american, ok2 := day(string(monthFirst), cell)
	switch {
	case ok1 && ok2 && o == either && british != american:
		return "", fmt.Errorf("%q is ambiguous: %s or %s; write one of them", cell, british, american)
	case ok1 && o != monthFirst:
		return british, nil
	case ok2 && o != dayFirst:
		return american, nil
	}
	return "", fmt.Errorf("%q is not a date such as 2026-12-31", cell)
}

// orderOf finds the order of the slashed dates of a table: that in which all of
// them are dates. Where both are, it is that in which the dates that a review
// has already (known, by the same key) come out and the other order brings out
// none. Where the table mixes both, each date must be unambiguous.
func orderOf(cells map[string]string, known map[string]string) order {
	only, same := map[order]int{}, map[order]int{} // dates, and known dates, in one order alone
	for id, cell := range cells {
		british, ok1 := day(string(dayFirst), cell)
		american, ok2 := day(string(monthFirst), cell)
		switch {
		case ok1 && !ok2:
			only[dayFirst]++
		case ok2 && !ok1:
			only[monthFirst]++
		case ok1 && british != american && british == known[id]:
			same[dayFirst]++
		case ok2 && british != american && american == known[id]:
			same[monthFirst]++
		}
	}
	if len(only) == 0 {
		only = same
	}
	switch {
	case len(only) != 1:
		return either
	case only[dayFirst] > 0:
		return dayFirst
	}
	return monthFirst
}
