package parquet

import (
	"bytes"
	"compress/gzip"
	"encoding/binary"
	"errors"
	"fmt"
	"math"
	"math/bits"
	"strings"

	"github.com/parquet-go/parquet-go/encoding/rle"
	"github.com/parquet-go/parquet-go/format"
)

// A chunk collects the values of a column for a row group.
type chunk struct {
	name    string
	kind    Kind
	def     []byte           // for each value 1, for none 0
	rep     []byte           // of lists: 0 where a row begins
	whole   []int32          // days, counts, flags; of texts their places in the dictionary
	numbers []float64        //
	words   map[string]int32 // the dictionary
	order   []string         // its texts in the order of their places
	bytes   int              // of the dictionary
}

func (c *chunk) dictionary() bool { return c.kind == OfText || c.kind == OfList }

func (c *chunk) add(v Value) {
	if c.kind == OfList {
		c.list(v.list)
		return
	}
	if !v.some {
		c.def = append(c.def, 0)
		return
	}
	c.def = append(c.def, 1)
	switch c.kind {
	case OfText:
		c.word(v.text)
	case OfNumber:
		c.numbers = append(c.numbers, v.number)
	default:
		c.whole = append(c.whole, v.whole)
	}
}

func (c *chunk) list(texts []string) {
	if len(texts) == 0 {
		c.def, c.rep = append(c.def, 0), append(c.rep, 0)
	}
	for i, t := range texts {
		c.def, c.rep = append(c.def, 1), append(c.rep, byte(min(i, 1)))
		c.word(t)
	}
}

// word adds a text. What is not UTF-8 in it is replaced, as a reader would stop there.
func (c *chunk) word(s string) {
	place, ok := c.words[s]
	if !ok {
		place = int32(len(c.order)) //nolint:gosec // bytesOfGroup bounds it
		c.words[s] = place
		s = strings.ToValidUTF8(s, "\uFFFD")
		c.order = append(c.order, s)
		c.bytes += len(s)
	}
	c.whole = append(c.whole, place)
}

func (c *chunk) reset() {
	clear(c.words)
	*c = chunk{name: c.name, kind: c.kind, def: c.def[:0], rep: c.rep[:0], whole: c.whole[:0], numbers: c.numbers[:0], words: c.words, order: c.order[:0]}
}

// wordsPage is the page of the dictionary. Source: Apache Parquet format 2.11, Encodings,
// Plain.
func (c *chunk) wordsPage() []byte {
	out := make([]byte, 0, c.bytes+4*len(c.order))
	for _, w := range c.order {
		out = binary.LittleEndian.AppendUint32(out, uint32(len(w))) //nolint:gosec // bytesOfGroup bounds it
		out = append(out, w...)
	}
	return out
}

// dataPage is the page of the values: where rows begin, which have a value, the values.
// Source: Apache Parquet format 2.11, Data Pages and Encodings.
func (c *chunk) dataPage() ([]byte, error) {
	var out []byte
	for _, levels := range [][]byte{c.rep, c.def} {
		if len(levels) == 0 {
			continue
		}
		runs, err := (&rle.Encoding{BitWidth: 1}).EncodeLevels(nil, levels)
		if err != nil {
			return nil, fmt.Errorf("parquet: %w", err)
		}
		out = binary.LittleEndian.AppendUint32(out, uint32(len(runs))) //nolint:gosec // no longer than the levels
		out = append(out, runs...)
	}
	switch c.kind {
	case OfText, OfList:
		width := max(1, bits.Len(uint(max(len(c.order), 1)-1)))
		runs, err := (&rle.Encoding{BitWidth: width}).EncodeInt32(nil, c.whole)
		if err != nil {
			return nil, fmt.Errorf("parquet: %w", err)
		}
		out = append(append(out, byte(width)), runs...)
	case OfDay, OfCount:
		for _, n := range c.whole {
			out = binary.LittleEndian.AppendUint32(out, uint32(n)) //nolint:gosec // the bits
		}
	case OfNumber:
		for _, n := range c.numbers {
			out = binary.LittleEndian.AppendUint64(out, math.Float64bits(n))
		}
	case OfFlag:
		packed := make([]byte, (len(c.whole)+7)/8)
		for i, n := range c.whole {
			packed[i/8] |= byte(n) << (i % 8)
		}
		out = append(out, packed...)
	}
	return out, nil
}

// longest is the length of the longest text that is kept as a bound of a column.
const longest = 64

// statistics are the bounds by which a reader skips row groups.
func (c *chunk) statistics() format.Statistics {
	var s format.Statistics
	for _, d := range c.def {
		s.NullCount += int64(1 - d)
	}
	switch {
	case c.kind == OfText && len(c.order) > 0:
		low, high := []byte(c.order[0]), []byte(c.order[0])
		for _, w := range c.order {
			if b := []byte(w); bytes.Compare(b, low) < 0 {
				low = b
			} else if bytes.Compare(b, high) > 0 {
				high = b
			}
		}
		if max(len(low), len(high)) <= longest {
			s.MinValue, s.MaxValue = low, high
		}
	case (c.kind == OfDay || c.kind == OfCount) && len(c.whole) > 0:
		low, high := c.whole[0], c.whole[0]
		for _, n := range c.whole {
			low, high = min(low, n), max(high, n)
		}
		s.MinValue, s.MaxValue = binary.LittleEndian.AppendUint32(nil, uint32(low)), binary.LittleEndian.AppendUint32(nil, uint32(high)) //nolint:gosec // the bits
	}
	return s
}

func compressed(page []byte) ([]byte, error) {
	var out bytes.Buffer
	w := gzip.NewWriter(&out)
	_, err := w.Write(page)
	if err = errors.Join(err, w.Close()); err != nil {
		return nil, fmt.Errorf("parquet: %w", err)
	}
	return out.Bytes(), nil
}
