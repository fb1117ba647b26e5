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

// notOnWindows matches names that are invalid on Windows: device names with any extension,
// some characters, and trailing spaces and dots.
// https://learn.microsoft.com/windows/win32/fileio/naming-a-file
var notOnWindows = regexp.MustCompile(`(?i)[<>:"\\|?*\x00-\x1f]|[ .]$|^(con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³])(\.|$)`)

// The repository can be checked out on every system: no name is reserved on Windows, no two
// names differ in case alone, no path is too long below a folder of 100 characters, and
// text files have LF line endings, which tests compare.
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

// Tests on Windows and macOS need only Go: .ci/units excludes packages whose tests start other
// programs, with the reason.
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
