package pdf

import (
	"bytes"
	"encoding/binary"
	"slices"

	"golang.org/x/image/font/sfnt"
)

// A subset is a font with the glyphs of some characters only.
type subset struct {
	ttf    []byte
	widths map[rune]float64 // as a fraction of the font size
}

// subsetOf returns a font with those of the characters that f has; ok is false if it has none
// of them.
func (f *Font) subsetOf(runes []rune) (out subset, ok bool) {
	glyphs := []glyph{{width: int(f.sfnt.UnitsPerEm()) / 2}} // glyph 0 is .notdef
	var has []rune
	var b sfnt.Buffer
	out.widths = map[rune]float64{}
	for _, r := range slices.Sorted(slices.Values(runes)) {
		g, err := f.glyph(&b, r)
		if err != nil || !canSet(r) {
			continue
		}
		has = append(has, r)
		glyphs = append(glyphs, g)
		out.widths[r] = float64(g.width) / float64(f.sfnt.UnitsPerEm())
	}
	out.ttf = trueType(int(f.sfnt.UnitsPerEm()), has, glyphs)
	return out, len(has) > 0
}

// trueType writes a TrueType font in which glyph i+1 is that of character i.
//
// fpdf trusts the tables of a font file: a hostile file makes it panic, loop or recurse. It
// also does not read OpenType outlines. Therefore only checked outlines reach it, in tables
// that are written here.
// Source: OpenType 1.9.1, "Required tables" and "Tables related to TrueType outlines".
func trueType(upem int, runes []rune, glyphs []glyph) []byte {
	var glyf, loca, hmtx writer
	low, height := [2]int{}, [2]int{}
	for _, g := range glyphs {
		loca.u32(len(glyf))
		from, to := glyf.glyph(g)
		for len(glyf)%4 != 0 {
			glyf = append(glyf, 0)
		}
		for i := range low {
			low[i], height[i] = min(low[i], from[i]), max(height[i], to[i])
		}
		hmtx.u16(g.width, from[0]) // a reader sets the left edge of the outline there
	}
	loca.u32(len(glyf))
	var head, hhea, maxp, post, name writer
	head.u32(0x00010000, 0x00010000, 0, 0x5F0F3CF5)
	head.u16(0, upem)
	head.u32(0, 0, 0, 0) // created, modified
	head.u16(low[0], low[1], height[0], height[1], 0, 8, 2, 1, 0)
	hhea.u32(0x00010000)
	hhea.u16(height[1], low[1], 0, upem, 0, 0, height[0], 1, 0, 0, 0, 0, 0, 0, 0, len(glyphs))
	maxp.u32(0x00010000)
	maxp.u16(len(glyphs), maxPoints, 1000, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0, 0)
	post.u32(0x00030000, 0)
	post.u16(-upem/10, upem/20)
	post.u32(0, 0, 0, 0, 0)
	name.u16(0, 0, 6)
	return assemble([]table{
		{"cmap", characterMap(runes)}, {"glyf", glyf}, {"head", head}, {"hhea", hhea}, {"hmtx", hmtx}, {"loca", loca}, {"maxp", maxp}, {"name", name}, {"post", post},
	})
}

// glyph writes the entry of a glyph in the table glyf, nothing for a glyph without outlines,
// and returns its bounding box.
func (w *writer) glyph(g glyph) (low, height [2]int) {
	if len(g.contours) == 0 {
		return low, height
	}
	low, height = [2]int{1 << 15, 1 << 15}, [2]int{-1 << 15, -1 << 15}
	for _, c := range g.contours {
		for _, p := range c {
			low = [2]int{min(low[0], p.x), min(low[1], p.y)}
			height = [2]int{max(height[0], p.x), max(height[1], p.y)}
		}
	}
	w.u16(len(g.contours), low[0], low[1], height[0], height[1])
	end := -1
	for _, c := range g.contours {
		end += len(c)
		w.u16(end)
	}
	w.u16(0) // no instructions
	for _, c := range g.contours {
		for _, p := range c {
			flag := byte(0)
			if p.onCurve {
				flag = 1
			}
			*w = append(*w, flag)
		}
	}
	last := 0
	for _, c := range g.contours {
		for _, p := range c {
			w.u16(p.x - last)
			last = p.x
		}
	}
	last = 0
	for _, c := range g.contours {
		for _, p := range c {
			w.u16(p.y - last)
			last = p.y
		}
	}
	return low, height
}

// characterMap returns the table cmap in format 4, with a segment for each character.
func characterMap(runes []rune) writer {
	n := len(runes) + 1 // the last segment ends the list
	var ends, starts, deltas, offsets writer
	for i, r := range runes {
		ends.u16(int(r))
		starts.u16(int(r))
		deltas.u16(i + 1 - int(r))
		offsets.u16(0)
	}
	ends.u16(0xFFFF)
	starts.u16(0xFFFF)
	deltas.u16(1)
	offsets.u16(0)
	var out writer
	out.u16(0, 1, 3, 1)
	out.u32(12)
	out.u16(4, 16+8*n, 0, 2*n, 0, 0, 0)
	out = append(out, ends...)
	out.u16(0)
	return slices.Concat(out, starts, deltas, offsets)
}

type table struct {
	tag  string
	data writer
}

// assemble returns a font file of tables, which must be sorted by tag.
func assemble(tables []table) []byte {
	var out writer
	out.u32(0x00010000)
	out.u16(len(tables), 0, 0, 0)
	at := 12 + 16*len(tables)
	for _, t := range tables {
		out = append(out, t.tag...)
		out.u32(0, at, len(t.data)) // PDF viewers ignore the checksum
		at += (len(t.data) + 3) &^ 3
	}
	for _, t := range tables {
		out = append(out, t.data...)
		out = append(out, bytes.Repeat([]byte{0}, -len(t.data)&3)...)
	}
	return out
}

// A writer appends big-endian numbers.
type writer []byte

func (w *writer) u16(list ...int) {
	for _, v := range list {
		*w = binary.BigEndian.AppendUint16(*w, uint16(v))
	}
}

func (w *writer) u32(list ...int) {
	for _, v := range list {
		*w = binary.BigEndian.AppendUint32(*w, uint32(v))
	}
}
