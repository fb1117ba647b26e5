package text

import "fmt"

// Count returns a number with its noun: 1 answer, 2 answers.
func Count(n int, noun string) string { return Plural(n, noun, noun+"s") }

// Plural returns a number with the words for one or for another number, if more than a
// final s differs: 1 answer is, 2 answers are.
func Plural(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, many)
}
