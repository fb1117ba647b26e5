package spreadsheet

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"sync"
	"time"
)

// order is how a date such as 03/04/2027 is meant in a table.
type order string

const (
	dayFirst   order = "2/1/2006"
	monthFirst order = "1/2/2006"
	either     order = ""
)

var (
	slashed   = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^\d{1,2}[/-]\d{1,2}[/-]\d{4}$`) })
	dotted    = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^\d{1,2}\.\s?\d{1,2}\.\s?\d{4}$`) })
	yearFirst = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^\d{4}[/.-]\d{1,2}[/.-]\d{1,2}$`) })
)

// signs makes slashes of the hyphens that some countries write between the parts
// of a date: 31-12-2026 is 31/12/2026.
func signs(s string) string { return strings.ReplaceAll(strings.TrimSpace(s), "-", "/") }

// due reads a date as spreadsheets write it: 2026-12-31 or 2026/12/31, 31.12.2026,
// or with slashes or hyphens in the order of the table. What can be read in two
// ways is refused with both.
func due(cell string, o order) (string, error) {
	s := strings.TrimSpace(cell)
	iso := func(layout, s string) (string, error) {
		t, err := time.Parse(layout, s)
		if err != nil {
			return "", fmt.Errorf("%q is not a date such as 2026-12-31", cell)
		}
		return t.Format(time.DateOnly), nil
	}
	switch {
	case s == "":
		return "", nil
	case dotted().MatchString(s):
		return iso("2.1.2006", strings.ReplaceAll(s, " ", ""))
	case yearFirst().MatchString(s):
		return iso("2006/1/2", strings.NewReplacer("-", "/", ".", "/").Replace(s))
	case !slashed().MatchString(s):
		return iso(time.DateOnly, s)
	}
	s = signs(s)
	if o != either {
		return iso(string(o), s)
	}
	var readings []string
	for _, layout := range []order{dayFirst, monthFirst} {
		if day, err := iso(string(layout), s); err == nil && !slices.Contains(readings, day) {
			readings = append(readings, day)
		}
	}
	switch len(readings) {
	case 0:
		return iso(time.DateOnly, s) // which it is not, either
	case 1:
		return readings[0], nil
	}
	return "", fmt.Errorf("%q can be read as %s and as %s; write one of them", cell, readings[0], readings[1])
}

// orderOf finds the order of the slashed dates of a table: that in which all of
// them are dates. Where both are, it is that in which the dates that a review
// has already (known, by practice) come out and the other order brings out none.
func orderOf(cells map[string]string, known map[string]string) order {
	fits := map[order]bool{dayFirst: true, monthFirst: true}
	same := map[order]int{}
	for practice, cell := range cells {
		s := signs(cell)
		if !slashed().MatchString(s) {
			continue
		}
		readings := map[order]string{}
		for o := range fits {
			if t, err := time.Parse(string(o), s); err == nil {
				readings[o] = t.Format(time.DateOnly)
			} else {
				fits[o] = false
			}
		}
		for o, day := range readings {
			if day == known[practice] && readings[dayFirst] != readings[monthFirst] {
				same[o]++
			}
		}
	}
	switch {
	case fits[dayFirst] != fits[monthFirst]:
		if fits[dayFirst] {
			return dayFirst
		}
		return monthFirst
	case !fits[dayFirst]:
		return either // the table mixes both: each date must speak for itself
	case same[dayFirst] > 0 && same[monthFirst] == 0:
		return dayFirst
	case same[monthFirst] > 0 && same[dayFirst] == 0:
		return monthFirst
	}
	return either
}
