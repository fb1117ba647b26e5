package cli

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"

	"github.com/iotlens/iotlens/internal/bank"
	"github.com/iotlens/iotlens/internal/disk"
	"github.com/iotlens/iotlens/internal/filekind"
	"github.com/iotlens/iotlens/internal/lens"
	"github.com/iotlens/iotlens/internal/review"
)

// largest is how large a file may be that a command reads whole, in bytes: a
// JSON report of the whole lens has about 1 MB.
const largest = 64 << 20

// readFile reads a file that a person named, and passes over a byte order mark. The
// error is one sentence that names it.
func readFile(path string) ([]byte, error) {
	data, err := disk.Read(path, largest)
	return bytes.TrimPrefix(data, []byte("\uFEFF")), err
}

// writing is how this run writes files.
func (a *app) writing() disk.Options {
	return disk.Options{
		Wait: a.wait, NoLock: a.noLock, Holder: disk.Holder{Name: a.name("")},
		Warn: a.warn,
	}
}

// warn prints a warning, once: a session saves many times.
func (a *app) warn(s string) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if !slices.Contains(a.warned, s) {
		a.warned = append(a.warned, s)
		if !a.onScreen {
			fmt.Fprintln(a.Err, s)
		}
	}
}

// writeFile writes a file that a person named.
func (a *app) writeFile(path string, data []byte) error {
	return disk.Write(a.writing(), disk.Output{Path: path, Data: data})
}

// open loads the lens and a review of it.
func (a *app) open(path string) (*lens.Lens, *review.File, error) {
	l, err := a.lens()
	if err != nil {
		return nil, nil, err
	}
	f, err := a.openReview(path, l)
	return l, f, err
}

func (a *app) openReview(path string, l *lens.Lens) (*review.File, error) {
	data, err := disk.Read(path, largest)
	if err != nil {
		return nil, err
	}
	return a.reviewOf(path, data, filekind.Of(data), l)
}

// reviewOf is a review file that was read already, and its kind.
func (a *app) reviewOf(path string, data []byte, kind filekind.Kind, l *lens.Lens) (*review.File, error) {
	if err := wrongKind(path, data, kind, filekind.Review); err != nil {
		return nil, err
	}
	f, err := review.Open(path, data, l)
	if err == nil {
		f.Options = a.writing()
	}
	return f, err
}

// wrongKind refuses a file that is not of the kind that is wanted, and names the
// command that takes it. What is of no known kind is left to the reader.
func wrongKind(path string, data []byte, kind, wanted filekind.Kind) error {
	if instead := kind.Instead(wanted, disk.Quoted(path)); instead != "" {
		return fmt.Errorf("%s: %s", disk.Shown(path), instead)
	}
	if wanted == filekind.Review && kind == filekind.Other && filekind.IsForeignJSON(data) {
		return fmt.Errorf("%s: this is JSON of another tool, not %s or %s", disk.Shown(path), filekind.Review, filekind.OpenReview)
	}
	return nil
}

// notFolder is the error for a bank that is not a folder; mistakes in a folder are
// for its reader to report.
func notFolder(dir string) error {
	if disk.IsFolder(dir) {
		return nil
	}
	const is = "a bank is a folder with the folders pillars and questions"
	data, err := readFile(dir)
	switch {
	case errors.Is(err, os.ErrNotExist):
		return fmt.Errorf("%s: no such folder; %s", disk.Shown(dir), is)
	case err != nil:
		return err
	case filekind.Of(data) == filekind.CustomLens:
		path := disk.Quoted(dir)
		return fmt.Errorf("%s: this is a custom lens of the WA Tool, not a bank; make one of it: iotlens lens import %s -o DIR", disk.Shown(dir), path)
	}
	return fmt.Errorf("%s: not a folder; %s", disk.Shown(dir), is)
}

func loadBank(dir string) (*lens.Lens, error) {
	if err := notFolder(dir); err != nil {
		return nil, err
	}
	l, problems := bank.Load(bank.Dir(dir))
	return l, problems.Err()
}

// isBank reports whether a folder is a bank, valid or not.
func isBank(dir string) bool { return disk.Exists(filepath.Join(dir, "pillars", "lens.yaml")) }

// portable is a path as a report may name it: as it was given, with slashes, and
// never absolute, as reports travel and a path of this machine means nothing
// elsewhere.
func portable(path string) string {
	if filepath.IsAbs(path) {
		wd, _ := os.Getwd() // nothing is below a folder that is not known
		below, err := filepath.Rel(wd, path)
		if err != nil || !filepath.IsLocal(below) {
			return filepath.Base(path)
		}
		path = below
	}
	return filepath.ToSlash(filepath.Clean(path))
}
