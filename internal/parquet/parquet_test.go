package parquet_test

import (
	"bytes"
	"errors"
	"io"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/iotlens/iotlens/internal/parquet"
	reader "github.com/parquet-go/parquet-go"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// A row has a column of each kind. An empty text, day or a nil number has no value.
type row struct {
	Text   string
	Day    string
	Count  int
	Number *float64
	Flag   bool
	List   []string
}

var columns = []parquet.Column[row]{
	{"text", parquet.KindText, "a text", func(r row) parquet.Value { return parquet.Text(r.Text) }},
	{"day", parquet.KindDay, "a day", func(r row) parquet.Value { return parquet.Day(r.Day) }},
	{"count", parquet.KindCount, "a count", func(r row) parquet.Value { return parquet.Count(r.Count) }},
	{"number", parquet.KindNumber, "a number", func(r row) parquet.Value {
		if r.Number == nil {
			return parquet.Number(0, false)
		}
		return parquet.Number(*r.Number, true)
	}},
	{"flag", parquet.KindFlag, "yes or no", func(r row) parquet.Value { return parquet.Flag(r.Flag) }},
	{"list", parquet.KindList, "texts", func(r row) parquet.Value { return parquet.List(r.List) }},
}

func written(t require.TestingT, rows []row) []byte {
	var out bytes.Buffer
	w := parquet.New(&out, columns)
	for _, r := range rows {
		require.NoError(t, w.Row(r))
	}
	require.NoError(t, w.Close())
	return out.Bytes()
}

// read reads a file by the reader of the library, which knows nothing of how it was
// written.
func read(t require.TestingT, file []byte) []row {
	f, err := reader.OpenFile(bytes.NewReader(file), int64(len(file)))
	require.NoError(t, err)
	out := []row{}
	buffer := make([]reader.Row, 100)
	for _, g := range f.RowGroups() {
		rows := g.Rows()
		for {
			n, err := rows.ReadRows(buffer)
			for _, r := range buffer[:n] {
				out = append(out, rowOf(r))
			}
			if errors.Is(err, io.EOF) {
				break
			}
			require.NoError(t, err)
		}
		require.NoError(t, rows.Close())
	}
	assert.Equal(t, int64(len(out)), f.NumRows())
	return out
}

func rowOf(values reader.Row) row {
	var r row
	for _, v := range values {
		if v.IsNull() {
			continue
		}
		switch v.Column() {
		case 0:
			r.Text = v.String()
		case 1:
			r.Day = time.Unix(int64(v.Int32())*24*60*60, 0).UTC().Format(time.DateOnly)
		case 2:
			r.Count = int(v.Int32())
		case 3:
			n := v.Double()
			r.Number = &n
		case 4:
			r.Flag = v.Boolean()
		case 5:
			r.List = append(r.List, v.String())
		}
	}
	return r
}

var anyRow = rapid.Custom(func(t *rapid.T) row {
	text := rapid.OneOf(rapid.SampledFrom([]string{"", "a", "b", "security"}), rapid.String())
	r := row{
		Text: text.Draw(t, "text"), Count: int(rapid.Int32().Draw(t, "count")), Flag: rapid.Bool().Draw(t, "flag"),
		List: rapid.SliceOfN(text, 0, 4).Draw(t, "list"),
	}
	if len(r.List) == 0 {
		r.List = nil
	}
	if rapid.Bool().Draw(t, "dated") {
		r.Day = time.Unix(rapid.Int64Range(-1e10, 1e10).Draw(t, "day"), 0).UTC().Format(time.DateOnly)
	}
	if rapid.Bool().Draw(t, "numbered") {
		n := rapid.Float64().Draw(t, "number")
		r.Number = &n
	}
	return r
})

func TestRoundTrip(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		rows := rapid.SliceOfN(anyRow, 0, 60).Draw(t, "rows")
		file := written(t, rows)
		assert.Equal(t, append([]row{}, rows...), read(t, file))
		assert.Equal(t, file, written(t, rows), "the same rows give the same bytes")
	})
}

// Many rows or much text give several row groups.
func TestRowGroups(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		rows, groups int
		of           func(i int) row
	}{
		"rows": {100_000, 4, func(i int) row {
			return row{Text: "team " + strconv.Itoa(i%7), Count: i, List: strings.Fields("edge cloud device")[:i%4]}
		}},
		"text": {200, 4, func(i int) row { return row{Text: strings.Repeat(strconv.Itoa(i)+" ", 40_000), Count: i} }},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var rows []row
			for i := range c.rows {
				r := c.of(i)
				if len(r.List) == 0 {
					r.List = nil
				}
				rows = append(rows, r)
			}
			file := written(t, rows)
			f, err := reader.OpenFile(bytes.NewReader(file), int64(len(file)))
			require.NoError(t, err)
			assert.Len(t, f.RowGroups(), c.groups)
			require.Equal(t, len(rows), int(f.NumRows()))
			for i, got := range read(t, file) {
				if !assert.ObjectsAreEqual(rows[i], got) {
					require.Equal(t, rows[i], got, "row %d", i)
				}
			}
		})
	}
}

// The bounds of a row group include all its values; a text that is too long gives no bounds.
func TestStatistics(t *testing.T) {
	t.Parallel()
	bounds := func(rows ...row) (lows, highs []string) {
		file := written(t, rows)
		f, err := reader.OpenFile(bytes.NewReader(file), int64(len(file)))
		require.NoError(t, err)
		for _, c := range f.Metadata().RowGroups[0].Columns[:3] {
			lows, highs = append(lows, string(c.MetaData.Statistics.MinValue)), append(highs, string(c.MetaData.Statistics.MaxValue))
		}
		return lows, highs
	}
	lows, highs := bounds(row{Text: "b", Day: "1970-01-03", Count: 7}, row{Text: "a", Day: "1970-01-02", Count: -1}, row{Text: "é", Count: 3})
	assert.Equal(t, []string{"a", "\x01\x00\x00\x00", "\xff\xff\xff\xff"}, lows)
	assert.Equal(t, []string{"é", "\x02\x00\x00\x00", "\x07\x00\x00\x00"}, highs)
	lows, highs = bounds(row{Text: strings.Repeat("x", 65)}, row{Text: "a"})
	assert.Equal(t, []string{"", "", "\x00\x00\x00\x00"}, lows)
	assert.Equal(t, []string{"", "", "\x00\x00\x00\x00"}, highs)
}

func TestDay(t *testing.T) {
	t.Parallel()
	for given, want := range map[string]string{
		"2026-11-23": "2026-11-23", "1969-12-31": "1969-12-31", "2026-11-23T23:30:00-02:00": "2026-11-24", "1960-01-01T00:30:00+01:00": "1959-12-31", "soon": "", "": "",
	} {
		assert.Equal(t, want, read(t, written(t, []row{{Day: given}}))[0].Day, given)
	}
}

func TestInvalidUTF8IsReplaced(t *testing.T) {
	t.Parallel()
	assert.Equal(t, "a\uFFFDb", read(t, written(t, []row{{Text: "a\xffb"}}))[0].Text)
}

// full is a disk that is full after some bytes.
type full struct{ room int }

func (f *full) Write(data []byte) (int, error) {
	if f.room -= len(data); f.room < 0 {
		return 0, errors.New("no space left on device")
	}
	return len(data), nil
}

func TestWriterError(t *testing.T) {
	t.Parallel()
	rows := []row{{Text: "a"}, {Text: "b"}}
	size := len(written(t, rows))
	for room := range size {
		w := parquet.New(&full{room}, columns)
		err := errors.Join(w.Row(rows[0]), w.Row(rows[1]), w.Close())
		require.ErrorContains(t, err, "no space left", "after %d of %d bytes", room, size)
	}
}
