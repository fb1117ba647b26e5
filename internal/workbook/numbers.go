package workbook

import (
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"

	"github.com/xuri/nfp"
)

// shown is a number as a spreadsheet shows it in a style. Dates are in ISO 8601. A number that
// its format shows as a fraction, with an exponent, in thousands or not at all is shown in full.
func (b *book) shown(n float64, style string) string {
	section := b.section(style, n)
	f := numberFormat{decimals: -1}
	for _, t := range section.Items {
		switch t.TType {
		case nfp.TokenTypeDateTimes, nfp.TokenTypeElapsedDateTimes:
			if n < 0 || n >= serialEnd {
				return plainNumber(n)
			}
			return formatDay(b.timeOf(n))
		case nfp.TokenTypeColor, nfp.TokenTypeAlignment, nfp.TokenTypeRepeatsChar:
		default:
			if !f.add(t) {
				return plainNumber(n)
			}
		}
	}
	switch {
	case !f.digits:
		return plainNumber(n)
	case section.Type == nfp.TokenSectionNegative: // which shows the sign
		n = -n
	}
	return f.format(n)
}

// section is the part of the number format of a style that applies to a number. It is empty
// without a format.
func (b *book) section(style string, n float64) nfp.Section {
	i, err := strconv.Atoi(style)
	if err != nil || i < 0 || i >= len(b.formats) {
		return nfp.Section{}
	}
	code := b.formats[i]
	sections, ok := b.sections[code]
	if !ok {
		sections = parseFormat(code)
		b.sections[code] = sections
	}
	switch {
	case len(sections) == 0:
		return nfp.Section{}
	case n < 0 && len(sections) > 1:
		return sections[1]
	case n == 0 && len(sections) > 2:
		return sections[2]
	}
	return sections[0]
}

// parseFormat parses a format code. A code that is longer than Excel allows counts as none, as
// does one on which the parser panics: the file may come from anywhere.
func parseFormat(code string) (sections []nfp.Section) {
	const longest = 255
	if len(code) > longest {
		return nil
	}
	defer func() {
		if recover() != nil {
			sections = nil
		}
	}()
	p := nfp.NumberFormatParser()
	return p.Parse(code)
}

// A numberFormat is what the section of a format code asks for. Source: ECMA-376, part 1,
// 18.8.31.
type numberFormat struct {
	before, after  string // text around the digits
	digits         bool   // there is room for digits
	integers       int    // digits before the point at least
	point, grouped bool   // there is a decimal point, commas separate thousands
	decimals       int    // digits after the point at most; -1: as many as the number has
	least          int    // digits after the point at least
	percent        bool
	comma          bool // the last token was a comma
}

// add adds a token. It reports false for what is not supported.
func (f *numberFormat) add(t nfp.Token) bool {
	wasComma := f.comma
	f.comma = t.TType == nfp.TokenTypeThousandsSeparator
	switch t.TType {
	case nfp.TokenTypeGeneral:
		f.digits = true
	case nfp.TokenTypeZeroPlaceHolder, nfp.TokenTypeHashPlaceHolder, nfp.TokenTypeDigitalPlaceHolder:
		if f.after != "" {
			return false // digits with text between them, as in a phone number
		}
		f.place(len(t.TValue), t.TType == nfp.TokenTypeZeroPlaceHolder)
		f.grouped = f.grouped || wasComma
		return true
	case nfp.TokenTypeDecimalPoint:
		f.point, f.digits = true, true
	case nfp.TokenTypeThousandsSeparator:
	case nfp.TokenTypePercent:
		f.percent = true
		f.text("%")
	case nfp.TokenTypeLiteral:
		f.text(t.TValue)
	case nfp.TokenTypeCurrencyLanguage:
		for _, p := range t.Parts {
			if p.Token.TType == nfp.TokenSubTypeCurrencyString {
				f.text(p.Token.TValue)
			}
		}
	default:
		return false
	}
	return !wasComma // a comma that no digit follows divides by 1,000
}

// place makes room for digits; zeros are shown even where the number has none there.
func (f *numberFormat) place(n int, zeros bool) {
	f.digits = true
	if !f.point {
		f.decimals = 0
		if zeros {
			f.integers += n
		}
		return
	}
	f.decimals = max(f.decimals, 0) + n
	if zeros {
		f.least = f.decimals
	}
}

func (f *numberFormat) text(s string) {
	if f.digits {
		f.after += s
	} else {
		f.before += s
	}
}

func (f *numberFormat) format(n float64) string {
	if f.percent {
		n = scaled(n, 2)
	}
	whole, fraction, _ := strings.Cut(plainNumber(math.Abs(n)), ".")
	if f.decimals >= 0 {
		digits := strconv.FormatFloat(math.Round(scaled(math.Abs(n), f.decimals)), 'f', 0, 64)
		digits = strings.Repeat("0", max(0, f.decimals+1-len(digits))) + digits
		whole, fraction = digits[:len(digits)-f.decimals], digits[len(digits)-f.decimals:]
	}
	for len(fraction) > f.least && strings.HasSuffix(fraction, "0") {
		fraction = fraction[:len(fraction)-1]
	}
	whole = strings.Repeat("0", max(0, f.integers-len(whole))) + whole
	for i := len(whole) - 3; f.grouped && i > 0; i -= 3 {
		whole = whole[:i] + "," + whole[i:]
	}
	sign := ""
	if n < 0 && strings.Trim(whole+fraction, "0,") != "" {
		sign = "-"
	}
	if fraction != "" {
		fraction = "." + fraction
	}
	return sign + f.before + whole + fraction + f.after
}

// plainNumber is a number with the 15 digits that a spreadsheet keeps.
func plainNumber(n float64) string { return strconv.FormatFloat(scaled(n, 0), 'f', -1, 64) }

// scaled is n times a power of ten, of the 15 digits that a spreadsheet keeps: 1.005 by two
// places is 100.5, which rounds up, as it does there.
func scaled(n float64, places int) float64 {
	mantissa, exponent, _ := strings.Cut(strconv.FormatFloat(n, 'e', 14, 64), "e")
	e, _ := strconv.Atoi(exponent) // there is none only where n is infinite
	out, err := strconv.ParseFloat(fmt.Sprintf("%se%d", mantissa, e+places), 64)
	if err != nil {
		return n
	}
	return out
}

// builtIn is the format code of the number formats that workbooks need not list.
// Source: ECMA-376, part 1, 18.8.30. Those of days and times are one here.
func builtIn(id string) string {
	n, err := strconv.Atoi(id)
	switch {
	case err != nil:
		return ""
	case n >= 14 && n <= 22, n >= 27 && n <= 36, n >= 45 && n <= 47, n >= 50 && n <= 58:
		return "yyyy-mm-dd"
	}
	return map[int]string{
		1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%",
		37: "#,##0;(#,##0)", 38: "#,##0;(#,##0)", 39: "#,##0.00;(#,##0.00)", 40: "#,##0.00;(#,##0.00)",
	}[n]
}

// serialEnd is the day after the last one that a spreadsheet counts, 9999-12-31.
const serialEnd = 2958466

// likelyDay is the day of a number of the years 2000 to 2199. Others are none: a year, a
// share or a count is no day.
func (b *book) likelyDay(n float64) string {
	if n < 0 || n >= serialEnd {
		return ""
	}
	t := b.timeOf(n)
	if t.Year() < 2000 || t.Year() >= 2200 {
		return ""
	}
	return formatDay(t)
}

// timeOf is the time, to the second, of a number of days as a workbook counts them.
func (b *book) timeOf(days float64) time.Time {
	if b.from1904 {
		days += 1462
	}
	const day = 24 * 60 * 60
	seconds := int(math.Round(days * day))
	return epoch.AddDate(0, 0, seconds/day).Add(time.Duration(seconds%day) * time.Second)
}

// formatDay is a day, or a time if it is not midnight.
func formatDay(t time.Time) string {
	if t.Hour()+t.Minute()+t.Second() == 0 {
		return t.Format(time.DateOnly)
	}
	return t.Format(time.DateTime)
}

// parseISO parses the date or time of a cell of type "d". Source: ECMA-376, part 1, 18.17.4.1.
func parseISO(s string) (time.Time, error) {
	if t, err := time.Parse(time.DateOnly, s); err == nil {
		return t, nil
	}
	return time.Parse("2006-01-02T15:04:05", strings.TrimSuffix(s, "Z"))
}
