package html

import (
	"bufio"
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"html"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/iotlens/iotlens/internal/text"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// What is put as text comes back as the same text from a reader of HTML, and
// holds no character that could end the place where it stands.
func TestTextStaysText(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		given := rapid.String().Draw(t, "text")
		inner, ok := strings.CutPrefix(put(`<p title="%">%</p>`, given, given), `<p title="`)
		require.True(t, ok)
		inner, ok = strings.CutSuffix(inner, `</p>`)
		require.True(t, ok)
		title, body, ok := strings.Cut(inner, `">`)
		require.True(t, ok)
		for _, part := range []string{title, body} {
			require.NotContains(t, part, "<")
			require.NotContains(t, part, ">")
			require.NotContains(t, part, `"`)
			require.NotContains(t, part, "'")
			require.Equal(t, text.Clean(given, true), html.UnescapeString(part))
		}
	})
}

func TestPutIsStrict(t *testing.T) {
	assert.Equal(t, "<b>a&lt;b</b> 3 1.5 <i>", put("<b>%</b> % % %", "a<b", 3, 1.5, markup("<i>")))
	assert.Panics(t, func() { put("%", true) })
	assert.Panics(t, func() { put("", "left over") })
	assert.Panics(t, func() { put("% %", "one") })
}

// put is what a sheet has written.
func put(format markup, args ...any) string {
	var b strings.Builder
	s := &sheet{bufio.NewWriter(&b)}
	s.put(format, args...)
	_ = s.w.Flush()
	return b.String()
}

// Every call of put has an argument for each %, and only what we wrote
// ourselves is ever turned into markup: the style sheet, the script and their hashes.
func TestNoTextBecomesMarkup(t *testing.T) {
	files, err := filepath.Glob("*.go")
	require.NoError(t, err)
	puts, turned := 0, map[string]int{}
	for _, file := range files {
		if strings.HasSuffix(file, "_test.go") {
			continue
		}
		set := token.NewFileSet()
		parsed, err := parser.ParseFile(set, file, nil, 0)
		require.NoError(t, err)
		ast.Inspect(parsed, func(n ast.Node) bool {
			call, ok := n.(*ast.CallExpr)
			if !ok {
				return true
			}
			switch f := call.Fun.(type) {
			case *ast.Ident:
				if f.Name == "markup" {
					turned[types.ExprString(call.Args[0])]++
				}
			case *ast.SelectorExpr:
				if f.Sel.Name == "put" {
					puts++
					format, ok := constant(call.Args[0])
					require.True(t, ok, "%s: the format of put is not a constant", set.Position(call.Pos()))
					assert.Equal(t, strings.Count(format, "%"), len(call.Args)-1, "%s", set.Position(call.Pos()))
				}
			}
			return true
		})
	}
	assert.Greater(t, puts, 50)
	assert.Equal(t, map[string]int{
		"htmlStyle": 1, "htmlScript": 1,
		`"'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'"`: 1,
	}, turned)
}

// constant is the value of string literals that are added up.
func constant(e ast.Expr) (string, bool) {
	switch e := e.(type) {
	case *ast.BasicLit:
		s, err := strconv.Unquote(e.Value)
		return s, err == nil
	case *ast.BinaryExpr:
		x, ok1 := constant(e.X)
		y, ok2 := constant(e.Y)
		return x + y, ok1 && ok2
	}
	return "", false
}
