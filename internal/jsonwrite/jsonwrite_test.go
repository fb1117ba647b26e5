package jsonwrite_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"strings"
	"testing"

	"github.com/iotlens/iotlens/internal/jsonwrite"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

type word string

type inner struct {
	A string   `json:"a"`
	B []string `json:"b,omitempty"`
}

type outer struct {
	inner
	Word   word              `json:"word,omitempty"`
	Named  inner             `json:"named,omitempty"`
	Zero   inner             `json:"zero,omitzero"`
	N      int               `json:"n"`
	F      float64           `json:"f"`
	P      *float64          `json:"p"`
	Q      *inner            `json:"q,omitempty"`
	Yes    bool              `json:"yes,omitempty"`
	List   []inner           `json:"list"`
	Of     [][]int           `json:"of,omitempty"`
	M      map[string]string `json:"m"`
	Any    map[string]any    `json:"any,omitempty"`
	Hidden string            `json:"-"`
	Plain  string
	own    string
}

func theirs(t require.TestingT, v any) string {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetIndent("", "  ")
	e.SetEscapeHTML(false)
	require.NoError(t, e.Encode(v))
	return b.String()
}

func ours(t require.TestingT, v any) string {
	var b bytes.Buffer
	require.NoError(t, jsonwrite.Write(&b, v))
	return b.String()
}

// What is written is what encoding/json writes, to the byte.
func TestTheBytesAreThoseOfEncodingJSON(t *testing.T) {
	f := 0.5
	deep := any("x")
	for range 40 {
		deep = []any{deep}
	}
	for _, v := range []any{
		nil, "", "x", 1, -1, true, []string(nil),
		[]string{},
		map[string]int{},
		map[string]int(nil),
		struct{}{},
		outer{},
		deep,
		outer{
			inner: inner{"a", []string{"b"}}, Word: "w", Zero: inner{A: "z"}, N: 3, F: 1e21, P: &f, Q: &inner{}, Yes: true,
			List: []inner{{}, {A: "x"}}, Of: [][]int{{}, {1, 2}, nil}, M: map[string]string{"z": "1", "a\n": "2"},
			Any: map[string]any{"x": 1, "y": []any{nil, "s", 2.5}}, Hidden: "h", Plain: "p", own: "o",
		},
		[]float64{0, 1, 0.1, 1e-6, 1e-7, 1.5e-9, 1e20, 1e21, 2.8999999999999995, -1e-10},
		"\x00\x01\x1f \x7f\" \\ / < > & \b\f\n\r\t \u2028\u2029 \xff\xed\xa0\x80 é 日 😀 \ufffd",
	} {
		assert.Equal(t, theirs(t, v), ours(t, v))
	}
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.OneOf(rapid.String(), rapid.Map(rapid.SliceOf(rapid.Byte()), func(b []byte) string { return string(b) }))
		v := outer{
			inner: inner{text.Draw(t, "a"), rapid.SliceOf(text).Draw(t, "b")}, F: rapid.Float64Range(-1e30, 1e30).Draw(t, "f"),
			List: []inner{{A: text.Draw(t, "x")}}, M: rapid.MapOf(rapid.String(), text).Draw(t, "m"), N: rapid.Int().Draw(t, "n"),
		}
		require.Equal(t, theirs(t, v), ours(t, v))
	})
}

type disk struct{ room int }

var errFull = errors.New("full")

func (d *disk) Write(p []byte) (int, error) {
	if d.room -= len(p); d.room < 0 {
		return 0, errFull
	}
	return len(p), nil
}

func TestAFullDiskIsAnError(t *testing.T) {
	long := []string{strings.Repeat("x", 200<<10), strings.Repeat("y", 200<<10), "z"}
	for _, room := range []int{0, 10, 150 << 10, 300 << 10} {
		assert.ErrorIs(t, jsonwrite.Write(&disk{room}, long), errFull)
	}
	assert.NoError(t, jsonwrite.Write(&disk{500 << 10}, long))
	assert.Panics(t, func() { _ = jsonwrite.Write(&disk{}, make(chan int)) })
}
