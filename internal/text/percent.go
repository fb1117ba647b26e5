package text

import "fmt"

// Percent formats a score or a coverage as a whole number, rounded down, so that 99.9 is not
// shown as 100.
func Percent(p float64) string { return fmt.Sprintf("%d %%", WholePercent(p)) }

// WholePercent rounds a percentage down to a whole number. Sums of binary fractions may
// be slightly off: three times 0.3 is less than 0.9.
func WholePercent(p float64) int { return int(p + 1e-9) }
