package report

import (
	"html"
	"strings"
	"testing"

	"github.com/iotlens/iotlens/internal/text"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// What is put as text comes back as the same text from a reader of HTML, and
// holds no character that could end the place where it stands.
func TestTextStaysText(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		given := rapid.String().Draw(t, "text")
		s := &sheet{}
		s.put(`<p title="%">%</p>`, given, given)
		inner, ok := strings.CutPrefix(string(s.b), `<p title="`)
		require.True(t, ok)
		inner, ok = strings.CutSuffix(inner, `</p>`)
		require.True(t, ok)
		title, body, ok := strings.Cut(inner, `">`)
		require.True(t, ok)
		for _, part := range []string{title, body} {
			require.NotContains(t, part, "<")
			require.NotContains(t, part, ">")
			require.NotContains(t, part, `"`)
			require.NotContains(t, part, "'")
			require.Equal(t, text.Clean(given, true), html.UnescapeString(part))
		}
	})
}

func TestPutIsStrict(t *testing.T) {
	s := &sheet{}
	s.put("<b>%</b> % % %", "a<b", 3, 1.5, markup("<i>"))
	assert.Equal(t, "<b>a&lt;b</b> 3 1.5 <i>", string(s.b))
	assert.Panics(t, func() { s.put("%", true) })
	assert.Panics(t, func() { s.put("", "left over") })
}
