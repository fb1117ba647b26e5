package filekind

import "regexp"

// A key at the beginning of a line, and one within braces.
var (
	blockKey = regexp.MustCompile(`(?m)^"?([A-Za-z_][A-Za-z0-9_-]*)"?:(?:[ \t\r]|$)`)
	flowKey  = regexp.MustCompile(`[{,]\s*"?([A-Za-z_][A-Za-z0-9_-]*)"?: `)
)

type keySet map[string]bool

func (k keySet) any(names ...string) bool {
	for _, n := range names {
		if k[n] {
			return true
		}
	}
	return false
}

// ofYAML tells the kind of YAML, by the keys that a pattern finds.
func ofYAML(data []byte, key *regexp.Regexp) Kind {
	keys := keySet{}
	for _, m := range key.FindAllSubmatch(data, -1) {
		keys[string(m[1])] = true
	}
	switch {
	case keys["schema"] && keys.any("workload", "answers", "waivers", "parked", "lens_version"):
		return Review
	case keys["schema"] && keys.any("questions", "ignore", "unmatched", "lens_alias"):
		return IDMap
	case keys["schema"]:
		return Review
	case keys["id"] && keys.any("practices", "pillars", "title", "name"):
		return Bank
	case keys.any("fail_on", "min_score", "min_coverage", "unanswered", "unknown", "baseline", "hard", "soft"):
		return Policy
	}
	return Other
}
