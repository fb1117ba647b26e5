package page

import (
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"html"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/iotlens/iotlens/internal/brand"
	"github.com/iotlens/iotlens/internal/text"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// An HTML parser reads back the same text, and the escaped text has no character that could
// end its context.
func TestPutEscapesText(t *testing.T) {
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

func TestPutChecksItsArguments(t *testing.T) {
	assert.Equal(t, "<b>a&lt;b</b> 3 1.5 <i>", put("<b>%</b> % % %", "a<b", 3, 1.5, Markup("<i>")))
	assert.Panics(t, func() { put("%", true) })
	assert.Panics(t, func() { put("", "left over") })
	assert.Panics(t, func() { put("% %", "one") })
}

// put is what a sheet has written.
func put(format Markup, args ...any) string {
	var b strings.Builder
	s := New(&b)
	s.Put(format, args...)
	_ = s.Flush()
	return b.String()
}

// Text of a brand file cannot end the string in a style.
func TestBrandCannotEscapeFromStyle(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		require.Regexp(t, `^(\\[0-9a-f]{6})*$`, cssString(rapid.String().Draw(t, "text")))
	})
	b := &brand.Brand{Classification: `";}</style><script>alert(1)</script>`, Accent: &brand.Accent{}}
	assert.NotContains(t, brandCSS(b), "script")
}

// Only style sheets, scripts and their hashes are converted to Markup, and every call of Put
// has an argument for each %.
func TestOnlyTrustedTextIsMarkup(t *testing.T) {
	var files []string
	for _, dir := range []string{".", "../html", "../slides"} {
		found, err := filepath.Glob(filepath.Join(dir, "*.go"))
		require.NoError(t, err)
		require.NotEmpty(t, found)
		files = append(files, found...)
	}
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
			switch f := types.ExprString(call.Fun); {
			case strings.EqualFold(f, "markup"), f == "page.Markup":
				turned[types.ExprString(call.Args[0])]++
			case strings.HasSuffix(f, ".put"), strings.HasSuffix(f, ".Put") && file != filepath.Join("..", "html", "markup.go"):
				puts++
				format, ok := constant(call.Args[0])
				require.True(t, ok, "%s: the format of put is not a constant", set.Position(call.Pos()))
				assert.Equal(t, strings.Count(format, "%"), len(call.Args)-1, "%s", set.Position(call.Pos()))
			}
			return true
		})
	}
	assert.Greater(t, puts, 80)
	assert.Equal(t, map[string]int{
		"style": 1, "script": 1,
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
