// Package suggest finds the known word that is closest to an unknown one.
//
// Every error message about an unknown word (an id, a key, a status, a format) uses this
// package to suggest a known word that is close enough.
package suggest

import (
	"fmt"
	"strings"
)

// Closest returns the candidate that is closest to word, ignoring case, and whether it is
// close enough to suggest: at most a third of the letters differ, and at most three. Of
// equally close candidates it takes the first. If none is close, it returns the only
// candidate that begins with the word, if this has three letters or more: github-issues for
// github.
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

// DidYouMean returns the closest candidate as the end of a sentence, `, did you mean "x"?`,
// or "" if none is close.
func DidYouMean(word string, candidates []string) string {
	if best, ok := Closest(word, candidates); ok {
		return `, did you mean "` + best + `"?`
	}
	return ""
}

// maxListed is up to how many known words a message lists; more are not helpful.
const maxListed = 30

// Unknown returns the message for an unknown word: `unknown pillar "securty", did you mean
// "security"?`, or a list of the known words if none is close.
func Unknown(what, word string, known []string) string {
	message := fmt.Sprintf("unknown %s %q", what, word)
	if meant := DidYouMean(word, known); meant != "" {
		return message + meant
	}
	if len(known) == 0 || len(known) > maxListed {
		return message
	}
	return message + "; known: " + strings.Join(known, ", ")
}

// distance returns the number of single-letter edits (insert, delete, replace, swap of
// neighbours) between a and b, or limit+1 if their lengths differ by more than limit.
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
