package internal_test

import (
	"os"
	"os/exec"
	"path"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// What Windows keeps for itself in names: its devices, with any extension, some signs, and
// blanks and dots at the end.
// https://learn.microsoft.com/windows/win32/fileio/naming-a-file
var notOnWindows = regexp.MustCompile(`(?i)[<>:"\\|?*\x00-\x1f]|[ .]$|^(con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³])(\.|$)`)

// Git checks the repository out on every system: no name is a device of Windows, no two
// differ in case alone, none is too long with a folder of 100 characters before it, and
// text has the line ends that tests compare.
func TestEverySystemCanCheckTheRepositoryOut(t *testing.T) {
	out, err := exec.Command("git", "-C", "..", "ls-files", "-z", "--cached", "--others", "--exclude-standard", "--eol").Output()
	require.NoError(t, err, "git must be installed, and this must be a clone")
	seen := map[string]string{}
	files := strings.Split(strings.TrimRight(string(out), "\x00"), "\x00")
	assert.Greater(t, len(files), 1000)
	for _, line := range files {
		info, file, ok := strings.Cut(line, "\t")
		require.True(t, ok, line)
		assert.LessOrEqual(t, len(file), 150, "%s: Windows takes 260 characters with the folder before it", file)
		for at := file; at != "."; at = path.Dir(at) {
			assert.NotRegexp(t, notOnWindows, path.Base(at), "%s: Windows does not take this name", file)
			same := strings.ToLower(at)
			if before, ok := seen[same]; ok {
				assert.Equal(t, before, at, "these differ in case alone")
			}
			seen[same] = at
		}
		if f := strings.Fields(info); strings.Contains(info, "attr/text") { // index, working tree, attributes
			assert.NotContains(t, []string{"i/crlf", "i/mixed", "w/crlf", "w/mixed"}, f[0], "%s: .gitattributes must say -text for other line ends", file)
			assert.Contains(t, info, "eol=lf", file)
		}
	}
}

// The tests that run on Windows and macOS need nothing but Go: a package whose tests start
// other programs is left out in .ci/units, with its reason.
func TestUnitsNeedNothingButGo(t *testing.T) {
	script, err := os.ReadFile("../.ci/units")
	require.NoError(t, err)
	out, err := exec.Command("go", "list", "-f", `{{.ImportPath}}{{range .TestImports}} {{.}}{{end}}{{range .XTestImports}} {{.}}{{end}}`, "../...").Output()
	require.NoError(t, err)
	for _, line := range strings.Split(strings.TrimSpace(string(out)), "\n") {
		imports := strings.Fields(line)
		pkg := strings.TrimPrefix(imports[0], module)
		if pkg == "internal/wa/openreview" { // Python, where IOTLENS_WA_CI names a script of AWS's
			continue
		}
		for _, i := range imports[1:] {
			if i == "os/exec" || i == module+"internal/browsertest" {
				assert.Regexp(t, `(?m)^\t\t([^)\n]* )?`+regexp.QuoteMeta(pkg)+`( [^)\n]*)?\) `, string(script), "%s imports %s", pkg, i)
			}
		}
	}
}
