package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"github.com/google/licensecheck"
)

const (
	program    = "./cmd/iotlens"
	modulePath = "github.com/iotlens/iotlens" // the module itself
)

// platforms are the platforms of a release, as in .goreleaser.yaml.
var platforms = []string{"darwin/amd64", "darwin/arm64", "linux/amd64", "linux/arm64", "windows/amd64", "windows/arm64"}

// A linkedModule is a module with a package that is linked into the program on some platform.
type linkedModule struct {
	Path, Version string
	Platforms     []string // on which it is linked
	Needs         []string // modules that its packages import, sorted
	Texts         []licenceText
}

// A licenceText is a licence or notice file of a module that must be distributed with the
// program.
type licenceText struct {
	Name     string   // relative to the module
	Licences []string // SPDX ids; none for a notice
	Text     string
}

// goPackage has the needed fields of the output of go list.
type goPackage struct {
	ImportPath, Dir string
	Imports         []string
	Module          *struct{ Path, Version, Dir string }
}

// linkedModules lists the modules linked into the program on any platform, sorted by path,
// except its own. root is the root of the repository.
func linkedModules(root string) ([]linkedModule, error) {
	modules := map[string]*linkedModule{}
	texts := map[string]map[string]bool{} // paths of licence files by module
	for _, platform := range platforms {
		packages, err := listPackages(root, platform)
		if err != nil {
			return nil, err
		}
		of := map[string]string{} // the module of a package
		for _, p := range packages {
			if p.Module != nil {
				of[p.ImportPath] = p.Module.Path
			}
		}
		for _, p := range packages {
			if p.Module == nil || p.Module.Path == modulePath {
				continue
			}
			m := modules[p.Module.Path]
			if m == nil {
				m = &linkedModule{Path: p.Module.Path, Version: p.Module.Version}
				modules[m.Path], texts[m.Path] = m, map[string]bool{}
			}
			if !slices.Contains(m.Platforms, platform) {
				m.Platforms = append(m.Platforms, platform)
			}
			for _, i := range p.Imports {
				if need := of[i]; need != "" && need != m.Path && !slices.Contains(m.Needs, need) {
					m.Needs = append(m.Needs, need)
				}
			}
			if err := findLicenceTexts(p.Module.Dir, p.Dir, texts[m.Path], m); err != nil {
				return nil, err
			}
		}
	}
	var out []linkedModule
	for _, m := range modules {
		slices.Sort(m.Needs)
		slices.SortFunc(m.Texts, func(a, b licenceText) int { return strings.Compare(a.Name, b.Name) })
		out = append(out, *m)
	}
	slices.SortFunc(out, func(a, b linkedModule) int { return strings.Compare(a.Path, b.Path) })
	return out, nil
}

// listPackages lists the packages of the program on a platform, such as linux/amd64.
func listPackages(root, platform string) ([]goPackage, error) {
	system, arch, _ := strings.Cut(platform, "/")
	out, err := goTool(root, []string{"GOOS=" + system, "GOARCH=" + arch, "CGO_ENABLED=0", "GOFLAGS=-mod=readonly", "GOWORK=off"},
		"list", "-deps", "-json=ImportPath,Dir,Imports,Module", program)
	if err != nil {
		return nil, err
	}
	var packages []goPackage
	for d := json.NewDecoder(bytes.NewReader(out)); ; {
		var p goPackage
		switch err := d.Decode(&p); {
		case errors.Is(err, io.EOF):
			return packages, nil
		case err != nil:
			return nil, err
		}
		packages = append(packages, p)
	}
}

// goTool runs the go command in the root of the repository.
func goTool(root string, env []string, args ...string) ([]byte, error) {
	c := exec.Command("go", args...)
	c.Dir, c.Env = root, append(os.Environ(), env...)
	out, err := c.Output()
	var exit *exec.ExitError
	if errors.As(err, &exit) {
		err = fmt.Errorf("go %s: %w\n%s", strings.Join(args, " "), err, exit.Stderr)
	}
	return out, err
}

// isText matches the names of files that have to go with what is made of a module.
var licenceFileName = regexp.MustCompile(`(?i)^(licen[cs]e|copying|copyright|notice|patents)([-._].*)?$`)

// findTexts adds the licence files of a package to those of its module: they stand in
// its folder or in one above it, up to that of the module.
func findLicenceTexts(root, dir string, seen map[string]bool, m *linkedModule) error {
	for ; len(dir) >= len(root); dir = filepath.Dir(dir) {
		entries, err := os.ReadDir(dir)
		if err != nil {
			return err
		}
		for _, e := range entries {
			path := filepath.Join(dir, e.Name())
			if seen[path] || !e.Type().IsRegular() || !licenceFileName.MatchString(e.Name()) || strings.HasSuffix(e.Name(), ".go") {
				continue
			}
			seen[path] = true
			name, err := filepath.Rel(root, path)
			if err != nil {
				return err
			}
			text, err := readText(path)
			if err != nil {
				return err
			}
			m.Texts = append(m.Texts, licenceText{Name: filepath.ToSlash(name), Licences: identifyLicences(e.Name(), text), Text: text})
		}
	}
	return nil
}

// readText reads a text and normalises its line endings.
func readText(path string) (string, error) {
	data, err := os.ReadFile(path)
	text := strings.ReplaceAll(string(data), "\r\n", "\n")
	return strings.TrimSpace(text) + "\n", err
}

// isLicence matches the names of those that are licences, not notices beside one.
var isLicence = regexp.MustCompile(`(?i)^(licen[cs]e|copying)`)

// identify names the licences in a file, as SPDX does.
func identifyLicences(name, text string) []string {
	var ids []string
	if !isLicence.MatchString(name) {
		return nil
	}
	for _, m := range licensecheck.Scan([]byte(text)).Match {
		if !m.IsURL && !slices.Contains(ids, m.ID) {
			ids = append(ids, m.ID)
		}
	}
	return ids
}

// licences returns the SPDX ids of the licences of a module, sorted.
func (m linkedModule) licences() []string {
	var ids []string
	for _, t := range m.Texts {
		ids = append(ids, t.Licences...)
	}
	slices.Sort(ids)
	return slices.Compact(ids)
}
