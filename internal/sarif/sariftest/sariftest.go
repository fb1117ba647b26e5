// Package sariftest validates SARIF logs against the official schema of SARIF 2.1.0 (OASIS,
// errata 01) in tests, offline. The schema is taken from the Go module go-sarif, which only
// tests use, because it is not ours to copy.
package sariftest

import (
	"bytes"
	"go/ast"
	"go/parser"
	"go/token"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"
)

const module = "github.com/owenrumney/go-sarif/v3"

// Validate returns all violations of the schema by a log.
func Validate(t testing.TB, log []byte) error {
	t.Helper()
	s, err := schema()
	if err != nil {
		t.Fatalf("the SARIF schema of %s can't be read: %v", module, err)
	}
	v, err := jsonschema.UnmarshalJSON(bytes.NewReader(log))
	if err != nil {
		return err
	}
	return s.Validate(v)
}

var schema = sync.OnceValues(func() (*jsonschema.Schema, error) {
	dir, err := exec.Command("go", "list", "-m", "-f", "{{.Dir}}", module).Output()
	if err != nil {
		return nil, err
	}
	text, err := constant(filepath.Join(strings.TrimSpace(string(dir)), "pkg", "report", "v210", "sarif", "schema.go"), "schema")
	if err != nil {
		return nil, err
	}
	v, err := jsonschema.UnmarshalJSON(strings.NewReader(text))
	if err != nil {
		return nil, err
	}
	c := jsonschema.NewCompiler()
	c.AssertFormat()
	if err := c.AddResource("sarif.json", v); err != nil {
		return nil, err
	}
	return c.Compile("sarif.json")
})

// constant returns the value of a string constant in a Go file.
func constant(file, name string) (string, error) {
	f, err := parser.ParseFile(token.NewFileSet(), file, nil, 0)
	if err != nil {
		return "", err
	}
	value, err := "", strconv.ErrSyntax
	ast.Inspect(f, func(n ast.Node) bool {
		if s, ok := n.(*ast.ValueSpec); ok && s.Names[0].Name == name && len(s.Values) == 1 {
			if lit, ok := s.Values[0].(*ast.BasicLit); ok {
				value, err = strconv.Unquote(lit.Value)
			}
		}
		return true
	})
	return value, err
}
