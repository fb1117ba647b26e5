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

// maxFileSize is the maximum size in bytes of a file that a command reads. A JSON report
// of the whole lens has about 1 MB.
const maxFileSize = 64 << 20

// readFile reads a file and removes its byte order mark. The error is one sentence that
// names the file.
func readFile(path string) ([]byte, error) {
	data, err := disk.Read(path, maxFileSize)
	return bytes.TrimPrefix(data, []byte("\uFEFF")), err
}

// writeOptions returns the options with which this run writes files.
func (a *app) writeOptions() disk.Options {
	return disk.Options{
		Wait: a.lockWait, NoLock: a.noLock, Holder: disk.Holder{Name: a.userName("")},
		Warn: a.warn,
	}
}

// warn prints a warning only once, even if a session saves many times.
func (a *app) warn(s string) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if !slices.Contains(a.warnings, s) {
		a.warnings = append(a.warnings, s)
		if !a.holdWarnings {
			fmt.Fprintln(a.Err, s)
		}
	}
}

// writeFile writes a file with the options of this run.
func (a *app) writeFile(path string, data []byte) error {
	return disk.Write(a.writeOptions(), disk.Output{Path: path, Data: data})
}

// openLensAndReview loads the lens, and a review of it.
func (a *app) openLensAndReview(path string) (*lens.Lens, *review.File, error) {
	l, err := a.lens()
	if err != nil {
		return nil, nil, err
	}
	f, err := a.openReview(path, l)
	return l, f, err
}

func (a *app) openReview(path string, l *lens.Lens) (*review.File, error) {
	data, err := disk.Read(path, maxFileSize)
	if err != nil {
		return nil, err
	}
	f, err := a.parseReview(path, data, filekind.Review, l)
	if err != nil {
		if mismatch := checkKind(path, data, filekind.Detect(data), filekind.Review); mismatch != nil {
			return nil, mismatch
		}
	}
	return f, err
}

// parseReview parses the data of a review file.
func (a *app) parseReview(path string, data []byte, kind filekind.Kind, l *lens.Lens) (*review.File, error) {
	if err := checkKind(path, data, kind, filekind.Review); err != nil {
		return nil, err
	}
	f, err := review.Open(path, data, l)
	if err == nil {
		f.Options = a.writeOptions()
	}
	return f, err
}

// checkKind returns an error if a file is of another known kind than the wanted one. The
// error names the command that reads it. A file of no known kind is left to its parser.
func checkKind(path string, data []byte, kind, wanted filekind.Kind) error {
	if instead := kind.Mismatch(wanted, disk.ShellQuote(path)); instead != "" {
		return fmt.Errorf("%s: %s", disk.DisplayPath(path), instead)
	}
	if wanted == filekind.Review && kind == filekind.Other && filekind.IsForeignJSON(data) {
		return fmt.Errorf("%s: this is JSON of another tool, not %s or %s", disk.DisplayPath(path), filekind.Review, filekind.OpenReview)
	}
	return nil
}

// checkBankDir returns an error if a bank is not a folder. Problems in the folder are
// reported by its loader.
func checkBankDir(dir string) error {
	if disk.IsFolder(dir) {
		return nil
	}
	const is = "a bank is a folder with the subfolders pillars and questions"
	data, err := readFile(dir)
	switch {
	case errors.Is(err, os.ErrNotExist):
		return fmt.Errorf("%s: no such folder; %s", disk.DisplayPath(dir), is)
	case err != nil:
		return err
	case filekind.Detect(data) == filekind.CustomLens:
		path := disk.ShellQuote(dir)
		return fmt.Errorf("%s: this is a custom lens of the WA Tool, not a bank; to make a bank of it: iotlens lens import %s -o DIR", disk.DisplayPath(dir), path)
	}
	return fmt.Errorf("%s: not a folder; %s", disk.DisplayPath(dir), is)
}

func loadBank(dir string) (*lens.Lens, error) {
	if err := checkBankDir(dir); err != nil {
		return nil, err
	}
	l, problems := bank.Load(bank.Dir(dir))
	return l, problems.Err()
}

// isBank reports whether a folder is a bank, valid or not.
func isBank(dir string) bool { return disk.Exists(filepath.Join(dir, "pillars", "lens.yaml")) }

// portablePath returns a path as reports show it: as it was given, with slashes, and never
// absolute, because a path of this machine means nothing where the report is read.
func portablePath(path string) string {
	if filepath.IsAbs(path) {
		wd, _ := os.Getwd() // on an error, nothing is below it
		below, err := filepath.Rel(wd, path)
		if err != nil || !filepath.IsLocal(below) {
			return filepath.Base(path)
		}
		path = below
	}
	return filepath.ToSlash(filepath.Clean(path))
}
