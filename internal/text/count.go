package text

import "fmt"

// Count is a number with its noun: 1 answer, 2 answers.
func Count(n int, noun string) string { return Plural(n, noun, noun+"s") }

// Plural is a number with the words for one and for any other number, where an
// s at the end isn't all that differs: 1 answer is, 2 answers are.
func Plural(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, many)
}
