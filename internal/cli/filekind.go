package cli

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"github.com/iotlens/iotlens/internal/lens"
	"github.com/iotlens/iotlens/internal/review"
	"github.com/iotlens/iotlens/internal/wa/answers"
	"github.com/iotlens/iotlens/internal/wa/lint"
	"github.com/iotlens/iotlens/internal/wa/openreview"
)

// A fileKind is what a file is, and the commands that take it.
type fileKind struct{ name, use string }

var reviewFile = fileKind{"a review file of iotlens", ""}

// detect detects what a file is; false where that is unknown.
func detect(data []byte) (fileKind, bool) {
	data = bytes.TrimSpace(bytes.TrimPrefix(data, []byte("\uFEFF")))
	if bytes.HasPrefix(data, []byte("practice,")) || bytes.HasPrefix(data, []byte("practice;")) {
		return fileKind{"a table of answers", "iotlens import takes it into a review"}, true
	}
	if len(data) == 0 || data[0] != '{' && data[0] != '[' {
		return reviewFile, bytes.HasPrefix(data, []byte("schema: ")) || bytes.Contains(data, []byte("\nschema: "))
	}
	switch {
	case lint.IsLens(data):
		return fileKind{"a custom lens of the WA Tool", "iotlens lens lint checks it, iotlens lens import makes a bank of it for --bank"}, true
	case openreview.Is(data):
		return fileKind{"a review in AWS's open schema", "iotlens gate and iotlens diff read it"}, true
	case bytes.Contains(data, []byte(`"schema_version"`)) && bytes.Contains(data, []byte(`"review_file"`)):
		return fileKind{"a saved JSON report", "iotlens report --from renders it, iotlens diff compares it"}, true
	}
	_, err := answers.Read("", data)
	return fileKind{"an answers file of the WA Tool", "iotlens import takes it into a review"}, err == nil || errors.Is(err, answers.ErrMorePages)
}

// not is the error for a file that is of this kind and not what was wanted.
func (k fileKind) not(path, wanted string) error {
	use := ""
	if k.use != "" {
		use = "; " + k.use
	}
	return fmt.Errorf("%s: this is %s, not %s%s", path, k.name, wanted, use)
}

// loadReview loads a review. A file of another kind is one error, and not one for
// each of its lines.
func loadReview(path string, l *lens.Lens) (*review.File, error) {
	f, err := review.Load(path, l)
	return f, notReview(path, err)
}

// notReview returns the error of reading a review, or that the file is of another
// kind.
func notReview(path string, err error) error {
	if err == nil {
		return nil
	}
	data, unread := readFile(path)
	if unread != nil {
		return err
	}
	if kind, ok := detect(data); ok && kind != reviewFile {
		return kind.not(path, "a review file")
	}
	return err
}

// notLens returns the error of reading a custom lens, or that the file is of
// another kind.
func notLens(path string, data []byte, err error) error {
	if lint.IsLens(data) {
		return err
	}
	if kind, ok := detect(data); ok {
		return kind.not(shown(path), "a custom lens")
	}
	return err
}

// notFolder is the error for a bank that is not a folder; mistakes in a folder are
// for its reader to report.
func notFolder(dir string) error {
	const is = "a bank is a folder with the folders pillars and questions"
	info, err := os.Stat(dir)
	switch {
	case errors.Is(err, os.ErrNotExist):
		return fmt.Errorf("%s: no such folder; %s", dir, is)
	case err != nil:
		return notRead(dir, err)
	case info.IsDir():
		return nil
	}
	if data, err := readFile(dir); err == nil && lint.IsLens(data) {
		return fmt.Errorf("%s: this is a custom lens of the WA Tool, not a bank; make one of it: iotlens lens import %s -o DIR", dir, dir)
	}
	return fmt.Errorf("%s: not a folder; %s", dir, is)
}

// isBank reports whether a folder is a bank, valid or not.
func isBank(dir string) bool {
	_, err := os.Stat(filepath.Join(dir, "pillars", "lens.yaml"))
	return err == nil
}
