package pdf

import (
	"bytes"
	"encoding/binary"
	"io"
	"slices"
	"strings"
	"testing"

	"github.com/go-fonts/liberation/liberationsansregular"
	"github.com/iotlens/iotlens/internal/review"
	"github.com/iotlens/iotlens/internal/scoring"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/image/font/sfnt"
)

// drawn is a font of boxes for some characters.
func drawn(runes ...rune) []byte {
	slices.Sort(runes)
	glyphs := []glyph{{width: 500}}
	for i := range runes {
		side := 600 + 20*i
		glyphs = append(glyphs, glyph{width: 1000, contours: [][]outlinePoint{{{100, 0, true}, {side, 0, true}, {side, side, false}, {100, side, true}}}})
	}
	return trueType(1000, runes, glyphs)
}

func assessmentOf(name string) *scoring.Assessment {
	return &scoring.Assessment{Today: "2026-11-23", Workload: review.Workload{Name: name}}
}

// A character that the built-in fonts lack is set in the first extra font that has it.
// Characters that no font has or that need shaping are reported as missing.
func TestExtraFonts(t *testing.T) {
	write := func(fonts ...*Font) (string, Missing) {
		var out bytes.Buffer
		var missing Missing
		require.NoError(t, Write(&out, assessmentOf("Łódź 工場 ზ شبكة 👍"), Options{Fonts: fonts, Missing: func(m Missing) { missing = m }}))
		return out.String(), missing
	}
	_, missing := write()
	assert.Equal(t, "8 characters could not be set and are shown by code point (Arabic 4, Han 2, Georgian 1, symbols 1); give a font with --font FILE for those that need no shaping, or use -f html, which shows every script", missing.String())

	first, err := ParseFont("first.ttf", drawn('工', 'ش'))
	require.NoError(t, err)
	second, err := ParseFont("second.ttf", drawn('工', '場', 'ზ'))
	require.NoError(t, err)
	out, missing := write(first, second)
	assert.Equal(t, "5 characters could not be set and are shown by code point (Arabic 4, symbols 1); a PDF of iotlens cannot shape these: use -f html, which shows every script", missing.String())
	assert.True(t, strings.Contains(out, "utf8extra0") && strings.Contains(out, "utf8extra1"), "both fonts are in the PDF")
	again, _ := write(first, second)
	assert.True(t, out == again, "the same bytes")

	assert.Empty(t, Missing{}.String())
	assert.Equal(t, "1 character could not be set and is shown by code point (Han 1); give a font that has them with --font FILE, or use -f html, which shows every script", Missing{'工': true}.String())
}

// A glyph is the same after trueType has written it.
func TestTrueTypeKeepsOutlines(t *testing.T) {
	whole, err := ParseFont("liberation", liberationsansregular.TTF)
	require.NoError(t, err)
	runes := []rune("AÅgß%")
	sub, ok := whole.subsetOf(runes)
	require.True(t, ok)
	again, err := ParseFont("subset", sub.ttf)
	require.NoError(t, err)
	var b sfnt.Buffer
	for _, r := range runes {
		want, err := whole.glyph(&b, r)
		require.NoError(t, err)
		got, err := again.glyph(&b, r)
		require.NoError(t, err)
		assert.Equal(t, want.width, got.width)
		for i := range want.contours { // a reader may begin a contour elsewhere
			assert.ElementsMatch(t, unique(want.contours[i]), unique(got.contours[i]), "%c", r)
		}
	}
}

func unique(list []outlinePoint) []outlinePoint {
	var out []outlinePoint
	seen := map[outlinePoint]bool{}
	for _, p := range list {
		if !seen[p] {
			out = append(out, p)
		}
		seen[p] = true
	}
	return out
}

func TestBrokenFont(t *testing.T) {
	for name, data := range map[string][]byte{
		"empty": nil, "text": []byte("not a font"), "cut off": liberationsansregular.TTF[:2000], "zeros": make([]byte, 4096),
	} {
		_, err := ParseFont(name+".ttf", data)
		assert.ErrorContains(t, err, name+".ttf: ", name)
	}
}

// Any font file gives an error or a PDF, but no panic and no endless loop.
func FuzzFont(f *testing.F) {
	f.Add(drawn('工', '場'))
	f.Add(liberationsansregular.TTF[:4096])
	a := assessmentOf("工場 Łódź")
	f.Fuzz(func(t *testing.T, data []byte) {
		font, err := ParseFont("f.ttf", data)
		if err != nil {
			return
		}
		require.NoError(t, Write(io.Discard, a, Options{Fonts: []*Font{font}}))
	})
}

// The left side bearing of a glyph is the left edge of its outline.
func TestTrueTypeBearings(t *testing.T) {
	whole, err := ParseFont("liberation", liberationsansregular.TTF)
	require.NoError(t, err)
	runes := []rune("il jW")
	sub, ok := whole.subsetOf(runes)
	require.True(t, ok)
	tables := map[string][]byte{}
	for at := 12; at < 12+16*int(binary.BigEndian.Uint16(sub.ttf[4:])); at += 16 {
		from, size := binary.BigEndian.Uint32(sub.ttf[at+8:]), binary.BigEndian.Uint32(sub.ttf[at+12:])
		tables[string(sub.ttf[at:at+4])] = sub.ttf[from : from+size]
	}
	outlined := 0
	for i := range len(runes) + 1 {
		from, to := binary.BigEndian.Uint32(tables["loca"][4*i:]), binary.BigEndian.Uint32(tables["loca"][4*i+4:])
		if from == to {
			continue // a blank
		}
		outlined++
		left := binary.BigEndian.Uint16(tables["glyf"][from+2:])
		assert.NotZero(t, left)
		assert.Equal(t, left, binary.BigEndian.Uint16(tables["hmtx"][4*i+2:]), "glyph %d", i)
	}
	assert.Equal(t, 4, outlined)
}
