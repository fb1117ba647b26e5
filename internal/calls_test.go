package internal_test

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"path"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// diskCalls are the functions that access the disk. In the program only internal/disk calls
// them, so that limits, links, locks and crash safety are handled in one place.
var diskCalls = map[string][]string{
	"os": {
		"Chdir", "Chmod", "Chown", "Chtimes", "CopyFS", "Create", "CreateTemp", "DirFS", "Lchown", "Link", "Lstat", "Mkdir", "MkdirAll",
		"MkdirTemp", "Open", "OpenFile", "OpenInRoot", "OpenRoot", "ReadDir", "ReadFile", "Readlink", "Remove", "RemoveAll", "Rename",
		"SameFile", "Stat", "Symlink", "Truncate", "WriteFile",
	},
	"path/filepath": {"EvalSymlinks", "Glob", "Walk", "WalkDir"},
	"io/ioutil":     {"ReadAll", "ReadDir", "ReadFile", "TempDir", "TempFile", "WriteFile"},
	"syscall":       {"Creat", "Flock", "Link", "Mkdir", "Open", "Rename", "Rmdir", "Symlink", "Unlink"},
}

// otherDisk lists the packages that may call them, with the reason.
var otherDisk = []struct{ pkg, why string }{
	{"internal/disk", "reads, locks and replaces files"},
	{"internal/bank/compile", "go generate"},
	{"internal/schemagen", "go generate"},
	{"internal/corpus", "for tests"},
	{"internal/browsertest", "for tests"},
	{"internal/site/build", "make site"},
	{"internal/release", "makes what goes into a release"},
}

func TestOnePackageTouchesTheDisk(t *testing.T) {
	used := map[string]bool{}
	for _, call := range callsOf(t) {
		pkg := path.Dir(strings.SplitN(call, ":", 2)[0])
		used[pkg] = true
		if !slices.ContainsFunc(otherDisk, func(o struct{ pkg, why string }) bool { return o.pkg == pkg }) {
			assert.Fail(t, call+" touches the disk; only internal/disk does")
		}
	}
	for _, o := range otherDisk {
		assert.True(t, used[o.pkg], "%s touches no disk: take it off the list", o.pkg)
	}
}

func TestACallIsFoundUnderAnyName(t *testing.T) {
	const source = "package x\n\nimport (\n\tsystem \"os\"\n\t\"path/filepath\"\n)\n\nvar _ = system.Getenv\n\nfunc f() {\n\tread := system.ReadFile\n\t_, _ = read(\"x\")\n\t_, _ = filepath.Glob(filepath.Join(\"*\"))\n}\n"
	file, err := parser.ParseFile(token.NewFileSet(), "", source, 0)
	require.NoError(t, err)
	var got []string
	diskCallsIn(file, func(_ token.Pos, call string) { got = append(got, call) })
	assert.Equal(t, []string{"os.ReadFile", "path/filepath.Glob"}, got)
}

// diskCallsIn visits each use of a function of diskCalls in a file.
func diskCallsIn(file *ast.File, visit func(at token.Pos, call string)) {
	names := map[string]string{} // of packages, by how the file calls them
	for _, i := range file.Imports {
		imported, _ := strconv.Unquote(i.Path.Value)
		name := path.Base(imported)
		if i.Name != nil {
			name = i.Name.Name
		}
		names[name] = imported
	}
	ast.Inspect(file, func(n ast.Node) bool {
		s, ok := n.(*ast.SelectorExpr)
		if !ok {
			return true
		}
		if of, ok := s.X.(*ast.Ident); ok && slices.Contains(diskCalls[names[of.Name]], s.Sel.Name) {
			visit(s.Pos(), names[of.Name]+"."+s.Sel.Name)
		}
		return true
	})
}

// callsOf lists the uses of diskCalls in the repository with their positions.
func callsOf(t *testing.T) []string {
	var out []string
	for _, s := range sources(t) {
		diskCallsIn(s.file, func(at token.Pos, call string) {
			out = append(out, fmt.Sprintf("%s:%d: %s", s.name, s.set.Position(at).Line, call))
		})
	}
	return out
}
