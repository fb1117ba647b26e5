// Package suggest finds the known word that is closest to an unknown one.
//
// Every error message of iotlens that refuses a word (an id, a key, a status,
// a format) asks this package whether a known word is close enough to be
// offered as "did you mean".
package suggest

import (
	"fmt"
	"strings"
)

// Closest returns the candidate nearest to word, comparing without regard to
// case, and whether it is near enough to be worth offering: at most a third of
// the letters differ, and never more than three. Of equally near candidates
// the first wins. Where none is near, it is the one that alone begins with the word, of
// at least three letters: github for github-issues.
func Closest(word string, candidates []string) (string, bool) {
	lower := strings.ToLower(word)
	limit := min(3, max(1, len(lower)/3))
	best, found := "", false
	for _, c := range candidates {
		if d := distance(lower, strings.ToLower(c), limit); d <= limit {
			best, found, limit = c, true, d-1
			if limit < 0 {
				break
			}
		}
	}
	if found || len(word) < 3 {
		return best, found
	}
	for _, c := range candidates {
		switch {
		case !strings.HasPrefix(strings.ToLower(c), lower):
		case best == "":
			best = c
		default:
			return "", false
		}
	}
	return best, best != ""
}

// DidYouMean is Closest as the end of a sentence: `, did you mean "x"?`, or
// nothing.
func DidYouMean(word string, candidates []string) string {
	if best, ok := Closest(word, candidates); ok {
		return `, did you mean "` + best + `"?`
	}
	return ""
}

// listed is how many known words a message lists; more are no help.
const listed = 30

// Unknown is the message for a word that is none of the known ones: `unknown
// pillar "securty", did you mean "security"?`, or with the words that are known.
func Unknown(what, word string, known []string) string {
	message := fmt.Sprintf("unknown %s %q", what, word)
	if meant := DidYouMean(word, known); meant != "" {
		return message + meant
	}
	if len(known) == 0 || len(known) > listed {
		return message
	}
	return message + "; known: " + strings.Join(known, ", ")
}

// distance is the number of single-letter edits (insert, delete, replace, swap
// of neighbours) between a and b, or limit+1 as soon as it must be larger.
func distance(a, b string, limit int) int {
	if len(a)-len(b) > limit || len(b)-len(a) > limit {
		return limit + 1
	}
	before, prev, cur := make([]int, len(b)+1), make([]int, len(b)+1), make([]int, len(b)+1)
	for j := range prev {
		prev[j] = j
	}
	for i := 1; i <= len(a); i++ {
		cur[0] = i
		for j := 1; j <= len(b); j++ {
			cost := 1
			if a[i-1] == b[j-1] {
				cost = 0
			}
			cur[j] = min(prev[j]+1, cur[j-1]+1, prev[j-1]+cost)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				cur[j] = min(cur[j], before[j-2]+1)
			}
		}
		before, prev, cur = prev, cur, before
	}
	return prev[len(b)]
}
