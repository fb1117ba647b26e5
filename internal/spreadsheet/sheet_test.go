package spreadsheet

import (
	"bytes"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/iotlens/iotlens/internal/workbook"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

func TestFormulasAreEscaped(t *testing.T) {
	for in, want := range map[string]string{
		"":                   "",
		"plain, text":        "plain, text",
		"a = b - c":          "a = b - c",
		"mail@example.org":   "mail@example.org",
		"=cmd()":             "'=cmd()",
		"+1":                 "'+1",
		"-1":                 "'-1",
		"@SUM(A1)":           "'@SUM(A1)",
		"  =cmd()":           "  '=cmd()",
		"\u00a0=cmd()":       "\u00a0'=cmd()",
		"\"=cmd()":           "\"'=cmd()",
		"'=cmd()":            "''=cmd()",
		"' =cmd()":           "' '=cmd()",
		"＝cmd()":             "'＝cmd()",
		"－1":                 "'－1",
		"a;=cmd()":           "a;'=cmd()",
		"a\n=cmd()":          "a\n'=cmd()",
		"a\t@cmd":            "a\t'@cmd",
		"it's":               "it's",
		"'quoted'":           "'quoted'",
		"- one\n- two; - it": "'- one\n'- two; '- it",
	} {
		assert.Equal(t, want, escapeFormulas(in), "%q", in)
		assert.Equal(t, in, unescapeFormulas(want), "%q", in)
	}
}

func TestEscapedFormulasAreRestored(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		pieces := rapid.SliceOf(rapid.OneOf(
			rapid.SampledFrom([]string{"=", "+", "-", "@", "＝", "'", "\"", " ", "\t", "\n", ";", ",", "a", "\u00a0", "\xff"}), rapid.String(),
		)).Draw(t, "pieces")
		s := strings.Join(pieces, "")
		require.Equal(t, s, unescapeFormulas(escapeFormulas(s)))
		for _, cell := range strings.FieldsFunc(escapeFormulas(s), func(r rune) bool { return strings.ContainsRune(cellBreaks, r) }) {
			first := strings.TrimLeft(cell, "\" \u00a0\u3000")
			require.False(t, first != "" && strings.ContainsAny(first[:1], formulaSigns[:4]), "%q runs", cell)
		}
	})
}

func TestCellLengthLimit(t *testing.T) {
	for _, s := range []string{strings.Repeat("x", 64<<10), strings.Repeat("😀", 20000), strings.Repeat("a😀", 20000), strings.Repeat("ü", 31999)} {
		got := SafeCell(s)
		assert.LessOrEqual(t, len(utf16.Encode([]rune(got))), 32767)
		if !strings.HasPrefix(s, "ü") {
			assert.True(t, strings.HasSuffix(got, workbook.CutMark))
		}
		assert.NotContains(t, got, "\uFFFD")
	}
}

func TestWriteIsRFC4180WithAByteOrderMark(t *testing.T) {
	var b bytes.Buffer
	columns := Columns()
	require.NoError(t, Write(&b, []map[string]string{{columns[0]: "A", columns[1]: "one, \"two\"\nthree"}}))
	assert.Equal(t, "\uFEFF"+strings.Join(columns, ",")+"\r\nA,\"one, \"\"two\"\"\r\nthree\""+strings.Repeat(",", len(columns)-2)+"\r\n", b.String())
}
