package brand_test

import (
	"bytes"
	"encoding/binary"
	"errors"
	"hash/crc32"
	"image"
	"image/color"
	"image/gif"
	"image/jpeg"
	"image/png"
	"path/filepath"
	"strings"
	"testing"

	"github.com/iotlens/iotlens/internal/brand"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

func none(string) ([]byte, error) { return nil, errors.New("x.png: no such file") }

func TestParseReportsAllProblems(t *testing.T) {
	_, problems := brand.Parse("brand.yaml", []byte(`custommer: A
author: `+strings.Repeat("a", 101)+`
contact:
classification: "Strictly confidential, for the eyes of the board alone"
logo: x.png
accent: "#ffcc00"
`), none)
	var got []string
	for _, p := range problems {
		got = append(got, p.String())
	}
	assert.Equal(t, []string{
		`brand.yaml:1: unknown key "custommer", did you mean "customer"?`,
		`brand.yaml:2: author has 101 characters; the maximum is 100`,
		`brand.yaml:3: contact has no value; set it, or remove the key`,
		`brand.yaml:4: classification has 54 characters; the maximum is 40`,
		`brand.yaml:5: logo: x.png: no such file`,
		`brand.yaml:6: accent #ffcc00 has a contrast of 1.4 to its background; text needs 4.5; the nearest colour that has it is #8a6e00`,
	}, got)
	_, problems = brand.Parse("brand.yaml", []byte("x-mine: 1\n"), none)
	assert.EqualError(t, problems, "brand.yaml: sets nothing; a brand file has customer, author, contact, classification, logo or accent")
	for _, colour := range []string{"red", "0b5469", "#0b546", "#0b54691", "#0b546g", "#+b5469"} {
		_, problems = brand.Parse("brand.yaml", []byte("accent: \""+colour+"\"\n"), none)
		assert.ErrorContains(t, problems, "accent must be a colour", colour)
	}
}

// Every accepted or proposed colour is readable on its backgrounds.
func TestAccentIsReadable(t *testing.T) {
	grounds := func(dark bool) []brand.Colour {
		if dark {
			return []brand.Colour{{0x12, 0x18, 0x1e}, {0x1a, 0x22, 0x29}}
		}
		return []brand.Colour{{0xff, 0xff, 0xff}, {0xf5, 0xf7, 0xf8}}
	}
	rapid.Check(t, func(t *rapid.T) {
		c := brand.Colour{rapid.Byte().Draw(t, "r"), rapid.Byte().Draw(t, "g"), rapid.Byte().Draw(t, "b")}
		given := c.String()
		b, problems := brand.Parse("b", []byte("accent: \""+given+"\"\n"), none)
		if len(problems) > 0 {
			text := problems.Error()
			given = text[len(text)-7:]
			b, problems = brand.Parse("b", []byte("accent: \""+given+"\"\n"), none)
			require.Empty(t, problems, "the proposed colour passes")
		}
		require.Equal(t, given, b.Accent.Light.String())
		for _, g := range grounds(false) {
			require.GreaterOrEqual(t, brand.Contrast(b.Accent.Light, g), 4.5)
		}
		for _, g := range grounds(true) {
			require.GreaterOrEqual(t, brand.Contrast(b.Accent.Dark, g), 4.5)
		}
	})
	assert.InDelta(t, 21, brand.Contrast(brand.Colour{}, brand.Colour{255, 255, 255}), 0.01)
}

func picture(width, height int) image.Image {
	m := image.NewNRGBA64(image.Rect(3, 5, 3+width, 5+height))
	m.Set(4, 6, color.NRGBA{200, 10, 10, 128})
	return m
}

func encoded(t require.TestingT, encode func(*bytes.Buffer) error) []byte {
	var b bytes.Buffer
	require.NoError(t, encode(&b))
	return b.Bytes()
}

// bomb is a PNG that says that it is large, in a few bytes.
func bomb(width, height uint32) []byte {
	head := binary.BigEndian.AppendUint32(binary.BigEndian.AppendUint32([]byte("IHDR"), width), height)
	head = append(head, 8, 6, 0, 0, 0)
	out := append([]byte("\x89PNG\r\n\x1a\n\x00\x00\x00\x0d"), head...)
	return binary.BigEndian.AppendUint32(out, crc32.ChecksumIEEE(head))
}

func TestLogoIsReencoded(t *testing.T) {
	plain := encoded(t, func(b *bytes.Buffer) error { return png.Encode(b, picture(8, 4)) })
	photo := encoded(t, func(b *bytes.Buffer) error { return jpeg.Encode(b, picture(8, 4), nil) })
	for name, c := range map[string]struct {
		data []byte
		want string
	}{
		"png":               {append(bytes.Clone(plain), "<script>alert(1)</script>"...), ""},
		"jpeg":              {append(bytes.Clone(photo), "<script>alert(1)</script>"...), ""},
		"gif":               {encoded(t, func(b *bytes.Buffer) error { return gif.Encode(b, picture(8, 4), nil) }), "is not a PNG or JPEG picture"},
		"svg":               {[]byte(`<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>`), "is an SVG, which can carry scripts; convert it to PNG"},
		"text":              {[]byte("root:x:0:0"), "is not a PNG or JPEG picture"},
		"empty":             {nil, "is not a PNG or JPEG picture"},
		"a bomb":            {bomb(100000, 100000), "has 100000 by 100000 pixels; a logo has 1 to 2000 a side"},
		"cut off":           {plain[:len(plain)-20], "is a broken png picture"},
		"a head alone":      {bomb(20, 20), "is a broken png picture"},
		"cut off, in lines": {photo[:len(photo)/2], "JPEG"},
	} {
		b, problems := brand.Parse("dir/brand.yaml", []byte("logo: l.png\n"), func(path string) ([]byte, error) {
			assert.Equal(t, filepath.Join("dir", "l.png"), path, "the path is from the brand file")
			return c.data, nil
		})
		if c.want != "" {
			assert.ErrorContains(t, problems, "dir/brand.yaml:1: logo: "+filepath.Join("dir", "l.png")+": ", name)
			assert.ErrorContains(t, problems, strings.TrimSuffix(c.want, "JPEG"), name)
			continue
		}
		require.Empty(t, problems, name)
		assert.NotContains(t, string(b.Logo.PNG), "script", "what follows the picture is dropped")
		m, format, err := image.Decode(bytes.NewReader(b.Logo.PNG))
		require.NoError(t, err)
		assert.Equal(t, "png", format)
		assert.Equal(t, 8, m.Bounds().Dx())
		assert.Equal(t, []byte{8, 0}, []byte{b.Logo.PNG[24], b.Logo.PNG[28]}, "8 bits a channel, not interlaced")
		assert.Equal(t, [2]int{8, 4}, [2]int{b.Logo.Width, b.Logo.Height})
	}
}

func FuzzBrand(f *testing.F) {
	f.Add([]byte("accent: \"#0b5469\"\nlogo: x\n"), bomb(8, 4))
	f.Fuzz(func(t *testing.T, file, logo []byte) {
		b, problems := brand.Parse("b.yaml", file, func(string) ([]byte, error) { return logo, nil })
		require.Equal(t, len(problems) > 0, b == nil)
	})
}
