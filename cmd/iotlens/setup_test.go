//go:build unix

package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// setupNeeds lists the programs that .ci/setup looks for, each with its Debian
// package.
var setupNeeds = map[string]string{
	"make": "make", "git": "git", "curl": "curl", "unzip": "unzip", "gcc": "gcc", "chromium": "chromium", "xmllint": "libxml2-utils", "pdftotext": "poppler-utils",
	"qpdf": "qpdf", "python3": "python3", "node": "nodejs", "npm": "npm", "fc-list": "fonts-liberation",
}

// setup runs .ci/setup of a fresh clone where there are only the shell and some
// programs, each of which is a script, and returns its exit code and what it wrote.
func setup(t *testing.T, programs map[string]string) (int, string) {
	t.Helper()
	clone, bin := t.TempDir(), t.TempDir()
	script, err := os.ReadFile("../../.ci/setup")
	require.NoError(t, err)
	require.NoError(t, os.MkdirAll(filepath.Join(clone, ".ci", "tests"), 0o755))
	require.NoError(t, os.WriteFile(filepath.Join(clone, ".ci", "setup"), script, 0o755))
	for _, name := range []string{"bash", "dirname", "grep", "env", "cat"} {
		path, err := exec.LookPath(name)
		require.NoError(t, err)
		require.NoError(t, os.Symlink(path, filepath.Join(bin, name)))
	}
	for name, text := range programs {
		require.NoError(t, os.WriteFile(filepath.Join(bin, name), []byte("#!"+filepath.Join(bin, "bash")+"\n"+text+"\n"), 0o755))
	}
	cmd := exec.Command(filepath.Join(bin, "bash"), filepath.Join(clone, ".ci", "setup"))
	cmd.Env = []string{"PATH=" + bin}
	out, _ := cmd.CombinedOutput()
	require.NotNil(t, cmd.ProcessState)
	return cmd.ProcessState.ExitCode(), string(out)
}

// everything has each program that .ci/setup looks for, but for those left out.
func everything(without ...string) map[string]string {
	programs := map[string]string{}
	for name := range setupNeeds {
		programs[name] = "echo " + name + " Liberation"
	}
	for _, name := range without {
		delete(programs, name)
	}
	return programs
}

func TestSetupNamesWhatIsMissing(t *testing.T) {
	// Where nothing can be installed, all is named at once.
	exit, out := setup(t, nil)
	assert.Equal(t, 1, exit, out)
	assert.Contains(t, out, "there is no apt-get; install the equivalents of these Debian packages")
	assert.Contains(t, out, "libc6-dev")
	for _, pkg := range setupNeeds {
		assert.Contains(t, out, pkg)
	}

	// What is here isn't named.
	exit, out = setup(t, everything("chromium"))
	assert.Equal(t, 1, exit, out)
	assert.Contains(t, out, "missing: chromium\n")

	// Somebody who is not root is told the command, not asked for a password.
	if os.Geteuid() != 0 {
		programs := everything("qpdf")
		programs["apt-get"] = "echo called apt-get; exit 1"
		exit, out = setup(t, programs)
		assert.Equal(t, 1, exit, out)
		assert.Contains(t, out, "as root: apt-get install qpdf")
		assert.NotContains(t, out, "called apt-get")
		programs["sudo"] = `[ "$1" = -n ] && exit 0; echo "sudo $*"; exit 1`
		exit, out = setup(t, programs)
		assert.Equal(t, 1, exit, out)
		assert.Contains(t, out, "sudo apt-get update")
		return
	}

	// What can be installed is; where that fails, it is named.
	programs := everything("qpdf", "chromium")
	programs["apt-get"] = `echo "apt-get $*"; [ "$1" = update ]`
	exit, out = setup(t, programs)
	assert.Equal(t, 1, exit, out)
	assert.Contains(t, out, "apt-get install -yq --no-install-recommends chromium qpdf\n")
	assert.Contains(t, out, "apt-get failed")
	assert.Contains(t, out, "missing: chromium qpdf\n")
}

func TestSetupNamesThePackagesOfNPM(t *testing.T) {
	programs := everything()
	programs["npm"] = `echo "npm $*"; exit 1`
	exit, out := setup(t, programs)
	assert.Equal(t, 1, exit, out)
	assert.Contains(t, out, "npm ci --prefix tests")
	assert.Contains(t, out, "missing: axe-core mocha-junit-reporter @duckdb/node-api\n")
	programs["npm"] = "exit 0"
	exit, out = setup(t, programs)
	assert.Equal(t, 0, exit, out)
}

// make test installs what it needs before it tests, and tests whether or not that
// was possible.
func TestMakeTestSetsUpFirst(t *testing.T) {
	out, err := exec.Command("make", "--no-print-directory", "-C", "../..", "-n", "test").CombinedOutput()
	require.NoError(t, err, string(out))
	plan := string(out)
	first, then := strings.Index(plan, ".ci/setup ||"), strings.Index(plan, "go test -race -timeout ")
	require.True(t, first >= 0 && then > first, plan)
	assert.Contains(t, plan[then:], ".ci/skipped")
}

// What is skipped for want of the corpus is named: each test that reads it.
func TestSkippedTestsAreNamed(t *testing.T) {
	cmd := exec.Command("../../.ci/skipped")
	cmd.Env = append(os.Environ(), "IOTLENS_CORPUS=/nowhere/at/all")
	out, err := cmd.CombinedOutput()
	require.NoError(t, err, string(out))
	assert.True(t, strings.HasPrefix(string(out), "SKIPPED: the corpus of real custom lenses was not found"), string(out))
	for _, name := range []string{"TestTheIoTLens", "TestPublishedLensesRoundTrip", "TestAnswersToPublishedLensesRoundTrip"} {
		assert.Contains(t, string(out), name)
	}

	cmd = exec.Command("../../.ci/skipped")
	cmd.Env = append(os.Environ(), "IOTLENS_CORPUS="+t.TempDir())
	out, err = cmd.CombinedOutput()
	require.NoError(t, err)
	assert.Empty(t, string(out), "nothing is skipped where the corpus is here")
}
