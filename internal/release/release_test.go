package main

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"gopkg.in/yaml.v3"
)

const root = "../.."

// Two releases of the current files, tagged v1.98.7, made in different folders and
// environments, have the same bytes and the expected content. They are for the platform of
// this machine; `make snapshot` makes one for all platforms and passes it in IOTLENS_DIST.
func TestARelease(t *testing.T) {
	if dist := os.Getenv("IOTLENS_DIST"); dist != "" {
		checkDist(t, dist, platforms)
		return
	}
	if runtime.GOOS != "linux" {
		t.Skip("releases are made on Linux")
	}
	first, second := repository(t), repository(t)
	goreleaser(t, first, nil, "check")
	goreleaser(t, first, nil, "release", "--clean", "--skip=publish,sign", "--config", configFor(t, first, runtime.GOARCH))
	goreleaser(t, second, []string{"TZ=Pacific/Kiritimati", "LC_ALL=C", "HOME=" + t.TempDir(), "USER=other", "GOFLAGS=-v"},
		"release", "--clean", "--skip=publish,sign", "--config", configFor(t, second, runtime.GOARCH))
	checkDist(t, filepath.Join(first, "dist"), []string{"linux/" + runtime.GOARCH})

	sums, err := os.ReadFile(filepath.Join(first, "dist", "checksums.txt"))
	require.NoError(t, err)
	again, err := os.ReadFile(filepath.Join(second, "dist", "checksums.txt"))
	require.NoError(t, err)
	assert.Equal(t, string(sums), string(again), "two releases of the same commit differ")
}

// repository returns a git repository with one commit of the current files and the tag v1.98.7.
func repository(t *testing.T) string {
	t.Helper()
	names, err := git(root, "ls-files", "-z", "--cached", "--others", "--exclude-standard")
	require.NoError(t, err, "a release is made of a git repository")
	dir := filepath.Join(t.TempDir(), "clone")
	for _, name := range strings.Split(strings.TrimRight(names, "\x00"), "\x00") {
		from, to := filepath.Join(root, name), filepath.Join(dir, name)
		info, err := os.Lstat(from)
		if os.IsNotExist(err) { // removed, and that is not committed yet
			continue
		}
		require.NoError(t, err)
		require.True(t, info.Mode().IsRegular(), "%s is not a file", name)
		data, err := os.ReadFile(from)
		require.NoError(t, err)
		require.NoError(t, os.MkdirAll(filepath.Dir(to), 0o755))
		require.NoError(t, os.WriteFile(to, data, info.Mode().Perm()))
	}
	for _, args := range [][]string{
		{"init", "-q", "-b", "main"},
		{"add", "-A"},
		{"commit", "-q", "-m", "State of the test"},
		{"tag", "v1.98.7"},
		{"remote", "add", "origin", home},
	} {
		_, err := git(dir, args...)
		require.NoError(t, err)
	}
	return dir
}

// git runs git in a folder with a fixed author and time.
func git(dir string, args ...string) (string, error) {
	c := exec.Command("git", append([]string{"-c", "core.autocrlf=false", "-c", "core.hooksPath=/dev/null", "-c", "commit.gpgSign=false"}, args...)...)
	c.Dir = dir
	c.Env = append(os.Environ(), "GIT_AUTHOR_NAME=Ana", "GIT_AUTHOR_EMAIL=ana@example.com", "GIT_COMMITTER_NAME=Ana", "GIT_COMMITTER_EMAIL=ana@example.com",
		"GIT_AUTHOR_DATE=2026-11-28T12:00:00Z", "GIT_COMMITTER_DATE=2026-11-28T12:00:00Z")
	var said bytes.Buffer
	c.Stderr = &said
	out, err := c.Output()
	if err != nil {
		_, _ = os.Stderr.Write(said.Bytes())
	}
	return string(out), err
}

// goreleaser runs the pinned goreleaser in a repository.
func goreleaser(t *testing.T, dir string, env []string, args ...string) {
	t.Helper()
	goEnv, err := exec.Command("go", "env", "GOCACHE", "GOMODCACHE", "GOPATH").Output()
	require.NoError(t, err)
	places := strings.Fields(string(goEnv)) // whatever HOME is
	c := exec.Command("go", append([]string{"tool", "-modfile=.ci/release/go.mod", "goreleaser"}, args...)...)
	c.Dir = dir
	c.Env = append(os.Environ(), "GOCACHE="+places[0], "GOMODCACHE="+places[1], "GOPATH="+places[2], "GITHUB_TOKEN=", "GIT_CONFIG_COUNT=0")
	c.Env = append(c.Env, env...)
	out, err := c.CombinedOutput()
	require.NoError(t, err, "goreleaser %s: %s", strings.Join(args, " "), out)
}

// configFor is .goreleaser.yaml for one architecture of Linux. It stands outside the
// repository, which has to be clean.
func configFor(t *testing.T, dir, arch string) string {
	t.Helper()
	var config map[string]any
	readYAML(t, filepath.Join(dir, ".goreleaser.yaml"), &config)
	build := config["builds"].([]any)[0].(map[string]any)
	build["goos"], build["goarch"] = []string{"linux"}, []string{arch}
	data, err := yaml.Marshal(config)
	require.NoError(t, err)
	file := filepath.Join(t.TempDir(), "goreleaser.yaml")
	require.NoError(t, os.WriteFile(file, data, 0o644))
	return file
}

func readYAML(t *testing.T, file string, into any) {
	t.Helper()
	data, err := os.ReadFile(file)
	require.NoError(t, err)
	require.NoError(t, yaml.Unmarshal(data, into))
}

// The platforms of the notices and the bill of materials are those of the builds.
func TestThePlatformsAreThoseOfTheBuilds(t *testing.T) {
	var config struct {
		Builds []struct{ Goos, Goarch []string }
	}
	readYAML(t, filepath.Join(root, ".goreleaser.yaml"), &config)
	require.Len(t, config.Builds, 1)
	var built []string
	for _, system := range config.Builds[0].Goos {
		for _, arch := range config.Builds[0].Goarch {
			built = append(built, system+"/"+arch)
		}
	}
	assert.ElementsMatch(t, platforms, built)
}

// What a workflow runs of others is named by its commit, with the version for people and
// for Dependabot, and may do no more than it says.
func TestActionsArePinned(t *testing.T) {
	files, err := filepath.Glob(filepath.Join(root, ".github", "workflows", "*.yml"))
	require.NoError(t, err)
	used := 0
	for _, file := range files {
		data, err := os.ReadFile(file)
		require.NoError(t, err)
		for _, m := range regexp.MustCompile(`uses: (.*)`).FindAllStringSubmatch(string(data), -1) {
			used++
			assert.Regexp(t, `^(\./|[\w./-]+@[0-9a-f]{40} # v\d)`, m[1], file)
		}
		var workflow struct{ Permissions map[string]string }
		require.NoError(t, yaml.Unmarshal(data, &workflow))
		assert.NotNil(t, workflow.Permissions, "%s: without permissions a token may do much", file)
		assert.NotContains(t, workflow.Permissions, "id-token", "%s: only the job that signs has it", file)
	}
	assert.Greater(t, used, 4)
}

func TestTheNotesOfAReleaseAreItsSection(t *testing.T) {
	dir := t.TempDir()
	text := "# Changes\n\n## Unreleased\n\n- Later.\n\n## 1.2.3 - 2027-01-31\n\n### The review\n\n- A fault. It is gone.\n\n## 1.2.2 - 2026-12-01\n\n- Before.\n"
	require.NoError(t, os.WriteFile(filepath.Join(dir, "CHANGELOG.md"), []byte(text), 0o644))
	got, err := changelogSection(dir, "1.2.3")
	require.NoError(t, err)
	assert.Equal(t, "### The review\n\n- A fault. It is gone.\n", got)
	_, err = changelogSection(dir, "1.2")
	assert.ErrorContains(t, err, `has no section "## 1.2"`)
}

func TestAVersionOfAPackageSortsAsTheRelease(t *testing.T) {
	assert.Equal(t, "1.2.3", debianVersion("1.2.3"))
	assert.Equal(t, "1.3.0~rc.1", debianVersion("1.3.0-rc.1"))
}

// What is called wrongly says how it is called.
func TestUsage(t *testing.T) {
	for _, args := range [][]string{nil, {"notices"}, {"files", ".", "1.2.3"}} {
		assert.ErrorContains(t, run(args), "usage: release notices ROOT")
	}
	assert.ErrorContains(t, run([]string{"files", ".", "1.2.3", "today", t.TempDir()}), "TIME")
}

var atTest = time.Date(2026, 11, 28, 12, 0, 0, 0, time.UTC)
