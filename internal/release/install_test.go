//go:build unix

package main

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/pem"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// An installation is a home and a folder with the release v1.2.3, whose program is a
// script.
type installation struct{ home, releases, tools string }

func newInstallation(t *testing.T, program string) installation {
	t.Helper()
	i := installation{t.TempDir(), t.TempDir(), t.TempDir()}
	var b bytes.Buffer
	zipped := gzip.NewWriter(&b)
	w := tar.NewWriter(zipped)
	for name, text := range map[string]string{
		"iotlens": program, "LICENSE": "MIT", "man/man1/iotlens.1": "page", "man/man1/iotlens-gate.1": "page",
		"completions/iotlens.bash": "bash", "completions/iotlens.fish": "fish", "completions/_iotlens": "zsh", "completions/iotlens.ps1": "ps1",
	} {
		require.NoError(t, w.WriteHeader(&tar.Header{Name: name, Size: int64(len(text)), Mode: 0o755, Typeflag: tar.TypeReg}))
		_, err := w.Write([]byte(text))
		require.NoError(t, err)
	}
	require.NoError(t, w.Close())
	require.NoError(t, zipped.Close())
	i.release(t, i.archive(), b.String())
	i.release(t, "checksums.txt", fmt.Sprintf("%x  %s\n%064d  iotlens_1.2.3_plan9_mips.tar.gz\n", sha256.Sum256(b.Bytes()), i.archive(), 0))
	i.release(t, "checksums.txt.sigstore.json", "{}")
	return i
}

func (i installation) archive() string {
	return "iotlens_1.2.3_" + runtime.GOOS + "_" + runtime.GOARCH + ".tar.gz"
}

func (i installation) release(t *testing.T, name, text string) {
	t.Helper()
	dir := filepath.Join(i.releases, "v1.2.3")
	require.NoError(t, os.MkdirAll(dir, 0o755))
	require.NoError(t, os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644))
}

// tool puts a script before all other programs.
func (i installation) tool(t *testing.T, name, script string) {
	t.Helper()
	require.NoError(t, os.WriteFile(filepath.Join(i.tools, name), []byte("#!/bin/sh\n"+script), 0o755))
}

// run runs a script as install.sh, and returns its exit code and what it said.
func (i installation) run(t *testing.T, script string, env ...string) (int, string) {
	t.Helper()
	c := exec.Command("sh")
	if dash, err := exec.LookPath("dash"); err == nil {
		c = exec.Command(dash)
	}
	c.Stdin, c.Dir = strings.NewReader(script), i.home
	c.Env = append([]string{"HOME=" + i.home, "PATH=" + i.tools + ":" + os.Getenv("PATH"), "IOTLENS_RELEASE_URL=file://" + i.releases, "VERSION=v1.2.3"}, env...)
	out, err := c.CombinedOutput()
	if c.ProcessState == nil {
		require.NoError(t, err)
	}
	return c.ProcessState.ExitCode(), string(out)
}

// files are those below the home.
func (i installation) files(t *testing.T) []string {
	t.Helper()
	out, err := exec.Command("find", i.home, "-type", "f").Output()
	require.NoError(t, err)
	return strings.Fields(strings.ReplaceAll(string(out), i.home+"/", ""))
}

func installScript(t *testing.T) string {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(root, "install.sh"))
	require.NoError(t, err)
	return string(data)
}

const works = "#!/bin/sh\necho iotlens v1.2.3\n"

func TestInstall(t *testing.T) {
	i := newInstallation(t, works)
	i.tool(t, "cosign", "exit 0") // whatever is on this machine
	code, said := i.run(t, installScript(t))
	require.Equal(t, 0, code, said)
	bin := i.home + "/.local/bin"
	assert.Contains(t, said, "Installed iotlens v1.2.3 in "+bin+" (checksum and signature verified).")
	assert.Contains(t, said, bin+" is not on your PATH. Next:\n  export PATH=\""+bin+":$PATH\"")
	assert.ElementsMatch(t, []string{
		".local/bin/iotlens", ".local/share/man/man1/iotlens.1", ".local/share/man/man1/iotlens-gate.1",
		".local/share/bash-completion/completions/iotlens", ".local/share/fish/vendor_completions.d/iotlens.fish", ".local/share/zsh/site-functions/_iotlens",
	}, i.files(t))
	out, err := exec.Command(bin + "/iotlens").Output()
	require.NoError(t, err)
	assert.Equal(t, "iotlens v1.2.3\n", string(out))

	// Again, over what is there; the version without its v; a folder of its own.
	code, said = i.run(t, installScript(t), "VERSION=1.2.3", "PATH="+bin+":"+os.Getenv("PATH"))
	require.Equal(t, 0, code, said)
	assert.Contains(t, said, "\nNext: iotlens review\n")
	code, said = i.run(t, installScript(t), "DIR="+i.home+"/my tools")
	require.Equal(t, 0, code, said)
	assert.FileExists(t, i.home+"/my tools/iotlens")
	assert.NoDirExists(t, i.home+"/share")
}

func TestTheLatestReleaseIsFound(t *testing.T) {
	i := newInstallation(t, works)
	curl, err := exec.LookPath("curl")
	require.NoError(t, err)
	i.tool(t, "curl", `case "$*" in *releases/latest) echo https://github.com/iotlens/iotlens/releases/tag/v1.2.3 ;; *) exec `+curl+` "$@" ;; esac`)
	code, said := i.run(t, installScript(t), "VERSION=")
	require.Equal(t, 0, code, said)
	assert.Contains(t, said, "Installed iotlens v1.2.3")
	i.tool(t, "curl", "echo https://github.com/iotlens/iotlens/releases")
	code, said = i.run(t, installScript(t), "VERSION=")
	assert.Equal(t, 1, code)
	assert.Contains(t, said, "cannot find the latest release")
}

// A program that cannot be verified, or does not run, is not installed.
func TestInstallRefuses(t *testing.T) {
	for name, c := range map[string]struct {
		program string
		change  func(t *testing.T, i installation)
		env     []string
		says    string
	}{
		"another archive": {change: func(t *testing.T, i installation) { i.release(t, i.archive(), "other") }, says: "has the SHA-256 "},
		"an archive that is not listed": {
			change: func(t *testing.T, i installation) {
				i.release(t, "checksums.txt", strings.Repeat("0", 64)+"  not-"+i.archive()+"\n")
			},
			says: "does not list iotlens_1.2.3_",
		},
		"an archive that is listed twice": {
			change: func(t *testing.T, i installation) {
				sums, err := os.ReadFile(filepath.Join(i.releases, "v1.2.3", "checksums.txt"))
				require.NoError(t, err)
				i.release(t, "checksums.txt", strings.Repeat("0", 64)+"  "+i.archive()+"\n"+string(sums))
			},
			says: " exactly once",
		},
		"a path for a version": {change: func(*testing.T, installation) {}, env: []string{"VERSION=v1.2.3/../../x"}, says: `VERSION "v1.2.3/../../x" is not a release`},
		"another signer": {
			change: func(t *testing.T, i installation) {
				i.tool(t, "cosign", "echo 'Error: none of the expected identities' >&2; exit 1")
			},
			says: "cosign cannot verify the signature of checksums.txt: Error: none of the expected identities",
		},
		"no signature": {
			change: func(t *testing.T, i installation) {
				i.tool(t, "cosign", "exit 0")
				require.NoError(t, os.Remove(filepath.Join(i.releases, "v1.2.3", "checksums.txt.sigstore.json")))
			},
			says: "cannot download ",
		},
		"no release":                {change: func(*testing.T, installation) {}, env: []string{"VERSION=v9.9.9"}, says: "/v9.9.9/checksums.txt"},
		"a program of another kind": {program: "#!/nowhere\n", change: func(*testing.T, installation) {}, says: "the program does not run here"},
		"another system": {
			change: func(t *testing.T, i installation) { i.tool(t, "uname", "echo SunOS") }, says: "there is no archive for SunOS",
		},
		"another machine": {
			change: func(t *testing.T, i installation) { i.tool(t, "uname", "[ $1 = -m ] && echo mips || echo Linux") }, says: "go install github.com/iotlens/iotlens/cmd/iotlens@latest",
		},
		"a folder that is a file": {
			change: func(*testing.T, installation) {}, env: []string{"DIR=/dev/null/bin"}, says: "set DIR to a folder that you can write to",
		},
	} {
		t.Run(name, func(t *testing.T) {
			program := c.program
			if program == "" {
				program = works
			}
			i := newInstallation(t, program)
			c.change(t, i)
			code, said := i.run(t, installScript(t), c.env...)
			assert.Equal(t, 1, code, said)
			assert.Contains(t, said, "install.sh: ")
			assert.Contains(t, said, c.says)
			assert.Empty(t, i.files(t), said)
		})
	}
}

// cosign must verify the identity of the workflow at the tag.
func TestInstallAsksForTheIdentityOfTheRelease(t *testing.T) {
	i := newInstallation(t, works)
	i.tool(t, "cosign", `echo "$*" >`+i.releases+`/asked`)
	code, said := i.run(t, installScript(t))
	require.Equal(t, 0, code, said)
	assert.Contains(t, said, "(checksum and signature verified)")
	asked, err := os.ReadFile(i.releases + "/asked")
	require.NoError(t, err)
	assert.Regexp(t, `^verify-blob --bundle \S+/bundle --certificate-oidc-issuer https://token\.actions\.githubusercontent\.com `+
		`--certificate-identity https://github\.com/iotlens/iotlens/\.github/workflows/release\.yml@refs/tags/v1\.2\.3 \S+/checksums\.txt\n$`, string(asked))
}

// Without cosign only the connection says who made a release: a server that is asked by
// https leads to no other.
func TestInstallStaysWithHTTPS(t *testing.T) {
	i := newInstallation(t, works)
	files := http.FileServer(http.Dir(i.releases))
	plain := httptest.NewServer(files)
	defer plain.Close()
	to := ""
	secure := httptest.NewTLSServer(http.HandlerFunc(func(w http.ResponseWriter, q *http.Request) {
		if to != "" {
			http.Redirect(w, q, to+q.URL.Path, http.StatusFound)
			return
		}
		files.ServeHTTP(w, q)
	}))
	defer secure.Close()
	ca := filepath.Join(i.tools, "ca.pem")
	require.NoError(t, os.WriteFile(ca, pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: secure.Certificate().Raw}), 0o600))
	env := []string{"IOTLENS_RELEASE_URL=" + secure.URL, "CURL_CA_BUNDLE=" + ca, "NO_PROXY=*"}
	i.tool(t, "cosign", "exit 0")
	code, said := i.run(t, installScript(t), env...)
	require.Equal(t, 0, code, said)
	to = plain.URL
	code, said = i.run(t, installScript(t), env...)
	assert.Equal(t, 1, code, said)
	assert.Contains(t, said, "cannot download "+secure.URL)
}

// A truncated download of the script does nothing.
func TestHalfAScriptInstallsNothing(t *testing.T) {
	i := newInstallation(t, works)
	script := strings.TrimSpace(installScript(t))
	for _, length := range []int{len(script) - len("main"), len(script) * 2 / 3, len(script) / 2} {
		_, said := i.run(t, script[:length])
		assert.NotContains(t, said, "Installed")
		assert.Empty(t, i.files(t))
	}
}
