// Command release generates the files of a release other than the program. .goreleaser.yaml
// and make generate run it:
//
//	release notices ROOT                  writes THIRD_PARTY_NOTICES.txt
//	release changes ROOT VERSION          prints the section of a version in CHANGELOG.md
//	release files ROOT VERSION TIME DIR   writes the other files to a folder: man pages,
//	                                      completions, the software bill of materials
//	                                      and the files for Debian packages
//
// ROOT is the root of the repository, VERSION has no leading v, and TIME is the time of the
// commit in seconds since 1970. The same commit gives the same bytes.
package main

//go:generate go run . notices ../..

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"
)

const (
	home        = "https://" + modulePath
	maintainers = "The iotlens maintainers"
	address     = "iotlens@users.noreply.github.com"
	description = "Reviews IoT workloads against the AWS Well-Architected IoT Lens"
)

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "release:", err)
		os.Exit(1)
	}
}

func run(args []string) error {
	switch {
	case len(args) == 2 && args[0] == "notices":
		return writeNotices(args[1])
	case len(args) == 3 && args[0] == "changes":
		text, err := changelogSection(args[1], args[2])
		fmt.Print(text)
		return err
	case len(args) == 5 && args[0] == "files":
		seconds, err := strconv.ParseInt(args[3], 10, 64)
		if err != nil {
			return fmt.Errorf("TIME: %w", err)
		}
		return writeFiles(args[1], args[2], time.Unix(seconds, 0).UTC(), args[4])
	}
	return errors.New("usage: release notices ROOT | release changes ROOT VERSION | release files ROOT VERSION TIME DIR")
}

// writeFiles writes all files of a release to a folder, which it empties first.
func writeFiles(root, version string, at time.Time, dir string) error {
	modules, err := linkedModules(root)
	if err != nil {
		return err
	}
	toolchain, err := goTool(root, nil, "env", "GOVERSION")
	if err != nil {
		return err
	}
	files := map[string][]byte{}
	for name, page := range manPages(version, at) {
		files["man/man1/"+name] = page
		if files["deb/man1/"+name+".gz"], err = gzipped(page); err != nil {
			return err
		}
	}
	if err := completions(files); err != nil {
		return err
	}
	var sbom bytes.Buffer
	if err := writeSBOM(&sbom, modules, version, strings.TrimSpace(string(toolchain)), at); err != nil {
		return err
	}
	files["sbom.cdx.json"] = sbom.Bytes()
	if err := debianFiles(root, version, at, files); err != nil {
		return err
	}
	if err := os.RemoveAll(dir); err != nil {
		return err
	}
	for name, data := range files {
		path := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			return err
		}
		if err := os.WriteFile(path, data, 0o644); err != nil {
			return err
		}
	}
	return nil
}
