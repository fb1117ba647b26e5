package customlens

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

func TestReplaceDisallowed(t *testing.T) {
	assert.Equal(t, "Use 5 percent, or (a/b) 'c' - d...", replaceDisallowed(`Use 5%; or [a|b] "c" – d…`))
	rapid.Check(t, func(t *rapid.T) {
		s := replaceDisallowed(rapid.String().Draw(t, "s"))
		require.False(t, strings.ContainsFunc(s, func(r rune) bool { return !AllowedRune(r) }))
		require.Equal(t, s, replaceDisallowed(s))
	})
}
