package text

import (
	"regexp"
	"sync"
)

// Pattern returns a regular expression that is compiled on first use: most commands need none,
// and one that is compiled in a package variable costs every start.
func Pattern(expr string) func() *regexp.Regexp {
	return sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(expr) })
}
