package internal_test

import (
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

var (
	// A page or a decision, named in a comment or in a text.
	pageNamed = regexp.MustCompile(`\b(docs/[A-Za-z0-9_./-]*[A-Za-z0-9_/])`)
	// An address of a page elsewhere.
	address = regexp.MustCompile(`https?://[^\s)"]+`)
	// A link of Markdown to a file of the repository.
	link = regexp.MustCompile(`\]\(([^):#\s]+)(?:#[^)]*)?\)`)
	// A file or folder of the repository, named in Markdown.
	fileNamed = regexp.MustCompile("`((?:cmd|frameworks|internal|pillars|questions|schemas|testdata|\\.ci)/[A-Za-z0-9_./-]+)`")
)

// Files named in comments and pages exist.
func TestEveryFileThatIsNamedExists(t *testing.T) {
	checked := 0
	exists := func(in, named string) {
		checked++
		_, err := os.Stat(filepath.Join("..", filepath.FromSlash(named)))
		assert.NoError(t, err, "%s names %s", in, named)
	}
	for file, text := range texts(t) {
		decision := strings.HasPrefix(file, "docs/adr/") // of its day, when other files were there
		if !decision {
			for _, m := range pageNamed.FindAllStringSubmatch(address.ReplaceAllString(text, ""), -1) {
				if m[1] != "docs/gates.md" && path.Ext(m[1]) != ".html" { // the first of awslabs/operational-readiness-review-custom-war-lens; pages of the site are HTML
					exists(file, m[1])
				}
			}
		}
		if path.Ext(file) != ".md" {
			continue
		}
		for _, m := range link.FindAllStringSubmatch(text, -1) {
			exists(file, path.Join(path.Dir(file), m[1]))
		}
		for _, m := range fileNamed.FindAllStringSubmatch(text, -1) {
			if !decision {
				exists(file, m[1])
			}
		}
	}
	assert.Greater(t, checked, 50)
}

// Each decision has a unique number, which its title repeats.
func TestDecisionsAreNumbered(t *testing.T) {
	files, err := filepath.Glob("../docs/adr/*.md")
	require.NoError(t, err)
	require.NotEmpty(t, files)
	seen := map[string]string{}
	for _, file := range files {
		number, _, ok := strings.Cut(filepath.Base(file), "-")
		require.True(t, ok, file)
		assert.Empty(t, seen[number], "%s and %s have one number", file, seen[number])
		seen[number] = file
		data, err := os.ReadFile(file)
		require.NoError(t, err)
		assert.True(t, strings.HasPrefix(string(data), "# "+strings.TrimLeft(number, "0")+". "), "%s: the title must begin with its number", file)
	}
}

// texts returns the Go files and pages of the repository by path, except generated ones.
func texts(t *testing.T) map[string]string {
	t.Helper()
	out := map[string]string{}
	require.NoError(t, filepath.WalkDir("..", func(file string, e fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		name, err := filepath.Rel("..", file)
		if err != nil {
			return err
		}
		name = filepath.ToSlash(name)
		switch {
		case e.IsDir() && (name == "testdata" || name == "questions" || slices.Contains([]string{".git", "node_modules", "shipped"}, e.Name())):
			return fs.SkipDir
		case e.IsDir() || !slices.Contains([]string{".go", ".md", ".yml"}, path.Ext(name)) && e.Name() != "Makefile":
			return nil
		}
		data, err := os.ReadFile(file)
		out[name] = string(data)
		return err
	}))
	return out
}
