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

// A chunk buffers the values of a column for a row group.
type chunk struct {
	name            string
	kind            Kind
	defLevels       []byte           // for each value 1, for none 0
	repLevels       []byte           // of lists: 0 where a row begins
	ints            []int32          // days, counts, flags; of texts their places in the dictionary
	numbers         []float64        //
	dictionary      map[string]int32 // the dictionary
	dictionaryTexts []string         // its texts in the order of their places
	dictionaryBytes int              // of the dictionary
}

func (c *chunk) hasDictionary() bool { return c.kind == KindText || c.kind == KindList }

func (c *chunk) add(v Value) {
	if c.kind == KindList {
		c.addList(v.list)
		return
	}
	if !v.set {
		c.defLevels = append(c.defLevels, 0)
		return
	}
	c.defLevels = append(c.defLevels, 1)
	switch c.kind {
	case KindText:
		c.addText(v.text)
	case KindNumber:
		c.numbers = append(c.numbers, v.number)
	default:
		c.ints = append(c.ints, v.whole)
	}
}

func (c *chunk) addList(texts []string) {
	if len(texts) == 0 {
		c.defLevels, c.repLevels = append(c.defLevels, 0), append(c.repLevels, 0)
	}
	for i, t := range texts {
		c.defLevels, c.repLevels = append(c.defLevels, 1), append(c.repLevels, byte(min(i, 1)))
		c.addText(t)
	}
}

// addText adds a string. Invalid UTF-8 is replaced, because readers reject it.
func (c *chunk) addText(s string) {
	place, ok := c.dictionary[s]
	if !ok {
		place = int32(len(c.dictionaryTexts)) //nolint:gosec // bytesOfGroup bounds it
		c.dictionary[s] = place
		s = strings.ToValidUTF8(s, "\uFFFD")
		c.dictionaryTexts = append(c.dictionaryTexts, s)
		c.dictionaryBytes += len(s)
	}
	c.ints = append(c.ints, place)
}

func (c *chunk) reset() {
	clear(c.dictionary)
	*c = chunk{name: c.name, kind: c.kind, defLevels: c.defLevels[:0], repLevels: c.repLevels[:0], ints: c.ints[:0], numbers: c.numbers[:0], dictionary: c.dictionary, dictionaryTexts: c.dictionaryTexts[:0]}
}

// dictionaryPage returns the page of the dictionary. Source: Apache Parquet format 2.11,
// Encodings, Plain.
func (c *chunk) dictionaryPage() []byte {
	out := make([]byte, 0, c.dictionaryBytes+4*len(c.dictionaryTexts))
	for _, w := range c.dictionaryTexts {
		out = binary.LittleEndian.AppendUint32(out, uint32(len(w))) //nolint:gosec // bytesOfGroup bounds it
		out = append(out, w...)
	}
	return out
}

// dataPage returns the page of the values: repetition levels, definition levels, values.
// Source: Apache Parquet format 2.11, Data Pages and Encodings.
func (c *chunk) dataPage() ([]byte, error) {
	var out []byte
	for _, levels := range [][]byte{c.repLevels, c.defLevels} {
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
	case KindText, KindList:
		width := max(1, bits.Len(uint(max(len(c.dictionaryTexts), 1)-1)))
		runs, err := (&rle.Encoding{BitWidth: width}).EncodeInt32(nil, c.ints)
		if err != nil {
			return nil, fmt.Errorf("parquet: %w", err)
		}
		out = append(append(out, byte(width)), runs...)
	case KindDay, KindCount:
		for _, n := range c.ints {
			out = binary.LittleEndian.AppendUint32(out, uint32(n)) //nolint:gosec // the bits
		}
	case KindNumber:
		for _, n := range c.numbers {
			out = binary.LittleEndian.AppendUint64(out, math.Float64bits(n))
		}
	case KindFlag:
		packed := make([]byte, (len(c.ints)+7)/8)
		for i, n := range c.ints {
			packed[i/8] |= byte(n) << (i % 8)
		}
		out = append(out, packed...)
	}
	return out, nil
}

// maxStatisticsText is the maximum length of a string that is written as a bound.
const maxStatisticsText = 64

// statistics returns the bounds by which readers skip row groups, and the number of nulls.
func (c *chunk) statistics() format.Statistics {
	var s format.Statistics
	for _, d := range c.defLevels {
		s.NullCount += int64(1 - d)
	}
	switch {
	case c.kind == KindText && len(c.dictionaryTexts) > 0:
		low, high := []byte(c.dictionaryTexts[0]), []byte(c.dictionaryTexts[0])
		for _, w := range c.dictionaryTexts {
			if b := []byte(w); bytes.Compare(b, low) < 0 {
				low = b
			} else if bytes.Compare(b, high) > 0 {
				high = b
			}
		}
		if max(len(low), len(high)) <= maxStatisticsText {
			s.MinValue, s.MaxValue = low, high
		}
	case (c.kind == KindDay || c.kind == KindCount) && len(c.ints) > 0:
		low, high := c.ints[0], c.ints[0]
		for _, n := range c.ints {
			low, high = min(low, n), max(high, n)
		}
		s.MinValue, s.MaxValue = binary.LittleEndian.AppendUint32(nil, uint32(low)), binary.LittleEndian.AppendUint32(nil, uint32(high)) //nolint:gosec // the bits
	}
	return s
}

func compress(page []byte) ([]byte, error) {
	var out bytes.Buffer
	w := gzip.NewWriter(&out)
	_, err := w.Write(page)
	if err = errors.Join(err, w.Close()); err != nil {
		return nil, fmt.Errorf("parquet: %w", err)
	}
	return out.Bytes(), nil
}
