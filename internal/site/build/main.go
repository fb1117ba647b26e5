// Command build writes the site into a folder: go run ./internal/site/build site. It
// runs at the root of the repository; make site does so.
package main

import (
	"errors"
	"flag"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"

	"github.com/iotlens/iotlens/internal/bank/shipped"
	"github.com/iotlens/iotlens/internal/cli"
	"github.com/iotlens/iotlens/internal/framework"
	"github.com/iotlens/iotlens/internal/site"
	"github.com/iotlens/iotlens/internal/wa/lint"
)

func main() {
	base := flag.String("base", "/", "path below which a host serves the site, for the page of a missing address")
	host := flag.String("repository", "https://github.com/iotlens/iotlens", "address of the repository, for links to its files")
	flag.Parse()
	if flag.NArg() != 1 {
		fmt.Fprintln(os.Stderr, "usage: go run ./internal/site/build [-base PATH] [-repository URL] FOLDER")
		os.Exit(2)
	}
	if err := run(flag.Arg(0), *base, *host); err != nil {
		fmt.Fprintln(os.Stderr, "site:", err)
		os.Exit(1)
	}
}

// run writes the site to a folder that is empty, does not exist, or has an earlier site, which
// it replaces.
func run(dir, base, host string) error {
	manual, everywhere := cli.Manuals()
	l := shipped.Lens()
	files, err := site.Build(site.Source{
		Repository: os.DirFS("."), Host: host, Base: base,
		Lens: l, Frameworks: framework.AddLensAnswers(framework.Shipped(), l), Checks: lint.Checks(), Manual: manual, GlobalFlags: everywhere,
	})
	if err != nil {
		return err
	}
	if err := removeOldSite(dir); err != nil {
		return err
	}
	files[markerFile] = nil
	for _, name := range slices.Sorted(maps.Keys(files)) {
		file := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			return err
		}
		if err := os.WriteFile(file, files[name], 0o644); err != nil {
			return err
		}
	}
	fmt.Fprintf(os.Stderr, "wrote %d files to %s\n", len(files)-1, dir)
	return nil
}

// markerFile marks a folder as written by this program.
const markerFile = ".iotlens-site"

// removeOldSite removes an earlier site. Any other content of the folder is an error.
func removeOldSite(dir string) error {
	entries, err := os.ReadDir(dir)
	if errors.Is(err, os.ErrNotExist) || err == nil && len(entries) == 0 {
		return nil
	}
	if err != nil {
		return err
	}
	if _, err := os.Stat(filepath.Join(dir, markerFile)); err != nil {
		return fmt.Errorf("%s has files that are not of a site; nothing was written. Name an empty folder: make site OUT=FOLDER", dir)
	}
	return os.RemoveAll(dir)
}
