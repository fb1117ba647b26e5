package yamlfile_test

import (
	"strings"
	"testing"

	"github.com/iotlens/iotlens/internal/yamlfile"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

func TestProseIsFolded(t *testing.T) {
	type text struct {
		Why string `yaml:"why"`
	}
	sentence := "Certificates die on a date that nobody watches, and a fleet whose certificates expire on one day goes dark on it."
	out := string(yamlfile.EncodeProse(text{sentence + "\n\n" + sentence + "\nShort."}))
	assert.Equal(t, `why: >-
  Certificates die on a date that nobody watches, and a fleet whose certificates expire on one day goes dark on it.


  Certificates die on a date that nobody watches, and a fleet whose certificates expire on one day goes dark on it.

  Short.
`, out)
	for line := range strings.Lines(string(yamlfile.EncodeProse(text{strings.Repeat(sentence+" ", 5) + "End."}))) {
		assert.LessOrEqual(t, len(line), 121)
	}
	assert.Equal(t, "why: Short.\n", string(yamlfile.EncodeProse(text{"Short."})))
}

func TestFoldedProseDecodesToTheSame(t *testing.T) {
	piece := rapid.OneOf(
		rapid.SampledFrom([]string{" ", " ", " ", "  ", "\n", "\n\n", "\t", ": ", " #", "- ", "> ", "---", "é", "\u00a0", "\u2028", "\ufeff", "x", "'", `"`, "%", "{", "日本語"}),
		rapid.StringMatching(`[a-z.,]{1,30}`),
	)
	type wrapped struct {
		Items []file `yaml:"items"`
	}
	rapid.Check(t, func(t *rapid.T) {
		text := strings.TrimRight(strings.Join(rapid.SliceOfN(piece, 1, 80).Draw(t, "pieces"), ""), "\n")
		want := wrapped{[]file{{ID: "a", Items: []part{{Level: "low", Note: text}}}}}
		for _, data := range [][]byte{yamlfile.EncodeProse(want), yamlfile.Encode(want)} {
			var got wrapped
			_, problems := yamlfile.Decode("f.yaml", data, &got)
			require.Empty(t, problems, "%s", data)
			require.Equal(t, want, got, "%s", data)
		}
	})
}
