package main

import (
	"archive/tar"
	"archive/zip"
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"debug/buildinfo"
	"debug/elf"
	"debug/macho"
	"debug/pe"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/cavaliergopher/rpm"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// A dist is a folder with a release.
type dist struct {
	dir, version string
	at           time.Time // of the commit
	repository   string
}

// checkDist checks every file of a release with the archives of the given platforms.
func checkDist(t *testing.T, dir string, targets []string) {
	t.Helper()
	d := dist{dir: dir, repository: filepath.Dir(dir)}
	var about struct {
		Version string
		Date    time.Time
	}
	require.NoError(t, json.Unmarshal(d.read(t, "metadata.json"), &about))
	seconds, err := git(d.repository, "log", "-1", "--format=%ct")
	require.NoError(t, err)
	unix, err := strconv.ParseInt(strings.TrimSpace(seconds), 10, 64)
	require.NoError(t, err)
	d.version, d.at = about.Version, time.Unix(unix, 0).UTC()

	var released []string
	sbom := "iotlens_" + d.version + ".cdx.json"
	released = append(released, sbom)
	for _, target := range targets {
		name := "iotlens_" + d.version + "_" + strings.ReplaceAll(target, "/", "_")
		archive := name + ".tar.gz"
		if strings.HasPrefix(target, "windows/") {
			archive = name + ".zip"
		}
		released = append(released, archive)
		t.Run(archive, func(t *testing.T) { d.checkArchive(t, archive, target) })
		if strings.HasPrefix(target, "linux/") {
			released = append(released, name+".deb", name+".rpm")
			program := d.unpack(t, archive)["iotlens"].data
			t.Run(name+".deb", func(t *testing.T) { d.checkDeb(t, name+".deb", target, program) })
			t.Run(name+".rpm", func(t *testing.T) { d.checkRPM(t, name+".rpm", target, program) })
		}
	}
	t.Run(sbom, func(t *testing.T) {
		data := d.read(t, sbom)
		validSBOM(t, data)
		assert.Contains(t, string(data), "pkg:golang/github.com/iotlens/iotlens@v"+d.version)
		assert.Contains(t, string(data), d.at.Format(time.RFC3339))
	})
	t.Run("checksums.txt", func(t *testing.T) {
		var sums []string
		for _, name := range released {
			sums = append(sums, fmt.Sprintf("%x  %s", sha256.Sum256(d.read(t, name)), name))
		}
		assert.ElementsMatch(t, sums, strings.Split(strings.TrimSpace(string(d.read(t, "checksums.txt"))), "\n"))
	})
	files := slices.DeleteFunc(d.files(t), func(name string) bool { return name == "checksums.txt.sigstore.json" }) // once it is signed
	assert.ElementsMatch(t, append(released, "checksums.txt", "artifacts.json", "config.yaml", "metadata.json"), files)
}

func (d dist) read(t *testing.T, name string) []byte {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(d.dir, name))
	require.NoError(t, err)
	return data
}

// files returns the files of the folder itself; goreleaser keeps programs in folders below.
func (d dist) files(t *testing.T) []string {
	t.Helper()
	entries, err := os.ReadDir(d.dir)
	require.NoError(t, err)
	var names []string
	for _, e := range entries {
		if !e.IsDir() {
			names = append(names, e.Name())
		}
	}
	return names
}

// A packed file is a file in an archive or a package.
type packed struct {
	mode fs.FileMode
	data []byte
	at   time.Time
}

// unpack reads an archive; it fails where an entry is no file, or belongs to somebody.
func (d dist) unpack(t *testing.T, name string) map[string]packed {
	t.Helper()
	data := d.read(t, name)
	if path.Ext(name) != ".zip" {
		return untar(t, data)
	}
	r, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	require.NoError(t, err)
	files := map[string]packed{}
	for _, f := range r.File {
		require.True(t, f.Mode().IsRegular(), f.Name)
		content, err := f.Open()
		require.NoError(t, err)
		data, err := io.ReadAll(content)
		require.NoError(t, err)
		files[f.Name] = packed{f.Mode(), data, f.Modified.UTC()}
	}
	return files
}

// untar reads the files of a .tar.gz, whose owner is root.
func untar(t *testing.T, data []byte) map[string]packed {
	t.Helper()
	unzipped, err := gzip.NewReader(bytes.NewReader(data))
	require.NoError(t, err)
	files := map[string]packed{}
	for r := tar.NewReader(unzipped); ; {
		h, err := r.Next()
		if errors.Is(err, io.EOF) {
			return files
		}
		require.NoError(t, err)
		assert.Contains(t, []string{"", "root"}, h.Uname, h.Name)
		assert.Contains(t, []string{"", "root"}, h.Gname, h.Name)
		assert.Zero(t, h.Uid+h.Gid, "%s: belongs to a user of the machine that packed it", h.Name)
		if h.Typeflag == tar.TypeDir {
			assert.Equal(t, fs.FileMode(0o755), h.FileInfo().Mode().Perm(), h.Name)
			continue
		}
		require.Equal(t, byte(tar.TypeReg), h.Typeflag, h.Name)
		data, err := io.ReadAll(r)
		require.NoError(t, err)
		files[strings.TrimPrefix(h.Name, "./")] = packed{h.FileInfo().Mode(), data, h.ModTime.UTC()}
	}
}

var (
	documents = []string{"LICENSE", "README.md", "CHANGELOG.md", noticesFile}
	scripts   = []string{"_iotlens", "iotlens.bash", "iotlens.fish", "iotlens.ps1"}
)

func pageNames() []string {
	return slices.Sorted(maps.Keys(manPages("", time.Time{})))
}

func (d dist) checkArchive(t *testing.T, archive, target string) {
	files := d.unpack(t, archive)
	program := "iotlens"
	if strings.HasPrefix(target, "windows/") {
		program = "iotlens.exe"
	}
	want := append([]string{program}, documents...)
	for _, name := range scripts {
		want = append(want, "completions/"+name)
	}
	for _, name := range pageNames() {
		want = append(want, "man/man1/"+name)
	}
	require.ElementsMatch(t, want, slices.Collect(maps.Keys(files)))
	for name, f := range files {
		mode := fs.FileMode(0o644)
		if name == program {
			mode = 0o755
		}
		assert.Equal(t, mode, f.mode, name)
		assert.Equal(t, d.at, f.at, name)
		assert.NotEmpty(t, f.data, name)
	}
	for _, name := range documents {
		here, err := os.ReadFile(filepath.Join(d.repository, name))
		require.NoError(t, err)
		assert.Equal(t, string(here), string(files[name].data), name)
	}
	for name, page := range manPages(d.version, d.at) {
		assert.Equal(t, string(page), string(files["man/man1/"+name].data), name)
	}
	d.checkProgram(t, files[program].data, target)
	if target != runtime.GOOS+"/"+runtime.GOARCH {
		return
	}
	file := filepath.Join(t.TempDir(), program)
	require.NoError(t, os.WriteFile(file, files[program].data, 0o755))
	assert.Regexp(t, `^iotlens v`+d.version+` \(go1\.\d+\.\d+, `+target+`\)\n`, runs(t, file, "version"))
	for shell, script := range map[string]string{"bash": "iotlens.bash", "zsh": "_iotlens", "fish": "iotlens.fish", "powershell": "iotlens.ps1"} {
		assert.Equal(t, runs(t, file, "completion", shell), string(files["completions/"+script].data), shell)
	}
	assert.Contains(t, runs(t, file, "explain", "IOTSEC01-BP01"), "IOTSEC01-BP01")
}

func runs(t *testing.T, file string, args ...string) string {
	t.Helper()
	out, err := exec.Command(file, args...).Output()
	require.NoError(t, err)
	return string(out)
}

// checkProgram checks a program for a platform without running it.
func (d dist) checkProgram(t *testing.T, program []byte, target string) {
	t.Helper()
	assert.LessOrEqual(t, len(program), 25_000_000, "larger than 25 MB")
	info, err := buildinfo.Read(bytes.NewReader(program))
	require.NoError(t, err)
	assert.Equal(t, modulePath, info.Main.Path)
	system, arch, _ := strings.Cut(target, "/")
	settings := map[string]string{}
	for _, s := range info.Settings {
		settings[s.Key] = s.Value
	}
	for key, value := range map[string]string{"GOOS": system, "GOARCH": arch, "CGO_ENABLED": "0", "-trimpath": "true", "vcs": "git", "vcs.modified": "false"} {
		assert.Equal(t, value, settings[key], "%s; vcs.modified is true where files were changed and not committed", key)
	}
	assert.Contains(t, string(program), "v"+d.version)
	if tag, err := git(d.repository, "tag", "--points-at", "HEAD"); err == nil && tag != "" {
		assert.Equal(t, strings.TrimSpace(tag), info.Main.Version, "what scanners read")
	}
	absolute, err := filepath.Abs(d.repository)
	require.NoError(t, err)
	assert.NotContains(t, string(program), absolute, "names the folder in which it was built")
	checkFormat(t, program, system, arch)
}

// checkFormat checks that a program is for its system and machine and links only libraries of
// the system.
func checkFormat(t *testing.T, program []byte, system, arch string) {
	t.Helper()
	r := bytes.NewReader(program)
	switch system {
	case "linux":
		f, err := elf.NewFile(r)
		require.NoError(t, err)
		assert.Equal(t, map[string]elf.Machine{"amd64": elf.EM_X86_64, "arm64": elf.EM_AARCH64}[arch], f.Machine)
		for _, p := range f.Progs {
			assert.NotContains(t, []elf.ProgType{elf.PT_INTERP, elf.PT_DYNAMIC}, p.Type, "is linked dynamically")
		}
		assert.Nil(t, f.Section(".symtab"), "has symbols")
	case "darwin":
		f, err := macho.NewFile(r)
		require.NoError(t, err)
		assert.Equal(t, map[string]macho.Cpu{"amd64": macho.CpuAmd64, "arm64": macho.CpuArm64}[arch], f.Cpu)
		libraries, err := f.ImportedLibraries()
		require.NoError(t, err)
		for _, l := range libraries {
			assert.Regexp(t, `^(/usr/lib/lib(System\.B|resolv\.9)\.dylib|/System/Library/Frameworks/)`, l)
		}
	case "windows":
		f, err := pe.NewFile(r)
		require.NoError(t, err)
		assert.Equal(t, map[string]uint16{"amd64": pe.IMAGE_FILE_MACHINE_AMD64, "arm64": pe.IMAGE_FILE_MACHINE_ARM64}[arch], f.Machine)
		libraries, err := f.ImportedLibraries()
		require.NoError(t, err)
		for _, l := range libraries {
			assert.Equal(t, "kernel32.dll", strings.ToLower(l))
		}
	}
}

// inPackages are the files of both packages, but for licences and changes.
func inPackages() []string {
	files := []string{"usr/bin/iotlens", "usr/share/bash-completion/completions/iotlens", "usr/share/fish/vendor_completions.d/iotlens.fish"}
	for _, name := range pageNames() {
		files = append(files, "usr/share/man/man1/"+name+".gz")
	}
	return files
}

func (d dist) checkDeb(t *testing.T, name, target string, program []byte) {
	members := unar(t, d.read(t, name))
	require.Equal(t, []string{"control.tar.gz", "data.tar.gz", "debian-binary"}, slices.Sorted(maps.Keys(members)))
	assert.Equal(t, "2.0\n", string(members["debian-binary"]))
	control := untar(t, members["control.tar.gz"])
	assert.ElementsMatch(t, []string{"control", "md5sums"}, slices.Collect(maps.Keys(control)))
	_, arch, _ := strings.Cut(target, "/")
	fields := string(control["control"].data)
	for _, line := range []string{
		"Package: iotlens\n", "Version: " + debianVersion(d.version) + "\n", "Architecture: " + arch + "\n", "Section: utils\n",
		"Maintainer: " + maintainers + " <" + address + ">\n", "Homepage: " + home + "\n",
	} {
		assert.Contains(t, fields, line)
	}
	assert.NotContains(t, fields, "Depends:")

	files := untar(t, members["data.tar.gz"])
	const doc = "usr/share/doc/iotlens/"
	want := append(inPackages(), "usr/share/zsh/vendor-completions/_iotlens", doc+"copyright", doc+"changelog.gz", doc+"CHANGELOG.md.gz",
		doc+noticesFile+".gz", "usr/share/lintian/overrides/iotlens")
	require.ElementsMatch(t, want, slices.Collect(maps.Keys(files)))
	for name, f := range files {
		assert.Equal(t, modeIn(name), f.mode, name)
		assert.Equal(t, d.at, f.at, name)
	}
	assert.True(t, bytes.Equal(program, files["usr/bin/iotlens"].data), "the program is that of the archive")
	for name, page := range manPages(d.version, d.at) {
		assert.Equal(t, string(page), gunzip(t, files["usr/share/man/man1/"+name+".gz"].data), name)
	}
	assert.Contains(t, string(files[doc+"copyright"].data), "MIT License")
	assert.Contains(t, gunzip(t, files[doc+noticesFile+".gz"].data), "SIL OPEN FONT LICENSE")
	assert.Contains(t, gunzip(t, files[doc+"changelog.gz"].data), "iotlens ("+debianVersion(d.version)+") ")
	assert.Contains(t, gunzip(t, files[doc+"CHANGELOG.md.gz"].data), "# Changes\n")
}

func modeIn(name string) fs.FileMode {
	if path.Dir(name) == "usr/bin" {
		return 0o755
	}
	return 0o644
}

func gunzip(t *testing.T, data []byte) string {
	t.Helper()
	r, err := gzip.NewReader(bytes.NewReader(data))
	require.NoError(t, err)
	text, err := io.ReadAll(r)
	require.NoError(t, err)
	return string(text)
}

// unar reads the members of a Debian package (deb(5)): a header of 60 bytes before
// each, and an even start.
func unar(t *testing.T, data []byte) map[string][]byte {
	t.Helper()
	rest, ok := bytes.CutPrefix(data, []byte("!<arch>\n"))
	require.True(t, ok, "no Debian package")
	members := map[string][]byte{}
	for len(rest) > 0 {
		require.GreaterOrEqual(t, len(rest), 60)
		header := string(rest[:60])
		size, err := strconv.Atoi(strings.TrimSpace(header[48:58]))
		require.NoError(t, err)
		rest = rest[60:]
		require.GreaterOrEqual(t, len(rest), size)
		members[strings.TrimRight(header[:16], " /")] = rest[:size]
		rest = rest[min(len(rest), size+size%2):]
	}
	return members
}

func (d dist) checkRPM(t *testing.T, name, target string, program []byte) {
	p, err := rpm.Read(bytes.NewReader(d.read(t, name)))
	require.NoError(t, err)
	_, arch, _ := strings.Cut(target, "/")
	assert.Equal(t, "iotlens", p.Name())
	assert.Equal(t, debianVersion(d.version), p.Version())
	assert.Equal(t, map[string]string{"amd64": "x86_64", "arm64": "aarch64"}[arch], p.Architecture())
	assert.Equal(t, "MIT", p.License())
	assert.Equal(t, home, p.URL())
	assert.Equal(t, d.at, p.BuildTime().UTC())
	assert.Equal(t, "iotlens", p.BuildHost())
	for _, needed := range p.Requires() {
		assert.True(t, strings.HasPrefix(needed.Name(), "rpmlib("), "needs %s", needed.Name())
	}
	want := append(inPackages(), "usr/share/zsh/site-functions/_iotlens", "usr/share/doc/iotlens/CHANGELOG.md",
		"usr/share/licenses/iotlens/LICENSE", "usr/share/licenses/iotlens/"+noticesFile)
	var got []string
	for _, f := range p.Files() {
		if f.IsDir() {
			continue
		}
		inside := strings.TrimPrefix(f.Name(), "/")
		got = append(got, inside)
		assert.Equal(t, modeIn(inside), f.Mode(), f.Name())
		assert.Equal(t, "root", f.Owner(), f.Name())
		assert.Equal(t, d.at, f.ModTime().UTC(), f.Name())
		if inside == "usr/bin/iotlens" {
			assert.Equal(t, fmt.Sprintf("%x", sha256.Sum256(program)), f.Digest(), "the program is that of the archive")
		}
	}
	assert.ElementsMatch(t, want, got)
}
