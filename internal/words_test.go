package internal_test

import (
	"go/ast"
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

const glossary = "../docs/glossary.md"

// avoided matches words that the program and its pages do not use. Banks are not checked, as
// they are about devices and people.
var avoided = regexp.MustCompile(`(?i)\b(mend(s|ed|ing|able)?|grave(st|r)?|dearer|dearest|spared|nobody could say|is there already|can't be told|what comes of it|what it knows|what to begin with)\b`)

// Texts of the program and its pages do not use avoided words.
func TestTextsUseTheWordsOfTheGlossary(t *testing.T) {
	checked := 0
	for file, content := range texts(t) {
		switch {
		case strings.HasPrefix(file, "docs/adr/"), strings.HasPrefix(file, "testdata/"), strings.HasPrefix(file, "questions/") && file != "questions/README.md",
			file == "docs/glossary.md", strings.HasSuffix(file, "_test.go"), strings.Contains(file, "bank/shipped/"):
			continue
		}
		checked++
		for i, line := range strings.Split(content, "\n") {
			if word := avoided.FindString(line); word != "" {
				assert.Fail(t, "avoided word", "%s:%d: %q; docs/glossary.md has the usual one", file, i+1, word)
			}
		}
	}
	assert.Greater(t, checked, 100)
}

// The owners of all words in the glossary exist.
func TestTheOwnersOfTheGlossaryExist(t *testing.T) {
	page, err := os.ReadFile(glossary)
	require.NoError(t, err)
	declared := declarations(t)
	owners := 0
	for _, line := range strings.Split(string(page), "\n") {
		cells := strings.Split(line, " | ")
		if !strings.HasPrefix(line, "| ") || len(cells) < 4 || cells[2] == "owner" || cells[2] == "---" {
			continue
		}
		for _, owner := range strings.Split(cells[2], ", ") {
			owners++
			assert.Contains(t, declared, strings.Trim(owner, "`"), "%s: the owner of %s", glossary, strings.TrimPrefix(cells[0], "| "))
		}
	}
	assert.Greater(t, owners, 30)
}

// declarations returns the names declared in all packages, as package.Name and
// package.Type.Member.
func declarations(t *testing.T) map[string]bool {
	t.Helper()
	out := map[string]bool{}
	for _, s := range sources(t) {
		pkg := s.file.Name.Name
		for _, decl := range s.file.Decls {
			switch d := decl.(type) {
			case *ast.FuncDecl:
				out[pkg+"."+receiver(d)+d.Name.Name] = true
			case *ast.GenDecl:
				for _, spec := range d.Specs {
					declared(out, pkg, spec)
				}
			}
		}
	}
	return out
}

// receiver returns the receiver type of a method with a dot; empty for a function.
func receiver(d *ast.FuncDecl) string {
	if d.Recv == nil {
		return ""
	}
	of := d.Recv.List[0].Type
	if star, ok := of.(*ast.StarExpr); ok {
		of = star.X
	}
	if name, ok := of.(*ast.Ident); ok {
		return name.Name + "."
	}
	return "?."
}

func declared(out map[string]bool, pkg string, spec ast.Spec) {
	switch s := spec.(type) {
	case *ast.TypeSpec:
		out[pkg+"."+s.Name.Name] = true
		if fields, ok := s.Type.(*ast.StructType); ok {
			for _, f := range fields.Fields.List {
				for _, name := range f.Names {
					out[pkg+"."+s.Name.Name+"."+name.Name] = true
				}
			}
		}
	case *ast.ValueSpec:
		for _, name := range s.Names {
			out[pkg+"."+name.Name] = true
		}
	}
}
