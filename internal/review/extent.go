package review

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// Extents lists the words for how much of the fleet a partially implemented best practice
// covers, in ascending order. A percentage such as 35% is more precise.
func Extents() []string { return []string{"few", "half", "most"} }

// ExtentSyntax describes the values of an extent, for help and messages.
const ExtentSyntax = "few, half, most, or a percentage such as 35%"

// ParseExtent returns an extent as a percentage, 1 to 99, or 0 if it is one of Extents.
func ParseExtent(extent string) (percent int, err error) {
	if slices.Contains(Extents(), extent) {
		return 0, nil
	}
	digits, ok := strings.CutSuffix(extent, "%")
	if percent, err = strconv.Atoi(digits); err != nil || !ok || percent < 1 || percent > 99 {
		return 0, fmt.Errorf("%q is not one of %s", extent, ExtentSyntax)
	}
	return percent, nil
}
