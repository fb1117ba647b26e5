package dates_test

import (
	"strings"
	"testing"
	"time"

	"github.com/iotlens/iotlens/internal/dates"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

const today = "2026-11-24" // a Tuesday

func TestParse(t *testing.T) {
	for _, c := range []struct{ said, want string }{
		{"2027-01-31", "2027-01-31"},
		{" 2027-1-31 ", "2027-01-31"},
		{"2027/1/31", "2027-01-31"},
		{"20270131", "2027-01-31"},
		{"31.1.2027", "2027-01-31"},
		{"31. 1. 2027", "2027-01-31"},
		{"31.1.27", "2027-01-31"},
		{"31.1.", "2027-01-31"},
		{"03.04.2027", "2027-04-03"},
		{"31/1/2027", "2027-01-31"},
		{"1/31/2027", "2027-01-31"},
		{"4/4/2027", "2027-04-04"},
		{"31/1", "2027-01-31"},
		{"31-01-2027", "2027-01-31"},
		{"2026-01-31", "2026-01-31"},

		{"31 Jan", "2027-01-31"},
		{"Jan 31", "2027-01-31"},
		{"31 JANUARY 2028", "2028-01-31"},
		{"January 31st, 2028", "2028-01-31"},
		{"31st of January", "2027-01-31"},
		{"31-Jan-27", "2027-01-31"},
		{"31 jan '27", "2027-01-31"},
		{"3 Sept.", "2027-09-03"},
		{"24 Nov", "2026-11-24"},
		{"23 Nov", "2027-11-23"},
		{"29 Feb", "2028-02-29"},
		{"Fri, 29 Jan", "2027-01-29"},
		{"by 31 Jan", "2027-01-31"},

		{"today", "2026-11-24"},
		{"Tomorrow", "2026-11-25"},
		{"yesterday", "2026-11-23"},
		{"the day after tomorrow", "2026-11-26"},
		{"+30d", "2026-12-24"},
		{"+ 30 days", "2026-12-24"},
		{"30d", "2026-12-24"},
		{"+6w", "2027-01-05"},
		{"in 6 weeks", "2027-01-05"},
		{"two weeks", "2026-12-08"},
		{"in a week", "2026-12-01"},
		{"+3m", "2027-02-24"},
		{"3 months from now", "2027-02-24"},
		{"+1y", "2027-11-24"},
		{"-3d", "2026-11-21"},
		{"3 days ago", "2026-11-21"},

		{"friday", "2026-11-27"},
		{"on Friday", "2026-11-27"},
		{"fri", "2026-11-27"},
		{"tuesday", "2026-12-01"},
		{"monday", "2026-11-30"},
		{"next friday", "2026-12-04"},
		{"next tue", "2026-12-01"},
		{"this friday", "2026-11-27"},
		{"last friday", "2026-11-20"},
		{"last tuesday", "2026-11-17"},

		{"end of March", "2027-03-31"},
		{"end of feb 2028", "2028-02-29"},
		{"End of the month", "2026-11-30"},
		{"end of next month", "2026-12-31"},
		{"eom", "2026-11-30"},
		{"start of november", "2027-11-01"},
		{"start of month", "2026-12-01"},
		{"beginning of May 2027", "2027-05-01"},
		{"first day of May", "2027-05-01"},
		{"mid March", "2027-03-15"},
		{"end of quarter", "2026-12-31"},
		{"end of next quarter", "2027-03-31"},
		{"end of Q1", "2027-03-31"},
		{"end of Q3 2027", "2027-09-30"},
		{"start of 2027 Q2", "2027-04-01"},
		{"mid Q1", "2027-02-15"},
		{"end of H1", "2027-06-30"},
		{"mid 2027", "2027-06-30"},
		{"end of year", "2026-12-31"},
		{"eoy 2027", "2027-12-31"},
		{"end of 2027", "2027-12-31"},
		{"end of week", "2026-11-27"},
		{"end of next week", "2026-12-04"},
		{"start of next week", "2026-11-30"},
		{"end of week 5", "2027-02-05"},
		{"start of 2027-W05", "2027-02-01"},
		{"end of KW 5", "2027-02-05"},
		{"start of KW5", "2027-02-01"},
		{"end of last month", "2026-10-31"},
	} {
		got, err := dates.Parse(c.said, today)
		assert.Equal(t, c.want, got, "%s: %v", c.said, err)
	}
}

// The input is given on the last day of a month or a week.
func TestParseAtPeriodEnds(t *testing.T) {
	for _, c := range []struct{ today, said, want string }{
		{"2027-01-31", "+1m", "2027-02-28"},
		{"2028-02-29", "+1y", "2029-02-28"},
		{"2027-01-31", "end of month", "2027-01-31"},
		{"2027-01-31", "31 Jan", "2027-01-31"},
		{"2026-11-27", "friday", "2026-12-04"},
		{"2026-11-28", "end of week", "2026-12-04"}, // a Saturday
		{"2026-11-29", "next friday", "2026-12-04"}, // a Sunday
		{"2026-11-29", "friday", "2026-12-04"},
		{"2026-12-31", "tomorrow", "2027-01-01"},
		{"2026-12-31", "next monday", "2027-01-04"},
		{"2096-03-01", "29 feb", "2104-02-29"}, // 2100 is no leap year
		{"2026-12-30", "end of w53", "2027-01-01"},
	} {
		got, err := dates.Parse(c.said, c.today)
		assert.Equal(t, c.want, got, "%s on %s: %v", c.said, c.today, err)
	}
}

// Ambiguous, non-existent and unknown dates are errors that say what to write.
func TestParseErrors(t *testing.T) {
	for _, c := range []struct{ said, want string }{
		{"03/04/2027", `"03/04/2027" can be read as 2027-04-03 (3 April) and as 2027-03-04 (4 March); write one of them`},
		{"3-4-2027", `"3-4-2027" can be read as 2027-04-03 (3 April) and as 2027-03-04 (4 March); write one of them`},
		{"3/4", `"3/4" can be read as 2027-04-03 (3 April) and as 2027-03-04 (4 March); write one of them`},
		{"27-01-03", `"27-01-03" can be read as 2003-01-27 (27 January) and as 2027-01-03 (3 January); write one of them`},
		{"next week", `"next week" lasts from 2026-11-30 to 2026-12-04; write one of them, or start of next week or end of next week`},
		{"March 2027", `"march 2027" lasts from 2027-03-01 to 2027-03-31; write one of them, or start of march 2027 or end of march 2027`},
		{"Q1", `"q1" lasts from 2027-01-01 to 2027-03-31; write one of them, or start of q1 or end of q1`},
		{"2027-02-30", "there is no 30 February 2027: the month has 28 days"},
		{"31 April", "there is no 31 April"},
		{"31.4.2027", "there is no 31 April 2027: the month has 30 days"},
		{"2026-13-01", "there is no month 13; a date is written as 2027-01-31"},
		{"Friday 31 Jan", "2027-01-31 is a Sunday, not a Friday"},
		{"+30", `"+30" has no unit: write +30d for days, +30w for weeks or +30m for months`},
		{"nxt friday", `"nxt friday" is not a date, did you mean "next friday"?`},
		{"end of janury", `"end of janury" is not a date, did you mean "end january"?`},
		{"end of e 5", `"end of e 5" is not a date; write one such as ` + dates.Examples},
		{"never", `"never" is not a date; write one such as ` + dates.Examples},
		{"", `"" is not a date; write one such as ` + dates.Examples},
		{"31", `"31" is not a date; write one such as ` + dates.Examples},
		{"\x1b[2J", `"\x1b[2J" is not a date; write one such as ` + dates.Examples},
		{"+9999y", `"+9999y" is not in a year of four digits`},
	} {
		got, err := dates.Parse(c.said, today)
		assert.EqualError(t, err, c.want, c.said)
		assert.Empty(t, got)
	}
}

// Every example in Forms and in Examples is a valid date.
func TestExamplesParse(t *testing.T) {
	all := dates.Examples
	for _, f := range dates.Forms() {
		all += ", " + f.Examples
	}
	for _, example := range strings.Split(all, ", ") {
		got, err := dates.Parse(example, today)
		assert.NoError(t, err, example)
		assert.NotEmpty(t, got, example)
	}
}

// Any day of the calendar is parsed as itself in each of its notations.
func TestParseRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		day := time.Date(2000, 1, 1, 0, 0, 0, 0, time.UTC).AddDate(0, 0, rapid.IntRange(0, 36500).Draw(t, "day"))
		for _, layout := range []string{"2006-01-02", "2006-1-2", "2.1.2006", "2 January 2006", "Jan 2 2006", "Monday, 2 Jan 2006", "20060102"} {
			got, err := dates.Parse(day.Format(layout), today)
			require.NoError(t, err)
			require.Equal(t, day.Format(time.DateOnly), got, layout)
		}
	})
}

// Any text is either parsed as a day or an error, never both.
func TestParseAnyText(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		words := rapid.SliceOfN(rapid.OneOf(rapid.SampledFrom(strings.Fields("end of start mid next last this friday march q2 week 31 2027 + - 6 w d m ago in a two eom kw5 h1 . , /")), rapid.String()), 0, 5).Draw(t, "words")
		got, err := dates.Parse(strings.Join(words, rapid.SampledFrom([]string{" ", "", "-", "."}).Draw(t, "sep")), today)
		if err != nil {
			require.Empty(t, got)
			return
		}
		_, err = time.Parse(time.DateOnly, got)
		require.NoError(t, err)
	})
}

func TestDescribe(t *testing.T) {
	for day, want := range map[string]string{
		"2027-01-31": "Sunday, in 68 days", "2026-11-24": "Tuesday, today", "2026-11-25": "Wednesday, tomorrow",
		"2026-11-23": "Monday, yesterday", "2026-01-31": "Saturday, 297 days ago", "never": "",
	} {
		assert.Equal(t, want, dates.Describe(day, today))
	}
}

func TestNextOccurrence(t *testing.T) {
	assert.Equal(t, "2027-01-31", dates.NextOccurrence("2026-01-31", today))
	assert.Equal(t, "2028-02-29", dates.NextOccurrence("2024-02-29", today))
	assert.Equal(t, "never", dates.NextOccurrence("never", today))
	assert.True(t, dates.Past("2026-11-23", today))
	assert.False(t, dates.Past(today, today))
}
