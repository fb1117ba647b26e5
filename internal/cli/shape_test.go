package cli_test

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// Only constructors use Cobra: run functions take plain values, so that they can be read and
// called without it.
func TestRunFunctionsDoNotUseCobra(t *testing.T) {
	files, err := filepath.Glob("*.go")
	require.NoError(t, err)
	methods := 0
	for _, file := range files {
		if strings.HasSuffix(file, "_test.go") {
			continue
		}
		parsed, err := parser.ParseFile(token.NewFileSet(), file, nil, 0)
		require.NoError(t, err)
		for _, d := range parsed.Decls {
			f, ok := d.(*ast.FuncDecl)
			if !ok || f.Recv == nil {
				continue
			}
			of, _ := f.Recv.List[0].Type.(*ast.StarExpr)
			if of == nil || fmt.Sprint(of.X) != "app" {
				continue // options that name their own flags
			}
			methods++
			ast.Inspect(f.Type.Params, func(n ast.Node) bool {
				if s, ok := n.(*ast.SelectorExpr); ok {
					pkg, _ := s.X.(*ast.Ident)
					assert.False(t, pkg != nil && (pkg.Name == "cobra" || pkg.Name == "pflag" || pkg.Name == "viper"), "%s: %s takes a %s.%s", file, f.Name.Name, pkg, s.Sel.Name)
				}
				return true
			})
		}
	}
	assert.Greater(t, methods, 50)
}
