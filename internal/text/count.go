package text

import "fmt"

// Count is a number with its noun: 1 answer, 2 answers.
func Count(n int, noun string) string {
	if n != 1 {
		noun += "s"
	}
	return fmt.Sprintf("%d %s", n, noun)
}
