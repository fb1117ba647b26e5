package compare

import (
	"fmt"
	"strings"
)

// caveats names what makes open reviews hard to compare: another major version
// of the schema, a newer review that looked at less, gaps that have no id.
func caveats(older, newer Snapshot) []string {
	var out []string
	was, is := major(older.Schema), major(newer.Schema)
	if was != "" && is != "" && was != is {
		out = append(out, fmt.Sprintf("the older review keeps to version %s of the open schema, the newer one to version %s", was, is))
	}
	if older.Depth == full && newer.Kind == AWSReview && newer.Depth != full {
		depth := newer.Depth
		if depth == "" {
			depth = "of unknown depth"
		}
		out = append(out, fmt.Sprintf("the older review is full and the newer one %s; what it leaves out is not resolved", depth))
	}
	if n := len(newer.Advisory); n > 0 {
		titles := make([]string, n)
		for i, p := range newer.Advisory {
			titles[i] = p.Title
		}
		what := "gaps have no id, so that nothing can pair them and none fails"
		if n == 1 {
			what = "gap has no id, so that nothing can pair it and it does not fail"
		}
		out = append(out, fmt.Sprintf("%d %s: %s", n, what, strings.Join(titles, "; ")))
	}
	return out
}

// full is the depth of an open review that looked at everything.
const full = "full"

func major(version string) string {
	v, _, _ := strings.Cut(version, ".")
	return v
}
