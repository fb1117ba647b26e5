package main

import (
	"archive/tar"
	"archive/zip"
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// How pipelines get the program: .github/get-iotlens.sh downloads a release, which here
// is a folder, and the action builds where there is none.

// What get-iotlens.sh and the action call; nothing else is on the path of these tests.
var runnerTools = []string{
	"awk", "bash", "cat", "chmod", "cut", "env", "git", "grep", "head", "mkdir", "mktemp", "mv", "paste",
	"rm", "sed", "sh", "sha256sum", "sort", "tail", "tar", "tr", "uname", "unzip", "curl", "gzip", "test",
}

// A runner is a machine that runs pipelines, and a release that it can download.
type runner struct {
	*workspace
	bin, release string // folders
	repository   string // the clone that git finds
	uses         string // the repository that the workflow names
	tag, archive string
}

const released = "v1.2.3"

// stamped is the program as a release has it.
var stamped = sync.OnceValues(func() ([]byte, error) {
	dir, err := os.MkdirTemp("", "iotlens-release")
	if err != nil {
		return nil, err
	}
	defer func() { _ = os.RemoveAll(dir) }()
	file := filepath.Join(dir, "iotlens")
	c := exec.Command("go", "build", "-trimpath", "-ldflags", "-s -w -X github.com/iotlens/iotlens/internal/cli.Version="+released, "-o", file, ".")
	c.Env = append(os.Environ(), "CGO_ENABLED=0")
	if out, err := c.CombinedOutput(); err != nil {
		return nil, errors.New(string(out))
	}
	return os.ReadFile(file)
})

// program is a stand-in that says a version, for what is wrong around it.
func program(version string) []byte {
	return []byte("#!/bin/sh\necho 'iotlens " + version + " (go1.26, linux/amd64)'\n")
}

func newRunner(t *testing.T) *runner {
	t.Helper()
	r := &runner{workspace: newWorkspace(t), bin: t.TempDir(), release: t.TempDir(), uses: "iotlens/iotlens", tag: released}
	r.repository = filepath.Join(t.TempDir(), "iotlens")
	r.archive = "iotlens_1.2.3_" + runtime.GOOS + "_" + runtime.GOARCH + ".tar.gz"
	for _, tool := range runnerTools {
		path, err := exec.LookPath(tool)
		require.NoError(t, err)
		require.NoError(t, os.Symlink(path, filepath.Join(r.bin, tool)))
	}
	// git finds the repository here; no test reaches the network.
	r.env = append(r.env, "PATH="+r.bin, "GIT_CONFIG_COUNT=1", "GIT_CONFIG_VALUE_0=https://github.com/iotlens/iotlens", "GIT_CONFIG_KEY_0=url."+r.repository+".insteadOf")
	require.NoError(t, os.Remove(r.path("temp/iotlens/iotlens")))
	r.publish(t, r.archive, tarOf(t, "LICENSE", []byte("MIT"), "iotlens", program(released)))
	return r
}

// publish makes a release of one archive.
func (r *runner) publish(t *testing.T, archive string, content []byte) {
	t.Helper()
	dir := filepath.Join(r.release, r.tag)
	require.NoError(t, os.MkdirAll(dir, 0o755))
	r.put(t, filepath.Join(dir, archive), string(content))
	sums := sha(content) + "  " + archive + "\n" + sha(nil) + "  iotlens_1.2.3_plan9_amd64.tar.gz\n"
	r.put(t, filepath.Join(dir, "checksums.txt"), sums)
	r.put(t, filepath.Join(dir, "checksums.txt.sigstore.json"), r.identity()+"\n"+r.commit()+"\n"+sha([]byte(sums))+"\n")
	r.put(t, filepath.Join(r.release, "attestation"), r.identity()+"\nrefs/tags/"+r.tag+"\n"+r.commit()+"\n"+sha(content)+"\n")
}

func (r *runner) identity() string {
	return "https://github.com/iotlens/iotlens/.github/workflows/release.yml@refs/tags/" + r.tag
}

// commit is that of the release.
func (r *runner) commit() string { return strings.Repeat("c0ffee11", 5) }

// tagged makes the repository, whose tag is on a commit, and returns the commit.
func (r *runner) tagged(t *testing.T) string {
	t.Helper()
	require.NoError(t, os.MkdirAll(r.repository, 0o755))
	git(t, r.repository, "init", "-q")
	git(t, r.repository, "-c", "user.name=a", "-c", "user.email=a@example.com", "commit", "-q", "--allow-empty", "-m", "a")
	git(t, r.repository, "tag", "v1")
	git(t, r.repository, "-c", "user.name=a", "-c", "user.email=a@example.com", "tag", "-a", r.tag, "-m", "a")
	out, err := exec.Command("git", "-C", r.repository, "rev-parse", "HEAD").Output()
	require.NoError(t, err)
	return strings.TrimSpace(string(out))
}

func (r *runner) remove(t *testing.T, name string) {
	t.Helper()
	require.NoError(t, os.Remove(filepath.Join(r.release, r.tag, name)))
}

func (r *runner) tool(t *testing.T, name, script string) {
	t.Helper()
	r.put(t, filepath.Join(r.bin, name), "#!/bin/sh\n"+script)
	require.NoError(t, os.Chmod(filepath.Join(r.bin, name), 0o755))
}

// cosign puts a cosign on the path for which a bundle is the identity, the commit and
// the digest of what was signed.
func (r *runner) cosign(t *testing.T) {
	t.Helper()
	r.tool(t, "cosign", `
[ "$1 $2 $4 $6" = "verify-blob --bundle --certificate-identity --certificate-oidc-issuer" ] || exit 1
[ "$7" = https://token.actions.githubusercontent.com ] || exit 1
bundle=$3 identity=$5; shift 7
commit=$(sed -n 2p "$bundle")
if [ "$1" = --certificate-github-workflow-sha ]; then commit=$2; shift 2; fi
[ "$(printf '%s\n' "$identity" "$commit" "$(sha256sum <"$1" | cut -d ' ' -f 1)")" = "$(cat "$bundle")" ] || { echo 'Error: none of the expected identities matched'; exit 1; }
echo 'Verified OK'
`)
}

// gh puts a gh on the path that knows one attestation, and wants a token.
func (r *runner) gh(t *testing.T, help string) {
	t.Helper()
	r.tool(t, "gh", `
[ "$1 $2" = "attestation verify" ] || exit 1
if [ "$3" = --help ]; then echo "`+help+`"; exit 0; fi
[ "$GH_TOKEN $GH_HOST" = "secret github.com" ] || { echo 'gh: not signed in'; exit 4; }
[ "$4 $5 $6 $8 $9" = "--repo iotlens/iotlens --cert-identity --cert-oidc-issuer https://token.actions.githubusercontent.com" ] || exit 1
file=$3 identity=$7; shift 9
[ "$1" = --source-ref ] || exit 1
ref=$2; shift 2
commit=$(sed -n 3p "`+r.release+`/attestation")
if [ "$1" = --source-digest ]; then commit=$2; shift 2; fi
[ "$1" = --deny-self-hosted-runners ] || exit 1
[ "$(printf '%s\n' "$identity" "$ref" "$commit" "$(sha256sum <"$file" | cut -d ' ' -f 1)")" = "$(cat "`+r.release+`/attestation")" ] || { echo 'Error: no matching attestation'; exit 1; }
`)
}

const ghHelp = "--source-ref --source-digest --deny-self-hosted-runners"

// get runs the first step of the action, at a ref of the repository.
func (r *runner) get(t *testing.T, ref string, with map[string]string) (int, string) {
	t.Helper()
	var a action
	fromYAML(t, "action.yml", &a)
	all := map[string]string{"release-url": "file://" + r.release, "token": "secret"}
	for name, value := range with {
		all[name] = value
	}
	root, err := filepath.Abs("../..")
	require.NoError(t, err)
	env := append([]string{"SOURCE=" + root, "REPOSITORY=" + r.uses, "REF=" + ref}, a.env(t, 0, all)...)
	return r.run(t, a.Runs.Steps[0].Run, env, githubBash...)
}

func sha(data []byte) string {
	return fmt.Sprintf("%x", sha256.Sum256(data))
}

// tarOf makes an archive of names and contents in turn.
func tarOf(t *testing.T, files ...any) []byte {
	t.Helper()
	var out bytes.Buffer
	z := gzip.NewWriter(&out)
	w := tar.NewWriter(z)
	for i := 0; i < len(files); i += 2 {
		content := files[i+1].([]byte)
		h := &tar.Header{Name: files[i].(string), Mode: 0o755, Size: int64(len(content))}
		require.NoError(t, w.WriteHeader(h))
		_, err := w.Write(content)
		require.NoError(t, err)
	}
	require.NoError(t, w.Close())
	require.NoError(t, z.Close())
	return out.Bytes()
}

func zipOf(t *testing.T, name string, content []byte) []byte {
	t.Helper()
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	w, err := z.Create(name)
	require.NoError(t, err)
	_, err = w.Write(content)
	require.NoError(t, err)
	require.NoError(t, z.Close())
	return out.Bytes()
}

func TestTheActionDownloadsTheRelease(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		prepare func(t *testing.T, r *runner) (ref string, with map[string]string)
		says    string
	}{
		"of its tag, verified by cosign": {func(t *testing.T, r *runner) (string, map[string]string) {
			r.cosign(t)
			return released, nil
		}, "verified by cosign"},
		"of its tag, verified by gh": {func(t *testing.T, r *runner) (string, map[string]string) {
			r.gh(t, ghHelp)
			return released, nil
		}, "verified by gh"},
		"of its tag, by a digest": {func(_ *testing.T, r *runner) (string, map[string]string) {
			return released, map[string]string{"digest": "sha256:" + sha([]byte("another system")) + "\r\n" + strings.ToUpper(r.sum(t)) + "  " + r.archive + "\r\n"}
		}, "verified by the digest given"},
		"of another version": {func(t *testing.T, r *runner) (string, map[string]string) {
			r.cosign(t)
			return "main", map[string]string{"version": "1.2.3\r"}
		}, "verified by cosign"},
		"of a pinned commit, verified by cosign": {func(t *testing.T, r *runner) (string, map[string]string) {
			r.cosign(t)
			commit := r.tagged(t)
			r.resign(t, commit)
			return commit, nil
		}, "iotlens: v1.2.3 from file://"},
		"of a pinned commit, verified by gh": {func(t *testing.T, r *runner) (string, map[string]string) {
			r.gh(t, ghHelp)
			commit := r.tagged(t)
			r.resign(t, commit)
			return commit, nil
		}, "iotlens: v1.2.3 from file://"},
		"on Windows": {func(t *testing.T, r *runner) (string, map[string]string) {
			r.cosign(t)
			require.NoError(t, os.Remove(filepath.Join(r.bin, "uname")))
			r.tool(t, "uname", `if [ "$1" = -s ]; then echo MINGW64_NT-10.0-26100; else echo x86_64; fi`)
			r.publish(t, "iotlens_1.2.3_windows_amd64.zip", zipOf(t, "iotlens.exe", program(released)))
			return released, nil
		}, "verified by cosign"},
	} {
		t.Run(name, func(t *testing.T) {
			r := newRunner(t)
			ref, with := c.prepare(t, r)
			exit, log := r.get(t, ref, with)
			require.Equal(t, 0, exit, log)
			assert.Contains(t, log, c.says)
			file := r.path("temp/iotlens/iotlens")
			if name == "on Windows" {
				file += ".exe"
			}
			out, err := exec.Command(file, "version").Output()
			require.NoError(t, err)
			assert.Contains(t, string(out), "iotlens v1.2.3 ")
			assert.Empty(t, r.read(t, "summary"))
			left, err := filepath.Glob(r.path("temp/iotlens/get.*"))
			require.NoError(t, err)
			assert.Equal(t, []string{r.path("temp/iotlens/get.log")}, left)
		})
	}
}

// sum is the digest of the archive.
func (r *runner) sum(t *testing.T) string {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(r.release, r.tag, r.archive))
	require.NoError(t, err)
	return sha(data)
}

// resign has the release signed as built from another commit.
func (r *runner) resign(t *testing.T, commit string) {
	t.Helper()
	for _, file := range []string{filepath.Join(r.release, r.tag, "checksums.txt.sigstore.json"), filepath.Join(r.release, "attestation")} {
		data, err := os.ReadFile(file)
		require.NoError(t, err)
		r.put(t, file, strings.ReplaceAll(string(data), r.commit(), commit))
	}
}

// What is wrong with a release is named in the log, in an annotation and on the summary,
// and nothing of it runs.
func TestTheActionRefusesARelease(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		prepare func(t *testing.T, r *runner) (ref string, with map[string]string)
		says    string
	}{
		"whose archive was changed": {func(t *testing.T, r *runner) (string, map[string]string) {
			r.put(t, filepath.Join(r.release, released, r.archive), string(tarOf(t, "iotlens", []byte("#!/bin/sh\ntouch pwned\n"))))
			return released, nil
		}, "does not match: its SHA-256 is "},
		"whose checksums were changed with it": {func(t *testing.T, r *runner) (string, map[string]string) {
			evil := tarOf(t, "iotlens", []byte("#!/bin/sh\ntouch pwned\n"))
			r.put(t, filepath.Join(r.release, released, r.archive), string(evil))
			r.put(t, filepath.Join(r.release, released, "checksums.txt"), sha(evil)+"  "+r.archive+"\n")
			return released, nil
		}, "cosign cannot verify that v1.2.3 was released by https://github.com/iotlens/iotlens/.github/workflows/release.yml@refs/tags/v1.2.3; its message is above"},
		"that has no attestation": {func(t *testing.T, r *runner) (string, map[string]string) {
			require.NoError(t, os.Remove(filepath.Join(r.bin, "cosign")))
			r.gh(t, ghHelp)
			r.put(t, filepath.Join(r.release, "attestation"), "")
			return released, nil
		}, "Error: no matching attestation"},
		"that is not signed": {func(t *testing.T, r *runner) (string, map[string]string) {
			r.remove(t, "checksums.txt.sigstore.json")
			return released, nil
		}, "has no signature: checksums.txt.sigstore.json is missing"},
		"that another workflow signed": {func(t *testing.T, r *runner) (string, map[string]string) {
			file := filepath.Join(r.release, released, "checksums.txt.sigstore.json")
			data, err := os.ReadFile(file)
			require.NoError(t, err)
			r.put(t, file, strings.Replace(string(data), "iotlens/iotlens", "someone/iotlens", 1))
			return released, nil
		}, "none of the expected identities matched"},
		"whose tag was moved onto the pinned commit": {func(t *testing.T, r *runner) (string, map[string]string) {
			return r.tagged(t), nil
		}, "from commit "},
		"without an archive for this system": {func(t *testing.T, r *runner) (string, map[string]string) {
			r.remove(t, r.archive)
			return released, nil
		}, ".tar.gz is missing from the release v1.2.3 at file://"},
		"that does not list the archive": {func(t *testing.T, r *runner) (string, map[string]string) {
			r.put(t, filepath.Join(r.release, released, "checksums.txt"), r.sum(t)+"  x"+r.archive+"\n")
			return released, nil
		}, "checksums.txt of v1.2.3 does not list " + "iotlens_1.2.3_"},
		"that lists the archive twice": {func(t *testing.T, r *runner) (string, map[string]string) {
			r.put(t, filepath.Join(r.release, released, "checksums.txt"), sha(nil)+"  "+r.archive+"\n"+r.sum(t)+"  "+r.archive+"\n")
			return released, nil
		}, " exactly once"},
		"with another digest": {func(_ *testing.T, _ *runner) (string, map[string]string) {
			return released, map[string]string{"digest": sha(nil)}
		}, "the digest given is " + sha(nil)},
		"with a digest that is none": {func(_ *testing.T, _ *runner) (string, map[string]string) {
			return released, map[string]string{"digest": "sha256:abc"}
		}, "digest: each line must be the SHA-256 of an archive in 64 hexadecimal digits"},
		"with a digest and no release": {func(_ *testing.T, _ *runner) (string, map[string]string) {
			return "main", map[string]string{"digest": sha(nil)}
		}, `"main" is not a release such as v1.2.3`},
		"that does not exist": {func(_ *testing.T, _ *runner) (string, map[string]string) {
			return released, map[string]string{"version": "v9.9.9"}
		}, "there is no release v9.9.9 at file://"},
		"that has a path for a version": {func(_ *testing.T, _ *runner) (string, map[string]string) {
			return released, map[string]string{"version": "v1.2.3/../../x"}
		}, `"v1.2.3/../../x" is not a release`},
		"with a path out of its folder": {func(t *testing.T, r *runner) (string, map[string]string) {
			r.publish(t, r.archive, tarOf(t, "../../pwned", []byte("x"), "iotlens", program(released)))
			return released, nil
		}, "has a path that leads out of its folder: ../../pwned"},
		"with an absolute path": {func(t *testing.T, r *runner) (string, map[string]string) {
			r.publish(t, r.archive, tarOf(t, r.path("pwned"), []byte("x"), "iotlens", program(released)))
			return released, nil
		}, "has a path that leads out of its folder: /"},
		"without the program": {func(t *testing.T, r *runner) (string, map[string]string) {
			r.publish(t, r.archive, tarOf(t, "bin/iotlens", program(released)))
			return released, nil
		}, "does not contain the program iotlens"},
		"whose program is a link": {func(t *testing.T, r *runner) (string, map[string]string) {
			r.tool(t, "target", "touch '"+r.path("pwned")+"'; echo 'iotlens v1.2.3 (a, b)'")
			var out bytes.Buffer
			z := gzip.NewWriter(&out)
			w := tar.NewWriter(z)
			require.NoError(t, w.WriteHeader(&tar.Header{Name: "iotlens", Typeflag: tar.TypeSymlink, Linkname: filepath.Join(r.bin, "target")}))
			require.NoError(t, w.Close())
			require.NoError(t, z.Close())
			r.publish(t, r.archive, out.Bytes())
			return released, nil
		}, "is a link or empty"},
		"that is no archive": {func(t *testing.T, r *runner) (string, map[string]string) {
			r.publish(t, r.archive, []byte("<html>sign in</html>"))
			return released, nil
		}, ".tar.gz cannot be read"},
		"of another system": {func(t *testing.T, r *runner) (string, map[string]string) {
			r.publish(t, r.archive, tarOf(t, "iotlens", []byte("\x7fELF\x02\x01\x01")))
			return released, nil
		}, "does not run on this machine ("},
		"of another version": {func(t *testing.T, r *runner) (string, map[string]string) {
			r.publish(t, r.archive, tarOf(t, "iotlens", program("v1.2.2")))
			return released, nil
		}, "contains iotlens 1.2.2"},
		"that a server forbids": {func(t *testing.T, _ *runner) (string, map[string]string) {
			s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { http.Error(w, "no", http.StatusForbidden) }))
			t.Cleanup(s.Close)
			return released, map[string]string{"release-url": strings.Replace(s.URL, "://", "://name:password@", 1) + "/"}
		}, "cannot download checksums.txt of v1.2.3 from http://127.0.0.1"},
		"that is too large": {func(t *testing.T, _ *runner) (string, map[string]string) {
			s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { w.Header().Set("Content-Length", "200000000") }))
			t.Cleanup(s.Close)
			return released, map[string]string{"release-url": s.URL}
		}, "cannot download checksums.txt of v1.2.3 from http://127.0.0.1"},
		"at an address that is an option of curl": {func(_ *testing.T, r *runner) (string, map[string]string) {
			return released, map[string]string{"release-url": "-o" + r.path("pwned")}
		}, "cannot download checksums.txt of v1.2.3 from -o"},
		"at an address of another kind": {func(_ *testing.T, _ *runner) (string, map[string]string) {
			return released, map[string]string{"release-url": "ftp://example.com"}
		}, "cannot download checksums.txt of v1.2.3 from ftp://example.com: "},
	} {
		t.Run(name, func(t *testing.T) {
			r := newRunner(t)
			r.cosign(t)
			ref, with := c.prepare(t, r)
			exit, log := r.get(t, ref, with)
			assert.Equal(t, 2, exit, log)
			said, annotation, ok := strings.Cut(log, "\n::error title=cannot get iotlens::")
			require.True(t, ok, log)
			assert.Contains(t, said, c.says)
			assert.Contains(t, annotation, c.says)
			assert.Contains(t, r.read(t, "summary"), "## Cannot get iotlens\n\n    ")
			assert.Contains(t, r.read(t, "summary"), c.says)
			assert.NotContains(t, log, "password")
			assert.NoFileExists(t, r.path("pwned"))
			assert.NoFileExists(t, r.path("temp/iotlens/iotlens"))
		})
	}
}

// A server without the release is as a folder without it, and one that fails for a
// moment is asked again.
func TestTheReleaseFromAServer(t *testing.T) {
	t.Parallel()
	r := newRunner(t)
	r.cosign(t)
	failed := map[string]bool{}
	files := http.FileServer(http.Dir(r.release))
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, q *http.Request) {
		if !failed[q.URL.Path] {
			failed[q.URL.Path] = true
			http.Error(w, "later", http.StatusServiceUnavailable)
			return
		}
		files.ServeHTTP(w, q)
	}))
	defer s.Close()
	exit, log := r.get(t, released, map[string]string{"release-url": s.URL})
	require.Equal(t, 0, exit, log)
	exit, log = r.get(t, released, map[string]string{"release-url": s.URL, "version": "v9.9.9"})
	require.Equal(t, 2, exit, log)
	assert.Contains(t, log, "there is no release v9.9.9 at "+s.URL)
}

// Where there is no release, or nothing that can verify one, the action builds the
// program from where the action is, and says why.
func TestTheActionBuildsWhereThereIsNoRelease(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		prepare func(t *testing.T, r *runner) (ref string)
		says    string
	}{
		"a branch":                    {func(*testing.T, *runner) string { return "main" }, `"main" is not a release`},
		"a major version":             {func(*testing.T, *runner) string { return "v1" }, `"v1" is not a release`},
		"the repository itself":       {func(*testing.T, *runner) string { return "" }, "no release is named"},
		"a tag that was not released": {func(*testing.T, *runner) string { return "v9.9.9" }, "there is no release v9.9.9 at file://"},
		"a commit that has no tag":    {func(t *testing.T, r *runner) string { r.tagged(t); return strings.Repeat("0", 40) }, "is not a release"},
		"the tags are out of reach":   {func(*testing.T, *runner) string { return strings.Repeat("0", 40) }, "cannot be listed"},
		"nothing can verify": {func(t *testing.T, r *runner) string {
			require.NoError(t, os.Remove(filepath.Join(r.bin, "cosign")))
			return released
		}, "nothing here can verify the release v1.2.3"},
		"gh is too old": {func(t *testing.T, r *runner) string {
			require.NoError(t, os.Remove(filepath.Join(r.bin, "cosign")))
			r.gh(t, "--bundle")
			return released
		}, "nothing here can verify the release v1.2.3"},
		"there is no release for s390": {func(t *testing.T, r *runner) string { r.machine(t, "Linux", "s390x"); return released }, "there is no release for Linux on s390x"},
		"there is no release for AIX":  {func(t *testing.T, r *runner) string { r.machine(t, "AIX", "x"); return released }, "there is no release for AIX"},
	} {
		t.Run(name, func(t *testing.T) {
			r := newRunner(t)
			r.cosign(t)
			ref := c.prepare(t, r)
			exit, log := r.get(t, ref, nil)
			assert.Equal(t, 2, exit, log)
			assert.Contains(t, log, c.says)
			assert.Contains(t, log, "There is no Go on this runner to build it. Run actions/setup-go before this action.")
			assert.Contains(t, r.read(t, "summary"), "There is no Go on this runner")
		})
	}
}

func TestTheActionBuilds(t *testing.T) {
	t.Parallel()
	r := newRunner(t)
	goTool, err := exec.LookPath("go")
	require.NoError(t, err)
	// What device teams set for their own builds changes nothing.
	require.NoError(t, os.Symlink(goTool, filepath.Join(r.bin, "go")))
	other := "arm64"
	if runtime.GOARCH == other {
		other = "riscv64"
	}
	for _, name := range []string{"GOCACHE", "GOMODCACHE", "GOPROXY", "GOSUMDB"} {
		out, err := exec.Command("go", "env", name).Output()
		require.NoError(t, err)
		r.env = append(r.env, name+"="+strings.TrimSpace(string(out)))
	}
	r.env = append(r.env, "GOARCH="+other, "GOOS=plan9", "GOFLAGS=-mod=vendor", "GOWORK="+r.path("go.work"))
	exit, log := r.get(t, "main", nil)
	require.Equal(t, 0, exit, log)
	out, err := exec.Command(r.path("temp/iotlens/iotlens"), "version").Output()
	require.NoError(t, err)
	assert.Contains(t, string(out), fmt.Sprintf(", %s/%s)", runtime.GOOS, runtime.GOARCH))

	r.tool(t, "broken", "exit 1")
	require.NoError(t, os.Rename(filepath.Join(r.bin, "broken"), filepath.Join(r.bin, "go")))
	exit, log = r.get(t, "main", nil)
	assert.Equal(t, 2, exit, log)
	assert.Contains(t, log, "::error title=cannot get iotlens::go build failed.")
}

func (r *runner) machine(t *testing.T, system, processor string) {
	t.Helper()
	require.NoError(t, os.Remove(filepath.Join(r.bin, "uname")))
	r.tool(t, "uname", `if [ "$1" = -s ]; then echo `+system+`; else echo `+processor+`; fi`)
}

// The template downloads a release by its digest, or by its signature where the image
// has cosign, and needs no Go then.
func TestTheGitLabTemplateDownloadsTheRelease(t *testing.T) {
	t.Parallel()
	job, script := gitLabJob(t)
	// gate has the gate run as on the day of the workspace.
	gate := func(r *runner) []byte {
		return []byte("#!/bin/sh\nif [ $1 = version ]; then echo 'iotlens v1.2.3 (a, b)'; else exec '" + filepath.Join(r.tools, "iotlens") + "' \"$@\"; fi\n")
	}
	for name, c := range map[string]struct {
		prepare func(t *testing.T, r *runner) (env []string)
		exit    int
		says    string
	}{
		"by a digest": {func(t *testing.T, r *runner) []string { return []string{"IOTLENS_DIGEST=" + r.sum(t)} }, 1, "Stopped: 1 high risk"},
		"by cosign": {func(t *testing.T, r *runner) []string {
			r.cosign(t)
			return nil
		}, 1, "Stopped: 1 high risk"},
		"another digest": {func(*testing.T, *runner) []string { return []string{"IOTLENS_DIGEST=" + sha(nil)} }, 2, "does not match: its SHA-256"},
		"a digest of no release": {func(*testing.T, *runner) []string {
			return []string{"IOTLENS_DIGEST=" + sha(nil), "IOTLENS_VERSION=main"}
		}, 2, `"main" is not a release such as v1.2.3`},
		"nothing to verify or to build with": {func(*testing.T, *runner) []string { return nil }, 2, "the image of this job has no Go; set IOTLENS_DIGEST"},
	} {
		t.Run(name, func(t *testing.T) {
			r := newRunner(t)
			r.publish(t, r.archive, tarOf(t, "iotlens", gate(r)))
			env := append([]string{"REVIEW_FILE=gap.review.yaml", "IOTLENS_VERSION=v1.2.3", "IOTLENS_RELEASE_URL=file://" + r.release}, c.prepare(t, r)...)
			exit, log := r.run(t, script, job.variables(env...), "sh")
			assert.Equal(t, c.exit, exit, log)
			assert.Contains(t, log, c.says)
			assert.Equal(t, c.exit == 1, r.read(t, "iotlens-gate.json") != "")
		})
	}
}

// A fork names releases of its own.
func TestAForkIsBuilt(t *testing.T) {
	t.Parallel()
	r := newRunner(t)
	r.cosign(t)
	r.uses = "someone/iotlens"
	exit, log := r.get(t, released, nil)
	assert.Equal(t, 2, exit)
	assert.Contains(t, log, "no release is named")
}

// The whole way of a job with the program of a release, from nothing to a verdict.
func TestTheDownloadedProgramJudges(t *testing.T) {
	t.Parallel()
	r := newRunner(t)
	r.cosign(t)
	data, err := stamped()
	require.NoError(t, err)
	r.publish(t, r.archive, tarOf(t, "iotlens", data))
	exit, log := r.get(t, released, nil)
	require.Equal(t, 0, exit, log)
	var a action
	fromYAML(t, "action.yml", &a)
	exit, log = a.runGate(t, r.workspace, map[string]string{"file": "gap.review.yaml"})
	assert.Equal(t, 1, exit, log)
	verdict, err := os.ReadFile(outputOf(t, r.workspace, "verdict")[0])
	require.NoError(t, err)
	assert.Contains(t, string(verdict), `"v1.2.3"`)
}
