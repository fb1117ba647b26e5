package pdf

import (
	"bytes"
	"compress/zlib"
	"io"
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// The embedded subfonts are those of the linked fonts.
func TestLatinFilesAreCurrent(t *testing.T) {
	for _, f := range newFaces() {
		definition, ttf := f.build(0)
		definition = bytes.Replace(definition, []byte(`.ttf"`), []byte(`.ttf.z"`), 1)
		if os.Getenv("UPDATE_GOLDEN") != "" {
			var z bytes.Buffer
			w, err := zlib.NewWriterLevel(&z, zlib.BestCompression)
			require.NoError(t, err)
			_, err = w.Write(ttf)
			require.NoError(t, err)
			require.NoError(t, w.Close())
			require.NoError(t, os.WriteFile("latin/"+f.name+".json", definition, 0o644))
			require.NoError(t, os.WriteFile("latin/"+f.name+".ttf.z", z.Bytes(), 0o644))
			continue
		}
		known, file := f.readLatin()
		assert.Equal(t, string(definition), string(known))
		r, err := zlib.NewReader(bytes.NewReader(file))
		require.NoError(t, err)
		unpacked, err := io.ReadAll(r)
		require.NoError(t, err)
		assert.True(t, bytes.Equal(ttf, unpacked), "%s is not what UPDATE_GOLDEN=1 writes", f.name)
	}
}

// Every character of the fonts has a code in one subfont, and character is the inverse of
// codeOf.
func TestCodeOf(t *testing.T) {
	type at struct {
		number int
		code   byte
	}
	seen := map[at]rune{}
	faces := newFaces()
	for r := rune(' '); r <= 0xFFFF; r++ {
		if !builtinHasGlyph(r) || r == 0x7F {
			continue
		}
		number, code := codeOf(r)
		require.Equal(t, r, character(number, code), "%U", r)
		require.Zero(t, seen[at{number, code}], "%U", r)
		seen[at{number, code}] = r
		if number > 0 {
			require.GreaterOrEqual(t, code, byte(firstOwnCode), "%U: what is below is in every subfont", r)
		}
		for _, f := range faces {
			g, err := f.wholeFont().glyph(nil, r)
			require.NoError(t, err)
			require.InDelta(t, 1000*float64(g.width)/2048, f.width(r), 0.5, "%U", r)
		}
	}
}

// A text is set in as few runs as its scripts need: spaces, digits and most punctuation are
// in every subfont.
func TestRuns(t *testing.T) {
	d := newDocument(assessmentOf(""), Options{}, nil)
	for text, want := range map[string][]string{
		"plain (text) \u2013 \u201cquoted\u201d\u2026 \u20ac 5": {"plain (text) \u2013 \u201cquoted\u201d\u2026 \u20ac 5"},
		"\u041a\u0438\u0457\u0432, 24.02: \u0434\u0430":         {"\u041a\u0438\u0457\u0432, 24.02: \u0434\u0430"},
		"to \u0141\u00f3d\u017a now":                            {"to ", "\u0141", "\u00f3d", "\u017a ", "now"},
		"":                                                      nil,
	} {
		var got []string
		for rest := text; rest != ""; {
			run, _ := d.run(rest)
			got = append(got, run)
			rest = rest[len(run):]
		}
		assert.Equal(t, want, got)
		assert.Equal(t, text, strings.Join(got, ""))
	}
}
