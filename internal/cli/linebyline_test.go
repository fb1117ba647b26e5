package cli

import (
	"testing"

	"github.com/stretchr/testify/assert"
)

// The full screen needs a terminal that can show it, and no flag or variable against it.
func TestWhenReviewPromptsLineByLine(t *testing.T) {
	for _, c := range []struct {
		name        string
		in, out     bool
		env         []string
		asked, want bool
	}{
		{name: "a terminal", in: true, out: true, env: []string{"TERM=xterm-256color"}},
		{name: "asked for", in: true, out: true, env: []string{"TERM=xterm-256color"}, asked: true, want: true},
		{name: "answers from a pipe", out: true, env: []string{"TERM=xterm-256color"}, want: true},
		{name: "a transcript", in: true, env: []string{"TERM=xterm-256color"}, want: true},
		{name: "a dumb terminal", in: true, out: true, env: []string{"TERM=dumb"}, want: true},
		{name: "no terminal named", in: true, out: true, want: true},
		{name: "a screen reader", in: true, out: true, env: []string{"TERM=xterm", "ACCESSIBLE=1"}, want: true},
		{name: "ACCESSIBLE empty", in: true, out: true, env: []string{"ACCESSIBLE=", "TERM=xterm"}},
		{name: "said twice, the last one counts", in: true, out: true, env: []string{"TERM=xterm", "TERM=dumb"}, want: true},
	} {
		a := &app{IO: IO{StdinTTY: c.in, StdoutTTY: c.out, Env: c.env}}
		assert.Equal(t, c.want, a.lineByLine(c.asked), c.name)
	}
}
