package compare

import (
	"cmp"
	"fmt"
	"strings"

	"github.com/iotlens/iotlens/internal/text"
)

// caveats lists what makes open reviews hard to compare: another major version of the
// schema, a newer review that covered less, gaps without an id.
func caveats(older, newer Snapshot) []string {
	var out []string
	was, is := major(older.Schema), major(newer.Schema)
	if was != "" && is != "" && was != is {
		out = append(out, fmt.Sprintf("the open schema has version %s in the older review and version %s in the newer one", was, is))
	}
	const full = "full"
	if older.Depth == full && newer.Kind == AWSReview && newer.Depth != full {
		out = append(out, fmt.Sprintf("the older review is full and the newer one %s; findings that it does not mention are not resolved", cmp.Or(newer.Depth, "of unknown depth")))
	}
	if len(newer.GapsWithoutID) > 0 {
		titles := make([]string, len(newer.GapsWithoutID))
		for i, p := range newer.GapsWithoutID {
			titles[i] = p.Title
		}
		out = append(out, text.Plural(len(titles), "gap without an id is", "gaps without an id are")+" not compared and cannot fail: "+strings.Join(titles, "; "))
	}
	return out
}

// major is the first part of a version number.
func major(version string) string {
	v, _, _ := strings.Cut(version, ".")
	return v
}
