package spreadsheet

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// Dates as spreadsheets write them: Excel, LibreOffice and Google Sheets, in their
// languages, with a time of day where the cell has one.
func TestDatesAsSpreadsheetsWriteThem(t *testing.T) {
	for _, cell := range []string{
		"2027-01-31", "2027/1/31", "2027.01.31", "2027. 1. 31.", "31.01.2027", "31. 1. 2027", "31.01.27", "31/01/2027", "1/31/2027", "01/31/27", "31-01-2027",
		"31-Jan-27", "31-Jan-2027", "31 Jan 2027", "January 31, 2027", "Jan 31, 2027", "Sunday, January 31, 2027", "Sunday, 31 January 2027", "2027-Jan-31",
		"31. Januar 2027", "31. Jän. 2027", "31 janvier 2027", "31 janv. 2027", "31 de enero de 2027", "31 gennaio 2027", "31-gen-27", "31 de janeiro de 2027", "2027年1月31日", "2027년 1월 31일",
		"2027-01-31 00:00:00", "2027-01-31T00:00:00", "2027-01-31T08:15:00Z", "2027-01-31 08:15:00.000", "31.01.2027 08:15", "1/31/2027 12:00:00 AM", "1/31/27, 8:15 pm", "31-Jan-27 08:15", " 2027-01-31 ",
	} {
		got, err := parseDate(cell, unknownOrder)
		require.NoError(t, err, cell)
		assert.Equal(t, "2027-01-31", got, cell)
	}
	for cell, want := range map[string]string{
		"1 août 2027": "2027-08-01", "15-août-27": "2027-08-15", "1 juin 2027": "2027-06-01", "1 juil. 2027": "2027-07-01", "1. März 2027": "2027-03-01", "1 maart 2027": "2027-03-01",
		"1 mai 2027": "2027-05-01", "1 mars 2027": "2027-03-01", "1 mag 2027": "2027-05-01", "1 maggio 2027": "2027-05-01", "2 mei 2027": "2027-05-02", "1 settembre 2027": "2027-09-01",
		"1 out 2027": "2027-10-01", "1-Dez-27": "2027-12-01", "1-déc.-27": "2027-12-01", "29-Feb-28": "2028-02-29", "": "", "  ": "", "4/4/2027": "2027-04-04",
	} {
		got, err := parseDate(cell, unknownOrder)
		require.NoError(t, err, cell)
		assert.Equal(t, want, got, cell)
	}
}

// What has two meanings, or none, is refused with what to write.
func TestInvalidDates(t *testing.T) {
	for cell, want := range map[string]string{
		"03/04/2027":          `"03/04/2027" is ambiguous: 2027-04-03 or 2027-03-04; write one of them`,
		"03-04-2027":          `"03-04-2027" is ambiguous: 2027-04-03 or 2027-03-04; write one of them`,
		"03/04/2027 00:00:00": `"03/04/2027 00:00:00" is ambiguous: 2027-04-03 or 2027-03-04; write one of them`,
		"27/01/31":            `"27/01/31" is ambiguous: 2031-01-27 or 2027-01-31; write one of them`,
		"03/04/27":            `"03/04/27" is ambiguous: 2027-04-03 or 2027-03-04; write one of them`,
		"31-Jan":              `"31-Jan" has no year; write it as 2026-12-31`,
		"31.1.":               `"31.1." has no year; write it as 2026-12-31`,
		"30-Feb-27":           `"30-Feb-27" is not a date such as 2026-12-31`,
		"2027-02-30":          `"2027-02-30" is not a date such as 2026-12-31`,
		"46418":               `"46418" is not a date such as 2026-12-31`,
		"soon":                `"soon" is not a date such as 2026-12-31`,
		"Jan 2027":            `"Jan 2027" is not a date such as 2026-12-31`,
		"Q1: 2027":            `"Q1: 2027" is not a date such as 2026-12-31`,
		"31-Marketing-27":     `"31-Marketing-27" is not a date such as 2026-12-31`,
		"1/2/3/4":             `"1/2/3/4" is not a date such as 2026-12-31`,
	} {
		got, err := parseDate(cell, unknownOrder)
		assert.Empty(t, got, cell)
		assert.EqualError(t, err, want, cell)
	}
}

// One date shows the order of the others.
func TestDetectOrder(t *testing.T) {
	for _, c := range []struct {
		cells, known map[string]string
		want         dateOrder
	}{
		{map[string]string{"a": "03/04/27", "b": "15/04/27"}, map[string]string{}, dayFirst}, // no plan has dates of 2015
		{map[string]string{"a": "03/04/2027", "b": "15/04/2027"}, map[string]string{}, dayFirst},
		{map[string]string{"a": "03/04/27", "b": "04/15/27"}, map[string]string{}, monthFirst},
		{map[string]string{"a": "27/03/04", "b": "27/03/05"}, map[string]string{"b": "2027-03-05"}, yearFirst},
		{map[string]string{"a": "03/04/2027", "b": "04/03/2027"}, map[string]string{"b": "2027-03-04"}, dayFirst},
		{map[string]string{"a": "13/04/2027", "b": "04/13/2027"}, map[string]string{}, unknownOrder},
		{map[string]string{"a": "2027-03-04"}, map[string]string{"a": "2027-03-04"}, unknownOrder},
	} {
		assert.Equal(t, c.want, detectOrder(c.cells, c.known), "%v", c.cells)
	}
}

// A name that only begins like a month is none.
func TestMonths(t *testing.T) {
	for word, want := range map[string]int{"january": 1, "mar": 3, "marzo": 3, "maart": 3, "mayo": 5, "juillet": 7, "junho": 6, "agosto": 8, "x": 0, "ma": 0, "j": 0} {
		assert.Equal(t, want, monthNumber(word), word)
	}
}
